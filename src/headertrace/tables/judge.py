"""A message read and judged, with the place where it was found."""

from __future__ import annotations

from dataclasses import replace

from headertrace.trace.admd import Admd
from headertrace.trace.trace import read_trace
from headertrace.verdict.examination import Examination
from headertrace.verdict.examine import examine


def judge(raw: bytes, path: str | None, offset: int | None, admd: Admd | None = None) -> Examination:
    """Return the examination of a message that stands at ``offset`` of ``path``."""
    judged = examine(read_trace(raw, admd))
    return replace(judged, source=replace(judged.source, path=path, offset=offset))
