"""One connected UDP socket to one resolver, and the questions on their way through it."""

from __future__ import annotations

import socket
from asyncio import AbstractEventLoop
from collections.abc import Callable
from dataclasses import dataclass, field
from os import urandom

from headertrace.lookups.answer import Answer, Question
from headertrace.lookups.pace import Pace
from headertrace.lookups.resolver import Resolver
from headertrace.lookups.wire import echoes

# One read of the socket per wake-up would cost a turn of the event loop for each datagram; more
# than this at once would keep the timers waiting.
READS_PER_TURN = 64
LARGEST_DATAGRAM = 4096

# A resolver that is being restarted refuses for a moment; one that refuses for longer is not there.
REFUSED_FOR = 1.0


@dataclass(slots=True, eq=False)
class Exchange:
    """One question under way, through one or several channels."""

    question: Question
    packet: bytes
    done: Callable[[Question, Answer], None]
    began: float = 0.0
    expires: float = 0.0
    tries: int = 0
    settled: bool = False
    failure: Answer | None = None
    failed_at: list[Channel] = field(default_factory=list)
    places: list[tuple[Channel, int]] = field(default_factory=list)


class Channel:
    """Sends questions under random ids and hands over the responses that echo them."""

    def __init__(
        self,
        resolver: Resolver,
        arrived: Callable[[Channel, Exchange, bytes], None],
        turn_ended: Callable[[], None],
    ) -> None:
        self.resolver = resolver
        self.name = str(resolver)
        self.down: str | None = None
        self.strays = 0
        self.last_heard: float | None = None
        self.pace = Pace()
        self._arrived = arrived
        self._turn_ended = turn_ended
        self._under_way: dict[int, Exchange] = {}
        self._refused_since: float | None = None

    def open(self, loop: AbstractEventLoop) -> None:
        """Connect the socket; a resolver that cannot be reached at all is down from the start."""
        self._loop = loop
        family = socket.AF_INET6 if ":" in self.resolver.host else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        try:
            self._socket.connect((self.resolver.host, self.resolver.port))
        except OSError as error:
            self.down = f"{self.name} cannot be reached: {error.strerror}"
            return
        loop.add_reader(self._socket, self._read)

    def close(self) -> None:
        """Close the socket; what is under way stays unanswered."""
        self._loop.remove_reader(self._socket)
        self._socket.close()

    def send(self, exchange: Exchange) -> None:
        """Send the question, again under the id that it has here if it was sent before."""
        number = next((number for channel, number in exchange.places if channel is self), None)
        if number is None:
            number = self._free_number()
            self._under_way[number] = exchange
            exchange.places.append((self, number))
        try:
            self._socket.send(number.to_bytes(2, "big") + exchange.packet)
        except BlockingIOError:
            return  # the buffer is full: the timer sends it again
        except OSError as error:
            self._refused(error)

    def silent_since(self, moment: float) -> bool:
        """Whether nothing usable has come from the resolver since then."""
        return self.last_heard is None or self.last_heard < moment

    def forget(self, number: int) -> None:
        """Free an id."""
        self._under_way.pop(number, None)

    def _free_number(self) -> int:
        """Return an id that nobody can guess (RFC 5452, section 9.2)."""
        while True:
            number = int.from_bytes(urandom(2), "big")
            if number not in self._under_way:
                return number

    def _read(self) -> None:
        for _ in range(READS_PER_TURN):
            try:
                response = self._socket.recv(LARGEST_DATAGRAM)
            except BlockingIOError:
                break
            except OSError as error:
                self._refused(error)
                continue
            self._take(response)
        self._turn_ended()

    def _take(self, response: bytes) -> None:
        exchange = self._under_way.get(int.from_bytes(response[:2], "big"))
        if exchange is None or not echoes(response, exchange.question.wire):
            self.strays += 1  # late, repeated or forged: the right answer may still come
            return
        now = self._loop.time()
        if exchange.tries == 1:  # after a second sending nobody knows which one was answered (Karn)
            self.pace.learn(now - exchange.began)
        self.last_heard, self._refused_since = now, None
        self._arrived(self, exchange, response)

    def _refused(self, error: OSError) -> None:
        now = self._loop.time()
        if self._refused_since is None:
            self._refused_since = now
        elif now - self._refused_since >= REFUSED_FOR:
            self.down = f"{self.name} does not answer: {error.strerror}"
