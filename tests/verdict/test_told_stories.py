"""What is concluded from messages as servers leave them, one circumstance each."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from headertrace.trace.trace import read_trace
from headertrace.verdict.examine import examine
from headertrace.verdict.stories import HIDDEN
from headertrace.vocabulary import Confidence, Scenario

from ..data import FIXTURES

FOLDER = FIXTURES / "messages" / "stories"
CASES: list[dict[str, Any]] = tomllib.loads((FOLDER / "cases.toml").read_text("utf-8"))["case"]
NAMED = [case for case in CASES if "relay" in case]
SURE = (Confidence.LIKELY, Confidence.ESTABLISHED)


def _scenarios(names: list[str]) -> set[Scenario]:
    return {Scenario(name) for name in names}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_message_tells_its_story(case: dict[str, Any]) -> None:
    judged = examine(read_trace(FOLDER / f"{case['message']}.eml"))
    listed = {each.scenario for each in judged.hypotheses if each.confidence}
    assert (judged.misuse in SURE) is (case["misuse"] == "likely")
    assert judged.verdict.scenario in _scenarios(case.get("verdict", list(Scenario)))
    assert listed >= _scenarios(case.get("listed", []))
    assert not listed & _scenarios(case.get("unlisted", []))
    sure = {each.scenario for each in judged.hypotheses if each.confidence in SURE}
    assert not sure & _scenarios(case.get("unsure", []))
    assert (HIDDEN in judged.verdict.notes) is case.get("hidden", False)


@pytest.mark.parametrize("case", NAMED, ids=[case["why"] for case in NAMED])
def test_the_server_that_let_it_out_is_named(case: dict[str, Any]) -> None:
    relay = examine(read_trace(FOLDER / f"{case['message']}.eml")).verdict.relay
    assert relay is not None
    assert str(relay.ip) == case["relay"]
    assert relay.name == case.get("name", relay.name)


def test_no_message_is_without_a_case() -> None:
    assert {path.stem for path in FOLDER.glob("*.eml")} == {case["message"] for case in CASES}
    assert {case["misuse"] for case in CASES} <= {"likely", "unlikely"}
