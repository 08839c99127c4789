"""What a refusal means where it brings words alone: no status, no list, no system."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from headertrace.bounces import read_bounce

FIXTURES = Path(__file__).parents[2] / "fixtures/bounces"
CASES = tomllib.loads((FIXTURES / "plain-words.toml").read_text())["case"]
EVERY = [(case["cause"], text) for case in CASES for text in case["says"]]


@pytest.mark.parametrize(("cause", "text"), EVERY, ids=[text for _, text in EVERY])
def test_the_words_tell_the_cause(cause: str, text: str) -> None:
    (refusal,) = read_bounce(text).refusals
    assert (refusal.cause, refusal.listed) == (cause, cause == "local-block")
