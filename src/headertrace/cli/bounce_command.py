"""``headertrace bounce``: which list refused us, for which address, and how to get off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from headertrace.cli.admd_options import admd_options
from headertrace.cli.inputs import READ_NOTHING, STDIN, UnreadableError, open_input, readable, require_some
from headertrace.cli.options import FileName, colour_option, format_option, message_option
from headertrace.cli.output import tell, terminal_width, wants_colour, warn
from headertrace.reports.escape import visible

if TYPE_CHECKING:
    from headertrace.bounces.bounce import Bounce
    from headertrace.trace.admd import Admd
    from headertrace.verdict.examination import Examination

EPILOG = """\b
Examples:
  headertrace bounce returned.eml
  headertrace bounce --format json *.eml | jq '.refusals[].blocker.name'
  headertrace bounce --name corp.example --trusted 192.0.2.0/24 returned.eml
  grep status=bounced /var/log/mail.log | headertrace bounce

With --name or --trusted it tells backscatter (a bounce for mail that was never
yours) apart. Nothing is looked up and nothing is sent.
Exit code: 0 done, 2 nothing could be read."""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, type=FileName(), metavar="[FILE]...")
@format_option("text", "json", help_text="json: one object a line.")
@message_option
@admd_options
@colour_option
def bounce(
    *,
    files: tuple[str, ...],
    shape: str,
    number: int | None,
    admd: Admd | None,
    colour: str,
) -> None:
    """Tell which list or system refused a message, for which of our addresses, and what to mend first.

    FILE is a bounce as a whole message, or lines of a server's log, or the reply alone; without one, or
    with -, standard input is read.
    """
    told = [_tell(path, number, admd, shape, wants_colour(colour)) for path in files or (STDIN,)]
    raise SystemExit(0 if any(told) else READ_NOTHING)


def _tell(path: str, number: int | None, admd: Admd | None, shape: str, colour: bool) -> bool:
    """Write what one file says; return whether it could be read."""
    from headertrace.bounces.read import read_bounce
    from headertrace.message.adapters import whole_message

    try:
        with readable(path):
            raw = whole_message(open_input(path, number))
            require_some(raw)
    except UnreadableError as error:
        warn(str(error))
        return False
    found = read_bounce(raw, admd)
    tell(_json(path, found, admd) if shape == "json" else _text(path, found, admd, colour))
    return True


def _text(path: str, found: Bounce, admd: Admd | None, colour: bool) -> str:
    from headertrace.reports.bounce import bounce_lines
    from headertrace.reports.lines import draw

    lines = draw(bounce_lines(found, _judged(found, admd)), width=terminal_width(), colour=colour)
    return lines if path == STDIN else f"{visible(path)}\n{lines}"


def _json(path: str, found: Bounce, admd: Admd | None) -> str:
    from headertrace.reports.bounce import bounce_plain

    record = {"path": None if path == STDIN else path, **bounce_plain(found, _judged(found, admd))}
    return json.dumps(record, allow_nan=False)


def _judged(found: Bounce, admd: Admd | None) -> Examination | None:
    """Return the examination of the returned message: it may show the very abuse that led to the listing."""
    if not found.original:
        return None
    from headertrace.trace.trace import read_trace
    from headertrace.verdict.examine import examine

    chain = read_trace(found.original, admd)
    return examine(chain) if chain.hops else None
