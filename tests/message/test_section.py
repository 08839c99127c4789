"""Header sections: lossless, and the same whatever the line ends."""

from __future__ import annotations

import pickle
import tomllib
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from headertrace.defects import DefectKind
from headertrace.message import section as module
from headertrace.message.adapters import open_message
from headertrace.message.section import HeaderSection, read_section

MESSAGES = Path(__file__).parents[2] / "fixtures" / "messages"
CASES = [
    {**case, "path": MESSAGES / folder / case["file"]}
    for folder in ("rfc", "malformed")
    for case in tomllib.loads((MESSAGES / folder / "cases.toml").read_text("utf-8"))["case"]
]
WELL_FORMED = [case for case in CASES if case["path"].parent.name == "rfc"]


def joined(section: HeaderSection) -> bytes:
    """Return all that the section accounts for, each byte once, in order."""
    places = sorted([(0, section.start), *(field.span for field in section.fields), *section.stray])
    return b"".join(section.raw[start:end] for start, end in places)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    section = open_message(case["path"].read_bytes())
    assert [field.name for field in section.fields] == case["fields"]
    assert section.text("Subject") == case.get("subject")
    assert len(section.stray) == case.get("stray", 0)
    assert [str(defect.kind) for defect in section.defects] == case.get("defects", [])
    assert joined(section) == section.raw


def test_every_fixture_has_a_case() -> None:
    files = {path for folder in ("rfc", "malformed") for path in (MESSAGES / folder).glob("*.eml")}
    assert files == {case["path"] for case in CASES}


@pytest.mark.parametrize("case", [case for case in CASES if "first" in case], ids=lambda case: case["why"])
def test_what_stands_before_the_first_field_is_kept(case: dict[str, Any]) -> None:
    message = case["path"].read_bytes()
    section = read_section(message)
    assert section.start > 0
    assert section.raw == message[: len(section.raw)]
    assert section.raw[section.start :].startswith(case["first"].encode())


@pytest.mark.parametrize("case", WELL_FORMED, ids=lambda case: case["why"])
def test_the_standard_library_finds_the_same_fields(case: dict[str, Any]) -> None:
    message = (
        case["path"].read_bytes().partition(b"\n")[2]
        if case["file"] == "mbox.eml"
        else case["path"].read_bytes()
    )
    # It takes white space before the colon for the end of the header section.
    parsed = BytesHeaderParser().parsebytes(message.replace(b" :", b":").replace(b"\t:", b":"))
    assert [field.name for field in read_section(message).fields] == parsed.keys()


def test_fields_tell_where_they_stand() -> None:
    section = read_section(b"\xef\xbb\xbfA: 1\r\nBee :\t2\r\n folded\r\n\r\nbody")
    one, two = section.fields
    assert (section.raw[slice(*one.span)], one.value) == (b"A: 1\r\n", b" 1")
    assert (section.raw[slice(*two.span)], two.value) == (b"Bee :\t2\r\n folded\r\n", b"\t2\r\n folded")
    assert section.raw[two.value_start :].startswith(two.value)
    assert section.body_start == len(section.raw) + 2


def test_names_are_found_in_any_letter_case() -> None:
    section = read_section(b"X-One: a\nx-two: b\nX-ONE: c\n")
    assert section.values("x-oNe") == (b" a", b" c")
    assert section.get_all("X-ONE") == (section.fields[0], section.fields[2])
    assert section.first("x-one") == section.fields[0]
    assert section.text("X-TWO") == "b"
    assert (section.count("x-One"), section.count("x-three")) == (2, 0)
    assert section.names == {b"x-one", b"x-two"}


def test_what_is_not_there_is_none() -> None:
    section = read_section(b"A: 1\n")
    assert (section.values("B"), section.get_all("B"), section.first("B"), section.text("B")) == (
        (),
        (),
        None,
        None,
    )
    assert section.values("ü.*") == ()


def test_a_name_is_no_pattern() -> None:
    assert read_section(b"X-AB: 1\n").values("X.AB") == ()


