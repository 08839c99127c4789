"""ZMailer: `from rdns ([ip]:port "EHLO helo" rhost-flags-OK...) by host with ESMTP id S237869...`."""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family
from headertrace.vocabulary import NetworkReason

ZMAILER = Family(
    name="zmailer",
    id=r"S\d{4,9}[A-Za-z0-9]{5,10}",
    bare_name=BareName.BOTH,
    remarks=(
        ("flags", r'(?:ident|whoson|smtp-auth|tls-cipher|tls-peer): (?:"[^"]{0,200}+"|<[^<>]{0,200}+>)'),
    ),
    network={r"via listexpand": NetworkReason.LIST_EXPANSION},
)
