"""BY and the clauses behind it but FOR: what the recording server says of itself and of the transaction."""

from __future__ import annotations

import re

from headertrace.defects import DefectKind
from headertrace.received.address import read_address
from headertrace.received.beside import read_beside, read_rest, take_software
from headertrace.received.comments import read_parts
from headertrace.received.draft import Draft
from headertrace.received.families.recognise import recognise_software
from headertrace.received.grammar import COMMENT, IPV4, IPV6, WORD
from headertrace.received.parts import Part
from headertrace.received.protocols import TRANSMISSION

# The comments in front of a clause's word: hardly any clause has one.
_NOTES = rf"\s*+(?P<notes>(?:{COMMENT}\s*+)++)?+"
# A clause's first word, and the blanks around it
_VALUE = re.compile(rf"{_NOTES}(?P<word>{WORD})?+\s*+", re.S)
# indimail says `by host NAME`; RFC 2156, 4.4.2: md-and-mta = [ "mta" mta "in" ] global-id
_BY_LABEL = r"host(?=\s++[\w-]++\.[\w-])|mta(?=\s++\S++\s++in\s++/)"
_BY = re.compile(
    rf"{_NOTES}(?:(?P<label>{_BY_LABEL})\s++)?+"
    r"(?:(?P<user>[^\s@<>();]++@)?+<?+(?P<name>\[[^\s<>();]++|[^\s<>\[();]++)>?+\s*+)?+",
    re.I | re.S,
)
# Servers whose name is no host name: `by Forcepoint Email with`, `by MailEnable Inbound Mail Agent with`
_BY_WORDS = re.compile(
    r"(?<=\s)(?:-\s++)?+(?!over\s|at\s)([A-Za-z:][\w:.-]*+(?:\s++[\w:.-]++){0,4}+)(?=\s*+(?:\Z|[(;]))", re.S
)
_BY_ADDRESS = re.compile(rf"\[?+(?:IPv6:)?+({IPV4}|{IPV6})(?::\d++)?+\]?+\Z", re.I)
_SMTPSVC = re.compile(r"\s*+(Microsoft\s++SMTPSVC)(\s?\([\w.]{0,40}+\))?+", re.I)
# messagelabs writes the cipher before the protocol; XMail its name in brackets.
_PROTOCOL = re.compile(
    rf"{_NOTES}(?:(?P<cipher>[A-Z0-9-]{{4,60}}+)\s++(?P<encrypted>encrypted)\s++)?+"
    r"(?P<word>\[[^\[\]]{0,80}+\]|[^\s();,]++)\s*+",
    re.I | re.S,
)
# Words that continue a protocol's name (`Microsoft SMTP Server`, `notes.example ESMTP`), and its version.
_MORE_WORDS = re.compile(
    r"(?:\s++(?!tls\b|getmail\d)[A-Za-z][\w-]*+(?=[\s(;,]|\Z)){0,3}+"
    r"(?:\s++v?\d++(?:\.\d\w*+)++(?=[\s(;,]|\Z))?+",
    re.I,
)
_VIA_MORE = re.compile(r"\s++(?:&\s++encrypted\s++)?+transport\b", re.I)
_CIPHER_IN_PROTOCOL = re.compile(r"(?:UTF8|E)?SMTP/TLS/(.+)", re.I)
# RFC 5321, 4.4: ID = CFWS "ID" FWS ( Atom / msg-id ); what stands in angle brackets is one id, blanks and all
_ID = re.compile(rf"{_NOTES}(?P<word><[^<>]{{1,320}}+>|{WORD})?+\s*+", re.S)
# Smail writes the sender without angle brackets.
_SENDER = re.compile(r"\s*+(?:<([^<>\s]{0,512}+)>|([^\s<>();,@]{1,128}+@[^\s<>();,]{1,255}+))")
# Exim tells whose certificate the client showed, where it is configured so (Debian's servers are).
_SUBJECT = re.compile(r"\s*+((?:CN|C|ST|L|OU|O)=[^()]{1,400}+(?:\((?:not )?+verified\))?+)", re.I)
_OTHER_FIELD = re.compile(r"\s*+((?:Received:\s*+)?+(?:from|by)\s.*\S)", re.I | re.S)


def read_by(draft: Draft, start: int, end: int) -> None:
    """Read the BY clause: the recording server's name, its address, its software."""
    found = _BY.match(draft.text, start, end)
    if found is None or not found["name"]:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "by")
        read_rest(draft, start, end, by=True)
        return
    first, last = found.span("name")
    last -= draft.text[last - 1] == ","
    if found["label"]:
        draft.remark("by-label", *found.span("label"))
    if found["user"]:
        draft.remark("by-user", found.start("user"), first)
    draft.put_word("by", first, last)
    address = _BY_ADDRESS.match(draft.text, first, last)
    if address is not None and (read := read_address(address[1])) is not None:
        draft.put("by_ip", read, *address.span(1))
    if found["notes"]:
        read_rest(draft, *found.span("notes"), by=True)
    if found.end() < end:
        read_rest(draft, _read_by_words(draft, found.end(), end), end, by=True)


