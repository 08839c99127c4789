"""The shards of a scan become one file: JSON Lines or a DuckDB database."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from headertrace.corpus.duplicates import literal, open_database
from headertrace.corpus.shards import UNFINISHED, Shards
from headertrace.tables.schema import SCHEMA_VERSION, Table

# Whole rows pass through, hops and all; DuckDB spills beyond this.
MEMORY = "256MB"
# One object for each message; the rows of the other tables stand in it, in their order.
NESTED = """
copy (
    with
    h as (select message, list(r order by hop) as hops from read_parquet($hops) as r group by message),
    f as (select message, list(r) as findings from read_parquet($findings) as r group by message),
    v as (select message, list(r order by rank) as verdicts from read_parquet($verdicts) as r
        group by message)
    select {schema} as schema, m.*, coalesce(hops, []) as hops, coalesce(findings, []) as findings,
        coalesce(verdicts, []) as verdicts
    from read_parquet($messages) as m left join h using (message) left join f using (message)
        left join v using (message)
    order by message
) to '{target}' (format json)
"""


def to_json_lines(shards: Shards, out: Path) -> None:
    """Write ``out`` (a line for each message) and, where there are errors, ``<out>.errors.jsonl``."""
    unfinished = out.with_name(out.name + UNFINISHED)
    part = shards.root / "part.jsonl"
    with open_database(shards.root, MEMORY) as database, unfinished.open("wb") as file:
        for shard in sorted((shards.root / Table.MESSAGES).glob("part-*.parquet")):
            files = {str(t): literal(shards.root / t / shard.name) for t in Table if t is not Table.ERRORS}
            database.execute(NESTED.format(schema=SCHEMA_VERSION, target=quoted(part)), files)
            with part.open("rb") as written:
                shutil.copyfileobj(written, file)
        os.fsync(file.fileno())
    _errors(shards, out)
    unfinished.replace(out)


def _errors(shards: Shards, out: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    target = out.with_name(f"{out.stem}.errors.jsonl")
    target.unlink(missing_ok=True)
    for shard in sorted((shards.root / Table.ERRORS).glob("part-*.parquet")):
        rows = pq.ParquetFile(shard).read().to_pylist()
        if rows:
            with target.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(row) + "\n" for row in rows)


def to_duckdb(shards: Shards, out: Path) -> None:
    """Write ``out``: a database with one table for each of ours, and ``headertrace(schema)``."""
    unfinished = out.with_name(out.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    with open_database(shards.root, MEMORY) as database:
        database.execute(f"attach '{quoted(unfinished)}' as target")
        for table in Table:
            files = {"files": literal(shards.root / table) + "/*.parquet"}
            database.execute(f"create table target.{table} as from read_parquet($files)", files)
        database.execute(f"create table target.headertrace as select {SCHEMA_VERSION} as schema")
        database.execute("detach target")
    unfinished.replace(out)


def quoted(path: str | Path) -> str:
    """Return a path as it stands inside an SQL string."""
    return str(path).replace("'", "''")
