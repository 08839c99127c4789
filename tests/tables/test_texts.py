"""Addresses stand in tables as Python writes them, whatever the C library would write."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.tables.texts import ip_text

# Groups of which many are nought: where their longest run stands decides how an address is written.
GROUPS = st.lists(st.just(0) | st.integers(0, 0xFFFF), min_size=8, max_size=8)


@given(GROUPS)
def test_ipv6_is_written_as_python_writes_it(groups: list[int]) -> None:
    ip = IPv6Address(b"".join(group.to_bytes(2) for group in groups))
    assert ip_text(ip) == str(ip)


@pytest.mark.parametrize(
    "text", ["::", "::1", "::c000:221", "::ffff:c000:221", "::1:0:0:1", "2001:db8:0:1::"]
)
def test_forms_that_c_libraries_write_otherwise(text: str) -> None:
    assert ip_text(IPv6Address(text)) == str(IPv6Address(text))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_ipv4_is_written_as_python_writes_it(ip: IPv4Address) -> None:
    assert ip_text(ip) == str(ip)
