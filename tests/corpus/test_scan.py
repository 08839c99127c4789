"""A scan writes the same tables whatever the workers, the format, and the moment at which it was killed."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import headertrace as ht
from headertrace.corpus import piece, shards
from headertrace.corpus.manifest import OutputError
from headertrace.corpus.scan import Progress, scan_to
from headertrace.corpus.stored import open_stored
from headertrace.tables.schema import SCHEMA_VERSION, Table
from tests.corpus.mailboxes import files, mbox, message


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piece.cut_pieces, "__defaults__", (50,))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    mbox(folder / "a.mbox", range(230))
    mbox(folder / "b.mbox", range(200, 260), copy=True)
    (folder / "c.bin").write_bytes(b"\x00nothing")
    return folder


@pytest.fixture
def whole(source: Path, tmp_path: Path) -> Path:
    scan_to(tmp_path / "whole", source, workers=1)
    return tmp_path / "whole"


def test_every_message_has_a_row_and_every_error_too(source: Path, whole: Path) -> None:
    engine = open_stored(whole)
    counts = engine.rows(
        "select count(*) as n, count(distinct message) as d, max(hop_count) as h from messages"
    )
    assert counts == [{"n": 290, "d": 290, "h": 2}]
    assert json.loads((whole / "scan.json").read_text()) == {
        "schema": SCHEMA_VERSION,
        "networks": "",
        "inputs": [str(source)],
        "absent": [],
        "stream": "",
        "complete": True,
        "messages": 290,
        "errors": 1,
    }
    for table in Table:
        assert list((whole / table).glob("*.parquet"))


def test_duplicates_are_marked_and_kept(whole: Path) -> None:
    found = open_stored(whole).rows(
        "select message, duplicate_of from messages where duplicate order by message"
    )
    assert [(row["message"], row["duplicate_of"]) for row in found] == [(230 + n, 200 + n) for n in range(30)]


def test_a_database_finds_the_duplicates_of_a_large_archive(
    source: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headertrace.corpus.duplicates.find_in_memory", None)
    monkeypatch.setattr("headertrace.corpus.duplicates.MAX_IN_MEMORY", 289)
    scan_to(tmp_path / "large", source, workers=1)
    assert files(tmp_path / "large") == files(whole)


@pytest.mark.parametrize("workers", [2, 3])
def test_more_workers_write_the_same_bytes(workers: int, source: Path, whole: Path, tmp_path: Path) -> None:
    done = scan_to(tmp_path / "many", source, workers=workers)
    assert (done.messages, done.errors) == (290, 1)
    assert files(tmp_path / "many") == files(whole)


@pytest.mark.parametrize("form", ["out.jsonl", "out.duckdb"])
def test_other_forms_hold_the_same_messages(form: str, source: Path, whole: Path, tmp_path: Path) -> None:
    scan_to(tmp_path / form, source, workers=1)
    columns = "message, relay, client_ip, duplicate_of, traits, epoch_us(received) as seen"
    query = f"select {columns} from messages order by message"
    assert open_stored(tmp_path / form).rows(query) == open_stored(whole).rows(query)
    assert not list(tmp_path.glob("*.parts"))


def test_json_lines_hold_a_message_with_its_hops_in_each_line(source: Path, tmp_path: Path) -> None:
    scan_to(tmp_path / "out.jsonl", source, workers=1)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert len(lines) == 290
    assert [hop["hop"] for hop in lines[7]["hops"]] == [0, 1]
    assert lines[7]["hops"][0]["helo"] == "host7"
    assert lines[7]["verdicts"][0]["rank"] == 0
    errors = [json.loads(line) for line in (tmp_path / "out.errors.jsonl").read_text().splitlines()]
    assert [error["trouble"] for error in errors] == ["not-a-message"]


class KilledError(Exception):
    pass


@pytest.mark.parametrize("after", [0, 1, 3, 17, 26, 29])
def test_stopped_at_any_write_and_resumed(
    after: int, source: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = iter(range(after))
    write = shards.write_shard

    def failing(path: Path, table: object) -> None:
        if next(writes, None) is None:
            path.with_name(path.name + shards.UNFINISHED).write_bytes(b"half")
            raise KilledError
        write(path, table)

    with monkeypatch.context() as patch:
        patch.setattr(shards, "write_shard", failing)
        with pytest.raises(KilledError):
            scan_to(tmp_path / "out", source, workers=1)
    scan_to(tmp_path / "out", source, workers=2, resume=True)
    assert files(tmp_path / "out") == files(whole)


def test_killed_with_signal_9_and_resumed(tmp_path: Path) -> None:
    mbox(tmp_path / "in.mbox", range(2_500))
    command = [sys.executable, "-m", "headertrace", "scan", str(tmp_path / "in.mbox"), "--workers", "2", "-o"]
    subprocess.run([*command, str(tmp_path / "whole")], check=True, capture_output=True)
    running = subprocess.Popen(
        [*command, str(tmp_path / "out")], stderr=subprocess.DEVNULL, start_new_session=True
    )
    first = tmp_path / "out" / Table.MESSAGES / "part-00000000.parquet"
    while not first.exists() and running.poll() is None:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL, "it was killed while it ran"
    subprocess.run([*command, str(tmp_path / "out"), "--resume"], check=True, capture_output=True)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_what_is_done_is_not_judged_again(
    source: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headertrace.corpus.worker.judge_entry", None)
    done = scan_to(whole, source, workers=1, resume=True)
    assert (done.messages, done.errors, len(done.told)) == (290, 1, 1)


def test_input_that_changed_is_judged_again(source: Path, whole: Path, tmp_path: Path) -> None:
    mbox(source / "a.mbox", range(1_000, 1_020))
    (source / "b.mbox").unlink()
    scan_to(whole, source, workers=1, resume=True)
    scan_to(tmp_path / "fresh", source, workers=1)
    assert files(whole) == files(tmp_path / "fresh")


@pytest.mark.parametrize("bound", [0, 100], ids=["found by the database", "found in memory"])
def test_marks_follow_an_input_that_changed(
    bound: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("headertrace.corpus.duplicates.MAX_IN_MEMORY", bound)
    source = tmp_path / "in"
    source.mkdir()
    mbox(source / "b.mbox", range(50), copy=True)
    first, out = source / "a.mbox", tmp_path / "out"
    for numbers in (range(25, 75), range(10, 60), range(100, 150)):
        mbox(first, numbers)
        scan_to(out, source, workers=1, resume=True)
        marks = open_stored(out).rows(
            "select message, duplicate_of, duplicate from messages order by message"
        )
        copies = {
            50 + place: numbers.index(number) for place, number in enumerate(range(50)) if number in numbers
        }
        assert [(row["duplicate_of"], row["duplicate"]) for row in marks] == [
            (copies.get(message), message in copies) for message in range(100)
        ]


def stopped_stream(out: Path, given: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Stop a scan of standard input after two of its pieces, and return what is written then."""

    def stop(progress: Progress) -> None:
        if progress.outcome.messages == 100:
            raise KilledError

    with given.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(KilledError):
            scan_to(out, "-", workers=1, watch=stop)
    return files(out)


