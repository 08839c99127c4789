"""One reply judged: why it refused, and by whose books."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from headertrace.bounces.accused import Accused, accused_by
from headertrace.bounces.blockers import name_blocker, receiver_of
from headertrace.bounces.bounce import ADDRESS_LISTINGS, Blocker, BlockerKind, Cause, Explanation
from headertrace.bounces.explanations import explain
from headertrace.bounces.naming import NamedBy, Naming
from headertrace.bounces.our_address import our_address
from headertrace.bounces.pairs import paired_cause
from headertrace.bounces.phrases import word_list
from headertrace.bounces.reason_codes import reason_code
from headertrace.bounces.replies import Reply
from headertrace.bounces.sides import Sides
from headertrace.bounces.wordings import WEAK_WORDS, Wording, what_words_mean
from headertrace.received.hop import Address

# These wordings are plainer than a name that merely stands near a word like "blocked".
_ABOUT_RECIPIENT = {Cause.RECIPIENT, Cause.MAILBOX_FULL, Cause.RELAY_DENIED, Cause.GREYLISTED}
_ABOUT_MESSAGE = {
    Cause.AUTHENTICATION,
    Cause.REVERSE_DNS,
    Cause.ENCRYPTION,
    Cause.SPAM_CONTENT,
    Cause.MESSAGE,
    Cause.SENDER_REFUSED,
}
_PLAIN = frozenset(_ABOUT_RECIPIENT | _ABOUT_MESSAGE)
_LISTINGS = ADDRESS_LISTINGS | {Cause.RECEIVER_FAULT, Cause.DOMAIN_LISTING, Cause.CONTENT_LISTING}
# Other refusals of a system that is known: whom to ask is worth telling.
_TELLING = frozenset({Cause.REVERSE_DNS, Cause.RATE_LIMIT, Cause.POLICY})
_LISTING_BY_KIND = {BlockerKind.REPUTATION_SYSTEM: Cause.REPUTATION, BlockerKind.RECEIVER: Cause.LOCAL_BLOCK}
# What says no more than that somebody refused.
UNSAID = frozenset({Cause.UNKNOWN, Cause.POLICY})
_LINK = re.compile(r"https?://[^\s\"'<>]{1,500}")
_NAME = r"((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})"
# Beside the word for it, before the verb, or in the address of the list's page.
_DOMAIN = re.compile(
    r"(?i)(?:domain|helo command|client host|sender address|mailfrom|sender)[\s:<\[(]{1,3}"
    rf"(?:[\w.+-]{{1,64}}@)?{_NAME}(?=[\s>\])]|$)"
    rf"|(?<![\w.@/-]){_NAME} (?:is |was |has been )?(?:black|block)?listed (?:in|on|at|by)\b"
    rf"|(?:/query/domain/|[?&](?:domain|searchterm)=){_NAME}"
)

# Of many recipients one reply is quoted, or one paragraph tells of all; nothing else recurs.
_REPEATED = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one reply tells."""

    cause: Cause
    address: Address | None = None
    domain: str | None = None
    blocker: Blocker | None = None
    reason_code: str | None = None
    explanations: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Understood:
    """What the words of a reply tell, whoever gave it."""

    cause: Cause
    address: Address | None
    domain: str | None
    naming: Naming | None
    reason_code: str | None
    explain: tuple[str, ...]


def judge(reply: Reply, remote_mta: str | None, sides: Sides) -> Judgement:
    """Return why a reply refused that ``remote_mta`` gave."""
    told = _understand(reply, sides)
    kept = _kept(told.cause, told.naming, remote_mta)
    return Judgement(
        cause=told.cause,
        address=told.address,
        domain=told.domain,
        blocker=kept.blocker if kept else _own_books(told.cause, remote_mta),
        reason_code=told.reason_code,
        explanations=explain(told.cause, kept, told.explain),
    )


