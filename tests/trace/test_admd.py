"""Networks in SpamAssassin's notation."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tomllib
from ipaddress import IPv4Address, ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.trace.admd import Admd

FIXTURES = Path(__file__).parents[2] / "fixtures" / "trace"
CASES = tomllib.loads((FIXTURES / "admd.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["why"])
def test_membership(case: dict[str, Any]) -> None:
    admd = Admd(trusted=case["networks"])
    wrongly_out = [text for text in case["inside"] if not admd.trusts(ip_address(text))]
    wrongly_in = [text for text in case["outside"] if admd.trusts(ip_address(text))]
    assert (wrongly_out, wrongly_in) == ([], [])


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["why"])
def test_refused_networks_are_named(case: dict[str, Any]) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (the message is compared below)
        Admd(**case["admd"])
    assert case["names"] in str(caught.value)


def test_a_text_of_networks_is_split_as_in_a_configuration_line() -> None:
    assert Admd("192.0.2.0/24 198.51.100.0/24") == Admd(["192.0.2.0/24", "198.51.100.0/24"])


@pytest.mark.parametrize("networks", [[10], 10, [b"192.0.2.1"]])
def test_what_is_no_text_is_a_type_error(networks: Any) -> None:
    with pytest.raises(TypeError):
        Admd(trusted=networks)


def test_nothing_is_configured_by_names_alone() -> None:
    assert not Admd(names=("example.com",)).configured
    assert Admd(trusted=()).configured


def test_no_address_is_in_no_network() -> None:
    admd = Admd(trusted=("0.0.0.0/0",), submission=("0.0.0.0/0",))
    assert not any(ask(None) for ask in (admd.trusts, admd.is_internal, admd.is_submission))


@pytest.mark.parametrize(
    ("name", "owned"),
    [
        ("example.com", True),
        ("mx.EXAMPLE.com.", True),
        ("[mx.example.com]", True),
        ("badexample.com", False),
        ("example.com.invalid", False),
        ("", False),
        (None, False),
    ],
)
def test_our_names_are_ours_with_all_below_them(name: str | None, owned: bool) -> None:
    assert Admd(names=("Example.com.",)).owns(name) is owned


def test_it_survives_pickling_for_worker_processes() -> None:
    admd = Admd(trusted=("192.0.2.0/24",), names=("example.com",))
    copy = pickle.loads(pickle.dumps(admd))
    assert copy == admd
    assert copy.trusts(IPv4Address("192.0.2.9"))


def test_netaddr_is_imported_only_for_networks() -> None:
    program = (
        "import sys, headertrace; headertrace.Admd(names=('a.example',)); print('netaddr' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@given(st.integers(0, 2**32 - 1), st.integers(0, 32), st.integers(0, 2**32 - 1))
def test_cidr_is_what_its_bits_say(network: int, bits: int, address: int) -> None:
    admd = Admd(trusted=(f"{IPv4Address(network)}/{bits}",))
    expected = network >> (32 - bits) == address >> (32 - bits) or address >> 24 == 127
    assert admd.trusts(IPv4Address(address)) is expected


@given(st.text(max_size=30))
def test_a_text_is_a_network_or_an_error_that_names_it(text: str) -> None:
    try:
        named = repr(Admd(trusted=(text,)).trusted)
    except ValueError as error:
        named = str(error)
    assert repr(text) in named
