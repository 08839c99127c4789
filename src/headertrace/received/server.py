"""BY and the clauses behind it: what the recording server says of itself and of the transaction."""

from __future__ import annotations

import re

from headertrace.defects import DefectKind
from headertrace.received.address import read_address
from headertrace.received.claims import claim_behind_greeting
from headertrace.received.comments import read_parts
from headertrace.received.draft import Draft, is_blanked
from headertrace.received.families.recognise import recognise_software
from headertrace.received.grammar import COMMENT, IPV4, IPV6, QUOTED, WORD
from headertrace.received.parts import Part
from headertrace.received.protocols import TRANSMISSION
from headertrace.vocabulary import Span

# A clause's first word, and the comments in front of it
_VALUE = re.compile(rf"\s*+((?:{COMMENT}\s*+)*+)({WORD})?+", re.S)
# indimail says `by host NAME`; RFC 2156, 4.4.2: md-and-mta = [ "mta" mta "in" ] global-id
_BY_LABEL = r"host(?=\s++[\w-]++\.[\w-])|mta(?=\s++\S++\s++in\s++/)"
_BY = re.compile(
    rf"\s*+(?P<notes>(?:{COMMENT}\s*+)*+)(?:(?P<label>{_BY_LABEL})\s++)?+"
    r"(?:(?P<user>[^\s@<>();]++@)?+<?+(?P<name>\[[^\s<>();]++|[^\s<>\[();]++)>?+)?+",
    re.I | re.S,
)
# Servers whose name is no host name: `by Forcepoint Email with`, `by MailEnable Inbound Mail Agent with`
_BY_WORDS = re.compile(
    r"\s++(?:-\s++)?+(?!over\s|at\s)([A-Za-z:][\w:.-]*+(?:\s++[\w:.-]++){0,4}+)(?=\s*+(?:\Z|[(;]))", re.S
)
_BY_ADDRESS = re.compile(rf"\[?+(?:IPv6:)?+({IPV4}|{IPV6})(?::\d++)?+\]?+\Z", re.I)
_SMTPSVC = re.compile(r"\s*+(Microsoft\s++SMTPSVC)(\s?\([\w.]{0,40}+\))?+", re.I)
# messagelabs writes the cipher before the protocol; XMail its name in brackets.
_PROTOCOL = re.compile(
    rf"\s*+(?P<notes>(?:{COMMENT}\s*+)*+)"
    r"(?:(?P<cipher>[A-Z0-9-]{4,60}+)\s++(?P<encrypted>encrypted)\s++)?+(?P<word>\[[^\[\]]{0,80}+\]|[^\s();,]++)",
    re.I | re.S,
)
# Words that continue a protocol's name (`Microsoft SMTP Server`, `notes.example ESMTP`), and its version.
_MORE_WORDS = re.compile(
    r"(?:\s++(?!tls\b)[A-Za-z][\w-]*+(?=[\s(;,]|\Z)){0,3}+(?:\s++v?\d++(?:\.\d\w*+)++(?=[\s(;,]|\Z))?+", re.I
)
_VIA_MORE = re.compile(r"\s++(?:&\s++encrypted\s++)?+transport\b", re.I)
_CIPHER_IN_PROTOCOL = re.compile(r"(?:UTF8|E)?SMTP/TLS/(.+)", re.I)
_RECIPIENT = re.compile(rf"[\s,]*+(?:<++([^<>\r\n]{{0,600}}+)>++|((?:{QUOTED}|[^\s<>();,])++))", re.S)
# RFC 5321, 4.4: ID = CFWS "ID" FWS ( Atom / msg-id ); what stands in angle brackets is one id, blanks and all
_ID = re.compile(rf"\s*+((?:{COMMENT}\s*+)*+)(<[^<>]{{1,320}}+>|{WORD})?+", re.S)
# Smail writes the sender without angle brackets.
_SENDER = re.compile(r"\s*+(?:<([^<>\s]{0,512}+)>|([^\s<>();,@]{1,128}+@[^\s<>();,]{1,255}+))")
_SEVERAL = re.compile(r"\s*+(<?+(?:multiple|\d++|undisclosed)(?:\s++|-)recipients?\b>?+)", re.I)
_OTHER_FIELD = re.compile(r"\s*+((?:Received:\s*+)?+(?:from|by)\s.*\S)", re.I | re.S)
_NO_RECIPIENT = frozenset(("", "...", "recipients", "unknown", "undisclosed-recipients"))


