"""A scene becomes hits: which signatures fire, which could not be asked, which failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from headertrace.facts import Facts
from headertrace.signatures.catalogue import CATALOGUE
from headertrace.signatures.evidence import Clues
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Signature

Hit = tuple[Signature, Clues]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What the catalogue says about one scene."""

    hits: tuple[Hit, ...]
    not_examined: tuple[str, ...]
    failures: tuple[str, ...]


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


# A signature is listed once, under the lowest bit of its trigger, unless it has several.
SINGLE: dict[int, tuple[Signature, ...]] = {}
SEVERAL: list[Signature] = []
for _each in CATALOGUE:
    if _each.on.bit_count() == 1:
        SINGLE[_each.on] = (*SINGLE.get(_each.on, ()), _each)
    else:
        SEVERAL.append(_each)


def triggered(traits: int) -> Iterator[Signature]:
    """Yield the signatures whose traits are all there."""
    for bit in _bits(traits):
        for signature in SINGLE.get(bit, ()):
            if traits & signature.also == signature.also and not traits & signature.unless:
                yield signature
    for signature in SEVERAL:
        if traits & signature.on and traits & signature.also == signature.also and not traits & signature.unless:
            yield signature


def observe(scene: Scene) -> Observation:
    """Return what every signature says; one that fails costs only itself."""
    hits: list[Hit] = []
    missing: list[str] = []
    failures: list[str] = []
    for signature in triggered(scene.traits):
        if signature.needs and not _known(signature.needs, scene.facts):
            missing.append(signature.id)
            continue
        try:
            clues = signature.find(scene)
        except Exception as error:  # noqa: BLE001  (whatever it is: the examination goes on and says so)
            failures.append(f"{signature.id} {signature.name}: {error!r}")
            continue
        if clues:
            hits.append((signature, clues))
    return Observation(hits=tuple(hits), not_examined=tuple(missing), failures=tuple(failures))


def _known(needs: tuple[str, ...], facts: Facts | None) -> bool:
    return facts is not None and all(getattr(facts, need) for need in needs)
