"""The numbers by which refusers call their reasons."""

from __future__ import annotations

import re

# How refusers number their reasons: Microsoft, Yahoo and Apple, Cox and Spectrum, Comcast, Orange and Libero,
# Outlook.com, AOL, GoDaddy and Cox, NetEase, Facebook.
_CODES = (
    r"\(((?:AS|S|SC|DY|OU|CO|HM|IB|EC)-?\d{3,9})\)",
    r"\[((?:BL|TSS?|RBL|PH|GL|HM|CS|IB|IP|C|IR)\d{2,4})\]",
    r"\b(AUP#[\w-]{2,30})",
    r"#((?:BL|RL)\d{4,8})",
    r"\b((?:OFR|ofr|LPN|LIB)_?\d{1,4}_\d{1,4}|(?:OFR|ofr|LPN|LIB)_?\d{3})\b",
    r"\b((?:SC|DY|OU|RP)-\d{3})\b",
    r"\b((?:RTR|RLY|HVU|DYN|DNS|CON):[A-Z]{1,2}\d?)\b",
    r"\b(IB\d{3}|IPBL\d{3,5}|CX(?:BL|THRT|MXRT|CNCT|DNS|SNDR|SMTP))\b",
    r"\b((?:MI|DT|HL|RP|WM|SYS):[A-Z]{3})\b",
    r"\b((?:DNS|INT|POL|RCP|SND)-[PT]\d{1,2})\b",
)
_CODE = re.compile("|".join(_CODES))


def reason_code(text: str) -> str | None:
    """Return the refuser's own code for its reason (``S3140``, ``BL21``, ``AUP#CDRBL``), or None."""
    found = _CODE.search(text)
    return next((group for group in found.groups() if group), None) if found else None
