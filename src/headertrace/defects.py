"""Every way in which a mail can be wrong, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headertrace.vocabulary import Span


class DefectKind(StrEnum):
    """One member for each way in which a message or a field departs from the rules."""

    # header section (RFC 5322, section 2.2)
    EMPTY_MESSAGE = "empty-message"
    NOT_A_HEADER = "not-a-header"
    STRAY_LINE = "stray-line"
    BARE_CR = "bare-cr"
    MIXED_LINE_ENDS = "mixed-line-ends"
    NUL_BYTE = "nul-byte"
    BYTE_ORDER_MARK = "byte-order-mark"
    UTF16 = "utf-16"
    PASTED = "pasted"
    BLANK_LINE_BEFORE_HEADER = "blank-line-before-header"
    HEADER_TOO_LONG = "header-too-long"
    TOO_MANY_FIELDS = "too-many-fields"
    # one Received field (RFC 5321, section 4.4)
    EMPTY_FIELD = "empty-field"
    FIELD_TOO_LONG = "field-too-long"
    UNCLOSED_COMMENT = "unclosed-comment"
    SURPLUS_PARENTHESIS = "surplus-parenthesis"
    UNCLOSED_QUOTE = "unclosed-quote"
    NO_FROM = "no-from"
    NO_BY = "no-by"
    NO_DATE = "no-date"
    NO_SEMICOLON = "no-semicolon"
    UNREADABLE_DATE = "unreadable-date"
    IMPOSSIBLE_DATE = "impossible-date"
    UNREADABLE_ADDRESS = "unreadable-address"
    REPEATED_CLAUSE = "repeated-clause"
    EMPTY_CLAUSE = "empty-clause"
    GLUED_FIELDS = "glued-fields"
    REDACTED = "redacted"
    NON_ASCII = "non-ascii"


# Stands for the whole text, where no place in it is to blame.
WHOLE = Span(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One thing that is wrong, and where: ``span`` counts in the text that was read."""

    kind: DefectKind
    span: Span = WHOLE
    note: str = ""
