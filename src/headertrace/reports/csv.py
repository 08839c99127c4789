"""Judged messages as CSV (RFC 4180) for spreadsheets: one row for each hop, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from headertrace.reports.escape import FIELD_LIMIT, one_line
from headertrace.reports.path import Leg, path
from headertrace.verdict.examination import Examination

COLUMNS = (
    *("path", "message_id", "verdict", "confidence", "misuse", "hop", "standing", "helo", "rdns"),
    *("rdns_status", "ip", "by", "family", "protocol", "id", "date", "delay"),
)
# Spreadsheets take a cell that begins so for a formula, in their own width and in full width.
FORMULA = frozenset("=+-@\t\r＝＋－＠")

Cell = str | int | float | None


def csv_header() -> str:
    """Return the line with the names of the columns."""
    return _line(COLUMNS)


def csv_rows(judged: Examination) -> Iterator[str]:
    """Yield a line for each hop, oldest first; one without hop where a message has none."""
    source, verdict = judged.source, judged.verdict
    about = (source.path, source.message_id, str(verdict.scenario), verdict.confidence, judged.misuse)
    for leg in path(judged.trace, whole=True):
        yield _line((*about, *_hop_cells(leg)))
    if not judged.trace.hops:
        yield _line((*about, *[None] * (len(COLUMNS) - len(about))))


def _hop_cells(leg: Leg) -> tuple[Cell, ...]:
    hop = leg.hop
    ip = str(hop.ip) if hop.ip else None
    date = hop.date.isoformat() if hop.date else None
    client = (leg.number, str(leg.standing), hop.helo, hop.rdns, str(hop.rdns_status), ip)
    return (*client, hop.by, hop.family, hop.protocol, hop.id, date, leg.delay)


def _line(cells: Iterable[Cell]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def safe_cell(cell: Cell) -> Cell:
    """Return a text on one line with an apostrophe before what a spreadsheet would compute; numbers stay."""
    if not isinstance(cell, str):
        return cell
    shown = one_line(cell, FIELD_LIMIT)
    return f"'{shown}" if shown[:1] in FORMULA and shown else shown
