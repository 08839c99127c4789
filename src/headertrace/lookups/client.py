"""Many questions to the DNS at a time, each with one answer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from functools import partial
from itertools import islice
from types import TracebackType
from typing import TypeVar

from headertrace.lookups.answer import Answer, Question
from headertrace.lookups.cache import AnswerCache
from headertrace.lookups.resolver import Resolver
from headertrace.lookups.window import PATIENCE, RUN, WIDTH, Done, Window

Asked = TypeVar("Asked", bound=Question)


class DnsClient:
    """Asks resolvers, remembers answers; an async context manager, used within one event loop.

    ``patience`` is for one question, ``within`` for everything that is asked; both in seconds.
    """

    def __init__(
        self,
        resolvers: Sequence[Resolver],
        *,
        patience: float = PATIENCE,
        within: float = RUN,
        cache: AnswerCache | None = None,
    ) -> None:
        self._window = Window(resolvers, patience, within)
        self._cache = AnswerCache() if cache is None else cache

    async def __aenter__(self) -> DnsClient:
        self._loop = asyncio.get_running_loop()
        self._window.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._window.close()

    async def ask(self, question: Question) -> Answer:
        """Return the answer to one question; a failed one says why."""
        answered: asyncio.Future[Answer] = self._loop.create_future()

        def done(_: Question, answer: Answer) -> None:
            if not answered.done():  # the caller may have been cancelled meanwhile
                answered.set_result(answer)

        self._submit(question, done)
        return await answered

    async def ask_all(self, questions: Iterable[Asked]) -> AsyncIterator[tuple[Asked, Answer]]:
        """Yield every question with its answer, as they arrive; takes from ``questions`` as there is room."""
        arrived: deque[tuple[Asked, Answer]] = deque()
        some = asyncio.Event()

        def done(question: Asked, answer: Answer) -> None:
            arrived.append((question, answer))
            some.set()

        source, asked = iter(questions), 0
        while True:
            for question in islice(source, WIDTH - asked):
                asked += 1
                self._submit(question, done)
            if not asked:
                return
            await some.wait()
            some.clear()
            while arrived:
                asked -= 1
                yield arrived.popleft()

    def _submit(self, question: Question, done: Done) -> None:
        known = self._cache.get(question.wire, self._loop.time())
        if known is not None:
            done(question, known)
        else:
            self._window.submit(question, partial(self._keep, done))

    def _keep(self, done: Done, question: Question, answer: Answer) -> None:
        self._cache.keep(question.wire, answer, self._loop.time())
        done(question, answer)
