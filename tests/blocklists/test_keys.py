"""Keys of registered lists are shown nowhere."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headertrace.blocklists import redact, secrets_of

KEY = "abcdefgh12345678ijklmnop90"
HIDDEN = (
    (f"{KEY}.zen.dq.spamhaus.net", "<key>.zen.dq.spamhaus.net", "a zone"),
    (f"66.2.0.192.{KEY}.zen.dq.spamhaus.net.", "66.2.0.192.<key>.zen.dq.spamhaus.net.", "a name asked"),
    (f"{KEY.upper()}.ZEN.DQ.SPAMHAUS.NET", "<key>.ZEN.DQ.SPAMHAUS.NET", "in capitals"),
    (f"{KEY}.hbl.dq.spamhaus.net", "<key>.hbl.dq.spamhaus.net", "a product that the data does not name"),
    (f"{KEY}.black.mail.abusix.zone", "<key>.black.mail.abusix.zone", "Abusix"),
    (f"CNAME {KEY}.zen.dq.spamhaus.net; x", "CNAME <key>.zen.dq.spamhaus.net; x", "inside a sentence"),
    ("zen.dq.spamhaus.net", "zen.dq.spamhaus.net", "no key, nothing hidden"),
    ("2.0.0.127.zen.spamhaus.org", "2.0.0.127.zen.spamhaus.org", "a list without keys"),
)


@pytest.mark.parametrize(("text", "shown", "why"), HIDDEN, ids=[why for *_, why in HIDDEN])
def test_redact(text: str, shown: str, why: str) -> None:
    assert redact(text) == shown, why
    assert redact(redact(text)) == shown


def test_key_is_hidden_where_it_stands_alone_too() -> None:
    secrets = secrets_of(f"{KEY}.zen.dq.spamhaus.net")
    assert redact(f"key {KEY.upper()} is blocked", secrets) == "key <key> is blocked"


def test_label_that_looks_like_a_key_is_one_in_a_zone_that_nobody_knows() -> None:
    assert secrets_of(f"{KEY}.lists.example") == (KEY,)
    assert secrets_of("averyveryverylongwordwithoutdigits.lists.example") == ()
    assert secrets_of("dnsbl-3.uceprotect.net") == ()


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="ascii"), max_size=200))
def test_any_text_can_be_redacted(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_time_grows_with_the_length() -> None:
    def spent(times: int) -> float:
        text = "a-b.dq.spamhaus." * times
        began = time.process_time()
        redact(text)
        return time.process_time() - began

    short, long = min(spent(4_000) for _ in range(3)), min(spent(32_000) for _ in range(3))
    assert long < 25 * max(short, 1e-4)
