"""What a refusal calls listed or blocked: an address of ours, a domain, a link, or somebody's mailbox."""

from __future__ import annotations

import re
from enum import StrEnum

from headertrace.bounces.phrases import word_list


class Accused(StrEnum):
    """The thing that has the bad name."""

    ADDRESS = "address"
    DOMAIN = "domain"
    CONTENT = "content"
    MAILBOX = "mailbox"
    NOTHING = "nothing"


# Postfix and others put the client in brackets; these say "address" even where none can be read.
_CLIENT = re.compile(r"client(?: host)? \[[0-9a-f.:]+\]|your ip|ip address|from ip|ip=")
_BY_WORDS = (
    ("about_content", Accused.CONTENT),
    ("about_mailbox", Accused.MAILBOX),
    ("about_either", Accused.ADDRESS),
    ("about_domain", Accused.DOMAIN),
    ("about_address", Accused.ADDRESS),
)


def accused_by(text: str, names_address: bool, domain_list: bool) -> Accused:
    """Return what a reply (in lower case) speaks of; ``names_address``: an address of ours stands in it."""
    if domain_list:
        return Accused.CONTENT if word_list("about_content").search(text) else Accused.DOMAIN
    if names_address or _CLIENT.search(text):
        return Accused.ADDRESS
    return next((accused for name, accused in _BY_WORDS if word_list(name).search(text)), Accused.NOTHING)
