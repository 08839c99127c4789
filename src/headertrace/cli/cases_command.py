"""``headertrace cases``: what many scanned messages prove together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headertrace.cases.counted import counted
from headertrace.cli.options import LEVELS, FileName, colour_option, fail_on_option, format_option
from headertrace.cli.output import tell, terminal_width, wants_colour, warn
from headertrace.reports.spare import reaches
from headertrace.vocabulary import Confidence

if TYPE_CHECKING:
    from headertrace.cases.case import Case

NOTHING_DONE = 2
EPILOG = """\b
Examples:
  headertrace cases seen
  headertrace cases seen --kind open-relay-nat --at-least likely
  headertrace cases seen.duckdb --format json | jq .reasons

People are counted by keyed hashes. Set HEADERTRACE_KEY to have the same hashes in every run.

Exit code: 0 done, 1 a case reaches --fail-on, 2 OUT cannot be read."""


@click.command(epilog=EPILOG)
@click.argument("out", metavar="OUT", type=FileName())
@format_option("text", "json", help_text="json is one object a line.")
@click.option(
    "--at-least",
    type=click.Choice(LEVELS),
    default="possible",
    show_default=True,
    help="Leave out what is less sure.",
)
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of case (repeatable).")
@fail_on_option("a case is at least this sure")
@colour_option
def cases(
    *, out: str, shape: str, at_least: str, kinds: tuple[str, ...], fail_on: str | None, colour: str
) -> None:
    """Compare the messages that a scan wrote to OUT: relays, gateways, accounts, hijackers, campaigns."""
    from headertrace.cases.case import CaseKind

    unknown = set(kinds) - {str(kind) for kind in CaseKind}
    if unknown:
        known = ", ".join(str(kind) for kind in CaseKind)
        raise click.UsageError(f"no kind of case: {', '.join(sorted(unknown))} (one of {known})")
    level = Confidence(at_least)
    found = [case for case in find_cases(out) if reaches(case, level) and (not kinds or case.kind in kinds)]
    if shape == "json":
        _tell_json(found)
    else:
        _tell_text(found, wants_colour(colour))
    raise SystemExit(int(fail_on is not None and any(reaches(case, Confidence(fail_on)) for case in found)))


def find_cases(out: str) -> tuple[Case, ...]:
    """Return the cases over what a scan wrote; exit with 2 where it cannot be read."""
    from headertrace.cases.correlate import correlate_in
    from headertrace.corpus.manifest import OutputError
    from headertrace.corpus.stored import open_stored

    try:
        return correlate_in(open_stored(out))
    except OutputError as error:
        warn(str(error))
        raise SystemExit(NOTHING_DONE) from None


def _tell_json(found: list[Case]) -> None:
    from headertrace.reports.json import to_json

    for case in found:
        tell(to_json(case))


def _tell_text(found: list[Case], colour: bool) -> None:
    from headertrace.reports.case_text import case_lines
    from headertrace.reports.lines import draw

    for case in found:
        tell(draw(case_lines(case), width=terminal_width(), colour=colour))
    tell(counted(len(found), "case"))
