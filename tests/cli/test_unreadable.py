"""Inputs that hold nothing, or cannot be read: one line each, the same in every command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headertrace.cli.main import cli

COMMANDS = ["trace", "trace --format html", "bounce", "blocklists", "selfcheck", "scan"]
NOTHING = [b"", b" \n\t\r\n\n", b"\xef\xbb\xbf\n"]
MESSAGE = b"Received: from a (a [10.0.0.1]) by mx.example; Wed, 13 Nov 2013 12:04:13 +0200\n\nhello\n"


def run(command: str, *names: object, out: Path) -> Result:
    words = [*command.split(), *map(str, names)]
    if command == "scan":
        pytest.importorskip("duckdb", reason="pip install 'headertrace[tables]'")
        words += ["-o", str(out / "seen"), "--workers", "1"]
    return CliRunner().invoke(cli, words)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("data", NOTHING, ids=ascii)
def test_an_input_that_holds_nothing_is_unreadable(command: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "empty.eml").write_bytes(data)
    named = run(command, tmp_path / "empty.eml", out=tmp_path)
    assert (named.exit_code, named.stdout) == (2, "")
    assert named.stderr.splitlines()[0] == f"headertrace: {tmp_path}/empty.eml: empty"


@pytest.mark.parametrize("command", COMMANDS)
def test_standard_input_that_holds_nothing_is_unreadable(command: str, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "headertrace", *command.split(), "-"]
    words += ["-o", str(tmp_path / "seen")] if command == "scan" else []
    done = subprocess.run(words, input=b" \n\n", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.splitlines()[0] == b"headertrace: standard input: empty"


def test_a_message_without_a_header_is_told_beside_its_report(tmp_path: Path) -> None:
    (tmp_path / "body.eml").write_bytes(b"\n\nonly a body\n")
    done = run("trace", tmp_path / "body.eml", out=tmp_path)
    assert (done.exit_code, "No Received field" in done.stdout) == (0, True)
    assert f"headertrace: {tmp_path}/body.eml: no header in it" in done.stderr


def test_a_page_has_lines_that_look_like_fields_and_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<!doctype html>\n<style>\nbody{\ncolor: red;\n}\n</style>\nx\n")
    done = run("trace", tmp_path / "page.html", out=tmp_path)
    assert f"headertrace: {tmp_path}/page.html: no header in it" in done.stderr


def test_standard_input_without_a_header_is_told_beside_its_report() -> None:
    done = CliRunner().invoke(cli, ["trace"], input="the text of a mail\n")
    assert (done.exit_code, "No Received field" in done.stdout) == (0, True)
    assert done.stderr.startswith("headertrace: standard input: no header in it")


@pytest.mark.parametrize("count", [20, 23])
def test_a_folder_of_other_files_does_not_bury_what_selfcheck_finds(count: int, tmp_path: Path) -> None:
    (tmp_path / "message.eml").write_bytes(MESSAGE)
    for number in range(count):
        (tmp_path / f"{number}.json").write_text("{}")
    done = run("selfcheck", tmp_path, out=tmp_path)
    lines = done.stderr.splitlines()
    assert len(lines) == min(count, 21)
    assert (lines[-1] == "headertrace: ... and 3 more unreadable inputs") is (count > 20)


@pytest.mark.parametrize("command", [*COMMANDS, "cases", "report"])
def test_an_empty_name_is_no_folder_of_where_one_is(command: str, tmp_path: Path) -> None:
    done = run(command, "", out=tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].endswith(": an empty name")


def test_tables_do_not_go_to_standard_output() -> None:
    done = CliRunner().invoke(cli, ["scan", "message.eml", "-o", "-"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "headertrace: -o: tables go to a folder, or to a file that ends in .jsonl or .duckdb\n"
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_the_rest_goes_on(command: str, tmp_path: Path) -> None:
    (tmp_path / "empty.eml").touch()
    (tmp_path / "message.eml").write_bytes(MESSAGE)
    done = run(command, tmp_path / "empty.eml", tmp_path / "message.eml", out=tmp_path)
    assert done.exit_code == 0
    assert f"headertrace: {tmp_path}/empty.eml: empty\n" in done.stderr
    assert done.stdout or command in ("scan", "blocklists")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_not_there_is_told_in_the_systems_words(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path / "missing", out=tmp_path)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0] == f"headertrace: {tmp_path}/missing: No such file or directory"


@pytest.mark.parametrize("command", ["trace", "bounce", "blocklists"])
def test_a_folder_leads_to_scan(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path, out=tmp_path)
    assert done.exit_code == 2
    assert done.stderr == f"headertrace: {tmp_path}: this is a folder; 'headertrace scan' reads folders\n"


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "a.eml").symlink_to("/proc/self/mem")
    (tmp_path / "b.eml").write_bytes(MESSAGE)
    done = run("selfcheck", tmp_path, out=tmp_path)
    assert done.exit_code == 0
    assert "a.eml: " in done.stderr
    assert "Messages: 1." in done.stdout


def test_a_file_that_cannot_even_be_asked_about_keeps_no_other_from_being_checked(tmp_path: Path) -> None:
    (tmp_path / "message.eml").write_bytes(MESSAGE)
    # As in a folder that may be listed and not entered, which the superuser, whom tests may be, always may.
    (tmp_path / "asked.eml").symlink_to("a" * 300)
    os.mkfifo(tmp_path / "pipe")
    done = run("selfcheck", tmp_path, out=tmp_path)
    assert (done.exit_code, "Messages: 1." in done.stdout) == (0, True)
    assert done.stderr == f"headertrace: {tmp_path}/asked.eml: File name too long\n"


@pytest.mark.parametrize("command", ["cases", "report", "scan"])
def test_an_output_that_no_file_can_be_called_is_named(command: str, tmp_path: Path) -> None:
    out = "a" * 300
    if command == "scan":
        (tmp_path / "message.eml").write_bytes(MESSAGE)
        done = CliRunner().invoke(cli, [command, str(tmp_path / "message.eml"), "-o", str(tmp_path / out)])
    else:
        done = CliRunner().invoke(cli, [command, str(tmp_path / out)])
    assert done.exit_code == 2
    assert "standard output" not in done.stderr
    assert done.stderr.startswith(f"headertrace: {tmp_path}/{out}")


def test_what_a_stopped_scan_told_is_told_again_in_the_same_words(tmp_path: Path) -> None:
    (tmp_path / "message.eml").write_bytes(MESSAGE)
    names = [tmp_path / "missing", tmp_path / "message.eml"]
    first = run("scan", *names, out=tmp_path)
    again = CliRunner().invoke(cli, ["scan", *map(str, names), "-o", str(tmp_path / "seen"), "--resume"])
    assert f"headertrace: {tmp_path}/missing: No such file or directory\n" in first.stderr
    assert again.stderr == first.stderr
