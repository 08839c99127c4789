"""Messages that came more than once, through several lists: marked in their shards, never dropped.

Those of a small archive are found in memory, before a database would be loaded; those of a large one by the
database, which keeps on disk what does not fit.
"""

from __future__ import annotations

import glob
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from headertrace.corpus.shards import Shards, write_shard
from headertrace.corpus.workers import Crew
from headertrace.tables.schema import Table

if TYPE_CHECKING:
    import duckdb

# A dictionary of so many digests takes some 40 MB.
MAX_IN_MEMORY = 250_000
# DuckDB spills to disk beyond this; a process that reads and judges takes some 200 MB beside it.
MEMORY_LIMIT = "128MB"
# The digests as numbers: for a million messages DuckDB takes 85 MB for them, and 240 MB for their texts.
COPIES = """
create temp table first_of as
select ('0x' || content_key)::ubigint as content, min(message) as first_message from read_parquet($shards)
group by content having count(*) > 1
"""
# Shards that tell something else, such as nothing yet, or what an input told before it was changed.
TOUCHED = """
select filename, coalesce(list(message) filter (first is not null), []),
    coalesce(list(first) filter (first is not null), [])
from (
    select filename, message, duplicate_of, case when message > first_message then first_message end as first
    from read_parquet($shards, filename=true) left join first_of on content = ('0x' || content_key)::ubigint
)
group by filename having bool_or(first is distinct from duplicate_of) order by filename
"""


class Touched(NamedTuple):
    """A shard of messages, all the duplicates in it, and the first message of each."""

    shard: str
    messages: list[int]
    firsts: list[int]


def mark_duplicates(shards: Shards, hands: Crew, messages: int) -> None:
    """Mark each message whose content came earlier in the input, and no other; ``messages`` is how many."""
    find = find_in_memory if messages <= MAX_IN_MEMORY else find_by_database
    deque(hands.in_any_order(_rewrite, find(shards)), maxlen=0)


def find_in_memory(shards: Shards) -> Iterator[Touched]:
    """Yield the shards that tell something else; the numbers of messages grow from shard to shard."""
    first_of: dict[str, int] = {}
    for piece in shards.pieces():
        columns = shards.read(Table.MESSAGES, piece, ["message", "content_key", "duplicate_of"])
        messages, contents, told = (column.to_pylist() for column in columns)
        found = {
            message: first
            for message, content in zip(messages, contents, strict=True)
            if (first := first_of.setdefault(content, message)) != message
        }
        if told != [found.get(message) for message in messages]:
            yield Touched(str(shards.path(Table.MESSAGES, piece)), [*found], [*found.values()])


def find_by_database(shards: Shards) -> Iterator[Touched]:
    """Yield the shards that tell something else."""
    with open_database(shards.root) as database:
        files = {"shards": literal(shards.root / Table.MESSAGES) + "/*.parquet"}
        database.execute(COPIES, files)
        found = database.execute(TOUCHED, files)
        yield from (Touched(*row) for row in iter(found.fetchone, None))


def connect(folder: Path, memory: str = MEMORY_LIMIT) -> duckdb.DuckDBPyConnection:
    """Return an embedded database with bounded memory, which spills into ``folder``."""
    import duckdb  # noqa: PLC0415

    spill = str(folder / "spill")
    return duckdb.connect(config={"memory_limit": memory, "temp_directory": spill, "threads": 1})


@contextmanager
def open_database(folder: Path, memory: str = MEMORY_LIMIT) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give such a database for a while; where it fails, as on a full disk, OSError says so."""
    import duckdb  # noqa: PLC0415

    try:
        with connect(folder, memory) as database:
            yield database
    except duckdb.Error as error:
        raise OSError(EIO, first_line(error)) from error


def literal(path: Path) -> str:
    """Return a path as a pattern of DuckDB's that no other path matches."""
    return glob.escape(str(path))


def first_line(error: Exception) -> str:
    """Return what a database says is wrong, without the statement and the hints behind it."""
    return str(error).partition("\n")[0]


def _rewrite(touched: Touched) -> None:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    shard, firsts = Path(touched.shard), dict(zip(touched.messages, touched.firsts, strict=True))
    # One file, not a dataset: the folder's name must not become a column.
    table = pq.ParquetFile(shard).read(use_threads=False)
    found = [firsts.get(key) for key in table.column("message").to_pylist()]
    for name, values in (("duplicate_of", found), ("duplicate", [one is not None for one in found])):
        place = table.schema.get_field_index(name)
        field = table.schema.field(place)
        table = table.set_column(place, field, pa.array(values, type=field.type))
    write_shard(shard, table)
