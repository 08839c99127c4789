"""Over all corpora: open relays are found, stolen accounts are none, and few of the cases are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from headertrace.cases.case import Case
from headertrace.cases.correlate import correlate_in
from headertrace.corpus.scan import scan_to
from headertrace.corpus.stored import open_stored
from tests.cases.findings import UNSEEN, Class, digest, names_by_place, read_findings
from tests.cases.recall import Place, called_open, found_open, found_stolen, relays_by_name
from tests.data import DATA, needs_corpora

pytestmark = [pytest.mark.slow, needs_corpora]
MOST_WRONG = 1 / 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The cases over all corpora, where each message's relay is, and what the corpora call each message."""

    cases: tuple[Case, ...]
    places: dict[str, Place]
    names: dict[str, str]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    out: Path = tmp_path_factory.mktemp("corpora") / "out"
    scan_to(out, DATA / "corpus", workers=2)
    engine = open_stored(out)
    wanted = "source_path, source_offset, source_name, relay, relay_ip"
    rows = [dict(row) for row in engine.rows(f"select {wanted} from messages")]
    places = relays_by_name(rows)
    return Found(cases=correlate_in(engine, key=b"k"), places=places, names=names_by_place(rows))


def test_open_relays_are_found(found: Found) -> None:
    every, hidden = found_open(found.cases, found.places)
    assert every.share >= 0.85
    assert hidden.share >= 0.9


def test_stolen_accounts_are_none(found: Found) -> None:
    assert not called_open(found.cases, found.places)
    assert found_stolen(found.cases, found.places).share >= 0.8


def test_every_case_was_looked_at_and_one_in_50_is_wrong_at_most(found: Found) -> None:
    findings = read_findings()
    classes = [findings.get(digest(case, found.names), UNSEEN).found for case in found.cases]
    assert Class.UNSEEN not in classes, "look at the new cases, and write down what they are"
    assert classes.count(Class.WRONG) <= MOST_WRONG * len(classes)
