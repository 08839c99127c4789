"""What is no scan is refused with one line, by every command that opens one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from headertrace.cli.main import cli
from headertrace.corpus.manifest import OutputError
from headertrace.corpus.scan import scan_to
from headertrace.corpus.stored import NO_SCAN, open_stored
from headertrace.tables.schema import Table
from tests.corpus.mailboxes import mbox, message


def mail(folder: Path) -> Path:
    path = folder / "message.eml"
    path.write_bytes(message(1))
    return path


def octets(folder: Path) -> Path:
    path = folder / "noise.jsonl"
    path.write_bytes(bytes(range(256)) * 40)
    return path


def other_lines(folder: Path) -> Path:
    path = folder / "mails.jsonl"
    path.write_text(json.dumps({"raw": "From: a@b.example"}) + "\n")
    return path


def broken_lines(folder: Path) -> Path:
    path = folder / "seen.jsonl"
    scan_to(path, mbox(folder / "in.mbox", range(3)), workers=1)
    path.write_text(path.read_text().replace('"message":2', '"message":"two"'))
    return path


def text_as_database(folder: Path) -> Path:
    path = folder / "text.duckdb"
    path.write_text("no database")
    return path


def other_database(folder: Path) -> Path:
    path = folder / "lite.duckdb"
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table messages (message integer)")
    return path


def empty_folder(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def damaged_shard(folder: Path) -> Path:
    scan_to(folder / "seen", mbox(folder / "in.mbox", range(3)), workers=1)
    (folder / "seen" / Table.MESSAGES / "part-00000000.parquet").write_bytes(b"PAR1 no more")
    return folder / "seen"


def nothing(folder: Path) -> Path:
    return folder / "nothing"


@pytest.mark.parametrize("command", ["cases", "report"])
@pytest.mark.parametrize(
    "made",
    [
        mail,
        octets,
        other_lines,
        broken_lines,
        text_as_database,
        other_database,
        empty_folder,
        damaged_shard,
        nothing,
    ],
)
def test_what_is_no_scan_is_one_line_and_exit_code_2(
    made: Callable[[Path], Path], command: str, tmp_path: Path
) -> None:
    path = made(tmp_path)
    done = CliRunner().invoke(cli, [command, str(path)])
    assert done.exit_code == 2, done.output
    assert len(done.stderr.splitlines()) == 1
    meaning = "does not exist" if made is nothing else NO_SCAN
    assert done.stderr == f"headertrace: {path} {meaning}\n"
    assert done.stdout == ""


def test_a_machine_that_is_too_small_is_not_taken_for_a_damaged_scan(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="pip install 'headertrace[tables]'")
    scan_to(tmp_path / "seen", mbox(tmp_path / "in.mbox", range(3)), workers=1)
    engine = open_stored(tmp_path / "seen")
    engine.run("set memory_limit = '1MB'")
    with pytest.raises(OutputError, match=r"seen cannot be compared: .*[Mm]emory") as told:
        engine.rows("select count(*) from range(10_000_000) a group by a.range limit 1")
    assert isinstance(told.value.__cause__, duckdb.OutOfMemoryException)


def test_a_scan_without_a_message_holds_no_case(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for form in ("out", "out.jsonl", "out.duckdb"):
        scan_to(tmp_path / form, tmp_path / "in", workers=1)
        assert open_stored(tmp_path / form).rows("select * from messages") == []
