"""A bounce told to an administrator: who refused whom, by which list, and what to do first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from headertrace.bounces.bounce import Blocker, BlockerKind, Bounce, BounceKind, Cause, Refusal
from headertrace.reports.escape import one_line
from headertrace.reports.json import SCHEMA, Plain, plain
from headertrace.reports.lines import BAD, DIM, HEAD, NAME, Lines, labelled
from headertrace.reports.words import title

if TYPE_CHECKING:
    from headertrace.verdict.examination import Examination

# A reply of a few lines is worth quoting; the rest repeats itself.
MOST_QUOTED = 600
# An administrator of a mailing list needs the first ones and the number.
MOST_REFUSALS = 20

KINDS = {
    BounceKind.FAILURE: "This is a bounce",
    BounceKind.DELAY: "This is a report on a delay, the message may still arrive",
}
NO_BOUNCE = "This is no bounce"
CAUSES = {
    Cause.BLOCKLIST: "an address is on a blocklist",
    Cause.REPUTATION: "an address has a bad name in a private reputation system",
    Cause.LOCAL_BLOCK: "the receiver itself blocks an address",
    Cause.RECEIVER_FAULT: "the receiver's DNS is at fault: no listing at all",
    Cause.DOMAIN_LISTING: "a domain is listed, no address",
    Cause.CONTENT_LISTING: "the message carries a listed domain or link, no address is listed",
    Cause.REVERSE_DNS: "the address has no proper reverse name",
    Cause.RATE_LIMIT: "too much at once",
    Cause.GREYLISTED: "greylisted: the server sends again by itself",
    Cause.AUTHENTICATION: "SPF, DKIM, DMARC or a login failed",
    Cause.SENDER_REFUSED: "the sender's address is refused",
    Cause.SPAM_CONTENT: "the message looks like spam or a virus",
    Cause.RELAY_DENIED: "the receiver does not relay for this recipient",
    Cause.RECIPIENT: "the recipient does not exist, or takes no mail",
    Cause.MAILBOX_FULL: "the mailbox is full",
    Cause.ENCRYPTION: "the two servers do not agree on an encrypted connection",
    Cause.MESSAGE: "the message itself: its size, its form or a loop",
    Cause.UNREACHABLE: "the receiving server cannot be reached or is out of order",
    Cause.POLICY: "a rule of the receiver that it does not explain",
    Cause.UNKNOWN: "the reply does not tell",
}
BLOCKERS = {
    BlockerKind.PUBLIC_LIST: "public list",
    BlockerKind.DEAD_LIST: "closed list",
    BlockerKind.UNKNOWN_LIST: "list unknown to us",
    BlockerKind.REPUTATION_SYSTEM: "private reputation system",
    BlockerKind.DOMAIN_LIST: "list of domains",
    BlockerKind.RECEIVER: "the receiver's own",
}
_LABEL = 9


def bounce_lines(bounce: Bounce, judged: Examination | None = None) -> Lines:
    """Yield what a bounce says; ``judged`` is the examination of the message that it returns."""
    yield 0, Text(f"{KINDS.get(bounce.kind, NO_BOUNCE)}: {bounce.reason}.", style=HEAD)
    if not bounce.is_bounce:
        return
    yield from _about(bounce)
    for refusal in bounce.refusals[:MOST_REFUSALS]:
        yield from _refusal(refusal)
    if len(bounce.refusals) > MOST_REFUSALS:
        yield 0, Text(f"... and {len(bounce.refusals) - MOST_REFUSALS} more recipients", style=DIM)
    # A stranger's message says nothing about our server: there is neither a cause nor a remedy to tell.
    if not bounce.backscatter:
        yield from _stories(bounce)
    if judged is not None:
        yield from _returned(judged, ours=not bounce.backscatter)


def bounce_plain(bounce: Bounce, judged: Examination | None = None) -> dict[str, Plain]:
    """Return a bounce as JSON data: names as the attributes, and whether each refusal tells a listing."""
    record = plain(bounce)
    assert isinstance(record, dict)
    record["is_bounce"] = bounce.is_bounce
    record["refusals"] = [_plain_refusal(refusal) for refusal in bounce.refusals]
    verdict = judged.verdict if judged else None
    record["returned"] = (
        {"scenario": str(verdict.scenario), "confidence": plain(verdict.confidence)} if verdict else None
    )
    return {"schema": SCHEMA, **record}


def _plain_refusal(refusal: Refusal) -> Plain:
    record = plain(refusal)
    assert isinstance(record, dict)
    return {**record, "listed": refusal.listed}


def _about(bounce: Bounce) -> Lines:
    writer = " by ".join(filter(None, ("written", bounce.dialect)))
    if bounce.reporting_mta:
        writer += f", reported by {one_line(bounce.reporting_mta)}"
    if bounce.dialect or bounce.reporting_mta:
        yield 0, Text(writer, style=DIM)
    if bounce.backscatter:
        yield 0, Text(f"Backscatter: {bounce.backscatter_reason}. Nothing to mend here.", style=BAD)
    elif bounce.backscatter is False:
        yield 0, Text(f"Ours: {one_line(bounce.backscatter_reason or '')}.", style=DIM)


def _refusal(refusal: Refusal) -> Lines:
    yield 0, Text()
    yield 0, Text(one_line(refusal.recipient or "(recipient not told)"), style=NAME)
    for label, text, style in _facts(refusal):
        yield 2, labelled(label, Text(text, style=style), width=_LABEL)


def _facts(refusal: Refusal) -> Iterator[tuple[str, str, str]]:
    yield "refused", _by_whom(refusal), ""
    yield "because", CAUSES[refusal.cause], BAD if refusal.listed else ""
    if refusal.blocker:
        yield from _blocker(refusal.blocker, str(refusal.address or "<ip>"))
    if refusal.address:
        yield "address", str(refusal.address), HEAD
    if refusal.domain:
        yield "domain", one_line(refusal.domain), HEAD
    if refusal.reason_code:
        yield "code", one_line(refusal.reason_code), ""
    if refusal.text:
        yield "it said", one_line(refusal.text, MOST_QUOTED), DIM


def _by_whom(refusal: Refusal) -> str:
    name = one_line(refusal.remote_mta) if refusal.remote_mta else ""
    ip = f"[{refusal.remote_ip}]" if refusal.remote_ip else ""
    numbers = " ".join(str(one) for one in (refusal.reply_code, refusal.status) if one)
    lasting = "for now" if refusal.temporary else "for good"
    return f"by {' '.join(filter(None, (name, ip))) or 'a server not named'}, {lasting}" + (
        f" ({numbers})" if numbers else ""
    )


def _blocker(blocker: Blocker, address: str) -> Iterator[tuple[str, str, str]]:
    part = blocker.sublist if blocker.sublist and blocker.sublist not in blocker.name else None
    owner = blocker.operator if blocker.operator and blocker.operator not in blocker.name else None
    kind = BLOCKERS[blocker.kind] + (f" of {one_line(owner)}" if owner else "")
    yield "named", ", ".join(one_line(word) for word in (blocker.name, part) if word) + f": {kind}", HEAD
    if blocker.zone and blocker.zone != blocker.name:
        yield "zone", one_line(blocker.zone), ""
    if blocker.lookup and blocker.lookup != blocker.removal:
        yield "look up", one_line(blocker.lookup.replace("<ip>", address)), ""
    if blocker.removal:
        yield "removal", one_line(blocker.removal.replace("<ip>", address)), ""
    if blocker.note:
        yield "note", blocker.note, ""
    if not blocker.checked:
        yield "caution", "these pages were not visited again when this version was made", DIM


def _stories(bounce: Bounce) -> Lines:
    """Yield each story once, in the order in which the refusals suggest them."""
    stories = dict.fromkeys(one for refusal in bounce.refusals for one in refusal.explanations)
    if not stories:
        return
    yield 0, Text()
    then = "mend before asking for removal" if bounce.listings else "and what to mend"
    yield 0, Text(f"What may stand behind it, most plausible first; {then}:", style=HEAD)
    for number, story in enumerate(stories, 1):
        yield 2, Text(f"{number}. {story.title}", style=HEAD)
        yield 5, Text(story.meaning)
        yield 5, labelled("check", story.check, width=_LABEL)
        yield 5, labelled("mend", story.mend, width=_LABEL)


def _returned(judged: Examination, ours: bool) -> Lines:
    verdict = judged.verdict
    sure = f", {verdict.confidence}" if verdict.confidence else ""
    yield 0, Text()
    yield 0, Text(f"The returned message's own Received fields: {title(verdict.scenario)}{sure}.", style=HEAD)
    for remedy in verdict.remedies if ours else ():
        yield 2, Text(one_line(remedy, MOST_QUOTED))
