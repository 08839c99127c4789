"""Where reports go: a terminal, a pipe or a file."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import click

from headertrace.reports.escape import visible

# What an option calls standard output.
STDOUT = "-"
# Lines longer than this are hard to follow with the eye.
WIDEST = 100
# What reports use beyond ASCII, and what stands for it where the encoding has neither: as wide as it is.
PLAINER = {"…": ".", "−": "-"}


def is_terminal() -> bool:
    """Return whether standard output is a terminal; it may be closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def wants_colour(choice: str) -> bool:
    """Return whether to colour: as asked, else only on a terminal without NO_COLOR (no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Return the columns to write for; 80 where standard output is no terminal."""
    return min(shutil.get_terminal_size().columns, WIDEST) if is_terminal() else 80


def tell(text: str) -> None:
    """Write text to standard output; characters that its encoding lacks become plainer, or question marks."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(spelled(text, encoding), color=True)


def spelled(text: str, encoding: str) -> str:
    """Return the text in characters that the encoding has."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        for character, plainer in PLAINER.items():
            text = text.replace(character, plainer)
    return text.encode(encoding, "replace").decode(encoding)


def tell_bytes(content: bytes) -> None:
    """Write bytes to standard output: what names its own encoding, or has none."""
    if sys.stdout is not None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def write_file(path: Path, content: bytes) -> None:
    """Write all of a file; where that fails, as on a full disk, OSError says so and nothing is changed."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)  # a device or a pipe
        return
    unfinished = _beside(target)
    try:
        unfinished.write_bytes(content)
        if target.exists():
            shutil.copymode(target, unfinished)
        unfinished.replace(target)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from error


def require_writable(path: Path) -> None:
    """Raise OSError where ``write_file`` could not begin; nothing that is there is changed."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if target.exists() and not target.is_file():  # a pipe would wait for its reader
        return
    unfinished = _beside(target)
    with unfinished.open("ab"):
        pass
    unfinished.unlink()


def _beside(target: Path) -> Path:
    """Return where a file is written until all of it is there."""
    return target.with_name(f"{target.name}.unfinished")


def warn(line: str) -> None:
    """Write one line to standard error; nothing in it commands the terminal."""
    click.echo(f"headertrace: {visible(line)}", err=True)
