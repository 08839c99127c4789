"""The FROM clause: who the client is, as the recording server saw and heard it (RFC 5321, section 4.4).

Extended-Domain = Domain / ( Domain FWS "(" TCP-info ")" ) / ( address-literal FWS "(" TCP-info ")" )
TCP-info = address-literal / ( Domain FWS address-literal )
"""

from __future__ import annotations

from headertrace.received.claims import claim_before, claim_greetings
from headertrace.received.comments import read_parts
from headertrace.received.doubt import trust_first_address
from headertrace.received.draft import Draft
from headertrace.received.families.family import BareName, Family
from headertrace.received.network import greets_nobody
from headertrace.received.parts import Part
from headertrace.received.protocols import tells_webmail
from headertrace.received.seen import (
    BARE_ADDRESS,
    address_of,
    address_of_first_word,
    bare_at_end,
    place_of,
    take,
    take_first_word,
)
from headertrace.received.session import tells_browser, tells_http, tells_request
from headertrace.vocabulary import RdnsStatus

# A firewall's word where it was told to look nothing up
_NOT_ASKED = "nodnsquery"
# Bound once: to find a member in its class costs as much as to match a pattern.
_BOTH, _VERIFIED, _FAILED = BareName.BOTH, RdnsStatus.VERIFIED, RdnsStatus.FAILED
_NO_NAME = frozenset(
    [
        "unknown", "<unknown>", "[unknown]", "", "[]", "<>",
        "[masked]", "[hidden]", "[redacted]", "[removed]", "<unavailable>", "?unavailable?",
        "no.name.available", "unknown/local", _NOT_ASKED,
    ]
)  # fmt: skip
# Where the first word is always the greeting, `unknown` is what a client said.
_NO_GREETING = _NO_NAME - {"unknown"}


def read_client(draft: Draft, start: int, end: int) -> None:
    """Read what stands behind FROM into the draft: first word, address, status; names wait for the family.

    What the server saw stands last: a client may greet with brackets and parentheses of its own, so what
    stands before the last address, or the last comment with one, is the client's word, and no fact.
    """
    start = take_first_word(draft, start, end)
    draft.client = (start, end)
    parts = _read_seen(draft.text, start, end)
    for last in reversed(parts):
        if last.kind == "address":
            draft.seen_in = place_of(draft.text, start, last)
            parts = claim_before(draft.text, last, parts)
            break
    for part in parts:
        take(draft, part)
    if "ip" not in draft.values and "from_name" in draft.values:
        address_of_first_word(draft)


def _read_seen(text: str, start: int, end: int) -> list[Part]:
    """Return the parts of what stands behind the first word.

    A bare literal at the end is the server's, whatever parentheses a client opened before it.
    """
    parts = claim_greetings(text, read_parts(text, start, end, server=False))
    bare = bare_at_end(text, start, end)
    if bare is None:
        return parts
    told = [part for part in parts if part.kind in ("address", "claimed")]
    if len(told) == 1 and told[0].kind == "address" and told[0].start > bare:
        return parts
    heard = claim_greetings(text, read_parts(text, start, bare, server=False))
    return heard + read_parts(text, bare, end, server=False)


def name_client(draft: Draft, family: Family) -> None:
    """Tell the announced name from the one that was looked up, as this family writes them.

    An explicit greeting means that the name after FROM was looked up; Postfix and sendmail put the
    looked-up name into the comment, but beside a bare address it is the greeting (Exim 3, smail, chasquid);
    the rest depends on the family. Without an address nothing can have been looked up.
    """
    trust_first_address(draft, family)
    if not family.greets and _take_whole_greeting(draft):
        return
    name = helo = greeting = None
    for part in draft.parts:
        if part.kind == "name":
            name = name or _looked_up(draft)
        elif part.kind == "helo":
            helo = helo or part
        elif part.kind == "greeting":
            greeting = part
    if helo is None and draft.bare_address:
        helo, name = _heard_before_bare(draft, name), None
    if helo is not None:
        draft.put_word("helo", helo.start, helo.end)
    if name is not None and ("ip" in draft.values or not tells_request(draft.parts)):
        _put_rdns(draft, name)
    if "from_name" in draft.values:
        greeted = helo is not None or greeting is not None
        _name_from_first_word(draft, family, greeted=greeted, named=name is not None)


def _heard_before_bare(draft: Draft, name: Part | None) -> Part | None:
    """Return the greeting in the comment before a bare address: a name, or a literal that was no fact."""
    for place, part in enumerate(draft.parts):
        around = draft.text[part.start - 1 : part.end + 1]
        if part is name or (part.kind == "claimed" and around[:1] == "[" and around[-1:] == "]"):
            literal = part is not name
            draft.parts[place] = Part("helo", part.start - literal, part.end + literal)
            return draft.parts[place]
    return None


