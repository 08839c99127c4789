"""Rows of many messages become one Arrow batch for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.chain import read_chain
from headertrace.signatures.scene import Scene, describe, read_fields, read_scene, read_way, scene_of
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
from headertrace.vocabulary import Confidence

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


# Steps taken by many messages together are a tenth quicker than messages read one after the other: what a
# step needs stays at hand. The scenes of so many take some 6 MB.
AT_ONCE = 250


class Builder:
    """Collects messages and errors until they are asked for as batches."""

    def __init__(self, admd: Admd | None = None) -> None:
        self._admd = admd
        self._waiting: list[tuple[int, bytes, Place]] = []
        self._messages: list[Row] = []
        self._chains: list[tuple[int, tuple[Hop, ...]]] = []
        self._words: list[tuple[int, Word]] = []
        self._errors: list[Row] = []

    def read(self, key: int, raw: bytes, place: Place) -> None:
        """Add a message, read and judged, under the number that joins its rows."""
        self._waiting.append((key, raw, place))
        if len(self._waiting) >= AT_ONCE:
            self._read_waiting()

    def add(self, key: int, judged: Examination) -> None:
        """Add a message that was examined before."""
        place = Place(judged.source.path, judged.source.offset)
        self._add([key], [place], [read_scene(judged.trace)], [word_of(judged)])

    def add_error(self, path: str, offset: int | None, trouble: str, text: str) -> None:
        """Add a row to the table of errors."""
        self._errors.append((path, offset, trouble, text))

    def misuse(self) -> Confidence | None:
        """Return how sure the surest misuse is among the messages."""
        self._read_waiting()
        return max((word.misuse for _, word in self._words if word.misuse), default=None)

    def batch(self, table: Table) -> pa.RecordBatch:
        """Return the rows of one table as Arrow."""
        self._read_waiting()
        return to_batch(table, self._columns(table))

    def _read_waiting(self) -> None:
        traces = [read_trace(raw, self._admd) for _, raw, _ in self._waiting]
        ways = list(map(read_way, map(read_chain, traces)))
        fields = list(map(read_fields, traces))
        scenes = list(map(scene_of, traces, ways, fields))
        words = list(map(decide, scenes))
        self._add([key for key, *_ in self._waiting], [place for *_, place in self._waiting], scenes, words)
        self._waiting.clear()

    def _add(self, keys: list[int], places: list[Place], scenes: list[Scene], words: list[Word]) -> None:
        self._messages += map(message_row, keys, places, map(compared, scenes), words)
        self._chains += [(key, scene.trace.hops) for key, scene in zip(keys, scenes, strict=True)]
        self._words += zip(keys, words, strict=True)

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
