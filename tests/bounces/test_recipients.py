"""Whom a bounce without a report is about: recipients as mail systems set them out in words."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from headertrace.bounces import read_bounce

CASES = tomllib.loads((Path(__file__).parents[2] / "fixtures/bounces/recipients.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_words_name_the_recipient(case: dict[str, Any]) -> None:
    header = f"From: {case['from']}\nTo: sender@example.net\nSubject: {case['subject']}\n\n"
    bounce = read_bounce(header + case["words"])
    assert bounce.kind == case["kind"]
    assert [(one.recipient, one.cause) for one in bounce.refusals] == [(case["recipient"], case["cause"])]
