"""What notes tell by themselves: one answer for all that differ only in versions, ciphers and users."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headertrace.received.comments import read_parts
from headertrace.received.draft import Draft, readable
from headertrace.received.families.recognise import recognise_software
from headertrace.received.hop import Auth, Tls
from headertrace.received.parts import Part
from headertrace.received.server import read_with
from headertrace.received.session import AUTH_PARTS, TLS_PARTS, auth_of, tells_http, tls_of
from headertrace.remembered import remembered

# Kinds of parts whose text has no say in how the rest of a field is read, and those whose numbers have none.
_ALIKE = TLS_PARTS | AUTH_PARTS | {"tls-detail"}
_ALIKE_BUT_FOR_NUMBERS = frozenset(("user-id", "count", "fetch", "client-certificate", "google"))
_DIGITS = re.compile(r"\d++")
# Between notes of two clauses, as none holds it: whose they are may matter.
_PARTED = "()"
# sendmail's submission names the user.
_LOCAL_SENDER = re.compile(r"\(from [^\s()<>\[\]]{1,255}+\)\s*+")
# Servers' versions and ciphers repeat within an archive: some hundred texts, of half a kilobyte each.
_MEMO = 4096


@dataclass(frozen=True, slots=True)
class Told:
    """What notes tell; ``kind`` is the same where the rest of a field is read the same way."""

    kind: str
    software: str | None = None
    tls: Tls | None = None
    auth: Auth | None = None


NOTHING = Told("")
# What is told behind the server's name and its protocol, behind the client's address, behind an id and a
# recipient, and by the words behind WITH; and the groups of the common shape that each comes from.
Notes = tuple[Told, Told, Told, Told]
NO_NOTES: Notes = (NOTHING, NOTHING, NOTHING, NOTHING)
SOURCES = (("by_notes", "with_notes"), ("client",), ("id_notes", "tail"), ("with",))


def tell_notes(texts: Sequence[str]) -> Notes:
    """Return what notes tell by themselves; ``texts`` stand at each of ``SOURCES``, empty or None if none."""
    by, with_, client, id_, tail, protocol = texts
    return (
        _tell_server(f"{by}{_PARTED}{with_}" if by and with_ else by or with_ or ""),
        _tell_client(client) if client else NOTHING,
        _tell_later(f"{id_}{_PARTED}{tail}" if tail else id_) if id_ or tail else NOTHING,
        _tell_protocol(protocol) if protocol else NOTHING,
    )


def told_together(notes: Notes, *words: str | None) -> Told:
    """Return what all notes of a field tell; ``words`` are others that decide how the rest of it is read."""
    server, client, later, protocol = notes
    return Told(
        repr((server.kind, client.kind, later.kind, protocol.kind, *words)),
        server.software or protocol.software,
        server.tls or client.tls or later.tls,
        server.auth or client.auth or later.auth,
    )


@remembered(_MEMO)
def _tell_server(text: str) -> Told:
    """Return what the notes behind a server's name or its protocol tell: a product, encryption, a login.

    Where they tell more than that, their text is their kind.
    """
    return _tell(text, read_parts(text, 0, len(text), server=True), _ALIKE | {"software"})


@remembered(_MEMO)
def _tell_later(text: str) -> Told:
    """Return what the notes behind an id or a recipient tell: encryption, a login."""
    return _tell(text, read_parts(text, 0, len(text), server=True), _ALIKE)


@remembered(_MEMO)
def _tell_client(text: str) -> Told:
    """Return what the notes behind a client's address tell: encryption, a login."""
    return _tell(text, read_parts(text, 0, len(text), server=False), _ALIKE)


@remembered(_MEMO)
def _tell_protocol(text: str) -> Told:
    """Return what the words behind WITH tell: the protocol as their kind, and a product that they name."""
    draft = Draft(text)
    read_with(draft, 0, len(text))
    protocol, software = (draft.values.get(name) for name in ("protocol", "software"))
    return Told(f"{protocol} {_family(software)}", software) if software else Told(readable(text))


@remembered(_MEMO)
def kind_of_lead(text: str) -> str:
    """Return one kind for all notes before the first keyword that name a local sender; else their text."""
    return "local-sender" if _LOCAL_SENDER.fullmatch(text) else text


def _tell(text: str, parts: list[Part], alike: frozenset[str]) -> Told:
    numbered = [part for part in parts if part.kind in _ALIKE_BUT_FOR_NUMBERS]
    # The first of each kind counts.
    words = {kind: readable(text[start:end]) for kind, start, end, _, _ in reversed(parts)}
    kinds = [part.kind for part in parts]
    if not words.keys() <= alike | _ALIKE_BUT_FOR_NUMBERS or kinds.count("software") > 1:
        return Told(text)
    # A browser has no greeting.
    if tells_http(text, parts):
        return Told(text)
    software = words.get("software")
    return Told(
        " ".join((*kinds, *(_without_numbers(text, part) for part in numbered), _family(software))),
        software,
        None if TLS_PARTS.isdisjoint(words) else tls_of(words),
        None if AUTH_PARTS.isdisjoint(words) else auth_of(words),
    )


def _without_numbers(text: str, part: Part) -> str:
    """Return a part without its numbers, and what follows: a certificate's names go on in parentheses."""
    return _DIGITS.sub("0", readable(text[part.start : part.end + 1]))


def _family(software: str | None) -> str:
    family = recognise_software(software) if software else None
    return family.name if family else ""
