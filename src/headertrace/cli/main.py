"""The ``headertrace`` command: finds the subcommand that was asked for and loads no other."""

from __future__ import annotations

import errno
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module

import click

from headertrace import __version__
from headertrace.cli.errors import ToldError, told
from headertrace.corpus.process import become_command

# What `headertrace --help` tells about each command, so that it imports none of them.
COMMANDS = {
    "trace": "The chain of one message, what is suspicious in it, and the verdict.",
    "scan": "Many messages into tables: Parquet, JSON lines or DuckDB.",
    "cases": "What many scanned messages prove together.",
    "report": "Evidence for others: HTML, ARF, XARF or an rbldnsd zone.",
    "blocklists": "Where the addresses of a message are listed.",
    "bounce": "Which list refused us, for which address, and how to get off.",
    "filter": "Write the verdict into the header of a message on its way.",
    "selfcheck": "By which doors abused mail came into your own server.",
    "web": "A private page on 127.0.0.1: paste a message and look.",
}
# Which extra of ours brings a library that a small installation lacks.
EXTRAS = {
    "pyarrow": "tables",
    "duckdb": "tables",
    "jinja2": "notebook",
    "markupsafe": "notebook",
    "pandas": "notebook",
    "matplotlib": "notebook",
    "starlette": "web",
    "uvicorn": "web",
    "multipart": "web",
    "python_multipart": "web",
    "maxminddb": "geo",
    "zstandard": "zstd",
    "pyspark": "spark",
}
# 128 + SIGPIPE, as any program that a closed pipe ends: Click's own 1 is the word of --fail-on.
PIPE_CLOSED = 141
# 128 + SIGINT, for the same reason.
INTERRUPTED = 130
EPILOG = """\b
Examples:
  headertrace trace message.eml
  headertrace trace --format html suspicious.eml > report.html
  headertrace scan archive.mbox -o seen && headertrace cases seen
  headertrace web

Each command tells more with --help."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"headertrace.cli.{cmd_name}_command")
        command: click.Command = getattr(module, cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; --help and --version are written here."""
        with told_in_one_line():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; where it needs a library that is not installed, say what brings it."""
        try:
            with told_in_one_line():
                return super().invoke(ctx)
        except ModuleNotFoundError as error:
            extra = EXTRAS.get((error.name or "").partition(".")[0])
            if extra is None:
                raise
            hint = f"pip install 'headertrace[{extra}]'"
            raise ToldError(f"this needs {error.name}, which {hint} brings") from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command asked for, or say which one may have been meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(unknown_command(args[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Turn Ctrl-C, and an output that takes nothing more, into an exit code; a full disk gets a line, too.

    Click's errors become ours, and so do those of files.
    """
    try:
        yield
    except click.ClickException as error:
        raise told(error) from error
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except OSError as error:
        # A standard stream has no name. Most files are told of by each command, in words of its own.
        if isinstance(error.filename, str):
            raise ToldError(f"{error.filename}: {error.strerror}") from error
        # Nothing more fits into the output.
        sys.stdout = None
        if error.errno == errno.EPIPE:
            raise SystemExit(PIPE_CLOSED) from None
        raise ToldError(f"standard output: {error.strerror or error}") from error


def unknown_command(word: str) -> str:
    """Return an error that names what was probably meant."""
    near = get_close_matches(word, COMMANDS, n=1)
    if near:
        hint = f"Did you mean '{near[0]}'?"
    elif os.path.exists(word):
        command = "scan" if os.path.isdir(word) else "trace"
        hint = f"Did you mean: headertrace {command} {shlex.quote(word)}"
    else:
        hint = "'headertrace --help' lists them."
    return f"there is no command {word!r}. {hint}"


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="headertrace")
def cli() -> None:
    """Read the Received chain of a mail, judge the relay, prove it over many messages."""


def main() -> None:
    """Run the command line."""
    become_command()
    cli(prog_name="headertrace")
