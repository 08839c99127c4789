"""What the judge reaches, by folds that were not fitted: misuse counts by relay, the innocent by message."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from headertrace.signatures.catalogue import CATALOGUE
from headertrace.signatures.signature import Signature
from headertrace.verdict.calibration.corpora import Sample
from headertrace.verdict.calibration.fit import Amounts, fit, threshold
from headertrace.verdict.judge import WHOLE_STORIES, Opinion, judge
from headertrace.verdict.weights import Weights
from headertrace.vocabulary import Confidence, Scenario

FOLDS = 5
# Two-sided 95 %.
NORMAL = 1.96
BY_ID = {each.id: each for each in CATALOGUE}
PERIODS = ((0, 2018), (2019, 2019), (2020, 2020), (2021, 2021), (2022, 2100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How often a signature fires among misused relays and innocent messages, and the ratio of both.

    ``low`` and ``high`` are the ratio's 95 % interval.
    """

    abused: float
    innocent: float
    low: float
    ratio: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Misused relays found, of how many; innocent messages called misuse, of how many."""

    hidden: int
    hidden_of: int
    shown: int
    shown_of: int
    alarms: int
    innocent_of: int


def likelihood_ratio(signature: Signature, abused: Sequence[Sample], innocent: Sequence[Sample]) -> Ratio:
    """Return the ratio with half a case added on either side; every relay counts once."""
    relays = by_relay(abused, lambda sample: signature.id in sample.shown)
    hits = sum(sum(each) / len(each) for each in relays.values())
    false = sum(signature.id in sample.shown for sample in innocent)
    ratio = ((hits + 0.5) / (len(relays) + 1)) / ((false + 0.5) / (len(innocent) + 1))
    spread = NORMAL * sqrt(1 / (hits + 0.5) + 1 / (false + 0.5))
    return Ratio(
        abused=hits / max(1, len(relays)),
        innocent=false / max(1, len(innocent)),
        low=exp(log(ratio) - spread),
        ratio=ratio,
        high=exp(log(ratio) + spread),
    )


def by_relay(samples: Iterable[Sample], test: Callable[[Sample], bool]) -> dict[tuple[str, str], list[bool]]:
    """Return the test's answers by path and relay."""
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for sample in samples:
        if sample.label is not None:
            found[sample.label.path, sample.label.relay].append(test(sample))
    return found


def reach(
    abused: Sequence[Sample], innocent: Sequence[Sample], score: Callable[[Sample], float], edge: float
) -> Reach:
    """Return what a threshold finds: a relay is found when half of its messages are."""
    hidden = _found(by_relay([s for s in abused if s.label and s.label.hidden], lambda s: score(s) >= edge))
    shown = _found(
        by_relay([s for s in abused if s.label and not s.label.hidden], lambda s: score(s) >= edge)
    )
    alarms = sum(score(sample) >= edge for sample in innocent)
    return Reach(
        hidden=hidden[0],
        hidden_of=hidden[1],
        shown=shown[0],
        shown_of=shown[1],
        alarms=alarms,
        innocent_of=len(innocent),
    )


def _found(answers: dict[tuple[str, str], list[bool]]) -> tuple[int, int]:
    return sum(2 * sum(each) >= len(each) for each in answers.values()), len(answers)


def fold_of(sample: Sample) -> int:
    """Return the fold: all messages of a relay are in one, innocent ones fall by chance."""
    name = sample.label.relay if sample.abused and sample.label else sample.key
    return zlib.crc32(name.encode()) % FOLDS


def period_of(sample: Sample) -> int:
    """Return the fold by year: the period in which the entry's field is dated."""
    return next((n for n, (first, last) in enumerate(PERIODS) if first <= (sample.year or 0) <= last), 0)


def held_out(
    abused: Sequence[Sample], innocent: Sequence[Sample], fold: Callable[[Sample], int]
) -> dict[int, tuple[Amounts, list[Sample], list[Sample]]]:
    """Return for each fold the amounts fitted without it, and its samples."""
    return {
        n: (
            fit([s for s in abused if fold(s) != n], [s for s in innocent if fold(s) != n]),
            [s for s in abused if fold(s) == n],
            [s for s in innocent if fold(s) == n],
        )
        for n in sorted({fold(s) for s in abused})
    }


def held_out_scores(
    abused: Sequence[Sample], innocent: Sequence[Sample], fold: Callable[[Sample], int]
) -> dict[int, float]:
    """Return every sample's score by amounts that never saw its fold, by the sample's identity."""
    scores: dict[int, float] = {}
    for amounts, out_abused, out_innocent in held_out(abused, innocent, fold).values():
        for sample in (*out_abused, *out_innocent):
            scores[id(sample)] = amounts.score(sample)
    return scores


def curve(
    abused: Sequence[Sample], innocent: Sequence[Sample], scores: dict[int, float], rates: Sequence[int]
) -> list[tuple[int, Reach]]:
    """Return what is found when one in so many of the innocent may be called misuse."""
    # The whole story in one message establishes misuse whatever the threshold.
    known = [s for s in innocent if id(s) in scores and not WHOLE_STORIES.intersection(s.hits)]
    return [
        (
            rate,
            reach(
                abused,
                known,
                lambda s: scores[id(s)],
                threshold([scores[id(s)] for s in known], rate),
            ),
        )
        for rate in rates
    ]


def opinion_of(sample: Sample, weights: Weights) -> Opinion:
    """Return what the judge says about a sample."""
    return judge(sample.traits, tuple([BY_ID[name] for name in sorted(sample.hits)]), weights)


def confusion(samples: Iterable[Sample], weights: Weights) -> dict[str, Counter[str]]:
    """Return for each kind of sample how often each verdict is given, with its confidence."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for sample in samples:
        opinion = opinion_of(sample, weights)
        best = max(opinion.scores, key=opinion.scores.__getitem__)
        sure = opinion.listed.get(best)
        table[kind_of(sample)][f"{best} {sure}" if sure else str(best)] += 1
    return dict(table)


def kind_of(sample: Sample) -> str:
    """Return the row of the confusion table in which a sample counts."""
    if sample.innocent:
        return "presumed innocent"
    if sample.label is None:
        return "phishing, unlabelled" if sample.corpus == "phishing_pot" else "spam, unlabelled"
    path = sample.label.path
    return (
        f"{path}, client {'hidden' if sample.label.hidden else 'shown'}" if sample.abused else f"spam: {path}"
    )


def way_accuracy(abused: Iterable[Sample], weights: Weights) -> tuple[int, int]:
    """Return at how many relays the way called likely is the labelled one, and of how many that is."""
    right: dict[str, list[bool]] = defaultdict(list)
    for sample in abused:
        opinion = opinion_of(sample, weights)
        sure = [
            way for way, how in opinion.listed.items() if how is not Confidence.POSSIBLE and _is_misuse(way)
        ]
        if sure and sample.label:
            right[sample.label.relay].append(_agrees(sure[0], sample.label.way))
    return sum(2 * sum(each) >= len(each) for each in right.values()), len(right)


def _is_misuse(way: Scenario) -> bool:
    return way.startswith("open-relay") or way in (Scenario.STOLEN_CREDENTIALS, Scenario.COMPROMISED_HOST)


def _agrees(said: Scenario, labelled: Scenario | None) -> bool:
    """Return whether the way is the labelled one; the labels do not tell the kinds of open relay apart."""
    if labelled is None:
        return False
    return said is labelled or (said.startswith("open-relay") and labelled.startswith("open-relay"))
