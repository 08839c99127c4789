"""Whether a message is a bounce at all, and whose words it is written in."""

from __future__ import annotations

import re
from functools import cache

from headertrace.bounces.bounce import BounceKind
from headertrace.bounces.data import rows
from headertrace.bounces.notice import Notice
from headertrace.bounces.phrases import Phrases, word_list
from headertrace.bounces.replies import Reply
from headertrace.bounces.status_fields import DELIVERED, action_of

# A header that names itself more often than this repeats itself.
HEADER_BYTES = 16 * 1024
# A bounce says what it is at its beginning.
WORDS_BYTES = 16 * 1024
FIELD_LENGTH = 500

# With this many signs it needs no word about failing; with fewer it does.
ENOUGH_SIGNS = 3
SOME_SIGNS = 2

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}\.[\w.-]{1,253}")
# A postmaster who answers a question quotes replies as well.
_ANSWER = re.compile(r"\s*(?:re|aw|sv|vs|antw|fwd?|wg|tr)(?:\[\d\])? ?:")
_ACTIONS = {"failed": BounceKind.FAILURE, "failure": BounceKind.FAILURE, "delayed": BounceKind.DELAY}
# The field by which Microsoft tells who complained (Junk Mail Reporting Program).
_COMPLAINED = re.compile(r"(?im)^X-HmXmrOriginalRecipient:")
_BLANK_LINE = re.compile(r"\n\r?\n")
# Amazon SES notifies in JSON: of what, its first member tells, which may stand in another's text.
_NOTIFIED = re.compile(
    r"\{[\\\" ]{1,4}notificationType[\\\"]{1,4}: ?[\\\"]{1,4}(Bounce|Complaint|Delivery)\b"
)
_EVENTS = {
    "Bounce": (BounceKind.FAILURE, "it notifies of a bounce (Amazon SES)"),
    "Complaint": (BounceKind.ABUSE_REPORT, "it notifies of a complaint (Amazon SES)"),
    "Delivery": (BounceKind.DELIVERED, "it notifies of a delivery (Amazon SES)"),
}


def recognise(notice: Notice, replies: tuple[Reply, ...]) -> tuple[BounceKind, str]:
    """Return what a message is and, in a sentence, why; ``replies`` are those of servers that it quotes."""
    if _reports_abuse(notice):
        return BounceKind.ABUSE_REPORT, "it reports abuse (RFC 5965), no delivery"
    if notice.report_type == "disposition-notification":
        return _by_receipt(notice)
    if notice.status.recipients:
        return _by_action(notice)
    if (event := _notified(notice.words)) is not None:
        return _EVENTS[event]
    return _by_words(notice, replies)


def _reports_abuse(notice: Notice) -> bool:
    """Return whether it is a report in the format for that, or Microsoft's, which has only the message."""
    in_words = "feedback-type:" in notice.words[:4000].lower()
    # Of what it encloses, the header alone: whoever hands a complaint on encloses that.
    header = _BLANK_LINE.split(notice.returned[:HEADER_BYTES].lstrip(), maxsplit=1)[0]
    enclosed = not notice.status.recipients and _COMPLAINED.search(header)
    return notice.report_type == "feedback-report" or in_words or bool(enclosed)


def _notified(words: str) -> str | None:
    """Return of what a notification tells; people who quote one write words of their own before it."""
    event = _NOTIFIED.search(words[:WORDS_BYTES]) if words.lstrip().startswith("{") else None
    return event[1] if event else None


def _by_receipt(notice: Notice) -> tuple[BounceKind, str]:
    """Return what a receipt tells: a filter that deletes may have refused, an impatient reader has not."""
    deleted = "deleted" in notice.receipt.get("disposition", "").lower()
    if deleted and word_list("failed").search(" ".join(notice.words[:WORDS_BYTES].lower().split())):
        return BounceKind.FAILURE, "a filter refused the message, and tells it in a receipt (RFC 5429)"
    return BounceKind.RECEIPT, "it says that a message was shown (RFC 8098), not that it was refused"


def _by_action(notice: Notice) -> tuple[BounceKind, str]:
    actions = [action_of(group) for group in notice.status.recipients]
    kinds = [_ACTIONS[action] for action in actions if action in _ACTIONS]
    if BounceKind.FAILURE in kinds or (not kinds and not DELIVERED.issuperset(actions)):
        return BounceKind.FAILURE, "its delivery status tells of a failure (RFC 3464)"
    if kinds:
        return BounceKind.DELAY, "its delivery status tells of a delay (RFC 3464)"
    return BounceKind.DELIVERED, "its delivery status tells of success (RFC 3464)"


