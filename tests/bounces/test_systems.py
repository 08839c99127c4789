"""One refusal in the bounces of mail systems that wrap it each in their own way."""

from __future__ import annotations

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from headertrace.bounces import BounceKind, Cause, read_bounce

FIXTURES = Path(__file__).parents[2] / "fixtures/bounces"
SYSTEMS = tomllib.loads((FIXTURES / "systems.toml").read_text())["system"]
REPLY = "554 5.7.1 Service unavailable; Client host [203.0.113.66] blocked using bl.hosts.example"


@pytest.mark.parametrize("system", SYSTEMS, ids=[system["why"] for system in SYSTEMS])
def test_the_refusal_is_found(system: dict[str, Any]) -> None:
    bounce = read_bounce(system["text"].replace("{reply}", REPLY))
    (refusal,) = bounce.refusals
    assert (bounce.kind, bounce.dialect) == (BounceKind.FAILURE, system.get("dialect"))
    assert (refusal.recipient, refusal.cause) == ("user@example.org", Cause.BLOCKLIST)
    assert refusal.address == ip_address("203.0.113.66")
    assert refusal.blocker is not None
    assert refusal.blocker.zone == "bl.hosts.example"
    if "remote" in system:
        assert system["remote"] in (refusal.remote_mta, str(refusal.remote_ip))


@pytest.mark.parametrize("system", SYSTEMS, ids=[system["why"] for system in SYSTEMS])
def test_an_unknown_recipient_is_no_listing(system: dict[str, Any]) -> None:
    bounce = read_bounce(system["text"].replace("{reply}", "550 5.1.1 No such user here"))
    assert [refusal.cause for refusal in bounce.refusals] == [Cause.RECIPIENT]
    assert bounce.listings == ()
