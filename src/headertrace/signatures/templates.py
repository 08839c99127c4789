"""Fields that no server wrote: templates of spamware, and fields that do not fit their claimed software."""

from __future__ import annotations

import re

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, Evidence, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario, Span

FORGED = {Scenario.FORGED_TRAIL: +1}
BARE = re.compile(rb"\bfrom \[?\d{1,3}+\.\d{1,3}+\.\d{1,3}+\.\d{1,3}+\]? by [\w.-]++\s*+;", re.I)
HALF_DAY = re.compile(rb"\d:\d\d(?::\d\d)? ?[AP]M\b")
DATE_AS_CLIENT = re.compile(rb"\((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d+ \w+ \d{4}[^()]*\) by ")
ODD_PROTOCOL = re.compile(rb"\bwith (?:LOCAL|NNFMP|QMQP)\b")
EMBEDDED_AT = re.compile(rb"by [\w.-]+@[\w.-]+ ")
DATE_WITHOUT_ZONE_NAME = re.compile(rb";[^;()]{0,100}[+-]\d{4}\s*+\Z")
# RFC 5322, 2.1.1: two lines of the longest kind; templates are shorter, and patterns cost by length.
MAX_TEMPLATE = 1996
PROVIDER_BY = re.compile(r"(?i)(?:^|\.)(?:gmail\.com|google\.com|yahoo\.com|hotmail\.com)$")


def _in_raw(scene: Scene, pattern: re.Pattern[bytes]) -> Clues:
    """Return where the pattern stands in the entry or an older field, () where it does not."""
    for hop in scene.trace.hops[:3]:
        found = pattern.search(hop.raw, 0, MAX_TEMPLATE)
        if found:
            return (Evidence(source=hop, part="field", span=Span(*found.span())),)
    return ()


@signature("HT601", on=trait.FORGED_SHAPE, side=Side.PATH, by_text=True, bears=FORGED)
def bare_template(scene: Scene) -> Clues:
    """A field consists of an address, a server's name and a date, and nothing else.

    Why it matters: servers write more; templates of spam programs wrote just this.
    Innocent causes: home-made servers; web mails.
    Reference: rspamd R_RCVD_SPAMBOTS.
    """
    return _in_raw(scene, BARE)


@signature("HT602", on=trait.FORGED_SHAPE, side=Side.PATH, by_text=True, bears=FORGED)
def half_day_clock(scene: Scene) -> Clues:
    """A field's time is written with AM or PM.

    Why it matters: no mail server of note does; a template made with Windows' defaults does.
    Innocent causes: a few Windows servers and gateways.
    Reference: SpamAssassin RCVD_AM_PM; RFC 5322, section 3.3.
    """
    return _in_raw(scene, HALF_DAY)


@signature("HT603", on=trait.FORGED_SHAPE, side=Side.PATH, by_text=True, bears=FORGED)
def date_in_the_clients_place(scene: Scene) -> Clues:
    """A date stands where the client's address belongs.

    Why it matters: a template's columns were mixed up.
    Innocent causes: none known.
    Reference: 65 fields of public list archives.
    """
    return _in_raw(scene, DATE_AS_CLIENT)


@signature("HT604", on=trait.BORROWED_PROTOCOL, side=Side.PATH, by_text=True, bears=FORGED)
def borrowed_protocol(scene: Scene) -> Clues:
    """A field names a protocol that only a few big sites used, without the rest of their form.

    Why it matters: templates copied LOCAL, NNFMP and QMQP from fields of others.
    Innocent causes: qmail's own QMQP.
    Reference: 102 fields of public list archives.
    """
    by = scene.entry.by or ""
    return () if by.endswith("yahoo.com") else _in_raw(scene, ODD_PROTOCOL)


@signature("HT605", on=trait.FORGED_SHAPE, side=Side.PATH, by_text=True, bears=FORGED)
def mailbox_as_server(scene: Scene) -> Clues:
    """A mail address stands where the server's name belongs.

    Why it matters: servers have host names.
    Innocent causes: redaction.
    Reference: SpamAssassin RATWARE_RCVD_AT.
    """
    return _in_raw(scene, EMBEDDED_AT)


@signature("HT606", on=trait.NO_ZONE_NAME, side=Side.PATH, by_text=True, bears=FORGED)
def postfix_without_zone_name(scene: Scene) -> Clues:
    """A field that claims to be Postfix's lacks the zone's name behind the date.

    Why it matters: Postfix always writes it.
    Innocent causes: gateways and archives that rewrite dates.
    Reference: SpamAssassin RATWARE_RCVD_PF; rspamd INVALID_POSTFIX_RECEIVED.
    """
    hop = scene.entry
    start = hop.raw.rfind(b";")
    found = DATE_WITHOUT_ZONE_NAME.match(hop.raw, start) if start >= 0 and hop.family == "postfix" else None
    return (Evidence(source=hop, part="date", span=Span(*found.span())),) if found else ()


@signature("HT607", on=trait.ODD_ID, side=Side.PATH, bears=FORGED)
def id_of_no_such_software(scene: Scene) -> Clues:
    """The queue id cannot have been made by the software that the field names.

    Why it matters: whoever invents a field rarely knows how ids are made.
    Innocent causes: patched servers; other software that copied the form.
    Reference: SpamAssassin RCVD_BAD_ID, RCVD_FORGED_WROTE; ids of Postfix and Exim.
    """
    return in_hop(scene.entry, "id", "software")


@signature("HT608", on=trait.FORGED_SHAPE, side=Side.PATH, by_text=True, bears=FORGED)
def provider_without_its_form(scene: Scene) -> Clues:
    """A field claims to be a big provider's but is not in that provider's form.

    Why it matters: the providers' forms are few and known.
    Innocent causes: new forms.
    Reference: SpamAssassin FORGED_YAHOO_RCVD, FORGED_HOTMAIL_RCVD2, FORGED_GMAIL_RCVD.
    """
    found = next(filter(_is_misfit, scene.trace.hops[:3]), None)
    return in_hop(found, "by") if found else ()


def _is_misfit(hop: Hop) -> bool:
    return bool(hop.by and hop.ip and hop.family == "generic" and PROVIDER_BY.search(hop.by))
