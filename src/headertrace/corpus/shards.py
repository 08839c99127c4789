"""The Parquet folder that a scan writes: one shard of each table for each piece of the input."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from errno import EIO
from pathlib import Path
from typing import TYPE_CHECKING

from headertrace.tables.schema import Table

if TYPE_CHECKING:
    import pyarrow as pa

FINGERPRINT = b"headertrace.piece"
UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Shards:
    """The folder ``root/{messages,hops,...}/part-NNNNNNNN.parquet``.

    A shard appears under its name only when it is complete and on the disk, that of ``messages`` last:
    where it stands, the whole piece does.
    """

    root: Path

    def path(self, table: Table, piece: int) -> Path:
        """Return where a table's shard of a piece stands."""
        return self.root / table / f"part-{piece:08d}.parquet"

    def prepare(self) -> None:
        """Make the folders, and remove what a killed scan left half written."""
        for table in Table:
            (self.root / table).mkdir(parents=True, exist_ok=True)
            for left in (self.root / table).glob(f"*{UNFINISHED}"):
                left.unlink()

    def clear(self) -> None:
        """Remove the tables of an earlier scan, and nothing else that stands beside them."""
        for table in Table:
            for path in (self.root / table).glob("part-*.parquet*"):
                path.unlink()

    def holds(self, piece: int, fingerprint: str) -> bool:
        """Return whether the shards of this very piece are complete."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            metadata = pq.read_schema(self.path(Table.MESSAGES, piece)).metadata or {}
        except (OSError, pa.ArrowInvalid):
            return False
        return bool(metadata.get(FINGERPRINT) == fingerprint.encode())

    def write(self, piece: int, fingerprint: str, batches: Iterable[tuple[Table, pa.RecordBatch]]) -> None:
        """Write the shards of a piece, in the order of ``Table``."""
        import pyarrow as pa  # noqa: PLC0415

        for table, batch in batches:
            whole = pa.Table.from_batches([batch])
            marks = {**(whole.schema.metadata or {}), FINGERPRINT: fingerprint.encode()}
            write_shard(self.path(table, piece), whole.replace_schema_metadata(marks))

    def read(self, table: Table, piece: int, columns: list[str]) -> pa.Table:
        """Return columns of a shard; OSError where it is damaged, too."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            return pq.ParquetFile(self.path(table, piece)).read(columns, use_threads=False)
        except pa.ArrowInvalid as error:
            raise OSError(EIO, str(error)) from error

    def pieces(self) -> list[int]:
        """Return the numbers of the pieces that are complete, in order."""
        return sorted(_piece(path) for path in (self.root / Table.MESSAGES).glob("part-*.parquet"))

    def after(self, last: int) -> list[Path]:
        """Return the shards of pieces beyond the last one: the input of an earlier scan was longer."""
        found = [path for table in Table for path in (self.root / table).glob("part-*.parquet")]
        return [path for path in found if _piece(path) > last]


def _piece(path: Path) -> int:
    return int(path.stem.removeprefix("part-"))


def write_shard(path: Path, table: pa.Table) -> None:
    """Write a table so that the path holds, even after a loss of power, all of it or what it held before."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    unfinished = path.with_name(path.name + UNFINISHED)
    with unfinished.open("wb") as file:
        # Dictionaries would make it no smaller, as few texts recur, and writing it a fifth slower.
        pq.write_table(table, file, compression="zstd", use_dictionary=False)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
