"""``headertrace report``: evidence for others, out of what a scan wrote. Nothing is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headertrace.cases.counted import counted
from headertrace.cli.admd_options import admd_options, read_networks
from headertrace.cli.cases_command import find_cases
from headertrace.cli.evidence import Job, make_evidence
from headertrace.cli.options import LEVELS, FileName, format_option
from headertrace.cli.output import STDOUT, tell_bytes, warn, write_file
from headertrace.reports.zone import KEEP, LONGEST_KEEP
from headertrace.vocabulary import Confidence

if TYPE_CHECKING:
    from headertrace.reports.reporter import Reporter
    from headertrace.trace.admd import Admd

NOTHING_DONE = 2
FORMATS = ("html", "arf", "xarf", "zone", "list", "dossier")
EPILOG = """\b
Examples:
  headertrace report seen > cases.html
  headertrace report seen --format dossier
  headertrace report seen --format arf --reporter 'Us <abuse@example.net>'
  headertrace report seen --format xarf --reporter 'Us <abuse@example.net>'
  headertrace report seen --format zone --zone relays.example.net
  rbldnsd -n -b 127.0.0.1/5353 relays.example.net:combined:relays.zone

Listing somebody harms them: zones and reports take established cases unless
--at-least says otherwise, and never private, reserved, own or shared servers.
Nothing is looked up and nothing is sent.
Exit code: 0 done, 2 OUT cannot be read or the result cannot be written."""


@click.command(epilog=EPILOG)
@click.argument("out", metavar="OUT", type=FileName())
@format_option(
    *FORMATS, help_text="arf: one mail a relay; xarf: one object a line; list: one address a line."
)
@click.option(
    "-o",
    "--output",
    "target",
    type=FileName(),
    help="A file; for arf a folder, one file a relay. Without it or with -, standard output (arf: one mbox).",
)
@click.option(
    "--at-least",
    type=click.Choice(LEVELS),
    help="Take cases that are this sure.  [default: established; for html and dossier possible]",
)
@click.option("--reporter", metavar="NAME <ADDRESS>", help="Who reports: needed for arf and xarf.")
@click.option(
    "--keep",
    type=click.IntRange(1, LONGEST_KEEP.days),
    default=KEEP.days,
    show_default=True,
    help="Days until an entry ends.",
)
@click.option(
    "--zone",
    metavar="DOMAIN",
    help="The zone's name, for its SOA and NS records.  [default: localhost, and no NS record]",
)
@click.option(
    "--spare",
    multiple=True,
    metavar="NETWORK",
    help="A further network never to list or report (repeatable).",
)
@admd_options
def report(
    *,
    out: str,
    shape: str,
    target: str | None,
    at_least: str | None,
    reporter: str | None,
    keep: int,
    zone: str | None,
    spare: tuple[str, ...],
    admd: Admd | None,
) -> None:
    """Write evidence out of what a scan wrote to OUT: dossiers, reports of abuse, a list of open relays."""
    from headertrace.reports.spare import Policy

    level = at_least or ("possible" if shape in ("html", "dossier") else "established")
    job = Job(
        policy=Policy(at_least=Confidence(level), own=admd, spared=read_networks("--spare", spare)),
        reporter=_reporter(reporter, shape),
        keep=timedelta(days=keep),
        zone=_zone(zone),
        now=datetime.now(UTC),
    )
    _write(make_evidence(shape, find_cases(out), job), None if target == STDOUT else target, shape)


def _zone(text: str | None) -> str | None:
    from headertrace.reports.domain_names import read_domain_name

    try:
        return None if text is None else read_domain_name(text)
    except ValueError as error:
        raise click.UsageError(f"--zone: {error}") from error


def _reporter(text: str | None, shape: str) -> Reporter | None:
    from headertrace.reports.reporter import read_reporter

    if shape not in ("arf", "xarf"):
        return None
    if text is None:
        raise click.UsageError(
            f"--format {shape} needs --reporter 'Organisation <abuse@organisation.example>'"
        )
    try:
        return read_reporter(text)
    except ValueError as error:
        raise click.UsageError(f"--reporter: {error}") from error


def _write(made: dict[str, bytes], target: str | None, shape: str) -> None:
    try:
        if shape == "arf" and target is not None:
            _write_folder(made, Path(target))
        elif target is not None:
            write_file(Path(target), b"".join(made.values()))
        else:
            tell_bytes(_mailbox(made) if shape == "arf" else b"".join(made.values()))
    except OSError as error:
        warn(f"{error.filename or target or 'standard output'}: {error.strerror}")
        raise SystemExit(NOTHING_DONE) from None


def _write_folder(made: dict[str, bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        write_file(folder / name, content)
    others = sum(each.name not in made for each in folder.glob("*.eml"))
    if others:
        warn(f"{folder}: beside them {counted(others, 'message')} of earlier runs: do not send those again")


def _mailbox(made: dict[str, bytes]) -> bytes:
    """Return messages as one mbox (RFC 4155)."""
    texts = (content.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") for content in made.values())
    return b"".join(b"From headertrace Thu Jan  1 00:00:00 1970\n" + text + b"\n" for text in texts)
