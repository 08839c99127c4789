"""Every message that real mail servers made in the laboratory is read without a remainder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import headertrace
from headertrace import Scenario

from .labkit.describe import catalogue
from .labkit.scenarios import load

ROOT = Path(__file__).parents[2]
LAB = ROOT / "fixtures" / "messages" / "lab"
LABELS = {"abuse", "legit", "forwarded-spam", "bot", "backscatter"}
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


def test_each_message_has_its_truth() -> None:
    for message in MESSAGES:
        truth = json.loads(message.with_suffix(".json").read_text())
        assert truth["scenario"] == message.parent.name
        assert truth["label"] in LABELS
        assert Scenario(truth["story"])
        assert truth["made"] == ("written" if message.parent.name.endswith("_written") else "sent")


def test_every_scenario_is_in_the_sample() -> None:
    sampled = {message.parent.name for message in MESSAGES}
    assert {scenario.name for scenario in load() if scenario.label != "refused"} <= sampled


def test_the_page_shows_the_sample_s_chains() -> None:
    page = (ROOT / "docs" / "lab.md").read_text()
    assert page.endswith("\n".join(catalogue(LAB)))


def test_the_sample_stays_small() -> None:
    files = [path for path in LAB.rglob("*") if path.is_file()]
    assert 0 < len(MESSAGES) <= MAX_MESSAGES
    assert sum(path.stat().st_size for path in files) <= MAX_BYTES
