"""Networks and countries from databases that the test writes."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from headertrace.facts import NetworkFact
from headertrace.lookups import Options, gather
from headertrace.lookups.network import read_networks

netaddr = pytest.importorskip("netaddr")
mmdb_writer = pytest.importorskip("mmdb_writer", reason="pip install mmdb-writer")
pytest.importorskip("maxminddb", reason="pip install headertrace[geo]")

ADDRESS = ip_address("192.0.2.66")


def database(path: Path, records: dict[str, dict[str, Any]], version: int = 6) -> Path:
    compatible = {"ipv4_compatible": True} if version == 6 else {}
    writer = mmdb_writer.MMDBWriter(ip_version=version, database_type="Test", **compatible)
    for network, record in records.items():
        writer.insert_network(netaddr.IPSet([network]), record)
    writer.to_db_file(str(path))
    return path


SHAPES = (
    (
        {"autonomous_system_number": 64496, "autonomous_system_organization": "Example Net"},
        NetworkFact(asn=64496, organisation="Example Net"),
        "MaxMind's ASN database",
    ),
    ({"country": {"iso_code": "ZZ"}}, NetworkFact(country="ZZ"), "MaxMind's country database"),
    (
        {"asn": "AS64497", "as_name": "Example Two", "country": "Nowhere", "country_code": "ZZ"},
        NetworkFact(asn=64497, organisation="Example Two", country="ZZ"),
        "IPinfo's database",
    ),
    ({"asn": "unknown", "country": 7}, None, "a number and a country that are none are left out"),
    ({"other": "x"}, None, "a database of something else knows nothing"),
)


@pytest.mark.parametrize(("record", "fact", "why"), SHAPES, ids=[why for *_, why in SHAPES])
def test_record(tmp_path: Path, record: dict[str, Any], fact: NetworkFact | None, why: str) -> None:
    path = database(tmp_path / "test.mmdb", {"192.0.2.0/24": record})
    assert read_networks([ADDRESS], [path]).get("192.0.2.66") == fact, why


def test_two_databases_complete_each_other(tmp_path: Path) -> None:
    numbers = database(tmp_path / "asn.mmdb", {"192.0.2.0/24": {"autonomous_system_number": 64496}})
    countries = database(tmp_path / "country.mmdb", {"192.0.2.0/24": {"country": {"iso_code": "ZZ"}}})
    found = read_networks([ADDRESS, ip_address("198.51.100.1")], [numbers, countries])
    assert found == {"192.0.2.66": NetworkFact(asn=64496, country="ZZ")}


def test_database_for_ipv4_only_knows_no_ipv6_address(tmp_path: Path) -> None:
    path = database(tmp_path / "four.mmdb", {"192.0.2.0/24": {"asn": "AS64496"}}, version=4)
    assert read_networks([ip_address("2001:db8::1")], [path]) == {}


def test_damaged_database_knows_nothing_of_what_is_damaged(tmp_path: Path) -> None:
    path = database(tmp_path / "whole.mmdb", {"192.0.2.0/24": {"asn": "AS64496"}})
    content = bytearray(path.read_bytes())
    place = content.index(b"AS64496")
    content[place - 1] = 0xFF
    (tmp_path / "damaged.mmdb").write_bytes(bytes(content))
    assert read_networks([ADDRESS], [tmp_path / "damaged.mmdb"]) == {}


def test_file_that_is_no_database_is_the_callers_mistake(tmp_path: Path) -> None:
    (tmp_path / "text.mmdb").write_text("nothing")
    with pytest.raises(ValueError, match=r"no MMDB: .*text\.mmdb"):
        read_networks([ADDRESS], [tmp_path / "text.mmdb"])
    with pytest.raises(OSError, match="absent"):
        read_networks([ADDRESS], [tmp_path / "absent.mmdb"])


def test_facts_hold_the_networks_of_what_was_asked_about(tmp_path: Path, lists_at: str) -> None:
    path = database(tmp_path / "asn.mmdb", {"192.0.2.0/24": {"asn": "AS64496"}})
    options = Options(resolvers=[lists_at], lists=(), databases=[path], documentation=True)
    assert gather("192.0.2.66", options).networks == {"192.0.2.66": NetworkFact(asn=64496)}
