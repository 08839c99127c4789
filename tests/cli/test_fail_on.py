"""``--fail-on``: an exit code that a pipeline can act on, and one sentence about it everywhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import headertrace as ht
from headertrace.cli.main import cli
from headertrace.cli.trace_command import reaches
from headertrace.verdict.stories import MISUSES

LIKELY, POSSIBLE, ESTABLISHED = ht.Confidence.LIKELY, ht.Confidence.POSSIBLE, ht.Confidence.ESTABLISHED
CASES = {
    "misuse that is likely reaches likely": (LIKELY, None, ht.Scenario.UNDETERMINED, "likely", True),
    "misuse that is possible does not": (POSSIBLE, None, ht.Scenario.UNDETERMINED, "likely", False),
    "more than was asked for reaches it": (ESTABLISHED, None, ht.Scenario.UNDETERMINED, "likely", True),
    "an innocent verdict never fails": (None, ESTABLISHED, ht.Scenario.FORWARDED, "possible", False),
    "without the option nothing fails": (ESTABLISHED, ESTABLISHED, ht.Scenario.OPEN_RELAY, None, False),
}


@pytest.mark.parametrize("why", CASES)
def test_fail_on(why: str) -> None:
    misuse, confidence, scenario, level, fails = CASES[why]
    empty = ht.examine(ht.read_trace(b""))
    verdict = replace(empty.verdict, scenario=scenario, confidence=confidence)
    judged = replace(empty, misuse=misuse, verdict=verdict)
    assert reaches(judged, level) is fails


@pytest.mark.parametrize("command", ["trace", "scan"])
def test_every_command_says_the_same_about_it(command: str) -> None:
    told = " ".join(CliRunner().invoke(cli, [command, "--help"]).stdout.split())
    assert "Exit with 1 when misuse of a relay is at least this sure in any message." in told
    assert "1 misuse reaches --fail-on" in told


def test_no_verdict_of_misuse_is_surer_than_misuse_itself() -> None:
    seen = 0
    for path in sorted((Path(__file__).parents[2] / "fixtures" / "messages").rglob("*.eml")):
        judged = ht.examine(ht.read_trace(path))
        if judged.verdict.scenario in MISUSES and judged.verdict.confidence is not None:
            assert judged.misuse is not None, path
            assert judged.misuse >= judged.verdict.confidence, path
            seen += 1
    assert seen
