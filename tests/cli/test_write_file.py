"""A report replaces a file only once all of it is written, and a device is written to, never replaced."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from headertrace.cli.output import write_file

SMALL_DISK = """
import resource, sys
from pathlib import Path
from headertrace.cli.output import write_file
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
try:
    write_file(Path(sys.argv[1]), b"x" * 5_000)
except OSError as error:
    print(error.filename)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
@pytest.mark.parametrize("before", [None, b"an earlier report"])
def test_a_full_disk_leaves_what_was_there(before: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    if before is not None:
        path.write_bytes(before)
    command = [sys.executable, "-c", SMALL_DISK, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == f"{path}\n"
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == (
        {} if before is None else {"report.html": before}
    )


def test_what_was_there_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(b"an earlier report")
    path.chmod(0o640)
    write_file(path, b"a report")
    assert path.read_bytes() == b"a report"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("report")
    write_file(tmp_path / "link", b"a report")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "report").read_bytes() == b"a report"


def test_a_device_is_written_to() -> None:
    write_file(Path(os.devnull), b"a report")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("folder", ["absent", "file"])
def test_where_nothing_can_be_written_the_name_is_told_that_was_given(folder: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="directory") as told:
        write_file(tmp_path / folder / "report", b"a report")
    assert told.value.filename == str(tmp_path / folder / "report")
