"""A mistake on the command line, told like everything else on standard error."""

from __future__ import annotations

from typing import IO, Any

import click
from click.exceptions import NoArgsIsHelpError

from headertrace.cli.output import warn


class ToldError(click.ClickException):
    """What ends a command: after ``usage``, where there is any, one line that begins with our name."""

    # Click's own 1, for a file that cannot be opened, is the word of --fail-on.
    exit_code = 2

    def __init__(self, message: str, usage: str = "") -> None:
        super().__init__(message)
        self.usage = usage

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the error; Click alone would hand names on to the terminal as they are."""
        if self.usage:
            click.echo(self.usage, file=file, err=True)
        warn(self.message)


def told(error: click.ClickException) -> click.ClickException:
    """Return an error of Click's as ours; help that was asked for by giving no word stays what it is."""
    if isinstance(error, NoArgsIsHelpError | ToldError):
        return error
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n" if context else ""
    return ToldError(error.format_message(), hint)