def _read_by_words(draft: Draft, start: int, end: int) -> int:
    """Read words behind the server's name, and return where they end."""
    words = _BY_WORDS.match(draft.text, start, end)
    if words is None:
        return start
    if recognise_software(words[1]):
        take_software(draft, Part("software", *words.span(1)))
    else:
        draft.remark("server-words", *words.span(1))
    return words.end()


def read_with(draft: Draft, start: int, end: int) -> None:
    """Read the WITH clause: the protocol as written, and the comments around it."""
    match = _PROTOCOL.match(draft.text, start, end)
    if match is None:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "with")
        read_rest(draft, start, end)
        return
    if match["cipher"]:
        draft.parts.append(Part("cipher", *match.span("cipher")))
        draft.parts.append(Part("tls-detail", *match.span("encrypted")))
    first, last = match.span("word")
    if match["word"].casefold() in TRANSMISSION:
        draft.put_word("protocol", first, last)
        read_beside(draft, match, match.end(), end)
    elif (product := _SMTPSVC.match(draft.text, start, end)) is not None:
        draft.put_word("protocol", *product.span(1))
        take_software(draft, Part("software", product.start(1), product.end()))
        read_rest(draft, product.end(), end)
    else:
        read_beside(draft, match, _read_other_protocol(draft, first, last, end), end)


def _read_other_protocol(draft: Draft, start: int, stop: int, end: int) -> int:
    """Read a protocol that has a name of its server's own, and return where it ends."""
    if (more := _MORE_WORDS.match(draft.text, stop, end)) is not None:
        stop = more.end()
    draft.put_word("protocol", start, stop)
    if cipher := _CIPHER_IN_PROTOCOL.match(draft.text, start, stop):
        draft.parts.append(Part("cipher", *cipher.span(1)))
    return stop


def read_via(draft: Draft, start: int, end: int) -> None:
    """Read the VIA clause: the link, or the server in between."""
    value = _VALUE.match(draft.text, start, end)
    if value is None or not value["word"]:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "via")
        read_rest(draft, start, end)
        return
    first, stop = value.span("word")
    if (more := _VIA_MORE.match(draft.text, stop, end)) is not None:
        stop = more.end()
    draft.put_word("via", first, stop)
    read_beside(draft, value, stop, end)


def read_id(draft: Draft, start: int, end: int) -> None:
    """Read the ID clause, without angle brackets."""
    value = _ID.match(draft.text, start, end)
    if value is None or not value["word"]:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "id")
        read_rest(draft, start, end)
        return
    first, last = value.span("word")
    if draft.text[first] == "<":
        first, last = first + 1, last - (draft.text[last - 1] == ">")
    if draft.text[last - 1] == ",":
        last -= 1
    if last > first:
        draft.put_word("id", first, last)
    read_beside(draft, value, value.end(), end)


def read_tail(draft: Draft, start: int, end: int) -> None:
    """Read what stands behind the date: PowerMTA and others put comments there; or a second field."""
    other = _OTHER_FIELD.match(draft.text, start, end)
    if other:
        draft.remark("other-field", *other.span(1))
    else:
        read_rest(draft, start, end, described=False)


def read_repeated(draft: Draft, start: int, end: int) -> None:
    """Read a second clause of a kind: behind a second FROM a sender (IBM, Smail) or a certificate (Exim),
    else its comments only.
    """
    is_from = draft.text[max(start - len("from"), 0) : start].casefold() == "from"
    if is_from and (subject := _SUBJECT.match(draft.text, start, end)) is not None:
        draft.remark("client-certificate", subject.start(1), subject.start(1) + len(subject[1].rstrip()))
        read_rest(draft, subject.end(), end)
        return
    path = _SENDER.match(draft.text, start, end) if is_from else None
    if path and "envelope_from" not in draft.values:
        draft.put_word("envelope_from", *path.span(path.lastindex or 0))
        read_rest(draft, path.end(), end)
        return
    value = _VALUE.match(draft.text, start, end)
    parts = read_parts(draft.text, start, end, server=True)
    if value and value["word"] and parts and parts[0].kind == "unread":
        draft.remark("repeated-clause", *value.span("word"))
        if value["notes"]:
            read_rest(draft, *value.span("notes"))
        start = value.end()
    read_rest(draft, start, end)
