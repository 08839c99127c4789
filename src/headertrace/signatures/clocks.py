"""What the clocks tell: the writer's, the servers' and those hidden in queue ids."""

from __future__ import annotations

from headertrace.received.hop import Hop
from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.queue_times import time_in_id
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario

# Queue ids are made when a session begins, the date when it ends: a day between them is none of both.
ID_SECONDS = 24 * 3600.0


@signature("HT501", on=trait.ZONE_OTHER, also=trait.EXIT, unless=trait.AUTH, side=Side.CLIENT, misuse=+1)
def written_in_another_zone(scene: Scene) -> Clues:
    """Date names another time zone than the server that took the message in.

    Why it matters: a colleague inside writes in the house's zone; a stranger seldom does.
    Innocent causes: 77 % of innocent mail: servers set to UTC, travellers, cloud services.
    Reference: RFC 5322, section 3.3; useless alone, as measured.
    """
    return in_field(scene, "date") + in_hop(scene.entry, "date")


@signature("HT502", on=trait.ZONE_SAME, also=trait.EXIT, side=Side.CLIENT, misuse=-1)
def written_in_the_servers_zone(scene: Scene) -> Clues:
    """Date names the time zone of the server that took the message in.

    Why it matters: writer and server live by one clock, as colleagues do.
    Innocent causes: it is the innocent cause; every 24th stranger agrees by chance.
    Reference: RFC 5322, section 3.3.
    """
    return in_field(scene, "date") + in_hop(scene.entry, "date")


@signature("HT503", on=trait.DATE_FUTURE, side=Side.CLIENT, misuse=+1)
def dated_in_the_future(scene: Scene) -> Clues:
    """Date is two hours or more later than the entry.

    Why it matters: mailers set it so, to stand on top of the inbox, or have their zone wrong.
    Innocent causes: clocks and zones set wrong.
    Reference: SpamAssassin DATE_IN_FUTURE_*; rspamd DATE_IN_FUTURE.
    """
    return in_field(scene, "date")


@signature("HT504", on=trait.DATE_PAST, side=Side.CLIENT)
def dated_in_the_past(scene: Scene) -> Clues:
    """Date is a day or more earlier than the entry.

    Why it matters: lists of addresses are worked through for days with one prepared message.
    Innocent causes: outboxes of sleeping laptops; resent and patched mail.
    Reference: SpamAssassin DATE_IN_PAST_*; rspamd DATE_IN_PAST.
    """
    return in_field(scene, "date")


@signature("HT505", on=trait.BACKWARDS, side=Side.PATH, bears={Scenario.FORGED_TRAIL: +1})
def time_runs_backwards(scene: Scene) -> Clues:
    """The exit is dated a quarter of an hour or more before the entry.

    Why it matters: invented fields carry invented times.
    Innocent causes: clocks set wrong.
    Reference: delays between hops; RFC 5321, section 4.4.
    """
    return in_hop(scene.entry, "date") + in_hop(scene.chain.exit, "date")


@signature("HT506", on=trait.ANCIENT, side=Side.PATH, bears={Scenario.FORGED_TRAIL: +1})
def impossible_year(scene: Scene) -> Clues:
    """The entry is dated before mail had Received fields.

    Why it matters: the field was written by hand or by a machine without a clock.
    Innocent causes: appliances that lost their battery.
    Reference: RFC 821 (1982).
    """
    return in_hop(scene.entry, "date")


@signature("HT507", on=trait.NO_DATE, side=Side.CLIENT)
def no_date(scene: Scene) -> Clues:
    """The message has no Date field.

    Why it matters: mail programs write one; home-made mailers forget.
    Innocent causes: scanners, scripts; servers that were told not to add one.
    Reference: RFC 5322, section 3.6; SpamAssassin MISSING_DATE.
    """
    return in_hop(scene.chain.entry, "by")


@signature("HT508", on=trait.DATE_UNREADABLE, side=Side.CLIENT, misuse=+1)
def unreadable_date(scene: Scene) -> Clues:
    """The Date field is no date.

    Why it matters: mail programs write the standard's form.
    Innocent causes: old and home-made programs in other languages.
    Reference: SpamAssassin INVALID_DATE; RFC 5322, section 3.3.
    """
    return in_field(scene, "date")


@signature("HT509", on=trait.TIMED_ID, side=Side.PATH, by_text=True, bears={Scenario.FORGED_TRAIL: +1})
def queue_id_tells_another_time(scene: Scene) -> Clues:
    """The time inside a queue id of the entry or the exit is not the time of its own field.

    Why it matters: whoever invents a field copies an id from elsewhere.
    Innocent causes: ids of local schemes that only look like the software's own.
    Reference: ids of Exim, sendmail 8.10 and later, Google, Postfix with enable_long_queue_ids.
    """
    return next(
        (in_hop(hop, "id", "date") for hop in (scene.chain.entry, scene.chain.exit) if _contradicts(hop)), ()
    )


def _contradicts(hop: Hop | None) -> bool:
    if hop is None or hop.date is None or hop.id is None:
        return False
    told = time_in_id(hop.family, hop.id)
    return told is not None and abs((hop.date - told).total_seconds()) > ID_SECONDS
