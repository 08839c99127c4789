"""Cases and headers that the tests of evidence share; names and addresses are those for documentation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from headertrace import Confidence
from headertrace.cases.case import Case, CaseKind
from headertrace.reports.reporter import Reporter

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
REPORTER = Reporter(organisation="Example Desk", contact="abuse@example.net", domain="example.net")
SAMPLE = "mail.mbox:120 <1@relay.example.org>"
HEADER = b"""Return-Path: <bounce+victim=example.com@sender.example>
Delivered-To: victim@example.com
Received: from mail.relay.example.org (mail.relay.example.org [203.0.113.66]:40112)
\tby mx.example.com (Postfix) with ESMTP id 4ABC
\tfor <victim@example.com>; Fri, 20 Nov 2026 10:00:05 +0000
Received: from User (unknown [192.168.1.1]) by mail.relay.example.org (Postfix) with SMTP id 9XYZ;
 Fri, 20 Nov 2026 10:00:00 +0000
From: "Bank" <bank@sender.example>
To: "Vera Victim" <victim@example.com>, Other <other@example.com>
Cc: victim@example.com
Subject: =?utf-8?q?Dear_victim=40example=2Ecom?=
Message-ID: <1@relay.example.org>
X-Mailer: Microsoft Outlook Express 6.00.2600.0000
List-Unsubscribe: <https://sender.example/?u=dmljdGltQGV4YW1wbGUuY29t>
X-Recipient-Id: victim@example.com

"""
RELAY = Case(
    kind=CaseKind.OPEN_RELAY_NAT,
    relay="mail.relay.example.org",
    relay_address="203.0.113.66",
    inner_address="192.168.1.1",
    helos={"User": 3, "\x1b[31mevil": 1},
    recipients={"a1b2": 2},
    first_seen=datetime(2026, 11, 1, 8, 0, tzinfo=UTC),
    last_seen=datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
    messages=12,
    confidence=Confidence.ESTABLISHED,
    reasons=("one inner address, 5 HELO names",),
    samples=(SAMPLE,),
)
APPLIANCE = replace(
    RELAY, kind=CaseKind.OPEN_RELAY_APPLIANCE, relay="gw.appliance.example", relay_address="198.51.100.7"
)
SIXTH = replace(RELAY, kind=CaseKind.OPEN_RELAY, relay="six.example", relay_address="2001:db8::25")
ACCOUNT = replace(RELAY, kind=CaseKind.STOLEN_ACCOUNT)
