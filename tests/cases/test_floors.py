"""Over all corpora: the relays that labels.tsv knows to be open are found, stolen accounts are none."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from headertrace.cases.case import Case
from headertrace.cases.correlate import correlate_in
from headertrace.corpus.scan import scan_to
from headertrace.corpus.stored import open_stored
from tests.data import DATA, needs_corpora

pytestmark = [pytest.mark.slow, needs_corpora]
Place = tuple[str | None, str | None]
SURE = {"likely", "established"}


def labelled(path: str) -> dict[str, list[dict[str, str]]]:
    """The messages of each relay with two or more of a kind."""
    relays = defaultdict(list)
    with (DATA / "corpus" / "labels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["path"] == path:
                relays[row["relay"]].append(row)
    return {relay: rows for relay, rows in relays.items() if len(rows) > 1}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Place], tuple[Case, ...]]:
    out: Path = tmp_path_factory.mktemp("corpora") / "out"
    scan_to(out, DATA / "corpus", workers=2)
    engine = open_stored(out)
    rows = engine.rows("select source_name, relay, relay_site, relay_ip from messages")
    places = {row["source_name"]: (row["relay"], row["relay_ip"]) for row in rows}
    return places, correlate_in(engine, key=b"k")


def accused(rows: Iterable[dict[str, str]], places: dict[str, Place], cases: Iterable[Case]) -> bool:
    """Whether a case accuses the relay that let these messages out, by its name or its address."""
    wanted = [places[row["id"]] for row in rows]
    names, addresses = {name for name, _ in wanted}, {address for _, address in wanted if address}
    return any(case.relay in names or case.relay_address in addresses for case in cases)


def test_open_relays_are_found(found: tuple[dict[str, Place], tuple[Case, ...]]) -> None:
    places, cases = found
    opened = [case for case in cases if case.kind.startswith("open-relay")]
    relays = labelled("relay-abuse")
    hits = {relay for relay, rows in relays.items() if accused(rows, places, opened)}
    hidden = {relay for relay, rows in relays.items() if any(row["origin"] != "public" for row in rows)}
    assert len(hits) >= 0.85 * len(relays)
    assert len(hits & hidden) >= 0.9 * len(hidden)


def test_stolen_accounts_are_none(found: tuple[dict[str, Place], tuple[Case, ...]]) -> None:
    places, cases = found
    opened = [case for case in cases if case.kind.startswith("open-relay") and case.confidence in SURE]
    stolen = [case for case in cases if case.kind == "stolen-account"]
    relays = labelled("stolen-credentials")
    assert not [relay for relay, rows in relays.items() if accused(rows, places, opened)]
    assert sum(accused(rows, places, stolen) for rows in relays.values()) >= 0.8 * len(relays)
