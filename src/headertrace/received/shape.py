"""The commonest shape of a Received field as one pattern: which parts are there, and where.

It knows no meaning: the clauses of RFC 5321, section 4.4, stand where servers put them, and every
note in parentheses is kept whole, as what it says is for the rules to know. Nothing that stands in it may
be taken for another part: what has escapes, or brackets in an id, is no common field.
"""

from __future__ import annotations

import re

# Sets are spelled out: with ``\d``, ``\w`` or ``\s`` in one the whole pattern takes an eighth longer.
_WORD = "A-Za-z0-9_"
_HEX = "0-9A-Fa-f"
# What counts as a blank in ASCII: ``\s`` under re.ASCII, which is quicker, leaves out the separators.
_BLANK = r" \t-\r\x1c-\x1f"
# No name at such a place: a keyword opens the next clause. Its first letter alone excludes most names.
_NO_KEYWORD = rf"(?!(?=[BbFfIiVvWw])(?i:from|by|via|with|id|for)[{_BLANK};()\[<])"
_HOST = rf"(?=[0-9.-]*+[A-Za-z_])[{_WORD}][{_WORD}-]*+(?:\.[{_WORD}-]++)*+"
# The rules know no longer one of a client (RFC 1035, section 2.3.4: 253 characters as text).
_NAME = rf"(?![{_WORD}.-]{{254}}){_HOST}"
# What stands after FROM and names no client: a look-up that was not made, a process of the server itself.
_NOBODY = (
    r"(?!(?=[CcDdHhNnPpRrSs])(?i:no\.name\.available|nodnsquery|spool(?:er|dir)|stdin"
    r"|(?:conversion|process|reprocess|defragment|hold)-daemon)\s)"
)
_IPV4 = r"\d{1,3}+\.\d{1,3}+\.\d{1,3}+\.\d{1,3}+"
_IP = rf"{_IPV4}|[{_HEX}]{{1,4}}+:[{_HEX}:]{{2,35}}+(?:%\w{{1,8}}+)?+|::1"
# Courier writes IPv4 so, but in brackets only.
_MAPPED = rf"::[Ff]{{4}}:{_IPV4}"
_USER = rf"[^{_BLANK}()\[\]<>,;:=@\\]{{1,128}}+"
# Two groups: the null sender is there although nothing stands in it.
_PATH = "(?P<{0}_open><)(?P<{0}>[^<>()\\\\" + _BLANK + "]{{0,512}}+)>"
_CLIENT = rf"""
    (?: \( (?:(?:(?:IDENT:)?+(?P<ident>{_USER})@)?+(?P<rdns>{_NAME})(?P<dot>\.)?+\s++
              | (?P<ip_again>{_IP})\s++ | (?:IDENT:)?+(?P<ident2>{_USER})@)?+
           \[(?(ident)|(?(ident2)|(?:IPv6:)?+))(?P<ip>{_IP}|{_MAPPED})\] (?::(?P<port>\d{{1,5}}+))?+
           (?:\s++helo=(?P<helo>[^{_BLANK}()"@\\]{{1,255}}+))?+ (?:\s++ident=(?P<ident3>{_USER}))?+
           (?P<status>\s++(?:\(may\s++be\s++forged\)|unverified|RDNS\s++failed))?+ \)
      | \((?:HELO|(?P<ehlo>EHLO))\s++(?P<helo2>[^{_BLANK}()\\]{{1,255}}+)\)\s*+
        \((?:(?P<ident4>{_USER})@)?+(?P<bracket>\[)?+(?P<ip2>{_IP})(?(bracket)\])\)
      | \((?:port=(?P<port2>\d{{1,5}}+)\s++)?+helo=(?P<helo3>[^{_BLANK}()"@\\]{{1,255}}+)\)
      | \(port=(?P<port3>\d{{1,5}}+)\)
      | \((?:(?P<ident5>{_USER})@|(?P<slash>/))?+(?P<ip3>{_IP})\)
      | \((?:(?P<local_user>{_USER}@{_NAME})|(?P<word>unknown|localhost|unverified)
            |(?P<local_name>{_NAME})\s++\[local\])\)
      | \[(?P<ip4>{_IP})\]
    )"""
_CLIENT_NOTE = (
    r"(?:\((?:[Uu]sing\s|No\s++client|Client\s++did|Authenticated\s++sender|authenticated\b)"
    r"[^()\\]*+(?:\([^()\\]*+\)[^()\\]*+)*+\)|named\s++unknown)"
)
# Google and qmail write question marks where a greeting had brackets.
_FROM = rf"""
    from\s++(?:(?P<pickup>mail\s++pickup\s++service)
      | (?P<from_name>(?P<nameless>(?i:unknown)(?=\s))
          | \[(?:IPv6:)?+(?P<ip0>{_IP})\] | (?P<bare>{_IPV4})(?=\s)
          | {_NO_KEYWORD}{_NOBODY}[{_WORD}-]++(?:\.[{_WORD}-]++)*+(?P<dotted>\.++)?+
          | (?P<mailbox>[{_WORD}.+-]++@[{_WORD}.-]++) | (?P<masked>\?[{_WORD}.:-]{{1,64}}+\?))
        (?:\s++{_CLIENT})?+ (?:\s++\(envelope-sender\s++{_PATH.format("sender")}\))?+
        (?P<client>(?:\s++{_CLIENT_NOTE})*+) )"""
