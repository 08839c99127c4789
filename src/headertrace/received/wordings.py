"""How servers word what they tell in comments: one table, a row for each kind of remark.

A row is a kind, a pattern whose named groups are the values in it, and, where the pattern's own first two
letters do not tell, what it can begin with: letters, pairs of letters and ranges of letters, parted by blanks.
A row of which neither tells is tried everywhere. A row's kind and its groups' names are the kinds of the parts
that come back; a row without a kind has values only.
"""

from __future__ import annotations

from headertrace.received.grammar import DAY_NAME, HOST, IPV4, IPV6, MONTH

Wording = tuple[str, str] | tuple[str, str, str]

_LITERAL = rf"(?:IPv6:)?+(?P<address>{IPV4}|{IPV6})"
_PORT = r"(?:[:.](?P<port>\d{1,5}+)(?![\w.]))?+"
# A mailbox as servers print it without angle brackets: no blanks, one @.
_MAILBOX = r"[^\s()<>\[\],;@]{1,128}+@[^\s()<>\[\],;@]{1,255}+"

# What no address begins with, be it blanked: a session's name in brackets behind a mailbox (Alibaba's webmail)
_NO_ADDRESS = r"(?!IPv6:)[g-wyz]"
# A user before an @: looked for first, as most words have none.
_AT = r"(?=[^\s()\[\],;=@]*+@)"

# A user before an @: asked first, and only where a comment holds one, as hardly any does.
USERS: tuple[Wording, ...] = (
    # Yahoo's qmail: the user before the address logged in
    ("", rf"(?P<ident>(?P<user>[^\s()@\[\],;=]{{1,128}}+))@(?P<address>{IPV4}) with (?P<mechanism>login|plain|cram-md5|xymcookie)\b"),
    # RFC 1413 user before the address: qmail `(user@1.2.3.4)`, `(user@domain@[1.2.3.4])`
    ("", rf"{_AT}(?:IDENT:)?+(?P<ident>[^\s()\[\],;=]{{1,128}}?)@\[?+(?P<address>{IPV4}(?!\.?[\w-])|{IPV6}(?![\w.-]))(?::(?P<port>\d{{1,5}}+)(?!\d))?+\]?+"),
    ("", rf"(?:IDENT:)?+(?P<ident>[^\s()@\[\]]{{1,128}}+)@(?P<name>(?![\d.]++\s*+\[){HOST})(?=\s++\[)"),
    # Alibaba's webmail: who is logged in, and the session or the address, without a blank before it
    ("user-name", rf"[^\s()@\[\]]{{1,128}}+@{HOST}(?:(?=\[(?:{IPV4}|{IPV6})\])|\[{_NO_ADDRESS}[^\s()\[\]]{{1,120}}+\])"),
    ("local-user", rf"(?:IDENT:)?+[^\s()@\[\]<>=]{{1,128}}+@{HOST}(?=\s*+\))"),
)  # fmt: skip

