"""What a scan wrote, opened for queries, whatever its form."""

from __future__ import annotations

import os
from pathlib import Path

from headertrace.cases.duck import DuckEngine
from headertrace.corpus.convert import quoted
from headertrace.corpus.duplicates import open_database
from headertrace.corpus.manifest import OutputError, read_manifest
from headertrace.corpus.scan import parts_of
from headertrace.tables.schema import MESSAGES, SCHEMA_VERSION, Table

# To compare messages takes more memory than to write them; beyond this, too, DuckDB spills to disk.
MEMORY = "2GB"
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
    if target.is_dir():
        read_manifest(target)
        source = f"read_parquet('{quoted(target)}/{Table.MESSAGES}/*.parquet')"
        return _engine(target, f"select * from {source}")
    if not target.exists():
        left = "; its scan is not complete: headertrace scan --resume" if parts_of(target).exists() else ""
        raise OutputError(f"{target} does not exist{left}")
    return _from_database(target) if target.suffix == ".duckdb" else _from_json(target)


def _engine(target: Path, messages: str) -> DuckEngine:
    import duckdb  # noqa: PLC0415

    database = open_database(target.parent, MEMORY)
    try:
        database.execute(f"create temp view messages as {messages}")
    except duckdb.Error as error:
        raise OutputError(f"{target} holds no scan: {str(error).splitlines()[0]}") from error
    return DuckEngine(database)


def _from_database(target: Path) -> DuckEngine:
    import duckdb  # noqa: PLC0415

    database = open_database(target.parent, MEMORY)
    try:
        database.execute(f"attach '{quoted(target)}' as stored (read_only)")
        found = database.execute("select schema from stored.headertrace").fetchone()
        database.execute("create temp view messages as select * from stored.messages")
    except duckdb.Error as error:
        raise OutputError(f"{target} holds no scan: {str(error).splitlines()[0]}") from error
    _require_known(target, found[0] if found else 0)
    return DuckEngine(database)


def _from_json(target: Path) -> DuckEngine:
    columns = ", ".join(f"'{one.name}': '{DUCK_TYPES[one.kind]}'" for one in MESSAGES)
    engine = _engine(
        target,
        f"select * from read_json('{quoted(target)}', format='newline_delimited', "
        f"columns={{'schema': 'integer', {columns}}})",
    )
    newest = engine.rows("select max(schema) as schema from messages")[0]["schema"]
    _require_known(target, newest or 0)
    return engine


def _require_known(target: Path, schema: int) -> None:
    if schema > SCHEMA_VERSION:
        raise OutputError(
            f"{target} was written by a newer headertrace (schema {schema}; this one knows {SCHEMA_VERSION})"
        )
