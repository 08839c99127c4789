"""An administrator's own mail looked at: by which doors it came in, what that means, and what to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from headertrace.message.queued import Queued
from headertrace.message.section import HeaderSection
from headertrace.received.hop import Hop
from headertrace.signatures.scene import read_scene
from headertrace.trace.addresses import is_gateway_like, is_private
from headertrace.trace.admd import Admd
from headertrace.trace.organisations import same_organisation
from headertrace.trace.trace import Trace, read_trace
from headertrace.verdict.examination import Examination
from headertrace.verdict.examine import examine
from headertrace.verdict.stories import MISUSES, remedies_for
from headertrace.vocabulary import Confidence, Scenario

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
class EntryPoint:
    """All messages that one client, or one login, handed to one server; ``story`` None: no abuse shows."""

    server: str | None
    client: str | None
    login: str | None
    messages: int
    helos: tuple[str, ...]
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    verdict: Scenario
    story: Scenario | None
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


def entry_points(checked: Iterable[Checked], admd: Admd | None = None) -> tuple[EntryPoint, ...]:
    """Return the entry points by which the messages came in, the busiest first."""
    groups: dict[tuple[str | None, str | None, str | None], list[Checked]] = {}
    for one in checked:
        server = one.entry.by if one.entry else None
        key = (server and server.lower(), None if one.login else one.client, one.login)
        groups.setdefault(key, []).append(one)
    made = [_entry_point(key, group, admd) for key, group in groups.items()]
    return tuple(sorted(made, key=lambda point: -point.messages))


def _entry_point(
    key: tuple[str | None, str | None, str | None], group: list[Checked], admd: Admd | None
) -> EntryPoint:
    server, client, login = key
    story, confidence = _story(group, login)
    family = next((one.entry.family for one in group if one.entry), "")
    point = EntryPoint(
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
        changes=remedies_for(story, family) if story else (),
    )
    return replace(point, remarks=_remarks(point, group, admd))


def _most(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common())


def _story(group: list[Checked], login: str | None) -> tuple[Scenario | None, Confidence | None]:
    """Return the story if the messages are abuse: a login decides, else what most of them show best.

    None where no message lists any.
    """
    if login is not None:
        return Scenario.STOLEN_CREDENTIALS, None
    stories = Counter(story for one in group if (story := _misuse(one.judged)))
    if not stories:
        return None, None
    story = stories.most_common(1)[0][0]
    sure = [each.confidence for one in group for each in one.judged.hypotheses if each.scenario is story]
    return story, max((word for word in sure if word), default=None)


def _misuse(judged: Examination) -> Scenario | None:
    """Return the best of the listed stories of misuse: the others cannot be, or nothing tells of them."""
    listed = (each.scenario for each in judged.hypotheses if each.scenario in MISUSES and each.confidence)
    return next(listed, None)


def _remarks(point: EntryPoint, group: list[Checked], admd: Admd | None) -> tuple[str, ...]:
    """Return what is worth knowing about an entry point, as sentences."""
    entry = next((one.entry for one in group if one.entry), None)
    if entry is None:
        return ("No Received field tells how these messages came in: look into the server's log.",)
    foreign = [domain for domain in point.senders if not _is_ours(domain, point, admd)]
    strangers = [domain for domain in point.recipients if not _is_ours(domain, point, admd)]
    told = (
        (
            is_private(entry.ip),
            f"{entry.ip} is an inner address: whose is it? A gateway's hides everybody outside.",
        ),
        (
            is_private(entry.ip) and is_gateway_like(entry.ip),
            f"{entry.ip} ends as gateways' addresses usually do.",
        ),
        (len(point.helos) >= MANY, f"{len(point.helos)} HELO names came from it: that is not one machine."),
        (
            len(foreign) >= MANY,
            f"{len(foreign)} sender domains are not this server's: that is not one person.",
        ),
        (foreign and strangers and not point.login, "Strangers write to strangers, and nobody logged in."),
        (point.login, "The login is genuine; whether its owner sent these, only he knows."),
    )
    return tuple(sentence for holds, sentence in told if holds)


def _is_ours(domain: str, point: EntryPoint, admd: Admd | None) -> bool:
    if admd is not None and admd.names:
        return admd.owns(domain)
    return same_organisation(domain, point.server)
