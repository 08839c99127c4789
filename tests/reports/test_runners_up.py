"""A verdict that prefers no story names the stories that are listed all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import headertrace as ht
from headertrace.reports.words import runners_up
from headertrace.verdict.stories import MISUSES

LAB = Path(__file__).parents[2] / "fixtures" / "messages" / "lab"


def judged(folder: str) -> list[ht.Examination]:
    return [ht.examine(ht.read_trace(path)) for path in sorted((LAB / folder).glob("*.eml"))]


UNDECIDED = [
    one
    for folder in ("s1_nat", "open_relay", "legit_lan")
    for one in judged(folder)
    if one.verdict.confidence is None and one.misuse
]


@pytest.mark.parametrize("one", UNDECIDED, ids=lambda one: str(one.source.message_id))
def test_the_report_names_them_in_every_form(one: ht.Examination) -> None:
    best = next(item for item in one.hypotheses if item.confidence and item.scenario in MISUSES)
    sentence = runners_up(one)
    assert sentence.startswith("Listed all the same: ")
    assert f"({best.scenario}): {best.confidence}" in sentence
    view = ht.report(one)
    assert sentence in " ".join(view.text().split())
    assert sentence in view.html()


def test_there_are_such_messages() -> None:
    assert UNDECIDED


def test_a_verdict_that_is_listed_needs_no_other() -> None:
    decided = [one for one in judged("s1_nat_named") if one.verdict.confidence]
    assert decided
    assert {runners_up(one) for one in decided} == {""}


def test_where_nothing_is_listed_nothing_is_named() -> None:
    assert runners_up(ht.examine(ht.read_trace(b"Received: from a by b\n\n"))) == ""
