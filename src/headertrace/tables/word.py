"""What is told of a judgement in a table: the answers, without the words that only a reader needs."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from headertrace.signatures.catalogue import CATALOGUE
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Signature
from headertrace.verdict.examination import Examination
from headertrace.verdict.judge import REMEMBERED, Signatures, judge
from headertrace.verdict.observe import observe
from headertrace.verdict.weights import Weights, load_weights
from headertrace.vocabulary import Confidence, Scenario


class Fired(NamedTuple):
    """A signature that fired, and its weight in bits towards misuse."""

    id: str
    name: str
    weight: float


class Listed(NamedTuple):
    """A story, its score in bits, and its confidence."""

    scenario: Scenario
    score: float
    confidence: Confidence | None


class Word(NamedTuple):
    """The answers about one message; ``stories`` begins with the verdict, the others are those listed."""

    misuse: Confidence | None
    stories: tuple[Listed, ...]
    fired: tuple[Fired, ...]
    failures: tuple[str, ...]


def decide(scene: Scene) -> Word:
    """Return the answers about a scene, as ``examine`` gives them, without wording anything."""
    seen = observe(scene)
    word = _answers(scene.traits, seen.hits, load_weights())
    return word._replace(failures=seen.failures) if seen.failures else word


@lru_cache(maxsize=REMEMBERED)
def _answers(traits: int, hits: Signatures, weights: Weights) -> Word:
    """Return the answers that messages of one kind of way and content share."""
    opinion = judge(traits, hits, weights)
    scores, listed = opinion.scores, opinion.listed
    best = max(scores, key=scores.__getitem__)
    rest = sorted((one for one in listed if one != best), key=scores.__getitem__, reverse=True)
    fired = _fired(weights)
    return Word(
        opinion.misuse,
        tuple([Listed(one, scores[one], listed.get(one)) for one in (best, *rest)]),
        tuple([fired[hit] for hit in hits]),
        (),
    )


@cache
def _fired(weights: Weights) -> dict[Signature, Fired]:
    """Return what is told of each signature where it fired: the same of all messages."""
    amounts = weights.misuse
    return {each: Fired(each.id, each.name, amounts.get(each.id, 0.0)) for each in CATALOGUE}


def word_of(judged: Examination) -> Word:
    """Return the answers of an examination, which may rest on looked-up facts."""
    stories = [one for one in judged.hypotheses if one.confidence is not None or one is judged.verdict]
    return Word(
        judged.misuse,
        tuple([Listed(one.scenario, one.score, one.confidence) for one in stories]),
        tuple([Fired(one.id, one.name, one.weight) for one in judged.findings]),
        judged.failures,
    )
