"""FortiMail: sendmail's form; its AUTH hops say `user=... mech=...`."""

from __future__ import annotations

from headertrace.received.families.family import Family

FORTIMAIL = Family(
    name="fortimail",
    software=r"FortiMail.*",
    by=r"(?:.*\.)?fortimail(?:\..*|\d*)",
    # sendmail's id twice: of the session and of the message
    id=r"\w{8}\d{6}-\w{8}\d{6}",
    greets=False,
)
