"""Lines for a terminal: what can be wrapped, how far it is indented, and in which style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH = 80
NARROWEST = 40
# Some lines are filled up to the width, so a caller's slip would cost gigabytes.
WIDEST = 1000

HEAD, GOOD, BAD, DIM, NAME = "bold", "green", "bold red", "dim", "cyan"
Lines = Iterator[tuple[int, RenderableType]]


def draw(lines: Iterable[tuple[int, RenderableType]], *, width: int = WIDTH, colour: bool = False) -> str:
    """Return indented lines wrapped to the width, with colours as escape sequences where wanted.

    A width is taken for the nearest one from 40 to 1,000 columns.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=min(max(width, NARROWEST), WIDEST),
        force_terminal=colour,
        force_jupyter=False,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for indent, line in lines:
        console.print(Padding(line, (0, 0, 0, indent)) if indent else line)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def heading(text: str) -> Lines:
    """Yield a blank line and a heading."""
    yield 0, Text()
    yield 0, Text(text, style=HEAD)


def labelled(label: str, text: str | Text, *, style: str = DIM, width: int = 8) -> Table:
    """Return a label and a text beside it that is wrapped in its own column."""
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=width, no_wrap=True)
    # Folded, not cut: a link that is cut leads nowhere.
    row.add_column(overflow="fold")
    row.add_row(Text(label, style=style), Text(text) if isinstance(text, str) else text)
    return row


def sure(confidence: object) -> tuple[str, str]:
    """Return a confidence and its style; the word tells all that the colour does."""
    word = str(confidence) if confidence else "nothing says so"
    return word, {"likely": "bold yellow", "established": BAD}.get(word, "")
