"""What a fuzzer starts from: the project's own fixtures, and small archives of every kind."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from ..cases.stories import read_stories
from ..received.cases import load_cases
from ..reports_evidence.queues import exim, postcat
from .archives import POSTMARK, archives, git_answers
from .reading import QUESTION

FIXTURES = Path(__file__).parents[2] / "fixtures"
# Longer seeds make a fuzzer slow and teach it nothing.
MAX_SEED = 16384
# Messages of each story that a fuzzer joins: from three on they make a case.
MESSAGES_OF_A_STORY = 5
NETWORKS = (
    b"192.0.2.0/24", b"!10.1/16", b"10.", b"172.16/12 2001:db8::/32", b"[2001:db8::1]", b"198.51.100.7",
)  # fmt: skip
_COMMENT = re.compile(rb"\([^()]*+\)")


def seeds(target: str) -> Iterator[bytes]:
    """Yield the seeds of one target, each once, in the same order every time."""
    chosen = _OWN.get(target, _messages)()
    yield from dict.fromkeys(seed for seed in chosen if len(seed) <= MAX_SEED)


def _fields() -> Iterator[bytes]:
    yield from (case.field for case in load_cases())


def _words() -> Iterator[bytes]:
    for field in _fields():
        yield from _COMMENT.findall(field)
        yield field.rpartition(b";")[2]
    yield from NETWORKS


def _messages() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(FIXTURES.rglob("*.eml")))
    yield from (b"Received: " + case.field + b"\r\n\r\n" for case in load_cases()[::7])


def _queues() -> Iterator[bytes]:
    for login in ("", "ann"):
        yield postcat("4ABC", "pc", "ann@sender.example", login=login).encode()
        yield exim("pc", "ann@sender.example", login=login).encode()


def _answers() -> Iterator[bytes]:
    """Yield answers with no record, one, an alias, an SOA, a refusal, and a truncated one (RFC 1035)."""
    address = struct.pack("!HHHIH4s", 0xC00C, 1, 1, 300, 4, bytes((127, 0, 0, 2)))
    alias = struct.pack("!HHHIH", 0xC00C, 5, 1, 300, 4) + b"\x01x\xc0\x0c"
    times = struct.pack("!5I", 1, 2, 3, 4, 5)
    soa = struct.pack("!HHHIH", 0xC00C, 6, 1, 300, 4 + len(times)) + b"\xc0\x0c" * 2 + times
    text = struct.pack("!HHHIH", 0xC00C, 16, 1, 300, 3) + b"\x02ab"
    bodies = ((0, 0, b""), (1, 0, address), (2, 0, alias + address), (0, 1, soa), (1, 0, alias), (1, 0, text))
    for flags in (0x8180, 0x8183, 0x8185, 0x8380):
        for records, authorities, body in bodies:
            yield struct.pack("!6H", 7, flags, 1, records, authorities, 0) + QUESTION.wire + body


def _sources() -> Iterator[bytes]:
    yield from archives()
    yield git_answers()
    yield from _messages()


def _mailboxes() -> Iterator[bytes]:
    for story in read_stories():
        messages = list(story.messages())[:MESSAGES_OF_A_STORY]
        yield b"\n".join(POSTMARK + message for message in messages)


_OWN: dict[str, Callable[[], Iterator[bytes]]] = {
    "hop": _fields,
    "word": _words,
    "queue": _queues,
    "answer": _answers,
    "source": _sources,
    "cases": _mailboxes,
}


def found(target: str) -> list[Path]:
    """Return the files that once broke a promise of this target."""
    return sorted((FIXTURES / "fuzz" / target).glob("*"))
