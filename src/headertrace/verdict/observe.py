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


class Triggered(NamedTuple):
    """The signatures whose traits are all there, by what they still need.

    ``firing`` need nothing, ``readers`` must look at the text and bear on a story, ``describers`` must look
    and bear on none, ``needing`` need looked-up facts, and ``unknown`` are the ids of these.
    """

    firing: tuple[Signature, ...]
    readers: tuple[Signature, ...]
    describers: tuple[Signature, ...]
    needing: tuple[Signature, ...]
    unknown: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def triggered(traits: int) -> Triggered:
    """Return the signatures whose traits are all there."""
    asked = [
        signature
        for on, also, unless, signature in CONDITIONS
        if traits & on and traits & also == also and not traits & unless
    ]
    needing = tuple([each for each in asked if each.needs])
    return Triggered(
        firing=tuple([each for each in asked if not each.by_text and not each.needs]),
        readers=tuple([each for each in asked if each.by_text and each.bears]),
        describers=tuple([each for each in asked if each.by_text and not each.bears and not each.needs]),
        needing=needing,
        unknown=tuple([each.id for each in needing]),
    )


def observe(scene: Scene, *, whole: bool = False) -> Observation:
    """Return what the signatures say that decide, or all of them; one that fails costs only itself."""
    hits, readers, describers, needing, unknown = triggered(scene.traits)
    readers += describers if whole else ()
    facts = scene.facts
    if facts is not None:
        readers += tuple([each for each in needing if _known(each.needs, facts)])
        unknown = tuple([each.id for each in needing if not _known(each.needs, facts)])
    if not readers:
        return Observation(hits, unknown)
    found: list[Signature] = []
    failures: list[str] = []
    for signature in readers:
        try:
            if signature.find(scene):
                found.append(signature)
        except Exception as error:
            failures.append(f"{signature.id} {signature.name}: {error!r}")
    return Observation((*hits, *found), unknown, tuple(failures))


def _known(needs: tuple[str, ...], facts: Facts) -> bool:
    return all(getattr(facts, need) for need in needs)
