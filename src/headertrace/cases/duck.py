"""The embedded engine: DuckDB, in this process, spilling to disk when memory is short."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from headertrace.cases.engine import Dialect, Row
from headertrace.tables.extra import require_tables
from headertrace.tables.schema import Table
from headertrace.tables.several import several
from headertrace.verdict.examination import Examination

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

DUCKDB = Dialect(micros="epoch_us", unnest="unnest", relation="table")
_WANTED = "not an Examination: {}"
# Examinations that become one Arrow batch on their way into the engine.
BATCH = 1_000


class DuckEngine:
    """A DuckDB connection with a view or table ``messages``."""

    dialect = DUCKDB

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self.database = database

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing."""
        self.database.execute(statement)

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        found = self.database.execute(query)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def load(found: Iterable[Examination]) -> DuckEngine:
    """Return an engine that holds the facts of the examinations; TypeError for what is none."""
    numbered = enumerate(several(found, "not several Examinations: {}"))
    require_tables("correlate")
    import duckdb  # noqa: PLC0415

    database = duckdb.connect()
    database.register("arriving", _batch([]))
    database.execute("create table messages as select * from arriving")
    while some := list(islice(numbered, BATCH)):
        database.register("arriving", _batch(some))
        database.execute("insert into messages select * from arriving")
    return DuckEngine(database)


def _batch(judged: list[tuple[int, Examination]]) -> pa.RecordBatch:
    from headertrace.tables.builder import Builder  # noqa: PLC0415

    builder = Builder()
    for key, one in judged:
        if not isinstance(one, Examination):
            raise TypeError(_WANTED.format(type(one).__name__))
        builder.add(key, one)
    return builder.batch(Table.MESSAGES)
