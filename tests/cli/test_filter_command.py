"""``headertrace filter`` on hostile mail: the message goes on, with our field and no other."""

from __future__ import annotations

import io
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from headertrace.cli import filter_command
from headertrace.cli.filter_command import EX_TEMPFAIL, HEAD_BYTES, pass_on
from headertrace.message.section import read_section
from headertrace.reports.stamp import plain, stamp, write_field
from headertrace.trace.admd import Admd
from headertrace.trace.trace import read_trace
from headertrace.verdict.examine import examine
from tests.data import FIXTURES

MESSAGES = sorted((FIXTURES / "messages").rglob("*.eml"))
NAT = (FIXTURES / "messages" / "spamhaus-nat.eml").read_bytes()
FIELD = re.compile(rb"X-Headertrace:(?:(?:\r\n?|\n\t?| |\t)+[a-z-]+=[\w.:?-]+;?)+(?:\r\n|\n|\r)")


def passed(message: bytes, admd: Admd | None = None) -> bytes:
    target = io.BytesIO()
    pass_on(io.BytesIO(message), target, admd)
    return target.getvalue()


def run(message: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "headertrace", "filter", *options]
    return subprocess.run(command, input=message, capture_output=True, check=False)


def test_the_field_tells_the_judgement() -> None:
    field = read_section(passed(NAT)).text("X-Headertrace") or ""
    assert field.startswith("verdict=open-relay-nat; confidence=likely; misuse=likely; relay=198.51.100.25;")


def test_our_networks_reach_the_judgement(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Admd | None] = []
    monkeypatch.setattr("headertrace.verdict.examine.examine", lambda trace: seen.append(trace.admd))
    ours = Admd(trusted=["198.51.100.25"], names=["corp.example"])
    assert passed(NAT, ours).endswith(NAT)
    assert seen == [ours]


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.name)
def test_apart_from_the_field_the_message_is_the_same(path: Path) -> None:
    message = path.read_bytes()
    out = passed(message)
    field = FIELD.search(out)
    assert field is not None
    assert out[: field.start()] + out[field.end() :] == message


HOSTILE = {
    "nothing": b"",
    "only a line end": b"\n",
    "only a body": b"no field at all\n",
    "bytes of all kinds": bytes(range(256)) * 20 + b"\n\nbody",
    "a field without an end": b"Received: from x",
    "a header of folds": b"Subject: a\n" + b" \n" * 50_000 + b"\nbody",
    "ten thousand hops": b"Received: from a ([192.0.2.1]) by b; x\n" * 10_000 + b"\nbody",
    "a header longer than is judged": b"X: " + b"y" * (HEAD_BYTES + 10) + b"\nZ: z\n\nbody",
    "lines that end in CR": b"Received: from a\rSubject: b\r\rbody\r",
    "a body of NULs": b"Subject: a\n\n" + b"\0" * 100_000,
    "a mailbox's separator": b"From a@b.example Sat Jan  6 10:00:00 2024\nSubject: a\n\nbody",
}


@pytest.mark.parametrize("why", HOSTILE)
def test_hostile_mail_goes_on(why: str) -> None:
    message = HOSTILE[why]
    out = passed(message)
    field = FIELD.search(out)
    assert field is not None
    assert out[: field.start()] + out[field.end() :] == message
    assert field.start() == (message.find(b"\n") + 1 if message.startswith(b"From ") else 0)


def test_a_fold_at_the_start_does_not_continue_our_field() -> None:
    out = passed(b" confidence=none\nSubject: a\n\nbody")
    field = FIELD.search(out)
    assert field is not None
    assert out[: field.start()] == b" confidence=none\n"


@pytest.mark.parametrize("name", ["X-Headertrace", "x-headertrace ", "X-HEADERTRACE\t"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_copies_that_came_with_the_message_are_removed(name: str, line_end: bytes) -> None:
    forged = line_end.join(
        [b"A: b", name.encode() + b": verdict=bounce;", b" misuse=none", b"C: d", b"", b"body"]
    )
    out = passed(forged)
    assert b"verdict=bounce" not in out
    assert out.endswith(line_end.join([b"A: b", b"C: d", b"", b"body"]))
    assert read_section(out).count("X-Headertrace") == 1


def test_line_ends_are_those_of_the_message() -> None:
    out = passed(NAT.replace(b"\n", b"\r\n"))
    assert out.count(b"\n") == out.count(b"\r\n")


def test_a_name_from_the_mail_cannot_end_the_field() -> None:
    evil = NAT.replace(b"mail.corp.example", b'evil;x=\x1b[2J"(\xff)<a>')
    field = FIELD.match(passed(evil))
    assert field is not None
    assert plain("a\r\nBcc: b; c=d") == "a??Bcc:?b??c?d"


def test_the_field_is_bounded() -> None:
    written = write_field({"relay-name": "x" * 5000, "version": "1"})
    assert len(written) < 1000
    assert max(map(len, written.splitlines())) < 998
    assert write_field({"a": None}) == "X-Headertrace: a=none\n"
    assert "\n\t" in stamp(examine(read_trace(NAT)), "1")


def test_what_goes_wrong_in_judging_is_told_and_the_mail_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no\x1b such\nluck")

    monkeypatch.setattr("headertrace.verdict.examine.examine", broken)
    out = passed(b"X-Headertrace: forged\n" + NAT)
    assert out.startswith(b"X-Headertrace: verdict=none; version=")
    assert out.endswith(NAT)
    assert b"forged" not in out
    assert capsys.readouterr().err == "headertrace filter: RuntimeError: no\\x1b such luck\n"


def test_a_full_output_asks_for_another_try() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "headertrace", "filter"],
            input=NAT, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == EX_TEMPFAIL
    assert done.stderr == b"headertrace filter: OSError: [Errno 28] No space left on device\n"


def test_a_reader_that_goes_away_asks_for_another_try() -> None:
    out, into = os.pipe()
    os.close(out)
    command = [sys.executable, "-m", "headertrace", "filter"]
    done = subprocess.run(command, input=NAT, stdout=into, stderr=subprocess.PIPE, check=False)
    os.close(into)
    assert done.returncode == EX_TEMPFAIL
    assert done.stderr.count(b"\n") == 1


def test_a_wrong_network_is_told_before_anything_is_read() -> None:
    done = run(NAT, "--trusted", "nonsense")
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_body_of_any_size_takes_the_same_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        left = 3000

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            return NAT if self.left == 2999 else b"x" * size if self.left > 0 else b""

    class Counter(io.RawIOBase):
        seen = 0

        def writelines(self, pieces: object) -> None:
            assert isinstance(pieces, tuple | Iterator)
            self.seen += sum(map(len, pieces))

    monkeypatch.setattr(filter_command, "HEAD_BYTES", len(NAT))
    source, target = Endless(), Counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pass_on(source, target, None)  # type: ignore[arg-type]
    assert target.seen > 190_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000
