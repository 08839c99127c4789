"""The amounts: a ridge regression whose signs are given beforehand.

The rule. (1) Positive samples are the labelled misuses with the signs masked by which the corpus was picked,
negative ones the presumed innocent. (2) Every relay weighs the same, whatever its number of messages.
(3) One joint logistic regression gives all amounts at once, so that signatures which repeat one
another share what they know instead of counting it twice. (4) A quadratic penalty shrinks what few relays
show; an amount whose sign contradicts the signature's declaration is set to zero; none exceeds ``CAP`` bits.
(5) A capped signature takes no part: it gets ``CAPPED`` bits. (6) The threshold is the lowest score that
at most one in ``ALARMS`` of the presumed innocent reach, by the amounts in use and by amounts fitted
without their own fold. (7) All scores are shifted so that this threshold is ``LIKELY`` bits.
(8) The way alone never makes misuse likely: without a sign in what the writer filled in, a message stays
below. (9) Messages whose way leaves no misuse likely, such as forwarded ones, stay below and
take no part in (3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from headertrace.signatures.catalogue import CATALOGUE
from headertrace.signatures.signature import Side
from headertrace.verdict.calibration.corpora import Sample
from headertrace.verdict.doors import Door
from headertrace.verdict.judge import WHOLE_STORIES, is_bounded

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

CAP = 4.0
CAPPED = 2.0
LIKELY = 2.0
ALARMS = 5000
# All relays together weigh a tenth of all innocents: abuse is rarer than that, but a rarer class is
# fitted worse.
ABUSE_SHARE = 0.1
PENALTY = 10.0
ROUNDS = 1500
BIT = float(np.log(2))

FITTED = tuple(each for each in CATALOGUE if each.misuse and not each.capped)
DOORS = tuple(Door)
CAPPED_IDS = frozenset(each.id for each in CATALOGUE if each.capped and each.misuse > 0)
WRITERS = frozenset(each.id for each in CATALOGUE if each.misuse > 0 and each.side is Side.SENDER)
SIGNS: Vector = np.array([*(each.misuse for each in FITTED), *([0] * len(DOORS))], dtype=float)
PLACES = {each.id: place for place, each in enumerate(FITTED)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Bits for each signature and door, and where they start."""

    base: float
    misuse: dict[str, float]
    doors: dict[str, float]

    def score(self, sample: Sample) -> float:
        """Return the bits towards misuse, as the judge bounds them.

        Without bound where the whole story stands in the message, and none where only the way speaks for it
        or leaves no misuse likely.
        """
        if WHOLE_STORIES.intersection(sample.hits):
            return inf
        if not sample.hits & WRITERS or _is_bounded(sample):
            return -inf
        bits = self.base + self.doors.get(sample.door, 0.0)
        return bits + sum(self.misuse.get(name, 0.0) for name in sample.hits)


def _is_bounded(sample: Sample) -> bool:
    return is_bounded(sample.door, sample.traits)


def design(samples: Sequence[Sample]) -> Matrix:
    """Return one row for each sample: its signatures and its door as ones."""
    rows = np.zeros((len(samples), len(FITTED) + len(DOORS)))
    for row, sample in zip(rows, samples, strict=True):
        row[[PLACES[name] for name in sample.hits if name in PLACES]] = 1
        row[len(FITTED) + DOORS.index(sample.door)] = 1
    return rows


def fit(abused: Sequence[Sample], innocent: Sequence[Sample]) -> Amounts:
    """Return the amounts that tell masked abuse from innocent mail, where the way leaves that open."""
    abused, innocent = ([each for each in samples if not _is_bounded(each)] for samples in (abused, innocent))
    rows = np.vstack([design(abused), design(innocent)])
    truth = np.r_[np.ones(len(abused)), np.zeros(len(innocent))]
    shares = relay_weights(abused)
    weights = np.r_[shares * (ABUSE_SHARE * len(innocent) / shares.sum()), np.ones(len(innocent))]
    rows, truth, weights = _merge(rows, truth, weights)
    amounts, base = _regress(rows, truth, weights)
    bits = amounts / BIT
    return Amounts(
        base=float(base / BIT),
        misuse={each.id: float(bits[place]) for place, each in enumerate(FITTED)}
        | dict.fromkeys(CAPPED_IDS, CAPPED),
        doors={str(door): float(bits[len(FITTED) + place]) for place, door in enumerate(DOORS)},
    )


def relay_weights(samples: Sequence[Sample]) -> Vector:
    """Return a weight for each sample such that every relay has the same sum."""
    relays = [sample.label.relay if sample.label else sample.key for sample in samples]
    counts = Counter(relays)
    return np.array([1 / counts[relay] for relay in relays])


def _merge(rows: Matrix, truth: Vector, weights: Vector) -> tuple[Matrix, Vector, Vector]:
    """Return equal rows as one with their summed weight: most innocent messages look like many others."""
    table = np.column_stack([rows, truth])
    unique, places = np.unique(table, axis=0, return_inverse=True)
    summed = np.asarray(np.bincount(places.ravel(), weights=weights), dtype=np.float64)
    return unique[:, :-1], unique[:, -1], summed


def _regress(rows: Matrix, truth: Vector, weights: Vector) -> tuple[Vector, float]:
    """Return amounts and base by projected gradient steps, each as long as the curvature allows."""
    total = weights.sum()
    reach = (weights @ rows) / total / 4 + PENALTY / total
    amounts, base = np.zeros(rows.shape[1]), -5.0
    for _ in range(ROUNDS):
        miss = weights * (1 / (1 + np.exp(-(rows @ amounts + base))) - truth)
        amounts = amounts - 0.5 * (miss @ rows / total + PENALTY * amounts / total) / reach
        amounts = np.where(amounts * SIGNS < 0, 0.0, amounts)
        amounts = np.clip(amounts, -CAP * BIT, CAP * BIT)
        base -= 2.0 * float(miss.sum()) / total
    return amounts, base


def threshold(scores: Sequence[float], alarms: int = ALARMS) -> float:
    """Return the lowest score that at most one in ``alarms`` of the innocent reach."""
    ordered = sorted(scores, reverse=True)
    return ordered[len(ordered) // alarms] + 1e-6


def shifted(amounts: Amounts, edge: float) -> Amounts:
    """Return the amounts with their scores moved so that the edge is ``LIKELY`` bits."""
    return Amounts(base=amounts.base + LIKELY - edge, misuse=amounts.misuse, doors=amounts.doors)
