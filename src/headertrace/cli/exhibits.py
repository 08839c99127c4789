"""The header sections of a case's sample messages, read again from where the scan found them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headertrace.cases.case import Case

# "path:offset Message-ID", as cases write their samples. A path may hold a time of day, ``at 12:30 a.eml``:
# so what ends the sample, or stands before a Message-ID as RFC 5322 has it, is tried first.
_PLACED = tuple(
    re.compile(rf"(?P<path>.+?):(?P<offset>\d{{1,18}}){behind}", re.DOTALL) for behind in ("(?: <.*)?", " .*")
)
# A mailbox is read up to its last sample, and no further than this many messages.
MOST_MESSAGES = 2_000_000


def read_exhibits(cases: Iterable[Case]) -> dict[str, bytes]:
    """Return the header sections of samples that are still where they were, by the text of the sample."""
    files: dict[str, dict[tuple[str, int], str]] = {}
    for sample in {sample: None for case in cases for sample in case.samples}:
        if placed := _PLACED[0].fullmatch(sample) or _PLACED[1].fullmatch(sample):
            archive = placed["path"].partition("!/")[0]
            files.setdefault(archive, {})[placed["path"], int(placed["offset"])] = sample
    found: dict[str, bytes] = {}
    for path, places in files.items():
        found |= _read_file(path, places)
    return found


def _read_file(path: str, places: dict[tuple[str, int], str]) -> dict[str, bytes]:
    """Return the wanted messages of one file; members of an archive are looked for in the archive."""
    from headertrace.corpus.decode import decode
    from headertrace.corpus.sources import InputError, read_items

    found: dict[str, bytes] = {}
    for item in islice(read_items([path]), MOST_MESSAGES):
        sample = places.get((item.path, item.offset or 0))
        letter = None if sample is None or isinstance(item, InputError) else decode(item)
        if sample is not None and letter is not None and not isinstance(letter, InputError):
            found[sample] = letter.raw
        if len(found) == len(places):
            break
    return found
