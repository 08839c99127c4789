"""What a worker process does: it judges the messages of a piece and writes their shards."""

from __future__ import annotations

from dataclasses import dataclass, field

from headertrace.corpus.decode import decode
from headertrace.corpus.piece import Piece
from headertrace.corpus.shards import Shards
from headertrace.corpus.sources import InputError, Item, Trouble
from headertrace.tables.builder import Builder
from headertrace.tables.judge import judge
from headertrace.tables.schema import Table
from headertrace.tables.texts import clean
from headertrace.trace.admd import Admd
from headertrace.verdict.examination import Examination
from headertrace.vocabulary import Confidence

# More error lines than this nobody reads on a terminal; the table of errors holds them all.
TOLD_ERRORS = 20
ORDER = tuple(Confidence)


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
        if misuse and (self.misuse is None or ORDER.index(misuse) > ORDER.index(self.misuse)):
            self.misuse = misuse


def work(piece: Piece, shards: Shards, admd: Admd | None) -> Outcome:
    """Judge a piece and write its shards unless they are there; raise OSError where that fails."""
    fingerprint = piece.fingerprint()
    if shards.holds(piece.number, fingerprint):
        return recall(piece.number, shards)
    builder, outcome = Builder(), Outcome()
    for number, entry in enumerate(piece.entries, piece.first):
        _take(builder, outcome, number, entry, admd)
    shards.write(piece.number, fingerprint, ((table, builder.batch(table)) for table in Table))
    return outcome


def recall(piece: int, shards: Shards) -> Outcome:
    """Return the outcome of a piece whose shards an earlier run wrote."""
    messages = shards.read(Table.MESSAGES, piece, ["misuse"])
    errors = shards.read(Table.ERRORS, piece, ["source_path", "text"]).to_pylist()
    outcome = Outcome(messages=messages.num_rows, errors=len(errors))
    outcome.told = [f"{row['source_path']}: {row['text']}" for row in errors[:TOLD_ERRORS]]
    for misuse in messages.column("misuse").unique().to_pylist():
        outcome.rise(Confidence(misuse) if misuse else None)
    return outcome


def _take(
    builder: Builder, outcome: Outcome, number: int, entry: Item | InputError, admd: Admd | None
) -> None:
    judged = judge_entry(entry, admd)
    if isinstance(judged, InputError):
        outcome.errors += 1
        outcome.told += [str(judged)][: TOLD_ERRORS - len(outcome.told)]
        builder.add_error(clean(judged.path) or "", judged.offset, judged.trouble, clean(judged.text) or "")
        return
    examination, name = judged
    outcome.messages += 1
    outcome.rise(examination.misuse)
    builder.add(number, examination, name)


def judge_entry(entry: Item | InputError, admd: Admd | None) -> tuple[Examination, str | None] | InputError:
    """Return the examination of an entry and the name that its source gives, or why there is none."""
    if isinstance(entry, InputError):
        return entry
    letter = decode(entry)
    if isinstance(letter, InputError):
        return letter
    try:
        return judge(letter.raw, entry.path, entry.offset, admd), letter.name
    except ValueError as error:  # an Outlook file, and the library that reads it is missing
        return InputError(
            path=entry.path,
            offset=entry.offset,
            trouble=Trouble.NEEDS_LIBRARY,
            text=f"needs-library: {error}",
        )
