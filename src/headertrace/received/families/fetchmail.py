"""fetchmail, getmail and their kin: the recipient fetched the message from a mailbox."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

FETCHMAIL = Family(
    name="fetchmail",
    software=r"(?:fetchmail|getmail|mpop|popfile|retchmail|imapsync|mbsync)\b(?!\.).*",
    protocol=r"getmail\b.*",
    network={r".*": NetworkReason.FETCH},
)
