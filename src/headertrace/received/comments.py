"""Words in comments: one table, one pattern, one pass.

Each row is a kind of remark; its named groups are the values in it. What no row explains is unread.
A row's kind and its groups' names are the kinds of the parts that come back.
"""

from __future__ import annotations

import re
from functools import lru_cache

from headertrace.received.families import FAMILIES
from headertrace.received.grammar import DAY_NAME, HOST, IPV4, IPV6, MONTH
from headertrace.received.parts import Part

_LITERAL = rf"(?:IPv6:)?+(?P<address>{IPV4}|{IPV6})"
_PORT = r"(?:[:.](?P<port>\d{1,5}+)(?![\w.]))?+"
_WORD_END = r"(?![\w-])"
# A mailbox as servers print it without angle brackets: no blanks, one @.
_MAILBOX = r"[^\s()<>\[\],;@]{1,128}+@[^\s()<>\[\],;@]{1,255}+"

# Kinds that are values of a Hop. Order: what is commonest first where no other row could take it.
_VALUES: tuple[tuple[str, str], ...] = (
    # Critical Path's version, which would be an address but for its leading zero
    ("software", r"\d\.\d\.0\d\d(?:\.\d{1,3}+){0,2}+(?=\))"),
    # RFC 5321, 4.1.3: address-literal; `[1.2.3.4]:25`, Momentum `[1.2.3.4:25]`, old Exim `[1.2.3.4.25]`,
    # Outblaze `[192.0.2.1/24]`, Java `/1.2.3.4`, Exchange without brackets.
    ("", rf"@?+\[\s*+{_LITERAL}{_PORT}(?:/\d++)?+\s*+\]{_PORT}"),
    ("", rf"(?<![\w.@=])/?+{_LITERAL}{_PORT}(?![\w.@/-])"),
    ("client-ip", rf"(?:ip|addr|client-ip)={_LITERAL}(?![\w.-])"),
    # RFC 1413 user before the address: qmail `(user@1.2.3.4)`, `(user@domain@[1.2.3.4])`
    ("", rf"(?P<ident>[^\s()\[\],;=]{{1,128}}?)@\[?+(?P<address>{IPV4}(?!\.?[\w-])|{IPV6}(?![\w.-]))(?::(?P<port>\d{{1,5}}+)(?!\d))?+\]?+"),
    # PMDF and its descendants tell the port as a user: `("port 49152"@host [192.0.2.1])`
    ("", rf'"port (?P<port>\d{{1,5}}+)"@(?P<name>{HOST})(?=\s*+\[)'),
    ("", rf"(?:IDENT:)?+(?P<ident>[^\s()@\[\]]{{1,128}}+)@(?P<name>{HOST})(?=\s*+\[)"),
    ("local-user", rf"(?:IDENT:)?+[^\s()@\[\]<>]{{1,128}}+@{HOST}(?=\s*+\))"),
    # RFC 5321, 4.1.1.1: the greeting, told where it differs from the name that was looked up
    ("", r'"(?:EHLO|HELO)\s++(?P<helo>[^"]{0,255}+)"'),
    # Obtuse smtpd and its descendants
    ("claim", r'claiming to be "(?P<helo>[^"]{0,255}+)"'),
    ("", r"(?<![\w-])(?:helo|ehlo|lhlo)=(?P<helo>[^\s()]{1,255}+)"),
    # RFC 2033, 4.1: a client of LMTP greets with LHLO
    ("lhlo", r"(?<=\()lhlo\s++(?P<helo>[^\s()]{1,255}+)(?=\s*+\))"),
    ("", r"(?<=\()\s*+(?:helo|ehlo|lhlo)\s++(?P<helo>[^\s()][^()]{0,253}?)(?=\s*+\))"),
    ("", r"(?<![\w-])(?:helo|ehlo|lhlo)\s++(?P<helo>[^\s()]{1,255}+)"),
    ("greeting", r"(?<![\w-])(?:helo|ehlo|lhlo)=?(?=\s*+\))"),
    ("", r"(?<![\w-])ident=(?P<ident>[^\s()]{1,128}+)"),
    ("", r"(?<![\w-])port(?:[=:]|\s)\s*+(?P<port>\d{1,5}+)\b"),
    # What the server says about the reverse name
    ("may-be-forged", r"may be forged\b"),
    ("failed", r"rdns failed\b|softdnserr\b|[<\[]?+unknown(?:[._]domain)?+[>\]]?+(?=[\s,)\[]|\Z)|host_?not_?found\b|no[. _-]rdns\b"),
    ("failed", r"no\.name\.available\b|unresolved\b|nodns\b"),
    ("unverified", r"(?:dns\s)?(?:un-?|not )verified\b"),
    ("verified", r"(?<!issuer[ ])verified(?=\s*+[,)])"),
    # TLS: Postfix, sendmail and Google, Exim, Exchange, CommuniGate, IronPort, messagelabs
    ("", r"using\s++(?P<version>[\w./]{1,20}+)\s++with\s++cipher\s++(?P<cipher>[\w-]{1,80}+)(?:\s++\((?P<bits>\d{1,5}+(?:/\d++)?+)\s++bits\))?+"),
    ("", r"(?<![\w-])version(?:=|\s)(?P<version>(?:TLS|SSL|unknown|none)[\w./\\]{0,20}+)"),
    ("", r"cipher\s(?P<version>[\w.]{1,12}+):(?P<cipher>[\w-]{1,80}+):(?P<bits>\d++)"),
    ("", r"(?<![\w-])cipher(?:=|\s)(?P<cipher>[\w+-]{1,80}+)(?:\s\((?P<bits>\d{1,5}+)\sbits\))?+"),
    ("", r"(?<![\w-])bits(?:=|\s)(?P<bits>\d{1,5}+(?:/\d++)?+)"),
    ("", r"using (?P<version>TLSv?[\d.]++|SSLv\d)(?=\s*+\))"),
    ("", r"(?P<version>(?:TLS|SSL)[\w.-]{0,10}+|UNKNOWN):(?P<cipher>[\w+-]{1,80}+)(?::(?P<bits>\d{1,5}+))?+"),
    ("tls", r"(?:using\s)?(?:TLS|SSL):\s*+(?P<version>[\w./]{1,20}+),\s*+(?:(?P<bits>\d++)bits,\s*+)?+(?P<cipher>[\w-]{3,80}+)"),
    ("tls", r"(?<![\w-])tls\s++(?P<cipher>TLS_[A-Z0-9_]{3,80}+)"),
    ("tls-detail", r"(?P<cipher>(?:[A-Z0-9]{2,12}+[-_]){1,9}+(?:SHA|MD5|GCM|POLY1305|CBC3?|RC4|AES)[A-Z0-9-]*+)\s++encrypted\b"),
    ("", r"(?P<cipher>(?:[A-Z0-9]{2,12}+-){1,7}+(?:SHA\d*+|MD5|POLY1305))(?![\w-])"),
    ("", r"(?P<cipher>TLS_[A-Z0-9_]{3,80}+)"),
    ("", r"(?P<version>TLS[v-]?[1-3](?:[._]\d)?+|SSLv[23])(?![\w.:/-])"),
    ("tls", r"(?:(?:over|using) )?(?:TLS|SSL)(?: secured channel)?\b"),
    ("tls-detail", r"key-exchange\s++\S++(?:\s\([^()]{0,40}+\))?+"),
    ("tls-detail", r"(?:server|client)-(?:signature|digest)\s++[^\s()]++(?:\s\([^()]{0,60}+\))?+"),
    ("tls-detail", r"verify(?:=|\s)[\w.-]{1,20}+|verified\s(?:no|ok)\b|encrypted\b|sni=\S++|(?:not\s)?validated\b"),
    ("tls-detail", r"curve \S++ with \d++ ECDH bits, eq\. \d++ bits RSA|subject=\"[^\"]{0,300}+\""),
    ("client-certificate", r"no client certificate (?:requested|present)|client certificate not present|client did not present a certificate"),
    ("client-certificate", r'client cn "[^"]{0,255}+", issuer "[^"]{0,255}+"(?:\s\((?:not verified|verified ok)\))?+'),
    ("client-certificate", r"client cn [^()]{0,255}+(?:\([^()]*+\))?+|(?:not verified|verified ok)\b"),
    ("note", r"(?:not |un)authenticated\b|not using tls\b"),
    # Authentication: Postfix, sendmail, Courier, CommuniGate, CriticalPath, webmail programs, XMail, PowerMTA
    ("auth", r"authenticated sender:?+\s*+(?P<user>[^\s()]{1,255}+)?+"),
    ("auth", r"authenticated (?:bits=\d++|\(\d++ bits\))"),
    ("auth", r"(?:\w{1,20}+\s)?authenticated\s(?:as|user|by|from|using)\s++(?P<user>[^\s()]{1,255}+)"),
    ("auth", r"authenticated:?+\s(?P<user>[^\s()]{1,255}+@[^\s()]{1,255}+)"),
    ("auth", r"authenticated\b(?:\s(?:user|sender|client|relay))?+"),
    ("auth", r"auth:\s*+(?P<mechanism>[\w-]{1,20}+)(?:\s++(?P<user>[^\s(),]{1,255}+))?+"),
    ("auth", r"smtp-auth\susername\s(?P<user>[^\s(),]{1,255}+)(?:,\s*+mechanism\s(?P<mechanism>[\w-]++))?+"),
    ("auth", r"as user (?P<user>[^\s()]{1,255}+)"),
    ("auth", r"auth=(?:yes|(?P<mechanism>[\w-]{1,20}+))(?:\suser=(?P<user>[^\s(),]{1,255}+))?+"),
    ("auth", r"account\s++(?P<user>[^\s()]{1,255}+)"),
    ("auth", r"user=(?P<user>[^\s(),]{1,255}+)(?:,?\s++mech(?:anism)?=(?P<mechanism>[\w-]++))?+(?:\sbits=\d++)?+"),
    ("auth", r"with\s(?P<mechanism>login|plain|cram-md5|digest-md5|xymcookie)\b"),
    # Envelope
    ("envelope", r"(?:return-path|(?:envelope )?sender)[:=\s]\s*+<(?P<envelope_from>[^<>]{0,512}+)>"),
    ("", r"envelope-(?:from|sender)[:=\s]\s*+<(?P<envelope_from>[^<>]{0,512}+)>"),
    ("", r"envelope-(?:from|sender)[:=\s]\s*+(?P<envelope_from>[^\s()<>,;@]{1,128}+@[^\s()<>,;]{1,255}+)"),
    ("envelope", r"envelope-from(?=\s*+\))"),
    # sendmail's submission of FreeBSD tells the user's name alone
    ("", r"envelope-from (?P<envelope_from>[^\s()<>@]{1,64}+)(?=\s*+\))"),
    ("envelope", r'envelope(?:-|\s)from "(?P<envelope_from>[^"]{0,512}+)"'),
    ("envelope", rf"(?<=\()sender (?P<envelope_from>{_MAILBOX})"),
    # Alibaba's aliyun-inc.com
    ("envelope", rf"mailfrom:(?P<envelope_from>{_MAILBOX})"),
    ("fingerprint", r"fp:[^\s()]{1,80}+"),
    ("recipient-type", r"ORCPT\s++(?:<?rfc822;[^\s()<>]++>?|[^\s()]++)"),
)  # fmt: skip

