"""Replies that no bounce brought: log lines, sessions and pasted replies."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from headertrace.bounces import read_bounce

FIXTURES = Path(__file__).parents[2] / "fixtures/bounces"
CASES = tomllib.loads((FIXTURES / "log-lines.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_text_without_a_header(case: dict[str, Any]) -> None:
    bounce = read_bounce(case["text"].encode())
    assert bounce.kind == case["kind"]
    told = [
        [one.recipient or "", str(one.cause), str(one.address or ""), one.remote_mta or ""]
        for one in bounce.refusals
    ]
    assert told == case.get("refusals", [])


def test_a_long_log_is_read_in_bounds() -> None:
    line = "mail: to=<u{}@example.org>, status=bounced (host mx.example.org said: 550 5.1.1 User unknown)\n"
    bounce = read_bounce("".join(line.format(number) for number in range(5000)).encode())
    assert 0 < len(bounce.refusals) <= 500
