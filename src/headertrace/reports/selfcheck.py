"""An administrator's own mail looked at: by which doors it came in, what that means, and what to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from rich.text import Text

from headertrace.cases.counted import counted
from headertrace.message.queued import Queued
from headertrace.message.section import HeaderSection
from headertrace.received.hop import Hop
from headertrace.reports.escape import FIELD_LIMIT, one_line
from headertrace.reports.lines import BAD, DIM, HEAD, Lines, labelled
from headertrace.reports.words import SCENARIOS, title
from headertrace.signatures.scene import read_scene
from headertrace.trace.addresses import is_gateway_like, is_private
from headertrace.trace.admd import Admd
from headertrace.trace.organisations import same_organisation
from headertrace.trace.trace import Trace, read_trace
from headertrace.verdict.examination import Examination
from headertrace.verdict.examine import examine
from headertrace.verdict.stories import BY_SOFTWARE, CONTAINER_REMEDIES, MISUSES, STORIES
from headertrace.vocabulary import Confidence, Scenario

# Of names and domains so many are told; their number tells the rest.
MOST_NAMES = 5
# From so many senders on, one client is not one person.
MANY = 3
# Stands for the server that a queued message will reach: RFC 2606 and RFC 5737 keep both for no one.
NEXT_SERVER, NEXT_ADDRESS = "next-server.invalid", "192.0.2.200"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One message looked at: the hop by which it came in, and who says that he logged in."""

    judged: Examination
    entry: Hop | None
    client: str | None
    login: str | None
    senders: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """All messages that one client, or one login, handed to one server, and the story if they are abuse."""

    server: str | None
    client: str | None
    login: str | None
    messages: int
    helos: tuple[str, ...]
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    verdict: Scenario
    story: Scenario
    confidence: Confidence | None
    remarks: tuple[str, ...]
    changes: tuple[str, ...]


def check_message(raw: bytes, admd: Admd | None = None) -> Checked:
    """Return what a message that has left, or its header alone, shows of the way it came in."""
    return _checked(read_trace(raw, admd), None)


def check_queued(queued: Queued, admd: Admd | None = None) -> Checked:
    """Return what a message still in the queue shows; its envelope tells what no Received field does."""
    return _checked(read_trace(_about_to_leave(queued), admd), queued)


def _about_to_leave(queued: Queued) -> bytes:
    """Return the header as the next server will have it: where a message leaves decides what it can be."""
    hops = read_trace(queued.header).hops
    if not hops:
        return queued.header
    ours = hops[-1]
    name = ours.by or f"[{ours.by_ip or NEXT_ADDRESS}]"
    when = (ours.date or datetime.now(UTC)) + timedelta(seconds=1)
    field = f"Received: from {name} ({name} [{NEXT_ADDRESS}]) by {NEXT_SERVER} (Postfix) with ESMTP id 0; "
    return (field + format_datetime(when) + "\n").encode("utf-8", "replace") + queued.header


def _checked(trace: Trace, queued: Queued | None) -> Checked:
    entry = read_scene(trace).chain.entry
    login = queued.login if queued else None
    if login is None and entry is not None and entry.auth is not None:
        login = entry.auth.user or "an account that the field does not name"
    client = str(entry.ip) if entry is not None and entry.ip else None
    return Checked(
        judged=examine(trace),
        entry=entry,
        client=client or (queued.client if queued else None),
        login=login,
        senders=_domains([queued.sender] if queued and queued.sender else _written(trace.section, "from")),
        recipients=_domains(queued.recipients if queued else entry.recipients if entry else ()),
    )


def _written(section: HeaderSection, name: str) -> list[str]:
    text = section.text(name)
    return [text] if text else []


def _domains(addresses: Iterable[str]) -> tuple[str, ...]:
    found = (address.rpartition("@")[2].strip("<> \"').,").lower() for address in addresses if "@" in address)
    return tuple(dict.fromkeys(domain for domain in found if domain))


def doors(checked: Iterable[Checked], admd: Admd | None = None) -> tuple[Door, ...]:
    """Return the doors by which the messages came in, the busiest first."""
    groups: dict[tuple[str | None, str | None, str | None], list[Checked]] = {}
    for one in checked:
        server = one.entry.by if one.entry else None
        key = (server and server.lower(), None if one.login else one.client, one.login)
        groups.setdefault(key, []).append(one)
    made = [_door(key, group, admd) for key, group in groups.items()]
    return tuple(sorted(made, key=lambda door: -door.messages))


