"""Every message that real mail servers made in the laboratory is read without a remainder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import headertrace

LAB = Path(__file__).parents[2] / "fixtures" / "messages" / "lab"
MESSAGES = sorted(LAB.glob("*/*.eml"))
MAX_MESSAGES = 300
MAX_BYTES = 3_000_000


def name_of(message: Path) -> str:
    return f"{message.parent.name}/{message.stem}"


@pytest.mark.parametrize("message", MESSAGES, ids=name_of)
def test_no_word_of_a_field_stays_unread(message: Path) -> None:
    hops = headertrace.read_trace(message).hops
    assert hops
    assert {hop.raw: hop.unread for hop in hops if hop.unread} == {}


@pytest.mark.parametrize("message", MESSAGES, ids=name_of)
def test_each_message_has_its_truth(message: Path) -> None:
    truth = json.loads(message.with_suffix(".json").read_text())
    assert truth["scenario"] == message.parent.name
    assert truth["label"]


def test_the_sample_stays_small() -> None:
    files = [path for path in LAB.rglob("*") if path.is_file()]
    assert 0 < len(MESSAGES) <= MAX_MESSAGES
    assert sum(path.stat().st_size for path in files) <= MAX_BYTES
