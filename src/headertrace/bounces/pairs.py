"""What a refusal means by two words that stand together, where no phrase is known for it."""

from __future__ import annotations

import re
from functools import cache

from headertrace.bounces.bounce import Cause
from headertrace.bounces.data import rows
from headertrace.bounces.phrases import Phrases

# The reason stands in the first lines; what follows is advice.
REASON_LENGTH = 1000
# A name or an address fits between the two, a second thought does not.
BETWEEN = 60

# In brackets a server speaks of the mailbox, without them rather of where to ask.
_MAILBOX = re.compile(r"<[^<>\s@]{1,64}@[^<>\s]{1,255}>")
# Addresses and names hold dots and colons, which end a clause elsewhere.
_PLACE = re.compile(r"<[^<>\s]{1,320}>|[^\s@]{1,64}@\S{1,255}|\b\w[\w-]{0,62}(?:\.\w[\w-]{0,62}){1,9}\b")
_CLAUSE_END = re.compile(r"[.;:!?]")


def paired_cause(text: str) -> Cause | None:
    """Return the cause that two words of one clause tell (``text`` in lower case), or None."""
    named = _MAILBOX.sub("recipient", text[:REASON_LENGTH])
    clauses = _CLAUSE_END.split(_PLACE.sub("it", named))
    told = (
        cause for cause, who, what in _pairs() for clause in clauses if _stand_together(clause, who, what)
    )
    return next(told, None)


def _stand_together(clause: str, who: Phrases, what: Phrases) -> bool:
    found = who.search(clause)
    if found is None:
        return False
    around = clause[max(0, found.start() - BETWEEN) : found.end() + BETWEEN]
    return what.search(around) is not None


@cache
def _pairs() -> tuple[tuple[Cause, Phrases, Phrases], ...]:
    return tuple(
        (Cause(row["cause"]), Phrases(row["who"]), Phrases(row["what"])) for row in rows("pairs.toml", "pair")
    )
