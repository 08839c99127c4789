"""What a worker process does: it judges the messages of a piece and writes their shards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from headertrace.corpus.decode import Letter, decode
from headertrace.corpus.piece import Piece
from headertrace.corpus.process import is_command
from headertrace.corpus.shards import Shards
from headertrace.corpus.sources import Form, InputError, Item, Trouble
from headertrace.message.adapters import message_bytes
from headertrace.tables.builder import Builder
from headertrace.tables.extra import kept_out, spare_libraries
from headertrace.tables.judge import judge
from headertrace.tables.rows import Place
from headertrace.tables.schema import Table
from headertrace.tables.texts import clean
from headertrace.trace.admd import Admd
from headertrace.verdict.examination import Examination
from headertrace.vocabulary import Confidence

# More error lines than this nobody reads on a terminal; the table of errors holds them all.
TOLD_ERRORS = 20


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came out of one piece or of many; ``told`` are the first few errors, as lines."""

    messages: int = 0
    errors: int = 0
    told: list[str] = field(default_factory=list)
    misuse: Confidence | None = None

    def add(self, other: Outcome) -> None:
        """Count another piece in."""
        self.messages += other.messages
        self.errors += other.errors
        self.told += other.told[: TOLD_ERRORS - len(self.told)]
        self.rise(other.misuse)

    def rise(self, misuse: Confidence | None) -> None:
        """Keep the surest misuse met."""
        if misuse and (self.misuse is None or misuse > self.misuse):
            self.misuse = misuse


def prepare() -> None:
    """Import what Arrow imports with its first array and file: once, before workers are forked.

    Not pandas and NumPy in a process that ends with the scan: they take longer than all the rest.
    """
    with uncollected(), kept_out(*spare_libraries()) if is_command() else nullcontext():
        import pyarrow.parquet  # noqa: F401, PLC0415

        Builder().batch(Table.ERRORS)


def work(piece: Piece, shards: Shards, admd: Admd | None) -> Outcome:
    """Judge a piece and write its shards unless they are there; raise OSError where that fails."""
    fingerprint = piece.fingerprint()
    if shards.holds(piece.number, fingerprint):
        return recall(piece.number, shards)
    with uncollected():
        return _fill(piece, fingerprint, shards, admd)


def _fill(piece: Piece, fingerprint: str, shards: Shards, admd: Admd | None) -> Outcome:
    builder, outcome = Builder(admd), Outcome()
    for number, entry in enumerate(piece.entries, piece.first):
        _take(builder, outcome, number, entry)
    outcome.rise(builder.misuse())
    shards.write(piece.number, fingerprint, ((table, builder.batch(table)) for table in Table))
    return outcome


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking through what is all still needed: rows, or what is imported."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def recall(piece: int, shards: Shards) -> Outcome:
    """Return the outcome of a piece whose shards an earlier run wrote."""
    messages = shards.read(Table.MESSAGES, piece, ["misuse"])
    errors = shards.read(Table.ERRORS, piece, ["source_path", "trouble", "text"]).to_pylist()
    outcome = Outcome(messages=messages.num_rows, errors=len(errors))
    outcome.told = [str(_told_again(row)) for row in errors[:TOLD_ERRORS]]
    for misuse in messages.column("misuse").unique().to_pylist():
        outcome.rise(Confidence(misuse) if misuse else None)
    return outcome


def _told_again(row: dict[str, str]) -> InputError:
    return InputError(path=row["source_path"], trouble=Trouble(row["trouble"]), text=row["text"])


def _take(builder: Builder, outcome: Outcome, number: int, entry: Item | InputError) -> None:
    letter = entry if isinstance(entry, InputError) else open_letter(entry)
    if isinstance(letter, InputError):
        outcome.errors += 1
        outcome.told += [str(letter)][: TOLD_ERRORS - len(outcome.told)]
        builder.add_error(clean(letter.path) or "", letter.offset, letter.trouble, clean(letter.text) or "")
        return
    outcome.messages += 1
    builder.read(number, letter.raw, Place(entry.path, entry.offset, letter.name))


def judge_entry(entry: Item | InputError, admd: Admd | None) -> Examination | InputError:
    """Return the examination of an entry, or why there is none."""
    letter = entry if isinstance(entry, InputError) else open_letter(entry)
    if isinstance(letter, InputError):
        return letter
    return judge(letter.raw, entry.path, entry.offset, admd)


def open_letter(item: Item) -> Letter | InputError:
    """Return the message in an item, an Outlook file opened; or why there is none."""
    letter = decode(item)
    if isinstance(letter, InputError) or item.form is not Form.OUTLOOK:
        return letter
    try:
        return Letter(message_bytes(letter.raw), letter.name)
    except ValueError as error:
        text = f"needs-library: {error}"
        return InputError(path=item.path, offset=item.offset, trouble=Trouble.NEEDS_LIBRARY, text=text)
