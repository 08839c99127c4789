"""A Hop in the making: values with their spans, remarks, and what is unread or wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from headertrace.defects import Defect, DefectKind
from headertrace.received.hop import Remark, Unread
from headertrace.received.parts import Part
from headertrace.received.shields import unshielded
from headertrace.vocabulary import Span

# Costs half of what calling the class costs, whose own ``__new__`` is a Python function
make_span: Callable[[tuple[int, int]], Span] = partial(tuple.__new__, Span)
_BLANKED = re.compile(r"(?=[.@-]*+x[.@-]*+x[.@-]*+x)[x.@-]++")
# Some servers leave the blank at which they fold. Inside a run of blanks none can begin: time stays linear.
_FOLD = re.compile(r"(?:(?<![ \t])|(?=[\r\n]))[ \t]*+[\r\n]++[ \t]*+")


def readable(text: str) -> str:
    """Return a piece of a latin-1 decoded field as text: UTF-8 where it is that, folds as one blank."""
    if text.isascii():
        return text if text.isprintable() else _FOLD.sub(" ", text)
    text = unshielded(text)
    with suppress(UnicodeDecodeError):
        text = text.encode("latin-1").decode("utf-8")
    return _FOLD.sub(" ", text)


def is_blanked(word: str) -> bool:
    """Return whether a word is x's only, as names and ids are blanked before samples are published."""
    return word.startswith("x") and _BLANKED.fullmatch(word) is not None


class Draft:
    """Collects what is read of ``text``: a field decoded as latin-1, so that offsets are the bytes'."""

    __slots__ = (
        "bare_address",
        "client",
        "defects",
        "lead",
        "many",
        "parts",
        "remarks",
        "seen_in",
        "spans",
        "text",
        "unread",
        "values",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, Any] = {}
        self.spans: dict[str, Span] = {}
        self.many: dict[str, tuple[Span, ...]] = {}
        self.remarks: list[Remark] = []
        self.unread: list[Unread] = []
        self.defects: list[Defect] = []
        self.parts: list[Part] = []
        self.bare_address = False
        self.lead = ""
        self.client: tuple[int, int] | None = None
        self.seen_in = -1

    def word(self, start: int, end: int) -> str:
        """Return the text between two offsets, readable."""
        return readable(self.text[start:end])

    def put(self, name: str, value: object, start: int, end: int) -> None:
        """Set an attribute and its span."""
        self.values[name] = value
        self.spans[name] = make_span((start, end))

    def put_word(self, name: str, start: int, end: int) -> None:
        """Set an attribute to the text between two offsets, unless it was blanked for publication."""
        word = readable(self.text[start:end])
        if word[:1] == "x" and name != "from_name" and is_blanked(word):
            self.remark("redacted", start, end)
        else:
            self.values[name] = word
            self.spans[name] = make_span((start, end))

    def remark(self, kind: str, start: int, end: int) -> None:
        """Keep text that was understood but is no attribute."""
        self.remarks.append(Remark(kind=kind, text=self.word(start, end), span=make_span((start, end))))

    def leave_unread(self, start: int, end: int) -> None:
        """Keep text that no rule explained."""
        self.unread.append(Unread(text=self.word(start, end), span=make_span((start, end))))

    def wrong(self, kind: DefectKind, start: int, end: int, note: str = "") -> None:
        """Keep what is wrong, and where."""
        self.defects.append(Defect(kind=kind, span=make_span((start, end)), note=note))
