"""``--fail-on``: an exit code that a pipeline can act on."""

from __future__ import annotations

from dataclasses import replace

import pytest

import headertrace as ht
from headertrace.cli.trace_command import reaches

LIKELY, POSSIBLE, ESTABLISHED = ht.Confidence.LIKELY, ht.Confidence.POSSIBLE, ht.Confidence.ESTABLISHED
CASES = {
    "misuse that is likely reaches likely": (LIKELY, None, ht.Scenario.UNDETERMINED, "likely", True),
    "misuse that is possible does not": (POSSIBLE, None, ht.Scenario.UNDETERMINED, "likely", False),
    "more than was asked for reaches it": (ESTABLISHED, None, ht.Scenario.UNDETERMINED, "likely", True),
    "a verdict of misuse counts as well": (None, LIKELY, ht.Scenario.OPEN_RELAY_NAT, "likely", True),
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
