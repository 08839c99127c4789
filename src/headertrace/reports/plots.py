"""Plots of many messages: delays, gateways, names and relays, and the life of cases."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from headertrace.cases.case import Case
from headertrace.reports import tallies
from headertrace.reports.escape import one_line
from headertrace.reports.words import duration, sure
from headertrace.tables.extra import require
from headertrace.tables.several import several_of
from headertrace.verdict.examination import Examination
from headertrace.vocabulary import Confidence

if TYPE_CHECKING:
    import os

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Thing = TypeVar("Thing")

# What fits on a page with readable labels.
MOST_HOSTS = 15
MOST_GATEWAYS = 20
MOST_PAIRS = 60
MOST_CASES = 40
# Inches.
WIDTH, ROW, MARGIN = 8.0, 0.28, 1.2
LIFE_ROWS = 6
# Within this many seconds of zero the scale of delays is linear, beyond it logarithmic.
LINEAR = 10
# Powers of ten, which such a scale marks by itself, are no times that people know.
MINUTE, HOUR, DAY, MONTH = 60, 3_600, 86_400, 2_592_000
# On either side of zero, where they do not run into each other.
MOST_MARKS = 3

INK, ACCENT, BAD, SOFT = "#1b2430", "#0b5c8a", "#a3271c", "#8a97a6"
SURE = {None: SOFT, Confidence.POSSIBLE: SOFT, Confidence.LIKELY: "#b97a10", Confidence.ESTABLISHED: BAD}


class Plot:
    """A figure: a notebook shows it, ``save`` writes it (the suffix tells how: .svg, .png, .pdf)."""

    def __init__(self, figure: Figure) -> None:
        """Hold a figure of matplotlib."""
        self.figure = figure

    def __repr__(self) -> str:
        return f"<Plot: {self.figure.axes[0].get_title(loc='left')}>"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the plot to a file."""
        self._write(path, Path(path).suffix.lstrip(".") or "png")

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self._write(buffer, "png")
        return buffer.getvalue()

    def _write(self, target: str | os.PathLike[str] | io.BytesIO, shape: str) -> None:
        with warnings.catch_warnings():
            # A name in a script that the font lacks is drawn as boxes; the tables tell it in full.
            warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
            self.figure.savefig(target, format=shape, dpi=110, bbox_inches="tight")


def delays(examinations: Iterable[Examination]) -> Plot:
    """Return the delays before each of the busiest servers: left of zero, two clocks disagree."""
    hosts = tallies.delays(_checked(examinations, Examination), MOST_HOSTS)
    plot, axes = _canvas(len(hosts), "Delay before each server")
    for row, (_, values) in enumerate(hosts):
        colours = [BAD if value < 0 else ACCENT for value in values]
        axes.scatter(values, [row] * len(values), c=colours, s=14, alpha=0.45, linewidths=0)
    axes.set_xscale("symlog", linthresh=LINEAR)
    reach = max((abs(value) for _, values in hosts for value in values), default=0)
    _seconds(axes, max(reach, LINEAR) * 1.2)
    axes.axvline(0, color=INK, linewidth=0.8)
    _rows(axes, [f"{name}  ({len(values)})" for name, values in hosts])
    return plot


def _seconds(axes: Axes, reach: float) -> None:
    """Give an axis of seconds its bounds, and marks within them."""
    marks = [mark for mark in (LINEAR, MINUTE, HOUR, DAY, MONTH) if mark <= reach]
    if len(marks) > MOST_MARKS:
        marks.remove(LINEAR)
    places = [-mark for mark in reversed(marks)] + [0] + marks
    axes.set_xlim(-reach, reach)
    axes.set_xticks(places, [duration(place) if place else "0" for place in places])
    axes.set_xticks([], minor=True)


def gateways(examinations: Iterable[Examination]) -> Plot:
    """Return how many different names were announced from each inner address, beside its messages."""
    found = tallies.gateways(_checked(examinations, Examination), MOST_GATEWAYS)
    plot, axes = _canvas(len(found), "Names announced (HELO) from one inner address")
    rows = range(len(found))
    axes.barh(rows, [one.messages for one in found], color=SOFT, alpha=0.35, height=0.75, label="messages")
    axes.barh(rows, [len(one.helos) for one in found], color=ACCENT, height=0.4, label="different names")
    axes.legend(frameon=False, loc="lower right")
    _rows(axes, [f"{one.address} at {one.relay}" for one in found])
    return plot


