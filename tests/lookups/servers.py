"""Real name servers on loopback: rbldnsd, unbound, and a UDP proxy that loses datagrams."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures" / "dns"
# Seconds for a server to begin to answer on a busy machine.
PATIENCE = 20.0

ZONES = {
    "list.example": "ip4set:list.zone",
    "six.example": "ip6trie:six.zone",
    "domains.example": "dnset:domains.zone",
    "emptied.example": "ip4set:emptied.zone",
    "wildcard.example": "ip4set:wildcard.zone",
    "refusing.example": "ip4set:refusing.zone",
    "parked.example": "ip4set:parked.zone",
    "zen.spamhaus.org": "combined:zen.zone",
    "abcdefgh12345678ijklmnop90.zen.dq.spamhaus.net": "combined:zen.zone",
}


def program(name: str) -> str:
    """Return where a server is installed, or skip the test and say how to install it."""
    found = shutil.which(name, path="/usr/sbin:/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{name} is not installed: apt-get install {name}")
    return found


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[int]:
    """Run a name server until the block ends; yields its port when it answers."""
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as server:
        try:
            _wait_for(port, server, log)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    query = b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04list\x07example\x00\x00\x06\x00\x01"
    deadline = time.monotonic() + PATIENCE
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.1)
        probe.connect(("127.0.0.1", port))
        while time.monotonic() < deadline and server.poll() is None:
            try:
                probe.send(query)
                probe.recv(512)
                return
            except OSError:
                time.sleep(0.05)
    raise AssertionError(f"{server.args!r} does not answer: {log.read_text()[-2000:]}")


@contextmanager
def rbldnsd(folder: Path, zones: Mapping[str, str], home: Path = FIXTURES) -> Iterator[int]:
    """Run rbldnsd with these zones (name -> type:file, files in ``home``)."""
    port = free_port()
    specs = [f"{zone}:{source}" for zone, source in zones.items()]
    command = [program("rbldnsd"), "-n", "-b", f"127.0.0.1/{port}", "-w", str(home), *specs]
    with running(command, port, folder / "rbldnsd.log") as answering:
        yield answering


@contextmanager
def unbound(folder: Path, rbldnsd_port: int) -> Iterator[int]:
    """Run unbound with fixtures/dns/unbound.conf."""
    port = free_port()
    big = "\n".join(f"    local-data: 'big.example. 300 IN TXT \"{n:02d}{'x' * 200}\"'" for n in range(12))
    text = (FIXTURES / "unbound.conf").read_text()
    for word, value in {
        "port": port,
        "folder": folder,
        "rbldnsd_port": rbldnsd_port,
        "big_text": big.strip(),
    }.items():
        text = text.replace(f"{{{word}}}", str(value))
    settings = folder / "unbound.conf"
    settings.write_text(text)
    command = [program("unbound"), "-d", "-p", "-c", str(settings)]
    with running(command, port, folder / "unbound.log") as answering:
        yield answering


@contextmanager
def lossy(upstream: int, drop: float, delay: float) -> Iterator[int]:
    """Run the proxy that drops and delays datagrams both ways; yields its port."""
    script = str(Path(__file__).with_name("lossy_proxy.py"))
    command = [sys.executable, script, str(upstream), "--drop", str(drop), "--delay", str(delay)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as proxy:
        assert proxy.stdout is not None
        try:
            yield int(proxy.stdout.readline())
        finally:
            proxy.terminate()
