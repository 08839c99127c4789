"""A scene becomes hits: which signatures fire, which could not be asked, which failed."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from headertrace.facts import Facts
from headertrace.signatures.catalogue import CATALOGUE
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Signature

# Messages of one kind of way share their traits: an archive of 20,000 shows some thousand kinds.
REMEMBERED = 16384


CONDITIONS = tuple((each.on, each.also, each.unless, each) for each in CATALOGUE)


class Observation(NamedTuple):
    """What the catalogue says about one scene."""

    hits: tuple[Signature, ...]
    not_examined: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()


@lru_cache(maxsize=REMEMBERED)
def triggered(traits: int) -> tuple[tuple[Signature, ...], tuple[Signature, ...]]:
    """Return the signatures that fire by traits alone, and those that must look at the text first."""
    asked = [
        signature
        for on, also, unless, signature in CONDITIONS
        if traits & on and traits & also == also and not traits & unless
    ]
    return (
        tuple([each for each in asked if not each.by_text]),
        tuple([each for each in asked if each.by_text]),
    )


def observe(scene: Scene) -> Observation:
    """Return what every signature says; one that fails costs only itself."""
    hits, readers = triggered(scene.traits)
    if not readers:
        return Observation(hits)
    found: list[Signature] = []
    missing: list[str] = []
    failures: list[str] = []
    for signature in readers:
        if signature.needs and not _known(signature.needs, scene.facts):
            missing.append(signature.id)
            continue
        try:
            if signature.find(scene):
                found.append(signature)
        except Exception as error:
            failures.append(f"{signature.id} {signature.name}: {error!r}")
    return Observation((*hits, *found), tuple(missing), tuple(failures))


def _known(needs: tuple[str, ...], facts: Facts | None) -> bool:
    return facts is not None and all(getattr(facts, need) for need in needs)