def read_by(draft: Draft, start: int, end: int) -> None:
    """Read the BY clause: the recording server's name, its address, its software."""
    found = _BY.match(draft.text, start, end)
    if found is None or not found["name"]:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "by")
        _read_rest(draft, start, end, by=True)
        return
    first, last = found.span("name")
    last -= draft.text[last - 1] == ","
    if found["label"]:
        draft.remark("by-label", *found.span("label"))
    if found["user"]:
        draft.remark("by-user", found.start("user"), first)
    draft.put_word("by", first, last)
    _by_address(draft, first, last)
    _read_rest(draft, *found.span("notes"), by=True)
    _read_rest(draft, _read_by_words(draft, found.end(), end), end, by=True)


def _read_by_words(draft: Draft, start: int, end: int) -> int:
    """Read words behind the server's name, and return where they end."""
    words = _BY_WORDS.match(draft.text, start, end)
    if words is None:
        return start
    if recognise_software(words[1]):
        _take_software(draft, Part("software", *words.span(1)))
    else:
        draft.remark("server-words", *words.span(1))
    return words.end()


def _by_address(draft: Draft, start: int, end: int) -> None:
    match = _BY_ADDRESS.match(draft.text, start, end)
    if match is not None and (found := read_address(match[1])) is not None:
        draft.put("by_ip", found, *match.span(1))


def _read_rest(draft: Draft, start: int, end: int, *, by: bool = False, described: bool = True) -> None:
    """Read what stands beside a clause's word; a product that nobody knows only where ``described``."""
    if start == end or draft.text[start:end].isspace():
        return
    for part in claim_behind_greeting(read_parts(draft.text, start, end, server=True)):
        if part.kind == "address":
            _take_address(draft, part, by=by)
        elif (part.kind == "software" and described) or (
            part.kind in ("software", "unread") and recognise_software(draft.text[part.start : part.end])
        ):
            _take_software(draft, part)
        elif part.kind == "software":
            draft.parts.append(part._replace(kind="unread"))
        else:
            draft.parts.append(part)


def _take_address(draft: Draft, part: Part, *, by: bool) -> None:
    found = read_address(draft.text[part.start : part.end])
    if found is None and ":" not in draft.text[part.start : part.end]:
        _take_software(draft, part)  # Critical Path's version `7.0.030.2`
    elif found is None:
        draft.parts.append(part._replace(kind="unread"))
    elif by and "by_ip" not in draft.values:
        draft.put("by_ip", found, part.start, part.end)
    else:
        draft.remark("address", part.start, part.end)


def _take_software(draft: Draft, part: Part) -> None:
    """The first description is kept as the software, unless a later one names a family we know."""
    text = draft.text[part.start : part.end]
    if "software" in draft.values:
        if recognise_software(draft.values["software"]) or not recognise_software(text):
            draft.remark("software", part.start, part.end)
            return
        draft.remark("software", *draft.spans["software"])
    draft.put_word("software", part.start, part.end)


def read_with(draft: Draft, start: int, end: int) -> None:
    """Read the WITH clause: the protocol as written, and the comments around it."""
    product = _SMTPSVC.match(draft.text, start, end)
    if product is not None:
        draft.put_word("protocol", *product.span(1))
        _take_software(draft, Part("software", product.start(1), product.end()))
        _read_rest(draft, product.end(), end)
        return
    match = _PROTOCOL.match(draft.text, start, end)
    if match is None:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "with")
        _read_rest(draft, start, end)
        return
    if match["cipher"]:
        draft.parts.append(Part("cipher", *match.span("cipher")))
        draft.parts.append(Part("tls-detail", *match.span("encrypted")))
    stop = match.end()
    if match["word"].casefold() not in TRANSMISSION and (more := _MORE_WORDS.match(draft.text, stop, end)):
        stop = more.end()
    draft.put_word("protocol", match.start("word"), stop)
    if cipher := _CIPHER_IN_PROTOCOL.match(draft.text, match.start("word"), stop):
        draft.parts.append(Part("cipher", *cipher.span(1)))
    _read_rest(draft, *match.span("notes"))
    _read_rest(draft, stop, end)


