"""Every case found over the corpora, as a table: ``python -m tests.cases.margin OUT > docs/cases-margin.md``.

OUT is what ``headertrace scan`` wrote of all corpora together. Relays are told by keyed hashes; what a reader
found each case to be stands in ``fixtures/cases/findings.tsv``.
"""

from __future__ import annotations

import csv
import secrets
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

from headertrace.cases.case import Case
from headertrace.cases.correlate import correlate_in
from headertrace.cases.people import person
from headertrace.corpus.stored import open_stored
from tests.cases.expected import JOINING
from tests.cases.findings import UNSEEN, Class, Finding, digest, names_by_place, read_findings
from tests.cases.recall import Place, called_open, found_open, found_stolen, relays_by_name
from tests.data import DATA

INTRODUCTION = """# Cases over the corpora: every one of them

Made by `python -m tests.cases.margin`. Relays are named by a keyed hash whose key is forgotten; a case that
joins several relays has none. *Labels* says what `labels.tsv` calls the samples of the case. Every case was
looked at by one reader: its messages' senders, subjects, HELOs, clients, zones, programs, dates and logins,
and the Received fields of relays and accounts without a label. *Found* says in short what was seen. *Class*:

- **right**: a label of a sample says the same, and so does the reading.
- **fits**: no label says so, and the reading bears the claim out.
- **open question**: `possible`, and the headers cannot decide.
- **rival**: `possible`, and what happened is a confounder that the case itself names.
- **wrong**: what the case claims did not happen. Doubtful ones count as wrong.

A case that joins relays is right about one hand or wrong; whether the servers are the sender's own is told.
"""
SHOWN = tuple(one for one in Class if one != Class.UNSEEN)


def labels() -> dict[str, str]:
    """What each labelled message is, by its id."""
    with (DATA / "corpus" / "labels.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["id"]: row["path"] if row["path"] != "-" else row["content"] for row in rows}


def told(case: Case, names: dict[str, str], known: dict[str, str]) -> str:
    """What the labels say of a case's samples."""
    ids = (names.get(sample.split(" ")[0], "") for sample in case.samples)
    found = Counter(known.get(one, "not labelled") for one in ids)
    return ", ".join(f"{label} {count}" for label, count in found.most_common())


def row(case: Case, labelled: str, finding: Finding, key: bytes) -> str:
    """The line of a case."""
    relay = person(f"{case.relay} {case.relay_address}", key) if case.relay else ""
    kind = f"{case.kind} {case.confidence}"
    return f"| {relay} | {kind} | {case.messages} | {labelled} | {finding.found} | {finding.seen} |"


def summary(totals: dict[str, Counter[Class]]) -> str:
    """How many cases of each kind are of each class, and the share of wrong ones."""
    lines = [f"| kind and confidence | {' | '.join(SHOWN)} |", "|---|" + "---|" * len(SHOWN)]
    for kind, count in sorted(totals.items()):
        lines.append(f"| {kind} | {' | '.join(str(count[one]) for one in SHOWN)} |")
    every = sum(totals.values(), Counter[Class]())
    lines.append(f"| all | {' | '.join(str(every[one]) for one in SHOWN)} |")
    single = (count for kind, count in totals.items() if kind.split()[0] not in JOINING)
    return "\n".join(
        (
            *lines,
            "",
            shares(every, "cases"),
            shares(sum(single, Counter[Class]()), "of them accuse one relay"),
        )
    )


def shares(count: Counter[Class], what: str) -> str:
    """How many of some cases are wrong, and how many if rivals counted as wrong too."""
    total, wrong, rivals = sum(count.values()), count[Class.WRONG], count[Class.RIVAL]
    return (
        f"{total} {what}: {wrong} wrong ({wrong / total:.1%}); with the rivals counted as wrong too,"
        f" {wrong + rivals} ({(wrong + rivals) / total:.1%})."
    )


def recall(cases: Iterable[Case], places: dict[str, Place]) -> str:
    """How many of the relays that the labels know are found."""
    every, hidden = found_open(cases, places)
    return (
        f"\nOf the relays with two or more labelled relay abuses {every} are found, of those with a hidden"
        f" client {hidden}; of the relays of stolen accounts {found_stolen(cases, places)} are found as"
        " such, and"
        f" {len(called_open(cases, places))} are called open at `likely` or above."
    )


def main(out: str) -> None:
    """Print the page."""
    engine = open_stored(out)
    wanted = "source_path, source_offset, source_name, relay, relay_ip"
    rows = [dict(one) for one in engine.rows(f"select {wanted} from messages")]
    names, known, key = names_by_place(rows), labels(), secrets.token_bytes(16)
    cases = correlate_in(engine, key=key)
    findings, totals, lines = read_findings(), defaultdict[str, Counter[Class]](Counter), []
    for case in cases:
        finding = findings.get(digest(case, names), UNSEEN)
        totals[f"{case.kind} {case.confidence}"][finding.found] += 1
        lines.append(row(case, told(case, names, known), finding, key))
    print(INTRODUCTION)
    print(summary(totals))
    print(recall(cases, relays_by_name(rows)))
    print("\n| relay | kind and confidence | messages | labels of its samples | class | found |")
    print("|---|---|---|---|---|---|")
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1])
