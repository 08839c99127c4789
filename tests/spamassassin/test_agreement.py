"""The relay strings are those of Debian's SpamAssassin, but for what docs/spamassassin.md explains."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import headertrace as ht
from headertrace.reports.spamassassin import relay_fields, relay_string, relay_strings
from tests.data import FIXTURES, header_sections, needs_corpora
from tests.spamassassin.differences import Tally, compare
from tests.spamassassin.oracle import HOW_TO, VIEWS, ask, is_installed

PAGE = (Path(__file__).parents[2] / "docs" / "spamassassin.md").read_text("utf-8")
needs_spamassassin = pytest.mark.skipif(not is_installed(), reason=HOW_TO)
LAB = sorted((FIXTURES / "messages" / "lab").rglob("*.eml"))
# Every n-th message, so that the whole takes seconds.
SAMPLE = {
    "spamassassin_public": 60,
    "spamassassin_testdata": 1,
    "phishing_pot": 40,
    "relay_abuse": 1,
    "ml_sourceforge": 200,
    "ml_driverdev": 200,
    "ml_openwrt_misc": 150,
    "ml_infradead": 100,
    "ml_01org": 150,
}
NETWORKS: dict[str, tuple[dict[str, list[str]], list[str]]] = {
    "trusted alone": (
        {"trusted": ["192.0.2.0/24"]},
        ["trusted_networks 192.0.2.0/24"],
    ),
    "internal alone": (
        {"internal": ["192.0.2.0/24", "192.168/16"]},
        ["internal_networks 192.0.2.0/24 192.168/16"],
    ),
    "an exception before the network that holds it": (
        {"trusted": ["!192.0.2.25", "192.0.2.0/24"]},
        ["trusted_networks !192.0.2.25 192.0.2.0/24"],
    ),
    "internal within trusted": (
        {"trusted": ["192.0.2.0/24", "192.168.0.0/16", "203.0.113.0/24"], "internal": ["192.0.2.0/24"]},
        ["trusted_networks 192.0.2.0/24 192.168.0.0/16 203.0.113.0/24", "internal_networks 192.0.2.0/24"],
    ),
    "a submission server": (
        {"trusted": ["192.0.2.0/24"], "submission": ["192.0.2.25"]},
        ["trusted_networks 192.0.2.0/24", "msa_networks 192.0.2.25"],
    ),
}


@needs_spamassassin
@pytest.mark.parametrize("networks", NETWORKS)
def test_our_networks_give_the_same_views(networks: str) -> None:
    admd, settings = NETWORKS[networks]
    messages = [path.read_bytes() for path in LAB[::3]]
    for message, answer in zip(messages, ask(messages, *settings), strict=True):
        ours = relay_strings(ht.read_trace(message, ht.Admd(**admd)))
        for view in VIEWS:
            assert nameless(getattr(ours, view)) == nameless(answer.strings[view])


def nameless(strings: str) -> str:
    """Return the strings without rdns: SpamAssassin prints OpenSMTPD's `<unknown>` as if it were a name."""
    return re.sub(r"rdns=\S*", "rdns=", strings)


@needs_spamassassin
def test_every_field_of_the_fixtures_is_the_same_or_of_a_known_kind() -> None:
    rows = [
        row["field"].encode("latin-1", "replace")
        for path in sorted((FIXTURES / "received").glob("*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["case"]
    ]
    # A field of a line without a colon, or of none, would not be one for SpamAssassin.
    messages = [b"Received: " + row.strip() + b"\n\n" for row in rows if row.strip() and b"\n" not in row]
    tally = compare(messages, ask(messages))
    assert tally.messages > 300
    assert explained(tally)


@needs_spamassassin
@needs_corpora
def test_messages_of_the_world_agree() -> None:
    messages = [message for name, every in SAMPLE.items() for message in header_sections(name, every)]
    tally = compare(messages, ask(messages))
    told = "\n".join(tally.lines())
    assert tally.equal >= 0.95 * tally.messages, told
    assert min(tally.views["trusted"], tally.views["internal"]) >= 0.999 * tally.messages, told
    assert tally.equal_hops >= 0.99 * tally.hops, told
    assert sum(n for kind, n in tally.kinds.items() if kind.startswith("hop:")) <= 0.005 * tally.fields, told
    assert explained(tally), told


def explained(tally: Tally) -> bool:
    """Return whether the page has a row for every kind of difference that was met."""
    return set(tally.kinds) <= set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.M))


