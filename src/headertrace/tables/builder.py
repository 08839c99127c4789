"""Rows of many messages become one Arrow batch for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.scene import Scene, describe, read_scene
from headertrace.tables.rows import (
    NEVER_COMPARED,
    Columns,
    Place,
    Row,
    finding_columns,
    hop_columns,
    message_row,
    transposed,
    verdict_columns,
)
from headertrace.tables.schema import COLUMNS, Table, schema_of
from headertrace.tables.word import Word, decide, word_of
from headertrace.trace.admd import Admd
from headertrace.trace.trace import read_trace
from headertrace.verdict.examination import Examination

if TYPE_CHECKING:
    import pyarrow as pa


# One sign of a stranger's mail at least; what else there is to see then takes a second look.
ODD = (
    trait.REPLY_FOREIGN
    | trait.TO_MISSING
    | trait.TO_HIDDEN
    | trait.HELO_CONSTANT
    | trait.HELO_HIRED_DESKTOP
    | trait.HELO_RANDOM
    | trait.HELO_GARBLED
    | trait.HELO_BIG_PROVIDER
)


class Builder:
    """Collects messages and errors until they are asked for as batches."""

    def __init__(self, admd: Admd | None = None) -> None:
        self._admd = admd
        self._messages: list[Row] = []
        self._chains: list[tuple[int, tuple[Hop, ...]]] = []
        self._words: list[tuple[int, Word]] = []
        self._errors: list[Row] = []

    def read(self, key: int, raw: bytes, place: Place) -> Word:
        """Read and judge a message, add it under the number that joins its rows, and return the answers."""
        scene = read_scene(read_trace(raw, self._admd))
        word = decide(scene)
        self._add(key, place, scene, word)
        return word

    def add(self, key: int, judged: Examination) -> None:
        """Add a message that was examined before."""
        source = judged.source
        scene = read_scene(judged.trace)
        self._add(key, Place(source.path, source.offset), scene, word_of(judged))

    def add_error(self, path: str, offset: int | None, trouble: str, text: str) -> None:
        """Add a row to the table of errors."""
        self._errors.append((path, offset, trouble, text))

    def batch(self, table: Table) -> pa.RecordBatch:
        """Return the rows of one table as Arrow."""
        return to_batch(table, self._columns(table))

    def _add(self, key: int, place: Place, scene: Scene, word: Word) -> None:
        self._messages.append(message_row(key, place, compared(scene), word))
        self._chains.append((key, scene.trace.hops))
        self._words.append((key, word))

    def _columns(self, table: Table) -> Columns:
        # Where a message has many rows, columns made of all messages at once cost half as much as rows.
        if table is Table.HOPS:
            return hop_columns(self._chains)
        if table is Table.FINDINGS:
            return finding_columns(self._words)
        if table is Table.VERDICTS:
            return verdict_columns(self._words)
        return transposed(self._messages if table is Table.MESSAGES else self._errors, len(COLUMNS[table]))


def compared(scene: Scene) -> Scene:
    """Return the scene with all its traits where the message may be a stranger's: only such are compared."""
    traits = scene.traits
    if traits & NEVER_COMPARED or not traits & ODD:
        return scene
    return describe(scene)


def to_batch(table: Table, columns: Columns) -> pa.RecordBatch:
    """Return the columns of a table, in the schema's order, as an Arrow batch."""
    import pyarrow as pa  # noqa: PLC0415

    schema = schema_of(table)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
