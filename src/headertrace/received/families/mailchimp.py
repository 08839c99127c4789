"""Mailchimp and Mandrill."""

from __future__ import annotations

from headertrace.received.families.family import Family

MAILCHIMP = Family(
    name="mailchimp",
    software=r"Mailchimp|Mandrill.*",
    domains=("mailchimp.com", "mandrillapp.com", "mcdlv.net", "mcsv.net", "rsgsv.net"),
    greets=False,
    notes_peers=True,
)
