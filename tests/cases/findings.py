"""What a reader found each case over the corpora to be: by a digest of the case, without its contents."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from headertrace.cases.case import Case
from tests.data import FIXTURES

FILE = FIXTURES / "cases" / "findings.tsv"
# 48 bits tell some hundred cases apart.
DIGEST_BYTES = 6
PURPOSE = b"headertrace findings"


class Class(StrEnum):
    """What a case turned out to be."""

    RIGHT = "right"
    FITS = "fits"
    OPEN = "open question"
    RIVAL = "rival"
    WRONG = "wrong"
    UNSEEN = "not looked at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a case is, and what the reader saw."""

    found: Class
    seen: str


UNSEEN = Finding(found=Class.UNSEEN, seen="")


def digest(case: Case, names: dict[str, str]) -> str:
    """What tells a case from others whatever the machine: its kind, and the corpora's ids of its samples."""
    ids = sorted(names.get(sample.split(" ")[0], sample) for sample in case.samples)
    text = "\n".join((case.kind, str(case.relay), str(case.inner_address), *ids))
    return blake2b(text.encode(), digest_size=DIGEST_BYTES, key=PURPOSE).hexdigest()


def names_by_place(rows: Iterable[dict[str, object]]) -> dict[str, str]:
    """The corpora's id of each message, by the place that samples tell."""
    return {f"{row['source_path']}:{row['source_offset']}": str(row["source_name"]) for row in rows}


def read_findings() -> dict[str, Finding]:
    """Every finding, by the digest of its case."""
    with FILE.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {row["case"]: Finding(found=Class(row["class"]), seen=row["found"]) for row in rows}