@lru_cache(maxsize=_REPEATED)
def _understand(reply: Reply, sides: Sides) -> _Understood:
    lower = reply.text.lower()
    # A page's address may hold any word.
    linkless = _LINK.sub(" ", lower)
    worded = what_words_mean(lower, linkless, reply.status)
    address = our_address(reply.text, sides.addresses)
    naming = name_blocker(reply.text, sides, names_address=address is not None)
    cause = _cause(lower, worded, naming, address)
    if cause in UNSAID and (naming is None or not naming.sure):
        cause = paired_cause(linkless) or cause
    return _Understood(
        cause=cause,
        address=address,
        domain=_domain(reply.text) if cause is Cause.DOMAIN_LISTING else None,
        naming=naming,
        reason_code=reason_code(reply.text),
        explain=worded.explain if worded and worded.cause is cause else (),
    )


def _cause(lower: str, worded: Wording | None, naming: Naming | None, address: Address | None) -> Cause:
    plain = worded.cause if worded else Cause.UNKNOWN
    if plain is Cause.RECEIVER_FAULT:
        return plain
    if naming is not None and (naming.sure or plain not in _PLAIN):
        return _named_cause(lower, naming, plain, address)
    if plain in WEAK_WORDS and word_list("blocking").search(lower):
        return _blocked_cause(lower, plain, address)
    return plain


def _named_cause(lower: str, naming: Naming, plain: Cause, address: Address | None) -> Cause:
    accused = accused_by(lower, address is not None, naming.lists_domains)
    if naming.cause is not None and naming.by is NamedBy.WORDS and naming.cause not in ADDRESS_LISTINGS:
        return naming.cause
    if accused is Accused.DOMAIN:
        return Cause.DOMAIN_LISTING
    if accused is Accused.CONTENT:
        return Cause.CONTENT_LISTING
    if naming.blocker.kind in (BlockerKind.REPUTATION_SYSTEM, BlockerKind.RECEIVER):
        return _system_cause(lower, naming, plain, accused, address)
    return plain if accused is Accused.MAILBOX and not naming.sure else Cause.BLOCKLIST


def _system_cause(
    lower: str, naming: Naming, plain: Cause, accused: Accused, address: Address | None
) -> Cause:
    """A system refuses for other reasons too: its page or its name alone makes no listing."""
    listing = naming.cause or _LISTING_BY_KIND[naming.blocker.kind]
    blocked = plain not in _PLAIN and word_list("blocking").search(lower) is not None
    if naming.by is NamedBy.WORDS:
        return listing if naming.cause or blocked else plain
    if naming.by is NamedBy.LINK:
        # The page about a provider's limits shows the address as well.
        shown = address is not None and plain not in _PLAIN | {Cause.RATE_LIMIT}
        return listing if blocked or shown else plain
    return listing if blocked and accused is Accused.ADDRESS else plain


def _blocked_cause(lower: str, plain: Cause, address: Address | None) -> Cause:
    """Nobody is named: who is blocked decides what it is."""
    accused = accused_by(lower, address is not None, domain_list=False)
    if accused is Accused.ADDRESS:
        return Cause.LOCAL_BLOCK
    if accused is Accused.DOMAIN:
        return Cause.DOMAIN_LISTING
    return Cause.CONTENT_LISTING if accused is Accused.CONTENT else plain


def _kept(cause: Cause, naming: Naming | None, remote_mta: str | None) -> Naming | None:
    """Return whose books to tell: those named, else, for a listing, those of the receiver if it is known."""
    if cause in _LISTINGS:
        return naming or receiver_of(remote_mta)
    if cause not in _TELLING:
        return None
    return naming if naming is not None and naming.sure else receiver_of(remote_mta)


def _own_books(cause: Cause, remote_mta: str | None) -> Blocker | None:
    if cause not in (Cause.LOCAL_BLOCK, Cause.DOMAIN_LISTING):
        return None
    name = f"own list of {remote_mta}" if remote_mta else "the receiver's own list"
    return Blocker(name=name, kind=BlockerKind.RECEIVER, operator=remote_mta)


def _domain(text: str) -> str | None:
    found = _DOMAIN.search(text)
    return next(group for group in found.groups() if group).lower() if found else None
