"""Exim.

`from rdns ([ip] helo=HELO) by host with esmtp (Exim 4.96) id 1pABCD-0001-Xx`; no greeting means
that both names are equal.
"""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family
from headertrace.vocabulary import NetworkReason

EXIM = Family(
    name="exim",
    # Gmane's gateway calls its own so
    software=r"(?:running |\w+/|gm)?exim\b.*",
    id=r"[0-9A-Za-z]{6}-[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{6}-[0-9A-Za-z]{11}-[0-9A-Za-z]{4}",
    bare_name=BareName.BOTH,
    address_first=True,
    tells_clients=True,
    network={
        r"with local.*": NetworkReason.LOCAL,
        r"with (?:sa|spam|virus|scan|av)[\w-]*(?:ed|checked|scan)?": NetworkReason.LOCAL_FILTER,
    },
    remarks=(
        # freenet.de tells who logged in behind the protocol.
        ("auth", r"(?<=\()id (?P<user>[^\s()<>@]{1,128}+@[^\s()<>@]{1,255}+)(?=\s*+\))"),
        # The group of the key exchange, behind a cipher's bits
        ("tls-detail", r":(?:X25519|X448|SECP|FFDHE)[\w-]{0,24}+(?=\s*+\))", ":"),
    ),
)
