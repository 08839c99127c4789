"""A window of questions under way: each resent until it is answered or given up."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import Any

from headertrace.lookups.answer import Answer, Question, failure
from headertrace.lookups.channel import Channel, Exchange
from headertrace.lookups.dns import ask_over_tcp, read_answer
from headertrace.lookups.resolver import Resolver
from headertrace.lookups.wire import query_bytes

# Takes the very question that was asked, whatever class of it that is.
Done = Callable[[Any, Answer], None]

# Bursts of 200 and more overflow a server's receive buffer even on the same machine.
WIDTH = 64
# Seconds: one question, and a whole run unless the caller says otherwise. With one datagram in ten
# lost each way, the dozen sendings of ten seconds leave one question in a thousand million unanswered.
PATIENCE, RUN = 10.0, 60.0
# Seconds between two looks at the timers: half of the shortest resend interval.
TICK = 0.025


class Window:
    """Asks one or several resolvers from within one event loop; every question ends in one answer."""

    def __init__(self, resolvers: Sequence[Resolver], patience: float, within: float) -> None:
        self._channels = tuple(Channel(item, self._arrived, self._fill) for item in resolvers)
        self._patience, self._within = patience, within
        self._waiting: deque[Exchange] = deque()
        self._timers: list[tuple[float, int, Exchange]] = []
        self._order = count()
        self._under_way = 0
        self._ticking: asyncio.TimerHandle | None = None
        self._streams: set[asyncio.Task[None]] = set()

    def open(self) -> None:
        """Connect to the resolvers; the time for the whole run begins."""
        self._loop = asyncio.get_running_loop()
        self._ends = self._loop.time() + self._within
        for channel in self._channels:
            channel.open(self._loop)

    def close(self) -> None:
        """Leave everything that is under way unanswered."""
        if self._ticking is not None:
            self._ticking.cancel()
        for stream in self._streams:
            stream.cancel()
        for channel in self._channels:
            channel.close()

    def submit(self, question: Question, done: Done) -> None:
        """Ask as soon as there is room, and call ``done`` once with the answer."""
        self._waiting.append(Exchange(question, query_bytes(question.wire), done))
        self._fill()

    def _fill(self) -> None:
        """Start what waits, as far as the window goes, and see that the timers are looked at."""
        while self._waiting and self._under_way < WIDTH:
            self._under_way += 1
            self._start(self._waiting.popleft())
        if self._under_way and self._ticking is None:
            self._ticking = self._loop.call_later(TICK, self._tick)

    def _start(self, exchange: Exchange) -> None:
        exchange.began = self._loop.time()
        exchange.expires = min(exchange.began + self._patience, self._ends)
        self._send(exchange, exchange.began)

    def _send(self, exchange: Exchange, now: float) -> None:
        """Send it to the next resolver in turn, or give it up."""
        if now >= exchange.expires:
            self._expire(exchange)
            return
        usable = [one for one in self._channels if one.down is None and one not in exchange.failed_at]
        if not usable:
            self._finish(exchange, exchange.failure or failure(self._why_nobody()))
            return
        channel = usable[exchange.tries % len(usable)]
        exchange.tries += 1
        channel.send(exchange)
        due = min(now + channel.pace.after(exchange.tries), exchange.expires)
        heappush(self._timers, (due, next(self._order), exchange))

    def _tick(self) -> None:
        self._ticking = None
        now = self._loop.time()
        while self._timers and self._timers[0][0] <= now:
            exchange = heappop(self._timers)[2]
            if not exchange.settled:
                self._send(exchange, now)
        self._fill()

    def _arrived(self, channel: Channel, exchange: Exchange, response: bytes) -> None:
        if exchange.settled:
            return  # truncated before, and under way over TCP
        answer = read_answer(response, exchange.question, channel.name)
        if answer is None:
            self._follow(self._ask_again(channel, exchange))
            exchange.settled = True
        elif answer.failed:
            exchange.failed_at.append(channel)
            exchange.failure = answer
            self._send(exchange, self._loop.time())
        else:
            self._finish(exchange, answer)

    def _follow(self, work: Coroutine[None, None, None]) -> None:
        stream = self._loop.create_task(work)
        self._streams.add(stream)
        stream.add_done_callback(self._streams.discard)

    async def _ask_again(self, channel: Channel, exchange: Exchange) -> None:
        left = exchange.expires - self._loop.time()
        host, port = channel.resolver.host, channel.resolver.port
        self._finish(exchange, await ask_over_tcp(exchange.question, host, port, left, channel.name))
        self._fill()

    def _expire(self, exchange: Exchange) -> None:
        """Give up; a resolver that was silent to everybody meanwhile is not asked again."""
        for channel, _ in exchange.places:
            if channel.silent_since(exchange.began):
                channel.down = f"{channel.name} does not answer"
        late = f"no answer within {self._patience:g} s"
        over = f"the time for the whole run, {self._within:g} s, was up"
        self._finish(exchange, failure(over if exchange.expires >= self._ends else late))

    def _why_nobody(self) -> str:
        reasons = [channel.down for channel in self._channels if channel.down]
        return "; ".join(reasons) or "no resolver is configured"

    def _finish(self, exchange: Exchange, answer: Answer) -> None:
        exchange.settled = True
        for channel, number in exchange.places:
            channel.forget(number)
        self._under_way -= 1
        exchange.done(exchange.question, answer)
