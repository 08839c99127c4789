"""Past one machine: the same reading and the same SQL on Apache Spark (pyspark 4, Java 17 or newer).

The messages are read by ``mapInArrow``: each partition becomes rows of our table ``messages``, and the
queries of ``headertrace.cases`` run on them as they run in DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from headertrace.cases.case import Case
from headertrace.cases.correlate import correlate_in
from headertrace.cases.engine import Dialect, Row
from headertrace.tables.read_batch import read_batch
from headertrace.tables.schema import MESSAGES, Table
from headertrace.trace.admd import Admd

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

SPARK = Dialect(micros="unix_micros", unnest="explode", relation="view")
# What Spark's DDL calls the types of our columns.
SPARK_TYPES = {
    "text": "string",
    "texts": "array<string>",
    "flag": "boolean",
    "bytes": "binary",
    "small": "int",
    "number": "bigint",
    "real": "double",
    "time": "timestamp",
}
# Answered by several queries: kept instead of read and judged again.
KEPT = ("sightings", "members", "candidates")


class SparkEngine:
    """A Spark session with a view ``messages``."""

    dialect = SPARK

    def __init__(self, session: SparkSession) -> None:
        self.session = session

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing."""
        self.session.sql(statement)
        for name in KEPT:
            if f" view {name} " in statement.partition("\nas")[0].replace("\n", " ") + " ":
                self.session.catalog.cacheTable(name)

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        return [row.asDict() for row in self.session.sql(query).collect()]


def messages(raw: DataFrame, admd: Admd | None = None) -> DataFrame:
    """Return our table ``messages`` of a frame with a column ``raw`` or ``headers``.

    Columns ``path``, ``offset``, a name and ``message`` are taken as ``read_batch`` takes them.
    """
    ddl = ", ".join(f"{one.name} {SPARK_TYPES[one.kind]}" for one in MESSAGES)
    return raw.mapInArrow(partial(_read, admd=admd), ddl)


def _read(batches: Iterator[pa.RecordBatch], admd: Admd | None) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield read_batch(batch, admd)[Table.MESSAGES]


def correlate_frame(read: DataFrame, *, key: bytes | None = None) -> tuple[Case, ...]:
    """Return the cases of a frame of ``messages``, as ``headertrace.correlate`` does."""
    session = read.sparkSession
    read.createOrReplaceTempView("messages")
    engine = SparkEngine(session)
    try:
        return correlate_in(engine, key=key)
    finally:
        for name in KEPT:
            if session.catalog.tableExists(name):
                session.catalog.uncacheTable(name)
