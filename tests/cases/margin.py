"""Every case found over the corpora, as a table: ``python -m tests.cases.margin OUT > docs/cases-margin.md``.

OUT is what ``headertrace scan`` wrote of all corpora together. Relays are told by keyed hashes.
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
from tests.data import DATA

INTRODUCTION = """# Cases over the corpora: every one of them

Made by `python -m tests.cases.margin`. Relays are named by a keyed hash whose key is forgotten; a case that
joins several relays has none. *Labels* says what a careful reader found the messages of the case to be
(`labels.tsv`). Most of the corpora is not labelled: such a case is weighed by its own facts. *Class*:

- **right**: the label of a sample says the same.
- **fits**: not labelled, and at least `likely` by facts that only strangers' mail shows: answers wanted
  elsewhere, no recipient named, a HELO that is a stranger's public address or a bulk mailer's constant. The
  open relays among these were looked at one by one, the accounts by their list of senders, HELOs and clients.
  Cases that join relays fit unless a sample is ham: no label says who sat behind them.
- **open question**: the label says that the product hides logins; or the case is `possible`, and says why.
- **own server**: the label says that the sender's own server was used with a login: like a stolen account.
- **wrong**: the label says something else.
"""
RIGHT = {
    "open-relay-nat": {"relay-abuse"},
    "open-relay": {"relay-abuse"},
    "open-relay-appliance": {"relay-abuse"},
    "stolen-account": {"stolen-credentials"},
}
CLASSES = ("right", "fits", "open question", "own server", "wrong")
JOINING = {"hijacker", "campaign"}


def labels() -> dict[str, str]:
    """What each labelled message is, by its id."""
    with (DATA / "corpus" / "labels.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {row["id"]: row["path"] if row["path"] != "-" else row["content"] for row in rows}


def names_by_place(rows: Iterable[dict[str, object]]) -> dict[str, str]:
    """The id of each message, by the place that samples tell."""
    return {f"{row['source_path']}:{row['source_offset']}": str(row["source_name"]) for row in rows}


def told(case: Case, names: dict[str, str], known: dict[str, str]) -> Counter[str]:
    """What the labels say of a case's samples."""
    ids = (names.get(sample.split(" ")[0], "") for sample in case.samples)
    return Counter(known.get(one, "not labelled") for one in ids)


def class_of(case: Case, found: Counter[str]) -> str:
    """What the labels make of a case."""
    known = set(found) - {"not labelled"}
    if case.kind in JOINING:
        return "wrong" if "ham" in known else "fits"
    if known & RIGHT[case.kind]:
        return "right"
    if "unclear" in known or (not known and case.confidence == "possible"):
        return "open question"
    if not known:
        return "fits"
    return "own server" if known == {"own-infrastructure"} and case.kind == "stolen-account" else "wrong"


def main(out: str) -> None:
    """Print the page."""
    engine = open_stored(out)
    rows = engine.rows("select source_path, source_offset, source_name from messages")
    names, known, key = names_by_place(dict(row) for row in rows), labels(), secrets.token_bytes(16)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    lines = []
    for case in correlate_in(engine, key=key):
        found = told(case, names, known)
        kind = f"{case.kind} {case.confidence}"
        totals[kind][class_of(case, found)] += 1
        relay = person(f"{case.relay} {case.relay_address}", key) if case.relay else ""
        said = ", ".join(f"{label} {count}" for label, count in found.most_common())
        lines.append(f"| {relay} | {kind} | {case.messages} | {said} | {class_of(case, found)} |")
    print(INTRODUCTION)
    print(f"| kind and confidence | {' | '.join(CLASSES)} |\n|---|---|---|---|---|---|")
    for kind, count in sorted(totals.items()):
        shown = " | ".join(str(count[name]) for name in CLASSES)
        print(f"| {kind} | {shown} |")
    print(
        "\n| relay | kind and confidence | messages | labels of its samples | class |\n|---|---|---|---|---|"
    )
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1])
