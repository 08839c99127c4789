"""Whatever the text: twice as much of it costs about twice as much to read, on every entry point."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from headertrace import Admd, examine, read_trace
from headertrace.bounces import read_bounce
from headertrace.message.section import read_section
from headertrace.received.comments import read_parts
from headertrace.received.families.recognise import recognise
from headertrace.received.read import read_hop
from headertrace.received.stamp_time import read_time

from .attacks import FIELDS, HEADERS, MESSAGES, VALUES
from .growth import grows_linearly

KB = 1024
each_field = pytest.mark.parametrize("attack", FIELDS)
each_message = pytest.mark.parametrize("attack", MESSAGES)


def _hop(field: bytes) -> None:
    hop = read_hop(field)
    assert (hop.spans, hop.remarks, hop.unread, hop.defects, hop.date) is not None


def _parts(field: bytes) -> None:
    text = field.decode("latin-1")
    for server in (False, True):
        read_parts(text, 0, len(text), server=server)


def _time(field: bytes) -> None:
    read_time(field.decode("latin-1"))


def _marks(field: bytes) -> None:
    text = field.decode("latin-1")
    recognise(software=text, protocol=text, by=text, id_=text, lead=text, shape=text)


def _section(message: bytes) -> None:
    section = read_section(message)
    assert len(section.values("received")) == section.count("received") <= len(section.fields)
    assert section.defects is not None


def _judged(message: bytes) -> None:
    examine(read_trace(message))


def _as_message(field: bytes) -> bytes:
    return b"Received: " + field.replace(b"\n", b"\n ") + b"\r\nSubject: x\r\n\r\n"


@each_field
@pytest.mark.parametrize("read", [_hop, _parts, _time, _marks])
def test_field_is_read_in_linear_time(read: Callable[[bytes], None], attack: str) -> None:
    assert grows_linearly(read, FIELDS[attack].grown, 8 * KB)


@each_field
def test_message_of_one_such_field_is_judged_in_linear_time(attack: str) -> None:
    assert grows_linearly(_judged, lambda size: _as_message(FIELDS[attack].grown(size)), 8 * KB)


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("value", VALUES)
def test_other_headers_are_judged_in_linear_time(header: str, value: str) -> None:
    def build(size: int) -> bytes:
        text = VALUES[value].grown(size).replace(b"\n", b"\n ")
        return header.encode() + b": " + text + b"\r\nReceived: from x by y; z\r\n\r\n"

    assert grows_linearly(_judged, build, 32 * KB)


@each_message
@pytest.mark.parametrize("read", [_section, _judged, read_bounce])
def test_message_is_read_in_linear_time(read: Callable[[bytes], object], attack: str) -> None:
    assert grows_linearly(read, MESSAGES[attack], 64 * KB)


NETWORKS: dict[str, Callable[[int], list[str]]] = {
    "many networks": lambda count: [f"10.{n % 256}.{n // 256 % 256}.0/24" for n in range(count)],
    "many exclusions": lambda count: [f"!10.{n % 256}.{n // 256 % 256}.0/24" for n in range(count)],
    "many IPv6 networks": lambda count: [f"2001:db8:{n % 65536:x}::/48" for n in range(count)],
    "the same network": lambda count: ["192.0.2.0/24"] * count,
}


@pytest.mark.parametrize("networks", NETWORKS)
def test_networks_are_taken_and_asked_in_linear_time(networks: str) -> None:
    message = b"Received: from x ([198.51.100.1]) by y; Tue, 2 Jan 2024 03:04:05 +0100\r\n" * 10 + b"\r\n"

    def ask(size: bytes) -> None:
        read_trace(message, admd=Admd(trusted=NETWORKS[networks](int(size))))

    assert grows_linearly(ask, lambda size: str(size).encode(), 200)


@pytest.mark.parametrize("unit", ["1", "1.", "a", ":", "/", "!", "1.2.3.4/", "0", " "])
def test_a_network_that_is_none_is_refused_in_linear_time(unit: str) -> None:
    def refuse(text: bytes) -> None:
        with pytest.raises(ValueError, match="network"):
            Admd(trusted=[text.decode()])

    assert grows_linearly(refuse, lambda size: (unit * (size // len(unit))).encode(), 64 * KB)


@pytest.mark.slow
@each_field
@pytest.mark.parametrize("read", [_hop, _parts, _time, _marks])
def test_long_field_is_read_in_linear_time(read: Callable[[bytes], None], attack: str) -> None:
    assert grows_linearly(read, FIELDS[attack].grown, 512 * KB)


@pytest.mark.slow
@each_message
@pytest.mark.parametrize("read", [_section, _judged, read_bounce])
def test_big_message_is_read_in_linear_time(read: Callable[[bytes], object], attack: str) -> None:
    assert grows_linearly(read, MESSAGES[attack], 2048 * KB)
