"""Every known wording, in the bounces of five mail systems."""

from __future__ import annotations

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from headertrace.bounces import Bounce, BounceKind, Refusal, read_bounce

from .wrapped import RECIPIENT, REMOTE, REMOTE_IP, SYSTEMS

FIXTURES = Path(__file__).parents[2] / "fixtures/bounces"
CASES = tomllib.loads((FIXTURES / "wordings.toml").read_text())["case"]
BOTH = [(case, system) for case in CASES for system in SYSTEMS]


def only(bounce: Bounce) -> Refusal:
    (refusal,) = bounce.refusals
    return refusal


@pytest.mark.parametrize(("case", "system"), BOTH, ids=[f"{case['why']} ({system})" for case, system in BOTH])
def test_a_wording_is_understood(case: dict[str, Any], system: str) -> None:
    bounce = read_bounce(SYSTEMS[system](case["text"]))
    refusal = only(bounce)
    assert bounce.kind is BounceKind.FAILURE
    assert refusal.cause == case["cause"]
    told = refusal.blocker
    names = f"{told.name} {told.zone} {told.sublist}" if told else ""
    assert case.get("blocker", "").lower() in names.lower()
    assert bool(told) is ("blocker" in case)
    assert refusal.address == (ip_address(case["address"]) if "address" in case else None)
    for name in {"domain", "reason_code"} & set(case):
        assert getattr(refusal, name) == case[name]
    if "first" in case:
        assert refusal.explanations[0].key == case["first"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_who_refused_whom_is_told_by_every_system(system: str) -> None:
    bounce = read_bounce(SYSTEMS[system]("550 5.7.1 Rejected: 203.0.113.66 listed at bl.hosts.example"))
    refusal = only(bounce)
    assert bounce.dialect in (system, "Postfix")
    assert refusal.recipient == RECIPIENT
    # qmail knows the server's address alone, Exchange its name alone.
    assert refusal.remote_mta == (None if system == "qmail" else REMOTE)
    assert system not in ("qmail", "Exim") or refusal.remote_ip == ip_address(REMOTE_IP)
    assert (refusal.reply_code, refusal.status, refusal.temporary) == (550, "5.7.1", False)
    assert b"Received: from pc.example.net" in bounce.original
