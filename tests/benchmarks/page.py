"""Figures become docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

JUDGES, READS = "headertrace judges", "headertrace reads"
DOES = {
    "email.parser": 'standard library: splits the header, `get_all("Received")`',
    "mail-parser": "`parse_from_bytes(...).received`",
    "eml_parser": "`decode_email_bytes(...)`",
    READS: "`read_trace`: every field read, the chain formed",
    JUDGES: "`examine(read_trace(...))`: the same and the verdict",
    "SpamAssassin": "parses, forms its relay lists; no rule runs",
    "rspamd": "C and C++: parses, reads the Received fields; no rule runs",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One program: CPU seconds over all messages, first and quickest round, and bytes resident at most."""

    name: str
    version: str
    first: float
    best: float
    memory: int
    failed: int

    @classmethod
    def of(cls, name: str, runs: Sequence[Mapping[str, float | str]]) -> Row:
        return cls(
            name=name,
            version=str(runs[0]["version"]),
            first=min(float(run["first"]) for run in runs),
            best=min(float(run["seconds"]) for run in runs),
            memory=min(int(run["memory"]) for run in runs),
            failed=int(runs[0]["failed"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that the page tells."""

    messages: int
    fields: int
    rows: tuple[Row, ...]
    starts: Mapping[str, float]
    hops: Mapping[int, tuple[float, float]]
    memory: Mapping[int, int]


def page(figures: Figures) -> str:
    return "\n\n".join((head(figures), peers(figures), start(figures), growth(figures), tail())) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def head(figures: Figures) -> str:
    return f"""\
<!-- written by tests/benchmarks/peers.py -->
# What it costs

Measured on {machine()}, with CPython {platform.python_version()}, one process on one core, in CPU seconds
(user and system). The machine had other work to do at the same time: ratios between rows say more than rows.
Everything here is measured anew, and this page written, by

```{{code-block}} console
$ python -m tests.benchmarks.peers
```

which needs the test data, and measures those peers that are installed. What is held by tests:
`tests/benchmarks`, floors beside the peers with `pytest -m slow tests/benchmarks`."""


def peers(figures: Figures) -> str:
    judged = next(row.best for row in figures.rows if row.name == JUDGES)
    rows = [
        (
            f"{row.name} {row.version}",
            f"{figures.messages / row.best:,.0f}",
            f"{figures.messages / row.first:,.0f}",
            f"{figures.fields / row.best:,.0f}",
            f"{row.best / judged:.2f}",
            f"{row.memory / 2**20:.0f} MB",
        )
        for row in sorted(figures.rows, key=lambda row: row.best)
    ]
    names = (
        "program",
        "messages/s",
        "in the first round",
        "Received fields/s",
        "times our verdict",
        "memory",
    )
    does = "\n".join(f"- **{row.name}**: {DOES[row.name]}{_failures(row)}" for row in figures.rows)
    absent = [name for name in DOES if name not in {row.name for row in figures.rows}]
    missing = f"\n\nNot installed when this was measured: {', '.join(absent)}." if absent else ""
    return f"""\
## Beside the peers

{figures.messages:,} header sections with {figures.fields:,} Received fields, evenly taken from
SpamAssassin's public corpus and phishing_pot, without their bodies; every program reads them from memory. The
quickest of several rounds counts; the first round shows what a program costs that has seen nothing yet.

{table(names, rows)}

{does}{missing}

*Times our verdict* is how long a program takes in units of `examine(read_trace(...))`: above 1 it is slower
than our reading and judging together."""


def _failures(row: Row) -> str:
    return f" (raised on {row.failed} messages)" if row.failed else ""


def start(figures: Figures) -> str:
    parser = figures.starts["import email.parser"]
    rows = [(name, f"{1000 * took:.0f} ms", f"{took / parser:.2f}") for name, took in figures.starts.items()]
    return f"""\
## A start

Fresh interpreters, the interpreter's own start included. Names of `headertrace` are imported when first used.

{table(("", "CPU time", "times `import email.parser`"), rows)}"""


def growth(figures: Figures) -> str:
    hops = [
        (f"{hops:,}", *(f"{1e6 * took:,.0f} µs" for took in both), f"{1e6 * both[1] / hops:.1f} µs")
        for hops, both in figures.hops.items()
    ]
    memory = [(f"{count:,}", f"{size / 2**20:.1f} MB") for count, size in figures.memory.items()]
    return f"""\
## Growth

With the hops of one message, of three kinds in turn:

{table(("hops", "reading", "reading and judging", "a hop of both"), hops)}

With the messages that one process has judged, no two of which share a host, an address or an id; what is
remembered between messages is bounded (a slow test goes on to a million):

{table(("messages", "largest resident size"), memory)}"""


def tail() -> str:
    return """\
## Where the time goes

A message of these archives has five Received fields in six kilobytes of header. Finding its end and those
fields takes a sixth of the reading; the rest is one pattern a field, a look-up of how fields of that make
are understood, and a `Hop`. One field in forty or so has another shape and is read by the full rules, at
ten times the cost: so archives of odd mail read slower than these figures, and so does the first round, in
which every make is met for the first time. Dates, spans, remarks and what is unread are worked out when
somebody looks; so is the wording of findings. See [the fast path](design.md)."""


def machine() -> str:
    """The processor and the number of cores; no names, no paths."""
    cpu = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", cpu.read_text("utf-8"), re.M) if cpu.is_file() else None
    return f"{os.cpu_count()} cores of {found[1] if found else platform.machine()}"
