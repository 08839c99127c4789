"""The four relay strings that SpamAssassin makes of a message, for rules and pipelines that read them."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass, replace

from headertrace.received.hop import Hop
from headertrace.received.protocols import AUTHENTICATED
from headertrace.reports.escape import visible
from headertrace.trace.boundary import WEB_PROTOCOLS
from headertrace.trace.trace import Trace
from headertrace.vocabulary import Span

# What SpamAssassin prints as `!`, so that a value can neither end its relay nor begin another.
UNSAFE = re.compile(r"[\s\x00#\[\]()<>|]")
# An id keeps its brackets.
UNSAFE_IN_ID = re.compile(r"[\s\x00<>;]")
# RFC 5321, section 4.1.3
TAG = re.compile(rb"(?i:ipv6:)")
IPV6 = re.compile(rb"[0-9A-Fa-f:]+")
# Of these SpamAssassin knows that a name before `([ip])` is what was looked up and what was announced.
BOTH_BEFORE_BRACKETS = frozenset({"exim", "communigate"})
# What qmail writes, which gives no id; of it, too, one name is both.
QMAIL_PROTOCOLS = frozenset({"SMTP", "QMQP"})
# The words that SpamAssassin prints where the protocol does not say that the client logged in.
AUTH_WORDS = {"communigate": "Communigate", "critical-path": "CriticalPath"}
MECHANISMS = frozenset({"LOGIN", "PLAIN", "DIGEST-MD5", "CRAM-MD5"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayStrings:
    """The values of ``X-Spam-Relays-Trusted``, ``-Untrusted``, ``-Internal`` and ``-External``."""

    trusted: str
    untrusted: str
    internal: str
    external: str


def relay_strings(trace: Trace) -> RelayStrings:
    """Return the four strings in SpamAssassin 4's format, newest relay first."""
    views = (trace.trusted, trace.untrusted, trace.internal, trace.external)
    internal = set(map(id, trace.internal))
    submission = _submission_server(trace)
    relays = {
        id(hop): relay_string(
            _as_told(trace, hop), internal=id(hop) in internal, submission=hop is submission
        )
        for hop in (*trace.trusted, *trace.untrusted)
    }
    trusted, untrusted, inside, outside = (
        " ".join(relays[id(hop)] for hop in reversed(view)) for view in views
    )
    return RelayStrings(trusted=trusted, untrusted=untrusted, internal=inside, external=outside)


def relay_fields(trace: Trace) -> str:
    """Return the four strings as header fields, one a line, safe to show."""
    strings = relay_strings(trace)
    names = ("Trusted", "Untrusted", "Internal", "External")
    lines = zip(names, astuple(strings), strict=True)
    return "\n".join(f"X-Spam-Relays-{name}: {visible(value)}".rstrip() for name, value in lines)


def _as_told(trace: Trace, hop: Hop) -> Hop:
    if trace.position(hop) is None:
        # Of a field like X-Originating-IP SpamAssassin takes the address alone.
        return Hop(raw=hop.raw, ip=hop.ip, spans={"ip": hop.spans["ip"]})
    above = trace.later(hop)
    # The filter logs once more the hand-over that the field below it records.
    if above and above.family == "qmail-scanner" and not above.network and above.envelope_from:
        return replace(hop, envelope_from=above.envelope_from)
    return hop


def _submission_server(trace: Trace) -> Hop | None:
    """Return the newest submission server that we believe; above a fetched mailbox it stands in no view."""
    admd = trace.admd
    if admd is None or not admd.configured:
        return None
    doubted = set(map(id, trace.untrusted))
    chain = (*reversed(trace.network_hops), *reversed(trace.trusted))
    return next((hop for hop in chain if id(hop) not in doubted and admd.is_submission(hop.ip)), None)


def relay_string(hop: Hop, *, internal: bool = False, submission: bool = False) -> str:
    """Return one relay in brackets; ``intl`` and ``msa`` are 1 for an internal and a submission server."""
    rdns, helo = _names(hop)
    parts = {
        "ip": _address(hop),
        "rdns": _safe((rdns or "").rstrip(".")),
        "helo": _safe(helo),
        "by": _safe(hop.by),
        "ident": _safe(hop.ident),
        "envfrom": _safe(hop.envelope_from),
        "intl": int(internal),
        "id": _id(hop),
        "auth": _auth(hop) or "",
        "msa": int(submission),
    }
    return f"[ {' '.join(f'{name}={value}' for name, value in parts.items())} ]"


def _address(hop: Hop) -> str:
    # SpamAssassin keeps the spelling: sendmail writes every group of an IPv6 address.
    match hop.spans.get("ip"):
        case Span(start, end) if IPV6.fullmatch(hop.raw, start, end):
            return hop.raw[start:end].decode("ascii")
    return str(hop.ip)


def _safe(value: str | None) -> str:
    return UNSAFE.sub("!", value or "")


def _names(hop: Hop) -> tuple[str | None, str | None]:
    """Return rdns and helo as SpamAssassin takes them: from where a lone name stands, whoever wrote it."""
    name, gap = hop.from_name, _gap(hop)
    if name is None or hop.helo not in (None, name) or hop.rdns not in (None, name):
        return hop.rdns, hop.helo
    if gap == b"(" or (gap == b"([" and _like_qmail(hop)):
        return (None if name.startswith("[") or name.casefold() == "unknown" else name), name
    if gap == b"([" and hop.family not in BOTH_BEFORE_BRACKETS:
        return None, hop.helo
    # One literal that is both greeting and address is printed once, as the address.
    return hop.rdns, (hop.helo if gap else None)


def _gap(hop: Hop) -> bytes | None:
    """Return what stands between the first word and the address; empty where they are the same."""
    match hop.spans.get("from_name"), hop.spans.get("ip"):
        case Span(start, end), Span(first, _):
            return b"" if start <= first < end else TAG.sub(b"", hop.raw[end:first].strip())
    return None


def _like_qmail(hop: Hop) -> bool:
    return hop.id is None and hop.protocol in QMAIL_PROTOCOLS


def _id(hop: Hop) -> str:
    # After `mapi id` stands Exchange's version, which SpamAssassin leaves out.
    if (hop.protocol or "").casefold() == "mapi":
        return ""
    return UNSAFE_IN_ID.sub("!", hop.id or "")


def _auth(hop: Hop) -> str | None:
    protocol = hop.protocol or ""
    if protocol.upper() in WEB_PROTOCOLS or (hop.auth and AUTHENTICATED.fullmatch(protocol)):
        return protocol
    if hop.auth is None:
        return None
    mechanism = (hop.auth.mechanism or "").upper()
    if mechanism in MECHANISMS:
        return mechanism
    if hop.family == "postfix":
        return "Postfix" if hop.software in (None, "Postfix") else f"Postfix ({_safe(hop.software)})"
    return AUTH_WORDS.get(hop.family, "Sendmail")
