"""The refusals of one bounce: the machine's groups first, completed by what its words tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from headertrace.bounces.best_reply import Judged, best_reply, continues, judge_reply, vagueness
from headertrace.bounces.bounce import Cause, Refusal
from headertrace.bounces.judge import UNSAID
from headertrace.bounces.notice import Notice
from headertrace.bounces.recipients import failed_recipients, mailbox, recipient_of, stated_recipients
from headertrace.bounces.replies import RemoteHost, Reply, read_address, read_reply
from headertrace.bounces.sides import Sides, sides_of
from headertrace.bounces.status_fields import DELIVERED, Fields, action_of, untyped
from headertrace.bounces.transcript import Transcript, read_host

# One recipient has a reply or two; without a bound, many replies were judged for each of many recipients.
MOST_REPLIES = 5
MOST_JUDGED = 500

_LITERAL = re.compile(r"[\[(]?((?:\d{1,3}\.){3}\d{1,3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})[\])]?")
# Sun's server adds both ends of the connection, its own first: ``(TCP|203.0.113.25|42325|192.0.2.140|25)``.
_CONNECTION = re.compile(r"\(TCP\|[0-9A-Fa-f.:]{2,45}\|\d{1,5}\|([0-9A-Fa-f.:]{2,45})\|")
_HOST_NAME = re.compile(r"(?i)(?:[a-z0-9_-]{1,63}\.){1,10}[a-z][a-z0-9-]{1,24}")
# "Other or undefined" (RFC 3463, section 3.1)
_NO_STATUS = (None, "4.0.0", "5.0.0")

Quoted = dict[str | None, list[Reply]]


def read_refusals(notice: Notice, transcript: Transcript) -> tuple[Refusal, ...]:
    """Return one refusal for each recipient that the bounce tells of, in its order."""
    groups = [group for group in notice.status.recipients if action_of(group) not in DELIVERED]
    return _from_groups(groups, notice, transcript) if groups else _from_notice(notice, transcript)


def _from_groups(groups: list[Fields], notice: Notice, transcript: Transcript) -> tuple[Refusal, ...]:
    """Return the refusals that a report for machines tells, completed by the words."""
    quoted = _by_recipient(transcript.replies or _words_on_one(notice, groups))
    stated = [_stated_host(group) for group in groups]
    sides = _sides(notice, map(recipient_of, groups), [*_speakers(transcript), *stated])
    return tuple(_from_group(group, host, quoted, sides) for group, host in zip(groups, stated, strict=True))


def _speakers(transcript: Transcript) -> list[RemoteHost | None]:
    return [reply.host for reply in transcript.replies]


def _sides(notice: Notice, recipients: Iterable[str | None], hosts: Collection[RemoteHost | None]) -> Sides:
    """Return the hosts of both sides: who reports, to whom, the recipients' domains, and who refused."""
    names = [untyped(notice.status.message.get("reporting-mta"))]
    names += [(mailbox(notice.section.text(name)) or "").partition("@")[2] for name in ("to", "from")]
    own = {name[0].lower() for text in names if text and (name := _HOST_NAME.search(text))}
    domains = {(one or "").partition("@")[2] for one in recipients}
    known = [host for host in hosts if host]
    servers = {name.lower() for host in known for name in (host.name, _parent(host.name)) if name}
    return sides_of((own | domains | servers) - {""}, (host.ip for host in known if host.ip))


def _parent(name: str | None) -> str | None:
    """Return the domain above a host name of three or more labels."""
    rest = (name or "").partition(".")[2]
    return rest if "." in rest else None


def _words_on_one(notice: Notice, groups: list[Fields]) -> tuple[Reply, ...]:
    """Return the paragraphs where the machine's part tells of one recipient, and nothing of the reason."""
    (group, *others) = groups
    return () if others or _stated_reply(group) or _status(group) not in _NO_STATUS else _paragraphs(notice)


def _by_recipient(replies: tuple[Reply, ...]) -> Quoted:
    found: Quoted = {}
    for reply in replies:
        found.setdefault(mailbox(reply.recipient), []).append(reply)
    return found


def _from_group(group: Fields, host: RemoteHost | None, quoted: Quoted, sides: Sides) -> Refusal:
    """Return the refusal that a group of a report's fields tells, with the words that are quoted of it."""
    recipient = recipient_of(group)
    stated = read_reply(_stated_reply(group))
    same = [*quoted.get(recipient, [])[:MOST_REPLIES], *quoted.get(None, [])[:MOST_REPLIES]]
    full = next((reply for reply in same if continues(stated, reply)), stated)
    best = judge_reply(_completed(full, group), host, sides)
    if vagueness(best) > 0 and same:
        # What the machine's part leaves open, or out, the words may tell.
        others = [judge_reply(_completed(reply, group), host, sides) for reply in same]
        best = best_reply([best, *others] if full.text else others)
    return _refusal(best, recipient, group)


