"""The steps of a calibration, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from headertrace.verdict.calibration.corpora import Sample, read_samples
from headertrace.verdict.calibration.fit import Amounts, fit, shifted, threshold
from headertrace.verdict.calibration.measures import fold_of, held_out_scores
from headertrace.verdict.calibration.ways import WayAmounts, fit_ways
from headertrace.verdict.weights import Weights, read_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that a calibration found."""

    samples: tuple[Sample, ...]
    abused: tuple[Sample, ...]
    innocent: tuple[Sample, ...]
    scores: dict[int, float]
    amounts: Amounts
    ways: WayAmounts
    weights: Weights


def calibrate(corpora: Path, *, docs: Path, weights: Path, every: int = 1) -> Measured:
    """Return what was measured, after writing the weights and the two documents."""
    measured = measure(tuple(read_samples(corpora, every)))
    weights.write_text(to_toml(measured.amounts, measured.ways), "utf-8")
    return measured


def measure(samples: Sequence[Sample]) -> Measured:
    """Return the amounts that the samples give, and the scores by amounts that did not see them."""
    abused = tuple(s for s in samples if s.abused and s.masked)
    innocent = tuple(s for s in samples if s.innocent)
    scores = held_out_scores(abused, innocent, fold_of)
    amounts = fit(abused, innocent)
    edge = max(threshold([scores[id(s)] for s in innocent]), threshold([amounts.score(s) for s in innocent]))
    amounts = shifted(amounts, edge)
    ways = fit_ways([s for s in samples if s.label is not None and s.masked])
    return Measured(
        samples=tuple(samples),
        abused=abused,
        innocent=innocent,
        scores=scores,
        amounts=amounts,
        ways=ways,
        weights=read_weights(to_toml(amounts, ways)),
    )


def to_toml(amounts: Amounts, ways: WayAmounts) -> str:
    """Return the text of ``weights.toml``."""
    lines = ["# Written by python -m headertrace.verdict.calibrate; bits (log2 of a ratio of odds).", ""]
    lines += [f"base = {amounts.base:.3f}", "likely = 2.0", "", "[doors]"]
    lines += [f"{name} = {bits:.3f}" for name, bits in amounts.doors.items()]
    lines += ["", "[misuse]"]
    lines += [f"{name} = {bits:.3f}" for name, bits in sorted(amounts.misuse.items()) if abs(bits) >= 0.005]
    lines += ["", "[ways]"]
    lines += [f"{name} = {bits:.3f}" for name, bits in ways.starts.items()]
    for name, table in sorted(ways.amounts.items()):
        told = [f"{way} = {bits:.3f}" for way, bits in table.items() if abs(bits) >= 0.005]
        lines += ["", f"[way_amounts.{name}]", *told] if told else []
    return "\n".join(lines) + "\n"
