"""How sure the numbers of a possible case make it, and why: one function for each kind of case."""

from __future__ import annotations

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

# Freenom gave domains below these away until 2023.
FREE_DOMAINS = frozenset({"tk", "ml", "ga", "cf", "gq"})

POSSIBLE, LIKELY, ESTABLISHED = Confidence.POSSIBLE, Confidence.LIKELY, Confidence.ESTABLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What a possible case amounts to."""

    kind: CaseKind
    confidence: Confidence
    reasons: tuple[str, ...]
    confounders: tuple[str, ...] = ()
    inner_address: str | None = None


def weigh(case: Row, around: Row | None = None) -> Weighing | None:
    """Return how sure a possible case is, or None where the numbers make no case.

    ``around`` counts the other mail that comes from the same inner address, or into the same server.
    """
    if case["kind"] == "gateway":
        return _gateway(case, around)
    if case["kind"] == "open":
        return None if _is_exchanger(case, around) or _is_invented(case) else _open(case)
    return _KINDS[case["kind"]](case)


def _is_exchanger(case: Row, around: Row | None) -> bool:
    """Return whether most of what comes in is from proper servers: taking strangers' mail is its work."""
    return around is not None and around["from_servers"] > case["messages"]


def _is_invented(case: Row) -> bool:
    """Return whether a server's mail leaves from ever other networks: its name stands in forged trails."""
    return bool(2 * case["exits"] > case["messages"] + 1)


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


def _is_many(case: Row) -> bool:
    """Return whether so many names and senders are at work that they cannot be one machine or one office."""
    return bool(
        case["helos"] >= MANY_HELOS
        and case["domains"] >= MANY_DOMAINS
        and case["strangers"] >= MANY_STRANGERS
    )


def _is_few(case: Row) -> bool:
    """Return whether the numbers at least suggest several strangers, or that one message came in copies."""
    copies = case["suspects"] and case["suspect_copies"] >= MESSAGES
    names = case["helos"] >= MESSAGES and case["domains"] >= MESSAGES and case["strangers"] >= MANY_STRANGERS
    return bool(copies or names)


def _gateway(case: Row, around: Row | None) -> Weighing | None:
    """Weigh mail that came into a relay from inside: a gateway that hides strangers, or its own people?"""
    many, several = _is_many(case), case["suspects"] >= MESSAGES
    outside = 2 * case["outside"] > case["messages"]
    foreign = case["foreign_senders"] == case["messages"]
    if not (many or ((outside or foreign) and (several or _is_few(case)))):
        return None
    return Weighing(
        kind=CaseKind.OPEN_RELAY_NAT,
        confidence=ESTABLISHED if many else LIKELY if outside and several else POSSIBLE,
        reasons=_gateway_reasons(case, many) + _signs(case),
        confounders=_gateway_confounders(case, around, many),
        inner_address=case["client_ip"],
    )


def _gateway_reasons(case: Row, many: bool) -> tuple[str, ...]:
    numbers = (
        f"one inner address, {case['helos']} HELO names, {case['domains']} foreign sender domains,"
        f" {case['zones']} time zones in {case['messages']} messages"
    )
    proof = (
        "proof: no single machine has so many names, and no office of this organisation writes for so many"
        " foreign domains; whoever connects through this address is let out"
    )
    plain = "the address, or its name, is one that gateways usually have"
    return (numbers, *((proof,) if many else ()), *((plain,) if case["gateways"] else ()))


def _gateway_confounders(case: Row, around: Row | None, many: bool) -> tuple[str, ...]:
    found = []
    if around is not None:
        found.append(
            f"{around['messages']} innocent messages come from the same address under {around['helos']}"
            " names (a VPN, a terminal server or a branch office behind it): they are not counted"
        )
    if not many and case["helos"] <= 1:
        found.append("a single HELO name: one infected machine inside would look the same")
    if not many:
        found.append("too few names and senders to exclude a terminal server, a VPN or a branch office")
    if case["unmarked"] >= case["marked"]:
        found.append("this server's software does not mark logins: a stolen password is not excluded")
    return tuple(found)


def _open(case: Row) -> Weighing | None:
    """Weigh mail that came into a relay from public addresses without a mark of a login."""
    if case["suspects"] < MESSAGES and not _is_few(case):
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
        reasons=_open_reasons(case, appliance) + _signs(case),
        confounders=()
        if _marks(case)
        else ("this server's software does not mark logins: a password may be stolen",),
        inner_address=case["inner_ip"] if appliance else None,
    )


