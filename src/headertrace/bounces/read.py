"""A message read as a bounce."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from headertrace.bounces.backscatter import judge_backscatter
from headertrace.bounces.bounce import Bounce, BounceKind, Cause, Refusal
from headertrace.bounces.explanations import explain
from headertrace.bounces.log_lines import read_log
from headertrace.bounces.notice import TEXT_LIMIT, Notice, read_notice
from headertrace.bounces.recognise import dialect_of, recognise
from headertrace.bounces.refusals import read_refusals
from headertrace.bounces.status_fields import untyped
from headertrace.bounces.transcript import Transcript, read_transcript
from headertrace.message.adapters import whole_message
from headertrace.message.section import read_section
from headertrace.trace.admd import Admd

if TYPE_CHECKING:
    from headertrace.message.adapters import Message

# A message has one of these; the time before a line of a log looks like a field, but like none of them.
_OF_A_MESSAGE = ("from", "to", "subject", "received", "return-path", "message-id", "content-type")
# The second number of a status: an address, a mailbox, a mail system, a route, a content, a policy.
_SUBJECTS = {
    "1": Cause.RECIPIENT,
    "2": Cause.RECIPIENT,
    "3": Cause.UNREACHABLE,
    "4": Cause.UNREACHABLE,
    "6": Cause.MESSAGE,
    "7": Cause.POLICY,
}


def read_bounce(message: Message, admd: Admd | None = None) -> Bounce:
    """Return what a message says as a bounce (RFC 3464, or in words); ``admd`` names what is ours.

    Whatever it holds, a Bounce comes back: its ``kind`` says where it is none. It takes and raises what
    ``read_trace`` does.
    """
    if admd is not None and not isinstance(admd, Admd):
        raise TypeError(f"not an Admd: {type(admd).__name__}")
    raw = whole_message(message)
    bounce, returned = _read(raw, admd)
    if bounce.is_bounce and returned and not _tells(bounce.refusals):
        # A system in the middle sometimes reports in its own words on a bounce that it encloses.
        inner, _ = _read(returned, admd)
        bounce = inner if inner.is_bounce and _tells(inner.refusals) else bounce
    return replace(bounce, refusals=tuple(_by_status(refusal) for refusal in bounce.refusals))


def _read(raw: bytes, admd: Admd | None) -> tuple[Bounce, bytes]:
    notice = read_notice(raw)
    if not any(notice.section.text(name) for name in _OF_A_MESSAGE):
        return _told_by_log(raw, notice, admd), b""
    transcript = read_transcript(notice.words)
    kind, reason = recognise(notice, transcript.replies)
    returned = notice.returned.encode("utf-8", "surrogateescape")
    bounce = Bounce(kind=kind, reason=reason, dialect=dialect_of(notice), original=read_section(returned).raw)
    return (_completed(bounce, notice, transcript, admd) if bounce.is_bounce else bounce), returned


def _told_by_log(raw: bytes, notice: Notice, admd: Admd | None) -> Bounce:
    """Return what a text without a header tells: a line of the log, or the reply alone."""
    transcript = read_log(raw[:TEXT_LIMIT].decode("utf-8", "replace"))
    if not transcript.replies:
        return Bounce(
            kind=BounceKind.NO_BOUNCE, reason="it has no header, and it quotes no reply of a server"
        )
    refusals = read_refusals(notice, transcript)
    delayed = all(refusal.temporary for refusal in refusals)
    kind = BounceKind.DELAY if delayed else BounceKind.FAILURE
    told = Bounce(kind=kind, reason="it is a server's reply, or lines of a log, without a message around it")
    return _judged(told, refusals, admd)


def _completed(bounce: Bounce, notice: Notice, transcript: Transcript, admd: Admd | None) -> Bounce:
    refusals = read_refusals(notice, transcript)
    if bounce.kind is BounceKind.DELAY:
        refusals = tuple(_for_now(refusal) for refusal in refusals)
    judged = _judged(bounce, refusals, admd)
    return replace(judged, reporting_mta=untyped(notice.status.message.get("reporting-mta")))


def _for_now(refusal: Refusal) -> Refusal:
    """Return the refusal in a warning: temporary, unless the reply itself says otherwise."""
    silent = refusal.reply_code is None and refusal.status is None
    return replace(refusal, temporary=refusal.temporary or silent)


def _judged(bounce: Bounce, refusals: tuple[Refusal, ...], admd: Admd | None) -> Bounce:
    refused = [refusal.address for refusal in refusals]
    backscatter, why = judge_backscatter(bounce.original, refused, admd)
    return replace(bounce, refusals=refusals, backscatter=backscatter, backscatter_reason=why)


def _by_status(refusal: Refusal) -> Refusal:
    """Return the refusal with what its status says, where nothing else told more (RFC 3463, section 3)."""
    sort, subject, detail = ((refusal.status or "").split(".") + [""] * 3)[:3]
    # A detail of 0 is "other or undefined", which servers write that know no better.
    tells = sort in ("4", "5") and subject in _SUBJECTS and detail.strip("0")
    if refusal.cause is not Cause.UNKNOWN or not tells:
        return refusal
    cause = _SUBJECTS[subject]
    return replace(refusal, cause=cause, explanations=explain(cause, None, ()))


def _tells(refusals: tuple[Refusal, ...]) -> bool:
    return any(refusal.cause is not Cause.UNKNOWN for refusal in refusals)
