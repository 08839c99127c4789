"""Where neighbouring hops do not fit, and whose host a name is."""

from __future__ import annotations

import tomllib
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from headertrace.received.hop import Hop
from headertrace.trace.continuity import find_breaks
from headertrace.trace.organisations import registrable_domain, same_organisation
from headertrace.vocabulary import NetworkReason

FIXTURES = Path(__file__).parents[2] / "fixtures" / "trace"
CASES = tomllib.loads((FIXTURES / "continuity.toml").read_text("utf-8"))["case"]


def hop(facts: dict[str, Any]) -> Hop:
    stated: dict[str, Any] = {
        key: ip_address(value) if key.endswith("ip") else value for key, value in facts.items()
    }
    stated.setdefault("network", True)
    stated.setdefault("zone_known", True)
    return Hop(raw=b"", network_reason=None if stated["network"] else NetworkReason.PICKUP, **stated)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_breaks(case: dict[str, Any]) -> None:
    found = find_breaks([hop(case["earlier"]), hop(case["later"])])
    assert [str(each.kind) for each in found] == case["breaks"]
    assert all((each.earlier, each.later) == (0, 1) and each.summary for each in found)


def test_a_break_is_told_where_it_is() -> None:
    fitting = hop({"by": "a.example", "rdns": "a.example", "ip": "192.0.2.1"})
    strange = hop({"by": "b.test", "rdns": "a.example", "ip": "192.0.2.1"})
    (found,) = find_breaks([fitting, fitting, strange, fitting])
    assert (found.earlier, found.later) == (2, 3)
    assert "b.test" in found.summary
    assert "a.example" in found.summary


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("mx.Example.COM.", "example.com"),
        ("example.com", "example.com"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("mail.web.de", "web.de"),
        ("co.uk", None),
        # Top-level domains beyond ASCII, as the DNS holds them (RFC 5890).
        ("mx.shop.xn--p1ai", "shop.xn--p1ai"),
        ("mx.shop.XN--FIQS8S.", "shop.xn--fiqs8s"),
        ("shop.x1--a", None),
        ("mailhost", None),
        ("mail.corp.local", None),
        ("192.0.2.1", None),
        ("[192.0.2.1]", None),
        ("2001:db8::1", None),
        ("mail.example", "mail.example"),
        ("", None),
        (None, None),
    ],
)
def test_registrable_domain(name: str | None, domain: str | None) -> None:
    assert registrable_domain(name) == domain


def test_common_first_labels_prove_no_kinship() -> None:
    assert not same_organisation("mail.example", "mail.test")
    assert not same_organisation(None, None)


def test_operators_that_use_several_names_are_one() -> None:
    assert same_organisation("smtp.office365.com", "mail.protection.outlook.com")
    assert same_organisation("smtp.aliyun-inc.com", "out30-1.freemail.mail.aliyun.com")
    assert same_organisation("sina.com", "r3-25.sinamail.sina.com.cn")
    assert not same_organisation("smtp.office365.com", "mout.gmx.net")
