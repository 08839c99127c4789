"""What a type checker sees of the public surface: every name has its type, and no other name passes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

api = pytest.importorskip("mypy.api", reason="mypy is not installed")

PROJECT = Path(__file__).resolve().parent.parent
# A program of somebody else; where mypy must refuse a line, its code stands behind it.
PROGRAM = """
import datetime
from collections.abc import Mapping

import headertrace as ht
import headertrace.blocklists

hop = ht.read_hop("x")
spans: Mapping[str, ht.Span | tuple[ht.Span, ...]] = hop.spans
remarks: tuple[ht.Remark, ...] = hop.remarks
unread: tuple[ht.Unread, ...] = hop.unread
date: datetime.datetime | None = hop.date
zone_known: bool = hop.zone_known
zone_known = hop.date  # assignment
hop.helo_name  # attr-defined
hop.helo = None  # misc

trace = ht.read_trace(b"x")
hops: tuple[ht.Hop, ...] = trace.hops
claimed: tuple[ht.Hop, ...] = trace.claimed
delays: tuple[float | None, ...] = trace.delays
delays = trace.claimed  # assignment
trace.hop  # attr-defined
trace.hops = hops  # misc
trace.claimed = hops  # misc
trace.trusted = hops  # misc
trace.anything = hops  # attr-defined
trace.section.fields = ()  # misc

judged = ht.examine(trace)
sure: ht.Confidence | None = judged.misuse
judged.verdit  # attr-defined
judged.findings[0].weigth  # attr-defined
likely: bool = sure is not None and sure >= ht.Confidence.LIKELY

ht.read_hops("x")  # attr-defined
headertrace.blocklists.ALL
headertrace.blocklists.NONE  # attr-defined
"""


def test_a_type_checker_knows_what_is_there_and_refuses_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    # Where the project's own configuration stands, and what mypy remembers of the package.
    monkeypatch.chdir(PROJECT)
    told, wrong, _ = api.run(["--strict", "--no-pretty", str(program)])
    assert not wrong
    found = re.findall(r"program\.py:(\d+): error: .*\[([a-z-]+)\]$", told, re.MULTILINE)
    lines = enumerate(PROGRAM.splitlines(), 1)
    assert [(int(line), code) for line, code in found] == [
        (number, line.rpartition("  # ")[2]) for number, line in lines if "  # " in line
    ]
