"""Many messages read and judged: one after the other, or into tables by several processes."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from headertrace.corpus.convert import to_duckdb, to_json_lines
from headertrace.corpus.duplicates import MAX_IN_MEMORY, mark_duplicates
from headertrace.corpus.input import Input
from headertrace.corpus.manifest import Manifest, OutputError, new_manifest, read_manifest
from headertrace.corpus.output import claimed, is_barren, parts_of, require_free, require_name
from headertrace.corpus.piece import Piece, cut_pieces
from headertrace.corpus.shards import Shards
from headertrace.corpus.sources import InputError, Meter, read_items
from headertrace.corpus.worker import Outcome, judge_entry, prepare, work
from headertrace.corpus.workers import Crew, crew
from headertrace.tables.extra import require_tables
from headertrace.tables.several import several
from headertrace.trace.admd import Admd
from headertrace.verdict.examination import Examination

log = logging.getLogger(__name__)

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
# Examinations that travel between processes at a time.
SCAN_MESSAGES = 200


def scan(paths: Paths, admd: Admd | None = None, workers: int | None = None) -> Iterator[Examination]:
    """Yield the examination of every message below the paths, in the order of the input.

    A path is a file, folder, archive or repository; ``-`` is standard input. What cannot be read is
    told by ``logging``. ``workers`` processes judge, None is this process alone; to keep the results
    of millions of messages, ``scan_to`` is several times faster, since nothing travels back. ``TypeError``
    and ``ValueError`` for arguments that are none of these.
    """
    given = _paths(paths)
    return _examinations(given, _admd(admd), _workers(1 if workers is None else workers))


def _examinations(
    paths: list[str | os.PathLike[str]], admd: Admd | None, count: int
) -> Iterator[Examination]:
    pieces = cut_pieces(read_items(paths), Meter(), SCAN_MESSAGES if count > 1 else 1)
    with crew(count) as hands:
        for judged in chain.from_iterable(hands.in_order(partial(_judge_piece, admd=admd), pieces)):
            if isinstance(judged, InputError):
                log.warning("%s", judged)
            else:
                yield judged


def _judge_piece(piece: Piece, admd: Admd | None) -> list[Examination | InputError]:
    return [judge_entry(entry, admd) for entry in piece.entries]


def _paths(paths: Paths) -> list[str | os.PathLike[str]]:
    if isinstance(paths, str | os.PathLike):
        return [paths]
    given = list(several(paths, _WANTED))
    for one in given:
        if not isinstance(one, str | os.PathLike):
            raise TypeError(_WANTED.format(type(one).__name__))
    return given


_WANTED = "not a path: {} (a str, an os.PathLike, or several of them)"


def _workers(count: int) -> int:
    if not isinstance(count, int):
        raise TypeError(f"workers: a number or None, not {type(count).__name__}")
    if count < 1:
        raise ValueError(f"workers: at least 1, not {count}")
    return count


def _admd(admd: Admd | None) -> Admd | None:
    if admd is not None and not isinstance(admd, Admd):
        raise TypeError(f"not an Admd: {type(admd).__name__}")
    return admd


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a scan is: bytes of the input read, and the outcome so far."""

    read: int
    outcome: Outcome


def scan_to(
    out: str | os.PathLike[str],
    paths: Paths,
    *,
    admd: Admd | None = None,
    workers: int | None = None,
    resume: bool = False,
    overwrite: bool = False,
    watch: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Write tables about every message below the paths to ``out`` and return what was met.

    ``out`` is a folder of Parquet files, ``*.jsonl`` or ``*.duckdb``. With ``resume`` a scan of the same
    paths that was stopped goes on, and its output is the same as if it had not been; with ``overwrite``
    the output of an earlier scan is replaced. OutputError says what keeps the output from being written;
    what was written before is kept.
    """
    target, given = Path(out), _paths(paths)
    shards = Shards(parts_of(target))
    count = _workers(os.cpu_count() or 1 if workers is None else workers)
    manifest = new_manifest(given, _admd(admd))
    require_tables("scan")
    require_name(target)
    if not shards.root.is_dir():  # nothing is made for a scan that is refused
        require_free(target, manifest, None, resume=resume, overwrite=overwrite)
    with claimed(target, shards.root):
        begun = _begin(target, shards, manifest, resume=resume, overwrite=overwrite)
        return _write(target, Input(given, target, shards, begun), admd, count, watch)


def _begin(target: Path, shards: Shards, manifest: Manifest, *, resume: bool, overwrite: bool) -> Manifest:
    """Prepare the output and return its manifest; raise OutputError where it cannot be written."""
    earlier = read_manifest(shards.root)
    require_free(target, manifest, earlier, resume=resume, overwrite=overwrite)
    if earlier and resume:
        manifest = replace(manifest, stream=earlier.stream)
    try:
        # The manifest first: whatever a kill leaves behind is known for a scan, and for which one.
        manifest.write(shards.root)
        if overwrite or is_barren(earlier):
            shards.clear()
        shards.prepare()
    except OSError as error:
        raise OutputError(f"{error.filename or target}: {error.strerror or error}") from error
    return manifest


_KEPT = "what is written is kept, and --resume goes on from there"


def _write(
    target: Path, source: Input, admd: Admd | None, count: int, watch: Callable[[Progress], None] | None
) -> Outcome:
    prepare()
    try:
        with crew(count) as hands:
            outcome = _fill(source, admd, hands, watch)
            mark_duplicates(source.shards, hands, outcome.messages)
        _complete(target, source.shards, replace(source.manifest, complete=True), outcome)
    except BrokenProcessPool as error:
        raise OutputError(f"a worker was killed, perhaps for want of memory; {_KEPT}") from error
    except OSError as error:
        raise OutputError(f"{error.filename or target}: {error.strerror or error}; {_KEPT}") from error
    return outcome


def _fill(source: Input, admd: Admd | None, hands: Crew, watch: Callable[[Progress], None] | None) -> Outcome:
    total, last = Outcome(), 0
    todo = partial(_fill_piece, shards=source.shards, admd=admd)
    for done in hands.in_any_order(todo, _handed_out(source)):
        total.add(done.outcome)
        last = max(last, done.number)
        if watch:
            watch(Progress(read=done.read, outcome=total))
    source.end_at(last)
    return total


class Done(NamedTuple):
    """What is left of a piece: its number, how far the input was read when it was cut, and its outcome."""

    number: int
    read: int
    outcome: Outcome


def _fill_piece(piece: Piece, shards: Shards, admd: Admd | None) -> Done:
    return Done(piece.number, piece.read, work(piece, shards, admd))


def _handed_out(source: Input) -> Iterator[Piece]:
    """Yield the pieces; then workers judge the last ones, and there is time to load a database."""
    messages = 0
    for piece in source.pieces():
        yield piece
        messages = piece.first + len(piece.entries)
    if messages > MAX_IN_MEMORY:
        import duckdb  # noqa: F401, PLC0415


def _complete(target: Path, shards: Shards, manifest: Manifest, outcome: Outcome) -> None:
    manifest = replace(manifest, messages=outcome.messages, errors=outcome.errors)
    manifest.write(shards.root)
    shutil.rmtree(shards.root / "spill", ignore_errors=True)
    if target.suffix == ".jsonl":
        to_json_lines(shards, target)
    elif target.suffix == ".duckdb":
        to_duckdb(shards, target)
    if shards.root != target:
        shutil.rmtree(shards.root)
