"""A header section, lossless: joining its fields gives the bytes back (RFC 5322, section 2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from headertrace.defects import Defect
from headertrace.vocabulary import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One header field: ``value`` is everything after the colon, folds kept, without the last line end.

    ``span`` is the whole field's place in the section's ``raw``; ``value_start`` the value's first byte there.
    """

    name: str
    value: bytes
    span: Span
    value_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderSection:
    """The header section of one message, and the fields in it, in the order of the message."""

    raw: bytes
    fields: tuple[Field, ...]
    defects: tuple[Defect, ...] = ()
