"""``headertrace filter``: writes the verdict into the header of a message on its way."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from headertrace.cli.admd_options import admd_options, build_admd

if TYPE_CHECKING:
    from headertrace.trace.admd import Admd

# What a mail server keeps the message for and tries again (sysexits.h, pipe(8) of Postfix).
TRY_AGAIN = 75
CHUNK = 2**20
EPILOG = """\b
Example, in Postfix's master.cf (docs/how-to-pipeline.md has the whole of it):
  headertrace unix - n n - 10 pipe
    flags=Rq user=filter argv=/usr/local/bin/headertrace-filter ${sender} ${recipient}

The message passes unchanged but for X-Headertrace at its head; copies of that field that came with the
message are removed, so that only yours remain.

Exit code: 0 the message was passed on, 75 it could not be written (keep it and try again)."""


@click.command("filter", epilog=EPILOG)
@click.option("--relays", is_flag=True, help="Add the four X-Spam-Relays-* fields of SpamAssassin, too.")
@admd_options
def filter(  # noqa: A001  (the command's name)
    *,
    relays: bool,
    trusted: tuple[str, ...],
    internal: tuple[str, ...],
    submission: tuple[str, ...],
    name: tuple[str, ...],
) -> None:
    """Read a message on standard input and write it with the field X-Headertrace to standard output."""
    admd = build_admd(trusted, internal, submission, name)
    try:
        _pass_on(sys.stdin.buffer, sys.stdout.buffer, admd, relays)
    except OSError:
        # Standard output is gone: nothing may be said there, and the exit code says all that is needed.
        sys.stdout = None  # type: ignore[assignment]
        raise SystemExit(TRY_AGAIN) from None


def _pass_on(incoming: BinaryIO, outgoing: BinaryIO, admd: Admd | None, relays: bool) -> None:
    from headertrace.message.layout import MAX_SECTION_BYTES
    from headertrace.reports.mark import marked

    head = b""
    while (chunk := incoming.read(CHUNK)) and len(head) < MAX_SECTION_BYTES:
        head += chunk
        if b"\n\n" in head or b"\n\r\n" in head:
            chunk = b""
            break
    outgoing.write(marked(head, admd, relays=relays))
    outgoing.write(chunk)
    while chunk := incoming.read(CHUNK):
        outgoing.write(chunk)
    outgoing.flush()
