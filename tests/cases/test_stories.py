"""Each story in fixtures/cases gives the cases it says, and no other accusation of a relay."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

import headertrace as ht
from headertrace.cases.case import Case
from tests.cases.stories import read_stories

STORIES = {story.why: story for story in read_stories()}
JOINING = {"hijacker", "campaign"}


@cache
def found_in(why: str) -> tuple[Case, ...]:
    judged = (ht.examine(ht.read_trace(raw)) for raw in STORIES[why].messages())
    return ht.correlate(judged)


def fits(case: Case, wanted: dict[str, Any]) -> bool:
    for name, value in wanted.items():
        told = getattr(case, name)
        if name == "confounders" and not any(value in line for line in told):
            return False
        if name != "confounders" and (told or "") != value:
            return False
    return True


@pytest.mark.parametrize("why", STORIES)
def test_story(why: str) -> None:
    story, cases = STORIES[why], found_in(why)
    for wanted in story.expect:
        assert any(fits(case, wanted) for case in cases), (wanted, cases)
    accused = [case for case in cases if case.kind not in JOINING]
    expected = [wanted for wanted in story.expect if wanted["kind"] not in JOINING]
    assert len(accused) == len(expected), accused


@pytest.mark.parametrize("why", STORIES)
def test_established_says_why_it_is_proof(why: str) -> None:
    for case in found_in(why):
        proof = any(reason.startswith("proof: ") for reason in case.reasons)
        assert proof == (case.confidence == "established"), case
