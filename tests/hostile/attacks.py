"""Texts that made readers of mail slow, or might: each grows to any size."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple


class Attack(NamedTuple):
    """A text that is ``head``, then ``unit`` as often as wanted, then ``tail``."""

    head: bytes
    unit: bytes
    tail: bytes = b""

    def grown(self, size: int) -> bytes:
        """Return the attack at about ``size`` octets."""
        room = max(0, size - len(self.head) - len(self.tail))
        return self.head + self.unit * max(1, room // len(self.unit)) + self.tail


_CLIENT = b"from client.example ("
_START = b"from client.example (mx.client.example [192.0.2.10]) by mail.example.net "
_DATE = b"; Tue, 2 Jan 2024 03:04:05 +0100"

# Against one field. The first block is what broke other readers.
FIELDS: dict[str, Attack] = {
    "from repeated": Attack(b"", b"from "),
    "by repeated": Attack(b"from x ", b"by "),
    "digits where the date is": Attack(_START + b"; ", b"1"),
    "semicolons": Attack(_START, b";"),
    "one word": Attack(b"from ", b"a"),
    "a server's name of the words of login servers": Attack(b"from a (a [192.0.2.1]) by ", b"auth"),
    "blanks": Attack(b"from x", b" "),
    "folds": Attack(b"from x", b"\r\n "),
    "NULs": Attack(b"from ", b"\0"),
    "CR alone": Attack(b"from x", b"\r"),
    "invalid UTF-8": Attack(b"from ", b"\xff\xfe\xc0"),
    "UTF-16": Attack(b"", "from x by y ".encode("utf-16-le")),
    "comments never closed": Attack(b"from x ", b"("),
    "comments never opened": Attack(b"from x ", b")"),
    "comments nested": Attack(b"from x ", b"(a"),
    "comments nested and closed": Attack(b"from x ", b"(((a)))"),
    "quotes": Attack(b"from ", b'"'),
    "backslashes": Attack(b"from (", b"\\"),
    # one clause after the other
    "with repeated": Attack(_START, b"with ESMTP "),
    "id repeated": Attack(_START, b"id 12AB "),
    "for repeated": Attack(_START, b"for <ann@example.net> "),
    "via repeated": Attack(_START, b"via tcp "),
    "clauses in turn": Attack(b"", b"from a by b via c with d id e for f "),
    "keywords glued": Attack(b"", b"frombywithidfor"),
    "keywords behind brackets": Attack(b"", b"]by>with)id"),
    "whole fields run together": Attack(b"", _START + _DATE + b" Received: "),
    # comments
    "empty comments": Attack(_START, b"()"),
    "small comments": Attack(_START, b"(a) "),
    "comments in the client": Attack(_CLIENT, b"a) (", b"[192.0.2.10])"),
    "comments half open": Attack(b"from x ", b"(()"),
    "comments half closed": Attack(b"from x ", b"())"),
    "an open parenthesis before each comment": Attack(b"from ( x ", b"(a)"),
    "quoted parentheses": Attack(b"from x ", b'"("'),
    "escaped parentheses": Attack(b"from x (", b"\\)"),
    "escaped parentheses in a field that its date closes": Attack(_START, b"\\(", _DATE),
    "greetings that Obtuse quotes": Attack(
        b'from x(192.0.2.10), claiming to be "', b'" via SMTP ', b"by y" + _DATE
    ),
    "months of other languages": Attack(_START + b"; ", b"lun, 2 dic "),
    "a quote before each word": Attack(b"from ", b'"a '),
    "names before no address": Attack(_CLIENT, b"a.b "),
    "a name of dots": Attack(_CLIENT, b"a."),
    "a name of hyphens": Attack(_CLIENT, b"a-"),
    "users at hosts": Attack(_CLIENT, b"a@b "),
    "at signs": Attack(_CLIENT, b"a@"),
    "addresses": Attack(_CLIENT, b"[192.0.2.10] "),
    "half addresses": Attack(_CLIENT, b"[1.2.3."),
    "dotted numbers": Attack(_CLIENT, b"1."),
    "colons and digits": Attack(_CLIENT, b"1:"),
    "brackets": Attack(_CLIENT, b"["),
    "brackets closing": Attack(_CLIENT, b"]"),
    "angle brackets": Attack(_START + b"for ", b"<"),
    "greetings": Attack(_CLIENT, b"helo=a "),
    "greetings of nothing": Attack(_CLIENT, b"HELO "),
    "quoted greetings": Attack(_CLIENT, b'"EHLO '),
    "ports": Attack(_CLIENT, b"port=1 "),
    "unknown": Attack(_CLIENT, b"unknown "),
    "may be": Attack(_CLIENT, b"may be "),
    "verified": Attack(_CLIENT, b"not verified "),
    "ciphers": Attack(_CLIENT, b"using TLSv1.3 with cipher A "),
    "cipher suites": Attack(_CLIENT, b"TLSv1.2:AES-"),
    "suites of blocks": Attack(_CLIENT, b"AES256-"),
    "suites with underscores": Attack(_START + b"with ESMTPS tls ", b"TLS_A"),
    "certificates": Attack(_CLIENT, b'Client CN "a", Issuer "'),
    "key exchanges": Attack(_CLIENT, b"key-exchange X (a "),
    "signatures": Attack(_CLIENT, b"server-signature A (b) "),
    "authenticated": Attack(_CLIENT, b"Authenticated sender: "),
    "auth words": Attack(_CLIENT, b"AUTH: A "),
    "senders": Attack(_START, b"(envelope-from <a@b"),
    "scanners": Attack(_START + b"(clamav: ", b"a(b)"),
    "qmail notes": Attack(b"(", b"qmail 1 invoked by "),
    "uids": Attack(_START + b"(", b"from userid 1 "),
    "recipients": Attack(_START + b"for ", b"<a@b>,"),
    "bare recipients": Attack(_START + b"for ", b"a@b,"),
    "several recipients": Attack(_START + b"for ", b"<multiple recipients>"),
    "descriptions": Attack(b"by a (", b"A(b)c "),
    "descriptions with commas": Attack(b"by a (", b"A,"),
    "server words": Attack(b"by a ", b"word "),
    "protocol words": Attack(b"by a with ", b"word "),
    "ciphers before the protocol": Attack(b"by a with ", b"AES encrypted "),
    "an id that never ends": Attack(_START + b"id <", b"a@"),
    "x'es": Attack(_CLIENT, b"x"),
    "x'es apart": Attack(_CLIENT, b"xxxx "),
    "not ASCII": Attack(_CLIENT, "ü".encode()),
    # dates
    "dates": Attack(_START, _DATE),
    "day names": Attack(_START + b"; ", b"Tue, "),
    "months": Attack(_START + b"; 2 ", b"Jan "),
    "clocks": Attack(_START + b"; 2 Jan 2024 ", b"03:04:"),
    "fractions": Attack(_START + b"; 2 Jan 2024 03:04:05.", b"1"),
    "zones": Attack(_START + b"; 2 Jan 2024 03:04:05 ", b"+0100 "),
    "quoted zones": Attack(_START + b"; 2 Jan 2024 03:04:05 +0100 (", b"a "),
    "comments before the date": Attack(_START + b"; ", b"(a) "),
    "dates without a semicolon": Attack(_START, b"2 Jan 2024 "),
    "clocks without a semicolon": Attack(_START, b" 2 Jan 2024 03:04:05"),
    "ISO dates": Attack(_START, b" 2024-01-02"),
    "slashed dates": Attack(_START, b" 1/2/2024"),
    "semicolons and blanks": Attack(_START, b" ; "),
    "comments behind the date": Attack(_START + _DATE, b" (a)"),
    "leads": Attack(b"", b"(a) "),
    # what signatures look for in a whole field
    "servers' notes": Attack(b"from x by y ", b"(Postfix) "),
    "servers' notes and semicolons": Attack(b"from x by y ", b"(Postfix); "),
    "zones behind semicolons": Attack(b"from x by y (Postfix) ", b"; +0100 ", b"x"),
    "blanks behind a zone": Attack(b"from x by y (Postfix); +0100", b" ", b"x"),
    "addresses by servers": Attack(b"", b"from 192.0.2.10 by a "),
    "days in comments": Attack(b"from x ", b"(Mon, 1 Jan 2024"),
    "mailboxes behind BY": Attack(b"", b"by a@"),
    "clocks of halves": Attack(b"from x by y; ", b"3:04:05 P"),
    "Haraka": Attack(b"", b"(Haraka outbound); "),
}


_RANDOM = random.Random(1).randbytes(4096)


def _random_octets(size: int) -> bytes:
    return _RANDOM * (size // len(_RANDOM))


def _fields(field: bytes) -> Callable[[int], bytes]:
    """Return a builder of sections that consist of one field over and over."""
    return lambda size: field * max(1, size // len(field)) + b"\r\n"


RECEIVED = b"Received: " + _START + _DATE + b"\r\n"

# Against a whole message: name -> builder of about that many octets.
MESSAGES: dict[str, Callable[[int], bytes]] = {
    "many Received fields": _fields(RECEIVED),
    "many empty Received fields": _fields(b"Received:\r\n"),
    "many fields": _fields(b"a: b\r\n"),
    "many fields of nothing": _fields(b"a:\n"),
    "many strange fields": _fields(b"no field at all\r\n"),
    "many originating addresses": _fields(b"X-Originating-IP: [192.0.2.10]\r\n"),
    "many From lines": _fields(b"From ann@example.net Tue Jan  2 03:04:05 2024\n"),
    "colons": _fields(b":"),
    "a header without an end": lambda size: (RECEIVED + b"X: y\r\n" * (size // 6))[:size],
    "a long name of a field": lambda size: b"a" * size + b": b\r\n\r\n",
    "a long value": lambda size: b"Received: " + b"a" * size + b"\r\n\r\n",
    "a long value of another field": lambda size: b"Subject: " + b"a" * size + b"\r\n\r\n",
    "many folds": lambda size: b"Received: from x" + b"\r\n y" * (size // 4) + b"\r\n\r\n",
    "many empty folds": lambda size: b"Received: from x" + b"\r\n " * (size // 3) + b"\r\n\r\n",
    "many folds of another field": lambda size: b"Subject: x" + b"\n\t" * (size // 2) + b"\n\n",
    "a body": lambda size: RECEIVED + b"\r\n" + b"Received: no\r\n" * (size // 14),
    "blank lines first": lambda size: b"\r\n" * (size // 2) + RECEIVED + b"\r\n",
    "blanks": lambda size: b" " * size,
    "CR alone": lambda size: (b"Received: from x by y; z\r" * (size // 25)) + b"\r\r",
    "CR and LF in turn": lambda size: b"a: b\n\rc: d\r\n" * (size // 12),
    "NULs": lambda size: b"\0" * size,
    "UTF-16": lambda size: (b"Received: from x by y\r\n" * (size // 46)).decode().encode("utf-16"),
    "random octets": _random_octets,
    "encoded words": lambda size: b"Subject: " + b"=?utf-8?q?a?= " * (size // 14) + b"\r\n\r\n",
    "encoded words never closed": lambda size: b"Subject: " + b"=?utf-8?q?" * (size // 10) + b"\r\n\r\n",
    "boundaries": lambda size: (
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * (size // 7)
    ),
    "nested messages": lambda size: b"Content-Type: message/rfc822\r\n\r\n" * (size // 32),
    "nested multiparts": lambda size: b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        for level in range(size // 64)
    ),
    "parameters": lambda size: b"Content-Type: a/b" + b"; a=b" * (size // 5) + b"\r\n\r\n",
    "delivery reports": lambda size: (
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=a\r\n\r\n--a\r\n"
        b"Content-Type: message/delivery-status\r\n\r\n"
        + b"Final-Recipient: rfc822;a@b\r\nStatus: 5.7.1\r\nDiagnostic-Code: smtp; 550 5.7.1 no\r\n\r\n"
        * (size // 84)
        + b"--a--\r\n"
    ),
    "refusals": lambda size: (
        b"From: MAILER-DAEMON@example.net\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n"
        + b"<ann@example.net>: host mx.example said: 550 5.7.1 blocked using bl.example\r\n" * (size // 77)
    ),
    "brackets in a body": lambda size: b"From: MAILER-DAEMON@example.net\r\n\r\n" + b"<" * size,
    "codes in a body": lambda size: b"From: MAILER-DAEMON@example.net\r\n\r\n" + b"550 " * (size // 4),
    "host names in a body": lambda size: b"From: MAILER-DAEMON@example.net\r\n\r\n" + b"a.b." * (size // 4),
}

# Other headers that somebody reads, and what may stand in each of them.
HEADERS = (
    "From", "To", "Cc", "Subject", "Date", "Message-ID", "Return-Path", "Reply-To", "X-Mailer", "User-Agent",
    "Content-Type", "Received-SPF", "Authentication-Results", "DKIM-Signature", "ARC-Authentication-Results",
    "X-Originating-IP", "X-Forefront-Antispam-Report", "X-MimeOLE", "References", "List-Id",
)  # fmt: skip
VALUES: dict[str, Attack] = {
    "letters": Attack(b"", b"a"),
    "words": Attack(b"", b"a "),
    "mailboxes": Attack(b"", b"<a@b>, "),
    "mailboxes never closed": Attack(b"", b"<a@b"),
    "at signs": Attack(b"", b"a@"),
    "dots": Attack(b"", b"a."),
    "digits": Attack(b"", b"1"),
    "quotes": Attack(b"", b'"'),
    "brackets": Attack(b"", b"["),
    "parentheses": Attack(b"", b"("),
    "angle brackets": Attack(b"", b"<"),
    "backslashes": Attack(b"", b"\\"),
    "blanks": Attack(b"x", b" ", b"x"),
    "folds": Attack(b"x", b"\r\n ", b"x"),
    "semicolons": Attack(b"", b"a=b; "),
    "answers": Attack(b"", b"re: "),
    "encoded words": Attack(b"", b"=?utf-8?q?a?= "),
    "assertions": Attack(b"", b"dkim=pass header.d="),
    "greetings": Attack(b"", b";h:"),
}

# Files of a mail server's queue.
_ENVELOPE = b"*** ENVELOPE RECORDS deferred/A ***\n"
QUEUES: dict[str, Attack] = {
    "marks of postcat": Attack(_ENVELOPE, b"*** MESSAGE CONTENTS deferred/A ***\n"),
    "messages of postcat": Attack(b"", _ENVELOPE),
    "half marks of postcat": Attack(_ENVELOPE, b"*** MESSAGE "),
    "recipients of postcat": Attack(_ENVELOPE, b"recipient: a@b.example\n"),
    "options of Exim": Attack(b"1abCDe-000Abc-2D-H\n", b"-auth_id a\n"),
    "fields of Exim": Attack(b"1abCDe-000Abc-2D-H\nXX\n0\n\n", b"005P a: b\n"),
    "lengths of Exim": Attack(b"1abCDe-000Abc-2D-H\nXX\n0\n\n", b"999P "),
}
