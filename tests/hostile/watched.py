"""Read hostile files while Python tells of everything that reaches beyond this process.

``python -m tests.hostile.watched FILE...`` prints a line for each event that the promises forbid: Python's
own audit events (PEP 578), of which none can be switched off once they are listened to.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import headertrace
from headertrace import Examination, correlate, examine, read_bounce, read_trace, report
from headertrace.corpus.sources import InputError, Item, read_items
from headertrace.corpus.worker import open_letter
from headertrace.reports.csv import csv_rows
from headertrace.reports.json import to_json
from headertrace.reports.redact import Redactor
from headertrace.reports.spamassassin import relay_fields

NETWORK = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")
STARTED = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile")
RUN = (
    "exec",
    "compile",
    "pickle.find_class",
    "marshal.load",
    "import",
    "ctypes.",
    "code.__new__",
    "sqlite3.",
)
CHANGED = (
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
)
OURS = Path(headertrace.__file__).parent
FORBIDDEN = (*NETWORK, *STARTED, *RUN, *CHANGED, "shutil.", "tempfile.")


def _judge(item: Item | InputError) -> Examination | None:
    """Do with a message all that can be done with one; return it judged, or nothing where there is none."""
    letter = item if isinstance(item, InputError) else open_letter(item)
    if isinstance(letter, InputError):
        assert str(letter)
        return None
    judged = examine(read_trace(letter.raw))
    view = report(judged)
    assert all((view.text(), view.html(), to_json(judged), relay_fields(judged.trace)))
    assert list(csv_rows(judged))
    assert Redactor(b"key").header(letter.raw) is not None
    assert read_bounce(letter.raw).refusals is not None
    return judged


def handle(paths: list[str]) -> int:
    """Handle every message of these files, and all of them together; return how many items there were."""
    items = list(read_items(paths))
    judged = [one for one in map(_judge, items) if one]
    assert correlate(judged) is not None
    return len(items)


def watcher(allowed: set[str], told: list[str]) -> Callable[[str, tuple[object, ...]], None]:
    """Return what listens: it keeps each forbidden event, and each file opened that nobody named."""

    def watch(event: str, details: tuple[object, ...]) -> None:
        if event == "open" and str(details[0]) not in allowed and OURS not in Path(str(details[0])).parents:
            told.append(f"open {details[0]!r}")
        elif event.startswith(FORBIDDEN):
            told.append(f"{event} {str(details)[:200]}")

    return watch


def main(paths: list[str]) -> None:
    """Handle the files twice: the first time imports and compiles what is ours, the second is watched."""
    told: list[str] = []
    count = handle(paths)
    sys.addaudithook(watcher({os.fspath(path) for path in paths}, told))
    assert handle(paths) == count
    forbidden = sorted(set(told))
    print(count, "items")
    print(*forbidden, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
