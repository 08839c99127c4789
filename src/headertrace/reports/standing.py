"""Where an address stands, told to an administrator: which list, why, and which page gets it off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from headertrace.blocklists import Blocklist, find
from headertrace.facts import Iprev, Listed, ListingFact, NetworkFact, ReverseFact
from headertrace.lookups.standing import Standing
from headertrace.reports.escape import one_line
from headertrace.reports.json import SCHEMA, Plain, plain
from headertrace.reports.lines import BAD, DIM, GOOD, HEAD, Lines, labelled

_LABEL = 9
# A list's own words are a sentence and an address.
MOST_WORDS = 200
IPREV = {
    Iprev.PASS: "leads back to the address",
    Iprev.FAIL: "does not lead back to the address",
    Iprev.TEMPERROR: "not known now",
    Iprev.PERMERROR: "the address has no name",
}


def standing_lines(standing: Standing) -> Lines:
    """Yield what is known about one address or domain: listings, then what is unknown, then the rest."""
    yield 0, Text(one_line(standing.subject), style=HEAD)
    source = "" if standing.source == standing.subject else f"{one_line(standing.source)}: "
    yield 2, Text(f"{source}{one_line(standing.why)}", style=DIM)
    if standing.not_asked:
        yield 2, labelled("not asked", one_line(standing.not_asked), width=_LABEL)
    if standing.reverse is not None:
        yield 2, labelled("name", _reverse(standing.reverse), width=_LABEL)
    if standing.network is not None:
        yield 2, labelled("network", _network(standing.network), width=_LABEL)
    yield from _listings(standing)


def _reverse(fact: ReverseFact) -> str:
    names = ", ".join(one_line(name) for name in fact.names)
    reason = f" ({one_line(fact.reason)})" if fact.reason and fact.iprev is Iprev.TEMPERROR else ""
    return f"{names}: {IPREV[fact.iprev]}{reason}".removeprefix(": ")


def _network(fact: NetworkFact) -> str:
    number = f"AS{fact.asn}" if fact.asn is not None else None
    return ", ".join(one_line(word) for word in (number, fact.organisation, fact.country) if word)


def _listings(standing: Standing) -> Lines:
    for fact in _in_state(standing, Listed.LISTED):
        yield 2, labelled("LISTED", _listed(fact), style=BAD, width=_LABEL)
        yield from _ways_off(fact, standing.subject)
    unknown = _by_reason(_in_state(standing, Listed.UNKNOWN))
    for reason, zones in unknown.items():
        yield 2, labelled("unknown", f"{', '.join(zones)}: {reason}", style="yellow", width=_LABEL)
    for fact in _in_state(standing, Listed.NOT_LISTED):
        if fact.reason:
            yield (
                2,
                labelled("note", f"{one_line(fact.zone)}: {one_line(fact.reason, MOST_WORDS)}", width=_LABEL),
            )
    clear = [one_line(fact.zone) for fact in _in_state(standing, Listed.NOT_LISTED) if not fact.reason]
    if not standing.listings and not standing.not_asked:
        yield 2, labelled("lists", "none of those asked speaks about it", width=_LABEL)
    if clear:
        yield 2, labelled("clear", ", ".join(clear), style=GOOD, width=_LABEL)


def _in_state(standing: Standing, state: Listed) -> Iterator[ListingFact]:
    return (fact for fact in standing.listings if fact.state is state)


def _by_reason(facts: Iterable[ListingFact]) -> dict[str, list[str]]:
    """Return the zones under each reason: a silent resolver is told once, not once for each list."""
    zones: dict[str, list[str]] = {}
    for fact in facts:
        zones.setdefault(one_line(fact.reason or "", MOST_WORDS), []).append(one_line(fact.zone))
    return zones


def _listed(fact: ListingFact) -> str:
    words = "; ".join(one_line(meaning) for meaning in fact.meanings if meaning != "listed")
    told = f'the list says: "{one_line(fact.text, MOST_WORDS)}"' if fact.text else ""
    parts = [part for part in (f"{one_line(fact.zone)} ({', '.join(fact.codes)})", words, told) if part]
    return ": ".join(parts[:2]) if len(parts) < 3 else f"{parts[0]}: {parts[1]}. {parts[2]}"


def _ways_off(fact: ListingFact, subject: str) -> Lines:
    known = find(fact.zone)
    ways = () if known is None else (known.page(subject), known.leaving)
    for way in filter(None, ways):
        yield 2, labelled("", Text(one_line(way, MOST_WORDS), style=DIM), width=_LABEL)


def standing_plain(standing: Standing) -> dict[str, Plain]:
    """Return the same as data for one line of JSON."""
    return {
        "schema": SCHEMA,
        "source": plain(standing.source),
        "subject": plain(standing.subject),
        "why": plain(standing.why),
        "state": None if standing.not_asked else str(standing.state),
        "not_asked": plain(standing.not_asked),
        "listings": [_fact_plain(fact, standing.subject) for fact in standing.listings],
        "reverse": plain(standing.reverse),
        "network": plain(standing.network),
    }


def _fact_plain(fact: ListingFact, subject: str) -> Plain:
    known = find(fact.zone)
    told = plain(fact)
    assert isinstance(told, dict)
    return {**told, **_about(known, fact, subject)}


def _about(known: Blocklist | None, fact: ListingFact, subject: str) -> dict[str, Plain]:
    if known is None:
        return {"name": None, "causes": [], "page": None}
    codes = filter(None, (known.code(answer) for answer in fact.codes))
    causes = dict.fromkeys(str(code.cause) for code in codes)
    return {"name": known.name, "causes": list(causes), "page": known.page(subject)}