FIELD = "from {helo} ({rdns} [192.0.2.1]) by mx.example.net (Postfix) with SMTP id 4XyZ; 1 Jan 2024 03:04 UTC"


def test_a_relay_is_printed_in_brackets() -> None:
    said = relay_string(ht.read_hop(FIELD.format(helo="a", rdns="b.example")), internal=True, submission=True)
    names = "ip=192.0.2.1 rdns=b.example helo=a by=mx.example.net"
    assert said == f"[ {names} ident= envfrom= intl=1 id=4XyZ auth= msa=1 ]"


@pytest.mark.parametrize("helo", ["[192.168.1.1]", "x|y", "a#b", "<evil>"])
def test_a_greeting_cannot_end_its_relay(helo: str) -> None:
    said = relay_string(ht.read_hop(FIELD.format(helo=helo, rdns="unknown")))
    assert said.count("[") == said.count("]") == 1
    assert f"helo={re.sub('[][<>|#]', '!', helo)} " in said


def test_the_newest_relay_comes_first_and_the_views_divide_them() -> None:
    raw = (FIXTURES / "messages" / "spamhaus-nat.eml").read_bytes()
    inferred = relay_strings(ht.read_trace(raw))
    assert inferred.trusted == ""
    assert re.findall(r"ip=(\S+)", inferred.untrusted) == ["198.51.100.25", "192.168.1.1"]
    ours = relay_strings(ht.read_trace(raw, ht.Admd(trusted=["198.51.100.25"])))
    assert re.findall(r"ip=(\S+)", ours.trusted) == ["198.51.100.25"]
    assert re.findall(r"ip=(\S+)", ours.untrusted) == ["192.168.1.1"]


@pytest.mark.parametrize(
    ("note", "auth"),
    [
        ("(Authenticated sender: ann) by mx.example.net (Postfix) with ESMTP", "Postfix"),
        ("(authenticated bits=0) by mx.example.net (8.15.2/8.15.2) with ESMTP", "Sendmail"),
        ("by mx.example.net (Postfix) with ESMTPSA", "ESMTPSA"),
        ("by mx.example.net (Postfix) with ESMTPS", ""),
    ],
)
@needs_spamassassin
def test_a_login_is_named_as_spamassassin_names_it(note: str, auth: str) -> None:
    field = f"from a (b.example [192.0.2.1]) {note} id u8PDq1Zk012345; Tue, 2 Jan 2024 03:04:05 +0100"
    (answer,) = ask([b"Received: " + field.encode() + b"\n\n"])
    assert relay_string(ht.read_hop(field)) == answer.fields[0]
    assert f" auth={auth} " in (answer.fields[0] or "")


@needs_spamassassin
def test_of_an_originating_field_the_address_alone_is_told() -> None:
    raw = b"Received: " + FIELD.format(helo="a", rdns="b.example").encode() + b"\n"
    name = b"X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp"
    raw += name + b": TenantId=1;Ip=[192.0.2.7];Helo=[x]\n\n"
    (answer,) = ask([raw])
    assert relay_strings(ht.read_trace(raw)).untrusted == answer.strings["untrusted"]
    assert "[ ip=192.0.2.7 rdns= helo= by= " in answer.strings["untrusted"]


