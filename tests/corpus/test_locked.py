"""One scan at a time writes to an output, and one that was killed keeps nobody out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from headertrace.cli.main import cli
from headertrace.corpus import output
from headertrace.corpus.manifest import OutputError
from headertrace.corpus.output import claimed, parts_of
from headertrace.corpus.scan import scan_to
from headertrace.tables.schema import Table
from tests.corpus.mailboxes import files, mbox

SOON = 10.0
HOLDER = """
import fcntl, os, sys, time
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(0.5)
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "PATIENCE_SECONDS", 0.1)


@pytest.mark.parametrize("form", ["out", "out.jsonl", "out.duckdb"])
@pytest.mark.parametrize("asked", ["", "resume", "overwrite"])
def test_an_output_that_is_being_written_is_left_alone(
    form: str, asked: str, impatient: None, tmp_path: Path
) -> None:
    source, out = mbox(tmp_path / "in.mbox", range(5)), tmp_path / form
    with claimed(out, parts_of(out)), pytest.raises(OutputError, match=f"another scan writes to {out}"):
        scan_to(out, source, workers=1, resume=asked == "resume", overwrite=asked == "overwrite")
    assert list(parts_of(out).iterdir()) == []
    scan_to(out, source, workers=1)


def test_the_command_says_so_in_a_line_and_exits_with_2(impatient: None, tmp_path: Path) -> None:
    source, out = mbox(tmp_path / "in.mbox", range(5)), tmp_path / "out"
    with claimed(out, out):
        done = CliRunner().invoke(cli, ["scan", str(source), "-o", str(out), "--resume"])
    assert done.exit_code == 2
    line = f"another scan writes to {out}: wait for its end, or choose another output"
    assert done.stderr == f"headertrace: {line}\n"


def test_an_output_that_is_given_back_soon_is_waited_for(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with claimed(tmp_path, tmp_path):
            pass


def until(reached: Callable[[], bool]) -> bool:
    end = time.monotonic() + SOON
    while not reached() and time.monotonic() < end:
        time.sleep(0.02)
    return reached()


@pytest.mark.skipif(sys.platform != "linux", reason="tells processes by /proc")
def test_workers_end_with_a_scan_that_was_killed_alone(tmp_path: Path) -> None:
    source, out = mbox(tmp_path / "in.mbox", range(2_500)), tmp_path / "out"
    command = [sys.executable, "-m", "headertrace", "scan", str(source), "--workers", "2", "-o"]
    running = subprocess.Popen([*command, str(out)], stderr=subprocess.DEVNULL)
    assert until((out / Table.MESSAGES / "part-00000000.parquet").exists)
    workers = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    assert len(workers) == 2
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it was killed while it ran"
    assert until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    subprocess.run([*command, str(out), "--resume"], check=True, capture_output=True)
    subprocess.run([*command, str(tmp_path / "whole")], check=True, capture_output=True)
    assert files(out) == files(tmp_path / "whole")
