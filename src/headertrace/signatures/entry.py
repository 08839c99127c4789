"""What the field that records the entry says, as bits of ``trait``."""

from __future__ import annotations

import re

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.names import greeting_traits, reverse_traits
from headertrace.signatures.servers import server_traits
from headertrace.vocabulary import RdnsStatus

# Their stock configuration writes a login into the field (the A of RFC 3848, a comment, or both).
MARKING = (
    "postfix exim sendmail courier haraka mailenable fortimail opensmtpd zimbra stalwart kumomta mdaemon"
    " icewarp"
)
# Their stock configuration writes nothing of a login.
HIDING = (
    "exchange exchange-imc smtpsvc smartermail hmailserver qmail qmail-ldap qmail-scanner qpsmtpd coremail"
    " domino groupwise kerio xmail mercury"
)
# Filters that offer none.
LOGINLESS = "amavis proxmox"
FAMILY_TRAITS = {
    **dict.fromkeys(MARKING.split(), trait.MARKS_LOGINS),
    **dict.fromkeys(HIDING.split(), trait.HIDES_LOGINS),
    **dict.fromkeys(LOGINLESS.split(), trait.TAKES_NO_LOGINS),
    "generic": trait.FORGED_SHAPE,
}
PROTOCOL_TRAITS = {
    "SMTP": trait.PLAIN_SMTP,
    "smtp": trait.PLAIN_SMTP,
    "HTTP": trait.WEB_PROTOCOL,
    "HTTPS": trait.WEB_PROTOCOL,
    "http": trait.WEB_PROTOCOL,
    "https": trait.WEB_PROTOCOL,
    "mapi": trait.WEB_PROTOCOL,
    "NNFMP": trait.BORROWED_PROTOCOL,
    "LOCAL": trait.BORROWED_PROTOCOL,
    "QMQP": trait.BORROWED_PROTOCOL,
}
# Postfix: hexadecimal digits, or base 52 with long ids; Exim: three groups in base 62.
ID_SHAPES = {
    "postfix": re.compile(r"[0-9A-F]{6,16}$|[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,20}$"),
    "exim": re.compile(r"[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}$"),
}
# Bound once: hashing a member of an enumeration, or finding it in its class, costs more than all else here.
FAILED, MAY_BE_FORGED = RdnsStatus.FAILED, RdnsStatus.MAY_BE_FORGED


def entry_traits(hop: Hop) -> int:
    """Return what the field that records the entry says."""
    bits = FAMILY_TRAITS.get(hop.family, 0) | PROTOCOL_TRAITS.get(hop.protocol or "", 0)
    if hop.helo:
        bits |= greeting_traits(hop.helo)
    if hop.rdns:
        bits |= reverse_traits(hop.rdns)
        if hop.helo and hop.helo.rstrip(".").lower() == hop.rdns.lower():
            bits |= trait.GREETING_IS_NAME
    if hop.rdns_status is FAILED:
        bits |= trait.RDNS_FAILED
    elif hop.rdns_status is MAY_BE_FORGED:
        bits |= trait.RDNS_FORGED
    if hop.by:
        bits |= server_traits(hop.by)
    return bits | _record_traits(hop)


def _record_traits(hop: Hop) -> int:
    bits = trait.AUTH if hop.auth is not None else 0
    if hop.tls is not None:
        bits |= trait.TLS
    if hop.by and hop.helo == hop.by:
        bits |= trait.GREETING_IS_SERVER
    # Two fields in one have two BY clauses; only then are the defects worth reading.
    if hop.raw.count(b" by ") > 1:
        bits |= trait.GLUED
    shape = ID_SHAPES.get(hop.family)
    if shape and hop.id and not shape.match(hop.id):
        bits |= trait.ODD_ID
    if hop.family == "postfix" and not hop.raw.rstrip().endswith(b")"):
        bits |= trait.NO_ZONE_NAME
    return bits
