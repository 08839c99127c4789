"""Our own list of open relays: a zone for rbldnsd, and a plain list, both with an end to every entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from headertrace.cases.case import Case, CaseKind
from headertrace.cases.counted import counted
from headertrace.received.hop import Address
from headertrace.reports.domain_names import read_domain_name
from headertrace.reports.spare import Policy, accused_address, reason_not_to_list

# Lists of open relays died of entries that nobody removed: without new abuse an entry ends.
KEEP = timedelta(days=30)
# Old archives may ask for decades. A century is older than any mail, and far from where dates end.
LONGEST_KEEP = timedelta(days=36_500)
# RFC 5782, section 5: what every list holds, so that it can be tested; 127.0.0.1 is never listed.
TEST_POINTS = ("127.0.0.2", "::ffff:7f00:2")
TEST_TEXT = "test point (RFC 5782)"
# What a question gets: a relay that lets out itself, or one behind a filter that takes the stranger's mail.
CODES = {
    CaseKind.OPEN_RELAY_NAT: "127.0.0.2",
    CaseKind.OPEN_RELAY: "127.0.0.2",
    CaseKind.OPEN_RELAY_APPLIANCE: "127.0.0.3",
}
# How long answers, and refusals to answer, may be kept by resolvers: entries come and go within hours.
TTL = "1h"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One address to list: ``code`` is the answer, ``text`` why; it ends at ``expires`` unless seen again."""

    address: Address
    code: str
    text: str
    last_seen: datetime
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A case that is not told to anybody, and why."""

    case: Case
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is listed, by address, and what is left out."""

    listings: tuple[Listing, ...]
    left_out: tuple[LeftOut, ...]


def select_listings(
    cases: Iterable[Case], policy: Policy, now: datetime, keep: timedelta = KEEP
) -> Selection:
    """Return the addresses of the cases that may be listed at ``now`` (aware), each once.

    ``ValueError`` where an entry is to be kept for no time, or for more than a century.
    """
    _require_end(keep)
    listings: dict[Address, Listing] = {}
    left_out: list[LeftOut] = []
    for case in cases:
        found = _listing(case, policy, now, keep)
        if isinstance(found, str):
            left_out.append(LeftOut(case=case, reason=found))
        elif found.address not in listings or listings[found.address].last_seen < found.last_seen:
            listings[found.address] = found
    ordered = sorted(listings.values(), key=lambda one: (one.address.version, int(one.address)))
    return Selection(listings=tuple(ordered), left_out=tuple(left_out))


def _require_end(keep: timedelta) -> None:
    if not timedelta(0) < keep <= LONGEST_KEEP:
        raise ValueError(f"keep: more than no time and at most {LONGEST_KEEP.days} days, not {keep}")


def _listing(case: Case, policy: Policy, now: datetime, keep: timedelta) -> Listing | str:
    """Return the entry for a case, or the reason why it gets none."""
    reason = reason_not_to_list(case, policy)
    address = accused_address(case)
    if reason is not None or address is None:
        return reason or "no address of the relay is known"
    if case.last_seen is None:
        return "no date: nobody could tell when the entry ends"
    # A date from the future would keep an entry longer than it deserves.
    last_seen = min(case.last_seen.astimezone(UTC), now.astimezone(UTC))
    if last_seen + keep <= now:
        return f"not seen for {(now - last_seen).days} days"
    return Listing(
        address=address,
        code=CODES[case.kind],
        text=_text(case),
        last_seen=last_seen,
        expires=last_seen + keep,
    )


def _text(case: Case) -> str:
    """Return the reason for the TXT record: our own words only, nothing that a mail could have written."""
    first, last = (f"{when:%Y-%m-%d}" if when else "?" for when in (case.first_seen, case.last_seen))
    return f"{case.kind}, {counted(case.messages, 'message')}, {first} to {last}"


def zone_text(
    listings: Iterable[Listing], now: datetime, keep: timedelta = KEEP, zone: str | None = None
) -> str:
    """Return the zone as a ``combined`` dataset of rbldnsd; all of it ends unless it is written anew.

    ``ValueError`` where ``zone`` is no domain name, or ``keep`` as in ``select_listings``.
    """
    _require_end(keep)
    listings = tuple(listings)
    lines = [*_head(now, keep, zone)]
    for version, dataset in ((4, "ip4set:relays"), (6, "ip6trie:relays6")):
        lines += ["", f"$DATASET {dataset} @", f"{TEST_POINTS[version == 6]} :127.0.0.2:{TEST_TEXT}"]
        lines += [_entry(one) for one in listings if one.address.version == version]
    return "\n".join(lines) + "\n"


def _head(now: datetime, keep: timedelta, zone: str | None) -> list[str]:
    name = "localhost" if zone is None else read_domain_name(zone)
    server = name if zone is None else f"ns.{name}"
    return [
        "# Open relays, as judged by headertrace from the mail that it was given.",
        f"# rbldnsd ... {'ZONE' if zone is None else name}:combined:THIS_FILE",
        "# 127.0.0.2 open relay; 127.0.0.3 relay behind an open appliance; 127.0.0.1 is never listed.",
        f"$TIMESTAMP {now.astimezone(UTC):%Y:%m:%d:%H:%M:%S} +{max(1, keep.days)}d",
        f"$SOA {TTL} {server} hostmaster.{name} 0 {TTL} 15m 7d 15m",
        *([] if zone is None else [f"$NS 1d {server}"]),
        f"$TTL {TTL}",
    ]


def _entry(listing: Listing) -> str:
    return f"{listing.address} :{listing.code}:{listing.text}, expires {listing.expires:%Y-%m-%d}"


def plain_list(listings: Iterable[Listing], now: datetime) -> str:
    """Return one address a line with code, end (ISO 8601, UTC) and reason, between tabs."""
    lines = [
        f"# Open relays, as judged by headertrace; written {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "# address\tcode\texpires\treason",
        *(f"{point}\t127.0.0.2\tnever\t{TEST_TEXT}" for point in TEST_POINTS),
    ]
    lines += [f"{one.address}\t{one.code}\t{one.expires:%Y-%m-%dT%H:%M:%SZ}\t{one.text}" for one in listings]
    return "\n".join(lines) + "\n"
