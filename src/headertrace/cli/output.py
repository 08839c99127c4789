"""Where reports go: a terminal or a pipe."""

from __future__ import annotations

import os
import shutil
import sys

import click

# Lines longer than this are hard to follow with the eye.
WIDEST = 100


def wants_colour(choice: str) -> bool:
    """Return whether to colour: as asked, else only on a terminal without NO_COLOR (no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """Return the columns to write for; 80 where standard output is no terminal."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else 80


def tell(text: str) -> None:
    """Write text to standard output; characters that its encoding lacks become question marks."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), color=True)
