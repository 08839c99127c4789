"""Judged messages made by hand, so that what is drawn does not depend on what is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from headertrace.message.section import read_section
from headertrace.received.hop import Hop, Tls
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Evidence, Examination, Finding, Hypothesis, Relay, Source
from headertrace.vocabulary import Confidence, RdnsStatus, Scenario, Span

CLIENT = (
    b" from PC-20121219NMRW ([192.168.1.1] RDNS failed) by mail.corp.example with\r\n"
    b"\tMicrosoft SMTPSVC(6.0.3790.4675); Wed, 13 Nov 2013 12:04:11 +0200"
)
BORDER = (
    b" from mail.corp.example (mail.corp.example [198.51.100.25])\r\n"
    b"\tby mx.victim.example (Postfix) with ESMTPS id 3d9zX41yK2z\r\n"
    b"\tfor <someone@victim.example>; Wed, 13 Nov 2013 12:04:07 +0200 (EET)"
)
HEAD = (
    b"From: Jeff <jeff@freemail.example>\r\nTo: someone@victim.example\r\n"
    b"Subject: =?utf-8?q?Photo_retouching_=E2=9C=82?=\r\nDate: Wed, 13 Nov 2013 18:04:40 +0800\r\n"
    b"Message-ID: <1@PC-20121219NMRW>\r\nX-Mailer: Microsoft Outlook Express 6.00.2800.1158\r\n"
    b"X-Forefront-Antispam-Report: CIP:198.51.100.25;CTRY:FI;SCL:5;SFV:SPM;PTR:mail.corp.example;\r\n"
    b"Authentication-Results: mx.victim.example; spf=none smtp.mailfrom=freemail.example\r\n"
)
GATEWAY: dict[str, Any] = {
    "id": "HT205",
    "name": "gateway_address",
    "summary": "The address ends like a gateway's",
}
OWN: dict[str, Any] = {"id": "HT310", "name": "own_server", "summary": "The relay serves this domain"}


def client_hop(**changes: Any) -> Hop:
    """Return the hop that hides a stranger behind a gateway."""
    hop = Hop(
        raw=CLIENT,
        from_name="PC-20121219NMRW",
        helo="PC-20121219NMRW",
        rdns_status=RdnsStatus.FAILED,
        ip=ip_address("192.168.1.1"),
        by="mail.corp.example",
        software="Microsoft SMTPSVC(6.0.3790.4675)",
        family="iis",
        date=datetime.fromisoformat("2013-11-13T12:04:11+02:00"),
        zone_known=True,
        network=True,
        network_reason=None,
    )
    return replace(hop, **changes)


def border_hop(**changes: Any) -> Hop:
    """Return the hop that the recipient's own server recorded, with a clock four seconds behind."""
    hop = Hop(
        raw=BORDER,
        from_name="mail.corp.example",
        helo="mail.corp.example",
        rdns="mail.corp.example",
        rdns_status=RdnsStatus.VERIFIED,
        ip=ip_address("198.51.100.25"),
        by="mx.victim.example",
        family="postfix",
        protocol="ESMTPS",
        tls=Tls(version="TLSv1.2"),
        id="3d9zX41yK2z",
        recipients=("someone@victim.example",),
        date=datetime.fromisoformat("2013-11-13T12:04:07+02:00"),
        zone_known=True,
        network=True,
        network_reason=None,
    )
    return replace(hop, **changes)


def trace(*hops: Hop, head: bytes = HEAD) -> Trace:
    """Return a trace of these hops, oldest first."""
    hops = hops or (client_hop(), border_hop())
    received = b"".join(b"Received:" + hop.raw + b"\r\n" for hop in reversed(hops))
    return Trace(section=read_section(received + head + b"\r\n"), hops=hops)


def span(raw: bytes, words: bytes) -> Span:
    """Return where the words stand; the field's beginning where they do not."""
    start = max(0, raw.find(words))
    return Span(start, start + len(words))


def finding(hop: Hop, words: bytes, weight: float = 4.2, **changes: Any) -> Finding:
    """Return a finding that rests on these words of the hop."""
    made = Finding(
        id="HT201",
        name="user_helo_behind_private_address",
        summary="A private client announced the name of a cloned Windows",
        weight=weight,
        hop=hop,
        evidence=(Evidence(source=hop, part="helo", span=span(hop.raw, words)),),
    )
    return replace(made, **changes)


def findings(hop: Hop) -> tuple[Finding, ...]:
    """Return two findings that speak for misuse and one against it."""
    return (
        finding(hop, b"PC-20121219NMRW"),
        finding(hop, b"[192.168.1.1]", 2.1, **GATEWAY),
        finding(hop, b"mail.corp.example", -1.5, **OWN),
    )


def stories(found: tuple[Finding, ...], relay: Relay) -> tuple[Hypothesis, ...]:
    """Return an open relay behind NAT, an office workstation, and all the rest unlisted."""
    nat = Hypothesis(
        scenario=Scenario.OPEN_RELAY_NAT,
        score=5.1,
        confidence=Confidence.LIKELY,
        supporting=found[:2],
        opposing=found[2:],
        remedies=("Let the firewall pass the client's address on, or require a login.",),
        relay=relay,
    )
    office = Hypothesis(
        scenario=Scenario.INTERNAL_SUBMISSION,
        score=0.5,
        confidence=Confidence.POSSIBLE,
        supporting=found[2:],
        opposing=found[:2],
        refuted_by=("Many unrelated senders share the inner address.",),
    )
    rest = [name for name in Scenario if name not in {nat.scenario, office.scenario}]
    return (nat, office, *(Hypothesis(scenario=name, score=-9.0) for name in rest))


def examination(chain: Trace | None = None, **changes: Any) -> Examination:
    """Return a judged message that lists an open relay behind NAT before an office workstation."""
    chain = chain or trace()
    found = findings(chain.hops[0])
    told = stories(found, Relay(ip=chain.hops[-1].ip, name=chain.hops[-1].rdns, hop=chain.hops[-1]))
    made = Examination(
        trace=chain,
        source=Source(path="spamhaus.eml"),
        findings=found,
        not_examined=("HT401",),
        hypotheses=told,
        verdict=told[0],
        misuse=Confidence.LIKELY,
    )
    return replace(made, **changes)
