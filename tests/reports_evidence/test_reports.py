"""Dossiers, ARF and XARF: complete, valid, redacted, and never of somebody who must be spared."""

from __future__ import annotations

import email
import email.policy
import json
from base64 import b64decode
from dataclasses import replace
from email.message import EmailMessage, Message
from hashlib import sha256
from typing import Any, cast

import pytest
import xarf

from headertrace import Confidence
from headertrace.cases.case import Case, CaseKind
from headertrace.message.section import read_section
from headertrace.received.read import read_hop
from headertrace.reports.arf import arf_message
from headertrace.reports.dossier import Dossier, dossier_text, make_dossiers
from headertrace.reports.reporter import read_reporter
from headertrace.reports.spare import Policy
from headertrace.reports.xarf import xarf_reports

from .cases import ACCOUNT, APPLIANCE, HEADER, NOW, RELAY, REPORTER, SAMPLE, SIXTH


def dossier(case: Case = RELAY, header: bytes = HEADER) -> Dossier:
    (made,) = make_dossiers([case], {SAMPLE: header}, Policy(), key=b"k" * 32)
    return made


def parsed(case: Case = RELAY) -> EmailMessage:
    raw = arf_message(dossier(case), REPORTER, NOW)
    return email.message_from_bytes(raw, policy=email.policy.default)


def parts(message: Message) -> list[Message]:
    return cast("list[Message]", message.get_payload())


def test_the_shape_of_a_report() -> None:
    message = parsed()
    assert message.get_content_type() == "multipart/report"
    assert message.get_param("report-type") == "feedback-report"
    kinds = [part.get_content_type() for part in parts(message)]
    assert kinds == ["text/plain", "message/feedback-report", "text/rfc822-headers"]
    assert not message.defects
    assert message["To"] is None
    assert message["From"] == "Example Desk <abuse@example.net>"


def feedback(message: Message) -> dict[str, str]:
    (fields,) = cast("list[Message]", parts(message)[1].get_payload())
    return dict(fields.items())


def test_the_fields_for_machines() -> None:
    fields = feedback(parsed())
    # RFC 5965, section 3.1: required, and each once.
    assert [fields["Feedback-Type"], fields["Version"]] == ["abuse", "1"]
    assert fields["User-Agent"].startswith("headertrace/")
    assert fields["Source-IP"] == "203.0.113.66"
    assert fields["Reported-Domain"] == "mail.relay.example.org"
    assert fields["Incidents"] == "12"


def machine(made: Dossier) -> Message:
    message = email.message_from_bytes(arf_message(made, REPORTER, NOW), policy=email.policy.default)
    (fields,) = cast("list[Message]", parts(message)[1].get_payload())
    return fields


def test_the_arrival_is_that_of_the_enclosed_message() -> None:
    # RFC 5965, section 3.2; the case was last seen five seconds earlier.
    assert machine(dossier())["Arrival-Date"] == "Fri, 20 Nov 2026 10:00:05 +0000"
    undated = HEADER.replace(b"; Fri, 20 Nov 2026 10:00:05 +0000", b"")
    assert machine(dossier(header=undated))["Arrival-Date"] is None


def test_the_recipients_are_those_of_the_session_and_not_those_of_the_header() -> None:
    made = dossier()
    (told,) = machine(made).get_all("Original-Rcpt-To", [])
    (said,) = read_hop(read_section(made.exhibits[0]).values("received")[0]).recipients
    assert said.startswith("redacted-")
    assert told == f"<{said}>"
    for silent in (
        HEADER.replace(b"\n\tfor <victim@example.com>", b""),
        HEADER.replace(b"victim@example.com>;", b"vera>;"),
    ):
        assert machine(dossier(header=silent)).get_all("Original-Rcpt-To") is None


def test_each_recipient_of_the_session_has_a_field() -> None:
    several = HEADER.replace(b"for <victim@example.com>", b"for <victim@example.com>,<other@example.com>")
    told = machine(dossier(header=several)).get_all("Original-Rcpt-To", [])
    assert len(set(told)) == 2


@pytest.mark.parametrize(
    ("case", "said"),
    [(RELAY, "relays for strangers"), (ACCOUNT, "use the password of one of its accounts")],
)
def test_the_words_for_people_follow_the_kind_of_case(case: Case, said: str) -> None:
    words = parts(parsed(case))[0].get_payload()
    assert isinstance(words, str)
    intro = " ".join(words.partition("=====")[0].split())
    assert said in intro
    assert "lets strangers send through it" not in intro


def test_a_report_holds_no_recipient() -> None:
    assert b"victim" not in arf_message(dossier(), REPORTER, NOW).lower()


def test_the_evidence_arrives_unchanged() -> None:
    made = dossier()
    (_, _, header) = parts(parsed())
    body = header.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.replace(b"\r\n", b"\n").strip() == made.exhibits[0].strip()
    assert len(read_section(body).values("received")) == 2


@pytest.mark.parametrize("case", [RELAY, APPLIANCE, SIXTH, ACCOUNT], ids=lambda case: str(case.kind))
def test_xarf_accepts_the_reports(case: Case) -> None:
    for report in xarf_reports(dossier(case), REPORTER, NOW):
        # Strict takes what is recommended for required; where a login was stolen no port of ours is involved.
        result = xarf.parse(json.dumps(report), strict=report["category"] != "infrastructure")
        assert result.errors == []
        assert result.warnings == []