def _marks(case: Row) -> bool:
    return bool(2 * case["marked"] > case["messages"])


def _strangers_from_everywhere(case: Row) -> bool:
    return bool(_marks(case) and case["networks"] >= MANY_NETWORKS and case["domains"] >= MANY_DOMAINS)


def _open_confidence(case: Row, appliance: bool) -> Confidence:
    # Exchange writes no mark for a login over SMTP, but a client's address for a mailbox session.
    open_exchange = case["relay_family"] == "exchange" and case["foreign_senders"] == case["messages"]
    several = case["suspects"] >= MESSAGES or _is_many(case)
    whole_story = appliance and case["foreign_recipients"] >= MESSAGES
    if not several or not (_marks(case) or open_exchange or whole_story):
        return POSSIBLE
    return ESTABLISHED if whole_story or _strangers_from_everywhere(case) else LIKELY


def _open_reasons(case: Row, appliance: bool) -> tuple[str, ...]:
    numbers = (
        f"{case['networks']} public networks, {case['helos']} HELO names and {case['domains']} foreign sender"
        f" domains in {case['messages']} messages"
    )
    found = [numbers]
    if _marks(case):
        found.append("the server's software marks logins, and marked none")
    if appliance and case["foreign_recipients"] >= MESSAGES:
        found.append(
            "proof: public strangers, a filter in front, a private hop to the server, foreign recipients"
            f" and no login stand in {case['foreign_recipients']} messages"
        )
    if _strangers_from_everywhere(case):
        found.append(
            "proof: strangers from unrelated networks write as unrelated domains, and the server lets them out"
            " without a login"
        )
    return tuple(found)


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


def is_free_domain(site: str | None) -> bool:
    """Return whether a domain lies where they were given away, and servers of an hour live."""
    return site is not None and site.rpartition(".")[2] in FREE_DOMAINS


def _account(case: Row) -> Weighing | None:
    """Weigh strangers' mail whose clients logged in."""
    if case["suspects"] < MESSAGES and not _is_few(case):
        return None
    far = case["accounts"] == 1 and case["networks"] >= MANY_NETWORKS
    several = case["suspects"] >= MESSAGES or _is_many(case)
    own = is_free_mail(case["relay_site"]) or is_free_domain(case["relay_site"])
    confidence = ESTABLISHED if far and not own else LIKELY if several else POSSIBLE
    logins = f"the server marks a login in each of {case['messages']} messages"
    networks = f"proof: one account, used from {case['networks']} unrelated networks for strangers' mail"
    return Weighing(
        kind=CaseKind.STOLEN_ACCOUNT,
        confidence=POSSIBLE if own else confidence,
        reasons=(logins, *((networks,) if far else ()), *_signs(case)),
        confounders=("anybody gets an account or a domain like this: it may be the sender's own",)
        if own
        else (),
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
    proven = case["sites"] >= MANY_SITES and case["clients"] == 1
    proof = f"proof: one client address at {case['sites']} unrelated sites, which have nothing else in common"
    return Weighing(
        kind=CaseKind.HIJACKER,
        confidence=ESTABLISHED if proven else LIKELY,
        reasons=(proof if proven else f"one network of clients at {case['sites']} sites", *_signs(case)),
        confounders=() if case["clients"] == 1 else ("several people may share a provider's addresses",),
    )


def _mailbox(case: Row) -> Weighing | None:
    """Weigh one mailbox to which the answers go, named by messages through several relays."""
    if case["sites"] < MESSAGES or case["suspects"] < MESSAGES:
        return None
    proven = case["sites"] >= MANY_SITES
    text = f"answers to {case['messages']} messages through {case['sites']} unrelated sites go to one mailbox"
    return Weighing(
        kind=CaseKind.CAMPAIGN,
        confidence=ESTABLISHED if proven else LIKELY,
        reasons=("proof: " * proven + text, *_signs(case)),
    )


def _subject(case: Row) -> Weighing | None:
    """Weigh one subject, written by one kind of program, through several relays."""
    if case["sites"] < MANY_SITES or case["suspects"] < MANY_SITES:
        return None
    return Weighing(
        kind=CaseKind.CAMPAIGN,
        confidence=POSSIBLE,
        reasons=(f"one subject and one mailer in messages through {case['sites']} sites", *_signs(case)),
        confounders=("short subjects repeat without a common sender",),
    )


_KINDS = {
    "open": _open,
    "account": _account,
    "fingerprint": _fingerprint,
    "network": _network,
    "mailbox": _mailbox,
    "subject": _subject,
}
