"""Outlook messages, in a compound file as small as one can be ([MS-CFB], [MS-OXMSG])."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.message.adapters import OUTLOOK_MAGIC, open_message

SECTOR = 512
END_OF_CHAIN, FREE, FAT_SECTOR = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
# Shorter streams live in a second, finer allocation, which these tests do without.
SHORTEST_STREAM = 4096
HEADERS = "Received: from client.example (client.example [192.0.2.1]) by mx.example.org (Postfix)\r\n"
# PidTagSentRepresentingFlags, a number, over and over: properties that say nothing, to reach the length.
PROPERTIES = bytes(32) + struct.pack("<HHIQ", 0x0003, 0x401A, 6, 0) * 254


def directory_entry(
    name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1
) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", FREE, right & FREE, child & FREE)
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBB", len(encoded), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return a compound file: sector 0 the allocation table, sector 1 the directory, then the streams."""
    table = [FAT_SECTOR, END_OF_CHAIN]
    entries = [directory_entry("Root Entry", 5, END_OF_CHAIN, 0, child=1)]
    content = b""
    for number, (name, data) in enumerate(streams.items(), 1):
        sectors = -(-len(data) // SECTOR)
        right = number + 1 if number < len(streams) else -1
        entries.append(directory_entry(name, 2, len(table), len(data), right=right))
        table += [*range(len(table) + 1, len(table) + sectors), END_OF_CHAIN]
        content += data.ljust(sectors * SECTOR, b"\0")
    header = OUTLOOK_MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, SHORTEST_STREAM, END_OF_CHAIN, 0, END_OF_CHAIN, 0, 0)
    header = header.ljust(SECTOR, b"\xff")
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    return header + fat + b"".join(entries).ljust(SECTOR, b"\0") + content


def outlook_file(headers: str | None) -> bytes:
    streams = {"__properties_version1.0": PROPERTIES}
    if headers is not None:
        padded = headers + "X-Padding: " + "x" * SHORTEST_STREAM + "\r\n"
        text = padded.encode("utf-16-le")
        streams["__substg1.0_007D001F"] = text
        streams["__properties_version1.0"] += struct.pack("<HHIQ", 0x001F, 0x007D, 6, len(text) + 2)
    return compound_file(streams)


def test_the_internet_headers_are_read() -> None:
    section = open_message(outlook_file(HEADERS))
    assert section.values("Received") == (HEADERS.partition(":")[2].rstrip("\r\n").encode(),)
    assert section.defects == ()


def test_a_file_is_read_like_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "message.msg"
    path.write_bytes(outlook_file(HEADERS))
    assert open_message(path) == open_message(outlook_file(HEADERS))


def test_a_message_that_never_travelled_has_no_headers() -> None:
    (defect,) = open_message(outlook_file(None)).defects
    assert defect.kind == "empty-message"


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "oxmsg", None)
    with pytest.raises(ValueError, match=r"headertrace\[msg\]"):
        open_message(outlook_file(HEADERS))


WHOLE = outlook_file(HEADERS)


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_container_is_no_header_or_what_is_left_of_it(at: int, damage: bytes) -> None:
    damaged = WHOLE[:at] + damage + WHOLE[at + len(damage) :]
    assert open_message(damaged).raw is not None


@given(st.integers(0, len(WHOLE)))
def test_a_truncated_container_never_raises(length: int) -> None:
    assert open_message(WHOLE[:length]).raw is not None
