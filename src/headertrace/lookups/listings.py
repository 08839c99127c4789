"""Where addresses and domains are listed: each question with the reason for its answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from headertrace.blocklists import judge
from headertrace.facts import Listed, ListingFact
from headertrace.lookups.answer import TYPE_NUMBERS, Answer, Question, RecordType
from headertrace.lookups.askable import is_documentation_zone, why_not_address, why_not_name
from headertrace.lookups.breaker import Breaker
from headertrace.lookups.client import DnsClient
from headertrace.lookups.dns import name_to_wire
from headertrace.lookups.health import SOUND, Health, examine_lists
from headertrace.lookups.inquiry import Inquiry
from headertrace.lookups.lists import AskedList, Kind, kind_of
from headertrace.lookups.wire import question_bytes, reversed_labels, reversed_text

Pair = tuple[Inquiry, AskedList]

# RFC 1035, section 3.1: a name on the wire has at most 255 bytes.
LONGEST_WIRE = 255
# What a list says about a listing is a sentence and an address; more is shown to nobody.
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class ListQuestion(Question):
    """A question to a list about a subject."""

    inquiry: Inquiry
    asked: AskedList


@dataclass(frozen=True, slots=True)
class Manner:
    """How lists are asked: with their test points, for their reasons.

    ``rewriting`` is why no answer of the resolver can be believed, or None.
    """

    probe: bool = True
    reasons: bool = True
    rewriting: str | None = None


async def ask_lists(
    client: DnsClient, pairs: Sequence[Pair], manner: Manner
) -> dict[str, tuple[ListingFact, ...]]:
    """Return what each list says about the subject it is paired with, by subject."""
    run = _Run(client, manner, await _check(client, pairs, manner))
    return await run.ask(pairs)


def pair_up(
    inquiries: Iterable[Inquiry], lists: Sequence[AskedList], *, documentation: bool = False
) -> tuple[Pair, ...]:
    """Return each subject with each list that may be asked about it and has something to say about it."""
    return tuple(
        (inquiry, asked)
        for inquiry in inquiries
        for asked in lists
        if asked.why_not(inquiry) is None
        and why_not_asked(inquiry, documentation or is_documentation_zone(asked.zone)) is None
    )


def why_not_asked(inquiry: Inquiry, laboratory: bool) -> str | None:
    """Return why nobody is asked about a subject; None where somebody may be."""
    if inquiry.address is None:
        return why_not_name(inquiry.subject, documentation=laboratory)
    return why_not_address(inquiry.address, documentation=laboratory)


async def _check(
    client: DnsClient, pairs: Sequence[Pair], manner: Manner
) -> Mapping[tuple[str, Kind], Health]:
    if not manner.probe:
        return {}
    return await examine_lists(
        client, ((asked, kind_of(inquiry)) for inquiry, asked in pairs if asked.gone is None)
    )


class _Run:
    """One run over many pairs of subject and list."""

    def __init__(self, client: DnsClient, manner: Manner, checked: Mapping[tuple[str, Kind], Health]) -> None:
        self._client, self._manner, self._checked = client, manner, checked
        self._breaker = Breaker()
        self._facts: dict[str, dict[str, ListingFact]] = {}

    async def ask(self, pairs: Sequence[Pair]) -> dict[str, tuple[ListingFact, ...]]:
        listed: list[ListQuestion] = []
        async for question, answer in self._client.ask_all(self._questions(pairs)):
            fact = self._fact(question, answer)
            self._put(question.inquiry, fact)
            if fact.state is Listed.LISTED:
                listed.append(question)
        if self._manner.reasons:
            await self._ask_why(listed)
        return self._in_order(pairs)

    def _in_order(self, pairs: Sequence[Pair]) -> dict[str, tuple[ListingFact, ...]]:
        """Return the facts as the subjects and lists were named, not as the answers came."""
        zones = dict.fromkeys(asked.shown for _, asked in pairs)
        place = {zone: number for number, zone in enumerate(zones)}
        return {
            subject: tuple(sorted(by_zone.values(), key=lambda fact: place[fact.zone]))
            for subject, by_zone in self._facts.items()
        }

    def _put(self, inquiry: Inquiry, fact: ListingFact) -> None:
        self._facts[inquiry.subject][fact.zone] = fact

    def _questions(self, pairs: Sequence[Pair]) -> Iterator[ListQuestion]:
        """Yield what is really to be asked; what is not gets its reason at once."""
        for inquiry, asked in pairs:
            self._facts.setdefault(inquiry.subject, {})
            reason = self._why_not(inquiry, asked)
            question = None if reason else _question(inquiry, asked)
            if question is None:
                self._put(inquiry, _unknown(inquiry, asked, reason or "no domain name"))
            else:
                yield question

    def _why_not(self, inquiry: Inquiry, asked: AskedList) -> str | None:
        return (
            asked.gone
            or self._manner.rewriting
            or self._health(inquiry, asked).broken
            or self._breaker.why_not(asked.zone, time.monotonic())
        )

    def _health(self, inquiry: Inquiry, asked: AskedList) -> Health:
        return self._checked.get((asked.zone, kind_of(inquiry)), SOUND)

    def _fact(self, question: ListQuestion, answer: Answer) -> ListingFact:
        inquiry, asked = question.inquiry, question.asked
        codes = tuple(sorted(answer.records, key=lambda code: (len(code), code)))
        judged = judge(codes, asked.blocklist, inquiry.scope)
        state, reason = judged.state, judged.reason
        if answer.failed:
            state, reason = Listed.UNKNOWN, answer.reason
        self._breaker.note(asked.zone, state is Listed.UNKNOWN, time.monotonic())
        doubt = self._health(inquiry, asked).doubt
        if doubt and state is Listed.NOT_LISTED and not answer.records:
            state, reason = Listed.UNKNOWN, doubt
        return ListingFact(
            zone=asked.shown,
            state=state,
            codes=codes,
            reason=reason,
            meanings=judged.meanings,
            scope=inquiry.scope,
            asked=asked_name(inquiry, asked),
            asked_at=datetime.now(UTC),
            resolver=answer.resolver,
            ttl=answer.ttl,
        )

    async def _ask_why(self, listed: Sequence[ListQuestion]) -> None:
        """Add the lists' own words (TXT) to what is listed."""
        async for question, answer in self._client.ask_all(map(_text_question, listed)):
            if answer.records:
                inquiry, asked = question.inquiry, question.asked
                words = asked.hide("; ".join(answer.records))[:LONGEST_TEXT]
                self._put(inquiry, replace(self._facts[inquiry.subject][asked.shown], text=words))


