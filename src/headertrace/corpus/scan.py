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

from headertrace.corpus.convert import to_duckdb, to_json_lines
from headertrace.corpus.duplicates import mark_duplicates
from headertrace.corpus.manifest import Manifest, OutputError, describe_networks, read_manifest
from headertrace.corpus.piece import Piece, cut_pieces
from headertrace.corpus.shards import Shards
from headertrace.corpus.sources import InputError, Meter, read_items
from headertrace.corpus.worker import Outcome, judge_entry, work
from headertrace.corpus.workers import in_any_order, in_order
from headertrace.trace.admd import Admd
from headertrace.verdict.examination import Examination

log = logging.getLogger(__name__)

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
# Examinations that travel between processes at a time.
SCAN_MESSAGES = 200
PARTS = ".parts"


def scan(paths: Paths, admd: Admd | None = None, workers: int | None = None) -> Iterator[Examination]:
    """Yield the examination of every message below the paths, in the order of the input.

    A path is a file, folder, archive or repository; ``-`` is standard input. What cannot be read is
    told by ``logging``. ``workers`` processes judge, None is this process alone; to keep the results
    of millions of messages, ``scan_to`` is several times faster, since nothing travels back.
    """
    count = _workers(workers or 1)
    pieces = cut_pieces(read_items(_paths(paths)), Meter(), SCAN_MESSAGES if count > 1 else 1)
    for judged in chain.from_iterable(in_order(partial(_judge_piece, admd=admd), pieces, count)):
        if isinstance(judged, InputError):
            log.warning("%s", judged)
        else:
            yield judged


def _judge_piece(piece: Piece, admd: Admd | None) -> list[Examination | InputError]:
    return [judge_entry(entry, admd) for entry in piece.entries]


def _paths(paths: Paths) -> list[str | os.PathLike[str]]:
    return [paths] if isinstance(paths, str | os.PathLike) else list(paths)


def _workers(count: int) -> int:
    if count < 1:
        raise ValueError(f"workers: at least 1, not {count}")
    return count


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
    watch: Callable[[Progress], None] | None = None,
) -> Outcome:
    """Write tables about every message below the paths to ``out`` and return what was met.

    ``out`` is a folder of Parquet files, ``*.jsonl`` or ``*.duckdb``. With ``resume`` a scan that was
    stopped goes on, and its output is the same as if it had not been. OutputError says what keeps the
    output from being written; what was written before is kept.
    """
    target = Path(out)
    shards = Shards(parts_of(target))
    count = _workers(workers or os.cpu_count() or 1)
    manifest = _begin(target, shards, admd, resume)
    try:
        outcome = _fill(shards, _paths(paths), admd, count, watch)
        _complete(target, shards, replace(manifest, complete=True), outcome)
    except BrokenProcessPool as error:
        raise OutputError(f"a worker was killed, perhaps for want of memory; {_KEPT}") from error
    except OSError as error:
        raise OutputError(f"{error.filename or target}: {error.strerror or error}; {_KEPT}") from error
    return outcome


_KEPT = "what is written is kept, and --resume goes on from there"


def parts_of(target: Path) -> Path:
    """Return the folder of shards for an output: itself, or for a single file a folder beside it."""
    single = target.suffix in {".jsonl", ".duckdb"}
    return target.with_name(target.name + PARTS) if single else target


def _begin(target: Path, shards: Shards, admd: Admd | None, resume: bool) -> Manifest:
    """Prepare the output; raise OutputError where it holds something else, or cannot be written."""
    manifest = Manifest(networks=describe_networks(admd))
    earlier = read_manifest(shards.root)
    if earlier and earlier.networks != manifest.networks:
        raise OutputError(f"{target} was judged with other networks; choose another output")
    if not resume and (earlier or _is_used(target)):
        raise OutputError(f"{target} exists: --resume goes on with it, or choose another output")
    try:
        shards.prepare()
        manifest.write(shards.root)
    except OSError as error:
        raise OutputError(f"{error.filename or target}: {error.strerror or error}") from error
    return manifest


def _is_used(target: Path) -> bool:
    return target.is_file() or (target.is_dir() and any(target.iterdir()))


def _fill(
    shards: Shards,
    paths: list[str | os.PathLike[str]],
    admd: Admd | None,
    workers: int,
    watch: Callable[[Progress], None] | None,
) -> Outcome:
    meter, total = Meter(), Outcome()
    last = 0
    pieces = cut_pieces(read_items(paths, meter), meter)
    for piece, outcome in in_any_order(partial(work, shards=shards, admd=admd), pieces, workers):
        total.add(outcome)
        last = max(last, piece.number)
        if watch:
            watch(Progress(read=piece.read, outcome=total))
    shards.drop_after(last)
    return total


def _complete(target: Path, shards: Shards, manifest: Manifest, outcome: Outcome) -> None:
    mark_duplicates(shards)
    manifest = replace(manifest, messages=outcome.messages, errors=outcome.errors)
    manifest.write(shards.root)
    shutil.rmtree(shards.root / "spill", ignore_errors=True)
    if target.suffix == ".jsonl":
        to_json_lines(shards, target)
    elif target.suffix == ".duckdb":
        to_duckdb(shards, target)
    if shards.root != target:
        shutil.rmtree(shards.root)