# Kinds that no attribute holds: understood, kept as remarks.
_REMARKS: tuple[tuple[str, str], ...] = (
    ("qmail", r"qmail \d++ invoked (?:by|from|for) [^()]{1,80}+"),
    ("local-sender", r"from [^\s()]{1,255}+(?=\s*+\))"),
    ("user-id", r"from userid \d++|(?:from )?uid(?:=|\s)\d++"),
    ("scanner", r"(?:uvscan|clamdscan|clamav|f-prot|sophie|spamassassin|perlscan|avp|hbedv|sweep|clear|processed in)(?![\w-]|\.\w|\s*+\[)[^()]*+(?:\([^()]*+\)[^()]*+)*+"),
    ("scanner", r"AVG SMTP [\d.]++ \[[^\[\]]{0,60}+\]"),
    ("fetch", r"single-drop|multi-drop"),
    ("flags", r"rhost-flags-[A-Z-]{2,40}+"),
    ("google", r"google transport security"),
    ("link", r"over (?:smtp|lmtp|submission)\b"),
    ("origin", r"nje origin [^\s()]++"),
    ("misconfigured", r"misconfigured sender"),
    ("redacted", r"\[\]|<>|\[#(?:\.#){3}\]|x{3,64}+(?:\.x{2,64}+)*+(?:\.[a-z]{2,8}+)?+(?![\w.-])|\[masked\]|<unavailable>"),
    ("count", r"\d{1,9}+(?=\s*+\))"),
)  # fmt: skip