def _by_words(notice: Notice, replies: tuple[Reply, ...]) -> tuple[BounceKind, str]:
    words = " ".join(notice.words[:WORDS_BYTES].lower().split())
    subject = _field(notice, "subject")
    signs = 0 if word_list("replied").search(subject) else _signs(notice, words, subject, replies)
    tells = bool(replies) or (_says_so(words) and _names_somebody(notice))
    if signs >= ENOUGH_SIGNS or (signs >= SOME_SIGNS and tells):
        if _is_delayed(notice, subject, words):
            return BounceKind.DELAY, "a mail system tells in words that it could not deliver yet"
        return BounceKind.FAILURE, "a mail system tells in words that it could not deliver"
    if word_list("replied").search(subject) or "auto-replied" in _field(notice, "auto-submitted"):
        return BounceKind.AUTO_REPLY, "it is an automatic answer (RFC 3834) to a message that arrived"
    return BounceKind.NO_BOUNCE, "neither its structure nor its words report on a delivery"


def _is_delayed(notice: Notice, subject: str, words: str) -> bool:
    if word_list("going_on").search(words):
        return True
    failed = "fail" in subject or _field(notice, "x-failed-recipients")
    return not failed and word_list("delayed").search(f"{subject} {words}") is not None


def _says_so(words: str) -> bool:
    return any(word_list(name).search(words) for name in ("failed", "delayed"))


def _names_somebody(notice: Notice) -> bool:
    """Return whether it names a recipient or returns a message: a shop's parcel that failed has neither."""
    own = _field(notice, "to")
    others = (
        address
        for address in _ADDRESS.findall(notice.words[:WORDS_BYTES].lower())
        if address.rstrip(".-") not in own
    )
    return bool(notice.returned or _field(notice, "x-failed-recipients")) or any(others)


def _signs(notice: Notice, words: str, subject: str, replies: tuple[Reply, ...]) -> int:
    """Return how many independent signs of a bounce a message shows; people's mail has one at most."""
    path = _field(notice, "return-path").strip()
    by_daemon = _by_daemon(notice, path, replies)
    return sum(
        (
            by_daemon,
            bool(word_list("subject").search(subject)),
            bool(_field(notice, "x-failed-recipients")),
            path == "<>" or "mailer-daemon" in path,
            notice.report_type == "delivery-status" or bool(notice.status.message),
            dialect_of(notice) is not None,
            by_daemon and bool(notice.returned),
            _reports_replies(notice, subject, replies),
            bool(word_list("transcript").search(words)),
        )
    )


def _by_daemon(notice: Notice, path: str, replies: tuple[Reply, ...]) -> bool:
    """Return whether a mail system wrote it; a no-reply counts only where it brings what they bring."""
    sender = _field(notice, "from") or path
    brings = bool(
        replies or notice.returned or notice.status.message or _field(notice, "x-failed-recipients")
    )
    return bool(word_list("daemon").search(sender) or (brings and word_list("robot").search(sender)))


def _reports_replies(notice: Notice, subject: str, replies: tuple[Reply, ...]) -> bool:
    """Return whether a mail system quotes what a server said of somebody: no language hides that."""
    sender = f"{_field(notice, 'from')} {_field(notice, 'return-path')}"
    attributed = any(reply.code and (reply.recipient or reply.host) for reply in replies)
    return attributed and bool(word_list("mail_system").search(sender)) and not _ANSWER.match(subject)


def _field(notice: Notice, name: str) -> str:
    """Return the beginning of a field of its header, in lower case."""
    return (notice.section.text(name) or "")[:FIELD_LENGTH].lower()


def dialect_of(notice: Notice) -> str | None:
    """Return the mail system whose bounces read like this one, or None."""
    words = " ".join(notice.words[:8000].lower().split())
    header = " ".join(notice.section.raw[:HEADER_BYTES].decode("latin-1").lower().split())
    return next((name for name, said, sent in _dialects() if said.search(words) or sent.search(header)), None)


@cache
def _dialects() -> tuple[tuple[str, Phrases, Phrases], ...]:
    return tuple(
        (
            row["name"],
            Phrases(row.get("words", ())),
            Phrases(row.get("header", ())),
        )
        for row in rows("dialects.toml", "dialect")
    )
