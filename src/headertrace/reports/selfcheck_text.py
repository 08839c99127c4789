"""What an administrator's own mail shows, as text for a terminal."""

from __future__ import annotations

from rich.text import Text

from headertrace.cases.counted import counted
from headertrace.reports.escape import FIELD_LIMIT, first_of, one_line
from headertrace.reports.lines import BAD, DIM, HEAD, Lines, labelled
from headertrace.reports.selfcheck import EntryPoint
from headertrace.reports.words import SCENARIOS, title
from headertrace.verdict.stories import STORIES

# Of names and domains so many are told; their number tells the rest.
MOST_NAMES = 5
NO_ABUSE = (
    "No misuse shows in these messages, so they name nothing to change. "
    "If your users did not write them, the server's log tells who handed them over."
)


def selfcheck_lines(found: tuple[EntryPoint, ...]) -> Lines:
    """Yield what the messages show, one entry point after the other."""
    total = sum(point.messages for point in found)
    yield 0, Text(f"Messages: {total}. Doors by which they came in: {len(found)}.", style=HEAD)
    for number, point in enumerate(found, 1):
        yield from _point_lines(number, point)


def _point_lines(number: int, point: EntryPoint) -> Lines:
    yield 0, Text()
    yield 0, Text(f"{number}. {_way(point)}: {counted(point.messages, 'message')}", style=HEAD)
    for label, values in (("HELO", point.helos), ("from", point.senders), ("to", point.recipients)):
        if values:
            yield 2, labelled(label, first_of(values, MOST_NAMES))
    yield 2, labelled("looks", f"{title(point.verdict)}. {SCENARIOS[point.verdict][1]}")
    for remark in point.remarks:
        yield 2, labelled("note", remark)
    yield from _abuse(point)


def _abuse(point: EntryPoint) -> Lines:
    """Yield the story if the messages are abuse, and what to do about it; or that there is none."""
    if point.story is None:
        yield 2, labelled("abuse?", NO_ABUSE)
        return
    yield 2, labelled("abuse?", Text(f"If your users did not write them{_suspicion(point)}.", style=BAD))
    for change in point.changes:
        yield 2, labelled("change", one_line(change, FIELD_LIMIT))
    for refutation in STORIES[point.story].refuted_by:
        yield 2, labelled("unless", refutation, style=DIM)


def _suspicion(point: EntryPoint) -> str:
    """Return the story and how sure it is; what the messages look like anyway is named once."""
    if point.story is None or (point.story is point.verdict and point.confidence):
        return f", this is {point.confidence}"
    sure = f" ({point.confidence})" if point.confidence else ""
    return f": {title(point.story)}{sure}"


def _way(point: EntryPoint) -> str:
    server = one_line(point.server) if point.server else "a server that gives no name"
    if point.login:
        return f"login {one_line(point.login)} at {server}"
    return f"{one_line(point.client) if point.client else 'an unknown client'}, without a login, at {server}"
