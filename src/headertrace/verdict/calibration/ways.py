"""The amounts of the second question: given that a stranger used the relay, by which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from headertrace.signatures.catalogue import CATALOGUE
from headertrace.verdict.calibration.corpora import Sample
from headertrace.verdict.calibration.fit import BIT, CAP, Matrix, Vector, relay_weights
from headertrace.verdict.doors import is_open
from headertrace.verdict.judge import UNIT
from headertrace.verdict.stories import MISUSES
from headertrace.vocabulary import Scenario

# A third of the weight of three relays: a way moves only as far as several relays pull it.
PENALTY = 1.0
ROUNDS = 3000
STEP = 0.2
# Where logins are hidden or From is the house's own the labels leave the way open: half of each.
UNCLEAR = (Scenario.STOLEN_CREDENTIALS, Scenario.OPEN_RELAY, Scenario.OPEN_RELAY_NAT)
# No message is labelled with it: its amounts stay the declared units, and it starts below the rest.
UNLABELLED = Scenario.OPEN_RELAY_APPLIANCE
UNLABELLED_START = -3.0
FITTED = tuple(way for way in MISUSES if way is not UNLABELLED)
BEARING = tuple(each for each in CATALOGUE if any(way in each.bears for way in FITTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class WayAmounts:
    """Where each way starts, and by how many bits each signature moves it."""

    starts: dict[str, float]
    amounts: dict[str, dict[str, float]]


def fit_ways(samples: Sequence[Sample]) -> WayAmounts:
    """Return the amounts that tell the ways of misuse apart: a multinomial ridge regression, signs given."""
    known = [(sample, shares) for sample in samples if (shares := _truth(sample)) is not None]
    rows = np.array([[each.id in sample.hits for each in BEARING] for sample, _ in known], dtype=float)
    open_ways = np.array([_open_ways(sample) for sample, _ in known])
    truth = np.array([shares for _, shares in known]) * open_ways
    weights = relay_weights([sample for sample, _ in known]) * (truth.sum(axis=1) > 0)
    amounts, starts = _regress(rows, truth, open_ways, weights)
    return _named(amounts / BIT, starts / BIT)


def _truth(sample: Sample) -> list[float] | None:
    label = sample.label
    if label is None:
        return None
    if label.path == "unclear":
        return [0.5 if way in UNCLEAR else 0.0 for way in FITTED]
    return [1.0 if way is label.way else 0.0 for way in FITTED] if label.way else None


def _open_ways(sample: Sample) -> list[bool]:
    backed = {
        way for each in BEARING if each.id in sample.hits for way, side in each.bears.items() if side > 0
    }
    return [is_open(way, sample.door, sample.traits, backed) for way in FITTED]


def _regress(rows: Matrix, truth: Matrix, open_ways: Matrix, weights: Vector) -> tuple[Matrix, Vector]:
    signs = np.array([[each.bears.get(way, 0) for way in FITTED] for each in BEARING], dtype=float)
    amounts, starts = np.zeros_like(signs), np.zeros(len(FITTED))
    truth = truth / np.maximum(truth.sum(axis=1, keepdims=True), 1e-9)
    for _ in range(ROUNDS):
        likes = np.where(open_ways, np.exp(rows @ amounts + starts), 0.0)
        miss = weights[:, None] * (likes / np.maximum(likes.sum(axis=1, keepdims=True), 1e-9) - truth)
        amounts = amounts - STEP * (rows.T @ miss + PENALTY * amounts) / (PENALTY + weights @ rows)[:, None]
        amounts = np.clip(np.where(amounts * signs <= 0, 0.0, amounts), -CAP * BIT, CAP * BIT)
        starts = np.clip(starts - STEP * miss.sum(axis=0) / weights.sum(), -CAP * BIT, CAP * BIT)
    return amounts, starts


def _named(amounts: Matrix, starts: Vector) -> WayAmounts:
    table = {
        each.id: {
            str(way): float(amounts[row, column]) for column, way in enumerate(FITTED) if way in each.bears
        }
        for row, each in enumerate(BEARING)
    }
    for each in CATALOGUE:
        if UNLABELLED in each.bears:
            table.setdefault(each.id, {})[str(UNLABELLED)] = UNIT * each.bears[UNLABELLED]
    named = {str(way): float(starts[column]) for column, way in enumerate(FITTED)}
    return WayAmounts(starts=named | {str(UNLABELLED): UNLABELLED_START}, amounts=table)
