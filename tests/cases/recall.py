"""Which of the relays that the labels know are found, over all corpora."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from headertrace.cases.case import Case
from tests.data import DATA

# A relay's name and its address.
Place = tuple[str | None, str | None]
Labelled = dict[str, list[dict[str, str]]]
SURE = {"likely", "established"}


class Recall(NamedTuple):
    """How many relays are found, of how many."""

    found: int
    known: int

    @property
    def share(self) -> float:
        """The part that is found."""
        return self.found / self.known

    def __str__(self) -> str:
        return f"{self.found} of {self.known}"


def relays_by_name(rows: Iterable[Mapping[str, object]]) -> dict[str, Place]:
    """The relay of each message, by the message's id."""
    return {str(row["source_name"]): (_text(row["relay"]), _text(row["relay_ip"])) for row in rows}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def labelled(path: str) -> Labelled:
    """The messages of each relay with two or more of a kind."""
    relays = defaultdict(list)
    with (DATA / "corpus" / "labels.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["path"] == path:
                relays[row["relay"]].append(row)
    return {relay: rows for relay, rows in relays.items() if len(rows) > 1}


def accused(rows: Iterable[dict[str, str]], places: dict[str, Place], cases: Iterable[Case]) -> bool:
    """Whether a case accuses the relay that let these messages out, by its name or its address."""
    wanted = [places[row["id"]] for row in rows]
    names, addresses = {name for name, _ in wanted}, {address for _, address in wanted if address}
    return any(case.relay in names or case.relay_address in addresses for case in cases)


def found_open(cases: Iterable[Case], places: dict[str, Place]) -> tuple[Recall, Recall]:
    """How many of the abused relays are found open: of all, and of those with a hidden client."""
    opened = [case for case in cases if case.kind.startswith("open-relay")]
    relays = labelled("relay-abuse")
    hits = {relay for relay, rows in relays.items() if accused(rows, places, opened)}
    hidden = {relay for relay, rows in relays.items() if any(row["origin"] != "public" for row in rows)}
    return Recall(len(hits), len(relays)), Recall(len(hits & hidden), len(hidden))


def found_stolen(cases: Iterable[Case], places: dict[str, Place]) -> Recall:
    """How many of the relays of stolen accounts are found as such."""
    stolen = [case for case in cases if case.kind == "stolen-account"]
    relays = labelled("stolen-credentials")
    return Recall(sum(accused(rows, places, stolen) for rows in relays.values()), len(relays))


def called_open(cases: Iterable[Case], places: dict[str, Place]) -> list[str]:
    """The relays of stolen accounts that are called open, at least likely."""
    opened = [case for case in cases if case.kind.startswith("open-relay") and case.confidence in SURE]
    relays = labelled("stolen-credentials")
    return [relay for relay, rows in relays.items() if accused(rows, places, opened)]
