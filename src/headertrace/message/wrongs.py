"""What is wrong with a header section as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headertrace.defects import Defect, DefectKind
from headertrace.message.layout import UTF8_MARK
from headertrace.vocabulary import Span

# A binary file has thousands of them; the first ones tell it.
MAX_STRAY_DEFECTS = 100

BARE_CR = re.compile(rb"\r(?!\n)")
BARE_LF = re.compile(rb"(?<!\r)\n")
NON_BLANK = re.compile(rb"[^ \t\r\n]")


def find_wrongs(raw: bytes, start: int, stray: tuple[Span, ...]) -> tuple[Defect, ...]:
    """Return the defects of the section ``raw``, whose fields begin at ``start``."""
    if not NON_BLANK.search(raw):
        return (Defect(kind=DefectKind.EMPTY_MESSAGE, span=Span(0, len(raw))),)
    return (*_before(raw, start), *_anywhere(raw), *_lines(raw, start, stray))


def _before(raw: bytes, start: int) -> Iterator[Defect]:
    mark = len(UTF8_MARK) if raw.startswith(UTF8_MARK) else 0
    if mark:
        yield Defect(kind=DefectKind.BYTE_ORDER_MARK, span=Span(0, mark))
    if raw[mark : mark + 1] in (b"\n", b"\r", b" ", b"\t") and start > mark:
        blank = len(raw[mark:start]) - len(raw[mark:start].lstrip(b" \t\r\n"))
        yield Defect(kind=DefectKind.BLANK_LINE_BEFORE_HEADER, span=Span(mark, mark + blank))


def _anywhere(raw: bytes) -> Iterator[Defect]:
    if (nul := raw.find(b"\0")) >= 0:
        yield Defect(kind=DefectKind.NUL_BYTE, span=Span(nul, nul + 1))
    if cr := BARE_CR.search(raw):
        yield Defect(kind=DefectKind.BARE_CR, span=Span(*cr.span()))
    crlf = raw.find(b"\r\n")
    if crlf >= 0 and (lf := BARE_LF.search(raw)):
        yield Defect(kind=DefectKind.MIXED_LINE_ENDS, span=Span(*lf.span()))


def _lines(raw: bytes, start: int, stray: tuple[Span, ...]) -> Iterator[Defect]:
    if stray and stray[0] == Span(start, len(raw)):
        yield Defect(kind=DefectKind.NOT_A_HEADER, span=stray[0])
        return
    for span in stray[:MAX_STRAY_DEFECTS]:
        yield Defect(kind=DefectKind.STRAY_LINE, span=span)
