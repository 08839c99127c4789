"""The fast path is invisible: it gives the very Hop that the rules read."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.message.section import read_section
from headertrace.received import fast
from headertrace.received.families import FAMILIES
from headertrace.received.hop import Hop
from headertrace.received.read import read_by_rules
from headertrace.received.shape import SHAPE
from tests.data import header_sections, needs_corpora

ATTRIBUTES = [field.name for field in fields(Hop)]
CORPORA = {
    "bounce_sisimai": 3,
    "ml_01org": 60,
    "ml_driverdev": 120,
    "ml_infradead": 40,
    "ml_openwrt_misc": 60,
    "ml_sourceforge": 120,
    "phishing_pot": 15,
    "relay_abuse": 1,
    "spamassassin_public": 15,
    "spamassassin_testdata": 1,
}


def differences(raw: bytes) -> list[str]:
    """The attributes in which the fast path and the rules disagree; none where the fast path declines."""
    text = raw.decode("latin-1")
    for _ in range(2):  # the first reading may only make the plan
        hop = fast.read_fast(raw, text, read_by_rules)
    if hop is None:
        return []
    rules = read_by_rules(raw, text)
    return [name for name in ATTRIBUTES if getattr(hop, name) != getattr(rules, name)]


PROCESSES = [words for family in FAMILIES for words in family.network if words.startswith("from ")]


@given(text=st.sampled_from(PROCESSES).flatmap(lambda words: st.from_regex(f"(?i:{words})", fullmatch=True)))
def test_a_process_of_the_server_itself_is_for_the_rules(text: str) -> None:
    assert not SHAPE.match(f"{text} by mx.example; 1 Jan 2024 00:00:00 +0000")


@needs_corpora
@pytest.mark.parametrize("name", CORPORA)
def test_same_hop_over_a_corpus(name: str) -> None:
    for section in header_sections(name, CORPORA[name]):
        for value in read_section(section).values("received"):
            assert not differences(value), value


@needs_corpora
@pytest.mark.slow
@pytest.mark.parametrize("name", CORPORA)
def test_same_hop_over_the_whole_corpus(name: str) -> None:
    for section in header_sections(name):
        for value in read_section(section).values("received"):
            assert not differences(value), value


WORDS = st.sampled_from(
    """
    mail.example | unknown | Unknown | localhost | 192.0.2.7 | [192.0.2.7] | ::1
    TLS1.2 | xxxx.example | PC-1
    softdnserr | [IPv6:2001:db8::1] | 999.1.1.1 | (Postfix) | (8.17.1/8.17.1) | (Exim 4.96) | (192.0.2.1) | id
    (mail.example [192.0.2.9]) | (unknown [198.51.100.2]) | ([198.51.100.2] unverified) | (may be forged)
    (HELO a) (192.0.2.3)
    (HELO a) ([192.0.2.3]) | (helo=b) | ([192.0.2.4]:25 helo=[10.0.0.1]) | (a@[192.0.2.5])
    (using TLSv1.2 with cipher AES-SHA (256/256 bits))
    from | by | with | ESMTP | ESMTPSA | HTTP | for | via
    Microsoft SMTP Server | Microsoft SMTPSVC(6.0.3790.4675) | mapi | <a@b.example> | c@d.example | ;
    (envelope-from <e@f.example>) | 1pABCD-000123-Xy | <0abc@mail.example> | via Frontend Transport | xxxxxx
    Mon, 1 Jan 2024 00:00:00 +0000 | 1 Jan 2024 00:00:00 -0000 | Tue, 31 Feb 2024 00:00:00 +0100 (CET)
    (user@localhost) | (IDENT:u@[192.0.2.3]) | (u@192.0.2.3) | (port=1 helo=b) | (port=7)
    (unknown) | (unverified) | (envelope-sender <g@h.example>) | (envelope-from <>)
    (192.0.2.4 [192.0.2.5]) | (a=b@192.0.2.9) | ([192.0.2.6]:25 helo=h ident=i)
    (helo=a@b.example) | x.x.x | xxx@mail.example | (xxx@[192.0.2.3]) | 2001:db8::5 | u@h.example
    SpoolDir | (Mercury 1.47) | SMTPs | Internet Mail Service | via HTTP | (999.1.1.1)
    (999.1.1.1 [192.0.2.5]) | -0700 (PDT) | a\x1cb | 2024-01-01 00:00:00.5 +0000 UTC m=+1.5
    Mon, 1 Jan 2024 00:00:00.25 +0000 (UTC) | Jan, 1 2024 9:00:00 PM +0100
    (x; 1 Jan 2024 00:00:00 +0000) | (EHLO a) (192.0.2.3) | (HELO a)(192.0.2.3) | (/192.0.2.9) | (h [local])
    (unknown [local]) | x.example. | x.. | ?IPv6:2001:db8::1? | ?192.0.2.7? | Forcepoint Email | (MET DST)
    IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted | from <e@f.example>
    with STARTTLS | (h.example [local]) | by Forcepoint
    """.replace("\n    ", " | ")
    .strip(" |")
    .split(" | ")
)
FIELDS = st.builds(
    "from {} {} by {} {} with {} {} id {} for {}{} {}".format,
    WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, st.sampled_from([";", ""]), WORDS,
)  # fmt: skip


@given(st.one_of(FIELDS, st.lists(WORDS, max_size=14).map(" ".join)))
def test_same_hop_for_words_in_any_order(field: str) -> None:
    assert not differences(field.encode())


def one_of(words: str) -> st.SearchStrategy[str]:
    """One of the words between the bars; nothing stands between two bars."""
    return st.sampled_from([word.strip() for word in words.split("|")])


NAMES = one_of(
    """mail.example | unknown | Unknown | PC-1 | 192.0.2.7 | 999.1.1.1 | [192.0.2.7] | u@h.example
    | SpoolDir | x-1 | mail.example. | x.. | ?IPv6:2001:db8::1? | ?192.0.2.9? | unknown."""
)
PEERS = one_of(
    """ | (mail.example [192.0.2.9]) | (unknown [192.0.2.9]) | (a. [192.0.2.9]:25 helo=b ident=c)
    | (u@a [192.0.2.9]) | ([192.0.2.9] unverified) | ([999.1.1.1]) | (192.0.2.8 [192.0.2.9])
    | (999.1.1.1 [192.0.2.9]) | (u@[192.0.2.9]) | (IDENT:u@[192.0.2.9]) | (HELO h) (u@192.0.2.9)
    | (HELO [192.0.2.1]) ([192.0.2.9]) | (helo=h) | (port=1 helo=h) | (port=1) | (192.0.2.9)
    | (u@192.0.2.9) | (u@a.example) | (unknown) | (localhost) | (unverified) | [192.0.2.9]
    | (TLS1.2 [192.0.2.9]) (using TLSv1.2 with cipher AES-SHA (256/256 bits)) | (2001:db8::9)
    | named unknown | (EHLO h) (192.0.2.9) | (HELO h)([192.0.2.9]) | (/192.0.2.9) | (h.example [local])
    | (unknown [local]) | (a [local]) | (mail.example [::ffff:192.0.2.9]) | ([::FFFF:10.0.0.1])"""
)
SERVERS = one_of(
    """mx.example | mx.example (Postfix) | mx.example (192.0.2.2) | mx.example (mx [999.1.1.1])
    | mx.example (ecelerity 4.8.0.1 r(a)) | 2001:db8::2 | 192.0.2.2
    | mail.google.com | a.prod.outlook.com | mx.example (8.17.1/8.17.1)
    | mx.example (Mercury 1.47) | 999.1.1.1 | Forcepoint Email | Forcepoint | mx.example."""
)
PROTOCOLS = one_of(
    """ | with ESMTPSA | with smtp (Exim 4.96) | with HTTP | with SMTPs
    | with Microsoft SMTP Server (TLS) | via HTTP | with local (Exim 4.96) | with LOCAL | with REST
    | with ESMTP with STARTTLS (version=TLS1_2, cipher=AES-SHA) | with ESMTP with STARTTLS
    | with IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted"""
)
IDS = one_of(
    """ | id 1pABCD-000123-Xy | id <0abc@mail.example> | id 15.20.1.2 | (envelope-from <>)
    | id 1 (envelope-from <e@f.example>) | ID 5498d | Id 5498d"""
)
ENDS = one_of(
    """ | for <c@d.example> | for c@d.example (x) | for unknown | for x@x.x
    | (envelope-from <e@f.example>) | for <c@d.example> from <e@f.example> | for <c@d.example> from <>"""
)
DATES = one_of(
    """Mon, 1 Jan 2024 00:00:00 +0000 | 1 Jan 2024 00:00:00 -0000
    | Mon, 1 Jan 2024 00:00:00 +0000 (UTC) | 31 Feb 2024 00:00:00 -0700 (PDT)
    | 1 Jan 2024 00:00:00 GMT | 1 Jan 2024 00:00:00 +0100 (envelope-from a@b.example)
    | Jan, 1 2024 9:00:00 PM +0100 | 2024-01-01 00:00:00.5 +0000 UTC m=+1.5
    | 1 Jan 2024 00:00:00.25 +0000 | Mon, 1 Jan 2024 00:00:00 +0200 (MET DST)"""
)
STAMPS = st.builds(
    "from {} {} by {} {} {} {}{} {}".format,
    NAMES, PEERS, SERVERS, PROTOCOLS, IDS, ENDS, st.sampled_from([";", ";", ""]), DATES,
)  # fmt: skip


@given(STAMPS)
def test_same_hop_for_parts_in_their_order(field: str) -> None:
    assert not differences(field.encode())


GATEWAY = "with IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted"
# A field with and without a part, in either order: what the first teaches may not hide the second's sender.
APART = {
    "a gateway that names no recipient": (
        f"from a.example by b.example {GATEWAY}",
        f"from a.example by b.example {GATEWAY} for <c@d.example> from <e@f.example>",
    ),
    "a gateway that names no client": (
        f"by b.example {GATEWAY}",
        f"by b.example {GATEWAY} for <c@d.example> from <e@f.example>",
    ),
}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("why", APART)
def test_one_make_is_not_taken_for_another(why: str, order: int) -> None:
    fast._plans.clear()
    for field in APART[why][::order]:
        assert not differences(f"{field}; Mon, 1 Jan 2024 00:00:00 +0000".encode())


LONE_NOTES = {
    "qmail's own process": "(qmail 123 invoked by uid 7)",
    "nullmailer's": "(nullmailer pid 123 invoked by uid 7)",
    "a list manager": "(majordomo.mail.example)",
    "a client wrapped into the note": "(from h.example [192.0.2.1])",
    "a local sender": "(from u@h.example)",
}


@pytest.mark.parametrize("day", ["", "Mon, "])
@pytest.mark.parametrize("note", LONE_NOTES.values(), ids=LONE_NOTES)
def test_same_hop_for_a_note_alone(note: str, day: str) -> None:
    assert not differences(f"{note}; {day}1 Jan 2024 00:00:00 -0000".encode())


# What else may stand where a value stands: keywords, names that are none, the machine's own address.
ADDRESSES = [
    *("192.0.2.9", "127.0.0.1", "10.0.0.1", "0.0.0.0", "255.255.255.255", "999.1.1.1", "1.2.3"),
    *("::1", "::ffff:192.0.2.9", "::FFFF:127.0.0.1"),
]
HOSTS = [
    *("mail.example", "x.example.", "a", "unknown", "Localhost", "no.name.available", "NODNSQUERY"),
    *("from", "By", "verified", "helo", "xxx.xxx"),
    *("mx.google.com", "smtp.mail.yahoo.com", "h.prod.outlook.com", "192.0.2.9"),
]
MAILBOXES = ["u@h.example", "u", "by", "For", "", "x@x.x", "recipients", "12-34"]
NOTES = [
    *(
        " (Postfix)",
        " (8.11.6/8.11.6)",
        "\n (Exim 4.90 #1)",
        " (Unknown Words)",
        " (Postfix, from userid 7)",
        "",
    ),
    *(" (using TLSv1.3 with cipher TLS_AES_128 (128/128 bits))", " (TLSv1.3:AES-SHA:128) (Exim 4.90)"),
    *(" (version=TLS1_3, cipher=TLS_AES_256)", " (version=TLS1_3 cipher=B-SHA bits=128/256)", " (TLS)"),
    *(" (authenticated bits=0)", " (Authenticated sender: u@h.example)", " (user=u mech=LOGIN)", " (HELO a)"),
    *(" (No client certificate requested)", " (123)", " (mx [192.0.2.3])", " (envelope-from <e@f.example>)"),
]
EXCHANGED = {
    **dict.fromkeys(("ip", "ip_again", "ip0", "bare", "ip2", "ip3", "ip4", "literal", "by_ip"), ADDRESSES),
    **dict.fromkeys(("rdns", "helo", "helo2", "helo3", "by", "local_name"), HOSTS),
    **dict.fromkeys(("ident", "ident2", "ident3", "ident4", "ident5", "for"), MAILBOXES),
    **dict.fromkeys(("path", "path3", "late_from"), MAILBOXES),
    "from_name": [*HOSTS, "[192.0.2.9]", "[127.0.0.1]", "u@h.example"],
    "id": ["1pABCD-000123-Xy", "4F8B21C0E", "for", "With", "<a@b.example>", "xxxxxx"],
    **dict.fromkeys(("by_notes", "with_notes", "id_notes", "tail", "client"), NOTES),
    "with": ["ESMTPSA", "esmtp", "HTTP", "LOCAL", "Microsoft SMTPSVC(6.0.1)", "Microsoft\n SMTP Server"],
    "lead": ["(from u@h.example) ", "(from [192.0.2.3]) ", "(u 1 invoked by uid 2) "],
    "port": ["0", "65535", "99999"],
    "offset": ["+0000", "-0000"],
}


def unlearnt(field: str) -> list[str]:
    """The field with a value or a note exchanged for another one, where the rules read that otherwise than
    it is read once the field itself was.
    """
    match = SHAPE.match(field)
    places = [(match.span(name), name) for name in EXCHANGED if match[name] is not None] if match else []
    others = [
        field[:start] + value + field[end:] for (start, end), name in places for value in EXCHANGED[name]
    ]
    fast._plans.clear()
    differences(field.encode("latin-1"))
    return [other for other in others if differences(other.encode("latin-1"))]


@given(STAMPS)
def test_a_field_teaches_nothing_that_other_values_belie(field: str) -> None:
    assert not unlearnt(field)


@needs_corpora
@pytest.mark.slow
@pytest.mark.parametrize("name", CORPORA)
def test_real_fields_teach_nothing_that_other_values_belie(name: str) -> None:
    for section in header_sections(name, 4 * CORPORA[name]):
        for value in read_section(section).values("received"):
            assert not unlearnt(value.decode("latin-1"))
