"""The parts of the reader, and what must hold for whatever a mail contains."""

from __future__ import annotations

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import headertrace.bounces
from headertrace.bounces import BlockerKind, Bounce, Cause, read_bounce
from headertrace.bounces.blockers import name_blocker
from headertrace.bounces.data import rows
from headertrace.bounces.naming import Naming
from headertrace.bounces.our_address import our_address
from headertrace.bounces.replies import read_reply
from headertrace.bounces.sides import sides_of
from headertrace.bounces.status_fields import read_status
from headertrace.message.adapters import MIME_LIMIT
from headertrace.message.mime import read_mime_parts

from .wrapped import SYSTEMS

DATA = Path(headertrace.bounces.__path__[0])
LABEL = st.from_regex(r"[a-z][a-z0-9]{2,8}", fullmatch=True)
ZONE = st.builds("{}.{}.example".format, LABEL, LABEL)
# A sentence with a place for our address and one for the list: none of them stands in the data files.
SENTENCES = (
    "550 {ip} rejected, listed in {zone}",
    "554 5.7.1 sorry, {ip} was found in the blacklist at {zone} (see there)",
    "550-your host [{ip}] is blocked using {zone};\n550 ask your provider",
    "553 5.3.0 <user@example.org>... refused: {ip} is blacklisted by {zone}",
    "550 RBL: {ip} is listed on {zone}. Goodbye",
    "521 5.7.1 client {ip} is on the block list {zone}",
)


@pytest.mark.parametrize(
    ("text", "code", "status", "line"),
    [
        ("550-5.7.1 one\n550-5.7.1 two\n550 5.7.1 three", 550, "5.7.1", "550 5.7.1 one two three"),
        ("554-one\n554 two", 554, None, "554 one two"),
        (
            "550-5.1.0 see https:\n550 5.1.0 //x.example/q",
            550,
            "5.1.0",
            "550 5.1.0 see https://x.example/q",
        ),
        ("550 sorry (#5.7.1)", 550, "5.7.1", "550 sorry (#5.7.1)"),
        ("550 version 5.7.1.2 refused", 550, None, "550 version 5.7.1.2 refused"),
        ("550 5.1.1 no (in reply to RCPT TO command)", 550, "5.1.1", "550 5.1.1 no"),
        ("450 4.7.1 refused [192.0.2.1])", 450, "4.7.1", "450 4.7.1 refused [192.0.2.1]"),
        ("", None, None, ""),
    ],
    ids=[
        "continuation lines with their status",
        "continuation lines without one",
        "a page's address cut by folding",
        "qmail's status at the end",
        "a version is no status",
        "Postfix adds the command",
        "the bracket of the sentence around it",
        "nothing",
    ],
)
def test_a_reply(text: str, code: int | None, status: str | None, line: str) -> None:
    reply = read_reply(text)
    assert (reply.code, reply.status, reply.text) == (code, status, line)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Client host [203.0.113.66] blocked", "203.0.113.66"),
        ("host mx.example.org[192.0.2.140] said: 550 203.0.113.66 is listed", "203.0.113.66"),
        ("550 203.0.113.66: refused", "203.0.113.66"),
        ("550 in an RBL, mail.example.net [203.0.113.66]:40598", "203.0.113.66"),
        ("553 DNSBL 521< 203.0.113.66 >_is_blocked", "203.0.113.66"),
        ("550 see https://list.example/?ip=203.0.113.66&r=1", "203.0.113.66"),
        ("550 [IPv6:2001:db8::66] refused", "2001:db8::66"),
        ("421 deferred from 203.0.113.66 - 4.16.55.1; see", "203.0.113.66"),
        ("554 listed (zone=127.0.0.2)", None),
        ("550 5.7.1 refused at 12:34:56", None),
        ("550 300.1.2.3 refused", None),
    ],
)
def test_our_address(text: str, address: str | None) -> None:
    assert our_address(text) == (ip_address(address) if address else None)


def test_the_remote_server_is_not_ours() -> None:
    assert our_address("550 [192.0.2.140] says no", {ip_address("192.0.2.140")}) is None


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("mx.example.com", True),
        ("a.mx.example.com", True),
        ("example.com", True),
        ("com", True),
        ("other.example.com", False),
        ("amx.example.com", False),
        ("example.net", False),
        ("", False),
    ],
)
def test_sides_hold_what_lies_above_and_below(name: str, held: bool) -> None:
    assert sides_of({"mx.example.com"}).hold(name) is held


