"""Words of the WITH and VIA clauses (IANA: Mail Parameters, "WITH protocol types" and "VIA link types")."""

from __future__ import annotations

import re

from headertrace.remembered import remembered

# IANA, WITH protocol types (RFC 3848, 6531, 8601 registrations), then words that servers use in their place.
TRANSMISSION = frozenset(
    [
        "smtp",
        "esmtp",
        "esmtps",
        "esmtpa",
        "esmtpsa",
        "lmtp",
        "lmtps",
        "lmtpa",
        "lmtpsa",
        "mms",
        "utf8smtp",
        "utf8smtps",
        "utf8smtpa",
        "utf8smtpsa",
        "utf8lmtp",
        "utf8lmtps",
        "utf8lmtpa",
        "utf8lmtpsa",
        "smtps",
        "smtpa",
        "smtpsa",
        "asmtp",
        "asmtps",
        "local",
        "bsmtp",
        "local-bsmtp",
        "local-esmtp",
        "local-smtp",
        "http",
        "https",
        "httpu",
        "httprest",
        "rest",
        "mapi",
        "qmqp",
        "qmtp",
        "nnfmp",
        "uucp",
        "pop3",
        "pop",
        "imap",
        "imap4",
        "ecstream",
        "dsmtp",
        "me",
        "thrift",
        "tcp",
    ]
)
# RFC 3848: the A says that the client authenticated; ASMTP is what Exim 4.34 and others wrote before.
AUTHENTICATED = re.compile(r"(?:utf8)?e?(?:smtp|lmtp)s?a|asmtps?|smtpa", re.I)
# What clients greet in: SMTP and LMTP with the marks of RFC 3848 and 6531, and the older word for a login
GREETED = re.compile(r"(?:utf8)?e?(?:smtp|lmtp)s?a?|asmtps?", re.I)
# A webmail program hands over for a user who logged in (HTTP, Hotmail's WebDAV); Exchange's HTTPS is its own
# transport.
WEBMAIL = re.compile(r"https?u?(?:/[\d.]{1,4}+)?+|(?:http-)?dav", re.I)
# Yahoo's transport between its machines, and Google's interface for programs
UNGREETED = re.compile(r"nnfmp|httprest", re.I)
# The message came from the machine itself: pickup, pipes, batches (RFC 2442), UUCP (RFC 976).
LOCAL = re.compile(r"local(?!-?e?smtp)[\w-]*+|bsmtp|local-bsmtp|stdio|pipe|uucp", re.I)
# RFC 1939, 9051, 1985: mail was fetched by the recipient, not handed over by a client.
FETCHED = re.compile(r"(?:a?pop[23]?s?|imap4?s?|sdps|kpop|etrn|odmr|ms-?exchange-?fetch)\b", re.I)

# Servers have few words for their protocols: these answers repeat.
_remembering = remembered(1024)


@_remembering
def tells_login(protocol: str) -> bool:
    """Return whether the last word of a WITH clause says that the client logged in."""
    return AUTHENTICATED.fullmatch(protocol.rpartition(" ")[2]) is not None


@_remembering
def tells_smtp(protocol: str) -> bool:
    """Return whether a WITH clause names SMTP or LMTP, in which clients greet."""
    return GREETED.fullmatch(protocol.rpartition(" ")[2]) is not None


@_remembering
def tells_local(protocol: str) -> bool:
    """Return whether a WITH clause says that the message came from the machine itself."""
    return LOCAL.fullmatch(protocol) is not None


@_remembering
def tells_fetching(protocol: str) -> bool:
    """Return whether a WITH clause says that the recipient fetched the message."""
    return FETCHED.match(protocol) is not None


@_remembering
def tells_webmail(link: str) -> bool:
    """Return whether a WITH or VIA clause names what browsers speak."""
    return WEBMAIL.fullmatch(link) is not None


@_remembering
def tells_no_greeting(protocol: str) -> bool:
    """Return whether clients of the protocol announce no name."""
    return UNGREETED.fullmatch(protocol) is not None
