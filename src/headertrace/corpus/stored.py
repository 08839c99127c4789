"""What a scan wrote, opened for queries, whatever its form."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from headertrace.cases.duck import DuckEngine
from headertrace.cases.engine import Row
from headertrace.corpus.convert import quoted
from headertrace.corpus.duplicates import connect, first_line, literal
from headertrace.corpus.manifest import OutputError, read_manifest
from headertrace.corpus.output import parts_of
from headertrace.tables.extra import require_tables
from headertrace.tables.schema import MESSAGES, SCHEMA_VERSION, Table

if TYPE_CHECKING:
    import duckdb

# To compare messages takes more memory than to write them; beyond this, too, DuckDB spills to disk.
MEMORY = "2GB"
NO_SPACE = os.strerror(errno.ENOSPC)
NO_SCAN = "holds no scan: it was not written by 'headertrace scan', or it is damaged"
# What DuckDB calls the types of our columns.
DUCK_TYPES = {
    "text": "varchar",
    "texts": "varchar[]",
    "flag": "boolean",
    "bytes": "blob",
    "small": "integer",
    "number": "bigint",
    "real": "double",
    "time": "timestamptz",
}


def open_stored(out: str | os.PathLike[str]) -> DuckEngine:
    """Return an engine with a view ``messages`` over the output of a scan; OutputError says why not."""
    target = Path(out)
    require_tables("a scan's output")
    if target.is_dir():
        return _from_folder(target)
    if not target.exists():
        left = "; its scan is not complete: headertrace scan --resume" if parts_of(target).exists() else ""
        raise OutputError(f"{target} does not exist{left}")
    return _from_database(target) if target.suffix == ".duckdb" else _from_json(target)


class StoredEngine(DuckEngine):
    """An engine over a scan's output: what it cannot read of that is told as OutputError."""

    def __init__(self, target: Path) -> None:
        super().__init__(connect(target.parent, MEMORY))
        self.target = target

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing."""
        with self._telling():
            super().run(statement)

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        with self._telling():
            return super().rows(query)

    def view(self, source: str) -> None:
        """Make the view ``messages`` over a source that has all our columns."""
        columns = ", ".join(one.name for one in MESSAGES)
        self.run(f"create temp view messages as select {columns} from {source}")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        import duckdb  # noqa: PLC0415

        try:
            yield
        except duckdb.Error as error:
            raise OutputError(f"{self.target} {_meaning(error)}") from error


def _meaning(error: duckdb.Error) -> str:
    """Return what an error means to who named the output; DuckDB's own words are about its queries."""
    import duckdb  # noqa: PLC0415

    short = isinstance(error, duckdb.OutOfMemoryException) or NO_SPACE in str(error)
    return f"cannot be compared: {first_line(error)}" if short else NO_SCAN


def _from_folder(target: Path) -> DuckEngine:
    read_manifest(target)
    if not any((target / Table.MESSAGES).glob("*.parquet")):
        raise OutputError(f"{target} {NO_SCAN}")
    engine = StoredEngine(target)
    engine.view(f"read_parquet('{quoted(literal(target))}/{Table.MESSAGES}/*.parquet')")
    return engine


def _from_database(target: Path) -> DuckEngine:
    engine = StoredEngine(target)
    engine.run(f"attach '{quoted(target)}' as stored (read_only)")
    found = engine.rows("select schema from stored.headertrace")
    _require_known(target, found[0]["schema"] if found else 0)
    engine.view("stored.messages")
    return engine


def _from_json(target: Path) -> DuckEngine:
    engine = StoredEngine(target)
    types = ", ".join(f"'{one.name}': '{DUCK_TYPES[one.kind]}'" for one in MESSAGES)
    columns = f"{{'schema': 'integer', {types}}}"
    source = f"read_json('{quoted(literal(target))}', format='newline_delimited', columns={columns})"
    found = engine.rows(f"select count(*) - count(schema) as strange, max(schema) as newest from {source}")
    if found[0]["strange"]:
        raise OutputError(f"{target} {NO_SCAN}")
    _require_known(target, found[0]["newest"] or 0)
    engine.view(source)
    return engine


def _require_known(target: Path, schema: int) -> None:
    if schema > SCHEMA_VERSION:
        raise OutputError(
            f"{target} was written by a newer headertrace (schema {schema}; this one knows {SCHEMA_VERSION})"
        )
