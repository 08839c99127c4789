"""Many examinations become cases: what one message only suggests, many prove."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from headertrace.cases.case import Case, CaseKind
from headertrace.cases.duck import load
from headertrace.cases.engine import Engine, Row, gather
from headertrace.cases.people import chosen_key, person, sender
from headertrace.cases.weigh import OF_ONE_RELAY, weigh
from headertrace.cases.weighing import Weighing
from headertrace.trace.organisations import registrable_domain
from headertrace.verdict.examination import Examination

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Facets = dict[str, dict[str, int]]


def correlate(found: Iterable[Examination], *, key: bytes | None = None) -> tuple[Case, ...]:
    """Return the cases that the examinations make together, the surest and largest first.

    ``key`` (1 to 64 bytes) is what people are hashed with: the same key gives the same hashes. None
    takes the environment variable HEADERTRACE_KEY, else a key that is forgotten with this process.
    ``TypeError`` and ``ValueError`` for arguments that are none of these.
    """
    key = chosen_key(key)
    return correlate_in(load(found), key=key)


def correlate_in(engine: Engine, *, key: bytes | None = None) -> tuple[Case, ...]:
    """Return the cases of the view ``messages`` in an SQL engine; ``key`` as for ``correlate``."""
    key = chosen_key(key)
    rows = gather(engine)
    around = {(row["kind"], row["case_key"]): row for row in rows["surroundings"]}
    facets, samples = _facets(rows["facets"]), _samples(rows["samples"])
    candidates = {
        (row["kind"], row["case_key"]): {**row, "houses": _houses(facets[row["kind"], row["case_key"]])}
        for row in rows["candidates"]
    }
    weighed = {place: weigh(row, around.get(place)) for place, row in candidates.items()}
    cases = [
        _case(candidates[place], found, facets[place], samples[place], key)
        for place, found in weighed.items()
        # A gateway that suspicious mail tells of needs no crowd to tell of it, too.
        if found is not None and not (place[0] == "crowd" and weighed.get(("gateway", place[1])))
    ]
    return tuple(sorted(sorted(cases, key=_rank), key=_sureness, reverse=True))


def _rank(case: Case) -> tuple[object, ...]:
    kinds = tuple(CaseKind)
    return (-case.messages, kinds.index(case.kind), case.relay or "", case.samples)


def _sureness(case: Case) -> tuple[object, ...]:
    return (case.confidence is not None, case.confidence)


def _houses(facets: Facets) -> int:
    """Return how many organisations the recipients are of, as far as a field names them."""
    return len({registrable_domain(recipient.rpartition("@")[2]) for recipient in facets["recipient"]})


def _facets(rows: Sequence[Row]) -> dict[tuple[str, str], Facets]:
    found: dict[tuple[str, str], Facets] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        found[row["kind"], row["case_key"]][row["facet"]][row["facet_value"]] = row["messages"]
    return found


def _samples(rows: Sequence[Row]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for row in rows:
        found[row["kind"], row["case_key"]] += (_sample(row),)
    return found


def _sample(row: Row) -> str:
    """Return where a message stands, and its Message-ID: what one needs to find it again."""
    place = row["source_path"]
    if place is not None and row["source_offset"] is not None:
        place = f"{place}:{row['source_offset']}"
    return " ".join(filter(None, (place, row["message_id"]))) or f"message {row['message']}"


def _case(row: Row, weighed: Weighing, facets: Facets, samples: tuple[str, ...], key: bytes) -> Case:
    single = row["kind"] in OF_ONE_RELAY
    return Case(
        kind=weighed.kind,
        relay=_relay_name(row) if single else None,
        relay_address=row["relay_ip"] if single else None,
        inner_address=weighed.inner_address,
        helos=facets["helo"],
        senders={sender(value, key): count for value, count in facets["sender"].items()},
        zones={zone_text(int(value)): count for value, count in facets["zone"].items()},
        recipients={person(value, key): count for value, count in facets["recipient"].items()},
        accounts={person(value, key): count for value, count in facets["account"].items()},
        clients=facets["client"],
        relays={} if single else facets["relay"],
        days={_day(int(value)): count for value, count in sorted(facets["day"].items())},
        first_seen=_moment(row["first_seen"]),
        last_seen=_moment(row["last_seen"]),
        messages=row["messages"],
        confidence=weighed.confidence,
        reasons=weighed.reasons,
        confounders=weighed.confounders,
        samples=samples,
    )


def _relay_name(row: Row) -> str | None:
    """Return the server's own name, else its site or address where the name says nothing."""
    if row["relay_key"] == row["relay_ip"]:
        site: str | None = row["relay_site"] or row["relay_ip"]
        return site
    name: str | None = row["relay"]
    return name


def zone_text(minutes: int) -> str:
    """Return a zone in minutes east of UTC as ``+hhmm`` (RFC 5322, section 3.3)."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}{rest:02d}"


def _day(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=number)).isoformat()


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else EPOCH + timedelta(microseconds=micros)
