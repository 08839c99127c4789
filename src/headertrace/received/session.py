"""What a field says of the session: its encryption, and whether the client logged in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from headertrace.received.draft import Draft
from headertrace.received.families.family import BareName, Family
from headertrace.received.hop import Auth, Tls
from headertrace.received.parts import Part
from headertrace.received.protocols import tells_login, tells_webmail
from headertrace.vocabulary import Span

# The kinds of parts that tell of encryption, and of a login.
TLS_PARTS = frozenset(("tls", "version", "cipher", "bits"))
AUTH_PARTS = frozenset(("auth", "user", "mechanism"))
# GMX and its sisters tell in a comment that the client used their webmail.
_VIA_HTTP = re.compile(r"via\s++https?\b", re.I)


def tls_of(words: Mapping[str, str]) -> Tls:
    """Return the transport's encryption by the words that tell it, by kind."""
    bits = words.get("bits")
    return Tls(
        version=words.get("version"),
        cipher=words.get("cipher"),
        bits=int(bits.partition("/")[0]) if bits else None,
    )


def auth_of(words: Mapping[str, str]) -> Auth:
    """Return the login by the words that tell it, by kind."""
    return Auth(mechanism=words.get("mechanism"), user=words.get("user"))


def take_tls(draft: Draft, found: dict[str, Span]) -> None:
    """Set the transport's encryption by the parts that tell it; ``found`` holds their places by kind."""
    draft.values["tls"] = tls_of({kind: draft.word(*span) for kind, span in found.items()})
    draft.many["tls"] = tuple(found.values())


def take_auth(draft: Draft, found: dict[str, Span], family: Family) -> None:
    """Set the login by the parts that tell it, by a protocol, or by the account before the address."""
    name = _clause_that_tells_login(draft, family)
    if name:
        found = {name: draft.spans[name], **found}
    account = account_behind_from(draft, family) or _account_before_address(draft, family)
    if account:
        found = {"user": account, **found}
    if not found:
        return
    draft.values["auth"] = auth_of({kind: draft.word(*span) for kind, span in found.items()})
    draft.many["auth"] = tuple(found.values())


def account_behind_from(draft: Draft, family: Family) -> Span | None:
    """Return the word behind FROM where it is a user of webmail; a client of SMTP may greet with any word."""
    values = draft.values
    if family.account is None or "protocol" in values or not {"ip", "from_name"} <= values.keys():
        return None
    return draft.spans["from_name"] if re.fullmatch(family.account, values["from_name"]) else None


def _account_before_address(draft: Draft, family: Family) -> Span | None:
    """Return the mailbox in `(user@domain@ip)`: no identd tells one.

    Patches for SMTP AUTH in qmail put the account where tcpserver puts what identd says. In brackets, only
    qmail's heirs write it: sendmail writes there what identd says, whatever that is.
    """
    if "@" not in draft.values.get("ident", "") or "ip" not in draft.spans:
        return None
    ident = draft.spans["ident"]
    joints = ("@", "@[") if family.bare_name is BareName.BOTH else ("@",)
    return ident if draft.text[ident.end : draft.spans["ip"].start] in joints else None


def _clause_that_tells_login(draft: Draft, family: Family) -> str | None:
    """Return the clause whose word says that the client logged in: WITH, or VIA where there is no WITH."""
    protocol = draft.values.get("protocol", "")
    if tells_login(protocol):
        return "protocol"
    if tells_browser(draft, family) and (protocol or "ip" in draft.values):
        return "protocol" if protocol else "via"
    return None


def tells_browser(draft: Draft, family: Family) -> bool:
    """Return whether the client spoke HTTP to a webmail program: HTTP has no greeting."""
    link = draft.values.get("protocol", "") or draft.values.get("via", "")
    return tells_webmail(link) and not _is_inside(link, family)


def _is_inside(link: str, family: Family) -> bool:
    """Whether the family's own machines speak this protocol to each other."""
    return family.inside is not None and re.fullmatch(family.inside, link, re.I) is not None


def tells_http(text: str, parts: Sequence[Part]) -> bool:
    """Return whether a comment tells that the client logged in over HTTP."""
    return any(part.kind == "auth" and _VIA_HTTP.match(text, part.start) for part in parts)


def tells_request(parts: Sequence[Part]) -> bool:
    """Return whether a comment tells a browser's request; Roundcube may encrypt what it names before that."""
    return any(part.kind == "http-request" for part in parts)
