"""The hops as the page draws them: one card for each, with what was said, seen and recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from headertrace.received.hop import Hop
from headertrace.reports.escape import one_line
from headertrace.reports.excerpt import pieces
from headertrace.reports.path import Leg, Standing
from headertrace.reports.summary import Line
from headertrace.reports.words import RDNS, address, client, duration, moment, server, software
from headertrace.trace.addresses import is_private
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Finding, Hypothesis
from headertrace.verdict.stories import HIDDEN
from headertrace.vocabulary import Span

Shown = Mapping[str, Any]
# Where on the page each finding's evidence stands, by the finding's identity.
Links = Mapping[int, str]
NO_LINKS: Links = MappingProxyType({})
BY_VERDICT = "by the verdict a stranger, whose address stands nowhere in this message"
# Recipients and remarks shown of one hop; a list server may name hundreds.
MOST_NAMES = 12


def is_hidden_before(trace: Trace, leg: Leg) -> bool:
    """Return whether the true client, hidden, belongs right before this leg."""
    origin = trace.origin
    return origin.hidden and origin.hop is leg.hop


def is_surely_hidden(trace: Trace, verdict: Hypothesis | None) -> bool:
    """Return whether the client that shows is not the true one.

    A private one may be, in an office, unless the verdict says otherwise.
    """
    hop = trace.origin.hop
    return hop is None or not is_private(hop.ip) or _says_so(verdict)


def _says_so(verdict: Hypothesis | None) -> bool:
    return verdict is not None and HIDDEN in verdict.notes


def hidden_client(trace: Trace, verdict: Hypothesis | None) -> str:
    """Return what to call a true client whose address stands nowhere, or may stand nowhere."""
    return "hidden client" if is_surely_hidden(trace, verdict) else "perhaps a hidden client"


def hidden_reason(trace: Trace, verdict: Hypothesis | None) -> str:
    """Return why the true client's address stands nowhere in the message, or may not."""
    reason = BY_VERDICT if _says_so(verdict) else trace.origin.reason
    return one_line(reason, 400) or "Its address stands nowhere in this message."


def draw_legs(trace: Trace, drawn: Sequence[Leg], links: Links, verdict: Hypothesis | None) -> list[Shown]:
    """Return the cards of the hops, oldest first."""
    pairs = zip(drawn, (None, *drawn), strict=False)
    return [{**draw_leg(leg, before, links), **_draw_hidden(trace, leg, verdict)} for leg, before in pairs]


def _draw_hidden(trace: Trace, leg: Leg, verdict: Hypothesis | None) -> Shown:
    """Return what stands before a leg where the true client is hidden."""
    if not is_hidden_before(trace, leg):
        return {"hidden": ""}
    return {
        "hidden": hidden_reason(trace, verdict),
        "hidden_kind": "hidden" if is_surely_hidden(trace, verdict) else "perhaps",
        "hidden_client": hidden_client(trace, verdict),
    }


def draw_leg(leg: Leg, before: Leg | None, links: Links) -> Shown:
    """Return the card of one hop: what the client said, what the server saw, and the field itself."""
    crossed = before is not None and before.standing is Standing.CLAIMED
    return {
        "number": leg.number,
        "standing": leg.standing,
        "skipped": f"{leg.skipped:,}" if leg.skipped else "",
        "broken": one_line(leg.broken.summary, 400) if leg.broken else "",
        "boundary": crossed and leg.standing is not Standing.CLAIMED,
        "client": client(leg.hop),
        "server": server(leg.hop),
        "delay": "" if leg.delay is None else duration(leg.delay),
        "behind": leg.delay is not None and leg.delay < 0,
        "said": list(_said(leg.hop)),
        "saw": list(_saw(leg)),
        "recorded": list(_recorded(leg.hop)),
        "findings": [draw_flag(one, links) for one in leg.findings],
        "field": pieces(leg.hop.raw, _marks(leg)),
    }


def draw_flag(finding: Finding, links: Links) -> Shown:
    """Return a finding's name and its place on the page; ``side`` tells for whom it speaks."""
    side = "against-it" if finding.weight > 0 else "for-it" if finding.weight < 0 else "neutral"
    name = re.sub(r"[-_]+", " ", one_line(finding.name))
    return {"id": finding.id, "name": name, "side": side, "link": links[id(finding)]}


def _marks(leg: Leg) -> Iterator[tuple[Span, str]]:
    for finding in leg.findings:
        yield from ((one.span, finding.id) for one in finding.evidence if one.source is leg.hop)


def _lines(*pairs: tuple[str, object]) -> Iterator[Line]:
    return (Line(name=name, value=one_line(str(value), 300)) for name, value in pairs if value)


def _said(hop: Hop) -> Iterator[Line]:
    sender = "null sender <>" if hop.envelope_from == "" else hop.envelope_from
    other = hop.from_name if hop.from_name not in {hop.helo, hop.rdns} else None
    return _lines(
        ("HELO", hop.helo or "not recorded"), ("Named", other), ("Ident", hop.ident), ("Sender", sender)
    )


def _saw(leg: Leg) -> Iterator[Line]:
    hop = leg.hop
    where = address(hop.ip, hop.port) or "not recorded"
    login = " ".join(filter(None, (hop.auth.mechanism, hop.auth.user))) or "yes" if hop.auth else None
    tls = (hop.tls and " ".join(filter(None, (hop.tls.version, hop.tls.cipher, _bits(hop))))) or None
    return _lines(
        ("Address", f"{where} private" if leg.is_private else where),
        ("Reverse name", hop.rdns),
        ("Look-up", RDNS[hop.rdns_status]),
        ("Login", login),
        ("TLS", tls),
    )


def _bits(hop: Hop) -> str | None:
    return f"{hop.tls.bits} bits" if hop.tls and hop.tls.bits else None


def _recorded(hop: Hop) -> Iterator[Line]:
    by = " ".join(filter(None, (hop.by, address(hop.by_ip))))
    told = [remark.text for remark in hop.remarks[:MOST_NAMES]]
    return _lines(
        ("By", by or "not named"),
        ("Software", software(hop)),
        ("With", ", via ".join(filter(None, (hop.protocol, hop.via)))),
        ("Id", hop.id),
        ("For", ", ".join(hop.recipients[:MOST_NAMES])),
        ("At", moment(hop.date, hop.zone_known)),
        ("No hand-over", None if hop.network else hop.network_reason),
        ("Noted", "; ".join(told)),
        ("Not explained", "; ".join(item.text for item in hop.unread[:MOST_NAMES])),
    )
