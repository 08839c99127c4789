"""The labelled corpora as samples: what each message is, and what the catalogue sees in it."""

from __future__ import annotations

import csv
import hashlib
import json
import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from headertrace.signatures.scene import read_scene, read_whole_scene
from headertrace.trace.trace import read_trace
from headertrace.verdict.doors import Door, door_of
from headertrace.verdict.observe import observe
from headertrace.vocabulary import Scenario

LISTS = ("ml_sourceforge", "ml_driverdev", "ml_openwrt_misc", "ml_infradead", "ml_01org")
FILES = (*LISTS, "spamassassin_public", "relay_abuse", "handpicked_rdnsfailed", "phishing_pot")
HIDING_FIELDS = re.compile(rb"(?im)^(?:X-Mailer|X-MimeOLE|X-MSMail-Priority|User-Agent):.*(?:\n[ \t].*)*\n")
USER = re.compile(rb"(?i)(from |helo=|helo |ehlo |@)user(?=[\s()\]>])")
WAYS: Mapping[str, Scenario] = {
    "relay-abuse": Scenario.OPEN_RELAY,
    "stolen-credentials": Scenario.STOLEN_CREDENTIALS,
    "compromised-host": Scenario.COMPROMISED_HOST,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One row of labels.tsv."""

    content: str
    path: str
    origin: str
    relay: str

    @property
    def way(self) -> Scenario | None:
        """The way by which a stranger's mail came; None where it is none, or unclear."""
        way = WAYS.get(self.path)
        return Scenario.OPEN_RELAY_NAT if way is Scenario.OPEN_RELAY and self.hidden else way

    @property
    def hidden(self) -> bool:
        """Whether the client that the oldest field shows is not the true one."""
        return self.origin != "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One message as the judge sees it: no text of it is kept.

    ``hits`` are the signatures that decide, ``shown`` all that a reader is told of.
    """

    key: str
    corpus: str
    label: Label | None
    innocent: bool
    masked: bool
    year: int | None
    traits: int
    hits: frozenset[str]
    shown: frozenset[str]

    @property
    def door(self) -> Door:
        """The door by which it came."""
        return door_of(self.traits)

    @property
    def abused(self) -> bool:
        """Whether the labels call it a relay's or an account's misuse."""
        return self.label is not None and self.label.path in ("relay-abuse", "stolen-credentials")


def read_labels(folder: Path) -> dict[str, Label]:
    """Return the labels by message id."""
    with (folder / "labels.tsv").open(encoding="utf-8") as file:
        return {
            row["id"]: Label(
                content=row["content"], path=row["path"], origin=row["origin"], relay=row["relay"]
            )
            for row in csv.DictReader(file, delimiter="\t")
        }


def read_samples(folder: Path, every: int = 1) -> Iterator[Sample]:
    """Yield the samples of all corpora: each labelled message also masked, of the rest each ``every``-th."""
    labels = read_labels(folder)
    for corpus in FILES:
        with lzma.open(folder / f"{corpus}.jsonl.xz", "rt", encoding="utf-8") as file:
            for index, line in enumerate(file):
                row = json.loads(line)
                label = labels.get(row["id"])
                guilty = label is not None and label.content != "ham"
                if guilty or index % every == 0:
                    yield from _samples(row, corpus, label, guilty=guilty)


def _samples(row: dict[str, str], corpus: str, label: Label | None, *, guilty: bool) -> Iterator[Sample]:
    raw = row["headers"].encode("latin-1", "replace") + b"\n"
    innocent = not guilty and row.get("label") in ("ham", "list")
    for masked in (False, True) if guilty else (False,):
        trace = read_trace(mask(raw, row["id"]) if masked else raw)
        scene = read_scene(trace)
        entry = scene.chain.entry
        yield Sample(
            key=hash_id(row["id"]),
            corpus=corpus,
            label=label,
            innocent=innocent,
            masked=masked,
            year=entry.date.year if entry and entry.date else None,
            traits=scene.traits,
            hits=frozenset(signature.id for signature in observe(scene).hits),
            shown=frozenset(each.id for each in observe(read_whole_scene(trace), whole=True).hits),
        )


def mask(raw: bytes, key: str) -> bytes:
    """Return the section without the signs by which the picked corpus was found."""
    name = b"DESKTOP-" + hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()[:7].upper().encode()
    return USER.sub(rb"\g<1>" + name, HIDING_FIELDS.sub(b"", raw))


def hash_id(text: str) -> str:
    """Return the name by which a message is listed in public: no way leads back from it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
