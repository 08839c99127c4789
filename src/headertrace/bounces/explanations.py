"""The stories that may stand behind a refusal, most plausible first."""

from __future__ import annotations

from functools import cache

from headertrace.blocklists.blocklist import Cause as ListCause
from headertrace.bounces.bounce import ADDRESS_LISTINGS, BlockerKind, Cause, Explanation
from headertrace.bounces.data import read_data
from headertrace.bounces.naming import Naming

# More stories than these help nobody to decide where to look first.
EXPLANATION_LIMIT = 5

_BY_LIST_CAUSE = {
    ListCause.OPEN_RELAY: ("open-relay", "stolen-password"),
    ListCause.OPEN_PROXY: ("infected-host", "open-relay"),
    ListCause.COMPROMISED: ("infected-host", "stolen-password"),
    ListCause.AUTH_ABUSE: ("stolen-password", "infected-host"),
    ListCause.SPAM: ("stolen-password", "infected-host", "open-relay"),
    ListCause.REPUTATION: ("stolen-password", "infected-host", "volume"),
    ListCause.POLICY: ("policy-list", "reverse-dns"),
    ListCause.NEIGHBOURHOOD: ("neighbour-range",),
    ListCause.BACKSCATTER: ("backscatter-sent",),
}
_BY_CAUSE = {
    Cause.BLOCKLIST: (
        "stolen-password",
        "open-relay",
        "infected-host",
        "inherited-address",
        "mistaken-listing",
    ),
    Cause.REPUTATION: ("stolen-password", "infected-host", "open-relay", "inherited-address", "volume"),
    Cause.LOCAL_BLOCK: (
        "stolen-password",
        "infected-host",
        "open-relay",
        "inherited-address",
        "mistaken-listing",
    ),
    Cause.RECEIVER_FAULT: ("receiver-fault",),
    Cause.DOMAIN_LISTING: ("domain-listing",),
    Cause.CONTENT_LISTING: ("link-in-message",),
    Cause.REVERSE_DNS: ("reverse-dns",),
    Cause.RATE_LIMIT: ("volume", "stolen-password"),
    Cause.AUTHENTICATION: ("sender-records", "forwarded-mail", "forged-sender"),
    Cause.SPAM_CONTENT: ("message-content", "stolen-password", "forwarding-spam"),
    Cause.SENDER_REFUSED: ("sender-address",),
    Cause.RELAY_DENIED: ("wrong-server", "login-needed"),
    Cause.GREYLISTED: ("retry",),
    Cause.ENCRYPTION: ("encryption",),
    Cause.MESSAGE: ("message-form",),
    Cause.RECIPIENT: ("recipient-side",),
    Cause.MAILBOX_FULL: ("recipient-side",),
    Cause.UNREACHABLE: ("receiving-server",),
    Cause.POLICY: ("unexplained-rule",),
}
# Every listing may be somebody else's doing: these close each list of stories.
_ALWAYS = ("inherited-address", "mistaken-listing")


def explain(cause: Cause, naming: Naming | None, keys: tuple[str, ...]) -> tuple[Explanation, ...]:
    """Return the stories behind a refusal; ``keys`` are those that its wording suggests."""
    if cause not in _BY_CAUSE:
        return ()
    if naming is not None and naming.blocker.kind is BlockerKind.DEAD_LIST and cause is Cause.BLOCKLIST:
        return (_texts()["dead-list"], _texts()["mistaken-listing"])
    ordered = [*keys]
    if cause in ADDRESS_LISTINGS:
        ordered += [*(naming.explain if naming else ()), *_by_list(naming), *_ALWAYS]
    ordered += _BY_CAUSE[cause]
    return tuple(_texts()[key] for key in dict.fromkeys(ordered))[:EXPLANATION_LIMIT]


def _by_list(naming: Naming | None) -> tuple[str, ...]:
    """Return the stories that the codes of a public list tell; the sublist named narrows them."""
    if naming is None or naming.blocklist is None:
        return ()
    sublist = naming.blocker.sublist
    codes = [code for code in naming.blocklist.codes if sublist and code.means.startswith(sublist)]
    causes = [code.cause for code in codes] or list(naming.blocklist.causes)
    return tuple(key for cause in causes for key in _BY_LIST_CAUSE.get(cause, ()))


@cache
def _texts() -> dict[str, Explanation]:
    return {key: Explanation(key=key, **row) for key, row in read_data("explanations.toml").items()}
