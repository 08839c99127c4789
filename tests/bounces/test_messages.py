"""Whole bounces of many systems, and messages that are none."""

from __future__ import annotations

import email
import tomllib
from pathlib import Path
from typing import Any

import mailparser
import pytest

import headertrace as ht
from headertrace.bounces import Bounce, read_bounce

FIXTURES = Path(__file__).parents[2] / "fixtures/bounces"
CASES = tomllib.loads((FIXTURES / "messages.toml").read_text())["case"]
OURS = ht.Admd(trusted=["10.0.0.0/8"], names=["example.net"])


def told(bounce: Bounce) -> list[tuple[str | None, str, str]]:
    blockers = [refusal.blocker.name if refusal.blocker else "" for refusal in bounce.refusals]
    return [
        (one.recipient, str(one.cause), name) for one, name in zip(bounce.refusals, blockers, strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_message(case: dict[str, Any]) -> None:
    bounce = read_bounce(FIXTURES / case["file"])
    assert (bounce.kind, bounce.dialect) == (case["kind"], case.get("dialect"))
    found = told(bounce)
    wanted = case.get("refusals", [])
    assert [pair[:2] for pair in found] == [tuple(pair[:2]) for pair in wanted]
    for (_, _, name), (_, _, part) in zip(found, wanted, strict=True):
        assert part in name
        assert bool(name) is bool(part)
    if "remote_mta" in case:
        assert bounce.refusals[0].remote_mta == case["remote_mta"]


def test_every_file_is_a_case() -> None:
    assert {case["file"] for case in CASES} == {path.name for path in FIXTURES.glob("*.eml")}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_every_shape_of_a_message_reads_alike(case: dict[str, Any]) -> None:
    raw = (FIXTURES / case["file"]).read_bytes()
    wanted = read_bounce(raw)
    for message in (raw.decode(), email.message_from_bytes(raw), mailparser.parse_from_bytes(raw)):
        found = read_bounce(message)
        assert (found.kind, told(found)) == (wanted.kind, told(wanted))


@pytest.mark.parametrize(
    ("file", "admd", "answer"),
    [
        ("backscatter.eml", OURS, True),
        ("backscatter.eml", None, None),
        ("three-recipients.eml", OURS, False),
        ("delay.eml", OURS, None),
        ("courier.eml", ht.Admd(trusted=["203.0.113.66"]), False),
        ("courier.eml", ht.Admd(trusted=["203.0.113.67"]), True),
    ],
    ids=[
        "no server of ours",
        "ours is not known",
        "our server stands in it",
        "nothing was returned",
        "our address, which no field names, was refused",
        "an address beside ours was refused",
    ],
)
def test_backscatter(file: str, admd: ht.Admd | None, answer: bool | None) -> None:
    bounce = read_bounce(FIXTURES / file, admd)
    assert bounce.backscatter is answer
    assert bounce.backscatter_reason


def test_a_loopback_address_is_nobodys() -> None:
    raw = (
        (FIXTURES / "courier.eml")
        .read_bytes()
        .replace(b"query/ip/203.0.113.66", b"query/ip/ [0:0:0:0:0:0:0:1]")
    )
    bounce = read_bounce(raw, ht.Admd(names=["corp.example"]))
    assert [str(refusal.address) for refusal in bounce.refusals] == ["::1"]
    assert bounce.backscatter is True


@pytest.mark.parametrize("file", ["courier.eml", "receipt.eml"])
def test_networks_that_are_none_are_a_type_error(file: str) -> None:
    with pytest.raises(TypeError, match="not an Admd: str"):
        read_bounce(FIXTURES / file, "corp.example")  # type: ignore[arg-type]


def test_the_returned_header_can_be_traced() -> None:
    bounce = read_bounce(FIXTURES / "courier.eml")
    (hop,) = ht.read_trace(bounce.original).hops
    assert hop.by == "mail.example.net"


def test_what_is_no_message_is_the_callers_mistake() -> None:
    with pytest.raises(TypeError):
        read_bounce(5)
    with pytest.raises(FileNotFoundError):
        read_bounce(FIXTURES / "none.eml")
