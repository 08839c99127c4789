"""A mailbox, an archive or a pipe where one message is expected."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headertrace.cli import mailbox
from headertrace.cli.main import cli


def letter(subject: str) -> bytes:
    return (
        b"From jeff@freemail.example Wed Nov 13 11:04:11 2013\n"
        b"Received: from pc-1 (pc-1 [192.0.2.7]) by mx.victim.example with ESMTP;"
        b" Wed, 13 Nov 2013 12:04:11 +0200\n"
        b"From: Jeff <jeff@freemail.example>\nSubject: " + subject.encode() + b"\n\nbody\n\n"
    )


THREE = b"".join(map(letter, ("first", "second", "third")))
SAID = "3 messages, and this is the first; --message N takes another, 'headertrace scan' all"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    path = tmp_path / "three.mbox"
    path.write_bytes(THREE)
    return path


def run(*words: object, feed: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(map(str, words)), input=feed)


@pytest.mark.parametrize("command", ["trace", "bounce"])
def test_the_first_of_several_is_shown_and_said_to_be_the_first(command: str, three: Path) -> None:
    done = run(command, three)
    assert done.exit_code == 0
    assert done.stderr == f"headertrace: {three}: {SAID}\n"


@pytest.mark.parametrize(
    "box",
    [
        b"\xef\xbb\xbf" + THREE,
        b"\r\n\n" + THREE,
        re.sub(rb"From jeff[^\n]*", b"From ", THREE),
        re.sub(rb"From jeff[^\n]*", b"From jeff@freemail.example", THREE),
        THREE.replace(b"\n", b"\r"),
        ("\ufeff" + THREE.decode()).encode("utf-16-le"),
    ],
    ids=["byte order mark", "blank lines", "the word alone", "no time", "old Macintosh", "UTF-16"],
)
def test_every_kind_of_mailbox_is_told_as_one(box: bytes, tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(box)
    assert SAID in run("trace", tmp_path / "box").stderr
    assert "Subject: third" in run("trace", "--message", 3, tmp_path / "box").stdout


def test_a_mailbox_in_a_pipe_is_told_as_one_in_a_file() -> None:
    done = run("trace", feed=THREE)
    assert "first" in done.stdout
    assert SAID in done.stderr


def test_the_saved_message_of_one_that_begins_with_a_separator_is_no_mailbox(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(letter("only"))
    assert run("trace", tmp_path / "one.eml").stderr == ""


def test_nobody_waits_until_millions_are_counted(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MOST_COUNTED", 2)
    assert "more than 2 messages" in run("trace", three).stderr


@pytest.mark.parametrize(("number", "subject"), [(1, "first"), (2, "second"), (3, "third")])
def test_a_message_is_picked_by_its_number(number: int, subject: str, three: Path) -> None:
    done = run("trace", "--message", number, three)
    assert f"Subject: {subject}" in done.stdout
    assert done.stderr == ""


def test_a_compressed_message_is_read_where_a_number_says_which(tmp_path: Path) -> None:
    (tmp_path / "one.eml.gz").write_bytes(gzip.compress(letter("packed")))
    assert "Subject: packed" in run("trace", "--message", 1, tmp_path / "one.eml.gz").stdout


@pytest.mark.parametrize(
    ("number", "name", "reason"),
    [
        (4, "three.mbox", "there is no message 4 in it"),
        (1, "missing.mbox", "No such file or directory"),
    ],
)
def test_where_there_is_no_such_message_one_line_says_so(
    number: int, name: str, reason: str, three: Path
) -> None:
    done = run("trace", "--message", number, three.with_name(name))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert reason in done.stderr


def test_selfcheck_reads_every_message_of_a_mailbox_in_a_pipe() -> None:
    assert "Messages: 3." in run("selfcheck", "-", feed=THREE).stdout


def test_a_single_message_is_counted_as_people_count() -> None:
    assert "1 message\n" in run("selfcheck", "-", feed=letter("only")).stdout


@pytest.mark.parametrize("command", ["trace --message 4", "bounce --message 4", "selfcheck -"])
def test_an_archive_that_breaks_off_in_a_pipe_is_one_line(command: str) -> None:
    done = run(*command.split(), feed=gzip.compress(THREE)[:-20])
    assert "truncated" in done.stderr
    assert done.exit_code == (0 if "Messages" in done.stdout else 2)
