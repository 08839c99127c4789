"""What the command line says where a report cannot be written, read or served."""

from __future__ import annotations

import gzip
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from headertrace.cli.main import cli
from headertrace.cli.output import spelled

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
    assert errors == b"headertrace: standard output: No space left on device\n"
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
    assert "no header in it; --message 1 and 'headertrace scan' look into" in done.stderr
    assert "Photo retouching" in CliRunner().invoke(cli, ["trace", "--message", "1", str(packed)]).stdout


def test_a_taken_port_is_told_with_exit_code_2() -> None:
    pytest.importorskip("uvicorn", reason="pip install 'headertrace[web]'")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = CliRunner().invoke(cli, ["web", "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 2
    assert "--port 0 takes a free one" in done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a device of Linux")
@pytest.mark.parametrize("words", [["--help"], ["trace", "--help"], ["--version"]])
def test_help_on_a_full_disk_is_one_line_too(words: list[str]) -> None:
    with FULL.open("wb") as full:
        command = [sys.executable, "-m", "headertrace", *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b"headertrace: standard output: No space left on device\n"
    assert done.returncode == 2


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, a device of Linux")
def test_a_report_that_cannot_be_written_names_its_file(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="pip install 'headertrace[tables]'")
    seen = str(tmp_path / "seen")
    CliRunner().invoke(cli, ["scan", str(MESSAGES / "spamhaus-nat.eml"), "-o", seen, "--workers", "1"])
    done = CliRunner().invoke(cli, ["report", seen, "-o", str(FULL)])
    assert done.exit_code == 2
    assert done.stderr == "headertrace: /dev/full: No space left on device\n"


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    told = {**os.environ, "MESSAGE": str(MESSAGES / "spamhaus-nat.eml"), **environment}
    headertrace = f"{sys.executable} -m headertrace"
    return subprocess.run(
        ["/bin/sh", "-c", line.replace("headertrace", headertrace, 1)],
        capture_output=True,
        check=False,
        env=told,
    )


@pytest.mark.parametrize("shape", ["text", "json", "html", "csv"])
def test_who_closes_standard_output_wants_the_exit_code_alone(shape: str) -> None:
    done = shell(f'headertrace trace --fail-on likely --format {shape} "$MESSAGE" >&-')
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("command", ["trace", "bounce", "selfcheck -", "blocklists -", "scan - -o seen"])
def test_standard_input_that_is_closed_is_one_line(command: str, tmp_path: Path) -> None:
    done = shell(f"cd '{tmp_path}' && headertrace {command} <&-")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == b"headertrace: standard input: closed"


def test_a_page_is_utf_8_as_it_says_whatever_the_terminal_is() -> None:
    page = shell('headertrace trace --format html "$MESSAGE"', PYTHONIOENCODING="latin-1").stdout
    assert 'charset="utf-8"' in page.decode("utf-8")


def test_cut_text_and_a_negative_delay_are_told_in_ascii() -> None:
    assert spelled("a… −2 s é", "ascii") == "a. -2 s ?"
    assert spelled("a… −2 s é", "utf-8") == "a… −2 s é"


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Where a shell runs tests in the background, they and their children are born deaf to Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_quietly_and_is_not_taken_for_fail_on() -> None:
    command = [sys.executable, "-m", "headertrace", "trace", str(MESSAGES / "spamhaus-nat.eml"), "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline()  # the first is told: the command now waits for standard input
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=60)
    assert (running.returncode, errors) == (130, b"")