def test_groups_of_a_status_report_without_blank_lines() -> None:
    text = (
        "Reporting-MTA: dns; a.example\nFinal-Recipient: rfc822; x@b.example\nAction: failed\n"
        "Diagnostic-Code: smtp; 550\n  folded\nFinal-Recipient: rfc822; y@b.example\nAction: delayed\n"
    )
    report = read_status(text)
    assert report.message["reporting-mta"] == "dns; a.example"
    assert [group["action"] for group in report.recipients] == ["failed", "delayed"]
    assert report.recipients[0]["diagnostic-code"] == "smtp; 550 folded"


@settings(max_examples=60, deadline=None)
@given(
    zone=ZONE,
    sentence=st.sampled_from(SENTENCES),
    system=st.sampled_from(sorted(SYSTEMS)),
    octet=st.integers(1, 254),
)
def test_a_list_never_heard_of_is_named(zone: str, sentence: str, system: str, octet: int) -> None:
    ip = f"203.0.113.{octet}"
    (refusal,) = read_bounce(SYSTEMS[system](sentence.format(ip=ip, zone=zone))).refusals
    assert refusal.blocker is not None
    assert (refusal.cause, refusal.blocker.zone) == (Cause.BLOCKLIST, zone)
    assert refusal.blocker.kind is BlockerKind.UNKNOWN_LIST
    assert refusal.address == ip_address(ip)


PIECES = """550 | 5.7.1 | - | blocked | listed | by | zen.spamhaus.org | [203.0.113.66] | <a@b.example>: | --x
From: MAILER-DAEMON | Content-Type: multipart/report; boundary=x | Final-Recipient: rfc822; | <<< | https:
// | >>> RCPT To: | host mx.example.org [192.0.2.1] | Received:"""
WORDS = st.sampled_from([*PIECES.replace("\n", " | ").split(" | "), "\n", "\n\n", "\udcff", "\x00", "é"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join))
@example("Content-Type: multipart/report; boundary\n\n--\n")
def test_nothing_in_a_mail_raises(text: str) -> None:
    assert isinstance(read_bounce(text), Bounce)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(raw: bytes) -> None:
    assert isinstance(read_bounce(b"Content-Type: message/delivery-status\n\n" + raw), Bounce)


HOSTILE = {
    "nested parts": "--x\nContent-Type: multipart/mixed; boundary=x\n\n",
    "nested messages": "Content-Type: message/rfc822\n\n",
    "many parts": "--x\n\n\n",
    "semicolons in quotes": ";",
    "angle brackets": "<",
    "replies": "550-x\n",
    "recipients": "<a@b.example>:\n",
    "capitals": "blocked by Ab ",
    "pages": "https://a.example/b ",
}


