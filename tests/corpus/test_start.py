"""A scan starts and ends without what it does not need, and leaves the process as it was."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from headertrace.corpus.scan import scan_to
from tests.corpus.mailboxes import mbox


def test_a_scan_without_a_terminal_imports_no_progress_bar(tmp_path: Path) -> None:
    source = mbox(tmp_path / "in.mbox", range(10))
    command = [sys.executable, "-X", "importtime", "-m", "headertrace", "scan", str(source), "-o"]
    done = subprocess.run([*command, str(tmp_path / "out")], capture_output=True, text=True, check=True)
    imported = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    assert "rich.console" not in imported
    assert imported.index("duckdb") > imported.index("pyarrow.parquet"), "only while workers are at work"


def test_a_scan_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    source = mbox(tmp_path / "in.mbox", range(10))
    assert not gc.get_freeze_count(), "else this test tells nothing"
    scan_to(tmp_path / "out", source, workers=1)
    assert not gc.get_freeze_count()
    gc.freeze()
    try:
        scan_to(tmp_path / "again", source, workers=2)
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
