"""Data frames of what was read, for notebooks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from headertrace.cases.case import Case
from headertrace.tables.builder import Builder, to_batch
from headertrace.tables.extra import require
from headertrace.tables.rows import hop_columns
from headertrace.tables.schema import Table
from headertrace.tables.several import several
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Examination

if TYPE_CHECKING:
    import pyarrow as pa

_WANTED = "not an Examination or a Case: {}"
Framed = Trace | Examination | Case | Iterable["Examination | Case"]


def to_frame(what: Framed, library: str = "pandas", table: str = "messages") -> Any:
    """Return a pandas or polars DataFrame: a row for each hop of a Trace, each message, or each Case.

    ``table`` chooses another table of examinations: hops, findings or verdicts. ``ValueError`` for a
    library or table that does not exist, ``TypeError`` for what is none of ours,
    ``ModuleNotFoundError`` that says what to install.
    """
    if library not in {"pandas", "polars"}:
        raise ValueError(f"not a library of data frames: {library!r} (pandas or polars)")
    require("pyarrow", "to_frame")
    require(library, "to_frame")
    arrow = _to_arrow(what, _table(table))
    if library == "pandas":
        return arrow.to_pandas()
    import polars  # noqa: PLC0415

    return polars.from_arrow(arrow)


def _table(name: str) -> Table:
    try:
        return Table(name)
    except ValueError:
        raise ValueError(f"not a table: {name!r} (messages, hops, findings or verdicts)") from None


def _to_arrow(what: Framed, table: Table) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    if isinstance(what, Trace):
        return pa.Table.from_batches([to_batch(Table.HOPS, hop_columns([(0, what.hops)]))])
    many = [what] if isinstance(what, Examination | Case) else list(several(what, _WANTED))
    if many and all(isinstance(one, Case) for one in many):
        return pa.Table.from_pylist([_case_row(one) for one in many if isinstance(one, Case)])
    builder = Builder()
    for key, one in enumerate(many):
        if not isinstance(one, Examination):
            raise TypeError(_WANTED.format(type(one).__name__))
        builder.add(key, one)
    return pa.Table.from_batches([builder.batch(table)])


def _case_row(case: Case) -> dict[str, object]:
    row = {field.name: getattr(case, field.name) for field in fields(case)}
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: object) -> object:
    if hasattr(value, "items"):
        return [{"value": key, "messages": count} for key, count in value.items()]
    return list(value) if isinstance(value, tuple) else value
