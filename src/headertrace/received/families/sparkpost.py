"""SparkPost: Momentum's form under its own names."""

from __future__ import annotations

from headertrace.received.families.family import Family

SPARKPOST = Family(
    name="sparkpost",
    domains=("e.sparkpost.com", "sparkpostmail.com"),
)
