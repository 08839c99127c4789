"""Whatever a sender writes below the border: who handed the message to us stays fact."""

from __future__ import annotations

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from headertrace import read_trace

FORGED = Path(__file__).parents[2] / "fixtures" / "messages" / "forged"
CASES: list[dict[str, Any]] = tomllib.loads((FORGED / "cases.toml").read_text(encoding="utf-8"))["case"]
# The address that our server recorded in each of these messages.
STRANGER = ip_address("198.51.100.7")
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])


@each_case
def test_border_is_what_our_own_server_recorded(case: dict[str, Any]) -> None:
    trace = read_trace(FORGED / f"{case['message']}.eml")
    assert trace.border is not None
    assert trace.border.ip == STRANGER
    assert (len(trace.claimed), len(trace.breaks)) == (case["claimed"], case["breaks"])


@each_case
def test_no_claimed_hop_is_trusted(case: dict[str, Any]) -> None:
    trace = read_trace(FORGED / f"{case['message']}.eml")
    believed = {id(hop) for hop in (*trace.trusted, *trace.internal)}
    assert not believed & {id(hop) for hop in trace.claimed}
    assert trace.border is not None
    assert id(trace.border) not in believed


def test_every_message_has_its_case() -> None:
    assert {case["message"] for case in CASES} == {path.stem for path in FORGED.glob("*.eml")}