def helo_relays(examinations: Iterable[Examination]) -> Plot:
    """Return which names were announced to which relays: many relays of one name are one hijacker."""
    pairs = tallies.helo_relays(_checked(examinations, Examination), MOST_PAIRS)
    helos = sorted({helo for helo, _ in pairs}, key=lambda name: (_degree(pairs, name, 0), name))
    relays = sorted({relay for _, relay in pairs}, key=lambda name: (_degree(pairs, name, 1), name))
    plot, axes = _canvas(max(len(helos), len(relays)), "Name announced (left) and relay (right)")
    left, right = _spread(helos), _spread(relays)
    largest = max(pairs.values(), default=1)
    for (helo, relay), count in pairs.items():
        width = 0.6 + 3.4 * count / largest
        axes.plot([0, 1], [left[helo], right[relay]], color=ACCENT, alpha=0.45, linewidth=width)
    _names(axes, left, x=-0.02, align="right")
    _names(axes, right, x=1.02, align="left")
    axes.set_axis_off()
    return plot


def lives(cases: Iterable[Case]) -> Plot:
    """Return the first and last day of each case, coloured by how sure it is."""
    dated = [(case, case.first_seen, case.last_seen) for case in _checked(cases, Case)]
    known = [(case, first, last) for case, first, last in dated if first and last][:MOST_CASES]
    plot, axes = _canvas(len(known), "From the first message seen to the last")
    from matplotlib.dates import date2num  # noqa: PLC0415

    axes.xaxis_date()
    for row, (case, first, last) in enumerate(known):
        begin, end = date2num([first, last])  # type: ignore[no-untyped-call]
        axes.hlines(row, begin, end, color=SURE[case.confidence], linewidth=5)
        # A case of one day has no length to see.
        axes.plot(begin, row, color=SURE[case.confidence], marker="|", markersize=9)
        axes.annotate(f" {case.messages:,}", (end, row), va="center", fontsize=8)
    _rows(axes, [_case_name(case) for case, _, _ in known])
    _levels(axes, {case.confidence for case, _, _ in known})
    return plot


def _levels(axes: Axes, levels: set[Confidence | None]) -> None:
    """Say what the colours mean, above the bars."""
    from matplotlib.lines import Line2D  # noqa: PLC0415

    met = [level for level in (*reversed(Confidence), None) if level in levels]
    keys = [Line2D([], [], color=SURE[level], linewidth=5, label=sure(level)) for level in met]
    if keys:
        axes.legend(
            handles=keys, frameon=False, fontsize=8, ncols=len(keys), loc="lower right", bbox_to_anchor=(1, 1)
        )


def life(case: Case) -> Plot:
    """Return the messages of each day of one case."""
    (case,) = _checked([case], Case)
    days = sorted(case.days.items())
    plot, axes = _canvas(LIFE_ROWS, f"Messages a day: {_case_name(case)}" if days else "Messages a day: none")
    from matplotlib.dates import datestr2num  # noqa: PLC0415

    axes.xaxis_date()
    axes.bar([datestr2num(day) for day, _ in days], [count for _, count in days], color=SURE[case.confidence])  # type: ignore[no-untyped-call]
    return plot


def _checked(things: Iterable[Thing], kind: type[Thing]) -> Iterator[Thing]:
    """Yield what a caller hands over; ``TypeError`` for what is none of this kind."""
    return several_of(kind, things, f"not of the type {kind.__name__}: {{}}")


def _case_name(case: Case) -> str:
    inner = f" {one_line(case.inner_address)}" if case.inner_address else ""
    return tallies.label(case.relay or case.kind, beside=len(inner)) + inner


def _canvas(rows: int, title: str) -> tuple[Plot, Axes]:
    require("matplotlib", "a plot")
    from matplotlib.figure import Figure  # noqa: PLC0415  (half a second, and only plots need it)

    figure = Figure(figsize=(WIDTH, MARGIN + ROW * max(rows, 1)), facecolor="white")
    axes = figure.add_subplot()
    told = title if rows else f"{title}: nothing to draw"
    # Names come from mail, in titles as beside axes: a dollar sign in them is no formula.
    axes.set_title(told, loc="left", fontsize=11, color=INK, parse_math=False)
    axes.spines[["top", "right", "left"]].set_visible(False)
    return Plot(figure), axes


def _rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels(names, fontsize=8, parse_math=False)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", alpha=0.25)


def _degree(pairs: Iterable[tuple[str, str]], name: str, side: int) -> int:
    return -len([pair for pair in pairs if pair[side] == name])


def _spread(names: Sequence[str]) -> dict[str, float]:
    step = 1 / max(len(names) - 1, 1)
    return {name: 1 - place * step for place, name in enumerate(names)}


def _names(axes: Axes, heights: dict[str, float], x: float, align: str) -> None:
    for name, height in heights.items():
        axes.text(
            x, height, tallies.label(name), ha=align, va="center", fontsize=8, color=INK, parse_math=False
        )
