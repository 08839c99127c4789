"""Where a message began, as far as it can be believed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from headertrace.trace.trace import read_trace

FIXTURES = Path(__file__).parents[2] / "fixtures" / "trace"
CASES = tomllib.loads((FIXTURES / "origin.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_origin(case: dict[str, Any]) -> None:
    trace = read_trace(case["message"])
    assert trace.origin.hop is (trace.hops[case["hop"]] if "hop" in case else None)
    assert trace.origin.hidden is case["hidden"]
    assert case["says"] in trace.origin.reason


def test_a_blanked_address_hides_the_client() -> None:
    trace = read_trace("Received: from mail.example.org ([]) by mx.example.com (Postfix) with ESMTP id 1\n\n")
    assert trace.origin.hidden
    assert trace.origin.hop is trace.hops[0]
