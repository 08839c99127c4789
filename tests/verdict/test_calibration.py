"""The amounts that are shipped, the documents that go with them, and how they are made."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest

from headertrace.signatures.catalogue import CATALOGUE
from headertrace.trace.trace import read_trace
from headertrace.verdict.calibrate import main
from headertrace.verdict.calibration.corpora import mask, read_labels
from headertrace.verdict.calibration.fit import CAP, CAPPED, threshold
from headertrace.verdict.calibration.margin import adjudicated
from headertrace.verdict.examine import examine
from headertrace.verdict.weights import load_weights
from headertrace.vocabulary import Confidence

from ..data import DATA, needs_corpora

DOCS = Path(__file__).resolve().parents[2] / "docs"
SURE = (Confidence.LIKELY, Confidence.ESTABLISHED)


def test_amounts_have_the_declared_signs_and_bounds() -> None:
    weights = load_weights()
    declared = {each.id: each for each in CATALOGUE}
    for name, bits in weights.misuse.items():
        assert bits * declared[name].misuse > 0
        assert abs(bits) <= CAP + 1e-6
        assert not declared[name].capped or bits == CAPPED
    for name, amounts in weights.way_amounts.items():
        assert all(bits * declared[name].bears[way] > 0 for way, bits in amounts.items())  # type: ignore[index]


def test_the_page_of_signatures_is_fresh() -> None:
    page = (DOCS / "signatures.md").read_text(encoding="utf-8")
    for each in CATALOGUE:
        assert f"## {each.id} {each.name}\n\n{each.summary}\n" in page
        assert all(f"- *{name}*: {text}" in page for name, text in each.notes.items())


def test_the_margin_page_lists_read_alarms_only() -> None:
    page = (DOCS / "margin-of-error.md").read_text(encoding="utf-8")
    assert "not read" not in page
    assert set(adjudicated().values()) <= {"leaked scam", "leaked spam", "doubtful", "innocent"}


def test_a_threshold_lets_through_what_it_may() -> None:
    scores = [float(n) for n in range(1000)]
    edge = threshold(scores, 100)
    assert sum(score >= edge for score in scores) == 10


def test_masking_takes_away_what_the_corpus_was_picked_by() -> None:
    raw = (
        b"Received: from User (unknown [10.0.0.1])\nX-Mailer: A\n B\n"
        b"Message-ID: <1@User>\nFrom: user@x.example\n"
    )
    masked = mask(raw, "key")
    assert b"User" not in masked
    assert b"X-Mailer" not in masked
    assert b"From: user@x.example" in masked


def test_missing_corpora_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 2
    assert "HEADERTRACE_DATA" in capsys.readouterr().err


def confirmed() -> Iterator[tuple[str, bytes]]:
    """The messages of the picked corpus that the labels confirm as relay abuse."""
    labels = read_labels(DATA / "corpus")
    with lzma.open(DATA / "corpus" / "relay_abuse.jsonl.xz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if labels[row["id"]].path == "relay-abuse":
                yield row["id"], row["headers"].encode("latin-1", "replace") + b"\n"


@needs_corpora
def test_confirmed_abuse_is_found_and_its_way_left_open_where_it_is() -> None:
    found = [examine(read_trace(raw)) for _, raw in confirmed()]
    relays = [[h for h in each.hypotheses if h.scenario.startswith("open-relay")] for each in found]
    total = len(found)
    assert sum(each.misuse in SURE for each in found) >= 0.95 * total
    assert sum(any(h.confidence for h in each) for each in relays) >= 0.95 * total
    assert 0.4 * total <= sum(any(h.confidence in SURE for h in each) for each in relays) <= 0.7 * total


@needs_corpora
def test_abuse_is_found_without_the_signs_by_which_it_was_picked() -> None:
    found = [examine(read_trace(mask(raw, key))) for key, raw in confirmed()]
    listed = sum(
        any(h.confidence for h in each.hypotheses if h.scenario.startswith("open-relay")) for each in found
    )
    assert listed >= 0.95 * len(found)
    assert sum(each.misuse in SURE for each in found) >= 0.4 * len(found)
