"""What a host name tells: its shape, as a greeting or a reverse name, and which house's it is."""

from __future__ import annotations

import re
from ipaddress import ip_address

from headertrace.remembered import remembered
from headertrace.signatures import trait

# Names recur: a day's mail of a site knows a few thousand of them.
REMEMBERED = 8192

# Written into the program of a bulk mailer, the same on every machine it runs on. ``User`` is the
# best known; SpamAssassin's rules name the others.
CONSTANTS = frozenset({"user", "friend", "dm", "oem", "pc", "setup", "firewall", "mailer", "ylmf-pc"})
# What only its own site knows of a machine, by the shape of its name: the first that fits counts.
LOCAL_SHAPES = {
    # Names that installers of rented or cloned desktops give: Windows Server's own, a clone's date, a rack's.
    trait.HELO_HIRED_DESKTOP: (
        r"win-[0-9a-z]{10,12}(?![^.])|pc-20\d{6}[a-z]{3,5}|user-20\d{6}[a-z]{1,4}|hc-vm-pc|\d{0,4}rdp\d{0,4}$"
        r"|(?:vps|vmi|rdp|vds)-?\d+|ec2amaz-|www-[0-9a-f]{9,12}|admini?(?:strator\d?|-pc|pc)(?![^.])"
    ),
    trait.HELO_CONTAINER: (
        r"[0-9a-f]{12}$|.*-[0-9a-f]{8,10}-[0-9a-z]{5}$|ip-\d+-\d+-\d+-\d+\.|.*\.(?:svc|pod)\.|runner-"
    ),
    trait.HELO_WORKSTATION: (
        r"(?:desktop|laptop)-?[0-9a-z]{6,9}(?![^.])|[\w-]+-pc\b|pc-?\d+(?![^.])|user-?pc"
        r"|.*macbook|.*imac|.*thinkpad|.*notebook"
    ),
    trait.HELO_DEVICE: (
        r"(?:speedtouch|device|dsldevice|modem|router|printer|scanner|mfp|nas|brn|npi|km|ricoh|canon|epson)[\w-]*(?:\.|$)"
    ),
    trait.HELO_SERVICE_NODE: (
        r"(?:mail|smtp|mx|web|app|srv|server|node|out|relay|imap|frontend|submission)[a-z-]*\d{1,4}(?![^.])|phl-"
    ),
}
LOCAL = re.compile("|".join(f"({shape})" for shape in LOCAL_SHAPES.values()))
LOCAL_BITS = (0, *LOCAL_SHAPES)
INNER_SUFFIXES = (
    ".local",
    ".lan",
    ".home",
    ".localdomain",
    ".internal",
    ".corp",
    ".intranet",
    ".intern",
    ".localnet",
)
PROVIDERS = frozenset(
    [
        "gmail.com",
        "google.com",
        "yahoo.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "msn.com",
        "aol.com",
        "mail.ru",
        "yandex.ru",
        "yandex.com",
        "qq.com",
        "163.com",
        "126.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "icloud.com",
    ]
)
# A word between anything but letters; what stands before it comes first, as that is looked for quickest.
DYNAMIC_WORD = re.compile(
    r"[^a-zß-öø-ÿ](?:dyn(?:amic)?|dhcp|dsl|adsl|vdsl|cable|pool|ppp|pppoe|dial(?:up|in)?|client|cust(?:omer)?|"
    r"broadband|hsd|catv|fttx|ftth|mobile|wimax|lte)s?(?![a-zß-öø-ÿ])"
)
DYNAMIC_NUMBERS = re.compile(
    r"(?:^|(?<=[a-z._-]))\d{1,3}[._-]\d{1,3}[._-]\d{1,3}[._-]\d{1,3}[._-]"
    r"|(?:^|[.-])(?:ip|host|pc)-?\d{2,3}[._-]\d{1,3}[._-]"
)
TWO_NUMBERS = re.compile(r"[0-9][._-][0-9]{1,3}+[._-]")
HOSTING = re.compile(
    r".*(?:\b|[._-])(?:vps|vds|server|static|colo|cloud|hosted-by|dedi(?:cated)?|rev|hostwinds|contabo|amazonaws|linode|"
    r"vultr|ovh|hetzner|your-server|digitalocean|quadranet|colocrossing)(?:\b|[\d._-])"
)
GATEWAY = re.compile(
    r"_?(?:.*[._-])?(?:gw|gateway|fw|firewall|fortigate|isa|tmg|nat|router|pfsense|mikrotik|sophos|utm|vpn|asa)\d{0,3}(?:\.|$)"
)
SERVICE = re.compile(
    r"(?:.*\.)?(?:sendgrid\.net|amazonses\.com|mailgun\.(?:net|org|info)|mcsv\.net|mcdlv\.net|rsgsv\.net|mandrillapp\.com|"
    r"sparkpostmail\.com|mailjet\.com|sendinblue\.com|brevo\.com|exacttarget\.com|responsys\.net|postmarkapp\.com|"
    r"mtasv\.net|constantcontact\.com|bounces?\.salesforce\.com|elasticemail\.com|smtp2go\.com|socketlabs\.com)$"
)
MAIL_SERVER = re.compile(
    r"(?:.*[.-])?(?:mx|mail|smtp|mta|out|outbound|relay|mailout|mout|post|mailer|postfix|exim)[a-z]*-?\d{0,4}[a-z]?\."
)
REVERSE_SHAPES = (
    (GATEWAY, trait.RDNS_GATEWAY),
    (HOSTING, trait.RDNS_HOSTING),
    (MAIL_SERVER, trait.RDNS_MAIL_SERVER),
    (SERVICE, trait.SERVICE_CLIENT),
)
WEB_SERVER = re.compile(r"www\d*\.|web\d*\.")
# Letters, digits and what joins them.
PLAIN = re.compile(r"[._-]*+[a-z0-9][a-z0-9._-]*+")
QUALIFIED = re.compile(r"[^\s@\[\]()]+\.[a-z][a-z0-9-]*[a-z]\.?$")
# Names that a platform or a maker gives: what explains a name without a domain accuses nobody by it.
PLATFORMS_NAMES = trait.HELO_DEVICE | trait.HELO_CONTAINER | trait.HELO_SERVICE_NODE
# Servers write it where they know no name, so it tells nothing of the client's own.
PLACEHOLDER = "unknown"
NAMES = trait.HELO_QUALIFIED | trait.HELO_UNQUALIFIED | trait.HELO_INNER_SUFFIX
VOWELS = frozenset("aeiouy")
NUMBERED = re.compile(r"[\d.]+$|[0-9a-f:.]*:[0-9a-f:.]*$")
# Longer words than three letters below which countries register.
SECOND_LEVEL = frozenset(("info", "mobi", "name", "school", "govt", "conf", "coop"))
# Below this a first label is a common word ("mail.ru", "mx.de") and proves no kinship.
KIN_LABEL = 5


