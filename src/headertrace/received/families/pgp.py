"""PGP Universal (Symantec Encryption Management): `by host (PGP Universal service)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

PMG_UNIVERSAL = Family(
    name="pgp",
    software=r"PGP Universal.*",
    greets=False,
)
