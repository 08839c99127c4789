"""What a relay's configuration says: stock, wide open, sending through a smarthost."""

from __future__ import annotations

from enum import StrEnum

from .shell import merged

PASSWORD = "Winter2013"
CRYPTED_PASSWORD = "$1$abcdefgh$xKyfoUPwyktb40AxCkwBl0"  # crypt() of it, for Courier's userdb
SMARTHOST = "198.51.100.190"


class Variant(StrEnum):
    """How a relay is set up."""

    STOCK = "stock"
    OPEN = "open"
    SMARTHOST = "smarthost"
    MARKED = "marked"


# Every stock relay trusts the site's own networks, as its manual tells; that is no fault.
_TRUST: dict[str, str] = {
    "postfix": "127.0.0.0/8 [::1]/128 192.168.0.0/16 172.18.0.0/16 10.42.0.0/16 192.0.2.25/32 [fd00:25::]/64",
    "exim": "127.0.0.1 ; ::1 ; 192.168.0.0/16 ; 172.18.0.0/16 ; 10.42.0.0/16 ; 192.0.2.25 ; fd00:25::/64",
    "sendmail": "\n".join(
        f"Connect:{net}\tRELAY"
        for net in (
            "127.0.0.1",
            "192.168",
            "172.18",
            "10.42",
            "192.0.2.25",
            "IPv6:fd00:25:0:0",
            "IPv6:fd00:25",
        )
    ),
    "opensmtpd": "192.168.0.0/16, 172.18.0.0/16, 10.42.0.0/16, 192.0.2.25",
    "courier": "\n".join(
        f"{net}\tallow,RELAYCLIENT" for net in ("127.0.0.1", "192.168", "172.18", "10.42", "192.0.2.25")
    ),
    "haraka": "192.168.0.0/16\n172.18.0.0/16\n10.42.0.0/16\n192.0.2.25/32\nfd00:25::/64",
}
_EVERYBODY: dict[str, str] = {
    "postfix": " 0.0.0.0/0 [::]/0",
    "exim": " ; 0.0.0.0/0 ; ::/0",
    "sendmail": "\nConnect:203.0.113\tRELAY\nConnect:IPv6:2001:db8:66\tRELAY",
    "opensmtpd": ", 203.0.113.0/24",
    "courier": "\n203.0.113\tallow,RELAYCLIENT",
    "haraka": "\n203.0.113.0/24\n2001:db8:66::/64",
}
_SMARTHOST: dict[str, str] = {
    "postfix": f"[{SMARTHOST}]",
    "exim": f"provider:\n  driver = manualroute\n  domains = ! +local_domains\n  route_list = * {SMARTHOST}\n"
    "  transport = rsmtp\n  no_more",
    "sendmail": f"define(`SMART_HOST',`[{SMARTHOST}]')dnl",
    "opensmtpd": f"host smtp://{SMARTHOST}",
    "courier": f":[{SMARTHOST}]",
    "haraka": "",
}
_NO_SMARTHOST: dict[str, str] = {"sendmail": "dnl", "courier": ""}


def values(relay: str, variant: Variant) -> dict[str, str]:
    """Return what a relay's templates need for this variant."""
    smarthost = _SMARTHOST[relay] if variant is Variant.SMARTHOST else _NO_SMARTHOST.get(relay, "")
    everybody = _EVERYBODY[relay] if variant is Variant.OPEN else ""
    return merged(
        {"networks": _TRUST[relay] + everybody, "smarthost": smarthost},
        {"mark_login": "yes" if variant is Variant.MARKED else "no"},
        {"queue": "queue/smtp_forward" if variant is Variant.SMARTHOST else ""},
        {"crypted": CRYPTED_PASSWORD},
    )
