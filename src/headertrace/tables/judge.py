"""A message read and judged, with the place where it was found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from headertrace.trace.admd import Admd
from headertrace.trace.trace import read_trace
from headertrace.verdict.deferred import WORDED, deferred_examination
from headertrace.verdict.examination import Examination
from headertrace.verdict.examine import examine


def judge(raw: bytes, path: str | None, offset: int | None, admd: Admd | None = None) -> Examination:
    """Return the examination of a message that stands at ``offset`` of ``path``."""
    judged = examine(read_trace(raw, admd))
    return deferred_examination(partial(_worded, judged, path, offset), judged.trace, judged.misuse)


def _worded(judged: Examination, path: str | None, offset: int | None) -> dict[str, object]:
    """Return what is worded when somebody looks: where the message stands is part of it."""
    told = {name: getattr(judged, name) for name in WORDED}
    return told | {"source": replace(judged.source, path=path, offset=offset)}
