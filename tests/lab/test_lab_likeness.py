"""What no header tells apart is proved by the laboratory's own messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from .labkit.likeness import alike, normalised, read_folder
from .labkit.margin import main

LAB = Path(__file__).parents[2] / "fixtures" / "messages" / "lab"
MESSAGES = read_folder(LAB)

ALIKE = {
    ("legit_lan_vpn", "s1_nat"): "a VPN laptop and a hidden stranger leave one and the same field",
    ("auth_stolen", "legit_roaming_auth"): "who knows a password is not written in a header",
    ("infected_lan", "legit_lan"): "an infected workstation is a workstation",
}
TOLD_APART = {
    ("legit_lan", "s1_nat"): "the gateway's address differs from a workstation's",
    ("legit_gw_forward_postfixgw", "s2_postfixgw"): "FOR names the site's own recipient",
    ("legit_lan", "legit_lan_auth"): "a login is marked",
}


def pairs(*, addresses: bool) -> set[tuple[str, str]]:
    return {(pair.one, pair.other) for pair in alike(MESSAGES, addresses=addresses, fewest=1)}


@pytest.mark.parametrize("pair", ALIKE, ids=ALIKE.get)
def test_no_header_tells_them_apart(pair: tuple[str, str]) -> None:
    assert pair in pairs(addresses=False)


@pytest.mark.parametrize("pair", TOLD_APART, ids=TOLD_APART.get)
def test_something_tells_them_apart(pair: tuple[str, str]) -> None:
    assert pair not in pairs(addresses=False)


def test_without_its_address_a_workstation_is_like_the_hidden_stranger() -> None:
    assert ("legit_lan", "s1_nat") in pairs(addresses=True)


def test_normalising_leaves_no_date_and_no_queue_id() -> None:
    message = next(message for message in MESSAGES if message.scenario == "s1_nat")
    received = [line for line in normalised(message, addresses=True) if line.startswith("Received:")]
    assert received
    assert all(line.endswith("<date>") for line in received)
    assert "192.168" not in " ".join(received)


def test_the_report_names_every_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(LAB)]) == 0
    said = capsys.readouterr().out
    assert [m.scenario for m in MESSAGES if f"| {m.scenario} |" not in said] == []


def test_other_draws_of_letters_have_their_totals(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(LAB), "--draws", str(LAB)]) == 0
    first, second = capsys.readouterr().out.split("\nDraw 2:\n\n")
    totals = first.partition("## Totals\n\n")[2].partition("\n\n")[0]
    assert totals.count("\n") > 4
    assert second.startswith(totals)


def test_a_folder_without_messages_is_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2
    assert "no <scenario>/<relay>-<n>.eml" in capsys.readouterr().err