# Kinds that are values of a Hop. Order: what is commonest first where no other row could take it.
VALUES: tuple[Wording, ...] = (
    # Critical Path's version, which would be an address but for its leading zero
    ("software", r"\d\.\d\.0\d\d(?:\.\d{1,3}+){0,2}+(?=\))", "0-9"),
    # RFC 5321, 4.1.3: address-literal; `[1.2.3.4]:25`, Momentum `[1.2.3.4:25]`, old Exim `[1.2.3.4.25]`,
    # Outblaze `[192.0.2.1/24]`, Java `/1.2.3.4`, Exchange without brackets, its ancestor `NAME - 1.2.3.4`.
    ("", rf"@?+\[\s*+{_LITERAL}{_PORT}(?:/\d++)?+\s*+\]{_PORT}", "@ ["),
    ("", rf"(?<![\w.@=])(?:- )?+/?+{_LITERAL}{_PORT}(?![\w.@/-])", "0-9 a-f ip : / -"),
    # tcpserver, where the client's machine answered its question for the user with none
    ("", rf"(?<=\()@(?P<address>{IPV4}|{IPV6})(?=\s*+\))", "@"),
    ("client-ip", rf"(?:ip|addr|client-ip)[=:]{_LITERAL}(?![\w.-])", "ip ad cl"),
    # Courier
    ("", rf"IDENT:\s++(?P<ident>[^\s()\[\],;@]{{1,128}}+)(?:,\s++(?P<name>{HOST})(?=\s*+\[)|(?=,\s*+\[))"),
    # PMDF and its descendants tell the port as a user: `("port 49152"@host [192.0.2.1])`
    ("", rf'"port (?P<port>\d{{1,5}}+)"@(?:(?P<name>{HOST})(?=\s*+\[)|(?=\[))'),
    # RFC 5321, 4.1.1.1: the greeting, told where it differs from the name that was looked up; the quotes of
    # Postfix's comment on a certificate close none
    ("", r'"(?:EHLO|HELO)\s++(?P<helo>(?:[^"(]|\((?!Client\sCN)){0,255}+)"', '"'),
    # Obtuse smtpd and its descendants
    ("claim", r'claiming to be "(?P<helo>[^"]{0,255}+)"'),
    ("", r"(?<![\w-])(?:helo|ehlo|lhlo)=(?P<helo>[^\s()]{1,255}+)", "he eh lh"),
    # RFC 2033, 4.1: a client of LMTP greets with LHLO
    ("lhlo", r"(?<=\()lhlo\s++(?P<helo>[^\s()]{1,255}+)(?=\s*+\))"),
    ("", r"(?<=\()\s*+(?:helo|ehlo|lhlo)\s++(?P<helo>[^\s()][^()]{0,253}?)(?=\s*+\))", "he eh lh"),
    ("", r"(?<![\w-])(?:helo|ehlo|lhlo)\s++(?P<helo>[^\s()]{1,255}+)", "he eh lh"),
    # Nothing, or a comment of the client's own
    ("greeting", r"(?<![\w-])(?:helo|ehlo|lhlo)=?(?=\s*+[()])", "he eh lh"),
    ("", r"(?<![\w-])ident=(?P<ident>[^\s()]{1,128}+)"),
    ("", r"(?<![\w-])port(?:[=:]|\s)\s*+(?P<port>\d{1,5}+)\b"),
    # What the server says about the reverse name
    ("may-be-forged", r"may be forged\b"),
    ("failed", r"rdns failed\b|softdnserr\b|[<\[]?+unknown(?:[._]domain|host)?+[>\]]?+(?=[\s,)\[]|\Z)|host_?not_?found\b|no[. _-]rdns\b", "rd so un < [ ho no"),
    # MailChannels: `([TEMPUNAVAIL]. [192.0.2.1])`
    ("failed", r"no\.name\.available\b|unresolved\b|nodns\b|\[(?:temp)?unavail(?:able)?\]\.", "no un ["),
    ("unverified", r"(?:dns\s)?(?:un-?|not )verified\b", "dn un no"),
    ("verified", r"(?<!issuer[ ])verified(?=\s*+[,)])"),
    # TLS: Postfix, sendmail and Google, Exim, Exchange, CommuniGate, IronPort, messagelabs
    ("", r"using\s++(?P<version>[\w./]{1,20}+)\s++with\s++cipher\s++(?P<cipher>[\w-]{1,80}+)(?:\s++\((?P<bits>\d{1,5}+(?:/\d++)?+)\s++bits\))?+"),
    ("", r"(?<![\w-])version(?:=|\s)(?P<version>(?:TLS|SSL|unknown|none)[\w./\\]{0,20}+)"),
    ("", r"cipher\s(?P<version>[\w.-]{1,12}+):(?P<cipher>[\w-]{1,80}+):(?P<bits>\d{1,5}+)"),
    ("", r"(?<![\w-])cipher(?:=|\s)(?P<cipher>[\w+-]{1,80}+)(?:\s\((?P<bits>\d{1,5}+)\sbits\))?+"),
    ("", r"(?<![\w-])bits(?:=|\s)(?P<bits>\d{1,5}+(?:/\d++)?+)"),
    ("", r"using (?P<version>TLSv?[\d.]++|SSLv\d)(?=\s*+\))"),
    ("", r"(?P<version>(?:TLS|SSL)[\w.-]{0,10}+|UNKNOWN):(?P<cipher>[\w+-]{1,80}+)(?::(?P<bits>\d{1,5}+))?+", "tl ss un"),
    ("tls", r"(?:using\s)?(?:TLS|SSL):\s*+(?P<version>[\w./]{1,20}+),\s*+(?:(?P<bits>\d{1,5}+)bits,\s*+)?+(?P<cipher>[\w-]{3,80}+)", "us tl ss"),
    # RFC 8314, 4.3: tls-cipher-clause and tls-dh-group-clause
    ("tls", r"(?<![\w-])tls\s++(?P<cipher>TLS_[A-Z0-9_]{3,80}+)(?:\s++group\s++[\w-]{1,40}+)?+"),
    ("tls-detail", r"(?P<cipher>(?:[A-Z0-9]{2,12}+[-_]){1,9}+(?:SHA|MD5|GCM|POLY1305|CBC3?|RC4|AES)[A-Z0-9-]*+)\s++encrypted\b", "0-9 a-z"),
    ("", r"(?P<cipher>(?:[A-Z0-9]{2,12}+-){1,7}+(?:SHA\d*+|MD5|POLY1305))(?![\w-]|\.\w)", "0-9 a-z"),
    ("", r"(?P<cipher>TLS_[A-Z0-9_]{3,80}+)(?![\w-]|\.\w)", "tl"),
    ("", r"(?P<version>TLS[v-]?[1-3](?:[._]\d)?+|SSLv[23])(?![\w.:/-])", "tl ss"),
    # MeTA1; Oracle and others tell the version as a word of its own
    ("tls", r"tls=(?P<version>(?:TLS|SSL)v?[\d.]{1,5}+(?:/SSLv\d)?+)"),
    ("", r"(?P<version>(?:TLS|SSL) v?[1-3]\.\d)(?![\w.:/-])", "tl ss"),
    ("tls", r"(?:(?:over|using) )?(?:TLS|SSL)(?: secured channel)?\b", "ov us tl ss"),
    ("tls-detail", r"key-exchange\s++\S++(?:\s\([^()]{0,40}+\))?+"),
    ("tls-detail", r"(?:server|client)-(?:signature|digest)\s++[^\s()]++(?:\s\([^()]{0,60}+\))?+", "se cl"),
    ("tls-detail", r"verify(?:=|\s)[\w.-]{1,20}+|verified\s(?:no|ok)\b|encrypted\b|sni=\S++|(?:not\s)?validated\b", "ve en sn no va"),
    ("tls-detail", r"curve \S++ with \d++ ECDH bits, eq\. \d++ bits RSA|subject=\"[^\"]{0,300}+\"", "cu su"),
    ("client-certificate", r"no client certificate (?:requested|present)|client certificate not present|client did not present a certificate", "no cl"),
    ("client-certificate", r"client cn [^()]*+(?:\([^()]*+\)[^()]*+)*+|(?:not verified|verified ok)\b", "cl no ve"),
    ("note", r"(?:not |un)authenticated\b|not using tls\b|plain text!", "no un pl"),
    # Authentication: Postfix, sendmail, Courier, CommuniGate, CriticalPath, webmail programs, XMail, PowerMTA
    ("auth", r"authenticated sender:?+\s*+(?P<user>[^\s(),]{1,255}+)?+"),
    ("auth", r"authenticated (?:user|aid|authid)=(?P<user>[^\s()]{1,255}+)(?: bits=\d++)?+"),
    ("auth", r"authenticated (?:bits=\d++|\(\d++ bits\))"),
    ("auth", r"(?:\w{1,20}+\s)?authenticated\s(?:as|user|by|from|using)\s++(?P<user>[^\s()]{1,255}+)"),
    # sqwebmail
    ("auth", r"auth\. user (?P<user>[^\s()]{1,255}+)"),
    ("auth", r"authenticated:?+\s(?P<user>[^\s()@]{1,255}+@[^\s()]{1,255}+)"),
    ("auth", r"authenticated\b(?:\s(?:user|sender|client|relay))?+"),
    # Runbox
    ("auth", r"[\[]authenticated (?:id|alias) \((?P<user>[^\s()]{1,255}+)\)\]", "["),
    # Mirapoint
    ("auth", r"(?<=\()auth (?P<mechanism>login|plain|cram-md5)(?: (?P<user>[^\s()]{1,255}+))?+(?=\s*+\))"),
    ("auth", r"(?<=\()auth (?:user=)?+(?P<user>[^\s()=]{1,255}+)(?=\s*+\))"),
    ("auth", rf"auth:\s*+(?P<user>{_MAILBOX})"),
    ("auth", r"auth:\s*+(?P<mechanism>[\w-]{1,20}+)(?:\s++(?P<user>[^\s(),]{1,255}+))?+"),
    ("auth", r"smtp-auth\suser(?:name)?+\s(?P<user>[^\s(),]{1,255}+)(?:,\s*+mechanism\s(?P<mechanism>[\w-]++))?+"),
    ("auth", r"as user (?P<user>[^\s()]{1,255}+)"),
    ("auth", r"(?<=\()user (?P<user>[a-z][^\s()\[\]:]{0,255}+)(?=\s*+\))"),
    ("auth", rf"auth=(?:(?P<mechanism>[\w-]{{1,20}}+):)?+(?P<user>{_MAILBOX})"),
    ("auth", r"auth=(?:yes|(?P<mechanism>[\w-]{1,20}+))(?:\suser=(?P<user>[^\s(),]{1,255}+))?+"),
    ("auth", r"account\s++<?+(?P<user>[^\s()<>\"]{1,255}+)>?+"),
    ("auth", r"user=(?P<user>[^\s(),]{1,255}+)(?:,?\s++mech(?:anism)?=(?P<mechanism>[\w-]++))?+(?:\s(?:bits=\d++|\(\d++ bits\)))?+"),
    ("auth", r"with\s(?P<mechanism>login|plain|cram-md5|digest-md5|xymcookie)\b"),
    # Envelope
    ("envelope", r"(?:return-path|(?:envelope )?sender)[:=\s]\s*+<(?P<envelope_from>[^<>]{0,512}+)>", "re en se"),
    ("", r"envelope-(?:from|sender)[:=\s]\s*+<(?P<envelope_from>[^<>]{0,512}+)>"),
    ("", r"envelope-(?:from|sender)[:=\s]\s*+(?P<envelope_from>[^\s()<>,;@]{1,128}+@[^\s()<>,;]{1,255}+)"),
    ("envelope", r"envelope-from(?=\s*+\))|envelope-to(?: <[^<>]{0,512}+>)?+(?=\s*+\))", "en"),
    # sendmail's submission of FreeBSD tells the user's name alone
    ("", r"envelope-from (?P<envelope_from>[^\s()<>@]{1,64}+)(?=\s*+\))"),
    ("envelope", r'envelope(?:-|\s)from "<?+(?P<envelope_from>[^"<>]{0,512}+)>?+"'),
    ("envelope", rf"(?<=\()sender (?P<envelope_from>{_MAILBOX})"),
    # Alibaba's aliyun-inc.com
    ("envelope", rf"mailfrom:(?P<envelope_from>{_MAILBOX})"),
    ("fingerprint", r"(?:fp|cluster):[^\s()]{1,80}+", "fp cl"),
    # sendmail of Sun and of the IDA kit, behind its version
    ("recipient", r"for\s++<++[^<>]{0,320}+>++(?=\s*+\))"),
    ("recipient-type", r"ORCPT\s++(?:<?rfc822;[^\s()<>]++>?|[^\s()]++)"),
)  # fmt: skip

