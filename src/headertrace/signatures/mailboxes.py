"""Who writes, to whom, and where answers go: the few header fields that a sender fills in."""

from __future__ import annotations

import re
from typing import NamedTuple

from headertrace.message.section import HeaderSection
from headertrace.signatures.fields import Fields
from headertrace.signatures.names import akin, organisation

# addr-spec in angle brackets, else the first thing that looks like one (RFC 5322, section 3.4.1)
ANGLE = re.compile(rb"<[ \t-\r]*+\"?+([^<>@ \t-\r]*+@[^<>@ \t-\r]++)[ \t-\r]*+>")
BARE = re.compile(rb"[^ \t-\r<>@\"',;:()\[\]]++@[^ \t-\r<>@\"',;:()\[\]]++")
AT = ord("@")

# Where anybody gets a mailbox for the asking.
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "ymail.com",
        "rocketmail.com",
        "hotmail.com",
        "outlook.com",
        "live.com",
        "msn.com",
        "aol.com",
        "aim.com",
        "mail.ru",
        "bk.ru",
        "inbox.ru",
        "list.ru",
        "yandex.ru",
        "yandex.com",
        "qq.com",
        "foxmail.com",
        "163.com",
        "126.com",
        "yeah.net",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "gmx.com",
        "gmx.net",
        "gmx.de",
        "web.de",
        "mail.com",
        "email.com",
        "usa.com",
        "consultant.com",
        "protonmail.com",
        "proton.me",
        "tutanota.com",
        "icloud.com",
        "me.com",
        "zoho.com",
        "rediffmail.com",
        "meta.ua",
        "ukr.net",
        "i.ua",
        "excite.com",
        "libero.it",
        "virgilio.it",
        "naver.com",
        "daum.net",
        "hanmail.net",
        "seznam.cz",
        "centrum.cz",
        "wp.pl",
        "o2.pl",
        "tlen.pl",
        "onet.pl",
        "interia.pl",
        "laposte.net",
        "orange.fr",
        "free.fr",
        "vivaldi.net",
        "fastmail.com",
        "hushmail.com",
        "inbox.lv",
        "mail.bg",
        "abv.bg",
        "workmail.com",
        "postribe.com",
        "accountant.com",
        "lawyer.com",
        "financier.com",
        "diplomats.com",
        "post.com",
        "myself.com",
        "europe.com",
        "asia.com",
        "aliyun.com",
        "freemail.hu",
        "citromail.hu",
        "yahoo.fr",
        "yahoo.de",
        "yahoo.it",
        "yahoo.es",
        "yahoo.in",
        "hotmail.fr",
        "hotmail.de",
        "hotmail.it",
        "hotmail.es",
        "live.fr",
        "live.nl",
        "outlook.fr",
        "outlook.de",
        "outlook.es",
        "outlook.it",
        "outlook.dk",
    ]
)
FREE_STEMS = ("yahoo.co", "hotmail.co", "live.co", "aol.co")


class Mailboxes(NamedTuple):
    """Addresses in lower case, None where a field is absent or holds none; ``to`` is the field's value."""

    sender: str | None
    sender_domain: str | None
    reply: str | None
    recipient: str | None
    to: bytes | None


def read_mailboxes(fields: Fields) -> Mailboxes:
    """Return the addresses of From, Reply-To and To."""
    to = fields.get(b"to")
    sender, reply = read_writer(fields)
    return Mailboxes(sender, domain_of(sender), reply, address_in(to), to)


def read_writer(fields: Fields) -> tuple[str | None, str | None]:
    """Return the addresses of the writer and, where answers go elsewhere, of who gets them.

    A list that writes its own address into From, for the sake of DMARC, moves the writer to Reply-To: there
    he is looked for.
    """
    sender, reply = address_in(fields.get(b"from")), address_in(fields.get(b"reply-to"))
    if sender and reply and sender != reply and is_of_list(fields, domain_of(sender) or ""):
        return reply, None
    return sender, reply


def is_of_list(fields: Fields, domain: str) -> bool:
    """Return whether a domain stands in what the list says of itself."""
    return any(domain.encode() in (fields.get(name) or b"") for name in (b"list-id", b"list-post"))


def first_value(section: HeaderSection, name: str) -> bytes | None:
    """Return the first value of a field as written, or None."""
    field = section.first(name)
    return field.value if field else None


def address_in(value: bytes | None) -> str | None:
    """Return the first address of a value, or None."""
    if value is None or AT not in value:
        return None
    found = ANGLE.search(value)
    if found:
        return found[1].decode("ascii", "replace")
    found = BARE.search(value)
    return found[0].decode("ascii", "replace") if found else None


def domain_of(address: str | None) -> str | None:
    """Return what stands after the last @, or None."""
    return address.rpartition("@")[2].rstrip(".") or None if address else None


def is_free_mail(domain: str | None) -> bool:
    """Return whether anybody gets a mailbox of this domain for the asking."""
    return domain is not None and (domain in FREE_MAIL or domain.startswith(FREE_STEMS))


def same_house(one: str | None, other: str | None) -> bool:
    """Return whether two domains belong to one organisation."""
    return one is not None and other is not None and akin(organisation(one), organisation(other))
