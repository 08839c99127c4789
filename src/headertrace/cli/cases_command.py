"""``headertrace cases``: what many scanned messages prove together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headertrace.cli.counted import counted
from headertrace.cli.options import fail_on_option, format_option
from headertrace.cli.output import tell, terminal_width, warn
from headertrace.reports.escape import visible
from headertrace.vocabulary import Confidence

if TYPE_CHECKING:
    from headertrace.cases.case import Case

NOTHING_DONE = 2
# Values of one kind that a text report names; --format json holds more of them.
SHOWN = 3
EPILOG = """\b
Examples:
  headertrace cases seen
  headertrace cases seen --kind open-relay-nat --at-least likely
  headertrace cases seen.duckdb --format json | jq .reasons

People are counted by keyed hashes. Set HEADERTRACE_KEY to have the same hashes in every run.

Exit code: 0 done, 1 a case reaches --fail-on, 2 OUT cannot be read."""


@click.command(epilog=EPILOG)
@click.argument("out", metavar="OUT", type=click.Path())
@format_option("text", "json", help_text="json is one object a line.")
@click.option(
    "--at-least",
    type=click.Choice([str(word) for word in Confidence]),
    default="possible",
    show_default=True,
    help="Leave out what is less sure.",
)
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this kind of case (repeatable).")
@fail_on_option("a case is at least this sure")
def cases(*, out: str, shape: str, at_least: str, kinds: tuple[str, ...], fail_on: str | None) -> None:
    """Compare the messages that a scan wrote to OUT: relays, gateways, accounts, hijackers, campaigns."""
    from headertrace.cases.case import CaseKind

    unknown = set(kinds) - {str(kind) for kind in CaseKind}
    if unknown:
        known = ", ".join(str(kind) for kind in CaseKind)
        raise click.UsageError(f"no kind of case: {', '.join(sorted(unknown))} (one of {known})")
    found = [case for case in _find(out) if _reaches(case, at_least) and (not kinds or case.kind in kinds)]
    tell_all = _tell_json if shape == "json" else _tell_text
    tell_all(found)
    raise SystemExit(int(fail_on is not None and any(_reaches(case, fail_on) for case in found)))


def _find(out: str) -> tuple[Case, ...]:
    from headertrace.cases.correlate import correlate_in
    from headertrace.corpus.manifest import OutputError
    from headertrace.corpus.stored import open_stored

    try:
        return correlate_in(open_stored(out))
    except OutputError as error:
        warn(str(error))
        raise SystemExit(NOTHING_DONE) from None


def _reaches(case: Case, level: str) -> bool:
    order = list(Confidence)
    return case.confidence is not None and order.index(case.confidence) >= order.index(Confidence(level))


def _tell_json(found: list[Case]) -> None:
    from headertrace.reports.json import to_json

    for case in found:
        tell(to_json(case))


def _tell_text(found: list[Case]) -> None:
    from rich.text import Text

    from headertrace.reports.lines import draw

    for case in found:
        lines = ((2 * bool(place), Text(visible(line))) for place, line in enumerate(_lines(case)))
        tell(draw(lines, width=terminal_width()))
    tell(counted(len(found), "case"))


def _lines(case: Case) -> list[str]:
    """Return a case as lines: what it is, its numbers, why, and what may mislead."""
    who = " ".join(filter(None, (case.relay, case.relay_address and f"[{case.relay_address}]")))
    behind = f", behind {case.inner_address}" if case.inner_address else ""
    lines = [f"{case.kind} ({case.confidence}): {who or 'several relays'}{behind}", _numbers(case)]
    for title, values in (("HELO", case.helos), ("from", case.senders), ("through", case.relays)):
        if values:
            more = f" and {len(values) - SHOWN} more" if len(values) > SHOWN else ""
            lines.append(f"{title}: {', '.join(list(values)[:SHOWN])}{more}")
    lines += [f"+ {reason}" for reason in case.reasons]
    lines += [f"? {confounder}" for confounder in case.confounders]
    return lines + [f"e.g. {sample}" for sample in case.samples[:1]]


def _numbers(case: Case) -> str:
    first, last = (f"{moment:%Y-%m-%d}" if moment else "?" for moment in (case.first_seen, case.last_seen))
    many = f"{max(case.days.values(), default=0)} on the busiest of {counted(len(case.days), 'day')}"
    days = many if case.days else "no dates"
    recipients = counted(len(case.recipients), "recipient")
    return f"{counted(case.messages, 'message')}, {first} to {last}, {days}; {recipients} seen"
