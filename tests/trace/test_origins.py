"""Where a message began, as far as it can be believed."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from headertrace.trace.trace import read_trace

FIXTURES = Path(__file__).parents[2] / "fixtures" / "trace"
CASES = tomllib.loads((FIXTURES / "origin.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_origin(case: dict[str, Any]) -> None:
    trace = read_trace(case["message"])
    assert trace.origin.hop is (trace.hops[case["hop"]] if "hop" in case else None)
    assert trace.origin.hidden is case["hidden"]
    assert case["says"] in trace.origin.reason


@pytest.mark.parametrize(
    ("count", "said"), [(1, "; an older field does not fit"), (2, "; 2 older fields do not fit")]
)
def test_older_fields_that_do_not_fit_are_counted(count: int, said: str) -> None:
    server = "Received: from a.example (a.example [192.0.2.1]) by mx.example.com (Postfix) with ESMTP id 3\n"
    stranger = (
        "Received: from b.example (b.example [203.0.113.9]) by other.example.org (Postfix) with ESMTP id 1\n"
    )
    assert said in read_trace(server + stranger * count + "\n").origin.reason


def test_a_blanked_address_hides_the_client() -> None:
    trace = read_trace("Received: from mail.example.org ([]) by mx.example.com (Postfix) with ESMTP id 1\n\n")
    assert trace.origin.hidden
    assert trace.origin.hop is trace.hops[0]


LAB = FIXTURES.parent / "messages" / "lab"
# Behind these the laboratory's stranger (or honest colleague) left only an inner address.
HIDING = ("s1_", "s2_norecv_nginx", "s2_norecv_spampd", "legit_lan", "auth_stolen_nat")
TELLING = (
    "open_relay",
    "bot_direct",
    "legit_direct",
    "legit_roaming_auth",
    "auth_stolen/",
    "s2_postfixgw",
    "s2_amavisgw",
)
# The stranger wrote fields of his own below the true ones, or came from the site's own public address:
# what the chain shows is then not how the message went.
MISLEADING = ("s1_nat_forged", "s1_own_public", "s2_postfixgw_forged", "forged_direct")
FILES = sorted(
    file
    for path in LAB.glob("*/*.eml")
    if not (file := path.relative_to(LAB).as_posix()).startswith(MISLEADING)
)


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(HIDING)])
def test_behind_a_translating_gateway_the_client_is_hidden(file: str) -> None:
    trace = read_trace(LAB / file)
    assert trace.origin.hidden
    assert trace.origin.hop is trace.hops[0]


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(TELLING)])
def test_a_client_that_came_directly_is_not_hidden(file: str) -> None:
    assert not read_trace(LAB / file).origin.hidden


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith("s2_norecv_aiosmtpd")])
def test_a_filter_that_tells_its_peer_gives_the_client_away(file: str) -> None:
    origin = read_trace(LAB / file).origin
    assert not origin.hidden
    assert origin.reason.startswith("X-Peer tells")


@pytest.mark.parametrize("file", FILES)
def test_real_servers_one_after_the_other_leave_no_break(file: str) -> None:
    assert read_trace(LAB / file).breaks == ()
