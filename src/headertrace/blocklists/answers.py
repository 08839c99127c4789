"""What a list's answer means: listed, not listed, or unknown and why (RFC 5782, RFC 6471)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headertrace.blocklists.blocklist import Blocklist, Code
from headertrace.facts import HopScope, Listed

# Spamhaus began it and others followed: nothing in 127.255.255.0/24 is ever a listing.
REFUSAL_PREFIX = "127.255.255."
# RFC 5782, section 5: must never be listed, so as an answer it is a resolver's block page or a fault.
NEVER_A_CODE = "127.0.0.1"
_LOOPBACK = re.compile(r"127(?:\.[0-9]{1,3}){3}")
REWRITTEN = "the resolver rewrites answers, or the zone has a new owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The state of one subject in one list, the codes that say so, and why it is not plain."""

    state: Listed
    codes: tuple[Code, ...] = ()
    reason: str | None = None

    @property
    def meanings(self) -> tuple[str, ...]:
        """The codes in words."""
        return tuple(code.means for code in self.codes)


def judge(
    answers: Sequence[str], blocklist: Blocklist | None = None, scope: HopScope = HopScope.LAST_EXTERNAL
) -> Judgement:
    """Return what the A records ``answers`` say about a hop of ``scope``; none at all is 'not listed'.

    A list that is None is unknown to the catalogue: any answer in 127.0.0.0/8 but the refusals is a
    listing there, for any hop (RFC 5782, section 2.1).
    """
    if not answers:
        return Judgement(state=Listed.NOT_LISTED)
    trouble = trouble_in(answers, blocklist)
    if trouble is not None:
        return Judgement(state=Listed.UNKNOWN, reason=trouble)
    codes = tuple(code for answer in answers for code in _meanings(answer, blocklist))
    if not codes:
        return Judgement(
            state=Listed.UNKNOWN, reason=f"answered {', '.join(answers)}, which the list does not document"
        )
    return _weigh(codes, scope)


def trouble_in(answers: Sequence[str], blocklist: Blocklist | None = None) -> str | None:
    """Return why the A records are no answer of the list at all; None where they are one."""
    return next(filter(None, (_trouble(answer, blocklist) for answer in answers)), None)


def _trouble(answer: str, blocklist: Blocklist | None) -> str | None:
    if not _LOOPBACK.fullmatch(answer):
        return f"answered {answer}, outside 127.0.0.0/8: {REWRITTEN}"
    refusal = blocklist.refusal(answer) if blocklist else None
    if refusal is not None:
        return f"refused ({answer}): {refusal.means}"
    if answer.startswith(REFUSAL_PREFIX):
        return f"refused ({answer}): the list's own error"
    return None


def _meanings(answer: str, blocklist: Blocklist | None) -> tuple[Code, ...]:
    if blocklist is None:
        return (
            () if answer == NEVER_A_CODE else (Code(answer=answer, means="listed", scope=HopScope.ANY_HOP),)
        )
    if blocklist.bits:
        return _bits(answer, blocklist)
    code = blocklist.code(answer)
    if code is not None:
        return (code,)
    if answer == NEVER_A_CODE or not (blocklist.open_codes or not blocklist.codes):
        return ()
    return (Code(answer=answer, means="listed", cause=blocklist.cause, scope=blocklist.scope),)


def _bits(answer: str, blocklist: Blocklist) -> tuple[Code, ...]:
    """Return the codes that add up to the answer; none where a bit is left over."""
    network, total = _split(answer)
    codes = tuple(code for code in blocklist.codes if _split(code.answer)[0] == network)
    heard = tuple(code for code in codes if total & _split(code.answer)[1])
    return heard if sum(_split(code.answer)[1] for code in heard) == total else ()


def _split(answer: str) -> tuple[str, int]:
    network, _, octet = answer.rpartition(".")
    return network, int(octet)


def _weigh(codes: tuple[Code, ...], scope: HopScope) -> Judgement:
    bad = tuple(code for code in codes if not code.harmless)
    if not bad:
        return Judgement(state=Listed.NOT_LISTED, codes=codes, reason=f"{codes[0].means}: not a listing")
    heard = tuple(code for code in bad if _reaches(code, scope))
    if not heard:
        words = "; ".join(code.means for code in bad)
        return Judgement(
            state=Listed.NOT_LISTED, codes=bad, reason=f"{words}: says nothing about an earlier hop"
        )
    return Judgement(state=Listed.LISTED, codes=heard)


def _reaches(code: Code, scope: HopScope) -> bool:
    return scope is HopScope.LAST_EXTERNAL or code.scope is HopScope.ANY_HOP
