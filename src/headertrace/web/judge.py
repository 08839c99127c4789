"""An upload judged: every message in it, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from headertrace.corpus.decode import decode
from headertrace.corpus.sources.item import InputError, Item, Trouble
from headertrace.corpus.sources.read import Place, stream_items
from headertrace.corpus.sources.sniff import is_postmark, looks_like_header
from headertrace.corpus.sources.streams import Budget, buffered
from headertrace.corpus.sources.troubles import input_error
from headertrace.tables.judge import judge
from headertrace.verdict.examination import Examination

if TYPE_CHECKING:
    from headertrace.reports.view import View
    from headertrace.trace.admd import Admd
    from headertrace.web.upload import Upload

# A page that judges more takes minutes; `headertrace scan` is made for them.
MOST_MESSAGES = 20_000
# What a person reads of what could not be read.
MOST_TROUBLES = 20
PASTED = "pasted text"
# In front of what was pasted; the blanks that indent its first line indent the others, too.
BLANK_LINES = re.compile(r"\A(?:[ \t]*+\r?\n)++")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The view of all messages, how many there are, and a line for each input that could not be read."""

    view: View
    messages: int
    troubles: tuple[str, ...]


def judge_upload(upload: Upload, admd: Admd | None) -> Found:
    """Return every message of an upload judged."""
    from headertrace.reports.view import report  # noqa: PLC0415  (with what draws: at the first request)

    troubles: list[str] = []
    judged = _judged(upload, admd, troubles)
    view = report(islice(judged, MOST_MESSAGES))
    is_cut = next(judged, None) is not None
    told = troubles[:MOST_TROUBLES]
    if len(troubles) > MOST_TROUBLES:
        told.append(f"... and {len(troubles) - MOST_TROUBLES:,} more")
    if is_cut:
        told.append(f"Only the first {MOST_MESSAGES:,} messages were read.")
    count = view.tally.total if view.tally else 0
    return Found(view=view, messages=count, troubles=tuple(told))


def _judged(upload: Upload, admd: Admd | None, troubles: list[str]) -> Iterator[Examination]:
    for item in _items(upload):
        judged = item if isinstance(item, InputError) else _judge(item, admd)
        if isinstance(judged, InputError):
            troubles.append(str(judged))
        elif judged.trace.hops or looks_like_header(judged.trace.section.raw):
            yield judged


def _judge(item: Item, admd: Admd | None) -> Examination | InputError:
    letter = decode(item)
    if isinstance(letter, InputError):
        return letter
    try:
        return judge(letter.raw, item.path, item.offset or None, admd)
    except ValueError as error:
        return InputError(path=item.path, trouble=Trouble.NEEDS_LIBRARY, text=str(error))


def _items(upload: Upload) -> Iterator[Item | InputError]:
    for name, data in upload.files:
        yield from _stream(name, data)
    # A form may name a charset, and UTF-7 can spell half a surrogate pair, which UTF-8 cannot.
    pasted = BLANK_LINES.sub("", upload.pasted).encode("utf-8", "replace")
    if is_postmark(pasted):
        yield from _stream(PASTED, pasted)
    elif pasted:
        # Text copied with the mouse may begin anywhere, so it is not asked first whether it is a message.
        yield Item(path=PASTED, offset=None, data=pasted)


def _stream(name: str, data: bytes) -> Iterator[Item | InputError]:
    stream = buffered(BytesIO(data).read, lambda _: None)
    try:
        yield from stream_items(stream, Place(path=name, budget=Budget(packed=len(data))))
    except Exception as error:  # decoders of hostile data raise anything; the next file goes on
        yield input_error(name, error)
