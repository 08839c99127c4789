"""Score the bounce reader on real bounces: ``python tests/bounces/score_bounces.py [--show]``.

The data folder is named by ``HEADERTRACE_DATA`` (default ``../shared``): its ``reference/bounces`` and
``corpus/bounce_sisimai.jsonl.xz``. None of it is part of the project.
"""

from __future__ import annotations

import json
import lzma
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from wrapped import SYSTEMS  # type: ignore[import-not-found]

from headertrace.bounces import Bounce, read_bounce

DATA = Path(os.environ.get("HEADERTRACE_DATA") or Path(__file__).parents[3] / "shared")
FLOOR = 0.95
# What a text in the data asks for, and the pattern that must then be found among the names told.
EXPECTED = {
    "outlook.com": "outlook",
    "exchange-online|exchange online": "exchange online",
    "^microsoft": "outlook|microsoft",
    "barracuda": "barracuda|cisco",
    "cloudmark|csi": "cloudmark",
    "att.net|bellsouth|at&t": "at&t|ldap:",
    "trendmicro": "trend micro",
    "return path": "returnpath|return path|validity",
    "multiple": "several lists",
    "orange": "orange|cloudmark",
    "neko.example": r"mail\.neko\.example",
    "local": "own list",
}
# These are named by the word that the data uses.
SAME_WORD = (
    *(
        "spamhaus",
        "dbl",
        "sorbs",
        "cbl",
        "spamcop",
        "proofpoint",
        "yahoo",
        "gmail",
        "gmx",
        "mimecast",
        "t-online",
    ),
    *("comcast", "ordb", "vade", "abusix", "free", "anonmails", "tencent", "cox"),
)
EXPECTED |= {word: word for word in SAME_WORD}


@dataclass(frozen=True, slots=True)
class Sample:
    """One bounce: what it must name (None: it names nobody), and whether a listing may be told."""

    source: str
    raw: bytes
    wanted: str | None
    negative: bool


def samples() -> Iterator[Sample]:
    """Yield the whole bounces of the reference."""
    index = json.loads((DATA / "reference/bounces/index.json").read_text())
    for item in index["samples"]:
        raw = (DATA / "reference/bounces" / item["file"]).read_bytes()
        yield Sample(item["file"], raw, item["names_list"], item["role"].startswith("negative"))


def diagnostics() -> Iterator[Sample]:
    """Yield each known wording in the bounces of five mail systems."""
    for line in (DATA / "reference/bounces/diagnostics.jsonl").read_text().splitlines():
        item = json.loads(line)
        reply = item["text"].replace("\r\n", "\n")
        for name, wrap in SYSTEMS.items():
            source = f"{name}: {item['text'][:70]!r}"
            yield Sample(source, wrap(reply).encode(), item["list"], item["list"] is None)


def names_told(bounce: Bounce) -> str:
    """Return every name that a bounce's refusals tell, in lower case."""
    told = [refusal.blocker for refusal in bounce.refusals if refusal.blocker]
    fields = ((one.name, one.operator, one.zone, one.sublist) for one in told)
    return " | ".join(str(word).lower() for words in fields for word in words if word)


def is_right(sample: Sample) -> bool:
    """Return whether the list or provider is named, and, for a negative, no listing told."""
    bounce = read_bounce(sample.raw)
    if sample.wanted is None:
        return not (sample.negative and bounce.listings)
    wanted = sample.wanted.lower()
    patterns = [told for asked, told in EXPECTED.items() if re.search(asked, wanted)]
    return bool(patterns) and all(re.search(pattern, names_told(bounce)) for pattern in patterns)


def score(items: Iterator[Sample], show: bool = False) -> dict[str, tuple[int, int]]:
    """Return (right, all) for the samples that name a list and for the negatives."""
    counts: dict[str, list[int]] = {"named": [0, 0], "negatives": [0, 0]}
    for sample in items:
        kind = "named" if sample.wanted else "negatives" if sample.negative else None
        if kind is None:
            continue
        right = is_right(sample)
        counts[kind][0] += right
        counts[kind][1] += 1
        if show and not right:
            print("WRONG", sample.source, sample.wanted, "|", names_told(read_bounce(sample.raw)))
    return {kind: (right, every) for kind, (right, every) in counts.items()}


def corpus_counts() -> dict[str, int]:
    """Return how many messages of the corpus are bounces, and how many of those tell a listing."""
    counts = {"messages": 0, "bounces": 0, "with a recipient": 0, "telling a listing": 0}
    with lzma.open(DATA / "corpus/bounce_sisimai.jsonl.xz", "rt") as lines:
        raws = (json.loads(line).get("raw") for line in lines)
        bounces = [read_bounce(raw.encode("latin-1")) for raw in raws if raw]
    counts["messages"] = len(bounces)
    counts["bounces"] = sum(bounce.is_bounce for bounce in bounces)
    counts["with a recipient"] = sum(any(one.recipient for one in bounce.refusals) for bounce in bounces)
    counts["telling a listing"] = sum(bool(bounce.listings) for bounce in bounces)
    return counts


def main() -> int:
    """Print the figures; return 1 where one is below its floor."""
    show = "--show" in sys.argv
    failed = False
    for title, items in (("reference bounces", samples()), ("wordings in five systems", diagnostics())):
        for kind, (right, every) in score(items, show).items():
            share = right / every
            failed |= share < (1.0 if kind == "negatives" else FLOOR)
            print(f"{title}: {kind}: {right} of {every} ({share:.1%})")
    print("corpus:", ", ".join(f"{count} {name}" for name, count in corpus_counts().items()))
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
