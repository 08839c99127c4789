"""Programs that expand lists of recipients and hand on what they expanded."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

LIST_MANAGERS: tuple[Family, ...] = (
    Family(name="mailman", software=r"Mailman.*"),
    Family(
        name="majordomo",
        software=r"majordomo.*",
        by=r"majordomo\b.*",
        lead=r"majordomo.*",
        network={r".*": NetworkReason.LIST_EXPANSION},
        remarks=(
            (
                "list",
                r"(?:majordomo|ecartis|smartlist|listserv)(?:@[\w.-]++)?+(?=\s*+(?:\)|\Z))",
                "ma ec sm li",
            ),
        ),
    ),
    Family(
        name="ecartis",
        software=r"ecartis.*",
        protocol=r"ecartis",
        by=r"ecartis\b.*",
        lead=r"ecartis.*",
        network={r"with ecartis": NetworkReason.LIST_EXPANSION},
    ),
    # LSMTP is LISTSERV's own delivery program.
    Family(
        name="listserv",
        software=r"LISTSERV.*|LSMTP.*",
        lead=r"listserv.*",
        network={r"with spool": NetworkReason.LIST_EXPANSION},
    ),
    Family(name="lyris", software=r"Lyris.*"),
    Family(
        name="smartlist",
        software=r"SmartList.*",
        lead=r"smartlist.*",
        network={r".*": NetworkReason.LIST_EXPANSION},
    ),
)
