"""Targets that gather: files of any kind, and what many messages make together."""

from __future__ import annotations

import io
from itertools import islice
from pathlib import Path
from traceback import extract_tb
from unittest.mock import patch

import headertrace
from headertrace import correlate, examine, read_trace, report
from headertrace.corpus.sources import InputError, Item, read
from headertrace.corpus.sources.mbox import mbox_items
from headertrace.corpus.sources.public_inbox import _answers
from headertrace.corpus.sources.read import Place, stream_items
from headertrace.corpus.sources.streams import Budget, buffered
from headertrace.corpus.sources.troubles import input_error
from headertrace.corpus.worker import open_letter
from headertrace.message.layout import MAX_SECTION_BYTES

OURS = Path(headertrace.__file__).parent
# A case needs several messages; more only cost time.
MOST_MESSAGES = 8


def source(data: bytes) -> None:
    """A file of any kind: each message in it is read; errors are the decoders', or meant, never ours."""
    raised: list[Exception] = []

    def told(path: str, error: Exception) -> InputError:
        raised.append(error)
        return input_error(path, error)

    name = "message.eml" if len(data) % 2 else "file"
    place = Place(path=name, budget=Budget(packed=len(data)), file=io.BytesIO(data))
    with patch.object(read, "input_error", told):
        for item in read._guarded(stream_items(_stream(data), place), name):
            _taken(item)
        answers = _answers("inbox", io.BytesIO(data), Budget(len(data)), told=len(data) % 3 == 0)
        for item in read._guarded(answers, "inbox"):
            _taken(item)
    assert [error for error in raised if _is_ours(error)] == []


def _stream(data: bytes) -> io.BufferedReader:
    return buffered(io.BytesIO(data).read, lambda size: None)


def _taken(item: Item | InputError) -> None:
    letter = item if isinstance(item, InputError) else open_letter(item)
    assert isinstance(letter, InputError) or len(letter.raw) <= MAX_SECTION_BYTES


def _is_ours(error: Exception) -> bool:
    """Tell whether a mistake of ours raised it; what decoders raise, and we on purpose, has its own name."""
    place = extract_tb(error.__traceback__)[-1]
    meant = isinstance(error, EOFError) or type(error).__module__ != "builtins"
    return OURS in Path(place.filename).parents and not meant


def cases(data: bytes) -> None:
    """A mailbox: its messages make cases, and those can be shown."""
    items = islice(mbox_items(_stream(data), "mbox"), MOST_MESSAGES)
    judged = [examine(read_trace(item.data)) for item in items if isinstance(item, Item)]
    found = correlate(judged, key=b"the same for every run")
    assert all(case.messages <= len(judged) for case in found)
    assert str(report(found)) is not None
