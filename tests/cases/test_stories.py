"""Each story and mixture in fixtures/cases gives the cases it says, and no other accusation of a relay."""

from __future__ import annotations

from functools import cache

import pytest

import headertrace as ht
from headertrace.cases.case import Case
from tests.cases.expected import check
from tests.cases.mixtures import Mixture, read_mixtures, truths
from tests.cases.stories import Story, read_stories

TOLD: dict[str, Story | Mixture] = {story.why: story for story in read_stories()}
TOLD |= {mixture.why: mixture for mixture in read_mixtures()}


@cache
def found_in(why: str) -> tuple[Case, ...]:
    return ht.correlate(ht.examine(ht.read_trace(raw)) for raw in TOLD[why].messages())


@pytest.mark.parametrize("why", TOLD)
def test_cases(why: str) -> None:
    check(found_in(why), TOLD[why].expect, TOLD[why].joins)


@pytest.mark.parametrize("why", TOLD)
def test_established_says_why_it_is_proof(why: str) -> None:
    for case in found_in(why):
        proof = any(reason.startswith("proof: ") for reason in case.reasons)
        assert proof == (case.confidence == "established"), case


@pytest.mark.parametrize("why", TOLD)
def test_numbers_agree_with_their_nouns(why: str) -> None:
    plural = ("names", "domains", "networks", "zones", "messages", "sites")
    for case in found_in(why):
        for line in (*case.reasons, *case.confounders):
            words = line.split()
            after_one = [words[place + 1] for place, word in enumerate(words[:-1]) if word == "1"]
            assert not [word for word in after_one if word.startswith(plural)], line


def test_every_message_of_the_laboratory_is_used() -> None:
    used = {name for one in read_mixtures() for part in one.parts for name in part.message}
    assert used == set(truths())
