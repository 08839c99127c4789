"""Mail whose clients logged in at a relay: how sure it is that accounts are stolen, and why."""

from __future__ import annotations

from headertrace.cases.case import CaseKind
from headertrace.cases.counted import counted
from headertrace.cases.engine import Row
from headertrace.cases.weighing import (
    ESTABLISHED,
    LIKELY,
    MANY_NETWORKS,
    MESSAGES,
    POSSIBLE,
    PROOF,
    Weighing,
    comes_by_another_hand,
    is_invented,
    is_many,
    signs,
)
from headertrace.signatures.mailboxes import is_free_mail


def weigh_account(case: Row) -> Weighing | None:
    """Weigh strangers' mail whose clients logged in; None where anybody gets an account or a domain."""
    several = case["suspects"] >= MESSAGES
    # Many names at a provider are its many customers; at one account they are not one owner's.
    many = _is_one(case) and is_many(case, case["helos"])
    copied = case["suspects"] and case["suspect_copies"] >= MESSAGES
    if _is_anybodys(case) or _is_borrowed(case) or not (several or many or copied):
        return None
    proven = several and _is_one(case) and case["networks"] >= MANY_NETWORKS
    proof = _proof(case) if proven else None
    likely = (several or many) and not (_is_made_there(case) or _is_faceless(case))
    return Weighing(
        kind=CaseKind.STOLEN_ACCOUNT,
        confidence=ESTABLISHED if proven else LIKELY if likely else POSSIBLE,
        reasons=_reasons(case, proof) + signs(case),
        proof=proof,
        confounders=() if proven else _confounders(case),
    )


def _is_one(case: Row) -> bool:
    """Return whether every login is of one named account."""
    return bool(case["accounts"] == 1 and case["named_logins"] == case["messages"])


def _is_anybodys(case: Row) -> bool:
    """Return whether the account or the server is probably the sender's own: 15 of 16 in the corpora were."""
    return bool(case["given_away"] or is_free_mail(case["relay_site"]))


def _is_borrowed(case: Row) -> bool:
    """Return whether the server's name stands in forged trails: its mail leaves from ever other houses."""
    return is_invented(case) and comes_by_another_hand(case)


def _is_made_there(case: Row) -> bool:
    """Return whether most senders are of the server's host name, not of its organisation's domain."""
    return bool(2 * case["server_senders"] > case["messages"])


def _is_faceless(case: Row) -> bool:
    """Return whether a server named like its domain shows no sender and no account that it serves.

    Of 14 such servers in the corpora, four were certainly the writer's own.
    """
    nobody = not case["own_senders"] and not case["named_logins"]
    return bool(nobody and case["relay"] == case["relay_site"])


def _proof(case: Row) -> str:
    return f"{PROOF}one account, used from {case['networks']} networks for strangers' mail: not by one owner"


def _reasons(case: Row, proof: str | None) -> tuple[str, ...]:
    logins = f"the server marks a login in {counted(case['messages'], 'message')}"
    writers = (
        f"one account writes as {counted(case['domains'], 'foreign domain')} under"
        f" {counted(case['helos'], 'HELO name')}"
    )
    return (logins, *((writers,) if _is_one(case) and case["domains"] else ()), *((proof,) if proof else ()))


def _confounders(case: Row) -> tuple[str, ...]:
    own = "the account, or the whole server, may be the sender's own"
    made = "the sender's domain is the server's host name: such accounts are made by who runs the server"
    alone = "no sender and no account of this server's organisation shows: it may serve nobody but the writer"
    rivals = ((own, True), (made, _is_made_there(case)), (alone, _is_faceless(case)))
    return tuple(text for text, holds in rivals if holds)
