"""Amazon SES: `by a8-1.smtp-out.amazonses.com`, inbound `inbound-smtp.us-east-1.amazonaws.com`."""

from __future__ import annotations

from headertrace.received.families.family import Family

AMAZON_SES = Family(
    name="amazon-ses",
    software=r"Farcaster",
    domains=("amazonaws.com", "amazonses.com"),
    greets=False,
)
