"""The fast path is invisible: it gives the very Hop that the rules read."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.message.section import read_section
from headertrace.received.fast import read_fast
from headertrace.received.hop import Hop
from headertrace.received.read import read_by_rules
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
        fast = read_fast(raw, text, read_by_rules)
    if fast is None:
        return []
    rules = read_by_rules(raw, text)
    return [name for name in ATTRIBUTES if getattr(fast, name) != getattr(rules, name)]


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
