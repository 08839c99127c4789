"""``headertrace trace`` as people and pipelines use it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import headertrace as ht
import headertrace.facts
from headertrace.cli.main import cli

MESSAGE = b"""\
Received: from mail.corp.example (mail.corp.example [198.51.100.25])
\tby mx.victim.example (Postfix) with ESMTP id 3d9zX41yK2z
\tfor <someone@victim.example>; Wed, 13 Nov 2013 12:04:13 +0200 (EET)
Received: from PC-20121219NMRW ([192.168.1.1] RDNS failed)
\tby mail.corp.example with Microsoft SMTPSVC(6.0.3790.4675);
\tWed, 13 Nov 2013 12:04:11 +0200
Subject: Photo retouching
From: Jeff <jeff@freemail.example>

body
"""


@pytest.fixture
def message(tmp_path: Path) -> Path:
    path = tmp_path / "message.eml"
    path.write_bytes(MESSAGE)
    return path


def run(*args: object, feed: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "headertrace", "trace", *map(str, args)],
        input=feed,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_file_is_told_as_text(message: Path) -> None:
    done = run(message)
    assert done.returncode == 0
    assert done.stderr == b""
    for words in (b"PC-20121219NMRW", b"[192.168.1.1] private", b"rDNS failed", b"VERDICT"):
        assert words in done.stdout


def test_standard_input_is_read_without_a_file_and_for_a_dash(message: Path) -> None:
    piped = run(feed=MESSAGE).stdout
    assert b"PC-20121219NMRW" in piped
    assert run("-", feed=MESSAGE).stdout == piped


def test_json_is_one_object_a_line(message: Path) -> None:
    done = run("--format", "json", message, message)
    first, second = map(json.loads, done.stdout.decode().splitlines())
    assert first == second
    assert first["source"]["path"] == str(message)
    assert first["trace"]["hops"][0]["helo"] == "PC-20121219NMRW"


def test_html_is_one_page_also_for_several_messages(message: Path) -> None:
    shown = run("--format", "html", message, message).stdout.decode()
    assert shown.count("<!DOCTYPE html>") == 1
    assert "2 messages" in shown


def test_an_unreadable_file_is_one_line_and_the_others_go_on(message: Path, tmp_path: Path) -> None:
    done = run(tmp_path / "missing.eml", message)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        f"headertrace: {tmp_path}/missing.eml: No such file or directory"
    ]
    assert b"PC-20121219NMRW" in done.stdout


def test_where_nothing_can_be_read_the_exit_code_is_2(tmp_path: Path) -> None:
    done = run(tmp_path / "missing.eml", tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"'headertrace scan' reads folders" in done.stderr


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    assert b"\x1b" not in run(tmp_path / "evil\x1b[2J.eml").stderr


@pytest.mark.parametrize("feed", [b"\x00\xff\xfe", b"no header at all\n", b"Received:", b"\r" * 1000 + b"x"])
def test_whatever_comes_in_a_report_comes_out(feed: bytes) -> None:
    for shape in ("text", "json", "html", "csv"):
        done = CliRunner().invoke(cli, ["trace", "--format", shape], input=feed)
        assert done.exit_code == 0
        assert done.stderr.count("\n") == done.stderr.count("headertrace: standard input: no header in it")
        assert done.stdout


def test_a_wrong_network_is_named(message: Path) -> None:
    done = run("--trusted", "not-a-network", message)
    assert done.returncode == 2
    assert b"not-a-network" in done.stderr
    assert b"192.0.2.0/24" in done.stderr


def test_a_wrong_format_is_answered_with_the_right_ones(message: Path) -> None:
    done = run("--format", "yaml", message)
    assert done.returncode == 2
    assert all(word in done.stderr for word in (b"text", b"json", b"html"))


def test_our_own_networks_move_the_boundary(message: Path) -> None:
    inferred = json.loads(run("--format", "json", message).stdout)
    told = json.loads(run("--format", "json", "--trusted", "198.51.100.25", message).stdout)
    assert inferred["trace"]["border"] == 1
    assert told["trace"]["border"] == 0


def test_facts_that_were_saved_are_used_and_nothing_is_looked_up(message: Path, tmp_path: Path) -> None:
    listing = ht.facts.ListingFact(zone="zen.example", state=ht.facts.Listed.LISTED)
    facts = ht.Facts(listings={"198.51.100.25": (listing,)})
    (tmp_path / "facts.json").write_text(facts.to_json())
    without = json.loads(run("--format", "json", message).stdout)
    told = json.loads(run("--format", "json", "--facts", tmp_path / "facts.json", message).stdout)
    assert len(told["not_examined"]) < len(without["not_examined"])


def test_facts_that_are_none_are_a_usage_error(message: Path) -> None:
    done = run("--facts", message, message)
    assert done.returncode == 2
    assert b"--facts" in done.stderr


def test_a_pipe_gets_no_colour_unless_it_is_asked_for(message: Path) -> None:
    assert b"\x1b" not in run(message).stdout
    assert b"\x1b[" in run("--colour", "always", message).stdout


def on_terminal(*args: object, **environment: str) -> bytes:
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "headertrace", "trace", *map(str, args)],
            stdout=theirs,
            check=True,
            env={**os.environ, "TERM": "xterm", **environment},
        )
        os.set_blocking(ours, False)
        return os.read(ours, 65536)
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_terminal_gets_colour_and_no_color_is_respected(message: Path) -> None:
    assert b"\x1b[" in on_terminal(message)
    assert b"\x1b" not in on_terminal(message, NO_COLOR="1")
    assert b"\x1b" not in on_terminal(message, TERM="dumb")


def test_an_ascii_terminal_gets_question_marks_and_no_error(message: Path) -> None:
    done = run(message, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.isascii()
