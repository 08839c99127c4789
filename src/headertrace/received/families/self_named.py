"""Servers, gateways and services that are told by a name and read like the rest."""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family
from headertrace.vocabulary import NetworkReason

SELF_NAMED: tuple[Family, ...] = (
    Family(name="602lan", software=r"602LAN.*"),
    # Its name holds a comma, where a server's description of itself would end.
    Family(
        name="argosoft",
        software=r"ArGoSoft.*",
        greets=False,
        remarks=(("software", r"ArGoSoft [^()]{1,100}+\([\d.]++\)"),),
    ),
    Family(name="aruba", software=r"Aruba.*"),
    Family(name="assp", software=r"ASSP.*"),
    Family(name="axigen", software=r"Axigen.*", greets=False),
    Family(name="bulk-mailer", software=r"bulk_mailer.*"),
    Family(name="chasquid", software=r"chasquid", unmarked=True),
    Family(name="cloudflare", software=r"Cloudflare.*", domains=("cloudflare-email.net",)),
    Family(name="cloudmark", by=r"cmsmtp", protocol=r"cmsmtp|bizsmtp|ME"),
    Family(name="emwac", software=r"EMWAC.*", greets=False),
    Family(name="eudora", software=r"Eudora Internet Mail Server.*|EIMS .*|WorldMail.*"),
    Family(name="expurgate", software=r"eXpurgate.*", bare_name=BareName.BOTH),
    Family(name="ezweb", software=r"EZweb Mail"),
    Family(name="f-secure", software=r"F-Secure.*"),
    Family(name="forcepoint", software=r"Forcepoint.*|TRITON.*|Websense.*", by=r"Forcepoint|Websense"),
    Family(name="ftgate", software=r"FTGate.*", remarks=(("software", r"FTGate [\d,\s]{1,40}+"),)),
    # GMX until 2009, outgoing and incoming: qmail's words, but the address without a comment
    Family(name="gmx-qmail", software=r"m[px]\d{3}", bare_name=BareName.BOTH),
    Family(name="ibm-vm", software=r"IBM (?:VM|MVS|OS/400) SMTP.*|LMail.*|Mailer R2.*"),
    Family(
        name="idea",
        software=r"IdeaSmtpServer.*",
        protocol=r"SMTP \(IdeaSmtpServer.*",
        address_first=True,
        remarks=(("socket-path", r"/usr/run/[\w./-]{1,80}+(?=\s*+\))"),),
    ),
    Family(name="imail", software=r"SMTPD(?:32)?-.*|IMail.*", greets=False),
    Family(name="james", software=r"JAMES SMTP Server.*", bare_name=BareName.BOTH),
    # Openfind
    Family(
        name="mail2000",
        protocol=r"Mail2000.*",
        remarks=(
            ("auth", r"\d++:\d++:AUTH_(?P<mechanism>LOGIN)", "0-9"),
            ("session", r"\d++:\d++:AUTH_\w{1,12}+", "0-9"),
        ),
    ),
    Family(name="mailgate", software=r"MailGate v?\d.*"),
    # Mail Avenger's asmtpd names itself nowhere; its ids are 128 bits in a base 32 of its own.
    Family(name="mailavenger", id=r"(?-i:(?=\D*+\d)[a-kmnp-z2-9]{26})"),
    Family(
        name="mailmarshal",
        software=r"(?:NetIQ )?MailMarshal.*",
        protocol=r"Trustwave SEG|(?:\w+ )?MailMarshal.*",
        id=r"(?-i:B[0-9a-f]{12,13})",
        greets=False,
        remarks=(("software", r"v\d++(?:,\s*+\d++){1,4}+", "v"),),
    ),
    Family(name="masqmail", software=r"masqmail.*"),
    Family(name="messagewall", software=r"MessageWall.*"),
    Family(name="mimedefang", software=r"MIMEDefang.*"),
    Family(name="mirapoint", software=r"MOS \d.*|Mirapoint Messaging Server.*"),
    Family(name="mx-vms", software=r"MX V\d.*"),
    # MX Logic, later of McAfee: `from NAME [192.0.2.1] (EHLO x) by host(mxl_mta-6.3.0-0)`
    Family(name="mxlogic", software=r"mxl_mta.*", address_first=True),
    # Novonyx, Novell NIMS and NetMail: the address without a comment, the user who logged in before it.
    Family(
        name="netmail",
        protocol=r"(?:Novell )?(?:NIMS|NetMail|Novonyx)\b.*",
        remarks=(
            ("software", r"\$Revision:\s*+[\d.]++\s*+\$(?: on [A-Za-z]++(?: [A-Za-z]++){0,3}+)?+", "$"),
        ),
    ),
    Family(name="ntmail", software=r"NTMail.*|GMS .*"),
    # Obtuse Systems' smtpd names its spool file; it looks the name up, and says what the client claims to be.
    Family(name="obtuse", id=r"(?-i:smtpd[\w-]{4,10})", bare_name=BareName.BOTH, address_first=True),
    # TCP/IP Services for OpenVMS
    Family(
        name="openvms",
        software=r"UCX .*|V\d\.\d-\w+",
        remarks=(("platform", r"OpenVMS V[\d.-]{1,12}+(?: (?:VAX|Alpha|IA64))?+"),),
    ),
    Family(name="post-office", software=r"Post\.Office.*"),
    Family(name="postini", software=r"Postini.*", domains=("postini.com",)),
    # It tells the address and the greeting in one comment, the account in the next.
    Family(name="qsmtpd", software=r"Qsmtpd.*", bare_name=BareName.BOTH, address_first=True),
    Family(name="richmail", software=r"RichMail.*"),
    Family(name="rockliffe", software=r"Rockliffe.*"),
    # STRATO
    Family(name="rzmta", software=r"RZmta.*"),
    Family(name="samsung", software=r"KnoxPortal|EUCPMTA"),
    Family(name="scalix", software=r"Scalix.*"),
    Family(name="securitygateway", software=r"SecurityGateway.*", id=r"SG\d{9}\.MSG"),
    Family(name="skyguard", software=r"SkyGuard.*"),
    Family(name="slimta", software=r"slimta \d.*"),
    Family(name="slmail", software=r"SL ?Mail.*", remarks=(("several-recipients", r"plus \d++ more"),)),
    # Its banner draws the two ears of a mailbox in front of the name; what it is given, it reads from stdin.
    Family(
        name="smail",
        software=r"(?:/\\\S{1,4}/\\\s{1,9}|Debian |Linux )?Smail.*",
        network={r"from stdin": NetworkReason.PICKUP},
        remarks=(
            ("size", r"\d{1,12}+ bytes", "0-9"),
            ("owner", r"owner: <[^<>]{0,512}+>"),
            ("software", r"/\\[^\s()\\]{1,4}+/\\\s{1,9}Smail[\d.]{1,20}+(?:\s{1,9}#[\d.]{1,10}+)?+", "/"),
        ),
    ),
    # TIS' firewall looks the name up (`unknown` where it finds none), and tells a greeting that differs.
    Family(name="smap", software=r"V\d(?:\.\d){1,2}(?:beta)?", bare_name=BareName.BOTH, address_first=True),
    Family(name="smartermail", software=r"SmarterMail.*"),
    Family(name="sonicwall", software=r"SonicWALL.*"),
    Family(name="spamassassin", protocol=r"SpamAssassin", network={r".*": NetworkReason.LOCAL_FILTER}),
    Family(name="spamtitan", software=r"SpamTitan.*"),
    Family(name="strongmail", software=r"StrongMail.*"),
    Family(name="surgemail", software=r"SurgeMail.*|DMail Server.*"),
    Family(name="surfcontrol", software=r"SurfControl.*"),
    Family(
        name="tessian",
        lead=r'"Tessian outbound .*',
        remarks=(("gateway", r'"Tessian (?:in|out)bound [\w:.-]{1,80}+"'),),
    ),
    Family(name="trex", software=r"trex.*", greets=False),
    Family(name="vamailarmor", software=r"VaMailArmor.*"),
    Family(name="vircom", software=r"Vircom.*"),
    Family(name="vpop3", software=r"(?:running )?VPOP3.*", remarks=(("software", r"running VPOP3"),)),
    Family(name="watchguard", software=r"WatchGuard.*"),
    Family(name="webshield", software=r"WebShield.*"),
    Family(name="wp-smtpd", software=r"WP-SMTPD", bare_name=BareName.BOTH),
)
