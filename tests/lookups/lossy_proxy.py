"""A UDP proxy on loopback that drops and delays datagrams both ways: python lossy_proxy.py UPSTREAM_PORT ...

It is a process of its own, so that what it costs is not counted as the client's. It prints the
port it listens on, and one line of counts when its standard input closes.
"""

from __future__ import annotations

import argparse
import heapq
import itertools
import random
import select
import socket
import sys
import time


class Proxy:
    """Passes datagrams between any number of clients and one server on 127.0.0.1."""

    def __init__(self, upstream: int, drop: float, delay: float, seconds: float, seed: int) -> None:
        self.drop, self.delay, self.seconds = drop, delay, seconds
        self.chance = random.Random(seed)
        self.front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.front.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.front.bind(("127.0.0.1", 0))
        self.upstream = ("127.0.0.1", upstream)
        self.backs: dict[tuple[str, int], socket.socket] = {}
        self.clients: dict[int, tuple[str, int]] = {}
        self.later: list[tuple[float, int, socket.socket, bytes, tuple[str, int]]] = []
        self.order = itertools.count()
        self.passed = self.dropped = self.delayed = 0

    def pass_on(self, through: socket.socket, data: bytes, to: tuple[str, int]) -> None:
        fate = self.chance.random()
        if fate < self.drop:
            self.dropped += 1
        elif fate < self.drop + self.delay:
            self.delayed += 1
            due = time.monotonic() + self.chance.uniform(0, self.seconds)
            heapq.heappush(self.later, (due, next(self.order), through, data, to))
        else:
            self.passed += 1
            through.sendto(data, to)

    def back_for(self, client: tuple[str, int]) -> socket.socket:
        if client not in self.backs:
            back = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            back.bind(("127.0.0.1", 0))
            self.backs[client] = back
            self.clients[back.fileno()] = client
        return self.backs[client]

    def turn(self) -> bool:
        """Wait for something and handle it; False when standard input has closed."""
        wait = max(0.0, self.later[0][0] - time.monotonic()) if self.later else 1.0
        sockets = (self.front, *self.backs.values())
        ready, _, _ = select.select((sys.stdin, *sockets), [], [], wait)
        for one in sockets:
            if one not in ready:
                continue
            data, sender = one.recvfrom(4096)
            if one is self.front:
                self.pass_on(self.back_for(sender), data, self.upstream)
            else:
                self.pass_on(self.front, data, self.clients[one.fileno()])
        while self.later and self.later[0][0] <= time.monotonic():
            _, _, through, data, to = heapq.heappop(self.later)
            through.sendto(data, to)
        return sys.stdin not in ready


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("upstream", type=int)
    parser.add_argument("--drop", type=float, default=0.0)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    proxy = Proxy(told.upstream, told.drop, told.delay, told.seconds, told.seed)
    print(proxy.front.getsockname()[1], flush=True)
    while proxy.turn():
        pass
    print(proxy.passed, proxy.dropped, proxy.delayed, flush=True)


if __name__ == "__main__":
    main()
