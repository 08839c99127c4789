"""How sure the numbers of a possible case make it, and why: one function for each kind of case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headertrace.cases.case import CaseKind
from headertrace.cases.engine import Row
from headertrace.signatures.mailboxes import is_free_mail
from headertrace.signatures.names import CONSTANTS
from headertrace.vocabulary import Confidence

# Two messages may be one person's bad day; from here on several strangers are at work.
MANY_HELOS = 3
MANY_DOMAINS = 3
MANY_STRANGERS = 4
MANY_NETWORKS = 3
MANY_SITES = 3
MESSAGES = 2

POSSIBLE, LIKELY, ESTABLISHED = Confidence.POSSIBLE, Confidence.LIKELY, Confidence.ESTABLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What a possible case amounts to."""

    kind: CaseKind
    confidence: Confidence
    reasons: tuple[str, ...]
    confounders: tuple[str, ...] = ()
    inner_address: str | None = None


def weigh(case: Row, around: Sequence[Row]) -> Weighing | None:
    """Return how sure a possible case is, or None where the numbers make no case."""
    if case["kind"] == "gateway":
        return _gateway(case, around)
    return _KINDS[case["kind"]](case)


def _signs(case: Row) -> tuple[str, ...]:
    """Return the signs by which the messages are a stranger's, as counts."""
    total = case["messages"]
    shown = (
        ("reply_elsewhere", "want answers at an address that is not the sender's"),
        ("no_to", "name no recipient in To"),
        ("helo_of_strangers", "were announced by a bulk mailer's or a hired machine's HELO"),
        ("lures", "have the subject or the titled sender of a fraud"),
        ("queued", "waited in a long queue"),
        ("judged", "were each judged misuse by themselves"),
    )
    return tuple(f"{case[name]} of {total} {text}" for name, text in shown if case[name])


def _gateway(case: Row, around: Sequence[Row]) -> Weighing | None:
    """Weigh mail that came into a relay from inside: a gateway that hides strangers, or its own people?"""
    inner = max(around, key=lambda row: (row["strangers"], row["gateway_like"]), default=None)
    if inner is None:
        return None
    many = (
        inner["stranger_helos"] >= MANY_HELOS
        and inner["stranger_domains"] >= MANY_DOMAINS
        and inner["strangers"] >= MANY_STRANGERS
    )
    if case["suspects"] < MESSAGES and not many and not _two_copies(case) and not _few_strangers(inner):
        return None
    confidence = ESTABLISHED if many else LIKELY if case["suspects"] >= MESSAGES else POSSIBLE
    return Weighing(
        kind=CaseKind.OPEN_RELAY_NAT,
        confidence=confidence,
        reasons=_gateway_reasons(inner, many) + _signs(case),
        confounders=_gateway_confounders(case, inner, many),
        inner_address=inner["inner_address"],
    )


def _few_strangers(inner: Row) -> bool:
    return bool(inner["stranger_helos"] >= MESSAGES and inner["stranger_domains"] >= MESSAGES)


def _two_copies(case: Row) -> bool:
    return bool(case["suspects"] and case["suspect_copies"] >= MESSAGES)


def _gateway_reasons(inner: Row, many: bool) -> tuple[str, ...]:
    numbers = (
        f"one inner address, {inner['stranger_helos']} HELO names, {inner['stranger_domains']} foreign sender"
        f" domains, {inner['stranger_zones']} time zones in {inner['strangers']} messages"
    )
    proof = (
        "proof: no single machine has so many names, and no office of this organisation writes for so many"
        " foreign domains; whoever connects through this address is let out"
    )
    plain = "the address is one that gateways usually have" if inner["gateway_like"] else ""
    return tuple(filter(None, (numbers, proof if many else "", plain)))


def _gateway_confounders(case: Row, inner: Row, many: bool) -> tuple[str, ...]:
    found = []
    if inner["own_senders"]:
        found.append(
            f"{inner['own_senders']} messages of the organisation's own senders come from the same address"
            f" under {inner['own_helos']} names (a VPN, a terminal server or a branch office behind it): they"
            " are not counted"
        )
    if inner["stranger_helos"] == 1 and not many:
        found.append("a single HELO name: one infected machine inside would look the same")
    if not many:
        found.append("too few names and senders to exclude a terminal server, a VPN or a branch office")
    if case["unmarked"] >= case["marked"]:
        found.append("this server's software does not mark logins: a stolen password is not excluded")
    return tuple(found)


