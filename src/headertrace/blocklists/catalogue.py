"""The blocklists that this project knows: read once from the data files beside this module."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from headertrace.blocklists.blocklist import Blocklist, Cause, Code, Ending, Query, Status, Subject
from headertrace.facts import HopScope

DATA_FILES = ("living.toml", "dead.toml")

# RFC 5782, section 5: what every list holds, and what none holds, so that it can be tested.
LISTED_ADDRESS, CLEAN_ADDRESS = "127.0.0.2", "127.0.0.1"
LISTED_ADDRESS_6, CLEAN_ADDRESS_6 = "::ffff:7f00:2", "::ffff:7f00:1"
LISTED_DOMAIN, CLEAN_DOMAIN = "test", "invalid"


@cache
def every() -> tuple[Blocklist, ...]:
    """Return all lists, living ones first, in the order of the data files."""
    import tomllib  # noqa: PLC0415  (only who asks for lists pays for it)

    home = files("headertrace.blocklists")
    texts = [home.joinpath(name).read_text(encoding="utf-8") for name in DATA_FILES]
    return tuple(_read(entry) for text in texts for entry in tomllib.loads(text)["list"])


def find(name_or_zone: str) -> Blocklist | None:
    """Return the list of this zone, name or alias, or that a name asked of it belongs to; None if unknown."""
    wanted = name_or_zone.strip().rstrip(".").casefold()
    return _names().get(wanted) or _enclosing(wanted)


@cache
def _names() -> dict[str, Blocklist]:
    named: dict[str, Blocklist] = {}
    for item in every():
        for name in (item.name, *item.aliases):
            named.setdefault(name.casefold(), item)
    return named


def _enclosing(name: str) -> Blocklist | None:
    """Return the list with the longest zone that ``name`` is or lies below."""
    zones = _zones()
    while name:
        if name in zones:
            return zones[name]
        name = name.partition(".")[2]
    return None


@cache
def _zones() -> dict[str, Blocklist]:
    return {item.zone: item for item in every() if item.zone}


def by_default(subject: Subject = Subject.ADDRESS) -> tuple[Blocklist, ...]:
    """Return the lists that are asked about ``subject`` unless others are named."""
    return tuple(item for item in every() if item.query is Query.DEFAULT and item.subject is subject)


def _read(entry: dict[str, Any]) -> Blocklist:
    scope = HopScope(entry.get("scope", HopScope.LAST_EXTERNAL))
    cause = Cause(entry.get("cause", Cause.UNTOLD))
    exact = {
        "scope": scope,
        "cause": cause,
        "status": Status(entry.get("status", Status.ACTIVE)),
        "subject": Subject(entry.get("subject", Subject.ADDRESS)),
        "query": Query(entry.get("query", Query.NEVER)),
        "ending": Ending(entry["ending"]) if "ending" in entry else None,
        "codes": tuple(_read_code(code, cause, scope) for code in entry.get("codes", ())),
        "refusals": tuple(_read_code(code, cause, scope) for code in entry.get("refusals", ())),
        "versions": tuple(entry.get("versions", (4,))),
    }
    return Blocklist(**{**entry, **_words(entry), **exact})


def _words(entry: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(entry.get(key, ())) for key in ("aliases", "pages", "sources")}


def _read_code(code: dict[str, str], cause: Cause, scope: HopScope) -> Code:
    return Code(
        answer=code["answer"],
        means=code["means"],
        cause=Cause(code.get("cause", cause)),
        scope=HopScope(code.get("scope", scope)),
    )