def read_via(draft: Draft, start: int, end: int) -> None:
    """Read the VIA clause: the link, or the server in between."""
    value = _VALUE.match(draft.text, start, end)
    if value is None or not value[2]:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "via")
        _read_rest(draft, start, end)
        return
    more = _VIA_MORE.match(draft.text, value.end(), end)
    stop = more.end() if more else value.end()
    draft.put_word("via", value.start(2), stop)
    _read_rest(draft, *value.span(1))
    _read_rest(draft, stop, end)


def read_id(draft: Draft, start: int, end: int) -> None:
    """Read the ID clause, without angle brackets."""
    value = _ID.match(draft.text, start, end)
    if value is None or not value[2]:
        draft.wrong(DefectKind.EMPTY_CLAUSE, start, end, "id")
        _read_rest(draft, start, end)
        return
    first, last = value.span(2)
    if draft.text[first] == "<":
        first, last = first + 1, last - (draft.text[last - 1] == ">")
    last -= draft.text[last - 1 : last] == ","
    if last > first:
        draft.put_word("id", first, last)
    _read_rest(draft, *value.span(1))
    _read_rest(draft, value.end(), end)


def read_for(draft: Draft, start: int, end: int) -> None:
    """Read the FOR clause: recipients without angle brackets, none where the server blanks them."""
    if several := _SEVERAL.match(draft.text, start, end):
        draft.remark("several-recipients", *several.span(1))
        start = several.end()
    spans: list[Span] = []
    while (match := _RECIPIENT.match(draft.text, start, end)) is not None:
        if match[1] is None and not _is_bare_recipient(match, first=not spans):
            break
        start = match.end()
        span = _recipient(draft, match)
        if span is not None:
            spans.append(span)
    if spans:
        draft.values["recipients"] = tuple(draft.word(*span) for span in spans)
        draft.many["recipients"] = tuple(spans)
    _read_rest(draft, start, end, described=False)


def _is_bare_recipient(match: re.Match[str], *, first: bool) -> bool:
    """Whether a word without angle brackets is a recipient; the first may be a local part."""
    if "@" in match[2]:
        return first or "," in match[0]
    return first and "=" not in match[2]


def _recipient(draft: Draft, match: re.Match[str]) -> Span | None:
    first, last = match.span(1 if match[1] is not None else 2)
    if draft.text[first:last].casefold().startswith("rfc822;"):
        first += len("rfc822;")
    word = draft.text[first:last]
    if word.casefold() in _NO_RECIPIENT or ("@" not in word and is_blanked(word)):
        draft.remark("redacted", first - (match[1] is not None), last + (match[1] is not None))
        return None
    return Span(first, last)


def read_tail(draft: Draft, start: int, end: int) -> None:
    """Read what stands behind the date: PowerMTA and others put comments there; or a second field."""
    other = _OTHER_FIELD.match(draft.text, start, end)
    if other:
        draft.remark("other-field", *other.span(1))
    else:
        _read_rest(draft, start, end, described=False)


def read_repeated(draft: Draft, start: int, end: int) -> None:
    """Read a second clause of a kind: a sender behind a second FROM (IBM, Smail), else its comments only."""
    is_from = draft.text[max(start - len("from"), 0) : start].casefold() == "from"
    path = _SENDER.match(draft.text, start, end) if is_from else None
    if path and "envelope_from" not in draft.values:
        draft.put_word("envelope_from", *path.span(path.lastindex or 0))
        _read_rest(draft, path.end(), end)
        return
    value = _VALUE.match(draft.text, start, end)
    parts = read_parts(draft.text, start, end, server=True)
    if value and value[2] and parts and parts[0].kind == "unread":
        draft.remark("repeated-clause", *value.span(2))
        _read_rest(draft, *value.span(1))
        start = value.end()
    _read_rest(draft, start, end)
