"""Rows of many examinations become one Arrow batch for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headertrace.tables.rows import Row, finding_rows, hop_rows, message_row, verdict_rows
from headertrace.tables.schema import COLUMNS, Table, schema_of
from headertrace.verdict.examination import Examination

if TYPE_CHECKING:
    import pyarrow as pa


class Builder:
    """Collects examinations and errors until they are asked for as batches."""

    def __init__(self) -> None:
        self._rows: dict[Table, list[Row]] = {table: [] for table in Table}

    def add(self, key: int, judged: Examination, name: str | None = None) -> None:
        """Add one examination under the number by which its rows are joined."""
        rows = self._rows
        rows[Table.MESSAGES].append(message_row(key, judged, name))
        rows[Table.HOPS].extend(hop_rows(key, judged.trace))
        rows[Table.FINDINGS].extend(finding_rows(key, judged))
        rows[Table.VERDICTS].extend(verdict_rows(key, judged))

    def add_error(self, path: str, offset: int | None, trouble: str, text: str) -> None:
        """Add a row to the table of errors."""
        self._rows[Table.ERRORS].append((path, offset, trouble, text))

    def batch(self, table: Table) -> pa.RecordBatch:
        """Return the rows of one table as Arrow."""
        return to_batch(table, self._rows[table])


def to_batch(table: Table, rows: list[Row]) -> pa.RecordBatch:
    """Return rows, in the order of the schema's columns, as an Arrow batch."""
    import pyarrow as pa  # noqa: PLC0415

    schema = schema_of(table)
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS[table])
    arrays = [pa.array(list(column), type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
