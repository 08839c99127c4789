"""The client against servers that lose, lie, refuse and keep silent: one answer each, in bounded time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import dns.flags
import dns.rcode
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headertrace.lookups.answer import Answer, Outcome, Question, RecordType
from headertrace.lookups.client import DnsClient
from headertrace.lookups.dns import ask_for, read_answer
from headertrace.lookups.resolver import Resolver, read_resolver
from headertrace.lookups.window import WIDTH

from .scripted import Script, answer, honest, scripted, silent
from .servers import free_port

LISTED = Answer(Outcome.ANSWERED, ("127.0.0.2",), 300)
QUESTION = ask_for("2.0.0.127.list.example", RecordType.A)


def ask(*resolvers: str, count: int = 1, patience: float = 2.0, within: float = 10.0) -> list[Answer]:
    """Ask ``count`` different questions and return the answers."""

    async def run() -> list[Answer]:
        questions = [ask_for(f"{n}.list.example", RecordType.A) for n in range(count)]
        servers = [read_resolver(text) for text in resolvers]
        async with DnsClient(servers, patience=patience, within=within) as client:
            return [answer async for _, answer in client.ask_all(questions)]

    return asyncio.run(run())


def forged_id(query: bytes) -> bytes:
    good = answer(query, "@ 300 A 127.0.0.9")
    return bytes([good[0] ^ 0xFF]) + good[1:]


def forged_question(query: bytes) -> bytes:
    return answer(query, "@ 300 A 127.0.0.9").replace(b"\x04list", b"\x04lisp")


FORGERIES: dict[str, Callable[[bytes], bytes]] = {
    "an answer under another id": forged_id,
    "an answer to another question": forged_question,
    "the query itself, sent back": lambda query: query,
    "the beginning of a message": lambda query: query[:7],
    "an empty datagram": lambda _: b"",
    "no question in it": lambda query: query[:2] + b"\x81\x80" + bytes(8),
    "noise": lambda query: query[:2] + b"\xff" * 60,
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_forgery_is_ignored_and_the_true_answer_counts(forge: Callable[[bytes], bytes]) -> None:
    with scripted(lambda query: (forge(query), *honest(query))) as server:
        assert [found.records for found in ask(server.at)] == [("127.0.0.2",)]


UNKNOWN: tuple[tuple[str, Script, str], ...] = (
    ("records of another name", lambda query: (answer(query, "a.example. 3 A 127.0.0.2"),), "another name"),
    ("the server fails", lambda query: (answer(query, rcode=dns.rcode.SERVFAIL),), "SERVFAIL"),
    ("the server refuses", lambda query: (answer(query, rcode=dns.rcode.REFUSED),), "REFUSED"),
    ("the server does not understand", lambda query: (answer(query, rcode=dns.rcode.FORMERR),), "FORMERR"),
    ("the server only points to others", lambda query: (answer(query, flags=0),), "neither holds the zone"),
    ("'no such name' together with an address", lambda query: (contradiction(query),), "cannot be read"),
    ("an alias of itself", lambda query: (answer(query, "@ 3 CNAME 0.list.example."),), "cannot be read"),
    ("a record cut short", lambda query: (honest(query)[0][:-13],), "cannot be read"),
)  # fmt: skip


def contradiction(query: bytes) -> bytes:
    return answer(query, "@ 300 A 127.0.0.2", rcode=dns.rcode.NXDOMAIN)


@pytest.mark.parametrize(("why", "script", "reason"), UNKNOWN, ids=[why for why, *_ in UNKNOWN])
def test_unusable_answer_is_unknown_and_says_why(why: str, script: Script, reason: str) -> None:
    with scripted(script) as server:
        (found,) = ask(server.at)
    assert (found.outcome, found.records) == (Outcome.FAILED, ()), why
    assert reason in (found.reason or "")


def test_echo_in_another_case_is_the_same_question() -> None:
    with scripted(lambda query: (honest(query)[0].replace(b"\x04list", b"\x04LIST"),)) as server:
        assert ask(server.at)[0].records == ("127.0.0.2",)


def test_alias_is_followed_within_the_answer() -> None:
    records = ("@ 300 CNAME real.example.", "real.example. 60 A 127.0.0.2")
    with scripted(lambda query: (answer(query, *records),)) as server:
        (found,) = ask(server.at)
    assert (found.records, found.ttl) == (("127.0.0.2",), 60)


def test_silent_resolver_is_given_up_and_the_rest_not_waited_for() -> None:
    began = time.monotonic()
    with scripted(silent) as server:
        answers = ask(server.at, count=WIDTH * 3, patience=0.5)
    assert time.monotonic() - began < 5
    assert {found.outcome for found in answers} == {Outcome.FAILED}
    assert {found.reason for found in answers} == {"no answer within 0.5 s", f"{server.at} does not answer"}


def test_run_ends_in_its_time_whatever_is_left() -> None:
    began = time.monotonic()
    with scripted(silent) as server:
        answers = ask(server.at, count=500, patience=10, within=0.5)
    assert time.monotonic() - began < 5
    assert len(answers) == 500
    assert {found.reason for found in answers} <= {
        "the time for the whole run, 0.5 s, was up",
        f"{server.at} does not answer",
    }


def test_nobody_listening_is_noticed_without_waiting_for_every_question() -> None:
    began = time.monotonic()
    answers = ask(f"127.0.0.1:{free_port()}", count=1000, patience=10)
    assert time.monotonic() - began < 8
    assert len(answers) == 1000
    assert all("does not answer: Connection refused" in (found.reason or "") for found in answers)


def test_address_that_no_socket_takes_is_a_reason() -> None:
    (found,) = ask_at(Resolver("255.255.255.255"))
    assert (found.outcome, found.reason) == (
        Outcome.FAILED,
        "255.255.255.255:53 cannot be reached: Permission denied",
    )


def ask_at(resolver: Resolver) -> list[Answer]:
    async def run() -> list[Answer]:
        async with DnsClient([resolver], patience=0.5, within=2) as client:
            return [await client.ask(QUESTION)]

    return asyncio.run(run())


def test_no_resolver_at_all_is_a_reason() -> None:
    assert [found.reason for found in ask()] == ["no resolver is configured"]


def test_second_resolver_is_asked_when_the_first_fails() -> None:
    failing = scripted(lambda query: (answer(query, rcode=dns.rcode.SERVFAIL),))
    with failing as first, scripted(honest) as second:
        answers = ask(first.at, second.at, count=20)
    assert {found.resolver for found in answers} == {second.at}


def test_second_resolver_is_asked_when_the_first_is_silent() -> None:
    with scripted(silent) as first, scripted(honest) as second:
        assert {found.resolver for found in ask(first.at, second.at, count=20)} == {second.at}


def test_late_answer_to_the_first_sending_still_counts() -> None:
    seen: list[bytes] = []

    def late(query: bytes) -> Sequence[bytes]:
        seen.append(query)
        return honest(seen[0]) if len(seen) == 2 else ()

    with scripted(late) as server:
        assert ask(server.at)[0].records == ("127.0.0.2",)
    assert seen[0] == seen[1]


def test_known_answer_is_not_asked_for_again() -> None:
    async def run(at: str) -> list[Answer]:
        async with DnsClient([read_resolver(at)]) as client:
            return [await client.ask(QUESTION) for _ in range(5)]

    with scripted(honest) as server:
        answers = asyncio.run(run(server.at))
        assert len(server.queries) == 1
    assert answers == [answers[0]] * 5


def test_no_more_than_a_window_is_under_way() -> None:
    with scripted(silent) as server:
        ask(server.at, count=500, patience=10, within=0.3)
        asked = {query[2:] for query in server.queries}
    assert len(asked) == WIDTH


def test_ids_cannot_be_guessed_from_those_before() -> None:
    with scripted(honest) as server:
        ask(server.at, count=400)
        ids = [int.from_bytes(query[:2], "big") for query in server.queries]
    steps = {later - earlier for earlier, later in pairwise(ids)}
    assert len(set(ids)) > 380
    assert len(steps) > 380


def test_every_question_is_answered_when_all_answers_are_truncated() -> None:
    truncated = dns.flags.RA | dns.flags.TC
    with scripted(lambda query: (answer(query, flags=truncated),) * 2) as server:
        answers = ask(server.at, count=100, patience=1)
    assert len(answers) == 100
    assert all("no answer over TCP" in (found.reason or "") for found in answers)


@settings(deadline=None)
@given(st.binary(max_size=120), st.integers(0, 5))
def test_no_bytes_after_an_echoed_question_raise(tail: bytes, count: int) -> None:
    question = Question("list.example", RecordType.A, QUESTION.wire)
    header = b"\x00\x00\x81\x80\x00\x01" + count.to_bytes(2, "big") + b"\x00\x01\x00\x01"
    found = read_answer(header + question.wire + tail, question, "here")
    assert found is not None
    assert found.outcome in Outcome


@settings(deadline=None)
@given(st.data())
def test_no_mutation_of_an_answer_raises(data: st.DataObject) -> None:
    rdtype = data.draw(st.sampled_from(list(RecordType)))
    sample = {
        "A": "192.0.2.1",
        "AAAA": "2001:db8::1",
        "MX": "10 a.example.",
        "PTR": "a.example.",
        "TXT": '"x"',
    }
    question = ask_for("a.example", rdtype)
    query = b"\x00\x07\x01\x00\x00\x01" + bytes(6) + question.wire
    response = bytearray(answer(query, f"@ 300 {rdtype} {sample[rdtype]}"))
    for place in data.draw(st.lists(st.integers(12 + len(question.wire), len(response) - 1), max_size=6)):
        response[place] = data.draw(st.integers(0, 255))
    found = read_answer(bytes(response), question, "here")
    assert found is None or found.outcome in Outcome
