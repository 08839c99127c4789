"""Each story and mixture in fixtures/cases gives the cases it says, and no other accusation of a relay."""

from __future__ import annotations

import pytest

import headertrace as ht
from headertrace.cases.case import Case, CaseKind
from tests.cases.expected import check
from tests.cases.mixtures import Mixture, read_mixtures, truths
from tests.cases.stories import Story, read_stories

TOLD: dict[str, Story | Mixture] = {story.why: story for story in read_stories()}
TOLD |= {mixture.why: mixture for mixture in read_mixtures()}
COUNTED = ("names", "domains", "networks", "zones", "messages", "sites")


@pytest.mark.parametrize("why", TOLD, ids=str)
def test_cases(why: str) -> None:
    told = TOLD[why]
    cases = ht.correlate(ht.examine(ht.read_trace(raw)) for raw in told.messages())
    check(cases, told.expect, told.joins)
    for case in cases:
        established_says_why(case)
        numbers_agree_with_their_nouns(case)


def established_says_why(case: Case) -> None:
    """Fail where a case is established without a proof, or has a proof and is not."""
    proof = any(reason.startswith("proof: ") for reason in case.reasons)
    assert proof == (case.confidence == "established"), case


def numbers_agree_with_their_nouns(case: Case) -> None:
    """Fail where a noun behind a one is in the plural; one adjective or two may stand between them."""
    for line in (*case.reasons, *case.confounders):
        words = line.replace(",", " ,").replace(":", " :").split()
        ones = [
            place
            for place, word in enumerate(words)
            if word == "1" and "of" not in words[place + 1 : place + 2]
        ]
        assert not [
            words[place : place + 4] for place in ones if _noun(words[place + 1 : place + 4]) in COUNTED
        ], line


def _noun(words: list[str]) -> str:
    """The first of some words that could be a counted noun, in any number."""
    stems = tuple(noun[:-1] for noun in COUNTED)
    return next((word for word in words if word.startswith(stems)), "")


def test_a_plural_behind_a_one_is_found() -> None:
    with pytest.raises(AssertionError):
        numbers_agree_with_their_nouns(
            Case(kind=CaseKind.OPEN_RELAY, relay=None, reasons=("1 public networks",))
        )


def test_every_message_of_the_laboratory_is_used() -> None:
    used = {name for one in read_mixtures() for part in one.parts for name in part.message}
    assert used == set(truths())