# Kinds that no attribute holds: understood, kept as remarks.
REMARKS: tuple[Wording, ...] = (
    # qmail's processes, and those of its heirs: Critical Path's cpmta, KoruMail, Sendio
    ("qmail", r"[a-z][\w+-]{3,19}+ \d++ (?:messnum \d++ )?invoked (?:by|from|for) [^()]{1,120}+", "a-z"),
    ("local-sender", r"(?<=\()from [^\s()]{1,255}+(?=\s*+\))"),
    ("user-id", r"from userid \d++|(?:from )?uid(?:=|\s)\d++", "fr ui"),
    ("scanner", r"(?:uvscan|clamdscan|clamav|clamscan|clamuko|f-prot|sophie|spamassassin|perlscan|avp|hbedv|sweep|clear|processed in)(?![\w-]|\.\w|\s*+\[)[^()]*+(?:\([^()]*+\)[^()]*+)*+", "uv cl f- so sp pe av hb sw pr"),
    ("scanner", r"AVG SMTP [\d.]++ \[[^\[\]]{0,60}+\]"),
    ("fetch", r"(?:single-drop|multi-drop)(?![\w-]|\.\w)", "si mu"),
    ("flags", r"rhost-flags-[A-Z-]{2,40}+"),
    ("google", r"google transport security"),
    # Rackspace's webmail, behind the user
    ("sender", rf"from: {_MAILBOX}(?=\s*+\))"),
    ("link", r"over (?:smtp|lmtp|submission(?:\+tls)?+)\b"),
    ("origin", r"nje origin [^\s()]++"),
    # The field's own name, where a whole line was passed on
    ("field-name", r"received:(?=\s*+\Z)"),
    # The instance that took the message, as Windows prints its numbers (Red Condor)
    ("instance", r"\{[0-9a-f-]{36}\}", "{"),
    # A date without a semicolon before it may have this word in its place.
    ("at", r"(?:at|on)(?=\s*+\Z)", "at on"),
    # RFC 2156, 4.4.2: the X.400 domain of a gateway's MTA, and what it did
    ("x400", r"in /[^\s;]{1,200}+|(?:relayed|rerouted|expanded|redirected)\b", "in re ex"),
    # A firewall's smtpd tells where it hands on.
    ("next-hop", r"for [^\s()\[\]]{1,255}+ \[[^\s()\[\]]{1,64}+\](?=\s*+\))"),
    ("misconfigured", r"misconfigured sender"),
    # InterMail marks the address that it saw behind a greeting that is another one.
    ("note", r"really(?=\s*+\[)"),
    # RFC 6710: a registered clause
    ("priority", r"priority [+-]?\d(?!\S)"),
    # AT&T tells who completed a message
    ("note", r"added by [^\s()]{1,255}+(?=\s*+\))"),
    ("redacted", r"<>|<unavailable>|x{3,64}+(?:\.x{2,64}+)*+(?:\.[a-z]{2,8}+)?+(?![\w.-])", "< xx"),
    ("redacted", r"\[(?:|masked|redacted|removed|hidden|(?=[\d.]*+[x#*?])[x#*?\d]{1,3}(?:\.[x#*?\d]{1,3}){3})\]", "["),
    ("count", r"\d{1,9}+(?=\s*+\))", "0-9"),
)  # fmt: skip

