"""Over all corpora: open relays are found, stolen accounts are none, and few of the cases are wrong."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from headertrace.cases.case import Case
from headertrace.cases.correlate import correlate_in
from headertrace.corpus.scan import scan_to
from headertrace.corpus.stored import open_stored
from tests.cases.findings import UNSEEN, Class, digest, names_by_place, read_findings
from tests.data import DATA, needs_corpora

pytestmark = [pytest.mark.slow, needs_corpora]
Place = tuple[str | None, str | None]
MOST_WRONG = 1 / 50
SURE = {"likely", "established"}


def labelled(path: str) -> dict[str, list[dict[str, str]]]:
    """The messages of each relay with two or more of a kind."""
    relays = defaultdict(list)
    with (DATA / "corpus" / "labels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["path"] == path:
                relays[row["relay"]].append(row)
    return {relay: rows for relay, rows in relays.items() if len(rows) > 1}


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
    places = {row["source_name"]: (row["relay"], row["relay_ip"]) for row in rows}
    return Found(cases=correlate_in(engine, key=b"k"), places=places, names=names_by_place(rows))


def accused(rows: Iterable[dict[str, str]], places: dict[str, Place], cases: Iterable[Case]) -> bool:
    """Whether a case accuses the relay that let these messages out, by its name or its address."""
    wanted = [places[row["id"]] for row in rows]
    names, addresses = {name for name, _ in wanted}, {address for _, address in wanted if address}
    return any(case.relay in names or case.relay_address in addresses for case in cases)


def test_open_relays_are_found(found: Found) -> None:
    opened = [case for case in found.cases if case.kind.startswith("open-relay")]
    relays = labelled("relay-abuse")
    hits = {relay for relay, rows in relays.items() if accused(rows, found.places, opened)}
    hidden = {relay for relay, rows in relays.items() if any(row["origin"] != "public" for row in rows)}
    assert len(hits) >= 0.85 * len(relays)
    assert len(hits & hidden) >= 0.9 * len(hidden)


def test_stolen_accounts_are_none(found: Found) -> None:
    opened = [case for case in found.cases if case.kind.startswith("open-relay") and case.confidence in SURE]
    stolen = [case for case in found.cases if case.kind == "stolen-account"]
    relays = labelled("stolen-credentials")
    assert not [relay for relay, rows in relays.items() if accused(rows, found.places, opened)]
    assert sum(accused(rows, found.places, stolen) for rows in relays.values()) >= 0.8 * len(relays)


def test_every_case_was_looked_at_and_one_in_50_is_wrong_at_most(found: Found) -> None:
    findings = read_findings()
    classes = [findings.get(digest(case, found.names), UNSEEN).found for case in found.cases]
    assert Class.UNSEEN not in classes, "look at the new cases, and write down what they are"
    assert classes.count(Class.WRONG) <= MOST_WRONG * len(classes)
