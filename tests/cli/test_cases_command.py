"""``headertrace cases`` as a person reads it."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from headertrace import Case, CaseKind, Confidence
from headertrace.cli import cases_command
from headertrace.cli.main import cli

MESSAGES = Path(__file__).parents[2] / "fixtures" / "messages" / "lab"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> str:
    pytest.importorskip("duckdb", reason="pip install 'headertrace[tables]'")
    out = str(tmp_path_factory.mktemp("scan") / "seen")
    done = CliRunner().invoke(cli, ["scan", str(MESSAGES), "-o", out, "--workers", "1"])
    assert done.exit_code == 0
    return out


def told(seen: str, *options: str) -> str:
    done = CliRunner().invoke(cli, ["cases", seen, "--kind", "open-relay-nat", *options])
    assert done.exit_code == 0
    return done.stdout


def test_what_is_wrapped_stands_under_its_reason_and_not_under_its_sign(seen: str) -> None:
    lines = told(seen).partition("\n\n")[0].splitlines()
    first = lines.index(next(line for line in lines if line.startswith("  + ")))
    assert all(line.startswith(("  + ", "  ? ", "    ", "  e.g. ")) for line in lines[first:])
    assert any(line.startswith("    ") for line in lines[first:])


def test_a_pipe_gets_no_colour_unless_it_is_asked_for(seen: str) -> None:
    assert "\x1b" not in told(seen)
    assert "\x1b[1mopen-relay-nat\x1b[0m" in told(seen, "--colour", "always")


@pytest.mark.parametrize("command", ["cases", "report"])
def test_a_command_ends_without_a_word_of_its_libraries(seen: str, command: str) -> None:
    # As a process: DuckDB complains of what is left where the interpreter ends without looking for garbage.
    done = subprocess.run(
        [sys.executable, "-m", "headertrace", command, seen], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (
            {"2013-11-01": 3, "2013-12-01": 9},
            "12 messages, 2013-11-01 to 2013-12-01, 9 on the busiest of 2 days;",
        ),
        ({"2013-11-01": 12}, "12 messages, on 2013-11-01;"),
        ({}, "12 messages, no dates;"),
    ],
)
def test_the_days_of_a_case_are_told_in_short(
    monkeypatch: pytest.MonkeyPatch, days: dict[str, int], line: str
) -> None:
    seen = [datetime.fromisoformat(f"{day}T10:00:00+00:00") for day in days]
    first, last = (seen[0], seen[-1]) if seen else (None, None)
    case = Case(
        kind=CaseKind.OPEN_RELAY,
        relay="a.example",
        messages=12,
        days=days,
        first_seen=first,
        last_seen=last,
        confidence=Confidence.LIKELY,
    )
    monkeypatch.setattr(cases_command, "find_cases", lambda _out: (case,))
    assert line in CliRunner().invoke(cli, ["cases", "seen"]).stdout


def test_nothing_of_a_case_commands_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    evil = "a\x1b[31m\u202eb\r\nc"
    case = Case(
        kind=CaseKind.OPEN_RELAY_NAT,
        relay=evil,
        relay_address=evil,
        inner_address=evil,
        helos={evil: 1},
        senders={evil: 1},
        zones={evil: 1},
        recipients={evil: 1},
        relays={evil: 1},
        reasons=(evil,),
        confounders=(evil,),
        samples=(evil,),
        messages=2,
        confidence=Confidence.LIKELY,
    )
    monkeypatch.setattr(cases_command, "find_cases", lambda _out: (case,))
    shown = told("seen")
    assert not {"\x1b", "\u202e", "\r"} & set(shown)
    assert "\nc" not in shown
    assert shown.count(r"\x1b[31m\u202e") == 9
