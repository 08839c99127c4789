"""Messages that the command line names: read one by one, and a clear line for each that cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headertrace.defects import DefectKind
from headertrace.reports.escape import visible

if TYPE_CHECKING:
    from headertrace.trace.admd import Admd
    from headertrace.trace.trace import Trace

STDIN = "-"
# Only the header is read, and it stands first; what a pipe brings beyond this is left in the pipe.
STDIN_LIMIT = 64 * 1024 * 1024
READ_NOTHING = 2
_NO_HEADER = "no header in it; 'headertrace scan' reads archives and compressed files"


class UnreadableError(Exception):
    """An input that cannot be read; its text is the one line to tell the user."""


def read_input(name: str, admd: Admd | None) -> Trace:
    """Return the trace of a named file, or of standard input for ``-``."""
    from headertrace.trace.trace import read_trace

    try:
        if name == STDIN:
            return read_trace(_from_stdin(), admd)
        return read_trace(Path(name), admd)
    except IsADirectoryError:
        raise UnreadableError(f"{name}: this is a folder; 'headertrace scan' reads folders") from None
    except OSError as error:
        raise UnreadableError(f"{name}: {error.strerror or error}") from None
    except ValueError as error:
        raise UnreadableError(f"{name}: {error}") from None


def _from_stdin() -> bytes:
    if sys.stdin.isatty():
        click.echo("Paste a message or its header, then press Ctrl-D:", err=True)
    return sys.stdin.buffer.read(STDIN_LIMIT)


def read_all(names: tuple[str, ...], admd: Admd | None) -> Iterator[tuple[str, Trace]]:
    """Yield each readable input's name and trace; report the others, and exit with 2 if none is left."""
    failed = 0
    for name in names:
        try:
            trace = read_input(name, admd)
        except UnreadableError as error:
            failed += 1
            click.echo(f"headertrace: {visible(str(error))}", err=True)
        else:
            if name != STDIN and any(each.kind is DefectKind.NOT_A_HEADER for each in trace.defects):
                click.echo(f"headertrace: {visible(name)}: {_NO_HEADER}", err=True)
            yield name, trace
    if failed == len(names):
        raise SystemExit(READ_NOTHING)
