"""ZMailer: `from rdns ([ip]:port "EHLO helo" rhost-flags-OK...) by host with ESMTP id S237869...`."""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family
from headertrace.vocabulary import NetworkReason

ZMAILER = Family(
    name="zmailer",
    id=r"S\d{4,9}[A-Za-z0-9]{5,10}",
    bare_name=BareName.BOTH,
    address_first=True,
    remarks=(
        ("auth", r'smtp-auth: "(?P<user>[^"]{1,200}+)"'),
        (
            "tls",
            r'tls-cipher: "(?P<cipher>[\w-]{1,80}+) keybits (?P<bits>\d{1,5}+(?:/\d++)?+) '
            r'version (?P<version>[\w./]{1,20}+)"',
        ),
        (
            "flags",
            r"(?:ident|whoson|smtp-auth|tls-cipher|tls-peer(?:-\w{1,8}+)?+): "
            r'(?:"[^"]{0,200}+"|<[^<>]{0,200}+>)',
            "id wh sm tl",
        ),
        # What it turned a body into, and for how many more it expanded a list.
        ("conversion", r"convert rfc822-to-(?:8bit|quoted-printable)\b"),
        ("several-recipients", r"\+ \d++ others?(?=\s*+\))", "+"),
    ),
    network={r"via listexpand": NetworkReason.LIST_EXPANSION},
)