def test_the_reports_for_an_open_relay() -> None:
    service, spam = xarf_reports(dossier(), REPORTER, NOW)
    assert (service["category"], service["type"], service["service"]) == (
        "vulnerability",
        "open_service",
        "smtp",
    )
    assert (spam["category"], spam["type"], spam["source_port"]) == ("messaging", "spam", 40112)
    assert service["source_identifier"] == "203.0.113.66"
    assert service["timestamp"] == "2026-11-20T10:00:00Z"
    assert service["report_id"] != spam["report_id"]
    (evidence,) = service["evidence"]
    payload = b64decode(evidence["payload"])
    assert payload == dossier().exhibits[0]
    assert evidence["hash"] == f"sha256:{sha256(payload).hexdigest()}"


def test_the_recipient_is_the_one_of_the_session() -> None:
    made = dossier(header=HEADER.replace(b"for <victim@example.com>", b"for <third@example.com>"))
    (_, spam) = xarf_reports(made, REPORTER, NOW)
    (said,) = read_hop(read_section(made.exhibits[0]).values("received")[0]).recipients
    assert spam["smtp_to"] == said
    silent = HEADER.replace(b"\n\tfor <victim@example.com>", b"")
    assert "smtp_to" not in xarf_reports(dossier(header=silent), REPORTER, NOW)[1]


def test_no_port_is_invented() -> None:
    reports = xarf_reports(dossier(header=HEADER.replace(b"]:40112", b"]")), REPORTER, NOW)
    assert [report["category"] for report in reports] == ["vulnerability"]


def test_a_stolen_account_is_no_open_service() -> None:
    report = xarf_reports(dossier(ACCOUNT), REPORTER, NOW)[0]
    assert (report["category"], report["type"]) == ("infrastructure", "compromised_server")


KEPT: dict[str, Any] = {
    "not sure enough": dossier(replace(RELAY, confidence=Confidence.LIKELY)),
    "a private address": dossier(replace(RELAY, relay_address="10.0.0.1")),
    "a shared provider": dossier(replace(RELAY, relay="x.prod.outlook.com")),
    "no sample": replace(dossier(), exhibits=()),
    "several relays": dossier(replace(RELAY, kind=CaseKind.CAMPAIGN, relay=None, relay_address=None)),
}


@pytest.mark.parametrize("why", KEPT)
def test_what_must_be_kept_is_not_reported(why: str) -> None:
    with pytest.raises(ValueError, match=r"not to be reported|needs the relay"):
        arf_message(KEPT[why], REPORTER, NOW)
    with pytest.raises(ValueError, match=r"not to be reported|needs the relay"):
        xarf_reports(KEPT[why], REPORTER, NOW)


def test_a_dossier_tells_what_an_administrator_needs() -> None:
    text = dossier_text(dossier())
    for part in (
        *("mail.relay.example.org [203.0.113.66] relays for strangers", "established", "192.168.1.1"),
        *("one inner address, 5 HELO names", "What would refute it", "What to change", "abuse@example.org"),
        *("Exhibit 1", "from User (unknown [192.168.1.1])"),
    ):
        assert part in text


def test_a_dossier_is_safe_to_show_and_holds_no_recipient() -> None:
    text = dossier_text(dossier())
    assert "\x1b" not in text
    assert "victim" not in text.lower()


def test_a_dossier_that_must_be_kept_says_so() -> None:
    text = dossier_text(KEPT["a shared provider"])
    assert "KEEP THIS TO YOURSELF" in text
    assert "Whom to tell" not in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Example",
        "Example <abuse>",
        "a@b.example <c@d.example>\nBcc: x@y.example",
        "Example\r\nBcc: x <a@b.example>",
        "Example\udcff <a@b.example>",
        "Example <a,c@b.example>",
        "Example <a@b..example>",
    ],
)
def test_a_reporter_must_have_an_address(text: str) -> None:
    with pytest.raises(ValueError, match=r"no (?:reporter|domain name): "):
        read_reporter(text)


def test_a_reporter_may_be_an_address_alone() -> None:
    assert read_reporter("abuse@example.net").organisation == "example.net"


def test_a_dossier_is_as_wide_as_a_mail() -> None:
    long = "45 innocent messages from the same address under 9 names, not counted here: " * 3
    text = dossier_text(dossier(replace(RELAY, relay="mail." + "x" * 50 + ".example", confounders=(long,))))
    told = text.partition("Exhibit 1")[0].splitlines()
    assert max(map(len, told)) <= 76
    assert f"  - {long[:40]}" in text


def test_a_case_over_several_servers_names_them() -> None:
    several = replace(
        RELAY,
        kind=CaseKind.CAMPAIGN,
        relay=None,
        relay_address=None,
        relays={"one.example": 8, "two.example": 1},
    )
    text = dossier_text(dossier(several))
    assert "One mailing goes through several servers." in text
    assert "Through:    one.example (8), two.example (1)" in text
