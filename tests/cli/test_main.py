"""The command as a whole: help without imports, and errors that say what was meant."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import headertrace.cli
from headertrace.cli.main import COMMANDS, cli

SLOW = {
    "rich",
    "jinja2",
    "netaddr",
    "dns",
    "mailparser",
    "pyarrow",
    "duckdb",
    "pandas",
    "starlette",
    "uvicorn",
}
WRITTEN = [
    path.stem.removesuffix("_command") for path in Path(headertrace.cli.__path__[0]).glob("*_command.py")
]


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "headertrace", *args], capture_output=True, text=True, check=False
    )


def test_every_command_that_is_written_is_told_and_the_other_way_round() -> None:
    assert sorted(WRITTEN) == sorted(COMMANDS)


@pytest.mark.parametrize("name", WRITTEN)
def test_each_command_has_help_with_examples(name: str) -> None:
    command = getattr(import_module(f"headertrace.cli.{name}_command"), name)
    assert isinstance(command, click.Command)
    done = CliRunner().invoke(cli, [name, "--help"], terminal_width=80)
    assert "`" not in done.stdout
    assert done.exit_code == 0
    assert "Examples:" in done.output
    assert f"headertrace {name}" in done.output
    assert max(map(len, done.output.splitlines())) <= 80


@pytest.mark.parametrize("name", WRITTEN)
def test_whatever_tells_text_can_be_coloured_or_not(name: str) -> None:
    command = getattr(import_module(f"headertrace.cli.{name}_command"), name)
    options = {option.name: option for option in command.params}
    shapes = getattr(getattr(options.get("shape"), "type", None), "choices", ())
    assert ("colour" in options) == ("text" in shapes)


def test_help_imports_no_command_and_nothing_slow() -> None:
    code = (
        "import sys\nfrom headertrace.cli.main import cli\n"
        "cli(['--help'], standalone_mode=False)\nprint('LOADED', *sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert not loaded & SLOW
    assert not [name for name in loaded if name.endswith("_command")]


def test_help_shows_examples_and_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "headertrace trace message.eml" in done.stdout
    assert all(f"  {name}" in done.stdout for name in COMMANDS)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_misspelt_command_is_a_usage_error_with_a_suggestion() -> None:
    done = run("trcae")
    assert done.returncode == 2
    assert "Did you mean 'trace'?" in done.stderr


def test_a_file_without_a_command_leads_to_the_command_for_it(tmp_path: Path) -> None:
    message, spaced = tmp_path / "message.eml", tmp_path / "my message.eml"
    message.touch()
    spaced.touch()
    assert f"Did you mean: headertrace trace {message}\n" in run(str(message)).stderr
    assert f"Did you mean: headertrace trace '{spaced}'\n" in run(str(spaced)).stderr
    assert f"Did you mean: headertrace scan {tmp_path}\n" in run(str(tmp_path)).stderr


def test_a_wild_word_leads_to_the_help() -> None:
    assert "'headertrace --help' lists them" in run("zzz").stderr


@pytest.mark.parametrize(
    ("arguments", "library", "extra"),
    [
        (["trace", "--format", "html", __file__], "jinja2", "notebook"),
        (["web", "--port", "0"], "uvicorn", "web"),
        (["scan", "/dev/null", "-o", "OUT"], "pyarrow", "tables"),
        (["cases", "OUT"], "duckdb", "tables"),
    ],
)
def test_a_library_that_is_missing_is_named_with_what_brings_it(
    arguments: list[str], library: str, extra: str, tmp_path: Path
) -> None:
    hide = f"import sys; sys.modules[{library!r}] = None; from headertrace.cli.main import main; main()"
    words = [word.replace("OUT", str(tmp_path / "out")) for word in arguments]
    (tmp_path / "out").mkdir(exist_ok=True)
    done = subprocess.run([sys.executable, "-c", hide, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"pip install 'headertrace[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "begins", "library", "extra"),
    [
        ("box.zst", bytes.fromhex("28b52ffd"), "zstandard", "zstd"),
        ("letter.msg", bytes.fromhex("d0cf11e0a1b11ae1"), "olefile", "msg"),
    ],
)
def test_a_file_that_a_library_is_missing_for_is_told_with_what_brings_it(
    name: str, begins: bytes, library: str, extra: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(begins)
    hide = f"import sys; sys.modules[{library!r}] = None; from headertrace.cli.main import main; main()"
    words = ["scan", str(tmp_path / name), "-o", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", hide, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"pip install 'headertrace[{extra}]'" in done.stderr


def test_the_version_is_told() -> None:
    assert run("--version").stdout == f"headertrace, version {headertrace.__version__}\n"
