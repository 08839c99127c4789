"""What the command line says where a report cannot be written, read or served."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from headertrace.cli.main import cli

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


def test_compressed_bytes_are_no_header_and_lead_to_scan(tmp_path: Path) -> None:
    packed = tmp_path / "message.eml.gz"
    packed.write_bytes(gzip.compress((MESSAGES / "spamhaus-nat.eml").read_bytes()))
    done = CliRunner().invoke(cli, ["trace", str(packed)])
    assert done.exit_code == 0
    assert "no header in it; 'headertrace scan' reads archives" in done.stderr


def test_a_taken_port_is_told_with_exit_code_2() -> None:
    pytest.importorskip("uvicorn", reason="pip install 'headertrace[web]'")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = CliRunner().invoke(cli, ["web", "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 2
    assert "--port 0 takes a free one" in done.stderr
