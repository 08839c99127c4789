"""JSON Lines and Parquet files with a column of messages or header sections."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from headertrace.corpus.sources.cells import cell_bytes, header_in, likeliest
from headertrace.corpus.sources.item import Form, InputError, Item, Trouble
from headertrace.corpus.sources.single import cut
from headertrace.corpus.sources.streams import MAX_LINE, Budget, Lines
from headertrace.tables.inputs import MESSAGE_COLUMNS, message_column, name_column

if TYPE_CHECKING:
    import pyarrow.parquet as pq

_BETWEEN = re.compile(r"[\s,]*+")
# Arrow's types of text and bytes
_TEXTS = frozenset(("string", "large_string", "binary", "large_binary"))
# Rows of a Parquet file that are in memory at once.
PARQUET_ROWS = 64


def json_items(stream: io.BufferedReader, path: str) -> Iterator[Item | InputError]:
    """Yield each line, undecoded: the worker that judges a message decodes it."""
    lines = Lines(stream)
    while True:
        start = lines.at
        line = lines.next()
        if not line:
            return
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            yield InputError(path=path, offset=start, trouble=Trouble.TOO_LONG, text="line too long")
            _skip_line(lines)
        elif not line.isspace():
            yield Item(path=path, offset=start, data=line, form=Form.JSON)


def json_document_items(stream: io.BufferedReader, path: str) -> Iterator[Item | InputError]:
    """Yield the objects of a JSON document: a list of them, or one that is laid out for people."""
    text = stream.read(MAX_LINE + 1)
    if len(text) > MAX_LINE:
        yield InputError(path=path, trouble=Trouble.TOO_LONG, text="JSON too long; write an object a line")
        return
    for number, row in enumerate(_values(text.decode("utf-8-sig"))):
        yield Item(path=path, offset=number, data=row.encode(), form=Form.JSON)


def _values(text: str) -> Iterator[str]:
    """Yield the texts of the values in a list, or of the one alone; one is in memory at a time."""
    decoder = json.JSONDecoder()
    at = len(text) - len(text.lstrip())
    if not text.startswith("[", at):
        yield text[at : decoder.raw_decode(text, at)[1]]
        return
    at = _BETWEEN.match(text, at + 1).end()  # type: ignore[union-attr]
    while not text.startswith("]", at):
        end = decoder.raw_decode(text, at)[1]
        yield text[at:end]
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]


def _skip_line(lines: Lines) -> None:
    while (part := lines.next()) and not part.endswith(b"\n"):
        pass


def parquet_items(file: BinaryIO, path: str, budget: Budget) -> Iterator[Item | InputError]:
    """Yield the messages of a Parquet file; ``offset`` is the row's number."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    parquet = pq.ParquetFile(file)
    columns = parquet.schema_arrow.names
    column, named = message_column(columns) or _column_of_headers(parquet, budget), name_column(columns)
    if column is None:
        text = f"no column of messages ({', '.join(MESSAGE_COLUMNS)}, or any that holds header sections)"
        yield InputError(path=path, trouble=Trouble.NO_HEADER_COLUMN, text=text)
        return
    wanted = [column, named] if named else [column]
    for row, (value, *name) in enumerate(_cells(parquet, wanted, budget)):
        yield _parquet_item(path, row, value, name[0] if name else None)


def _column_of_headers(parquet: pq.ParquetFile, budget: Budget) -> str | None:
    """Return the column in whose first cells the likeliest header section stands, or None."""
    names = [field.name for field in parquet.schema_arrow if str(field.type) in _TEXTS]
    first = islice(_cells(parquet, names, budget), PARQUET_ROWS) if names else ()
    found = (header_in(name, value) for row in first for name, value in zip(names, row, strict=True))
    best = likeliest(each for each in found if each)
    return best.name if best else None


def _cells(parquet: pq.ParquetFile, columns: list[str], budget: Budget) -> Iterator[tuple[object, ...]]:
    """Yield these cells of each row; what a file holds once and repeats counts as often as it comes."""
    for group in range(parquet.num_row_groups):
        budget.spend(parquet.metadata.row_group(group).total_byte_size)
        for batch in parquet.iter_batches(PARQUET_ROWS, [group], columns, use_threads=False):
            for cells in zip(*(batch.column(name) for name in columns), strict=True):
                values = tuple(cell.as_py() for cell in cells)
                budget.spend(sum(len(value) for value in values if isinstance(value, bytes | str)))
                yield values


def _parquet_item(path: str, row: int, value: object, name: object) -> Item | InputError:
    data = cell_bytes(value)
    if data is None:
        return InputError(
            path=path, offset=row, trouble=Trouble.NOT_A_MESSAGE, text=f"row {row} holds no text"
        )
    return Item(path=path, offset=row, data=cut(data), name=None if name is None else str(name))
