"""One column of a table: its name, its Arrow type and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``kind`` names the Arrow type, as ``arrow_type`` spells it out."""

    name: str
    kind: str
    meaning: str
    required: bool = False


def arrow_type(kind: str) -> pa.DataType:
    """Return the Arrow type of a kind of column."""
    import pyarrow as pa  # noqa: PLC0415

    types: dict[str, pa.DataType] = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "flag": pa.bool_(),
        "bytes": pa.binary(),
        "small": pa.int32(),
        "number": pa.int64(),
        "real": pa.float64(),
        "time": pa.timestamp("us", tz="UTC"),
    }
    return types[kind]


def arrow_schema(name: str, columns: tuple[Column, ...], version: int) -> pa.Schema:
    """Return the Arrow schema of a table, with its name and version in the metadata."""
    import pyarrow as pa  # noqa: PLC0415

    fields = [
        pa.field(one.name, arrow_type(one.kind), nullable=not one.required, metadata={"doc": one.meaning})
        for one in columns
    ]
    return pa.schema(fields, metadata={"headertrace.table": name, "headertrace.schema": str(version)})
