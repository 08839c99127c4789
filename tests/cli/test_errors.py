"""A mistake on the command line: one form, the option it stands in, nothing that commands the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headertrace.cli.main import cli

# A colour, a title and a turned reading order: Click takes only the first out, and only in a pipe.
EVIL = "a\x1b[31m\x1b]0;gone\x07\u202eb"
SHOWN = r"a\x1b[31m\x1b]0;gone\x07\u202eb"
MESSAGE = str(Path(__file__).parents[2] / "fixtures" / "messages" / "spamhaus-nat.eml")


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], color=True)


@pytest.mark.parametrize(
    "words",
    [
        [EVIL],
        ["trace", "--facts", EVIL],
        ["trace", "--facts", "FOLDER"],
        ["trace", "--format", EVIL],
        ["trace", "--message", EVIL],
        ["trace", f"--{EVIL}"],
        ["trace", "--trusted", EVIL],
        ["blocklists", "--replay", EVIL, "192.0.2.1"],
        ["blocklists", "--database", EVIL, "192.0.2.1"],
        ["blocklists", "--list", EVIL, "192.0.2.1"],
        ["cases", "--kind", EVIL, "seen"],
        ["report", "--format", "arf", "--reporter", EVIL, "seen"],
        ["report", "--spare", EVIL, "seen"],
        ["web", EVIL],
        ["filter", EVIL],
    ],
    ids=ascii,
)
def test_what_was_typed_cannot_command_the_terminal(words: list[str], tmp_path: Path) -> None:
    (tmp_path / EVIL).mkdir()
    done = run(*[str(tmp_path / EVIL) if word == "FOLDER" else word for word in words])
    assert done.exit_code == 2
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stderr)
    assert r"\x1b" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("headertrace: ")


def test_a_file_without_a_command_is_named_as_it_can_be_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(EVIL).touch()
    assert f"Did you mean: headertrace trace '{SHOWN}'\n" in run(EVIL).stderr


@pytest.mark.parametrize("option", ["--trusted", "--internal", "--submission"])
def test_a_wrong_network_is_told_with_its_option(option: str) -> None:
    done = run("trace", option, "bogus", MESSAGE)
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"headertrace: {option}: not a network: 'bogus' (write 192.0.2.0/24")


@pytest.mark.parametrize("name", ["", " ", "."])
def test_an_empty_name_is_not_ours(name: str) -> None:
    # A variable that a script did not set: every server whose name nobody knows would be ours.
    done = run("trace", "--name", name, MESSAGE)
    assert done.exit_code == 2
    assert f"headertrace: --name: no domain name: {name!r}" in done.stderr


def test_a_network_to_spare_is_told_with_its_option() -> None:
    assert "headertrace: --spare: not a network: 'bogus'" in run("report", "--spare", "bogus", "seen").stderr


def test_a_network_that_is_not_trusted_is_named() -> None:
    done = run("trace", "--trusted", "192.0.2.0/24", "--internal", "198.51.100.7", MESSAGE)
    assert done.exit_code == 2
    assert "headertrace: internal network '198.51.100.7' is not within the trusted networks" in done.stderr


def test_without_a_word_the_help_is_told() -> None:
    done = run()
    assert done.exit_code == 2
    assert done.stderr.startswith("Usage: cli")
    assert "Commands:" in done.stderr


def test_a_mistake_is_told_after_the_usage() -> None:
    lines = run("trace", "--no-such-option").stderr.splitlines()
    assert lines[0].startswith("Usage: cli trace")
    assert lines[1] == "Try 'cli trace --help' for help."
    assert lines[-1].startswith("headertrace: No such option")
