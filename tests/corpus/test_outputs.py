"""What an output holds is replaced only when that was asked for, whatever is asked else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from headertrace.corpus.manifest import Manifest, OutputError
from headertrace.corpus.output import parts_of
from headertrace.corpus.scan import scan_to
from headertrace.corpus.stored import open_stored
from headertrace.tables.schema import SCHEMA_VERSION
from tests.corpus.mailboxes import files, mbox

FORMS = pytest.mark.parametrize("form", ["out", "out.jsonl", "out.duckdb"])


@pytest.fixture
def one(tmp_path: Path) -> Path:
    return mbox(tmp_path / "one.mbox", range(8))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    return mbox(tmp_path / "other.mbox", range(100, 104))


@pytest.fixture
def out(one: Path, tmp_path: Path) -> Path:
    scan_to(tmp_path / "out", one, workers=1)
    return tmp_path / "out"


def held(out: Path) -> int:
    count: int = open_stored(out).rows("select count(*) as n from messages")[0]["n"]
    return count


def content(out: Path) -> object:
    return files(out) if out.is_dir() else out.read_bytes()


def newer(out: Path) -> None:
    Manifest(schema=SCHEMA_VERSION + 1).write(out)


def damaged(out: Path) -> None:
    (out / "scan.json").write_text("{")


def foreign(out: Path) -> None:
    Manifest(networks="10.0.0.0/8").write(out)


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (newer, "written by a newer headertrace"),
        (damaged, "is damaged"),
        (foreign, "judged with other networks"),
    ],
)
def test_outputs_that_cannot_be_gone_on_with(
    spoil: Callable[[Path], None], line: str, one: Path, out: Path
) -> None:
    spoil(out)
    with pytest.raises(OutputError, match=line):
        scan_to(out, one, workers=1, resume=True)


@FORMS
@pytest.mark.parametrize("resume", [False, True])
def test_other_inputs_leave_a_finished_scan_as_it_is(
    form: str, resume: bool, one: Path, other: Path, tmp_path: Path
) -> None:
    out = tmp_path / form
    scan_to(out, one, workers=1)
    before = content(out)
    command = [sys.executable, "-m", "headertrace", "scan", str(other), "-o", str(out)]
    done = subprocess.run(
        [*command, *["--resume"] * resume], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert content(out) == before


def test_the_line_names_what_the_output_holds(one: Path, other: Path, out: Path) -> None:
    with pytest.raises(OutputError, match=r"is a scan of other inputs \(.*one\.mbox\)"):
        scan_to(out, [one, other], workers=1, resume=True)


def test_the_same_inputs_may_be_written_otherwise(
    one: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(one.parent)
    assert scan_to(out, one.name, workers=1, resume=True).messages == 8


def test_an_input_that_is_gone_takes_nothing_with_it(one: Path, out: Path) -> None:
    one.unlink()
    before = files(out)
    with pytest.raises(OutputError, match=r"one\.mbox is not there any more"):
        scan_to(out, one, workers=1, resume=True)
    assert files(out) == before


def test_an_input_that_was_never_there_hinders_nothing(one: Path, tmp_path: Path) -> None:
    given = [one, tmp_path / "nothing"]
    for resume in (False, True):
        assert scan_to(tmp_path / "out", given, workers=1, resume=resume).messages == 8


def test_standard_input_that_was_read_to_its_end_is_not_gone_on_with(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "headertrace", "scan", "-", "-o", str(out), "--workers", "1"]
    subprocess.run(command, input=one.read_bytes(), capture_output=True, check=True)
    done = subprocess.run([*command, "--resume"], input=b"", capture_output=True, check=False)
    assert done.returncode == 2
    assert b"is complete, and standard input cannot be read again" in done.stderr
    assert held(out) == 8


@FORMS
def test_overwrite_begins_anew(form: str, one: Path, other: Path, tmp_path: Path) -> None:
    out, fresh = tmp_path / form, tmp_path / f"fresh-{form}"
    scan_to(out, one, workers=1)
    assert scan_to(out, other, workers=1, overwrite=True).messages == 4
    scan_to(fresh, other, workers=1)
    assert held(out) == held(fresh) == 4
    if form == "out":
        assert files(out) == files(fresh)


@pytest.mark.parametrize("asked", [{}, {"resume": True}, {"overwrite": True}])
def test_a_folder_that_holds_something_else_is_never_touched(
    asked: dict[str, bool], one: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"exists|something else than a scan"):
        scan_to(folder, one, workers=1, **asked)  # type: ignore[arg-type]
    assert files(folder) == {"letter.txt": b"mine"}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("seen.csv", r"seen\.csv: a scan writes a folder, \.jsonl or \.duckdb, and no \.csv file"),
        ("seen.JSON", r"and no \.JSON file"),
        ("seen.jsonl.gz", r"and no \.gz file"),
    ],
)
def test_a_name_of_another_kind_makes_no_folder(name: str, line: str, one: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=line):
        scan_to(tmp_path / name, one, workers=1)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["seen", "seen.2026", "archive.parquet", "v1.2"])
def test_any_other_name_is_a_folder_s(name: str, one: Path, tmp_path: Path) -> None:
    scan_to(tmp_path / name, one, workers=1)
    assert (tmp_path / name / "messages").is_dir()


def test_a_file_of_another_kind_is_never_touched(one: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("mine")
    with pytest.raises(OutputError, match="a file of another kind"):
        scan_to(letter, one, workers=1)
    assert letter.read_text() == "mine"


def test_a_scan_that_read_nothing_stands_in_nobodys_way(one: Path, tmp_path: Path) -> None:
    assert scan_to(tmp_path / "out", tmp_path / "mistyped.mbox", workers=1).messages == 0
    assert scan_to(tmp_path / "out", one, workers=1).messages > 0


@pytest.mark.parametrize("name", ["out.jsonl", "out.duckdb"])
def test_a_database_that_fails_is_an_output_that_cannot_be_written(
    name: str, one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise duckdb.IOException("No space left on device\nand more")

    monkeypatch.setattr("headertrace.corpus.convert.quoted", fail)
    with pytest.raises(OutputError, match=r"No space left on device; what is written is kept"):
        scan_to(tmp_path / name, one, workers=1)


def test_a_damaged_shard_is_told_in_one_line(one: Path, out: Path) -> None:
    shard = out / "messages" / "part-00000000.parquet"
    whole = shard.read_bytes()
    footer = 8 + int.from_bytes(whole[-8:-4], "little")
    shard.write_bytes(whole[:4] + bytes(len(whole) - 4 - footer) + whole[-footer:])
    with pytest.raises(OutputError, match="what is written is kept"):
        scan_to(out, one, workers=1, resume=True)


def test_what_stands_beside_the_tables_is_kept(other: Path, out: Path) -> None:
    (out / "notes.txt").write_text("mine")
    scan_to(out, other, workers=1, overwrite=True)
    assert (out / "notes.txt").read_text() == "mine"


def test_an_input_is_never_an_output(one: Path, tmp_path: Path) -> None:
    mails = shutil.copy(one, tmp_path / "mails.jsonl")
    with pytest.raises(OutputError, match="is one of the inputs"):
        scan_to(mails, mails, workers=1, overwrite=True)
    assert Path(mails).read_bytes() == one.read_bytes()


def test_resume_and_overwrite_exclude_each_other(one: Path, out: Path) -> None:
    command = [sys.executable, "-m", "headertrace", "scan", str(one), "-o", str(out)]
    done = subprocess.run([*command, "--resume", "--overwrite"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "only one of them" in done.stderr


@FORMS
def test_an_output_in_the_folder_that_is_scanned_is_no_input(form: str, tmp_path: Path) -> None:
    """Its fields were read as messages by the next scan, so that one that went on told more."""
    mbox(tmp_path / "a.mbox", range(20))
    first = scan_to(tmp_path / form, tmp_path, workers=1)
    assert (first.messages, first.errors) == (20, 1)
    assert first.told == [f"{parts_of(tmp_path / form)}: the output of a scan"]


def test_going_on_with_an_output_in_the_scanned_folder_adds_nothing(tmp_path: Path) -> None:
    mbox(tmp_path / "a.mbox", range(20))
    scan_to(tmp_path / "out", tmp_path, workers=1)
    before = files(tmp_path / "out")
    scan_to(tmp_path / "out", tmp_path, workers=1, resume=True)
    assert files(tmp_path / "out") == before
