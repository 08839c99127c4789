"""The chain of hops that one message's header section tells, and how it is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import timedelta
from typing import TYPE_CHECKING, NoReturn

from headertrace.defects import Defect, DefectKind
from headertrace.message.adapters import open_message
from headertrace.message.lazy import lazy
from headertrace.message.section import Field, HeaderSection
from headertrace.received.hop import Hop
from headertrace.received.read import read_hop
from headertrace.trace import clocks
from headertrace.trace.admd import Admd
from headertrace.trace.boundary import Views, walk
from headertrace.trace.clocks import WrongClock
from headertrace.trace.continuity import Break, find_breaks
from headertrace.trace.organisations import registrable_domain
from headertrace.trace.originating import Originating, read_others, read_walked, walked_last
from headertrace.trace.origins import Origin, locate_origin
from headertrace.vocabulary import Span

if TYPE_CHECKING:
    from headertrace.message.adapters import Message

__all__ = ["Break", "Origin", "Originating", "Trace", "read_trace"]

# RFC 5321, section 6.3, lets servers stop a loop at 100; a hundred times that is an attack, and the
# newest fields are the ones worth believing. The rest stays in ``section``.
MAX_HOPS = 10_000


class Trace:
    """Hops in travel order (oldest first), the four trust views, and what the chain shows.

    Everything but ``hops`` is worked out when first asked for, and kept; nothing can be assigned.
    """

    if TYPE_CHECKING:  # what cannot be assigned must not look as if it could

        @property
        def section(self) -> HeaderSection:
            """The header section, lossless."""

        @property
        def hops(self) -> tuple[Hop, ...]:
            """One hop for each Received field, the oldest first."""

        @property
        def admd(self) -> Admd | None:
            """Our networks and names, as they were given."""

    else:

        def __setattr__(self, name: str, value: object) -> NoReturn:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")

        def __delattr__(self, name: str) -> NoReturn:
            raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __init__(self, *, section: HeaderSection, hops: tuple[Hop, ...], admd: Admd | None = None) -> None:
        # Straight into the dictionary, as ``lazy`` does: nothing else may set what others were worked out of.
        self.__dict__.update(section=section, hops=hops, admd=admd)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trace) and self._told() == other._told()

    def __hash__(self) -> int:
        return hash(self.section)

    def __reduce__(self) -> tuple[Callable[..., Trace], tuple[HeaderSection, tuple[Hop, ...], Admd | None]]:
        # What was worked out is left behind: it is soon worked out again, and ids of hops do not travel.
        return _rebuilt, self._told()

    def __repr__(self) -> str:
        return f"<Trace of {len(self.hops)} hops>"

    @lazy
    def _walked(self) -> tuple[Originating, ...]:
        return read_walked(self.section)

    @lazy
    def originating(self) -> tuple[Originating, ...]:
        """Clients told by fields other than Received, in travel order (the lowest field first)."""
        told = self._walked + read_others(self.section)
        return tuple(sorted(told, key=lambda each: each.field.span, reverse=True))

    @lazy
    def _views(self) -> Views:
        return walk((*reversed(self.hops), *walked_last(self._walked)), self.admd)

    @property
    def trusted(self) -> tuple[Hop, ...]:
        """The network hops recorded by servers that we believe, and whose clients we believe too."""
        return self._views.trusted

    @property
    def untrusted(self) -> tuple[Hop, ...]:
        """The network hops from the first client on that we do not believe."""
        return self._views.untrusted

    @property
    def internal(self) -> tuple[Hop, ...]:
        """The network hops inside our own network."""
        return self._views.internal

    @property
    def external(self) -> tuple[Hop, ...]:
        """The network hops outside our own network."""
        return self._views.external

    @property
    def border(self) -> Hop | None:
        """The newest untrusted hop: recorded by us, so its address is a fact; None where all are trusted."""
        return self.untrusted[-1] if self.untrusted else None

    @lazy
    def claimed(self) -> tuple[Hop, ...]:
        """The hops below the border: a stranger may have invented them."""
        return self.hops[: self.border_index or 0]

    @lazy
    def delays(self) -> tuple[float | None, ...]:
        """Seconds from each hop to the next later one: negative kept, None where a date is missing."""
        return clocks.delays(self.hops)

    @lazy
    def breaks(self) -> tuple[Break, ...]:
        """The places where the BY of a hop and the FROM of the next one do not fit."""
        return find_breaks(self.hops)

    @lazy
    def origin(self) -> Origin:
        """The oldest believable hop, and whether the true client is hidden."""
        return locate_origin(self)

    @lazy
    def defects(self) -> tuple[Defect, ...]:
        """What is wrong with the header section, and what a bound kept from being read."""
        excess = self.section.count("received") - MAX_HOPS
        return self.section.defects if excess <= 0 else (*self.section.defects, self._cut(excess))

    @lazy
    def network_hops(self) -> tuple[Hop, ...]:
        """The hops that record a hand-over from a network client."""
        return tuple(hop for hop in self.hops if hop.network)

    @lazy
    def zones(self) -> tuple[timedelta | None, ...]:
        """Each hop's offset from UTC as its server wrote it; None where it tells none."""
        return clocks.zones(self.hops)

    @lazy
    def wrong_clocks(self) -> tuple[WrongClock, ...]:
        """The hops whose clocks cannot be right."""
        return clocks.wrong_clocks(self.hops)

    @lazy
    def domains(self) -> tuple[str | None, ...]:
        """The registrable domain of each hop's recording server; None for an address or a private name."""
        return tuple(registrable_domain(hop.by) for hop in self.hops)

    @property
    def border_index(self) -> int | None:
        """The border's index in ``hops``; None where there is none, or where no Received field told it."""
        return self.position(self.border)

    def position(self, hop: Hop | None) -> int | None:
        """Return the index in ``hops`` of this very hop (not an equal one), or None."""
        return self._positions.get(id(hop))

    def earlier(self, hop: Hop) -> Hop | None:
        """Return the hop before this one in travel order, or None."""
        index = self.position(hop)
        return self.hops[index - 1] if index else None

    def later(self, hop: Hop) -> Hop | None:
        """Return the hop after this one in travel order, or None."""
        index = self.position(hop)
        return None if index is None or index + 1 == len(self.hops) else self.hops[index + 1]

    def is_trusted(self, hop: Hop) -> bool:
        """Return whether this very hop is in ``trusted``."""
        return id(hop) in self._trusted_ids

    def field_of(self, hop: Hop) -> Field | None:
        """Return the Received field that this very hop was read from, or None."""
        index = self.position(hop)
        return None if index is None else self._received[len(self.hops) - 1 - index]

    def _cut(self, excess: int) -> Defect:
        fields = self._received
        span = Span(fields[MAX_HOPS].span.start, fields[-1].span.end)
        note = f"{excess} older Received fields not read"
        return Defect(kind=DefectKind.TOO_MANY_FIELDS, span=span, note=note)

    def _told(self) -> tuple[HeaderSection, tuple[Hop, ...], Admd | None]:
        return self.section, self.hops, self.admd

    @lazy
    def _received(self) -> tuple[Field, ...]:
        """All Received fields, the newest first, as they stand in the section."""
        return self.section.get_all("received")

    @lazy
    def _positions(self) -> dict[int, int]:
        return {id(hop): index for index, hop in enumerate(self.hops)}

    @lazy
    def _trusted_ids(self) -> frozenset[int]:
        return frozenset(map(id, self.trusted))


def _rebuilt(section: HeaderSection, hops: tuple[Hop, ...], admd: Admd | None) -> Trace:
    return Trace(section=section, hops=hops, admd=admd)


def read_trace(message: Message, admd: Admd | None = None) -> Trace:
    """Return the chain that a message's header section tells (RFC 5321, section 4.4).

    ``message`` is bytes, text, a path (``pathlib.Path``: a str is text, never a path), an ``email.message``
    or a ``MailParser``; a whole message or only its header section.
    ``TypeError`` for what is no message or no ``Admd``, ``OSError`` for a path that cannot be read.
    """
    if admd is not None and not isinstance(admd, Admd):
        raise TypeError(f"not an Admd: {type(admd).__name__}")
    section = open_message(message)
    newest_first = section.received[:MAX_HOPS]
    return Trace(section=section, hops=tuple(map(read_hop, reversed(newest_first))), admd=admd)
