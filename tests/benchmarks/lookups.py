"""What a lookup costs, ours beside dns.asyncresolver's, against one rbldnsd: python lookups.py [--count N]

CPU time is that of this process alone: the name server and the lossy proxy are processes of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import dns.asyncresolver
import dns.resolver

from headertrace.facts import Listed
from headertrace.lookups import Options, gather_async
from headertrace.lookups.answer import Outcome, Question, RecordType
from headertrace.lookups.client import DnsClient
from headertrace.lookups.dns import name_to_wire
from headertrace.lookups.resolver import Resolver
from headertrace.lookups.wire import TYPE_A, question_bytes, reversed_labels

ZONE, ZONE_6 = "list.example", "six.example"
# One address of 10.0.0.0/8 in four is listed, by its second octet.
LISTED_SECOND_OCTETS = range(0, 256, 4)
WINDOW = 64
# Seconds; a lossy run may take minutes on a busy machine.
PATIENCE = 600.0


@dataclass(frozen=True)
class Result:
    """What one way cost: microseconds of CPU and lookups in a second of the clock, and what went wrong."""

    name: str
    cpu: float
    rate: float
    lost: int
    wrong: int


def addresses(count: int) -> Iterator[IPv4Address]:
    """Return ``count`` different addresses, spread over 10.0.0.0/8."""
    return (IPv4Address((10 << 24) + n * 7919 % (1 << 24)) for n in range(count))


def is_listed(address: IPv4Address) -> bool:
    """Return whether the zone lists the address."""
    return address.packed[1] in LISTED_SECOND_OCTETS


@contextmanager
def server() -> Iterator[int]:
    """Run rbldnsd on a free port of 127.0.0.1."""
    program = shutil.which("rbldnsd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if program is None:
        raise SystemExit("rbldnsd is not installed: apt-get install rbldnsd")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        four = [f"10.{octet}.0.0/16" for octet in LISTED_SECOND_OCTETS]
        six = [f"2001:db8:{octet:02x}00::/40" for octet in LISTED_SECOND_OCTETS]
        (Path(folder) / "four").write_text(zone_text("127.0.0.2", *four))
        (Path(folder) / "six").write_text(zone_text("::ffff:7f00:2/128", *six))
        zones = [f"{ZONE}:ip4set:four", f"{ZONE_6}:ip6trie:six"]
        command = [program, "-n", "-b", f"127.0.0.1/{port}", "-w", folder, *zones]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
            assert run.stdout is not None
            if not any("started" in line for line in run.stdout):
                raise SystemExit("rbldnsd does not start")
            try:
                yield port
            finally:
                run.terminate()


def zone_text(*networks: str) -> str:
    """Return a zone of these networks."""
    head = ["$SOA 300 ns.list.example admin.list.example 0 600 300 86400 300", ":127.0.0.2:listed"]
    return "\n".join([*head, *networks, ""])


@contextmanager
def lossy(upstream: int, share: float) -> Iterator[int]:
    """Run the proxy that drops and delays this share of the datagrams, each way."""
    script = Path(__file__).parents[1] / "lookups" / "lossy_proxy.py"
    command = [sys.executable, str(script), str(upstream), "--drop", str(share), "--delay", str(share)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as proxy:
        assert proxy.stdout is not None
        try:
            yield int(proxy.stdout.readline())
        finally:
            proxy.terminate()


async def ours(port: int, asked: Sequence[IPv4Address]) -> list[bool | None]:
    """Return for each address whether it is listed; None: unknown."""
    tail = name_to_wire(ZONE)
    questions = {
        question_bytes(reversed_labels(address) + tail, TYPE_A): place for place, address in enumerate(asked)
    }
    found: list[bool | None] = [None] * len(asked)
    async with DnsClient([Resolver("127.0.0.1", port)], within=PATIENCE) as client:
        async for question, answer in client.ask_all(Question("", RecordType.A, wire) for wire in questions):
            if answer.outcome is not Outcome.FAILED:
                found[questions[question.wire]] = answer.outcome is Outcome.ANSWERED
    return found


async def ours_as_facts(port: int, asked: Sequence[IPv4Address]) -> list[bool | None]:
    """Return the same by way of Facts: test points, judgement, evidence; without the lists' own words.

    Private addresses are never asked about there, so that these are documentation ones with IPv6.
    """
    options = Options(
        resolvers=[f"127.0.0.1:{port}"], lists=[ZONE_6], reverse=False, reasons=False, within=PATIENCE
    )
    moved = [in_ipv6(address) for address in asked]
    facts = await gather_async(moved, options)
    states = {Listed.LISTED: True, Listed.NOT_LISTED: False, Listed.UNKNOWN: None}
    return [states[facts.listings[str(address)][0].state] for address in moved]


def in_ipv6(address: IPv4Address) -> IPv6Address:
    """Return the address 2001:db8:xxyy:zz00:: for 10.xx.yy.zz."""
    return IPv6Address((0x20010DB8 << 96) | (int(address) & 0xFFFFFF) << 72)


async def theirs(port: int, asked: Sequence[IPv4Address]) -> list[bool | None]:
    """Return the same from dns.asyncresolver, as many questions at a time as our window has."""
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], port
    resolver.lifetime = PATIENCE
    room = asyncio.Semaphore(WINDOW)
    tail = f".{ZONE}."

    async def one(address: IPv4Address) -> bool | None:
        async with room:
            try:
                await resolver.resolve(address.reverse_pointer.removesuffix(".in-addr.arpa") + tail, "A")
            except dns.resolver.NXDOMAIN:
                return False
            except dns.exception.DNSException:
                return None
            return True

    return await asyncio.gather(*map(one, asked))


Way = Callable[[int, Sequence[IPv4Address]], Awaitable[list[bool | None]]]


def measure(name: str, way: Way, port: int, count: int) -> Result:
    """Return what ``count`` lookups cost this way."""
    asked = tuple(addresses(count))

    async def run() -> list[bool | None]:
        return await way(port, asked)

    began, spent = time.perf_counter(), time.process_time()
    found = asyncio.run(run())
    spent, passed = time.process_time() - spent, time.perf_counter() - began
    wrong = sum(
        answer is not None and answer != is_listed(address)
        for address, answer in zip(asked, found, strict=True)
    )
    return Result(name, spent / count * 1e6, count / passed, found.count(None), wrong)


def best(port: int, *contenders: tuple[str, Way, int], times: int = 5) -> list[Result]:
    """Return the cheapest run of each (name, way, count).

    They take turns, so that a machine that is slow for a second is so for all; a busy one only ever adds.
    """
    rounds = [[measure(name, way, port, count) for name, way, count in contenders] for _ in range(times)]
    return [min(runs, key=lambda result: result.cpu) for runs in zip(*rounds, strict=True)]


def main() -> None:
    """Print one line for each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    count = parser.parse_args().count
    with server() as port, lossy(port, 0.1) as worse:
        results = [
            *best(
                port,
                ("dns.asyncresolver", theirs, count // 5),
                ("ours", ours, count),
                ("ours, as Facts", ours_as_facts, count),
            ),
            measure("ours, 10 % dropped and 10 % delayed", ours, worse, count),
        ]
    for result in results:
        times = results[0].cpu / result.cpu
        print(
            f"{result.name:38} {result.cpu:7.1f} us CPU  {result.rate:8.0f}/s  "
            f"{times:5.1f} times cheaper  lost {result.lost}  wrong {result.wrong}"
        )


if __name__ == "__main__":
    main()
