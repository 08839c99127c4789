"""Messages that the command line names: read one by one, and a clear line for each that cannot be read."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from headertrace.cli.output import warn
from headertrace.defects import DefectKind
from headertrace.reports.escape import visible

if TYPE_CHECKING:
    from headertrace.facts import Facts
    from headertrace.trace.admd import Admd
    from headertrace.trace.trace import Trace

STDIN = "-"
# What messages about standard input call it.
STDIN_NAME = "standard input"
# Only the header is read, and it stands first; what a pipe brings beyond this is left in the pipe.
STDIN_LIMIT = 64 * 1024 * 1024
READ_NOTHING = 2
EMPTY = "empty"
NO_HEADER = "no header in it; --message 1 and 'headertrace scan' look into archives and compressed files"
NO_HEADER_DEFECTS = (DefectKind.EMPTY_MESSAGE, DefectKind.NOT_A_HEADER)
# A message has at least one of them (RFC 5322, section 3.6), or a server's mark.
USUAL_NAMES = frozenset((b"from", b"to", b"subject", b"date", b"message-id", b"received", b"return-path"))
FOLDER = "this is a folder; 'headertrace scan' reads folders"


class UnreadableError(Exception):
    """An input that cannot be read; its text is the one line to tell the user."""


def read_input(name: str, admd: Admd | None, number: int | None = None) -> Trace:
    """Return the trace of a named file, or of standard input for ``-``; ``number`` is one of a mailbox."""
    from headertrace.message.adapters import message_bytes
    from headertrace.trace.trace import read_trace

    with readable(name):
        raw = message_bytes(open_input(name, number))
        require_some(raw)
    return read_trace(raw, admd)


def require_some(raw: bytes) -> None:
    """Raise ``ValueError`` where an input holds nothing, or nothing but blanks."""
    from headertrace.message.layout import UTF8_MARK

    if not raw.removeprefix(UTF8_MARK).strip():
        raise ValueError(EMPTY)


def shown(name: str) -> str:
    """Return what an input is called on standard error."""
    return STDIN_NAME if name == STDIN else name


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn what reading an input raises into an UnreadableError."""
    try:
        yield
    except IsADirectoryError:
        raise UnreadableError(f"{shown(name)}: {FOLDER}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableError(f"{shown(name)}: {reason}") from None


def open_input(name: str, number: int | None = None) -> bytes | Path:
    """Return the input to read one message from; where it is the first of several, say so.

    ``OSError`` where it cannot be read, ``ValueError`` where a mailbox has no message of this number.
    """
    from headertrace.cli.mailbox import pick_message, several_messages

    held = read_stdin() if name == STDIN else Path(name)
    if number is not None:
        return pick_message(shown(name), held, number)
    if several := several_messages(shown(name), held):
        others = "--message N takes another, 'headertrace scan' all"
        warn(f"{shown(name)}: {several}, and this is the first; {others}")
    return held


def read_stdin() -> bytes:
    """Return what standard input brings; ``OSError`` where it is closed."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "closed")
    if sys.stdin.isatty():
        click.echo("Paste a message or its header, then press Ctrl-D:", err=True)
    return sys.stdin.buffer.read(STDIN_LIMIT)


def read_all(
    names: tuple[str, ...], admd: Admd | None, number: int | None = None
) -> Iterator[tuple[str, Trace]]:
    """Yield each readable input's name and trace; report the others, and exit with 2 if none is left."""
    failed = 0
    for name in names:
        try:
            trace = read_input(name, admd, number)
        except UnreadableError as error:
            failed += 1
            warn(str(error))
        else:
            if _has_no_header(trace):
                warn(f"{shown(name)}: {NO_HEADER}")
            yield name, trace
    if failed == len(names):
        raise SystemExit(READ_NOTHING)


def _has_no_header(trace: Trace) -> bool:
    """Return whether a file holds no header: a page's or a program's text has lines that look like fields."""
    no_header = any(each.kind in NO_HEADER_DEFECTS for each in trace.defects)
    return no_header or trace.section.names.isdisjoint(USUAL_NAMES)


def read_facts(option: str, file: IO[bytes]) -> Facts:
    """Return the facts in a file that an option names; what are none is an error of the command line."""
    from headertrace.facts import Facts

    try:
        return Facts.from_json(file.read())
    except (OSError, ValueError) as error:
        reason = f"'headertrace blocklists --save' did not write this ({visible(str(error))})"
        raise click.UsageError(f"{option} {visible(file.name)}: {reason}") from error
