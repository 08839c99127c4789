"""What a program calls itself in X-Mailer or User-Agent, as bits of ``trait``."""

from __future__ import annotations

import re
from functools import lru_cache

from headertrace.signatures import trait
from headertrace.signatures.names import REMEMBERED

OLD_EXPRESS = re.compile(rb"outlook express 6\.00\.2[68]00")
EXPRESS = re.compile(rb"outlook express|microsoft outlook, build")
BULK = re.compile(
    rb"mass[- ]?sender|mass[- ]?mail|send-?blaster|turbo-?mailer|gammadyne|group ?mail|atomic ?mail|"
    rb"leaf ?php|bulk|darkmailer|dm ?mailer|the ?bat!? \(v?[12]\.|cdo for windows|ultramailer|emailer pro|"
    rb"advanced direct remailer"
)
PEOPLE = re.compile(
    rb"git-send-email|mutt|gnus|evolution|thunderbird|mozilla|alpine|pine|k-?mail|claws|apple mail|"
    rb"iphone mail|stgit|quilt|b4 |sylpheed|\bmew\b|wanderlust|notmuch|astroid|geary|trojita|fastmail|"
    rb"cyrus-jmap|outlook 1[0-9]\."
)
MACHINES = re.compile(
    rb"scan|printer|nagios|zabbix|cron|jenkins|patchwork|phpmailer|swiftmailer|javamail|mime-?tools|nodemailer"
)
WEBMAIL = re.compile(rb"roundcube|squirrel|horde|zimbra|webmail|atmail|rainloop|imp/|sogo")
KINDS = (
    (OLD_EXPRESS, trait.OLD_EXPRESS),
    (EXPRESS, trait.EXPRESS),
    (BULK, trait.BULK_PROGRAM),
    (PEOPLE, trait.PEOPLES_PROGRAM),
    (MACHINES, trait.MACHINES_PROGRAM),
    (WEBMAIL, trait.WEBMAIL_PROGRAM),
)


@lru_cache(maxsize=REMEMBERED)
def program_traits(name: bytes) -> int:
    """Return what kind of program a name (in lower case) belongs to."""
    bits = 0
    for pattern, bit in KINDS:
        if pattern.search(name):
            bits |= bit
    return bits
