"""The filter passes every message on, marked once; behind a real Postfix, too."""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from headertrace.reports.mark import marked
from tests.data import FIXTURES

NAT = (FIXTURES / "messages" / "spamhaus-nat.eml").read_bytes()
COMMAND = [sys.executable, "-m", "headertrace", "filter"]


def filtered(message: bytes, *options: str) -> bytes:
    return subprocess.run([*COMMAND, *options], input=message, capture_output=True, check=True).stdout


def without_ours(message: bytes) -> bytes:
    lines = message.split(b"\n")
    ours = next(n for n, line in enumerate(lines) if n and not line.startswith(b"\t"))
    return b"\n".join(lines[ours:])


def test_field_stands_at_the_head_and_the_rest_is_untouched() -> None:
    done = filtered(NAT)
    assert done.startswith(b"X-Headertrace: ")
    assert without_ours(done) == NAT
    assert b"version=" in done.partition(b"\nReceived:")[0]


FORGED = {
    "one at the head": (b"X-Headertrace: none\n", b""),
    "folded, in another letter case": (b"x-HEADERTRACE : a\n\tb\n c\n", b""),
    "two in the middle": (
        b"Subject: a\nX-Headertrace: 1\nX-Headertrace: 2\nFrom: b\n",
        b"Subject: a\nFrom: b\n",
    ),
    "another name": (b"X-Headertrace-Note: kept\n", b"X-Headertrace-Note: kept\n"),
    "pseudo-fields of SpamAssassin": (b"X-Spam-Relays-Trusted: [ ip=192.0.2.1 ]\n", b""),
}


@pytest.mark.parametrize("why", FORGED)
def test_copies_that_came_with_the_message_are_removed(why: str) -> None:
    sent, kept = FORGED[why]
    body = b"\nX-Headertrace: in the body\n"
    assert without_ours(marked(sent + NAT.partition(b"\n\n")[0] + b"\n" + body)) == (
        kept + NAT.partition(b"\n\n")[0] + b"\n" + body
    )


def test_line_ends_of_the_message_are_kept() -> None:
    done = marked(NAT.replace(b"\n", b"\r\n"))
    assert done.count(b"\n") == done.count(b"\r\n")


def test_a_large_body_passes_through() -> None:
    message = NAT + b"x" * 3_000_000 + b"\nend"
    assert without_ours(filtered(message)) == message


@pytest.mark.parametrize(
    "message", [b"", b"\n", b"no header", b"\xff\xfeR\x00e\x00", b"Received: \x00\xff\n\n"]
)
def test_whatever_comes_is_passed_on(message: bytes) -> None:
    assert filtered(message).endswith(message)


def test_a_name_from_the_mail_cannot_break_out() -> None:
    evil = b"Received: from a ([192.168.1.1])\n\tby evil;x\x0b(y)[z] with SMTP id 1; 1 Mar 2024 10:00 +0000\n"
    head = marked(evil + b"\nbody").partition(b"Received:")[0]
    assert all(32 <= byte < 127 or byte in b"\t\n" for byte in head)
    assert head.count(b"relay=") <= 1


def test_full_output_asks_for_another_try() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(COMMAND, input=NAT, stdout=full, stderr=subprocess.DEVNULL, check=False)
    assert done.returncode == 75


POSTFIX = shutil.which("postfix", path="/usr/sbin:/usr/bin")
needs_postfix = pytest.mark.skipif(
    POSTFIX is None or os.geteuid() != 0, reason="needs root and Postfix: apt-get install postfix"
)
MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = {root}/log
maillog_file_prefixes = {root}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.victim.example
mydestination =
relay_domains = victim.example
mynetworks = 127.0.0.0/8
transport_maps =
relay_transport = sink
default_transport = error:none
alias_maps =
local_recipient_maps =
smtputf8_enable = no
smtpd_peername_lookup = no
disable_dns_lookups = yes
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd -o content_filter=headertrace:
127.0.0.1:{back} inet n - n - - smtpd -o content_filter=
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
headertrace unix - n n - 2 pipe flags=Rq user=nobody argv={root}/filter ${{sender}} ${{recipient}}
sink unix - n n - 1 pipe flags=q user=nobody argv={root}/sink
"""
FILTER = """#!/bin/sh
# Postfix keeps the message and tries again unless every step succeeds.
set -e
PYTHONPATH={path}
export PYTHONPATH
{python} -m headertrace filter --trusted 127.0.0.0/8 > "{root}/spool/$$" || exit 75
exec {python} -c '
import smtplib, sys
with open(sys.argv[1], "rb") as file, smtplib.SMTP("127.0.0.1", {back}) as server:
    server.sendmail(sys.argv[2], sys.argv[3:], file.read())
' "{root}/spool/$$" "$@"
"""
SINK = """#!/bin/sh
cat > {root}/spool/delivered.part && mv {root}/spool/delivered.part {root}/spool/delivered
"""


PATHS = [path for path in sys.path if path and not path.endswith(".zip")]


@cache
def interpreter() -> str | None:
    """A Python that the filter's user may run: ours may lie in root's own folder."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            command = [python, "-c", "import headertrace.reports.mark, headertrace.cli.filter_command"]
            environment = {"PYTHONPATH": ":".join(PATHS)}
            subprocess.run(command, user="nobody", env=environment, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _make(root: Path) -> int:
    port, back = free_port(), free_port()
    for name in ("config", "queue", "data", "spool"):
        (root / name).mkdir()
    values = {"root": root, "port": port, "back": back, "python": interpreter(), "path": ":".join(PATHS)}
    (root / "config" / "main.cf").write_text(MAIN.format(**values))
    (root / "config" / "master.cf").write_text(MASTER.format(**values))
    for name, text in (("filter", FILTER), ("sink", SINK)):
        (root / name).write_text(text.format(**values))
        (root / name).chmod(0o755)
    (root / "spool").chmod(0o777)
    shutil.chown(root / "data", "postfix")
    return port


@pytest.fixture
def postfix() -> Iterator[tuple[Path, int]]:
    if interpreter() is None:
        pytest.skip("the user nobody can run no Python with headertrace: install it outside of /root")
    # Not below pytest's own folder, which other users may not enter.
    root = Path("/var/tmp") / f"headertrace-postfix-{os.getpid()}"
    root.mkdir(mode=0o755)
    port = _make(root)
    assert POSTFIX is not None
    command = [POSTFIX, "-c", str(root / "config")]
    try:
        subprocess.run([*command, "start"], check=True, capture_output=True, text=True)
        yield root, port
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)
        shutil.rmtree(root)


def wait_for(path: Path, seconds: float = 60) -> bytes:
    end = time.monotonic() + seconds
    while not path.exists():
        log = path.parent.parent / "log"
        assert time.monotonic() < end, log.read_text() if log.exists() else "no log"
        time.sleep(0.1)
    return path.read_bytes()


@needs_postfix
def test_behind_a_real_postfix(postfix: tuple[Path, int]) -> None:
    root, port = postfix
    message = b"X-Headertrace: forged by the sender\n" + NAT
    with smtplib.SMTP("127.0.0.1", port, timeout=60) as server:
        server.sendmail("stranger@partner.example", ["someone@victim.example"], message)
    delivered = wait_for(root / "spool" / "delivered")
    head = delivered.partition(b"\n\n")[0]
    assert head.lower().count(b"x-headertrace:") == 1
    assert b"forged by the sender" not in head
    assert b"confidence=" in head
    assert delivered.replace(b"\r\n", b"\n").rstrip().endswith(NAT.rstrip().splitlines()[-1])
