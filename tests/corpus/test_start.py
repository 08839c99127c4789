"""A scan starts and ends without what it does not need, and leaves the process as it was."""

from __future__ import annotations

import gc
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from headertrace.corpus.process import PYTHONS_OWN
from headertrace.corpus.scan import scan_to
from headertrace.tables.extra import kept_out, spare_libraries
from tests.corpus.mailboxes import mbox


def test_a_scan_without_a_terminal_imports_no_progress_bar(tmp_path: Path) -> None:
    source = mbox(tmp_path / "in.mbox", range(10))
    command = [sys.executable, "-X", "importtime", "-m", "headertrace", "scan", str(source), "-o"]
    done = subprocess.run([*command, str(tmp_path / "out")], capture_output=True, text=True, check=True)
    imported = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    assert "rich.console" not in imported
    assert "duckdb" not in imported, "only for a large archive, while workers are at work"
    spared = tuple(f"{library}." for library in spare_libraries())
    assert not any(name.startswith(spared) for name in imported)


@pytest.mark.parametrize("before", ["", "import gc; gc.freeze()"], ids=["plain", "frozen by its owner"])
def test_only_a_command_keeps_pandas_and_numpy_from_its_process(before: str, tmp_path: Path) -> None:
    source = mbox(tmp_path / "in.mbox", range(10))
    script = f"""if True:
        {before}
        from headertrace.corpus.scan import scan_to
        scan_to({str(tmp_path / "out")!r}, {str(source)!r}, workers=1)
        import numpy, pandas, pyarrow
        assert pyarrow.array(pandas.Series([1.0, None])).null_count == 1
        assert pyarrow.array(numpy.arange(3)).to_numpy().sum() == 3
    """
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.parametrize(("pyarrow", "expected"), [("26.0.1", True), ("18.0.0", True), ("17.0.0", False)])
def test_numpy_is_kept_only_from_a_pyarrow_that_can_do_without(
    pyarrow: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _: pyarrow)
    assert ("numpy" in spare_libraries()) is expected


@pytest.mark.parametrize("library", ["json", "graphlib"])
def test_what_is_kept_out_can_be_imported_afterwards(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "graphlib", raising=False)
    with kept_out(library):
        if library in sys.modules:
            import_module(library)
        else:
            with pytest.raises(ModuleNotFoundError, match=library):
                import_module(library)
    assert import_module(library).__name__ == library


def test_a_scan_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    source = mbox(tmp_path / "in.mbox", range(10))
    assert gc.get_freeze_count() < PYTHONS_OWN, "else this test tells nothing"
    scan_to(tmp_path / "out", source, workers=1)
    assert gc.get_freeze_count() < PYTHONS_OWN
    gc.freeze()
    try:
        scan_to(tmp_path / "again", source, workers=2)
        assert gc.get_freeze_count() > PYTHONS_OWN
    finally:
        gc.unfreeze()
