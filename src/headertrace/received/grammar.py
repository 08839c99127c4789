"""Rules of RFC 5321 and RFC 5322 as pattern text, in the order of the RFCs, each under its ABNF.

Quantifiers are possessive wherever nothing has to be given back, so that a match costs time
linear in the text. Where the rule is wider than the RFC, the comment names who forced it.
"""

from __future__ import annotations

# RFC 5322, 3.2.2: FWS = ([*WSP CRLF] 1*WSP) / obs-FWS
# Bare CR and vertical tabs come from archives that were copied about.
FWS = r"[ \t\r\n\v\f]"

# A comment deeper than this is not written by any MTA; sendmail reaches three.
# RFC 5322, 3.2.2: comment = "(" *([FWS] ccontent) [FWS] ")"
_CTEXT = r"[^()\\]++|\\."
COMMENT = rf"\((?:{_CTEXT}|\((?:{_CTEXT}|\((?:{_CTEXT}|\((?:{_CTEXT})*+\))*+\))*+\))*+\)"

# RFC 5321, 4.5.3.1.3: a path has at most 256 octets; a longer quoted string or <path> is a stray mark.
QUOTED_OCTETS = 320
# RFC 5322, 3.2.4: quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE
# Narrower: where a server's view of its client stands between two quotes, the first is a client's.
QUOTED = (
    rf'"(?![^"(]{{0,{QUOTED_OCTETS}}}+\([^"\[]{{0,{QUOTED_OCTETS}}}+\[)(?:[^"\\]|\\.){{0,{QUOTED_OCTETS}}}+"'
)

# One word outside comments. Wider than dot-atom: whatever is no space, parenthesis or semicolon.
WORD = rf"(?:[^\s();\"]++|{QUOTED}|\")++"

# RFC 5321, 4.1.3: Snum = 1*3DIGIT
_SNUM = r"\d{1,3}+"
# RFC 5321, 4.1.3: IPv4-address-literal = Snum 3("." Snum)
IPV4 = rf"{_SNUM}\.{_SNUM}\.{_SNUM}\.{_SNUM}"
# RFC 5321, 4.1.3: IPv6-addr; RFC 6874 adds a zone id (`fe80::1%2`), Exchange writes it.
IPV6 = r"(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{2,40}+(?:\.\d{1,3}+\.\d{1,3}+\.\d{1,3}+)?+(?:%[\w.]{1,16}+)?+"

# RFC 5321, 4.1.2: sub-domain = Let-dig [Ldh-str]; Domain = sub-domain *("." sub-domain)
# Underscores and a final dot are common in host names; other bytes are internationalised names (RFC 6531).
HOST = r"[A-Za-z0-9_\x80-\xff](?:[\w.\x80-\xff-]{0,253}+)"

# RFC 5321, 4.1.2: Path = "<" [ A-d-l ":" ] Mailbox ">"
PATH = r"<[^<>\r\n]{0,600}+>"

# RFC 5321, 4.4: From-domain, By-domain, Opt-info = [Via] [With] [ID] [For] [Additional-Registered-Clauses]
KEYWORDS = ("from", "by", "via", "with", "id", "for")

# RFC 5322, 3.3: day-name and month
DAY_NAME = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}+"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}+"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