def _stated_reply(group: Fields) -> str:
    """Return the reply of Diagnostic-Code, or what Exchange puts elsewhere: ``< #5.7.1 smtp;550 ...>``."""
    _, _, of_exchange = group.get("x-supplementary-info", "").partition("smtp;")
    return untyped(group.get("diagnostic-code")) or of_exchange.rstrip("> ")


def _completed(reply: Reply, group: Fields) -> Reply:
    """Return the reply with the status of the group where it has none of its own."""
    return replace(reply, status=reply.status or _status(group), text=reply.text or group.get("status", ""))


def _stated_host(group: Fields) -> RemoteHost | None:
    """Return the server of Remote-MTA (RFC 3464, section 2.3.5); some write its address, or both."""
    text = untyped(group.get("remote-mta"))
    if not text:
        return read_host(group.get("diagnostic-code", ""))
    name, literal = _HOST_NAME.search(text), _CONNECTION.search(text) or _LITERAL.search(text)
    return RemoteHost(
        name=name[0].lower() if name else None, ip=read_address(literal[1]) if literal else None
    )


def _from_notice(notice: Notice, transcript: Transcript) -> tuple[Refusal, ...]:
    """Return the refusals of a bounce without a report for machines."""
    failed, stated = failed_recipients(notice, transcript), stated_recipients(notice)
    sides = _sides(notice, failed, _speakers(transcript))
    told = _from_words(_attributed(transcript.replies or _paragraphs(notice), failed), sides, failed, stated)
    if transcript.replies and all(one.reply_code is None and one.cause is Cause.UNKNOWN for one in told):
        # What was taken for a reply may be a line beside a recipient; the reason stands further on.
        others = _from_words(_attributed(_paragraphs(notice), failed), sides, failed, stated)
        return told if all(refusal.cause in UNSAID for refusal in others) else others
    return told


def _paragraphs(notice: Notice) -> tuple[Reply, ...]:
    """Return the paragraphs of a bounce that quotes no reply at all."""
    paragraphs = re.split(r"\n[ \t]*\n", notice.words[:8000])
    return tuple(Reply(text=" ".join(text.split())) for text in paragraphs if text.strip())


def _from_words(
    replies: list[Reply], sides: Sides, failed: tuple[str, ...], stated: frozenset[str]
) -> tuple[Refusal, ...]:
    by_recipient: dict[str | None, list[Judged]] = {}
    for reply in replies:
        by_recipient.setdefault(reply.recipient, []).append(judge_reply(reply, None, sides))
    told = [_refusal(best_reply(judged), recipient, {}) for recipient, judged in by_recipient.items()]
    # An address also stands in copied headers and advice: where others tell a cause, it is no recipient.
    if any(one.cause is not Cause.UNKNOWN for one in told):
        told = [one for one in told if one.cause is not Cause.UNKNOWN or one.recipient in stated]
        failed = ()
    silent = [one for one in failed if one not in by_recipient]
    return tuple(told) + tuple(Refusal(recipient=one, cause=Cause.UNKNOWN, text="") for one in silent)


def _attributed(replies: tuple[Reply, ...], failed: tuple[str, ...]) -> list[Reply]:
    """Return the replies with their recipients: sendmail names those of a session only behind its answers."""
    found: list[Reply] = []
    waiting: list[Reply] = []
    for reply in replies:
        recipient = mailbox(reply.recipient)
        waiting.append(replace(reply, recipient=recipient if recipient in failed else None))
        if recipient in failed:
            found += [replace(one, recipient=recipient) for one in waiting]
            waiting = []
    # Words about no recipient in particular hold for all that the bounce sets out.
    targets: tuple[str | None, ...] = failed if failed and not found else failed[:1] or (None,)
    share = max(MOST_REPLIES, MOST_JUDGED // len(targets))
    return found + [replace(one, recipient=target) for one in waiting[:share] for target in targets]


def _refusal(judged: Judged, recipient: str | None, group: Fields) -> Refusal:
    reply, judgement, host = judged
    status = reply.status or _status(group)
    return Refusal(
        recipient=recipient,
        cause=judgement.cause,
        text=reply.text,
        remote_mta=host.name,
        remote_ip=host.ip,
        reply_code=reply.code,
        status=status,
        reason_code=judgement.reason_code,
        temporary=_is_temporary(reply.code, status),
        address=judgement.address,
        domain=judgement.domain,
        blocker=judgement.blocker,
        explanations=judgement.explanations,
    )


def _is_temporary(code: int | None, status: str | None) -> bool:
    return code < 500 if code else (status or "").startswith("4")


def _status(group: Fields) -> str | None:
    return (group.get("status") or "").strip().partition(" ")[0] or None