OTHER_STREAMS = {
    "it begins otherwise": (range(1, 230), "another standard input, and is left as it is"),
    "it ends before the earlier one was stopped": (range(50), "holds more than this standard input"),
    "it is empty": (range(0), "another standard input|holds more than this"),
}


@pytest.mark.parametrize("why", OTHER_STREAMS)
def test_a_stopped_stream_is_not_gone_on_with_by_another(
    why: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers, line = OTHER_STREAMS[why]
    kept = stopped_stream(tmp_path / "out", source / "a.mbox", monkeypatch)
    with mbox(tmp_path / "other.mbox", numbers).open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        with pytest.raises(OutputError, match=line):
            scan_to(tmp_path / "out", "-", workers=1, resume=True)
    assert files(tmp_path / "out") == kept


def test_a_stopped_stream_goes_on_with_the_same(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for out in ("out", "whole"):
        if out == "out":
            stopped_stream(tmp_path / out, source / "a.mbox", monkeypatch)
        with (source / "a.mbox").open() as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            scan_to(tmp_path / out, "-", workers=1, resume=out == "out")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_output_that_cannot_be_made(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="file"):
        scan_to(tmp_path / "file" / "out", source, workers=1)


def test_full_disk_keeps_what_is_written(
    source: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = iter(range(12))
    write = shards.write_shard

    def full(path: Path, table: object) -> None:
        if next(writes, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write(path, table)

    seen: list[Progress] = []
    with monkeypatch.context() as patch:
        patch.setattr(shards, "write_shard", full)
        with pytest.raises(OutputError, match="No space left on device; what is written is kept"):
            scan_to(tmp_path / "out", source, workers=1, watch=seen.append)
    assert seen[-1].outcome.messages == 100
    scan_to(tmp_path / "out", source, workers=1, resume=True)
    assert files(tmp_path / "out") == files(whole)


def test_scan_gives_examinations_in_order(source: Path, caplog: pytest.LogCaptureFixture) -> None:
    for workers in (None, 2):
        judged = list(ht.scan(source, workers=workers))
        assert [one.source.message_id for one in judged[:3]] == [f"<{n}@corp.example>" for n in range(3)]
        assert len(judged) == 290
        assert judged[5].trace.hops[0].helo == "host5"
        assert str(judged[5].source.path).endswith("a.mbox")
        assert message(5).startswith((source / "a.mbox").read_bytes()[judged[5].source.offset :][:50])
    assert "c.bin" in caplog.text


def test_scan_is_lazy(tmp_path: Path) -> None:
    mbox(tmp_path / "big.mbox", range(3_000))
    stream: Iterator[ht.Examination] = ht.scan(tmp_path)
    next(stream)
    (tmp_path / "big.mbox").unlink()


@pytest.mark.parametrize(
    ("arguments", "error", "line"),
    [
        ({"paths": 5}, TypeError, "not a path: int"),
        ({"paths": b"in.mbox"}, TypeError, "not a path: bytes"),
        ({"paths": [None]}, TypeError, "not a path: NoneType"),
        ({"workers": "2"}, TypeError, "workers: a number or None, not str"),
        ({"workers": 0}, ValueError, "workers: at least 1, not 0"),
        ({"workers": -1}, ValueError, "workers: at least 1, not -1"),
        ({"admd": "10.0.0.0/8"}, TypeError, "not an Admd: str"),
    ],
)
def test_callers_mistakes_are_refused_at_the_call(
    arguments: dict[str, Any], error: type[Exception], line: str, tmp_path: Path
) -> None:
    given = {"paths": tmp_path} | arguments
    with pytest.raises(error, match=line):
        ht.scan(**given)
    with pytest.raises(error, match=line):
        scan_to(tmp_path / "out", **given)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("out", ["out", "out.jsonl", "out.duckdb"])
@pytest.mark.parametrize("library", ["pyarrow", "duckdb"])
def test_a_small_installation_is_told_what_brings_tables(
    library: str, out: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ModuleNotFoundError, match=rf"scan needs {library}: .*headertrace\[tables\]"):
        scan_to(tmp_path / out, source)
    assert list(tmp_path.glob("out*")) == []


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["{in}", "-o", "{out}"], 0, "290 messages, 1 unreadable input, in"),
        (["{in}", "-o", "{out}", "--fail-on", "established"], 0, ""),
        (["{in}/nothing", "-o", "{out}"], 2, "no message could be read"),
        (["{in}/c.bin", "-o", "{out}"], 2, "c.bin: nothing here that holds mail"),
        (["{in}", "-o", "/proc/out"], 2, "/proc/out"),
        (["{in}"], 2, "Missing option"),
        (["{in}", "-o", "{out}", "--trusted", "nonsense"], 2, "not a network"),
    ],
)
def test_exit_codes(arguments: list[str], code: int, line: str, source: Path, tmp_path: Path) -> None:
    filled = [word.format(**{"in": source, "out": tmp_path / "out"}) for word in arguments]
    command = [sys.executable, "-m", "headertrace", "scan", "--workers", "1", *filled]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert line in done.stderr


@pytest.mark.parametrize("name", ["o [2024]*?q'", "o [2024]*?q'.jsonl", "o [2024]*?q'.duckdb"])
def test_a_name_that_would_be_a_pattern_names_one_output(name: str, tmp_path: Path) -> None:
    decoy = tmp_path / name.replace("[2024]*?", "2xy")
    scan_to(decoy, mbox(tmp_path / "in.mbox", range(3)))
    scan_to(tmp_path / name, mbox(tmp_path / "in.mbox", range(2)))
    assert open_stored(tmp_path / name).rows("select count(*) as messages from messages") == [{"messages": 2}]


def test_an_output_without_a_name_in_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="must be UTF-8"):
        scan_to(tmp_path / "o\udcff", mbox(tmp_path / "in.mbox", range(2)))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.mbox"]
