"""``headertrace scan``: many messages into tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from headertrace.cases.counted import counted
from headertrace.cli.admd_options import admd_options
from headertrace.cli.options import MISUSE_REACHES, FileName, fail_on_option
from headertrace.cli.output import STDOUT, warn
from headertrace.vocabulary import Confidence

if TYPE_CHECKING:
    from headertrace.corpus.worker import Outcome
    from headertrace.trace.admd import Admd

NOTHING_DONE = 2
NOT_ALL_DONE = 1
EPILOG = """\b
Examples:
  headertrace scan archive.mbox -o seen
  headertrace scan ~/Maildir reports.tar.gz lists/git/0.git -o seen
  headertrace scan huge.jsonl.zst -o seen --workers 8
  headertrace scan huge.jsonl.zst -o seen --resume
  zcat old.mbox.gz | headertrace scan - -o seen.duckdb

What is read: .eml, .emlx, .msg, mbox, Maildir, MH, public-inbox repositories, JSON
and Parquet with a column raw or headers; all of them also in gzip, bzip2, xz,
zstd, zip and tar. Contents decide, not names.

Exit code: 0 done, 1 misuse reaches --fail-on or the output could not be
finished, 2 nothing was done."""


@click.command(epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, type=FileName(), metavar="PATH...")
@click.option(
    "-o",
    "--output",
    "out",
    required=True,
    metavar="OUT",
    type=FileName(),
    help="A folder for Parquet files, or a name that ends in .jsonl or .duckdb.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes that judge; as many as processors.")
@click.option("--resume", is_flag=True, help="Go on with a scan of the same PATHs that was stopped.")
@click.option("--overwrite", is_flag=True, help="Replace the earlier scan that OUT holds.")
@click.option("--quiet", is_flag=True, help="No progress bar and no summary.")
@fail_on_option(MISUSE_REACHES)
@admd_options
def scan(
    *,
    paths: tuple[str, ...],
    out: str,
    workers: int | None,
    resume: bool,
    overwrite: bool,
    quiet: bool,
    fail_on: str | None,
    admd: Admd | None,
) -> None:
    """Read the messages below each PATH, judge them and write tables to OUT.

    PATH is a file, folder, archive or repository; - is standard input.
    """
    from headertrace.cli.scan_progress import watching
    from headertrace.corpus.manifest import OutputError
    from headertrace.corpus.scan import scan_to

    _require_sense(out, resume=resume, overwrite=overwrite)
    try:
        with watching(paths, shown=not quiet) as watch:
            done = scan_to(
                out,
                paths,
                admd=admd,
                workers=workers,
                resume=resume,
                overwrite=overwrite,
                watch=watch.show,
            )
    except OutputError as error:
        warn(str(error))
        raise SystemExit(NOT_ALL_DONE if watch.messages else NOTHING_DONE) from None
    except KeyboardInterrupt:
        warn(f"stopped after {counted(watch.messages, 'message')}; --resume goes on from there")
        raise SystemExit(130) from None
    _tell_errors(done)
    if not quiet:
        messages, errors = counted(done.messages, "message"), counted(done.errors, "unreadable input")
        warn(f"{messages}, {errors}, in {out}")
    raise SystemExit(_exit_code(done, fail_on))


def _require_sense(out: str, *, resume: bool, overwrite: bool) -> None:
    """Raise for options that do not go together."""
    if out == STDOUT:
        raise click.UsageError("-o: tables go to a folder, or to a file that ends in .jsonl or .duckdb")
    if resume and overwrite:
        raise click.UsageError("--resume goes on, --overwrite begins anew: only one of them")


def _tell_errors(done: Outcome) -> None:
    for line in done.told:
        warn(line)
    if done.errors > len(done.told):
        warn(f"... and {done.errors - len(done.told)} more in the table of errors")


def _exit_code(done: Outcome, fail_on: str | None) -> int:
    if not done.messages:
        warn("no message could be read")
        return NOTHING_DONE
    return int(bool(fail_on and done.misuse and done.misuse >= Confidence(fail_on)))