HOP = "Received: from a.example (a.example [{}]) by mx.example.net (Postfix) with ESMTP id 4XyZ\n"
FETCHED = "Received: from pop.example [192.0.2.9] by home.example with POP3 (fetchmail-6.4.37)\n"
SCANNED = (
    "Received: from {} by mx.example.net (envelope-from <ann@example.org>, uid 502) with qmail-scanner-1.24"
    " (Clear:RC:0(192.0.2.9):. Processed in 0.1 secs); 6 Jan 2025 10:00:00 -0000\n"
)
COMPOSED: dict[str, tuple[str, dict[str, list[str]]]] = {
    "an IPv6 address of an originating field is spelt as there": (
        HOP.format("192.0.2.1") + "X-Originating-IP: [2001:DB8:0:0:0:0:0:9]\n",
        {},
    ),
    "an originating field behind a submission server": (
        HOP.format("192.0.2.25") + "X-Originating-IP: 203.0.113.9\n",
        {"trusted": ["192.0.2.0/24"], "submission": ["192.0.2.25"]},
    ),
    "an originating address that is itself a submission server's": (
        HOP.format("192.0.2.1") + "X-Originating-IP: 192.0.2.25\n",
        {"trusted": ["192.0.2.0/24"], "submission": ["192.0.2.25"]},
    ),
    "a submission server above a fetched mailbox: nothing older is one": (
        HOP.format("192.0.2.25") + FETCHED + HOP.format("192.0.2.26") + HOP.format("203.0.113.9"),
        {"trusted": ["192.0.2.0/24"], "submission": ["192.0.2.25", "192.0.2.26"]},
    ),
    "of two submission servers the newer is the one": (
        HOP.format("192.0.2.25") + HOP.format("192.0.2.26"),
        {"trusted": ["192.0.2.0/24"], "submission": ["192.0.2.25", "192.0.2.26"]},
    ),
    "a submission server below the border is none": (
        HOP.format("203.0.113.9") + HOP.format("192.0.2.25"),
        {"trusted": ["192.0.2.0/24"], "submission": ["192.0.2.25"]},
    ),
    "what qmail-scanner tells of the sender belongs to the hop below it": (
        SCANNED.format("203.0.113.9") + HOP.format("203.0.113.9") + HOP.format("203.0.113.8"),
        {},
    ),
    "only to the hop next to it": (
        SCANNED.format("203.0.113.9")
        + "Received: by mx.example.net with local\n"
        + HOP.format("203.0.113.9"),
        {},
    ),
    "a sender that the hop itself tells gives way to it": (
        SCANNED.format("203.0.113.9")
        + HOP.format("203.0.113.9").replace("ESMTP id", "ESMTPA (envelope-from bob@example.com) id"),
        {},
    ),
    "trust begins anew below a fetched mailbox": (
        HOP.format("127.0.0.1") + FETCHED + HOP.format("10.0.0.1") + HOP.format("203.0.113.9"),
        {},
    ),
    "external above a fetched mailbox, external below it": (
        HOP.format("198.51.100.1") + FETCHED + HOP.format("192.0.2.1"),
        {"trusted": ["192.0.2.0/24", "198.51.100.0/24"], "internal": ["192.0.2.0/24"]},
    ),
}
SETTINGS = {"trusted": "trusted_networks", "internal": "internal_networks", "submission": "msa_networks"}


@needs_spamassassin
@pytest.mark.parametrize(("header", "networks"), COMPOSED.values(), ids=COMPOSED)
def test_hops_beside_each_other_are_told_alike(header: str, networks: dict[str, list[str]]) -> None:
    raw = header.encode() + b"\n"
    (answer,) = ask([raw], *(f"{SETTINGS[name]} {' '.join(value)}" for name, value in networks.items()))
    ours = relay_strings(ht.read_trace(raw, ht.Admd(**networks)))
    assert {view: getattr(ours, view) for view in VIEWS} == answer.strings


def test_nothing_in_the_fields_commands_a_terminal() -> None:
    raw = b"Received: from \x1b[2Jx\xff ([192.0.2.1]) by mx.example.net (Postfix) with ESMTP id 1;\n Tue\n\n"
    shown = relay_fields(ht.read_trace(raw))
    assert shown.count("\n") == 3
    assert "\x1b" not in shown
