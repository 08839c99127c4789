"""What the way alone settles is what the judge would have said."""

from __future__ import annotations

from pathlib import Path

import pytest

from headertrace.signatures.chain import read_chain
from headertrace.signatures.scene import read_fields, read_scene, read_way
from headertrace.trace.trace import read_trace
from headertrace.verdict.examine import examine
from headertrace.verdict.judge import judge
from headertrace.verdict.observe import observe
from headertrace.verdict.triage import settled
from headertrace.verdict.weights import load_weights

from ..data import FIXTURES, header_sections, needs_corpora

MESSAGES = sorted((FIXTURES / "messages").rglob("*.eml"))


def agree(raw: bytes) -> bool:
    """Whether the short way and the long way give one answer about misuse."""
    trace = read_trace(raw)
    scene = read_scene(trace)
    return examine(trace).misuse == judge(scene.traits, observe(scene).hits, load_weights()).misuse


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_the_fixtures_are_settled_as_they_are_judged(path: Path) -> None:
    assert agree(path.read_bytes())


@needs_corpora
@pytest.mark.parametrize("corpus", ["relay_abuse", "spamassassin_public", "phishing_pot", "ml_01org"])
def test_real_mail_is_settled_as_it_is_judged(corpus: str) -> None:
    every = 1 if corpus == "relay_abuse" else 40
    assert all(agree(raw) for raw in header_sections(corpus, every))


ANSWER = b"""Received: from mail.corp.example (mail.corp.example [192.0.2.25])
 by mx.victim.example (Postfix) with ESMTPS id 5F6A7B8C9D; Tue, 2 Jan 2024 10:00:00 +0100 (CET)
Received: from mail2.corp.example (mail2.corp.example [192.168.1.10])
 by mail.corp.example (Postfix) with ESMTP id 4A1B2C3D4E; Tue, 2 Jan 2024 10:00:00 +0100 (CET)
From: Ann <ann@corp.example>
To: bob@victim.example
In-Reply-To: <c3@victim.example>

"""


def test_an_answer_from_an_inner_server_is_settled_by_its_way() -> None:
    trace = read_trace(ANSWER)
    assert settled(read_way(read_chain(trace)), read_fields(trace), load_weights()) is not None


def test_a_letter_to_nobody_is_not() -> None:
    raw = ANSWER.replace(b"In-Reply-To", b"X-Other").replace(b"To: bob@victim.example\n", b"")
    trace = read_trace(raw)
    assert settled(read_way(read_chain(trace)), read_fields(trace), load_weights()) is None


TERSE = b"""Received: from mail.corp.example (mail.corp.example [192.0.2.25])
 by mx.victim.example (Postfix) with ESMTPS id 5F6A7B8C9D; Tue, 2 Jan 2024 10:00:00 +0100 (CET)
Received: from mail.partner.example ([198.51.100.10])
 by mail.corp.example with ESMTP id 77; Tue, 2 Jan 2024 10:00:00 +0100
From: Ann <ann@corp.example>
To: bob@victim.example
In-Reply-To: <c3@victim.example>
Subject: Re: minutes
Date: Tue, 2 Jan 2024 10:00:00 +0100

"""
WRITERS = [
    (b"corp.example", True, "of the relay's house"),
    (b"third.example", True, "of neither house"),
    (b"partner.example", False, "of the client's house, which speaks for no way"),
]


@pytest.mark.parametrize(("house", "known", "why"), WRITERS, ids=[why for *_, why in WRITERS])
def test_the_writer_settles_it_where_the_server_tells_nothing_of_logins(
    house: bytes, known: bool, why: str
) -> None:
    raw = TERSE.replace(b"ann@corp.example", b"ann@" + house)
    trace = read_trace(raw)
    found = settled(read_way(read_chain(trace)), read_fields(trace), load_weights())
    assert (found is not None) is known, why
    assert agree(raw), why
