"""How far down the chain may be believed: the walk that SpamAssassin 4 makes, so that users know it.

From the newest hop to the oldest: the first one that is neither in our networks nor authenticated
ends the trust, for itself and for everything older.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from headertrace.received.hop import Hop
from headertrace.trace.addresses import is_private
from headertrace.trace.admd import Admd
from headertrace.vocabulary import NetworkReason

INFERRED = Admd()
# A hand-over by HTTP is web mail, whose user logged in; so SpamAssassin takes it, Exchange's too.
WEB_PROTOCOLS = frozenset({"HTTP", "HTTPS", "HTTPU", "HTTP-DAV"})


@dataclass(slots=True, kw_only=True)
class Walk:
    """The state of the walk, and the hops met so far, newest first."""

    admd: Admd
    in_trusted: bool = True
    in_internal: bool = True
    submitted: bool = False
    trusted: list[Hop] = field(default_factory=list)
    untrusted: list[Hop] = field(default_factory=list)
    internal: list[Hop] = field(default_factory=list)
    external: list[Hop] = field(default_factory=list)

    def meet(self, hop: Hop) -> None:
        """Take the next older hop."""
        if not hop.network:
            self._pass_over(hop)
            return
        if self.in_trusted:
            self._decide(hop)
        (self.trusted if self.in_trusted else self.untrusted).append(hop)
        (self.internal if self.in_internal else self.external).append(hop)

    def _pass_over(self, hop: Hop) -> None:
        # Our own fetcher took the mail out of a mailbox: what it and newer servers wrote is our
        # own side's handling, and the mailbox's server becomes the newest one.
        if hop.network_reason is NetworkReason.FETCH and self.in_trusted:
            for view in (self.trusted, self.untrusted, self.internal, self.external):
                view.clear()

    def _decide(self, hop: Hop) -> None:
        if self.admd.configured:
            self._follow_networks(hop)
        elif not (_logged_in(hop) or is_private(hop.ip)):
            self.in_trusted = self.in_internal = False
        if self.in_trusted and self.admd.is_submission(hop.ip):
            self.submitted = True

    def _follow_networks(self, hop: Hop) -> None:
        # Whoever hands mail to a submission server was let in by it: nothing older ends the trust.
        if self.submitted or _logged_in(hop):
            return
        self.in_trusted = self.admd.trusts(hop.ip)
        self.in_internal = self.in_internal and self.in_trusted and self.admd.is_internal(hop.ip)


def _logged_in(hop: Hop) -> bool:
    return hop.auth is not None or (hop.protocol or "").upper() in WEB_PROTOCOLS


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """The four views, each in travel order."""

    trusted: tuple[Hop, ...]
    untrusted: tuple[Hop, ...]
    internal: tuple[Hop, ...]
    external: tuple[Hop, ...]


def walk(newest_first: Iterable[Hop], admd: Admd | None) -> Views:
    """Return the trusted, untrusted, internal and external hops, oldest first."""
    state = Walk(admd=admd or INFERRED)
    for hop in newest_first:
        state.meet(hop)
    views = (state.trusted, state.untrusted, state.internal, state.external)
    trusted, untrusted, internal, external = (tuple(reversed(view)) for view in views)
    return Views(trusted=trusted, untrusted=untrusted, internal=internal, external=external)
