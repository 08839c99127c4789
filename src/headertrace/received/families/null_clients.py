"""Small senders on the machine itself: sSMTP, DragonFly Mail Agent, nullmailer, msmtp."""

from __future__ import annotations

from headertrace.received.families.family import Family

SSMTP = Family(
    name="null-clients",
    software=r"sSMTP.*|DragonFly.*|nullmailer.*|masqmail.*|msmtp.*",
)
