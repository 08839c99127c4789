"""qmail-scanner and simscan: a filter between two parts of qmail on one machine."""

from __future__ import annotations

from headertrace.received.families.family import Family
from headertrace.vocabulary import NetworkReason

QMAIL_SCANNER = Family(
    name="qmail-scanner",
    software=r"(?:clam|uvscan|perlscan|sophie).*",
    protocol=r"qmail-scanner\S*|simscan\S*",
    by=r"simscan",
    network={r".*": NetworkReason.LOCAL_FILTER},
    remarks=(
        ("scanner", r"qmail-scanner-\S++|[\d.]++ ppid:[^()]{0,200}+", "qm 0-9 ."),
        # a version alone, of a scanner that does not tell its name
        ("scanner", r"\d[\d.]{0,20}+ clear:[^()]*+(?:\([^()]*+\)[^()]*+)*+", "0-9"),
    ),
)
