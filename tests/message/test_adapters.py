"""A message in every shape that callers hold."""

from __future__ import annotations

import email
import email.policy
import os
import subprocess
import sys
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

import mailparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.message import adapters
from headertrace.message.adapters import message_bytes, open_message, whole_message
from headertrace.message.layout import MAX_SECTION_BYTES
from headertrace.message.section import read_section

HEADER = (
    b"Received: from client.example (client.example [192.0.2.1])\n\tby mx.example.org (Postfix);\n"
    b" Mon, 6 Jan 2025 10:00:00 +0000\nSubject: Gr\xc3\xbc\xc3\x9fe\nReceived: by client.example\n"
)
MESSAGE = HEADER + b"\nbody\n\nReceived: no\n"


def values(message: Any) -> list[tuple[str, bytes]]:
    return [(field.name, field.value.strip()) for field in open_message(message).fields]


@pytest.mark.parametrize(
    "message",
    [
        MESSAGE.decode(),
        bytearray(MESSAGE),
        memoryview(MESSAGE),
        email.message_from_bytes(MESSAGE),
        mailparser.parse_from_bytes(MESSAGE),
    ],
    ids=lambda message: type(message).__name__,
)
def test_every_shape_gives_the_same_fields(message: Any) -> None:
    assert values(message) == values(MESSAGE)


def test_a_modern_email_message_keeps_what_its_policy_kept() -> None:
    message = email.message_from_bytes(MESSAGE, policy=email.policy.default)
    found = values(message)
    assert [name for name, _ in found] == ["Received", "Subject", "Received"]
    assert found[0][1].split() == values(MESSAGE)[0][1].split()


def test_a_file_is_read_as_far_as_its_header(tmp_path: Path) -> None:
    path = tmp_path / "message"
    path.write_bytes(HEADER + b"\n" + b"body " * 10**6)
    assert open_message(path) == read_section(HEADER)
    assert len(message_bytes(path)) == adapters.FIRST_READ_BYTES


@pytest.mark.parametrize(
    "length", [0, 1, *range(adapters.FIRST_READ_BYTES - 30, adapters.FIRST_READ_BYTES + 3), 99_999]
)
def test_a_header_that_ends_anywhere_about_a_read_is_found(tmp_path: Path, length: int) -> None:
    message = b"X: " + b"a" * length + b"\r\nY: 1\r\n\r\n" + b"body\n" * 9999
    path = tmp_path / "message"
    path.write_bytes(message)
    assert open_message(path) == read_section(message)


LONG = HEADER.replace(b"Subject:", b"X-Long: " + b"a\n " * 8_000 + b"b\nSubject:")


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(LONG.decode().encode("utf-16"), id="UTF-16, whose text is half as long as the file"),
        pytest.param(b"> " + LONG.replace(b"\n", b"\n> "), id="quoted lines"),
        pytest.param(b"Look at this\n\n" + LONG, id="a page's words, whose blank line ends no header"),
        pytest.param(b"Look " + b"x" * 20_000 + b"\n\n" + HEADER, id="a long line of a page in front"),
        pytest.param(LONG.replace(b"\n", b"\n\n"), id="a blank line behind every line"),
        pytest.param(LONG.replace(b"\n", b"\r\r\n"), id="CR CR LF"),
        pytest.param(b"Subject: no hop\n\n" + b"body\n" * 99_999, id="no Received field at all"),
    ],
)
def test_a_file_gives_what_its_bytes_give(tmp_path: Path, message: bytes) -> None:
    path = tmp_path / "message"
    path.write_bytes(message)
    assert open_message(path) == read_section(message)
    assert open_message(path).received == read_section(message).received


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be"])
def test_a_whole_message_is_told_in_utf_8(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "message"
    path.write_bytes(MESSAGE.decode().encode(codec))
    assert whole_message(path) == whole_message(path.read_bytes()) == MESSAGE


def test_of_a_file_without_blank_line_no_more_is_read_than_the_bound(tmp_path: Path) -> None:
    path = tmp_path / "message"
    path.touch()
    os.truncate(path, 2**36)
    assert len(message_bytes(path)) == MAX_SECTION_BYTES + 1


def test_a_text_is_never_a_path(tmp_path: Path) -> None:
    path = tmp_path / "message"
    path.write_bytes(MESSAGE)
    assert open_message(str(path)).fields == ()


def test_unreadable_paths_raise_what_the_system_says(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_message(tmp_path / "missing")
    with pytest.raises(IsADirectoryError):
        open_message(tmp_path)


@pytest.mark.parametrize("message", [None, 7, ["Received: a"], object(), {"Received": "a"}])
def test_what_is_no_message_is_a_type_error_that_names_it(message: Any) -> None:
    with pytest.raises(TypeError, match=type(message).__name__):
        open_message(message)


def test_an_empty_parser_is_no_message() -> None:
    with pytest.raises(TypeError, match="MailParser"):
        open_message(mailparser.MailParser())


def test_the_separator_line_of_a_mailbox_is_kept() -> None:
    message = email.message_from_bytes(b"From a@example.net Mon Jan  6 10:00:00 2025\n" + MESSAGE)
    section = open_message(message)
    assert section.raw.startswith(b"From a@example.net")
    assert values(message) == values(MESSAGE)


def test_the_body_of_a_parsed_message_is_not_looked_at() -> None:
    message = email.message_from_bytes(MESSAGE)
    vars(message)["_payload"] = object()
    assert values(message) == values(MESSAGE)


def test_a_value_set_by_a_program_begins_no_field_of_its_own() -> None:
    message = Message()
    message["Subject"] = "a\nReceived: from forged.example"
    assert [field.name for field in open_message(message).fields] == ["Subject"]


def test_a_message_under_construction_is_read() -> None:
    message = EmailMessage()
    message["Subject"] = "Grüße"
    message.set_content("body")
    assert open_message(message).text("Subject") == "Grüße"


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=80))
def test_any_text_is_a_message(text: str) -> None:
    assert read_section(message_bytes(text)).raw is not None


@given(st.binary(max_size=200))
def test_any_parsed_message_is_read(raw: bytes) -> None:
    message = email.message_from_bytes(raw)
    assert {field.name for field in open_message(message).fields} <= set(message.keys())


def test_nothing_slow_is_imported_for_bytes_and_files() -> None:
    program = (
        "import sys, headertrace; headertrace.read_trace(b'Received: by a.example\\n').originating;"
        "print([name for name in ('email', 'mailparser', 'oxmsg', 'netaddr') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
