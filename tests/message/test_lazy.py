"""What is worked out when first asked for is one thing, whoever asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from headertrace.message.lazy import lazy

BOTH_AT_WORK = Barrier(2)


class Asked:
    @lazy
    def answer(self) -> object:
        BOTH_AT_WORK.wait(timeout=10)
        return object()


def test_threads_that_ask_at_once_get_the_same() -> None:
    asked = Asked()
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(lambda _: asked.answer, range(2))
    assert one is other is asked.answer
