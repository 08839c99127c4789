"""``headertrace filter``: passes a message on, with its judgement in the header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

import click

from headertrace.cli.admd_options import admd_options
from headertrace.reports.escape import one_line

if TYPE_CHECKING:
    from headertrace.trace.admd import Admd

STDIN, STDOUT = 0, 1
# Exim's header_maxsize; Postfix keeps a tenth of it. What a header has beyond is passed on, not judged.
HEAD_BYTES = 2**20
PIECE_BYTES = 64 * 1024
# sysexits.h: the mail server keeps the message and tries again.
EX_TEMPFAIL = 75
# The field stands first, yet behind an mbox separator, and behind stray folds, which would continue it.
BEFORE_FIELD = re.compile(rb"(?:>?+From [^\n]*+\n)?+(?:[ \t][^\n]*+\n)*+")
LINE_END = re.compile(rb"\r\n|\n|\r")
EPILOG = """\b
Examples:
  headertrace filter < message.eml
  headertrace filter --trusted 192.0.2.0/24 --name corp.example < message.eml

docs/how-to-filter.md shows it behind Postfix, Exim, procmail and Sieve.
Exit code: 0 the message was passed on, 75 standard input or output failed (try
again later), 2 the command line is wrong and nothing was read."""


@click.command(epilog=EPILOG)
@admd_options
def filter(  # noqa: A001  (the command's name)
    *,
    admd: Admd | None,
) -> None:
    """Pass a message on with an X-Headertrace field that tells the verdict.

    Fields of that name that came with the message are removed; everything else stays byte for byte.
    """
    try:
        with open(STDIN, "rb", closefd=False) as source, open(STDOUT, "wb", closefd=False) as target:
            pass_on(source, target, admd)
    except OSError as error:
        complain(error)
        raise SystemExit(EX_TEMPFAIL) from None


def pass_on(source: BinaryIO, target: BinaryIO, admd: Admd | None) -> None:
    """Write the message with the field in it; ``OSError`` where reading or writing fails."""
    from headertrace.message.remover import FieldRemover
    from headertrace.reports.stamp import FIELD_NAME

    head = source.read(HEAD_BYTES)
    found = BEFORE_FIELD.match(head)
    start = found.end() if found else 0
    line_end = LINE_END.search(head)
    field = judge(head, admd).encode("ascii").replace(b"\n", line_end[0] if line_end else b"\n")
    target.writelines((head[:start], field))
    target.writelines(FieldRemover(FIELD_NAME).pieces(chain((head[start:],), rest(source))))


def judge(head: bytes, admd: Admd | None) -> str:
    """Return the field; what goes wrong in judging is told on standard error, and the mail goes on."""
    from headertrace import __version__
    from headertrace.reports.stamp import stamp, unjudged
    from headertrace.trace.trace import read_trace
    from headertrace.verdict.examine import examine

    try:
        return stamp(examine(read_trace(head, admd)), __version__)
    except Exception as error:
        complain(error)
        return unjudged(__version__)


def rest(source: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of the source."""
    while piece := source.read(PIECE_BYTES):
        yield piece


def complain(error: Exception) -> None:
    """Tell the error in one line on standard error, if that is open."""
    with suppress(OSError):
        click.echo(f"headertrace filter: {one_line(f'{type(error).__name__}: {error}')}", err=True)
