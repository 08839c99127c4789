"""``headertrace blocklists``: where the addresses of a message, or given ones, are listed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from math import isnan
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from headertrace.cli.admd_options import admd_options
from headertrace.cli.inputs import READ_NOTHING, UnreadableError, read_facts, read_input, shown
from headertrace.cli.options import FileName, colour_option, format_option, message_option
from headertrace.cli.output import (
    STDOUT,
    require_writable,
    tell,
    terminal_width,
    wants_colour,
    warn,
    write_file,
)
from headertrace.reports.escape import first_of

if TYPE_CHECKING:
    from headertrace.facts import Facts
    from headertrace.lookups import Options, Standing
    from headertrace.received.hop import Address
    from headertrace.trace.admd import Admd
    from headertrace.trace.trace import Trace

    Named = tuple[str, str | Address | Trace]

# Seconds for one question: a list that keeps silent may not eat the time of the others.
LONGEST_PATIENCE = 10.0
NOT_SAVED = 2
# What the command line calls the options that may name what is none.
SPELT = {"lists": "--list", "databases": "--database", "resolvers": "--resolver"}
# Of many messages without a public address a line names the first.
MOST_NAMED = 3
EPILOG = """\b
Examples:
  headertrace blocklists message.eml
  headertrace blocklists 198.51.100.7 --list zen.spamhaus.org --list SpamCop
  headertrace blocklists relay.eml --resolver 127.0.0.1:5353 --save facts.json
  headertrace blocklists relay.eml --replay facts.json
  headertrace blocklists *.eml --format json | jq 'select(.state == "listed")'

This command asks the network: the resolver of this machine, or the one that
--resolver names. Private, reserved and documentation addresses, such as the
one above, are never asked about.
Exit code: 0 done, 2 nothing could be read or the answers not be saved."""


def _a_time(_context: click.Context, _option: click.Parameter, seconds: float) -> float:
    """Return the seconds; Click takes ``nan`` for a number within every range."""
    if isnan(seconds):
        raise click.BadParameter("nan is no time")
    return seconds


@click.command(epilog=EPILOG)
@click.argument("targets", nargs=-1, required=True, type=FileName(), metavar="IP-or-FILE...")
@click.option(
    "--resolver", "resolvers", multiple=True, metavar="HOST[:PORT]", help="Ask this name server (repeatable)."
)
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="LIST",
    help="Ask this list only: its zone or name (repeatable).",
)
@click.option(
    "--domain", "domains", multiple=True, metavar="NAME", help="Ask about a domain too (repeatable)."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    callback=_a_time,
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="The whole run takes no longer.",
)
@click.option(
    "--database",
    "databases",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="MMDB",
    help="Tell networks and countries from this file (repeatable).",
)
@click.option(
    "--save",
    type=click.Path(),
    metavar="FILE",
    help="Write the answers to a file.",
)
@click.option(
    "--replay",
    type=click.File("rb"),
    metavar="FILE",
    help="Read the answers from it: no network.",
)
@click.option("--laboratory", is_flag=True, help="Ask about documentation addresses too.")
@format_option("text", "json", help_text="json: one object a line for each address.")
@message_option
@admd_options
@colour_option
def blocklists(
    *,
    targets: tuple[str, ...],
    domains: tuple[str, ...],
    resolvers: tuple[str, ...],
    lists: tuple[str, ...],
    timeout: float,
    databases: tuple[str, ...],
    save: str | None,
    replay: IO[bytes] | None,
    laboratory: bool,
    shape: str,
    number: int | None,
    admd: Admd | None,
    colour: str,
) -> None:
    """Tell where addresses are listed: those given, or the public hops of a message.

    FILE is a message or only its header; - is standard input. Each list says listed, not listed, or
    unknown and then why: 'unknown' is never 'clear'.
    """
    from headertrace.lookups import Options, standings

    if save and save != STDOUT and not _saved(save, require_writable):
        raise SystemExit(NOT_SAVED)
    named = list(_read(targets, number, admd))
    named += [(domain, domain) for domain in domains]
    if not named:
        raise SystemExit(READ_NOTHING)
    options = Options(
        resolvers=resolvers,
        lists=lists or None,
        within=timeout,
        patience=min(timeout / 3, LONGEST_PATIENCE),
        names=False,
        databases=databases,
        documentation=laboratory,
    )
    facts = read_facts("--replay", replay) if replay else _gather(named, options)
    saved = not save or _saved(save, lambda path: _write(path, facts.to_json()))
    known = standings(named, facts)
    if not known:
        warn(f"{first_of([shown(name) for name, _ in named], MOST_NAMED)}: no public address in it")
    _tell(known, shape, wants_colour(colour))
    raise SystemExit(0 if saved else NOT_SAVED)


def _write(path: Path, text: str) -> None:
    if str(path) == STDOUT:
        tell(text)
    else:
        write_file(path, text.encode())


def _saved(name: str, write: Callable[[Path], None]) -> bool:
    """Return whether writing went well; where it did not, say why."""
    try:
        write(Path(name))
    except OSError as error:
        warn(f"--save {name}: {error.strerror}")
        return False
    return True


def _read(targets: tuple[str, ...], number: int | None, admd: Admd | None) -> Iterator[Named]:
    """Yield each target with what it is; one that cannot be read is reported."""
    from headertrace.lookups.askable import read_address

    for target in targets:
        address = read_address(target)
        if address is not None:
            yield target, address
            continue
        try:
            yield target, read_input(target, admd, number)
        except UnreadableError as error:
            warn(str(error))


def _gather(named: list[Named], options: Options) -> Facts:
    from headertrace.lookups import gather
    from headertrace.lookups.options import OptionError

    try:
        return gather([subject for _, subject in named], options)
    except OptionError as error:
        raise click.UsageError(f"{SPELT[error.option]}: {error}") from error
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _tell(known: tuple[Standing, ...], shape: str, colour: bool) -> None:
    for place, standing in enumerate(known):
        if shape == "json":
            tell(_json(standing))
        else:
            tell("\n" * bool(place) + _text(standing, colour))


def _json(standing: Standing) -> str:
    from headertrace.reports.standing import standing_plain

    return json.dumps(standing_plain(standing), allow_nan=False)


def _text(standing: Standing, colour: bool) -> str:
    from headertrace.reports.lines import draw
    from headertrace.reports.standing import standing_lines

    return draw(standing_lines(standing), width=terminal_width(), colour=colour).rstrip("\n")
