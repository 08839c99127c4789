"""Reputation systems, and receivers that keep books of their own: by what a text or a host tells them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from headertrace.bounces.data import rows
from headertrace.bounces.phrases import Phrases

_PLACE = re.compile(
    r"(?i)(?:https?://|(?<=[\s<(,:;@\"'])|^)([a-z0-9.-]{3,255}\.[a-z]{2,24}(?:/[^\s\"'<>]{0,300})?)"
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[a-z0-9.-]{3,255}\.[a-z]{2,24}")


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One row of ``systems.toml``: phrases, names, pages and mail exchangers by which a system is told."""

    row: dict[str, Any]
    says: Phrases
    names: Phrases
    links: tuple[str, ...]
    hosts: tuple[str, ...]


def system_by_words(lower: str) -> System | None:
    """Return the system whose own phrase stands in a text in lower case."""
    return next((system for system in systems() if system.says.search(lower)), None)


def system_by_link(lower: str) -> System | None:
    """Return the system whose page or mailbox a text in lower case cites."""
    places = [match[1] for match in _PLACE.finditer(lower)] + _ADDRESS.findall(lower)
    linked = (
        system
        for system in systems()
        for link in system.links
        if any(_lies_under(place, link) for place in places)
    )
    return next(linked, None)


def system_by_host(host: str | None) -> System | None:
    """Return the system that a mail exchanger belongs to, by its name."""
    name = (host or "").lower().rstrip(".")
    hosted = (system for system in systems() if any(_lies_under(name, end) for end in system.hosts))
    return next(hosted, None)


@cache
def systems() -> tuple[System, ...]:
    """Return all systems: the first that fits counts."""
    return tuple(
        System(
            row=row,
            says=Phrases(row.get("says", ())),
            names=Phrases(row.get("names", ())),
            links=tuple(row.get("links", ())),
            hosts=tuple(row.get("hosts", ())),
        )
        for row in rows("systems.toml", "system")
    )


def _lies_under(place: str, link: str) -> bool:
    """Return whether a page lies under a host and path, subdomains included."""
    host, _, path = place.partition("/")
    wanted_host, _, wanted_path = link.partition("/")
    return (host == wanted_host or host.endswith("." + wanted_host)) and path.startswith(wanted_path)
