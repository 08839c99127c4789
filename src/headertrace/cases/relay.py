"""Mail that came into a relay from public addresses: is it open, or is an account stolen?"""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.engine import Row
from headertrace.cases.weighing import (
    ESTABLISHED,
    LIKELY,
    MANY_DOMAINS,
    MANY_NETWORKS,
    MESSAGES,
    POSSIBLE,
    Weighing,
    is_few,
    is_many,
    marks,
    signs,
)
from headertrace.signatures.mailboxes import is_free_mail
from headertrace.vocabulary import Confidence

# Freenom gave domains below these away until 2023.
FREE_DOMAINS = frozenset({"tk", "ml", "ga", "cf", "gq"})


def weigh_open(case: Row, around: Row | None = None) -> Weighing | None:
    """Weigh mail that came into a relay from public addresses without a mark of a login."""
    if _is_exchanger(case, around) or _is_invented(case):
        return None
    if case["suspects"] < MESSAGES and not is_few(case):
        return None
    if 2 * case["own_senders"] > case["messages"]:
        return _own_sender(case)
    if 2 * case["outside"] <= case["messages"] and case["networks"] < MESSAGES:
        # A workstation's name from one public place: a customer at his provider's server, or a password.
        return None
    appliance = 2 * case["handed_on"] > case["messages"]
    return Weighing(
        kind=CaseKind.OPEN_RELAY_APPLIANCE if appliance else CaseKind.OPEN_RELAY,
        confidence=_open_confidence(case, appliance),
        reasons=_open_reasons(case, appliance) + signs(case),
        confounders=()
        if marks(case)
        else ("this server's software does not mark logins: a password may be stolen",),
        inner_address=case["inner_ip"] if appliance else None,
    )


def _is_exchanger(case: Row, around: Row | None) -> bool:
    """Return whether most of what comes in is from proper servers: taking strangers' mail is its work."""
    return around is not None and around["from_servers"] > case["messages"]


def _is_invented(case: Row) -> bool:
    """Return whether a server's mail leaves from ever other networks: its name stands in forged trails."""
    return bool(2 * case["exits"] > case["messages"] + 1)


def _strangers_from_everywhere(case: Row) -> bool:
    return bool(marks(case) and case["networks"] >= MANY_NETWORKS and case["domains"] >= MANY_DOMAINS)


def _open_confidence(case: Row, appliance: bool) -> Confidence:
    # Exchange writes no mark for a login over SMTP, but a client's address for a mailbox session.
    open_exchange = case["relay_family"] == "exchange" and case["foreign_senders"] == case["messages"]
    several = case["suspects"] >= MESSAGES or is_many(case)
    whole_story = appliance and case["foreign_recipients"] >= MESSAGES
    if not several or not (marks(case) or open_exchange or whole_story):
        return POSSIBLE
    return ESTABLISHED if whole_story or _strangers_from_everywhere(case) else LIKELY


def _open_reasons(case: Row, appliance: bool) -> tuple[str, ...]:
    numbers = (
        f"{case['networks']} public networks, {case['helos']} HELO names and {case['domains']} foreign sender"
        f" domains in {case['messages']} messages"
    )
    found = [numbers]
    if marks(case):
        found.append("the server's software marks logins, and marked none")
    if appliance and case["foreign_recipients"] >= MESSAGES:
        found.append(
            "proof: public strangers, a filter in front, a private hop to the server, foreign"
            f" recipients and no login stand in {case['foreign_recipients']} messages"
        )
    if _strangers_from_everywhere(case):
        found.append(
            "proof: strangers from unrelated networks write as unrelated domains, and the server lets"
            " them out without a login"
        )
    return tuple(found)


def _own_sender(case: Row) -> Weighing | None:
    """Weigh strangers' mail that bears the organisation's own sender: rather an account than an open door."""
    if case["suspects"] < MESSAGES:
        return None
    return Weighing(
        kind=CaseKind.STOLEN_ACCOUNT,
        confidence=POSSIBLE,
        reasons=("the sender is the organisation's own: an account of it was probably used", *signs(case)),
        confounders=("no login is marked: an open relay that is told a local sender would look the same",),
    )


def weigh_account(case: Row, _around: Row | None = None) -> Weighing | None:
    """Weigh strangers' mail whose clients logged in."""
    if case["suspects"] < MESSAGES and not is_few(case):
        return None
    far = case["accounts"] == 1 and case["networks"] >= MANY_NETWORKS
    several = case["suspects"] >= MESSAGES or is_many(case)
    own = is_free_mail(case["relay_site"]) or is_free_domain(case["relay_site"])
    confidence = ESTABLISHED if far and not own else LIKELY if several else POSSIBLE
    logins = f"the server marks a login in each of {case['messages']} messages"
    networks = f"proof: one account, used from {case['networks']} unrelated networks for strangers' mail"
    return Weighing(
        kind=CaseKind.STOLEN_ACCOUNT,
        confidence=POSSIBLE if own else confidence,
        reasons=(logins, *((networks,) if far else ()), *signs(case)),
        confounders=("anybody gets an account or a domain like this: it may be the sender's own",)
        if own
        else (),
    )


def is_free_domain(site: str | None) -> bool:
    """Return whether a domain lies where they were given away, and servers of an hour live."""
    return site is not None and site.rpartition(".")[2] in FREE_DOMAINS
