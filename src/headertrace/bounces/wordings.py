"""What the words of a refusal mean by themselves, whomever it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from headertrace.bounces.bounce import Cause
from headertrace.bounces.data import rows
from headertrace.bounces.phrases import Phrases

# What tells little: a name, or a plainer word, outweighs it.
WEAK_WORDS = frozenset({Cause.POLICY, Cause.UNREACHABLE, Cause.RATE_LIMIT, Cause.UNKNOWN})

_CLASS = re.compile(
    r"\b(?:recipient|sender|client host|helo command) (?:address )?rejected: "
    r"(?!access denied|host not found|<[^<>]{1,320}>$)"
)
# What RFC 5321, section 4.2.3 has for every 550: whoever says why says it behind that.
_ANY_550 = re.compile(r"requested action not taken: mailbox unavailable[\s.;,-]{1,4}(?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One row of ``causes.toml``: what phrases, or a status, mean by themselves."""

    cause: Cause
    says: Phrases
    status: frozenset[str]
    explain: tuple[str, ...]
    plain: bool


def what_words_mean(lower: str, linkless: str, status: str | None) -> Wording | None:
    """Return what a reply's words mean: the receiver's fault, plain words, a telling status, other phrases.

    ``lower`` is the reply in lower case, ``linkless`` the same without the addresses of pages.
    """
    detail = status.partition(".")[2] if status else ""
    fault, *others = _wordings()
    if fault.says.search(lower):
        return fault
    if plain := next((row for row in others if row.plain and row.says.search(linkless)), None):
        return plain
    # Postfix puts the class of its check before the reason.
    bare = _ANY_550.sub("", _CLASS.sub("", linkless))
    telling = [row for row in others if detail in row.status]
    if telling and telling[0].cause not in WEAK_WORDS:
        return telling[0]
    return next((row for row in others if row.says.search(bare)), telling[0] if telling else None)


@cache
def _wordings() -> tuple[Wording, ...]:
    return tuple(
        Wording(
            cause=Cause(row["cause"]),
            says=Phrases(row.get("says", ())),
            status=frozenset(row.get("status", ())),
            explain=tuple(row.get("explain", ())),
            plain=row.get("plain", False),
        )
        for row in rows("causes.toml", "cause")
    )
