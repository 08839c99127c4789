"""Fields other than Received that tell a client's address, and who can have written each.

None of them is protected: whoever composed the message can have written any of them as well. What
the table tells is which software writes the field when it is honest, and what it then means.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Told(StrEnum):
    """What the address in such a field is."""

    USER = "user"
    """The machine at which the message was written or handed in."""
    PEER = "peer"
    """The host that connected to the server which wrote the field."""


class Teller(NamedTuple):
    """Who writes a field, what its address is, and where that is known from."""

    told: Told
    written_by: str
    source: str


SPAMASSASSIN = "SpamAssassin 4, Mail::SpamAssassin::Conf, originating_ip_headers"
SEEN = "seen in public mail archives beside the Received fields of that writer"
WEBMAIL = "the web mail or submission server where the message was handed in"

# The fields that SpamAssassin takes for the oldest hops when not told otherwise, newest first.
WALKED: dict[str, Teller] = {
    "x-yahoo-post-ip": Teller(Told.USER, "Yahoo's web mail", SPAMASSASSIN),
    "x-originating-ip": Teller(Told.USER, WEBMAIL, SPAMASSASSIN),
    "x-apparently-from": Teller(Told.USER, "Yahoo's web mail", SPAMASSASSIN),
    "x-senderip": Teller(Told.USER, WEBMAIL, SPAMASSASSIN),
    "x-aol-ip": Teller(Told.USER, "AOL's submission server", SPAMASSASSIN),
    "x-ms-exchange-crosstenant-originalattributedtenantconnectingip": Teller(
        Told.PEER, "Exchange Online, about the host that connected for the sending tenant", SPAMASSASSIN
    ),
}

OTHERS: dict[str, Teller] = {
    "x-received": Teller(Told.PEER, "a server that renames Received, such as Google's", SEEN),
    "x-peer": Teller(Told.PEER, "a filter or proxy built on aiosmtpd", "aiosmtpd, handlers.Message"),
    "x-sender-ip": Teller(Told.PEER, "Outlook.com's border, or a web mail server", SEEN),
    "x-sa-exim-connect-ip": Teller(
        Told.PEER, "SA-Exim at the Exim server that received it", "SA-Exim, README"
    ),
    "x-mdremoteip": Teller(Told.PEER, "MDaemon, about its client", SEEN),
    "x-nifty-srcip": Teller(Told.PEER, "Nifty's border", SEEN),
    "x-tcpremoteip": Teller(Told.PEER, "a qmail server, from TCPREMOTEIP", SEEN),
    "x-feas-client-ip": Teller(Told.PEER, "FortiMail, about its client", SEEN),
    "x-fe-last-public-client-ip": Teller(
        Told.PEER,
        "FortiMail, about the last public client in the Received fields",
        SEEN,
    ),
    "x-barracuda-connect": Teller(Told.PEER, "Barracuda, about its client", SEEN),
    "x-barracuda-apparent-source-ip": Teller(Told.PEER, "Barracuda, from the Received fields", SEEN),
    "x-barracuda-effective-source-ip": Teller(Told.PEER, "Barracuda, from the Received fields", SEEN),
    "x-watchguard-mail-client-ip": Teller(Told.PEER, "WatchGuard's SMTP proxy, about its client", SEEN),
    "x-sendio-senderip": Teller(Told.PEER, "Sendio's filter, about its client", SEEN),
    "x-forefront-antispam-report": Teller(
        Told.PEER,
        "Exchange Online's filter, about the host that connected (CIP)",
        "Microsoft Learn, anti-spam headers",
    ),
    "x-forefront-antispam-report-untrusted": Teller(
        Told.PEER, "another tenant's Exchange Online filter", "Microsoft Learn, anti-spam headers"
    ),
    "x-ms-exchange-crosspremises-originalclientipaddress": Teller(
        Told.PEER, "Exchange, about the client before the hybrid connector", SEEN
    ),
    "x-ms-exchange-skiplistedinternetsender": Teller(
        Told.PEER,
        "Exchange Online, about the host before a skipped gateway",
        "Microsoft Learn, enhanced filtering",
    ),
    "x-ms-exchange-externaloriginalinternetsender": Teller(
        Told.PEER,
        "Exchange Online, about the host before a skipped gateway",
        "Microsoft Learn, enhanced filtering",
    ),
    "x-originatingip": Teller(Told.USER, WEBMAIL, SEEN),
    "x-originator": Teller(Told.USER, WEBMAIL, SEEN),
    "x-client-ip": Teller(Told.USER, WEBMAIL, SEEN),
    "x-remote-ip": Teller(Told.USER, WEBMAIL, SEEN),
    "x-source-ip": Teller(Told.USER, "a shared-hosting Exim server, beside X-Source-Sender", SEEN),
    "x-sourceip": Teller(Told.USER, WEBMAIL, SEEN),
    "x-ip": Teller(Told.USER, "a mailing program or web form", SEEN),
    "x-ipaddress": Teller(Told.USER, "a mailing program or web form", SEEN),
    "x-me-ip": Teller(Told.USER, "Orange's submission server", SEEN),
    "x-owm-source-ip": Teller(Told.USER, "an Openwave (BT) submission server", SEEN),
    "x-en-origip": Teller(Told.USER, "an Everyone.net submission server", SEEN),
    "x-ovh-clientip": Teller(Told.USER, "OVH's submission server", SEEN),
    "x-sohu-clientip": Teller(Told.USER, "Sohu's web mail", SEEN),
    "x-rrze-submit-ip": Teller(Told.USER, "the submission server of a university", SEEN),
    "x-pair-authenticated": Teller(Told.USER, "pair Networks' submission server", SEEN),
    "x-http-client": Teller(Told.USER, WEBMAIL, SEEN),
    "x-php-script": Teller(Told.USER, "PHP on a shared web server, about the browser that called it", SEEN),
    "x-php-filename": Teller(Told.USER, "PHP on a shared web server, about the browser that called it", SEEN),
    "x-forwarded-for": Teller(
        Told.USER, "an HTTP proxy or load balancer in front of a web mail", "RFC 7239, appendix A"
    ),
}

TELLERS = WALKED | OTHERS
# Vendors keep coining such names; one that nobody described is told all the same.
UNKNOWN_KIN = Teller(Told.USER, "an unknown program", "its name")
KIN_WORDS = (b"client", b"sender", b"source", b"remote", b"orig", b"connect", b"submit", b"user")


def is_kin(name: bytes) -> bool:
    """Return whether a field of this lower-case name, in no table, looks made to tell a client's address."""
    return name.endswith((b"ip", b"ip-address", b"ipaddress")) and any(word in name for word in KIN_WORDS)
