"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from headertrace.vocabulary import Confidence

Command = TypeVar("Command", bound=Callable[..., object])
MISUSE_REACHES = "misuse of a relay is at least this sure in any message"
LEVELS = [str(word) for word in Confidence]


class FileName(click.Path):
    """A word that names a file or folder.

    An empty one, as of a variable that a script did not set, would stand for the folder where one is.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the word as it is."""
        if value == "":
            self.fail("an empty name", param, ctx)
        return super().convert(value, param, ctx)


def format_option(*shapes: str, help_text: str) -> Callable[[Command], Command]:
    """Return ``--format``, handed over as ``shape``; the first of the shapes is the default."""
    choice = click.Choice(shapes)
    return click.option(
        "--format", "shape", type=choice, default=shapes[0], show_default=True, help=help_text
    )


def fail_on_option(what: str) -> Callable[[Command], Command]:
    """Return ``--fail-on``, which makes the exit code 1; ``what`` completes its sentence."""
    return click.option("--fail-on", type=click.Choice(LEVELS), help=f"Exit with 1 when {what}.")


def colour_option(command: Command) -> Command:
    """Return the command with ``--colour``."""
    return click.option(
        "--colour",
        "--color",
        "colour",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="auto colours on a terminal and respects NO_COLOR.",
    )(command)


def message_option(command: Command) -> Command:
    """Return the command with ``--message``, handed over as ``number``."""
    return click.option(
        "--message",
        "number",
        type=click.IntRange(min=1),
        metavar="N",
        help="The N-th message of a mailbox or archive, instead of the first.",
    )(command)
