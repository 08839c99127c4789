"""Whose host a name is, as far as the name alone tells."""

from __future__ import annotations

from headertrace.remembered import remembered

# Host names repeat within an archive; this many cost about 1 MB.
MEMO = 8192
# A shorter first label is too often a common word (mail.example, mx.example) to prove kinship.
KIN_LABEL = 5

# Words under which country registries delegate (``co.uk``, ``com.br``, ``ne.jp``): right for all but a
# few hundred suffixes of the Public Suffix List, and nothing here grows old.
# fmt: off
REGISTRY_WORDS = frozenset((
    "ac", "ad", "asn", "asso", "co", "com", "coop", "ed", "edu", "firm", "gen", "go", "gob", "gouv", "gov",
    "govt", "gr", "id", "info", "int", "lg", "ltd", "mil", "ne", "net", "nic", "nom", "or", "org", "plc",
    "res", "sch", "school", "sci",
))
# Names that public DNS does not hold: RFC 6761, RFC 2606, RFC 6762 appendix G, and what sites invent.
# ``example`` is no member: documentation names count as public.
PRIVATE_SUFFIXES = frozenset((
    "arpa", "corp", "domain", "home", "inet", "intern", "internal", "intra", "intranet", "invalid", "lan",
    "loc", "local", "localdomain", "localhost", "lokal", "priv", "private", "workgroup",
))
# fmt: on
# Operators whose servers use several names within one chain, as their own Received fields show.
OPERATORS = (
    ("aliyun.com", "aliyun-inc.com"),
    ("outlook.com", "office365.com", "exchangelabs.com"),
    ("gmx.net", "gmx.com"),
    ("google.com", "gmail.com", "googlemail.com"),
    ("mailbox.org", "heinlein-hosting.de", "heinlein-support.de"),
    ("mailgun.net", "mailgun.org", "mailgun.info", "mailgun.us", "postgun.com"),
    ("messagelabs.com", "symcld.net"),
    ("rzone.de", "strato.de"),
    ("sina.com", "sina.com.cn"),
    ("zoho.com", "zohomail.com"),
)
OPERATOR = {domain: domains[0] for domains in OPERATORS for domain in domains}


def registrable_domain(name: str | None) -> str | None:
    """Return a host's registrable domain in lower case; None for an address or a name that is not public."""
    return _registrable(name) if name else None


@remembered(MEMO)
def _registrable(name: str) -> str | None:
    labels = name.lower().strip("[]. ").split(".")
    if len(labels) < 2 or not _is_public(labels[-1]):
        return None
    size = 3 if len(labels[-1]) == 2 and labels[-2] in REGISTRY_WORDS else 2
    return ".".join(labels[-size:]) if len(labels) >= size else None


def _is_public(suffix: str) -> bool:
    """Return whether names below the label can stand in public DNS; of beyond ASCII it holds ``xn--...``."""
    return suffix not in PRIVATE_SUFFIXES and (suffix.isalpha() or suffix.startswith("xn--"))


def same_organisation(one: str | None, other: str | None) -> bool:
    """Return whether two hosts seem to be one organisation's.

    They share the registrable domain, or its first label (``example.net`` and ``example.com``), or
    belong to one operator that is known to use both.
    """
    first, second = registrable_domain(one), registrable_domain(other)
    if first is None or second is None:
        return False
    if first == second:
        return True
    # Most names part here, and to cut a label off costs more.
    if first[:KIN_LABEL] == second[:KIN_LABEL]:
        label = first.partition(".")[0]
        if len(label) >= KIN_LABEL and label == second.partition(".")[0]:
            return True
    return OPERATOR.get(first, first) == OPERATOR.get(second, second)


def is_host_of(greeting: str, server: str) -> bool:
    """Return whether a bare greeting is the first label of a server's name."""
    return greeting.lower() == server.partition(".")[0].lower()
