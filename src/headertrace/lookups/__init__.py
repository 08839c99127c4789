"""What other machines know about a chain: DNS, blocklists, databases. Nothing is asked unasked."""

from __future__ import annotations

from headertrace.lookups.gathering import Options, gather, gather_async, inquiries_of
from headertrace.lookups.inquiry import Inquiry

__all__ = ["Inquiry", "Options", "gather", "gather_async", "inquiries_of"]
