"""What other machines know about a chain: DNS, blocklists, databases. Nothing is asked unasked."""

from __future__ import annotations

from headertrace.lookups.gathering import gather, gather_async
from headertrace.lookups.inquiry import Inquiry, inquire
from headertrace.lookups.options import Options
from headertrace.lookups.standing import Standing, standings

__all__ = ["Inquiry", "Options", "Standing", "gather", "gather_async", "inquire", "standings"]
