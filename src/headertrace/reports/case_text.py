"""One case in a few lines of a terminal."""

from __future__ import annotations

from rich.text import Text

from headertrace.cases.case import Case
from headertrace.cases.counted import counted
from headertrace.reports.escape import first_of, visible
from headertrace.reports.lines import DIM, GOOD, HEAD, Lines, labelled, sure

# Values of one kind that are named; JSON holds more of them.
SHOWN = 3


def case_lines(case: Case) -> Lines:
    """Yield a case as lines: what it is, its numbers, why, and what may mislead."""
    who = " ".join(filter(None, (case.relay, case.relay_address and f"[{case.relay_address}]")))
    behind = f", behind {case.inner_address}" if case.inner_address else ""
    where = visible(f"): {who or 'several relays'}{behind}")
    yield 0, Text.assemble((str(case.kind), HEAD), " (", sure(case.confidence), where)
    yield 2, Text(_numbers(case))
    for title, values in (("HELO", case.helos), ("from", case.senders), ("through", case.relays)):
        if values:
            yield 2, Text.assemble((f"{title}: ", DIM), first_of(values, SHOWN))
    for sign, style, sentences in (("+", GOOD, case.reasons), ("?", DIM, case.confounders)):
        for sentence in sentences:
            yield 2, labelled(sign, visible(sentence), style=style, width=1)
    for sample in case.samples[:1]:
        yield 2, labelled("e.g.", visible(sample), width=4)


def _numbers(case: Case) -> str:
    first, last = (f"{moment:%Y-%m-%d}" if moment else "?" for moment in (case.first_seen, case.last_seen))
    many = f"{first} to {last}, {max(case.days.values(), default=0)} on the busiest of {len(case.days)} days"
    days = many if len(case.days) > 1 else f"on {first}" if case.days else "no dates"
    recipients = counted(len(case.recipients), "recipient")
    return f"{counted(case.messages, 'message')}, {days}; {recipients} seen"
