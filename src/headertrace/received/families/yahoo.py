"""Yahoo: `from rdns (EHLO helo) (ip) by mta.mail.yahoo.com with SMTP`, and today's Hermes servers."""

from __future__ import annotations

from headertrace.received.families.family import BareName, Family

YAHOO = Family(
    name="yahoo",
    software=r"(?:Oath|VZM|Yahoo)?.*\bHermes SMTP Server.*",
    protocol=r"NNFMP",
    domains=("yahoo.co.jp", "yahoo.com", "yahoo.net"),
    bare_name=BareName.BOTH,
    # Its machines hand on what came in (`pod-id NONE with HTTPS`); a browser is told by HTTP.
    inside=r"https",
)
# Its frontends of today write `from IP (EHLO helo) by IP with SMTPs`, no id: what stands behind the mark of
# the greeting is the client's word, whatever brackets it closes.
YAHOO_FRONTEND = Family(
    name="yahoo",
    shape=r"(?-i:SMTPs) - \+0000 [\s)\]]",
    address_first=True,
)
