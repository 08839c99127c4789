"""``headertrace selfcheck``: an administrator's abused mail, or queue, and what it says about the server."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headertrace.cases.counted import counted
from headertrace.cli.admd_options import admd_options
from headertrace.cli.inputs import READ_NOTHING, STDIN, UnreadableError, read_stdin, readable, shown
from headertrace.cli.options import FileName, colour_option, format_option
from headertrace.cli.output import tell, terminal_width, wants_colour, warn

if TYPE_CHECKING:
    from headertrace.reports.selfcheck import Checked
    from headertrace.trace.admd import Admd

# A spool file of this size holds every header; the message itself is not needed.
FILE_LIMIT = 16 * 1024 * 1024
# A folder of other files would push what was found off the screen.
MOST_TROUBLES = 20
# Exim keeps the body in a file beside the header's.
BODY_FILE = "-D"
EPILOG = """\b
Examples:
  headertrace selfcheck complaint.eml
  headertrace selfcheck --name corp.example abused/*.eml
  postcat -q 4A1B2C3D4E | headertrace selfcheck -
  headertrace selfcheck /var/spool/exim4/input

A Postfix queue file itself is binary: give the output of postcat. Nothing is
sent, nothing is asked, no file is changed.
Exit code: 0 done, 2 nothing could be read."""


@click.command(epilog=EPILOG)
@click.argument("messages", nargs=-1, required=True, type=FileName(), metavar="MESSAGE...")
@format_option("text", "json", help_text="json: one object.")
@admd_options
@colour_option
def selfcheck(
    *,
    messages: tuple[str, ...],
    shape: str,
    admd: Admd | None,
    colour: str,
) -> None:
    """Tell by which doors abused mail came into your own server, and what to change.

    MESSAGE is a message, mailbox or folder, the output of postcat, or an Exim -H file; - is standard input.
    """
    from headertrace.reports.selfcheck import entry_points

    troubles = Troubles()
    found = entry_points(_all_checked(messages, admd, troubles), admd)
    troubles.tell_the_rest()
    if not found:
        warn("no message could be read")
        raise SystemExit(READ_NOTHING)
    if shape == "json":
        from headertrace.reports.json import plain

        tell(json.dumps({"schema": 1, "doors": plain(found)}))
        return
    from headertrace.reports.lines import draw
    from headertrace.reports.selfcheck_text import selfcheck_lines

    tell(draw(selfcheck_lines(found), width=terminal_width(), colour=wants_colour(colour)))


class Troubles:
    """Tells of the first inputs that cannot be read, and counts the others."""

    def __init__(self) -> None:
        self._count = 0

    def tell(self, line: str) -> None:
        """Write a line, unless there were many."""
        self._count += 1
        if self._count <= MOST_TROUBLES:
            warn(line)

    def tell_the_rest(self) -> None:
        """Write how many were not told."""
        if self._count > MOST_TROUBLES:
            warn(f"... and {counted(self._count - MOST_TROUBLES, 'more unreadable input')}")


def _all_checked(names: tuple[str, ...], admd: Admd | None, troubles: Troubles) -> Iterator[Checked]:
    for path in (path for name in names for path in _files(name, troubles)):
        try:
            yield from _checked_file(path, admd, troubles)
        except UnreadableError as error:
            troubles.tell(str(error))


def _files(name: str, troubles: Troubles) -> list[str]:
    """Return the file, or the files below the folder, in the order of their names."""
    # Not Path.is_dir, which raises where a name is too long.
    if name == STDIN or not os.path.isdir(name):
        return [name]

    def tell(error: OSError) -> None:
        troubles.tell(f"{error.filename}: {error.strerror}")

    below = (Path(folder, file) for folder, _, files in os.walk(name, onerror=tell) for file in files)
    return [str(path) for path in sorted(below) if not path.name.endswith(BODY_FILE) and _may_hold_mail(path)]


def _may_hold_mail(path: Path) -> bool:
    """Return whether this is a file, not a pipe that would wait; what cannot be asked is told when opened."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _checked_file(path: str, admd: Admd | None, troubles: Troubles) -> Iterator[Checked]:
    from headertrace.message.queued import is_queued, read_queued
    from headertrace.reports.selfcheck import check_message, check_queued

    with readable(path):
        raw = read_stdin() if path == STDIN else _head(path)
    if is_queued(raw):
        yield from (check_queued(queued, admd) for queued in read_queued(raw))
    else:
        held = raw if path == STDIN else Path(path)
        yield from (check_message(one, admd) for one in _messages(shown(path), held, troubles))


def _head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(FILE_LIMIT)


def _messages(path: str, held: bytes | Path, troubles: Troubles) -> Iterator[bytes]:
    """Yield the messages of a file, whatever holds them; tell what is none."""
    from headertrace.cli.mailbox import items_in
    from headertrace.corpus.decode import decode
    from headertrace.corpus.sources import InputError

    for item in items_in(path, held):
        letter = item if isinstance(item, InputError) else decode(item)
        if isinstance(letter, InputError):
            troubles.tell(str(letter))
        else:
            yield letter.raw
