"""What the changelog counts is as many as there are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from headertrace.received.families import FAMILIES
from headertrace.signatures.catalogue import CATALOGUE

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = " ".join((ROOT / "CHANGELOG.md").read_text("utf-8").split())
SCENARIOS = tomllib.loads((ROOT / "tests/lab/scenarios.toml").read_text("utf-8"))
COUNTED = {
    "documented signatures": len(CATALOGUE),
    "kinds of mail software": len({family.name for family in FAMILIES}),
    # What a closed relay refuses leaves no message.
    "scenarios": sum(not name.startswith("ctl_") for name in SCENARIOS),
    "messages with their truth as fixtures": len([*(ROOT / "fixtures/messages/lab").rglob("*.eml")]),
}


@pytest.mark.parametrize("noun", COUNTED)
def test_the_changelog_counts_right(noun: str) -> None:
    assert f" {COUNTED[noun]} {noun}" in CHANGELOG