@pytest.mark.parametrize("why", HOSTILE)
def test_a_huge_bounce_is_read_as_far_as_the_bound(why: str) -> None:
    head = (
        'From: MAILER-DAEMON\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; a="'
    )
    bounce = read_bounce(head + HOSTILE[why] * (2 * MIME_LIMIT // len(HOSTILE[why])))
    assert len(bounce.refusals) <= 1000
    assert sum(len(one.text) for one in bounce.refusals) <= MIME_LIMIT


STATUS = """From: MAILER-DAEMON
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

550 Something is wrong
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

{}
--x--
"""
GROUP = "Final-Recipient: rfc822; a@b{}.example\nAction: failed\nStatus: 5.0.0\n"
SERVER = "Remote-MTA: dns; mx{}.example [198.51.100.{}]\n"
OF_MANY = {
    "one reply beside many groups, each of a server of its own": STATUS.format(
        "\n".join(
            (GROUP + "Remote-MTA: dns; mx{}.example [198.51.100.{}]\n").format(n, n, n % 250)
            for n in range(300)
        )
    ),
    "one paragraph below many recipients": "From: MAILER-DAEMON\nReturn-Path: <>\nSubject: undeliverable\n\n"
    + "".join(f"<a@b{number}.example>\n" for number in range(300)),
    "one reply beside many groups": STATUS.format("\n".join(map(GROUP.format, range(300)))),
}


@pytest.mark.parametrize("why", OF_MANY)
def test_what_is_said_of_many_recipients_is_judged_once(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    def counted(text: str, *rest: Any, **named: Any) -> Naming | None:
        judged.append(text)
        return name_blocker(text, *rest, **named)

    monkeypatch.setattr("headertrace.bounces.judge.name_blocker", counted)
    bounce = read_bounce(OF_MANY[why])
    assert len({refusal.recipient for refusal in bounce.refusals}) == 300
    assert len(judged) < 20


def test_mime_that_cannot_be_split_is_read_flat() -> None:
    body = "--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 50 + "the end\n"
    parts = read_mime_parts(f"Content-Type: multipart/mixed; boundary=x\n\n{body}".encode()).parts
    assert [part.text for part in parts] == [body]


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\r", " \n"], ids=ascii)
def test_a_status_of_blank_lines_is_read_flat(blank: str) -> None:
    # Each of them would become a message: half a megabyte took nine seconds.
    body = "Final-Recipient: rfc822;a@b.example\nAction: failed\n" + blank * 20_000
    parts = read_mime_parts(f"Content-Type: message/delivery-status\n\n{body}".encode()).parts
    assert [part.text for part in parts] == [body]
    assert read_bounce(f"Content-Type: message/delivery-status\n\n{body}").is_bounce


@pytest.mark.parametrize(
    "charset", ["charset=punycode", "charset*=us-ascii''%70unycode", 'charset*0="puny"; charset*1="code"']
)
def test_a_slow_codec_is_no_charset(charset: str) -> None:
    raw = f"Content-Type: text/plain; {charset}\n\n".encode() + b"a" * 1000
    assert read_mime_parts(raw).parts[0].text == "a" * 1000


def test_what_a_codec_makes_of_a_text_can_be_written_again() -> None:
    header = b"Content-Type: text/rfc822-headers; charset=utf-7\n\nReceived: from PC+2AA- by b.example\n"
    bounce = read_bounce(b"From: MAILER-DAEMON\nSubject: Undelivered mail\n" + header)
    assert isinstance(bounce, Bounce)
    assert read_mime_parts(header).parts[0].text.encode().startswith(b"Received: from PC+2AA- by")


REPORT = """From: MAILER-DAEMON@mail.example.net
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net

Final-Recipient: rfc822; ann@example.org
Action: failed
Diagnostic-Code: smtp; 550 5.1.1 no such user

Final-Recipient: rfc822; bob@example.org
Action: {action}
Status: 2.0.0

--x--
"""


@pytest.mark.parametrize(
    ("action", "refused"),
    [
        ("relayed", ["ann@example.org"]),
        ("Delivered", ["ann@example.org"]),
        ("relayed (to non-DSN-aware mailer)", ["ann@example.org"]),
        ("expanded (to multi-recipient alias)", ["ann@example.org"]),
        ("delayed", ["ann@example.org", "bob@example.org"]),
    ],
    ids=[
        "one word, as RFC 3464, section 2.3.3, has it",
        "in any letter case",
        "sendmail says in a comment to whom",
        "and why there is no failure of an alias",
        "what waits is refused for now",
    ],
)
def test_who_was_delivered_to_is_not_refused(action: str, refused: list[str]) -> None:
    bounce = read_bounce(REPORT.format(action=action))
    assert [one.recipient for one in bounce.refusals] == refused


@pytest.mark.parametrize("file", ["systems.toml"])
def test_every_row_states_its_source(file: str) -> None:
    assert all(row.get("source") for row in rows(file, "system"))


def test_every_story_named_in_the_data_is_told() -> None:
    known = set(tomllib.loads((DATA / "explanations.toml").read_text()))
    named = {
        key
        for row in (*rows("systems.toml", "system"), *rows("causes.toml", "cause"))
        for key in row.get("explain", ())
    }
    assert named <= known


def test_every_cause_and_kind_in_the_data_is_one() -> None:
    for row in (*rows("systems.toml", "system"), *rows("causes.toml", "cause"), *rows("pairs.toml", "pair")):
        assert "cause" not in row or Cause(row["cause"])
        assert "kind" not in row or BlockerKind(row["kind"])


def test_the_phrases_are_in_lower_case_as_the_text_that_they_meet() -> None:
    tables = {
        "systems.toml": "system",
        "causes.toml": "cause",
        "dialects.toml": "dialect",
        "pairs.toml": "pair",
    }
    for file, table in tables.items():
        phrases = [
            phrase
            for row in rows(file, table)
            for key in ("says", "names", "words", "header", "who", "what")
            for phrase in row.get(key, ())
        ]
        assert [phrase for phrase in phrases if phrase != phrase.lower()] == []
