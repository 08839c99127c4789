"""``headertrace cases`` as a person reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

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