# In the client's comments: the name that the server looked up.
_CLIENT_INSIDE: tuple[tuple[str, str], ...] = (
    # Exim before 4 and smail wrote the RFC 1413 user as a comment of its own behind the address.
    ("ident-word", r"(?:(?<=\][ \t]\()|(?<=\]\n[ \t]\()|(?<=\]\r\n[ \t]\())\w{1,32}+(?=\))"),
    # Spamware that fills its template wrongly writes the date where the address belongs.
    ("date", rf"\[?{DAY_NAME},? \d{{1,2}} {MONTH} \d{{4}} [\d:]{{5,8}}+(?: [+-]\d{{4}})?\]?"),
    ("", rf"(?:(?<=\()|(?<=[(\]][\s])|(?<=\]))(?P<name>{HOST})(?=\s*+[\[)(,]|\s++(?:{IPV4}|may be|helo=|port=|un?verified|verified))"),
)  # fmt: skip
# In the recording server's comments: its own names.
_SERVER_INSIDE: tuple[tuple[str, str], ...] = (
    ("server-name", rf"\.?+{HOST}(?=\s*+\[)"),
    ("server-name", r"(?:[\w-]{1,63}+\.){1,9}+[A-Za-z]{2,24}+(?=\))|localhost(?=\))"),
)
# What a server says of itself stands in the first comment that no row explains, up to a comma.
_DESCRIPTION = re.compile(r"[A-Za-z0-9][^,()]{0,200}+(?:\([^()]{0,100}+\)[^,()]{0,100}+){0,4}+")
_GAP = re.compile(r"[\s,;]*+")
# What servers say of themselves repeats within an archive: some hundred texts, of which this many cost about
# 4 MB; what is longer holds something that does not repeat.
_MEMO = 4096
_LONGEST_REMEMBERED = 200
_UNKNOWN_WORD = re.compile(r"[^\s()\[]++")
_CLASS_BLANK_OR_END = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\s(?![*+?{])| |\\b")


def _loosen(pattern: str) -> str:
    """Let a blank stand for a fold too, and a word end where no dot, hyphen or @ continues a host name."""
    ends = {"\\b": r"(?![\w.@-])", " ": r"\s++", "\\s": r"\s++"}
    return _CLASS_BLANK_OR_END.sub(lambda match: ends.get(match[0], match[0]), pattern)


class _Table:
    """Rows joined into one alternation; each row's named groups become parts."""

    def __init__(self, rows: tuple[tuple[str, str], ...]) -> None:
        self._rows: dict[int, tuple[str, tuple[tuple[str, int], ...]]] = {}
        texts = []
        group = 0
        for kind, pattern in rows:
            group += 1
            names = re.findall(r"\(\?P<(\w+)>", pattern)
            self._rows[group] = (kind, tuple((name, group + i) for i, name in enumerate(names, 1)))
            texts.append("(" + re.sub(r"\(\?P<\w+>", "(", _loosen(pattern)) + ")")
            group += len(names)
        self.match = re.compile("|".join(texts), re.I | re.S).match

    def parts(self, match: re.Match[str], depth: int, comment: int) -> list[Part]:
        kind, values = self._rows[match.lastindex or 0]
        found = [Part(kind, match.start(), match.end(), depth, comment)] if kind else []
        found += [
            Part(name, *match.span(group), depth, comment)
            for name, group in values
            if match.start(group) >= 0
        ]
        return found


@lru_cache(maxsize=4)
def _table(server: bool, inside: bool) -> _Table:
    families = tuple(row for family in FAMILIES for row in family.remarks)
    names = (_SERVER_INSIDE if server else _CLIENT_INSIDE) if inside else ()
    return _Table((*_VALUES, *families, *_REMARKS, *names))


def _describe(text: str, start: int, end: int) -> Part | None:
    """Return the server's words about itself that open a comment, unless a row explains the comment."""
    if _table(True, True).match(text, start, end):
        return None
    match = _DESCRIPTION.match(text, start, end)
    return Part("software", start, start + len(match[0].rstrip()), 1) if match else None


def _unknown(text: str, at: int, end: int, depth: int, last: Part | None) -> Part:
    """Return the unknown word at ``at``, together with the last part where that was unknown as well."""
    word = _UNKNOWN_WORD.match(text, at, end)
    stop = word.end() if word else at + 1
    if last and last.kind == "unread" and last.depth == depth and not text[last.end : at].strip():
        return last._replace(end=stop)
    return Part("unread", at, stop, depth)


def read_parts(text: str, start: int, end: int, *, server: bool) -> list[Part]:
    """Return the parts of ``text[start:end]``, which is what stands behind a clause's first word.

    ``server`` tells whose words they are: the recording server's about itself, or about its client.
    """
    if not server:
        return _walk(text, start, end, server=False)
    words = text[start:end]
    if not words or words.isspace():
        return []
    read = _server_parts if len(words) <= _LONGEST_REMEMBERED else _server_parts.__wrapped__
    return [Part(kind, start + first, start + last, depth) for kind, first, last, depth, _ in read(words)]


@lru_cache(maxsize=_MEMO)
def _server_parts(words: str) -> tuple[Part, ...]:
    return tuple(_walk(words, 0, len(words), server=True))


def _walk(text: str, start: int, end: int, *, server: bool) -> list[Part]:
    parts: list[Part] = []
    at, depth, described = start, 0, not server
    comment = -1
    while True:
        gap = _GAP.match(text, at, end)
        at = gap.end() if gap else at
        if at >= end:
            return parts
        if text[at] == ")":
            depth, at = max(0, depth - 1), at + 1
            comment = comment if depth else -1
        elif text[at] == "(":
            comment = comment if depth else at
            depth, at = depth + 1, at + 1
            description = None if described or depth > 1 else _describe(text, at, end)
            if description is not None:
                parts.append(description)
                described, at = True, description.end
        else:
            table = _table(server, depth > 0)
            match = table.match(text, at, end)
            if match is not None and match.end() > at:
                parts += table.parts(match, depth, comment)
                at = match.end()
            else:
                part = _unknown(text, at, end, depth, parts[-1] if parts else None)
                if part.start < at:
                    parts.pop()
                parts.append(part)
                at = part.end
