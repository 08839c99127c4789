"""``headertrace trace``: one message a file, or standard input, told as text, JSON or HTML."""

from __future__ import annotations

from dataclasses import replace
from typing import IO, TYPE_CHECKING

import click

from headertrace.cli.admd_options import admd_options
from headertrace.cli.inputs import STDIN, read_all, read_facts
from headertrace.cli.options import (
    MISUSE_REACHES,
    FileName,
    colour_option,
    fail_on_option,
    format_option,
    message_option,
)
from headertrace.cli.output import tell, tell_bytes, terminal_width, wants_colour
from headertrace.vocabulary import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from headertrace.facts import Facts
    from headertrace.trace.admd import Admd
    from headertrace.trace.trace import Trace
    from headertrace.verdict.examination import Examination

EPILOG = """\b
Examples:
  headertrace trace message.eml
  headertrace trace < message.eml
  headertrace trace --message 3 archive.mbox
  headertrace trace --format json *.eml | jq .verdict.scenario
  headertrace trace --format html message.eml > report.html
  headertrace trace --trusted 198.51.100.0/24 --name corp.example message.eml
  headertrace trace --fail-on likely message.eml || echo misused

Exit code: 0 done, 1 misuse reaches --fail-on, 2 nothing could be read."""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, type=FileName(), metavar="[FILE]...")
@format_option(
    "text",
    "json",
    "html",
    "csv",
    "spamassassin",
    help_text="json: one object a line; html: one self-contained page; csv: one row a hop; "
    "spamassassin: its four X-Spam-Relays fields.",
)
@admd_options
@click.option(
    "--facts",
    "facts_file",
    type=click.File("rb"),
    metavar="FILE",
    help="Answers that 'headertrace blocklists --save' wrote; nothing is looked up here.",
)
@message_option
@fail_on_option(MISUSE_REACHES)
@colour_option
def trace(
    *,
    files: tuple[str, ...],
    shape: str,
    admd: Admd | None,
    facts_file: IO[bytes] | None,
    number: int | None,
    fail_on: str | None,
    colour: str,
) -> None:
    """Tell the chain of each message, what is suspicious in it, and the verdict.

    FILE is a message or only its header (.eml, .msg); without one, or with -, standard input is read.
    """
    facts = read_facts("--facts", facts_file) if facts_file else None
    judged = (_judge(path, chain, facts) for path, chain in read_all(files or (STDIN,), admd, number))
    reached = [reaches(one, fail_on) for one in TELLERS[shape](judged, wants_colour(colour))]
    raise SystemExit(int(any(reached)))


def _judge(path: str, chain: Trace, facts: Facts | None) -> Examination:
    from headertrace.verdict.examine import examine

    judged = examine(chain, facts)
    return replace(judged, source=replace(judged.source, path=None if path == STDIN else path))


def _tell_text(judged: Iterable[Examination], colour: bool) -> Iterator[Examination]:
    from headertrace.reports.lines import draw
    from headertrace.reports.text import examination_text

    for place, one in enumerate(judged):
        tell("\n" * bool(place) + draw(examination_text(one), width=terminal_width(), colour=colour))
        yield one


def _tell_json(judged: Iterable[Examination], _colour: bool) -> Iterator[Examination]:
    from headertrace.reports.json import to_json

    for one in judged:
        tell(to_json(one))
        yield one


def _tell_html(judged: Iterable[Examination], _colour: bool) -> Iterator[Examination]:
    from headertrace.reports.view import report

    examinations = list(judged)
    # The page names its encoding, whatever the terminal's is.
    tell_bytes(report(examinations).html().encode() + b"\n")
    yield from examinations


def _tell_csv(judged: Iterable[Examination], _colour: bool) -> Iterator[Examination]:
    from headertrace.reports.csv import csv_header, csv_rows

    for place, one in enumerate(judged):
        if not place:
            tell(csv_header())
        for row in csv_rows(one):
            tell(row)
        yield one


def _tell_spamassassin(judged: Iterable[Examination], _colour: bool) -> Iterator[Examination]:
    from headertrace.reports.spamassassin import relay_fields

    for place, one in enumerate(judged):
        tell("\n" * bool(place) + relay_fields(one.trace))
        yield one


TELLERS = {
    "text": _tell_text,
    "json": _tell_json,
    "html": _tell_html,
    "csv": _tell_csv,
    "spamassassin": _tell_spamassassin,
}


def reaches(judged: Examination, level: str | None) -> bool:
    """Return whether a stranger's misuse is at least as sure as the level asks; no verdict of it is surer."""
    return level is not None and judged.misuse is not None and judged.misuse >= Confidence(level)
