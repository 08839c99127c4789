"""Where standard output ends before the report does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MESSAGES = Path(__file__).parents[2] / "fixtures" / "messages"
FULL = Path("/dev/full")


def trace(**streams: int) -> subprocess.Popen[bytes]:
    names = [str(path) for path in sorted(MESSAGES.rglob("*.eml"))[:60]]
    command = [sys.executable, "-m", "headertrace", "trace", *names]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **streams)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a device of Linux")
def test_a_full_disk_is_one_line_and_exit_code_2() -> None:
    with FULL.open("wb") as full, trace(stdout=full.fileno()) as running:
        _, errors = running.communicate(timeout=60)
    assert errors == b"Error: cannot write: No space left on device\n"
    assert running.returncode == 2


def test_a_closed_pipe_ends_quietly_and_is_not_taken_for_fail_on() -> None:
    with trace(stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
        assert running.wait(timeout=60) == 141