def _door(key: tuple[str | None, str | None, str | None], group: list[Checked], admd: Admd | None) -> Door:
    server, client, login = key
    story, confidence = _story(group, login)
    family = next((one.entry.family for one in group if one.entry), "")
    door = Door(
        server=server,
        client=client or next((one.client for one in group if one.client), None),
        login=login,
        messages=len(group),
        helos=_most(one.entry.helo for one in group if one.entry and one.entry.helo),
        senders=_most(domain for one in group for domain in one.senders),
        recipients=_most(domain for one in group for domain in one.recipients),
        verdict=Counter(one.judged.verdict.scenario for one in group).most_common(1)[0][0],
        story=story,
        confidence=confidence,
        remarks=(),
        changes=_changes(story, family),
    )
    return replace(door, remarks=_remarks(door, group, admd))


def _most(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common())


def _story(group: list[Checked], login: str | None) -> tuple[Scenario, Confidence | None]:
    """Return the story if the messages are abuse: a login decides, else what most of them show best."""
    if login is not None:
        return Scenario.STOLEN_CREDENTIALS, None
    stories = Counter(_misuse(one.judged) for one in group)
    story = stories.most_common(1)[0][0]
    sure = [each.confidence for one in group for each in one.judged.hypotheses if each.scenario is story]
    order = list(Confidence)
    return story, max((word for word in sure if word), key=order.index, default=None)


def _misuse(judged: Examination) -> Scenario:
    """Return the best story of misuse, those that something speaks for first."""
    told = [each for each in judged.hypotheses if each.scenario in MISUSES]
    best = next((each for each in told if each.confidence), told[0])
    return best.scenario


def _changes(story: Scenario, family: str) -> tuple[str, ...]:
    changes = STORIES[story].remedies
    if story not in (Scenario.STOLEN_CREDENTIALS, Scenario.COMPROMISED_HOST) and family in BY_SOFTWARE:
        changes += (BY_SOFTWARE[family],)
    return changes + CONTAINER_REMEDIES if story is Scenario.OPEN_RELAY_NAT else changes


def _remarks(door: Door, group: list[Checked], admd: Admd | None) -> tuple[str, ...]:
    """Return what is worth knowing about a door, as sentences."""
    entry = next((one.entry for one in group if one.entry), None)
    if entry is None:
        return ("No Received field tells how these messages came in: look into the server's log.",)
    foreign = [domain for domain in door.senders if not _is_ours(domain, door, admd)]
    strangers = [domain for domain in door.recipients if not _is_ours(domain, door, admd)]
    told = (
        (
            is_private(entry.ip),
            f"{entry.ip} is an inner address: whose is it? A gateway's hides everybody outside.",
        ),
        (
            is_private(entry.ip) and is_gateway_like(entry.ip),
            f"{entry.ip} ends as gateways' addresses usually do.",
        ),
        (len(door.helos) >= MANY, f"{len(door.helos)} HELO names came from it: that is not one machine."),
        (
            len(foreign) >= MANY,
            f"{len(foreign)} sender domains are not this server's: that is not one person.",
        ),
        (foreign and strangers and not door.login, "Strangers write to strangers, and nobody logged in."),
        (door.login, "The login is genuine; whether its owner sent these, only he knows."),
    )
    return tuple(sentence for holds, sentence in told if holds)


def _is_ours(domain: str, door: Door, admd: Admd | None) -> bool:
    if admd is not None and admd.names:
        return admd.owns(domain)
    return same_organisation(domain, door.server)


def selfcheck_lines(found: tuple[Door, ...]) -> Lines:
    """Yield what the messages show, door by door."""
    total = sum(door.messages for door in found)
    yield 0, Text(f"Messages: {total}. Doors by which they came in: {len(found)}.", style=HEAD)
    for number, door in enumerate(found, 1):
        yield from _door_lines(number, door)


def _door_lines(number: int, door: Door) -> Lines:
    yield 0, Text()
    yield 0, Text(f"{number}. {_way(door)}: {counted(door.messages, 'message')}", style=HEAD)
    for label, values in (("HELO", door.helos), ("from", door.senders), ("to", door.recipients)):
        if values:
            more = f" and {len(values) - MOST_NAMES} more" if len(values) > MOST_NAMES else ""
            yield 2, labelled(label, ", ".join(one_line(value) for value in values[:MOST_NAMES]) + more)
    yield 2, labelled("looks", f"{title(door.verdict)}. {SCENARIOS[door.verdict][1]}")
    for remark in door.remarks:
        yield 2, labelled("note", remark)
    sure = f" ({door.confidence})" if door.confidence else ""
    yield (
        2,
        labelled("abuse?", Text(f"If your users did not write them: {title(door.story)}{sure}.", style=BAD)),
    )
    for change in door.changes:
        yield 2, labelled("change", one_line(change, FIELD_LIMIT))
    for refutation in STORIES[door.story].refuted_by:
        yield 2, labelled("unless", refutation, style=DIM)


def _way(door: Door) -> str:
    server = one_line(door.server) if door.server else "a server that gives no name"
    if door.login:
        return f"login {one_line(door.login)} at {server}"
    return f"{one_line(door.client) if door.client else 'an unknown client'}, without a login, at {server}"
