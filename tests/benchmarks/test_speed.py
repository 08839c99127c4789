"""Reading costs less than splitting the header, judging no more."""

from __future__ import annotations

from collections.abc import Callable
from email.parser import BytesHeaderParser

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from headertrace import examine, read_hop, read_trace
from headertrace.message.section import read_section
from tests.benchmarks.measure import Work, best_seconds
from tests.benchmarks.messages import count_received, made, sample
from tests.data import needs_corpora

ROUNDS = 9


def split(message: bytes) -> object:
    return BytesHeaderParser().parsebytes(message).get_all("Received")


def judge(message: bytes) -> object:
    return examine(read_trace(message))


def every(read: Callable[[bytes], object], messages: tuple[bytes, ...]) -> Work:
    def work() -> None:
        for message in messages:
            read(message)

    return work


FIELDS = tuple(field for message in sample(200) for field in read_section(message).values("received"))
STEPS = {"field": read_hop, "header-split": split, "chain": read_trace, "verdict": judge}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.benchmark(max_time=0.5, min_rounds=3, disable_gc=False)
def test_step(benchmark: BenchmarkFixture, step: str) -> None:
    benchmark(every(STEPS[step], FIELDS if step == "field" else sample(200)))


@needs_corpora
@pytest.mark.slow
def test_floors_beside_the_standard_library() -> None:
    messages = sample(1000)
    best = best_seconds({name: every(STEPS[name], messages) for name in list(STEPS)[1:]}, ROUNDS)
    assert best["header-split"] / best["chain"] >= 1.5
    assert best["header-split"] / best["verdict"] >= 1.0
    assert count_received(messages) / best["chain"] >= 50_000


@needs_corpora
@pytest.mark.slow
def test_floor_beside_mail_parser() -> None:
    import mailparser

    messages = sample(200)

    def parse(message: bytes) -> object:
        return mailparser.parse_from_bytes(message).received

    best = best_seconds({"mail-parser": every(parse, messages), "verdict": every(judge, messages)}, ROUNDS)
    assert best["mail-parser"] / best["verdict"] >= 10


def test_cost_grows_with_the_hops_and_no_faster() -> None:
    few, many = made(1, hops=40), made(1, hops=400)
    best = best_seconds({"few": lambda: judge(few), "many": lambda: judge(many)}, rounds=15)
    assert best["many"] <= 2.5 * 10 * best["few"]
