"""Mail that came into a relay from public addresses without a login: how sure it is that it is open."""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.counted import counted
from headertrace.cases.engine import Row
from headertrace.cases.weighing import (
    ESTABLISHED,
    LIKELY,
    MANY_DOMAINS,
    MANY_NETWORKS,
    MESSAGES,
    POSSIBLE,
    PROOF,
    UNNAMED_RECIPIENT,
    Weighing,
    is_few,
    is_invented,
    is_many,
    marks,
    signs,
)
from headertrace.vocabulary import Confidence

ONE_HOUSE = (
    "all recipients are of one organisation: its own backup exchanger, or its filter, would look the same"
)


def weigh_open(case: Row, around: Row) -> Weighing | None:
    """Weigh mail that came into a relay from public addresses without a mark of a login."""
    if _is_exchanger(case, around) or is_invented(case):
        return None
    if case["suspects"] < MESSAGES and not is_few(case, case["helos"]):
        return None
    if 2 * case["own_senders"] > case["messages"]:
        return _own_sender(case)
    if 2 * case["outside"] <= case["messages"] and case["networks"] < MESSAGES:
        # A workstation's name from one public place: a customer at his provider's server, or a password.
        return None
    appliance = 2 * case["handed_on"] > case["messages"]
    proof = _proof(case, appliance)
    return Weighing(
        kind=CaseKind.OPEN_RELAY_APPLIANCE if appliance else CaseKind.OPEN_RELAY,
        confidence=_confidence(case, proof),
        reasons=_reasons(case, proof) + signs(case),
        proof=proof,
        confounders=_confounders(case),
        inner_address=case["inner_ip"] if appliance else None,
    )


def _is_exchanger(case: Row, around: Row) -> bool:
    """Return whether most of what comes in is from proper servers: taking strangers' mail is its work."""
    return bool(around["from_servers"] > case["messages"])


def _confidence(case: Row, proof: str | None) -> Confidence:
    # Exchange writes no mark for a login over SMTP, but a client's address for a mailbox session.
    open_exchange = case["relay_family"] == "exchange" and case["foreign_senders"] == case["messages"]
    if not _several(case) or not (marks(case) or open_exchange):
        return POSSIBLE
    return ESTABLISHED if proof else LIKELY


def _several(case: Row) -> bool:
    return bool(case["suspects"] >= MESSAGES or is_many(case, case["helos"]))


def _proof(case: Row, appliance: bool) -> str | None:
    """Return what proves the server open: a login would show, the mail leaves, and the story is whole."""
    if not (marks(case) and _several(case) and case["foreign_recipients"] >= MESSAGES):
        return None
    if appliance:
        return (
            f"{PROOF}public strangers, a filter in front, a private hop to the server, foreign"
            f" recipients and no login stand in {case['foreign_recipients']} messages"
        )
    if case["networks"] >= MANY_NETWORKS and case["domains"] >= MANY_DOMAINS:
        return (
            f"{PROOF}strangers from unrelated networks write as unrelated domains, and the server lets"
            " them out to foreign recipients without a login"
        )
    return None


def _reasons(case: Row, proof: str | None) -> tuple[str, ...]:
    numbers = (
        f"{counted(case['networks'], 'public network')}, {counted(case['helos'], 'HELO name')} and"
        f" {counted(case['domains'], 'foreign sender domain')} in {counted(case['messages'], 'message')}"
    )
    marked = "the server's software marks logins, and marked none"
    return (numbers, *((marked,) if marks(case) else ()), *((proof,) if proof else ()))


def _confounders(case: Row) -> tuple[str, ...]:
    found = []
    if not marks(case):
        found.append("this server's software does not mark logins: a password may be stolen")
    if not case["foreign_recipients"]:
        found.append(UNNAMED_RECIPIENT)
    if case["houses"] == 1:
        found.append(ONE_HOUSE)
    return tuple(found)


def _own_sender(case: Row) -> Weighing | None:
    """Weigh strangers' mail that bears the organisation's own sender: an account, or an open door?"""
    if case["suspects"] < MESSAGES:
        return None
    if marks(case):
        kind = CaseKind.OPEN_RELAY
        reason = "the sender is the organisation's own, and the server, which marks logins, marked none"
        rival = "the server may let its own senders pass without a login, or hide logins by its settings"
    else:
        kind = CaseKind.STOLEN_ACCOUNT
        reason = "the sender is the organisation's own: an account of it was probably used"
        rival = "no login is marked: an open relay that is told a local sender would look the same"
    return Weighing(kind=kind, confidence=POSSIBLE, reasons=(reason, *signs(case)), confounders=(rival,))
