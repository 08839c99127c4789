"""What a refusal means where it brings words alone: no status, no list, no system."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from headertrace.bounces import read_bounce

FIXTURES = Path(__file__).parents[2] / "fixtures/bounces"
CASES = tomllib.loads((FIXTURES / "plain-words.toml").read_text())["case"]
EVERY = [(case["cause"], text) for case in CASES for text in case["says"]]


@pytest.mark.parametrize(("cause", "text"), EVERY, ids=[text for _, text in EVERY])
def test_the_words_tell_the_cause(cause: str, text: str) -> None:
    (refusal,) = read_bounce(text).refusals
    assert (refusal.cause, refusal.listed) == (cause, cause == "local-block")


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("550 5.1.1 unknown user <user@example.org>", "user@example.org"),
        ("550 5.1.1 <user@example.org>: Recipient address rejected: none", "user@example.org"),
        ("550 5.1.1 <user@example.org>... User unknown", "user@example.org"),
        ("550 5.7.1 <sender@example.net>: Sender address rejected: Access denied", None),
        ("550-Verification failed for <sender@example.net>", None),
        ("554 5.7.1 You are blocked. Forward this to <abuse@example.org>", None),
    ],
    ids=["a user", "Postfix", "sendmail", "the sender", "the sender, asked back", "where to complain"],
)
def test_a_reply_alone_tells_its_recipient_only_as_one(text: str, recipient: str | None) -> None:
    (refusal,) = read_bounce(text).refusals
    assert refusal.recipient == recipient
