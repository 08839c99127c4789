"""By which words a text names a list: its zone, its name, or the address of its web page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from headertrace.blocklists.blocklist import Blocklist
from headertrace.blocklists.catalogue import every
from headertrace.vocabulary import Span

# A word may not begin or end inside another one, a name of a list not inside a host name either.
_WORD, _END = r"(?<![A-Za-z0-9-])", r"(?!-?[A-Za-z0-9]|\.[A-Za-z0-9])"
_NOT_IN_HOST = r"(?<![.@])"


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
        for words in (*_hosts(item), *item.aliases):
            named.setdefault(_key(words), item)
    return named


def _hosts(item: Blocklist) -> tuple[str, ...]:
    return (item.zone, *item.pages) if item.zone else item.pages


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for all wordings, longest first, so that a part never hides the whole.

    Abbreviations count only as written: ORBS are no orbs.
    """
    hosts = [words for item in every() for words in _hosts(item)]
    aliases = [words for item in every() for words in item.aliases]
    plain = _either(words for words in aliases if not words.isupper())
    exact = _either(words for words in aliases if words.isupper())
    named = rf"{_NOT_IN_HOST}(?:(?i:{plain})|{exact})"
    return re.compile(rf"{_WORD}(?:(?i:{_either(hosts)})|{named}){_END}")


def _either(wordings: Iterable[str]) -> str:
    ordered = sorted(wordings, key=lambda words: (-len(words), words))
    return "|".join(_flexible(words) for words in ordered)


def _flexible(words: str) -> str:
    """Return the wording as a pattern; refusals are folded, so a blank may be any one whitespace run."""
    return r"\s{1,9}".join(re.escape(word) for word in words.split())
