"""Whatever the text: twice as much of it costs about twice as much to read, on every entry point."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from headertrace import Admd, read_bounce, read_trace

from .attacks import FIELDS, HEADERS, MESSAGES, QUEUES, VALUES
from .growth import grows_linearly
from .reading import as_evidence, as_json, as_page, gathered, hop, judged, marks, parts, queued, section, time

KB = 1024
each_field = pytest.mark.parametrize("attack", FIELDS)
each_message = pytest.mark.parametrize("attack", MESSAGES)
each_header = pytest.mark.parametrize("header", HEADERS)
each_value = pytest.mark.parametrize("value", VALUES)


def _as_message(field: bytes) -> bytes:
    return b"Received: " + field.replace(b"\n", b"\n ") + b"\r\nSubject: x\r\n\r\n"


def _under(header: str, value: str) -> Callable[[int], bytes]:
    """Return a builder of messages in which one other header grows."""

    def build(size: int) -> bytes:
        text = VALUES[value].grown(size).replace(b"\n", b"\n ")
        return header.encode() + b": " + text + b"\r\nReceived: from x by y; z\r\n\r\n"

    return build


@each_field
@pytest.mark.parametrize("read", [hop, parts, time, marks])
def test_field_is_read_in_linear_time(read: Callable[[bytes], None], attack: str) -> None:
    assert grows_linearly(read, FIELDS[attack].grown, 8 * KB)


@each_field
def test_message_of_one_such_field_is_judged_in_linear_time(attack: str) -> None:
    assert grows_linearly(judged, lambda size: _as_message(FIELDS[attack].grown(size)), 8 * KB)


@each_header
@each_value
def test_other_headers_are_judged_in_linear_time(header: str, value: str) -> None:
    assert grows_linearly(judged, _under(header, value), 32 * KB)


@each_value
@pytest.mark.parametrize("read", [section, as_json, as_evidence])
def test_other_headers_are_shown_in_linear_time(read: Callable[[bytes], None], value: str) -> None:
    assert grows_linearly(read, _under("Subject", value), 32 * KB)


@each_message
@pytest.mark.parametrize("read", [section, judged, read_bounce, gathered])
def test_message_is_read_in_linear_time(read: Callable[[bytes], object], attack: str) -> None:
    assert grows_linearly(read, MESSAGES[attack], 64 * KB)


@pytest.mark.parametrize("attack", QUEUES)
def test_queue_is_read_in_linear_time(attack: str) -> None:
    assert grows_linearly(queued, QUEUES[attack].grown, 64 * KB)


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


def test_inner_networks_are_held_against_trusted_ones_in_linear_time() -> None:
    def configure(size: bytes) -> None:
        trusted = NETWORKS["many networks"](int(size))
        Admd(trusted=["!192.0.2.1", *trusted], internal=[text.replace("/24", "/25") for text in trusted])

    assert grows_linearly(configure, lambda size: str(size).encode(), 1000)


@pytest.mark.parametrize("unit", ["1", "1.", "a", ":", "/", "!", "1.2.3.4/", "0", " "])
def test_a_network_that_is_none_is_refused_in_linear_time(unit: str) -> None:
    def refuse(text: bytes) -> None:
        with pytest.raises(ValueError, match="network"):
            Admd(trusted=[text.decode()])

    assert grows_linearly(refuse, lambda size: (unit * (size // len(unit))).encode(), 64 * KB)


@pytest.mark.slow
@each_field
@pytest.mark.parametrize("read", [hop, time, marks])
def test_long_field_is_read_in_linear_time(read: Callable[[bytes], None], attack: str) -> None:
    assert grows_linearly(read, FIELDS[attack].grown, 2048 * KB)


@pytest.mark.slow
@each_field
def test_long_comment_is_read_in_linear_time(attack: str) -> None:
    # A field is taken apart up to 64 KB: eight times that is far from anything that gets here.
    assert grows_linearly(parts, FIELDS[attack].grown, 256 * KB)


@pytest.mark.slow
@each_message
@pytest.mark.parametrize("read", [section, judged, read_bounce, gathered])
def test_big_message_is_read_in_linear_time(read: Callable[[bytes], object], attack: str) -> None:
    assert grows_linearly(read, MESSAGES[attack], 2048 * KB)


@pytest.mark.slow
@each_header
@each_value
def test_other_big_headers_are_judged_in_linear_time(header: str, value: str) -> None:
    assert grows_linearly(judged, _under(header, value), 2048 * KB)


@pytest.mark.slow
@each_message
@pytest.mark.parametrize("show", [as_json, as_page, as_evidence])
def test_big_message_is_shown_in_linear_time(show: Callable[[bytes], None], attack: str) -> None:
    assert grows_linearly(show, MESSAGES[attack], 64 * KB)


@pytest.mark.slow
@each_field
@pytest.mark.parametrize("show", [as_json, as_page, as_evidence])
def test_message_of_one_such_field_is_shown_in_linear_time(
    show: Callable[[bytes], None], attack: str
) -> None:
    assert grows_linearly(show, lambda size: _as_message(FIELDS[attack].grown(size)), 32 * KB)
