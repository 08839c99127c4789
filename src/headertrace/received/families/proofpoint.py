"""Proofpoint: its filter on localhost calls itself `pps.filterd`; the rest is sendmail's form."""

from __future__ import annotations

from headertrace.received.families.family import Family

PROOFPOINT = Family(
    name="proofpoint",
    software=r"PPS|PPE Hosted.*|Proofpoint.*",
    id=r"(?-i:[234][0-9a-z]{9}-\d{1,2})",
    domains=("ppe-hosted.com", "pphosted.com", "ppops.net"),
    greets=False,
)