def test_equal_bytes_are_equal_sections_and_survive_pickling() -> None:
    section = read_section(b"A: 1\n\nbody")
    copy = pickle.loads(pickle.dumps(section))
    assert copy == section == read_section(b"A: 1\n\nother body")
    assert hash(copy) == hash(section)
    assert copy.fields == section.fields
    assert section != b"A: 1\n"


@given(st.binary(max_size=300))
def test_any_bytes_are_accounted_for(raw: bytes) -> None:
    section = read_section(raw)
    assert joined(section) == section.raw
    assert isinstance(section.defects, tuple)
    if "utf-16" not in {str(defect.kind) for defect in section.defects}:
        assert raw.startswith(section.raw)


PIECES = st.sampled_from(
    [
        b"\n",
        b"\r\n",
        b"\r",
        b" ",
        b"\t",
        b":",
        b"Received:",
        b"a",
        b"From ",
        b">From x\n",
        b"\xef\xbb\xbf",
        b"\0",
        b"\xff",
    ]
)


@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_any_sequence_of_line_ends_and_names_is_accounted_for(raw: bytes) -> None:
    section = read_section(raw)
    assert joined(section) == section.raw
    if DefectKind.PASTED not in {defect.kind for defect in section.defects}:
        assert section.raw == raw[: len(section.raw)]
    assert section.get_all("received") == tuple(f for f in section.fields if f.name.lower() == "received")
    assert section.values("received") == tuple(field.value for field in section.get_all("received"))
    assert tuple(section.received) == section.values("received")
    for field in section.fields:
        written = section.raw[field.value_start : field.value_start + len(field.value)]
        assert written.replace(b"\r", b"\n") == field.value.replace(b"\r", b"\n")
        assert section.raw[field.span.start :].startswith(field.name.encode())


NAMES = st.from_regex(rb"[!-9;-~]{1,12}", fullmatch=True)
VALUES = st.lists(st.binary(max_size=20).map(lambda text: b"".join(text.split())), min_size=1, max_size=3)
FIELDS = st.lists(st.tuples(NAMES, VALUES), min_size=1, max_size=6)
BODIES = st.binary(max_size=50)


@given(FIELDS, st.sampled_from([b"\n", b"\r\n"]), BODIES)
def test_fields_come_back_as_they_were_written(
    fields: list[tuple[bytes, list[bytes]]], end: bytes, body: bytes
) -> None:
    # Behind what may be a page's words (``12: ...``) a Received field begins the header.
    assume(b"received" not in body.lower())
    values = [b" " + (end + b"\t").join(lines) for _, lines in fields]
    header = b"".join(name + b":" + value + end for (name, _), value in zip(fields, values, strict=True))
    section = read_section(header + end + body)
    assert section.raw == header
    assert [(field.name.encode(), field.value) for field in section.fields] == [
        (name, value) for (name, _), value in zip(fields, values, strict=True)
    ]
    assert section.body_start == len(header + end)


@given(FIELDS, BODIES, BODIES)
def test_the_body_changes_nothing(fields: list[tuple[bytes, list[bytes]]], one: bytes, other: bytes) -> None:
    header = b"".join(name + b": " + b"\n ".join(lines) + b"\n" for name, lines in fields)
    assert read_section(header + b"\n" + one) == read_section(header + b"\n" + other)


def test_cr_and_crlf_side_by_side_are_both_line_ends() -> None:
    section = read_section(b"A: 1\rB: 2\r\nC: 3\n\rD: 4\r\n\r\nbody\r")
    assert [(field.name, field.value) for field in section.fields] == [
        ("A", b" 1"),
        ("B", b" 2"),
        ("C", b" 3"),
    ]
    assert section.raw == b"A: 1\rB: 2\r\nC: 3\n"


def test_more_fields_than_any_message_has_are_kept_as_one_stray_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FIELDS", 10)
    monkeypatch.setattr(module, "NEVER_TOO_MANY", 30)
    section = read_section(b"A: 1\n" * 10 + b"B: 2\n" * 5)
    assert {field.name for field in section.fields} == {"A"}
    assert section.stray == ((50, 75),)
    assert joined(section) == section.raw
    assert "too-many-fields" in {str(defect.kind) for defect in section.defects}
    assert "too-many-fields" not in {str(defect.kind) for defect in read_section(b"A: 1\n" * 10).defects}
