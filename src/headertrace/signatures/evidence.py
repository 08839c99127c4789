"""The very characters that a finding rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headertrace.message.section import Field
from headertrace.received.hop import Hop
from headertrace.vocabulary import Span

if TYPE_CHECKING:
    from headertrace.signatures.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The very characters that a finding rests on: ``span`` counts bytes in ``source``.

    A Hop's span counts in ``hop.raw``, a Field's in ``field.value``.
    """

    source: Hop | Field
    part: str
    span: Span


Clues = tuple[Evidence, ...]


def in_hop(hop: Hop | None, *parts: str) -> Clues:
    """Return where in a hop these attributes stand; the whole field where none of them has a place."""
    if hop is None:
        return ()
    found = [
        Evidence(source=hop, part=part, span=span) for part in parts for span in _places(hop.spans.get(part))
    ]
    return tuple(found) or (Evidence(source=hop, part="field", span=Span(0, len(hop.raw))),)


def _places(spans: Span | tuple[Span, ...] | None) -> tuple[Span, ...]:
    """Return the places of one attribute: none, one, or several."""
    if spans is None:
        return ()
    return (spans,) if isinstance(spans, Span) else spans


def in_field(scene: Scene, *names: str) -> Clues:
    """Return the values of the first fields of these names; () where there is none of them."""
    found = []
    for name in names:
        field = scene.trace.section.first(name)
        if field is not None:
            found.append(Evidence(source=field, part=field.name, span=_trimmed(field.value)))
    return tuple(found)


def _trimmed(value: bytes) -> Span:
    return Span(len(value) - len(value.lstrip()), len(value.rstrip()))
