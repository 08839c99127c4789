"""Whether a list and a resolver can be believed: asked once a run, before anything else."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address

from headertrace.blocklists.answers import trouble_in
from headertrace.lookups.answer import Answer, Outcome, Question, RecordType
from headertrace.lookups.client import DnsClient
from headertrace.lookups.dns import ask_for, name_to_wire
from headertrace.lookups.lists import TEST_POINTS, AskedList, Kind
from headertrace.lookups.wire import TYPE_A, question_bytes, reversed_labels

# RFC 6761, section 6.4: no name below it exists, so whoever answers one answers everything.
NOWHERE = "invalid"


@dataclass(frozen=True, slots=True)
class Health:
    """``broken``: nothing that it says is believed; ``doubt``: its 'not listed' is not."""

    broken: str | None = None
    doubt: str | None = None


SOUND = Health()


async def rewriting_resolver(client: DnsClient) -> str | None:
    """Return how the resolver answers a name that cannot exist; None where it says that there is none."""
    answer = await client.ask(ask_for(f"{secrets.token_hex(8)}.{NOWHERE}", RecordType.A))
    if answer.outcome is not Outcome.ANSWERED:
        return None
    return f"the resolver {answer.resolver} answers names that do not exist with {', '.join(answer.records)}"


async def examine_lists(
    client: DnsClient, lists: Iterable[tuple[AskedList, Kind]]
) -> dict[tuple[str, Kind], Health]:
    """Return the health of each list (by zone) for each kind of subject that it is to be asked about."""
    points = {
        (asked.zone, kind): (asked, kind, *_points(asked, kind)) for asked, kind in dict.fromkeys(lists)
    }
    questions = [question for *_, listed, clean in points.values() for question in (listed, clean)]
    answers = {question.wire: answer async for question, answer in client.ask_all(questions)}
    return {
        key: _judge(asked, kind, answers[listed.wire], answers[clean.wire])
        for key, (asked, kind, listed, clean) in points.items()
    }


def _points(asked: AskedList, kind: Kind) -> tuple[Question, Question]:
    """Return the questions for what must be listed and for what must not be."""
    listed, clean = TEST_POINTS[kind]
    return _point(asked, kind, listed), _point(asked, kind, clean)


def _point(asked: AskedList, kind: Kind, subject: str) -> Question:
    name = name_to_wire(subject)[:-1] if kind is Kind.DOMAIN else reversed_labels(ip_address(subject))
    return Question(subject, RecordType.A, question_bytes(name + asked.tail, TYPE_A))


def _judge(asked: AskedList, kind: Kind, listed: Answer, clean: Answer) -> Health:
    if listed.failed and clean.failed:
        return Health(broken=listed.reason)
    trouble = trouble_in(listed.records + clean.records, asked.blocklist)
    if trouble is not None:
        return Health(broken=trouble)
    point, never = TEST_POINTS[kind]
    if clean.records and not (asked.blocklist and asked.blocklist.no_clean_point):
        return Health(broken=f"lists {never}, which no list holds: it answers everything")
    if listed.failed:
        return Health(doubt=f"its test point {point} got no answer: {listed.reason}")
    if not listed.records:
        return Health(
            doubt=f"its test point {point} is not listed: no such list, emptied, or no {kind} in it"
        )
    return SOUND