def asked_name(inquiry: Inquiry, asked: AskedList) -> str:
    """Return the name that a list is asked for, its key hidden."""
    if inquiry.address is None:
        return f"{inquiry.subject}.{asked.shown}"
    return f"{reversed_text(inquiry.address)}.{asked.shown}"


def _unknown(inquiry: Inquiry, asked: AskedList, reason: str) -> ListingFact:
    return ListingFact(zone=asked.shown, state=Listed.UNKNOWN, reason=reason, scope=inquiry.scope)


def _question(inquiry: Inquiry, asked: AskedList) -> ListQuestion | None:
    """Return the question, or None for a subject that is no name or too long for this list."""
    if inquiry.address is not None:
        below = reversed_labels(inquiry.address)
    else:
        try:
            below = name_to_wire(inquiry.subject)[:-1]
        except ValueError:
            return None
    return _with_type(below + asked.tail, RecordType.A, inquiry, asked)


def _with_type(name: bytes, rdtype: RecordType, inquiry: Inquiry, asked: AskedList) -> ListQuestion | None:
    if len(name) > LONGEST_WIRE:
        return None
    wire = question_bytes(name, TYPE_NUMBERS[rdtype])
    return ListQuestion(inquiry.subject, rdtype, wire, inquiry, asked)


def _text_question(question: ListQuestion) -> ListQuestion:
    wire = question_bytes(question.wire[:-4], TYPE_NUMBERS[RecordType.TXT])
    return replace(question, rdtype=RecordType.TXT, wire=wire)