_NOTE = (
    r"\((?![Hh][Ee][Ll][Oo]|[Ee][Hh][Ll][Oo]|envelope)"
    r"[^()\\]*+(?:\([^()\\]*+\)[^()\\]*+)?+\)"
)
_BY = rf"""
    by\s++(?P<by>(?P<forcepoint>Forcepoint(?=\s++Email\s)) | (?P<literal>{_IP})(?=[{_BLANK};])
      | {_NO_KEYWORD}{_HOST}\.?+ | \d++(?=[{_BLANK}]))(?(forcepoint)\s++Email)
    (?:\s++\((?:(?P<own_name>[{_WORD}.-]++)\s++(?=\[))?+\[?+(?P<by_ip>{_IP})\]?+\))?+
    (?P<by_notes>(?:\s++{_NOTE})*+)"""
# What IBM's gateways say behind the protocol; they write the sender behind the recipient, and never leave out
# the client or the recipient: without them that sender would be taken for another part.
_BANNER = r"\s++Gateway:\s++Authorized\s++Use\s++Only!\s++Violators\s++will\s++be\s++prosecuted"
_WITH = rf"""
    with\s++(?P<with>Microsoft\s++SMTPSVC(?:\([0-9.]++\))?+
      | Microsoft\s++SMTP\s++Server | Internet\s++Mail\s++Service | (?P<ibm>IBM\s++ESMTP\s++SMTP(?=\s++G))
      | {_NO_KEYWORD}[A-Za-z0-9]++(?:/TLS/[{_WORD}-]++)?+)(?(ibm){_BANNER})
    (?P<with_notes>(?:\s++(?:{_NOTE}|tls\s++[A-Z0-9_]++|with\s++STARTTLS))*+)"""
_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_ID_TEXT = rf'[^{_BLANK}()<>\[\]\\;,"]++'
# SendGrid writes no semicolon behind its id; a word that looks like a date would be taken for one there.
_CLOSING = rf"(?P<closing>(?=[{_WORD}-]++\s++(?:{_DAY},\s|\d{{4}}-)))?+"
_ID = rf"(?:id|ID)\s++{_NO_KEYWORD}{_CLOSING}(?:<(?={_ID_TEXT}>)|(?!{_ID_TEXT}>))(?P<id>{_ID_TEXT})>?+"
_VIA = rf"via\s++(?P<via>{_NO_KEYWORD}[A-Za-z][{_WORD}-]*+(?:\s++Transport)?+)(?=[{_BLANK};])"
_MAILBOX = (
    rf"{_NO_KEYWORD}(?!(?=[MmRrUu])(?i:unknown|recipients|undisclosed|multiple)|\.\.\.)"
    rf'[^{_BLANK}<>()\[\]\\",;=@]{{1,128}}+(?:@[^{_BLANK}<>()\[\]\\",;=@]{{1,255}}+)?+'
)
_FOR = rf"for\s++(?:<(?=[^{_BLANK}<>]++>)|(?!<|\d++[ -]))(?P<for>{_MAILBOX})>?+"
_TIME = r"\d\d?+:\d\d:\d\d(?:\.\d++)?+"
# Letters that are no month would put fields with and without a date into one make.
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = rf"""
    (?: (?: (?P<day>{_DAY},\s++)?+\d\d?+\s++{_MONTH}\s++\d{{4}}\s++{_TIME}
          | (?P<month_first>{_MONTH},\s++\d\d?+\s++\d{{4}}\s++{_TIME}(?:\s++[AP]M)?+) )\s++
        (?:(?:(?P<utc>[+-]0000)|(?P<offset>[+-]\d{{4}}))(?P<zone>\s++\([A-Za-z+-][A-Za-z0-9+-]{{0,5}}(?:\s++DST)?+\))?+
          | (?!(?:FROM|BY|VIA|WITH|ID|FOR)\b)[A-Z]{{2,4}})
      | (?P<iso>\d{{4}}-\d\d-\d\d\s{_TIME}\s[+-]\d{{4}}\sUTC\sm=[+-][0-9.]++) )"""
_LATE_FROM = (
    rf"\(envelope-from\s++(?:<(?=[^{_BLANK}<>]*+>)|(?!<))"
    rf"(?P<late_from>[^{_BLANK}<>(),;@\\]{{1,128}}+@[^{_BLANK}<>(),;@\\]{{1,255}}+)>?+\)"
)

SHAPE = re.compile(
    rf"""
    \s*+ (?P<lead>\([^()\\]*+\)\s++)?+ (?:{_FROM}\s++)?+ {_BY} (?:\s++{_WITH})?+
    (?:\s++\(envelope-from\s++{_PATH.format("path")}\))?+
    (?:\s++{_ID})?+ (?P<id_notes>(?:\s++{_NOTE})*+)
    (?:\s++\(envelope-from\s++{_PATH.format("path2")}\))?+
    (?:\s++{_VIA})?+ (?:\s++{_FOR}(?P<tail>(?:\s++{_NOTE})*+)(?(ibm)\s++from\s++{_PATH.format("path3")}))?+
    (?(ibm)(?(from_name)(?(for)|(?!))|(?!)))
    (?(closing)|\s*+;) \s++ {_DATE} (?:\s++{_LATE_FROM})?+ \s*+ \Z
    """,
    re.X | re.A,
)

# A note that stands alone: qmail's own processes, list managers.
LONE_NOTE = re.compile(
    r"(?P<absent>(?!))?+\s*+\((?P<lead>[^()]{1,400}+)\);"
    rf"\s++(?:{_DAY}, )?+\d\d?+ {_MONTH} \d{{4}} \d\d:\d\d:\d\d [+-]\d{{4}}\s*+\Z"
)
