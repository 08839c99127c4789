"""A message read as a bounce."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headertrace.bounces.backscatter import judge_backscatter
from headertrace.bounces.bounce import Bounce, Cause, Refusal
from headertrace.bounces.notice import Notice, read_notice
from headertrace.bounces.recognise import dialect_of, recognise
from headertrace.bounces.refusals import read_refusals
from headertrace.bounces.status_fields import untyped
from headertrace.bounces.transcript import Transcript, read_transcript
from headertrace.message.adapters import whole_message
from headertrace.message.section import read_section
from headertrace.trace.admd import Admd

if TYPE_CHECKING:
    from headertrace.message.adapters import Message


def read_bounce(message: Message, admd: Admd | None = None) -> Bounce:
    """Return what a message says as a bounce (RFC 3464, or in words); ``admd`` names what is ours.

    Whatever it holds, a Bounce comes back: its ``kind`` says where it is none. Raises like ``read_trace``.
    """
    if admd is not None and not isinstance(admd, Admd):
        raise TypeError(f"not an Admd: {type(admd).__name__}")
    raw = whole_message(message)
    bounce, returned = _read(raw, admd)
    if bounce.is_bounce and returned and all(refusal.cause is Cause.UNKNOWN for refusal in bounce.refusals):
        # A system in the middle sometimes reports in its own words on a bounce that it encloses.
        inner, _ = _read(returned, admd)
        return inner if inner.is_bounce and _tells(inner.refusals) else bounce
    return bounce


def _read(raw: bytes, admd: Admd | None) -> tuple[Bounce, bytes]:
    notice = read_notice(raw)
    transcript = read_transcript(notice.words)
    kind, reason = recognise(notice, bool(transcript.replies))
    returned = notice.returned.encode("utf-8", "surrogateescape")
    bounce = Bounce(kind=kind, reason=reason, dialect=dialect_of(notice), original=read_section(returned).raw)
    return (_completed(bounce, notice, transcript, admd) if bounce.is_bounce else bounce), returned


def _completed(bounce: Bounce, notice: Notice, transcript: Transcript, admd: Admd | None) -> Bounce:
    refusals = read_refusals(notice, transcript)
    refused = [refusal.address for refusal in refusals]
    backscatter, why = judge_backscatter(bounce.original, refused, admd)
    return replace(
        bounce,
        reporting_mta=untyped(notice.status.message.get("reporting-mta")),
        refusals=refusals,
        backscatter=backscatter,
        backscatter_reason=why,
    )


def _tells(refusals: tuple[Refusal, ...]) -> bool:
    return any(refusal.cause is not Cause.UNKNOWN for refusal in refusals)
