"""The filter behind a real Postfix, as docs/how-to-filter.md tells an administrator to set it up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.postfix import HOW_TO, Postfix, is_usable, running_postfix
from tests.data import FIXTURES

FORGED = b"x-headertrace: verdict=bounce;\r\n confidence=established\r\n"
NAT = (FIXTURES / "messages" / "spamhaus-nat.eml").read_bytes()
# The fields that the relay wrote before it handed the message over to us.
INNER = b"Received: from PC" + NAT.partition(b"Received: from PC")[2]
BODIES = {
    "a body that looks like a header": b"X-Headertrace: in the body\r\n.\r\n..dots\r\n",
    "a body of some megabytes": b"line\r\n" * 500_000,
    "a body of eight-bit bytes": bytes(range(128, 256)) + b"\r\n",
}


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    if not is_usable():
        pytest.skip(HOW_TO)
    with running_postfix() as server:
        yield server


def test_mail_arrives_judged(postfix: Postfix) -> None:
    """One server for all, as its start takes longest: each message is told by its body."""
    header = FORGED + INNER.partition(b"\n\n")[0].replace(b"\n", b"\r\n")
    for body in BODIES.values():
        postfix.send(header + b"\r\n\r\n" + body)
    found = postfix.delivered(len(BODIES))
    heads, bodies = zip(*(message.split(b"\n\n", 1) for message in found), strict=True)
    assert sorted(bodies) == sorted(body.replace(b"\r\n", b"\n") for body in BODIES.values())
    for head in heads:
        assert head.lower().count(b"x-headertrace:") == 1
        assert b"X-Headertrace: verdict=open-relay-nat; " in head
        assert b"confidence=established" not in head.partition(b"X-Headertrace:")[0]


def test_a_mail_with_nothing_to_judge_arrives(postfix: Postfix) -> None:
    before = len(list((postfix.home / "box" / "new").glob("*")))
    postfix.send(b"\r\nonly a body\r\n")
    found = postfix.delivered(before + 1)
    assert any(message.endswith(b"\n\nonly a body\n") and b"X-Headertrace: " in message for message in found)
