"""The laboratory's messages, which evaluate and never fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from headertrace.signatures.scene import read_scene
from headertrace.trace.trace import read_trace
from headertrace.verdict.judge import judge
from headertrace.verdict.observe import observe
from headertrace.verdict.weights import Weights

STRIPPED = re.compile(
    rb"(?im)^(?:Subject|X-Mailer|User-Agent|X-MimeOLE|X-Priority|X-MSMail-Priority):.*(?:\r?\n[ \t].*)*\r?\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabResult:
    """The verdicts on one scenario's messages, as text: as they are, and stripped of chosen contents."""

    scenario: str
    as_is: str
    stripped: str


def read_laboratory(folder: Path, weights: Weights) -> Iterator[LabResult]:
    """Yield the results by scenario; nothing where the folder is missing."""
    for scenario in sorted(folder.glob("*/")):
        messages = [path.read_bytes() for path in sorted(scenario.glob("*.eml"))]
        yield LabResult(
            scenario=scenario.name,
            as_is=_verdicts(messages, weights),
            stripped=_verdicts([STRIPPED.sub(b"", raw) for raw in messages], weights),
        )


def _verdicts(messages: list[bytes], weights: Weights) -> str:
    counts = Counter(_verdict(raw, weights) for raw in messages)
    return ", ".join(f"{name}: {count}" for name, count in counts.most_common())


def _verdict(raw: bytes, weights: Weights) -> str:
    scene = read_scene(read_trace(raw))
    opinion = judge(scene.traits, observe(scene).hits, weights)
    best = max(opinion.scores, key=opinion.scores.__getitem__)
    how = opinion.listed.get(best)
    return f"{best} {how}" if how else str(best)
