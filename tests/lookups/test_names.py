"""Names and reverse names, from a real resolver."""

from __future__ import annotations

import tomllib

import pytest

from headertrace.facts import Facts, Iprev
from headertrace.lookups import Options, gather

from .servers import FIXTURES

CASES = tomllib.loads((FIXTURES / "reverse.toml").read_text())["case"]


@pytest.fixture(scope="module")
def reverse(names_at: str) -> Facts:
    options = Options(resolvers=[names_at], lists=(), documentation=True)
    return gather([case["address"] for case in CASES], options)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_reverse_name_with_forward_confirmation(reverse: Facts, case: dict[str, str]) -> None:
    assert reverse.reverse[case["address"]].iprev == case["iprev"]


def test_every_result_but_pass_has_a_reason(reverse: Facts) -> None:
    assert all((fact.iprev is Iprev.PASS) == (fact.reason is None) for fact in reverse.reverse.values())


def test_names_of_an_address_are_told_even_when_they_lie(reverse: Facts) -> None:
    assert reverse.reverse["192.0.2.20"].names == ("forged.example",)
    assert reverse.reverse["192.0.2.40"].names == ("forged.example", "second.example")


@pytest.fixture(scope="module")
def names(names_at: str) -> Facts:
    named = ("shop.example", "silent.example", "alias.example", "absent.example", "big.example")
    return gather(
        [*named, "host.broken.example"], Options(resolvers=[names_at], lists=(), documentation=True)
    )


def test_mail_exchangers_stand_in_the_order_of_preference(names: Facts) -> None:
    assert names.mail_exchangers["shop.example"] == ("mail.example", "backup.example")


def test_domain_that_takes_no_mail_says_so_with_a_dot(names: Facts) -> None:
    assert names.mail_exchangers["silent.example"] == (".",)


def test_strings_of_one_text_record_are_one_text(names: Facts) -> None:
    assert names.texts["shop.example"] == ("v=spf1 -all",)


def test_alias_that_the_resolver_does_not_follow_is_unknown(names: Facts) -> None:
    assert "alias.example" not in names.addresses
    assert names.unanswered["A alias.example"] == "the resolver did not follow an alias"


def test_name_that_does_not_exist_has_no_records_rather_than_unknown_ones(names: Facts) -> None:
    assert names.addresses["absent.example"] == ()
    assert names.mail_exchangers["absent.example"] == ()
    assert not [question for question in names.unanswered if "absent" in question]


def test_answer_too_large_for_udp_is_fetched_over_tcp(names: Facts) -> None:
    assert len(names.texts["big.example"]) == 12


def test_broken_zone_is_unknown_with_the_resolvers_word(names: Facts) -> None:
    assert "host.broken.example" not in names.addresses
    assert names.unanswered["A host.broken.example"] == "the resolver answered SERVFAIL"
