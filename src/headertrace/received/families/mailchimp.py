"""Mailchimp and Mandrill."""

from __future__ import annotations

from headertrace.received.families.family import Family

MAILCHIMP = Family(
    name="mailchimp",
    software=r"Mailchimp|Mandrill.*",
    by=r"(?:.*\.)?(?:mcsv|mcdlv|rsgsv|mandrillapp|mailchimp)\.(?:net|com)",
)