def _take_whole_greeting(draft: Draft) -> bool:
    """Take all before the server's comment for the greeting, where more than one word stands there.

    Postfix, sendmail and others write nothing of their own between the greeting and what they saw.
    """
    if draft.seen_in < 0 or "from_name" not in draft.values:
        return False
    start = draft.spans["from_name"].start
    greeting = draft.text[start : draft.seen_in].rstrip()
    if len(greeting) <= len(draft.values["from_name"]):
        return False
    end = start + len(greeting)
    draft.put_word("helo", start, end)
    draft.parts = [part for part in draft.parts if not start <= part.start < end]
    name = _looked_up(draft)
    if name is not None:
        _put_rdns(draft, name)
    return True


def _put_rdns(draft: Draft, name: Part) -> None:
    """Take a looked-up name without the dot that ends a full one (Google writes it)."""
    draft.put_word("rdns", name.start, name.end - (draft.text[name.end - 1] == "."))


def _looked_up(draft: Draft) -> Part | None:
    """Return the name that stands closest before the address, or the first one: the server's own look-up."""
    names = [part for part in draft.parts if part.kind == "name"]
    if len(names) < 2:
        return names[0] if names else None
    address = draft.spans["ip"].start if "ip" in draft.spans else 0
    before = [part for part in names if part.end <= address]
    return before[-1] if before else names[0]


def _name_from_first_word(draft: Draft, family: Family, *, greeted: bool, named: bool) -> None:
    word: str = draft.values["from_name"]
    seen = "ip" in draft.values
    literal = BARE_ADDRESS.match(word) is not None
    nameless = word.casefold() in (_NO_GREETING if seen and not family.greets else _NO_NAME)
    browsed = (seen and tells_browser(draft, family)) or tells_request(draft.parts)
    both = seen and _is_looked_up(draft, family, browsed=browsed)
    if (greeted or (both and not named)) and not literal:
        _take_looked_up(draft, word, nameless=nameless, named=named or not seen)
    mute = greeted or nameless or (browsed and not literal) or greets_nobody(draft, family, word, seen=seen)
    if not mute and not _is_note(draft, family, word, both=both):
        draft.values["helo"], draft.spans["helo"] = word, draft.spans["from_name"]


def _is_looked_up(draft: Draft, family: Family, *, browsed: bool) -> bool:
    """Whether the server looked up the name behind FROM.

    A browser greets nobody: what a webmail program names beside its address, it has looked up.
    """
    status = draft.values.get("rdns_status")
    if family.bare_name is _BOTH or status is _VERIFIED:
        return True
    end = draft.spans["from_name"].end
    return browsed and status is not _FAILED and draft.text[end : max(draft.seen_in, end)].isspace()


def _take_looked_up(draft: Draft, word: str, *, nameless: bool, named: bool) -> None:
    """Take the word behind FROM for the name that was looked up, or for the note that there is none.

    Without an address nothing was looked up: Exim's batch SMTP tells the local user there. qpsmtpd writes
    what identd says before the name.
    """
    start, end = draft.spans["from_name"]
    if nameless:
        if "rdns_status" not in draft.values and word != _NOT_ASKED:
            draft.put("rdns_status", _FAILED, start, end)
    elif not named:
        user, _, name = word.rpartition("@")
        if user and "ident" not in draft.values:
            draft.put_word("ident", start, start + len(user))
        if name and BARE_ADDRESS.match(name) is None:
            draft.put("rdns", name.rstrip("."), end - len(name), end - name.endswith("."))


def _is_note(draft: Draft, family: Family, word: str, *, both: bool) -> bool:
    """Whether the word after FROM is the server's own note of the address, and no announcement.

    Alone it is a note without brackets (`from 192.0.2.1 by`), and with them where the family notes its peers
    so, or the client is a browser; beside the same address, in families that put the looked-up name first
    (Momentum).
    """
    if "ip" not in draft.spans:
        return False
    alone = draft.spans["ip"].start < draft.spans["from_name"].end
    if alone and BARE_ADDRESS.match(word):
        return not word.startswith("[") or family.notes_peers or _is_browser(draft)
    return both and word.startswith("[") and address_of(word) == draft.values["ip"]


def _is_browser(draft: Draft) -> bool:
    """Whether the client speaks HTTP, which has no greeting."""
    words = (draft.values.get("protocol", ""), draft.values.get("via", ""))
    if any(map(tells_webmail, words)):
        return True
    return tells_http(draft.text, draft.parts)
