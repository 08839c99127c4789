"""fetchmail, getmail and their kin: the recipient fetched the message from a mailbox."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

FETCHMAIL = Family(
    name="fetchmail",
    software=r"(?:fetchmail|getmail|mpop|popfile|retchmail|imapsync|mbsync|fdm(?= \d))\b(?!\.).*|getmail\d.*",
    protocol=r"getmail\b.*",
    network={r".*": NetworkReason.FETCH},
    remarks=(
        # getmail 6, behind the protocol
        ("software", r"getmail\d(?: msgid:[^\s()]{1,80}+)?+"),
        # fdm names what it fetched from: nobody logged in to the machine that writes.
        ("fetch", r'account "[^"]{0,350}+"'),
        ("note", r"unencrypted(?=\s*+\))"),
        ("fetch", r"by default(?=\s*+\))"),
    ),
)
