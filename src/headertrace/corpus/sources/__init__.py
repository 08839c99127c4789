"""Where messages come from: files, folders, archives, repositories and streams, read without unpacking."""

from __future__ import annotations

from headertrace.corpus.sources.item import Form, InputError, Item, Trouble
from headertrace.corpus.sources.meter import Meter
from headertrace.corpus.sources.read import read_items

__all__ = ["Form", "InputError", "Item", "Meter", "Trouble", "read_items"]
