"""What the writer's clock says beside the servers', as bits of ``trait``."""

from __future__ import annotations

from headertrace.received.hop import Hop
from headertrace.received.stamp_time import Stamp, read_time
from headertrace.signatures import trait
from headertrace.signatures.chain import Chain
from headertrace.signatures.fields import Fields
from headertrace.signatures.queue_times import READERS
from headertrace.trace.clocks import NO_PLACE, leeway, tells_instant

# SpamAssassin's and rspamd's finest steps for dates in the future and in the past.
FUTURE_SECONDS = 2 * 3600.0
PAST_SECONDS = -24 * 3600.0
# Before the first Received field could be written (RFC 821 is of August 1982).
FIRST_YEAR = 1982
# A relay that many strangers use has a queue; a single user's mail waits for minutes at most.
SLOW_SECONDS = 3600.0
# Servers' clocks differ by less than this.
BACKWARDS_SECONDS = -900.0


def time_traits(fields: Fields, chain: Chain, entry: Hop) -> int:
    """Return how Date, the entry's date and the exit's stand to each other."""
    bits = trait.TIMED_ID if entry.family in READERS else 0
    if chain.exit is not None:
        bits |= _between(entry, chain.exit)
    value = fields.written(b"date")
    if not value:
        return bits
    written = read_time(value.decode("latin-1"))
    if written is None or written.when is None:
        return bits | trait.DATE_UNREADABLE
    return bits | _against(written, entry, told=written.zone_known or NO_PLACE in value)


def _between(entry: Hop, left: Hop) -> int:
    """Return what the dates of the entry and the exit tell, whatever zones they leave untold."""
    if entry.date is None or left.date is None:
        return 0
    seconds = (left.date - entry.date).total_seconds()
    if BACKWARDS_SECONDS <= seconds <= SLOW_SECONDS:
        return 0
    entry_before, entry_after = leeway(told=tells_instant(entry))
    left_before, left_after = leeway(told=tells_instant(left))
    if seconds - left_before - entry_after > SLOW_SECONDS:
        return trait.SLOW
    return trait.BACKWARDS if seconds + left_after + entry_before < BACKWARDS_SECONDS else 0


def _against(written: Stamp, entry: Hop, *, told: bool) -> int:
    if written.when is None or entry.date is None:
        return 0
    bits = trait.ANCIENT if entry.date.year < FIRST_YEAR else 0
    if written.zone_known and entry.zone_known:
        same = written.when.utcoffset() == entry.date.utcoffset()
        bits |= trait.ZONE_SAME if same else trait.ZONE_OTHER
    seconds = (written.when - entry.date).total_seconds()
    if PAST_SECONDS <= seconds <= FUTURE_SECONDS:
        return bits
    before, after = leeway(told=told)
    entry_before, entry_after = leeway(told=tells_instant(entry))
    if seconds - before - entry_after > FUTURE_SECONDS:
        return bits | trait.DATE_FUTURE
    return bits | (trait.DATE_PAST if seconds + after + entry_before < PAST_SECONDS else 0)
