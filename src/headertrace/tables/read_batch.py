"""An Arrow batch of messages becomes the Arrow batches of all tables, for any engine that speaks Arrow."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from headertrace.tables.builder import Builder
from headertrace.tables.inputs import MESSAGE_COLUMNS, as_bytes, message_column, name_column
from headertrace.tables.rows import Place
from headertrace.tables.schema import Table
from headertrace.trace.admd import Admd

if TYPE_CHECKING:
    import pyarrow as pa

NO_TEXT = "not-a-message"


def read_batch(batch: pa.RecordBatch, admd: Admd | None = None) -> dict[str, pa.RecordBatch]:
    """Return ``messages``, ``hops``, ``findings``, ``verdicts`` and ``errors`` for a batch of messages.

    The batch has a column ``raw`` (or ``headers`` and kin) of binary or text; optionally ``path`` and
    ``offset``, a name, and ``message``, the number that joins the tables: without it a digest of the
    place serves, so that batches need not know of each other. ``ValueError`` without a column of messages.
    """
    column = message_column(batch.schema.names)
    if column is None:
        raise ValueError(f"no column of messages: one of {', '.join(MESSAGE_COLUMNS)}")
    builder = Builder(admd)
    named = name_column(batch.schema.names)
    cells = (_cells(batch, name) for name in (column, "path", "offset", named, "message"))
    for value, path, offset, name, key in zip(*cells, strict=True):
        raw = as_bytes(value)
        if raw is None:
            builder.add_error(str(path), offset, NO_TEXT, "not-a-message: no text in this row")
            continue
        number = place_key(path, offset, name, raw) if key is None else key
        builder.read(number, raw, Place(path, offset, None if name is None else str(name)))
    return {str(table): builder.batch(table) for table in Table}


def _cells(batch: pa.RecordBatch, name: str | None) -> list[Any]:
    if name is None or name not in batch.schema.names:
        return [None] * batch.num_rows
    cells: list[Any] = batch.column(name).to_pylist()
    return cells


def place_key(path: object, offset: object, name: object, raw: bytes) -> int:
    """Return a number for a message that any worker finds without asking the others: 63 bits of a digest."""
    place = f"{path}\0{offset}\0{name}".encode("utf-8", "replace")
    known = path is not None or name is not None
    return int.from_bytes(blake2b(place if known else raw, digest_size=8).digest()) >> 1