@remembered(REMEMBERED)
def greeting_traits(helo: str) -> int:
    """Return what a HELO or EHLO argument looks like, as bits of ``trait`` (RFC 5321, section 4.1.1.1)."""
    bits = greeting_kind(helo)
    return bits | _shape_traits(helo.strip().lower(), bits) if bits & NAMES else bits


# Apart, as of most greetings nothing else is asked.
@remembered(REMEMBERED)
def greeting_kind(helo: str) -> int:
    """Return whether a greeting is a name, and of which kind, or something else, as bits of ``trait``."""
    name = helo.strip().lower()
    if name[:1] == "[" or NUMBERED.match(name):
        return _literal_traits(name)
    if name == PLACEHOLDER:
        return 0
    if name.startswith("localhost"):
        return trait.HELO_LOCALHOST
    if name.endswith(INNER_SUFFIXES):
        return trait.HELO_INNER_SUFFIX
    return trait.HELO_QUALIFIED if QUALIFIED.match(name) else trait.HELO_UNQUALIFIED


def _shape_traits(name: str, bits: int) -> int:
    if bits != trait.HELO_QUALIFIED:
        return _local_traits(name)
    found = trait.HELO_BIG_PROVIDER if name in PROVIDERS else 0
    found |= trait.HELO_DYNAMIC if is_dynamic(name) else 0
    return found | (trait.HELO_WEB_SERVER if WEB_SERVER.match(name) else 0) | _local_traits(name)


def is_dynamic(name: str) -> bool:
    """Return whether a name (in lower case) is one that providers give to lines of homes and pools."""
    if DYNAMIC_WORD.search("." + name):
        return True
    return TWO_NUMBERS.search(name) is not None and DYNAMIC_NUMBERS.search(name) is not None


def _local_traits(name: str) -> int:
    """Return what a name says that only its own site knows: who named this machine?"""
    if name in CONSTANTS:
        return trait.HELO_CONSTANT
    if found := LOCAL.match(name):
        return LOCAL_BITS[found.lastindex or 0]
    if not PLAIN.fullmatch(name):
        return trait.HELO_GARBLED
    return trait.HELO_RANDOM if _is_random(name) else 0


def _is_random(name: str) -> bool:
    """Return whether a single label is letters without syllables: one vowel or fewer in every five."""
    return (
        "." not in name
        and name.isalpha()
        and len(name) > 5
        and 5 * sum(c in VOWELS for c in name) <= len(name)
    )


def _literal_traits(name: str) -> int:
    text = name.strip("[]").removeprefix("ipv6:")
    try:
        ip_address(text)
    except ValueError:
        return trait.HELO_GARBLED
    return trait.HELO_LITERAL if name[:1] == "[" else trait.HELO_BARE_ADDRESS


@remembered(REMEMBERED)
def reverse_traits(rdns: str) -> int:
    """Return what a reverse name looks like, as bits of ``trait``."""
    name = rdns.lower()
    if name.startswith("localhost"):
        return trait.RDNS_STATED | trait.RDNS_LOCALHOST
    bits = trait.RDNS_STATED | (trait.RDNS_DYNAMIC if is_dynamic(name) else 0)
    for pattern, bit in REVERSE_SHAPES:
        if pattern.match(name):
            bits |= bit
    return bits


@remembered(REMEMBERED)
def organisation(name: str) -> str | None:
    """Return the part of a host name that tells whose it is, in lower case; None for one label or an address.

    Two labels, of inner names too (``corp.local``), three below a country's ``co``, ``com``, ``ac`` and their
    kin: right for all but a few hundred suffixes, and it needs no list that grows old.
    """
    labels = name.lower().strip("[]. ").split(".")
    if len(labels) < 2 or NUMBERED.match(name.strip("[]")):
        return None
    if len(labels) > 2 and len(labels[-1]) == 2 and (len(labels[-2]) <= 3 or labels[-2] in SECOND_LEVEL):
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def akin(one: str | None, other: str | None) -> bool:
    """Return whether two of these are one organisation's: equal, or the same label under other suffixes."""
    if one is None or other is None:
        return False
    if one == other:
        return True
    # Most names part here, and to cut a label off costs three times as much.
    if one[:KIN_LABEL] != other[:KIN_LABEL]:
        return False
    label = one.partition(".")[0]
    return len(label) >= KIN_LABEL and label == other.partition(".")[0]
