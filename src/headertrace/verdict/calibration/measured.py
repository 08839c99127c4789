"""Everything that a calibration finds out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headertrace.verdict.calibration.corpora import Sample
from headertrace.verdict.calibration.fit import LIKELY, Amounts, fit, shifted, threshold
from headertrace.verdict.calibration.measures import Reach, fold_of, held_out_scores, opinion_of, reach
from headertrace.verdict.calibration.ways import WayAmounts, fit_ways
from headertrace.verdict.weights import Weights, read_weights
from headertrace.vocabulary import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Samples, the scores by amounts that did not see them (by the sample's identity), and the amounts."""

    samples: tuple[Sample, ...]
    abused: tuple[Sample, ...]
    innocent: tuple[Sample, ...]
    scores: dict[int, float]
    amounts: Amounts
    ways: WayAmounts
    weights: Weights

    @property
    def in_use(self) -> tuple[tuple[str, Reach], ...]:
        """What the amounts in use find, with the picked signs masked and as they are."""
        as_is = [sample for sample in self.samples if sample.abused and not sample.masked]
        return tuple(
            (name, reach(abused, self.innocent, self.amounts.score, LIKELY))
            for name, abused in (("masked", self.abused), ("as they are", as_is))
        )

    @property
    def picked(self) -> tuple[tuple[str, int, int, int], ...]:
        """Of the picked corpus: how many are called misuse, list an open relay, call one likely."""
        return tuple(
            (name, *self._picked(masked=masked))
            for name, masked in (("masked", True), ("as they are", False))
        )

    def _picked(self, *, masked: bool) -> tuple[int, int, int]:
        confirmed = [
            sample
            for sample in self.samples
            if sample.corpus == "relay_abuse"
            and sample.masked is masked
            and sample.label is not None
            and sample.label.path == "relay-abuse"
        ]
        opinions = [opinion_of(sample, self.weights) for sample in confirmed]
        relays = [
            [how for way, how in each.listed.items() if way.startswith("open-relay")] for each in opinions
        ]
        sure = sum(any(how is not Confidence.POSSIBLE for how in hows) for hows in relays)
        misuse = sum(each.misuse in (Confidence.LIKELY, Confidence.ESTABLISHED) for each in opinions)
        return misuse, sum(map(bool, relays)), sure


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
    lines += [f"base = {amounts.base:.3f}", f"likely = {LIKELY:.1f}", "", "[doors]"]
    lines += [f"{name} = {bits:.3f}" for name, bits in amounts.doors.items()]
    lines += ["", "[misuse]"]
    lines += [f"{name} = {bits:.3f}" for name, bits in sorted(amounts.misuse.items()) if abs(bits) >= 0.005]
    lines += ["", "[ways]"]
    lines += [f"{name} = {bits:.3f}" for name, bits in ways.starts.items()]
    for name, amount in sorted(ways.amounts.items()):
        told = [f"{way} = {bits:.3f}" for way, bits in amount.items() if abs(bits) >= 0.005]
        lines += ["", f"[way_amounts.{name}]", *told] if told else []
    return "\n".join(lines) + "\n"
