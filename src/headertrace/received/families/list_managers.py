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
        # its name until 2000
        protocol=r"ecartis|listar",
        by=r"ecartis\b.*",
        lead=r"ecartis.*",
        network={r"with (?:ecartis|listar)": NetworkReason.LIST_EXPANSION},
    ),
    # LSMTP is LISTSERV's own delivery program.
    Family(
        name="listserv",
        software=r"LISTSERV.*|LSMTP.*",
        lead=r"listserv.*",
        network={r"with spool": NetworkReason.LIST_EXPANSION},
    ),
    Family(name="lyris", software=r"Lyris.*"),
    # Debian's and GNU's bug tracker: which address took a message, and whom it is handed to.
    Family(
        name="debbugs",
        lead=r"at (?:submit|control|\d+(?:-\w+)?)",
        domains=("bugs.debian.org", "debbugs.gnu.org"),
        remarks=(
            ("debbugs", r"at (?:submit|control|\d++(?:-\w{1,20}+)?+)(?=\s*+\))"),
            ("debbugs", r"id=[A-Z]\d*+\.\d++(?!\S)"),
            ("debbugs", r"code [A-Z](?: ref -?\d++)?+(?=\s*+\))"),
        ),
    ),
    Family(
        name="smartlist",
        software=r"SmartList.*",
        lead=r"smartlist.*",
        network={r".*": NetworkReason.LIST_EXPANSION},
    ),
)
