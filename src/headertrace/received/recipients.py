"""The FOR clause: for whom the recording server took the message (RFC 5321, section 4.4)."""

from __future__ import annotations

import re

from headertrace.received.beside import read_rest
from headertrace.received.draft import Draft, is_blanked, make_span
from headertrace.received.grammar import QUOTED
from headertrace.vocabulary import Span

_RECIPIENT = re.compile(rf"[\s,]*+(?:<++([^<>\r\n]{{0,600}}+)>++|((?:{QUOTED}|[^\s<>();,])++))\s*+", re.S)
_SEVERAL = re.compile(r"\s*+(<?+(?:multiple|\d++|undisclosed)(?:\s++|-)recipients?\b>?+)", re.I)
_NO_RECIPIENT = frozenset(("", "...", "recipients", "unknown", "undisclosed-recipients"))


def read_for(draft: Draft, start: int, end: int) -> None:
    """Read the FOR clause: recipients without angle brackets, none where the server blanks them."""
    if several := _SEVERAL.match(draft.text, start, end):
        draft.remark("several-recipients", *several.span(1))
        start = several.end()
    words: list[str] = []
    spans: list[Span] = []
    while start < end and (match := _RECIPIENT.match(draft.text, start, end)) is not None:
        if match[1] is None and not _is_bare_recipient(match, first=not spans):
            break
        start = match.end()
        span = _recipient(draft, match)
        if span is not None:
            words.append(draft.word(span.start, span.end))
            spans.append(span)
    if spans:
        draft.values["recipients"] = tuple(words)
        draft.many["recipients"] = tuple(spans)
    if start < end:
        read_rest(draft, start, end, described=False)


def _is_bare_recipient(match: re.Match[str], *, first: bool) -> bool:
    """Whether a word without angle brackets is a recipient; the first may be a local part."""
    if "@" in match[2]:
        return first or "," in match[0]
    return first and "=" not in match[2]


def _recipient(draft: Draft, match: re.Match[str]) -> Span | None:
    """Return where a recipient stands, None where the server blanked it."""
    group = match.lastindex or 0
    first, last = match.span(group)
    word = match[group]
    folded = word.casefold()
    if folded.startswith("rfc822;"):
        first += len("rfc822;")
        word = draft.text[first:last]
        folded = word.casefold()
    if folded in _NO_RECIPIENT or ("@" not in word and is_blanked(word)):
        draft.remark("redacted", first - (group == 1), last + (group == 1))
        return None
    return make_span((first, last))
