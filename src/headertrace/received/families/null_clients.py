"""Small senders on the machine itself: sSMTP, DragonFly Mail Agent, nullmailer, mini_sendmail, msmtp."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

NULL_CLIENTS = Family(
    name="null-clients",
    software=r"sSMTP.*|DragonFly.*|nullmailer.*|mini_sendmail.*|msmtp.*",
    lead=r"nullmailer pid .*",
    network={r".*": NetworkReason.PICKUP},
    remarks=(("nullmailer", r"nullmailer pid \d++ invoked by [^()]{1,80}+"),),
)
