"""By which words a text names a list: its zone, its name, or the address of its web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from headertrace.blocklists.blocklist import Blocklist
from headertrace.blocklists.catalogue import every
from headertrace.vocabulary import Span

# A word may not begin or end inside another one.
_BEFORE, _AFTER = r"(?<![A-Za-z0-9-])", r"(?![A-Za-z0-9-])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A list named in a text, and where; ``span`` counts characters."""

    blocklist: Blocklist
    words: str
    span: Span


def mentioned(text: str) -> tuple[Mention, ...]:
    """Return every naming of a list, in the order of the text; the longest wording counts."""
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    wordings = _wordings()
    for match in _pattern().finditer(text):
        blocklist = wordings[_key(match[0])]
        yield Mention(blocklist=blocklist, words=match[0], span=Span(*match.span()))


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


@cache
def _wordings() -> dict[str, Blocklist]:
    named: dict[str, Blocklist] = {}
    for item in every():
        for words in filter(None, (item.zone, *item.pages, *item.aliases)):
            named.setdefault(_key(words), item)
    return named


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for all wordings, longest first, so that a part never hides the whole."""
    plain, shouted = _by_case()
    loose = "|".join(_flexible(words) for words in plain)
    exact = "|".join(_flexible(words) for words in shouted)
    return re.compile(rf"{_BEFORE}(?:(?i:{loose})|{exact}){_AFTER}")


def _by_case() -> tuple[list[str], list[str]]:
    """Return wordings of any case, and abbreviations that count only as written (ORBS are no orbs)."""
    words = {words for item in every() for words in (item.zone, *item.pages, *item.aliases) if words}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return [word for word in ordered if not word.isupper()], [word for word in ordered if word.isupper()]


def _flexible(words: str) -> str:
    """Return the wording as a pattern; refusals are folded, so a blank may be any one whitespace run."""
    return r"\s{1,9}".join(re.escape(word) for word in words.split())
