"""qmail-ldap: qmail's form with the version behind BY."""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

QMAIL_LDAP = Family(
    name="qmail-ldap",
    software=r"qmail-ldap\S*",
    bare_name=BareName.BOTH,
)