def _open(case: Row) -> Weighing | None:
    """Weigh mail that came into a relay from public addresses without a mark of a login."""
    if case["suspects"] < MESSAGES and not _two_copies(case):
        return None
    if 2 * case["own_senders"] > case["messages"]:
        return _own_sender(case)
    marks = 2 * case["marked"] > case["messages"]
    # Exchange writes no mark for a login over SMTP, but a client's address for a mailbox session.
    open_exchange = case["relay_family"] == "exchange" and case["foreign_senders"] == case["messages"]
    proven = marks and case["networks"] >= MANY_NETWORKS and case["domains"] >= MANY_DOMAINS
    enough = case["suspects"] >= MESSAGES and (marks or open_exchange)
    return Weighing(
        kind=CaseKind.OPEN_RELAY,
        confidence=ESTABLISHED if proven and enough else LIKELY if enough else POSSIBLE,
        reasons=_open_reasons(case, marks, proven) + _signs(case),
        confounders=()
        if marks
        else ("this server's software does not mark logins: a password may be stolen",),
    )


def _open_reasons(case: Row, marks: bool, proven: bool) -> tuple[str, ...]:
    numbers = (
        f"{case['networks']} public networks, {case['helos']} HELO names and {case['domains']} foreign sender"
        f" domains in {case['messages']} messages"
    )
    unmarked = "the server's software marks logins, and marked none" if marks else ""
    proof = (
        "proof: strangers from unrelated networks write as unrelated domains, and the server lets them out"
        " without a login"
    )
    return tuple(filter(None, (numbers, unmarked, proof if proven else "")))


def _own_sender(case: Row) -> Weighing | None:
    """Weigh strangers' mail that bears the organisation's own sender: rather an account than an open door."""
    if case["suspects"] < MESSAGES:
        return None
    return Weighing(
        kind=CaseKind.STOLEN_ACCOUNT,
        confidence=POSSIBLE,
        reasons=("the sender is the organisation's own: an account of it was probably used", *_signs(case)),
        confounders=("no login is marked: an open relay that is told a local sender would look the same",),
    )


def _account(case: Row) -> Weighing | None:
    """Weigh strangers' mail whose clients logged in."""
    if case["suspects"] < MESSAGES and not _two_copies(case):
        return None
    far = case["accounts"] == 1 and case["networks"] >= MANY_NETWORKS
    own = is_free_mail(case["relay_site"])
    confidence = ESTABLISHED if far and not own else LIKELY if case["suspects"] >= MESSAGES else POSSIBLE
    logins = f"the server marks a login in each of {case['messages']} messages"
    networks = f"proof: one account, used from {case['networks']} unrelated networks for strangers' mail"
    return Weighing(
        kind=CaseKind.STOLEN_ACCOUNT,
        confidence=POSSIBLE if own else confidence,
        reasons=(logins, *((networks,) if far else ()), *_signs(case)),
        confounders=("anybody gets an account here: it may be the sender's own",) if own else (),
    )


def _fingerprint(case: Row) -> Weighing | None:
    """Weigh one way of greeting and of making messages, seen at several unrelated relays."""
    if case["sites"] < MANY_SITES or case["suspects"] < MANY_SITES:
        return None
    constant = case["case_key"].partition(" | ")[0] in CONSTANTS
    return Weighing(
        kind=CaseKind.HIJACKER,
        confidence=POSSIBLE if constant else LIKELY,
        reasons=(
            f"one HELO, mailer and habit of Message-ID at {case['sites']} unrelated sites",
            *_signs(case),
        ),
        confounders=("the HELO is a constant of a program that several people use",) if constant else (),
    )


def _network(case: Row) -> Weighing | None:
    """Weigh one network of clients, seen at several unrelated relays."""
    if case["sites"] < MESSAGES or case["suspects"] < MESSAGES:
        return None
    proven = case["sites"] >= MANY_SITES
    proof = f"proof: one network of clients at {case['sites']} unrelated sites, whose only tie it is"
    return Weighing(
        kind=CaseKind.HIJACKER,
        confidence=ESTABLISHED if proven else LIKELY,
        reasons=(proof if proven else f"one network of clients at {case['sites']} sites", *_signs(case)),
    )


def _campaign(case: Row) -> Weighing | None:
    """Weigh one subject at several unrelated relays."""
    if case["sites"] < MESSAGES or case["suspects"] < MESSAGES:
        return None
    return Weighing(
        kind=CaseKind.CAMPAIGN,
        confidence=LIKELY if case["sites"] >= MANY_SITES else POSSIBLE,
        reasons=(f"one subject in {case['messages']} messages through {case['sites']} sites", *_signs(case)),
    )


_KINDS = {
    "open": _open,
    "account": _account,
    "fingerprint": _fingerprint,
    "network": _network,
    "campaign": _campaign,
}