# Outside the client's comments: NetMail's user who logged in stands between the greeting and the address.
CLIENT_OUTSIDE: tuple[Wording, ...] = (("user-name", rf"[^\s()@\[\]<>=]{{1,128}}+@{HOST}(?=\s*+\[)"),)
# In the client's comments, before all else: a looked-up name like `user=root.evil.example`. Whoever holds an
# address chooses its name; what a server tells in that form before the address is left to the other rows.
LOOKED_UP: tuple[Wording, ...] = (
    ("", rf"(?<=\()(?!(?:helo|ehlo|lhlo|ident|port)=)(?P<name>[\w.-]{{1,253}}+=[\w.=-]{{1,253}}+)(?=\s*+\[(?:IPv6:)?+(?:{IPV4}|{IPV6})\])", "0-9 a-z _"),
)  # fmt: skip
# In the client's comments: the name that the server looked up.
CLIENT_INSIDE: tuple[Wording, ...] = (
    # Exim before 4 and smail wrote the RFC 1413 user as a comment of its own behind the address.
    (
        "ident-word",
        r"(?:(?<=\][ \t]\()|(?<=\]\n[ \t]\()|(?<=\]\r\n[ \t]\()"
        r"|(?<=\][ \t]\n[ \t]\()|(?<=\][ \t]\r\n[ \t]\())\w{1,32}+(?=\))",
    ),
    # NJE: the user's id, of eight letters, glued to the node (`from VM1(MAILER) by`)
    ("local-user", r"(?-i:(?<=[A-Z0-9]\()[A-Z0-9@#$]{1,8}(?=\)))"),
    # Spamware that fills its template wrongly writes the date where the address belongs.
    ("date", rf"\[?{DAY_NAME},? \d{{1,2}} {MONTH} \d{{4}} [\d:]{{5,8}}+(?: [+-]\d{{4}})?\]?", "[ mo tu we th fr sa su"),
    # Java prints an address behind the name that was looked up for it, empty where there was none.
    ("", rf"(?<=\()(?P<name>{HOST})/(?P<address>{IPV4}|{IPV6})(?=\))"),
    ("", rf"(?:(?<=\()|(?<=[(\]][\s])|(?<=\]))(?P<name>{HOST})(?=\s*+[\[)(,]|\s++(?:{IPV4}|ipv6:|{IPV6}|may be|helo=|port=|un?verified|verified))"),
)  # fmt: skip
# In the recording server's comments: its own names.
SERVER_INSIDE: tuple[Wording, ...] = (
    ("server-name", rf"\.?+{HOST}(?=\s*+\[)"),
    ("server-name", r"(?:[\w-]{1,63}+\.){1,9}+[A-Za-z]{2,24}+(?=\))|localhost(?=\))"),
)
