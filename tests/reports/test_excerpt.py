"""The pieces of a field are the whole field, and exactly the evidence is underlined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from headertrace.reports.escape import FIELD_LIMIT
from headertrace.reports.excerpt import pieces, underlined
from headertrace.vocabulary import Span

RAW = b" from PC-1 ([192.168.1.1])\r\n\tby mail.corp.example; date"


def test_the_very_characters_are_marked() -> None:
    start = RAW.index(b"PC-1")
    parts = pieces(RAW, [(Span(start, start + 4), "HT201")])
    assert [part.text for part in parts if part.marks] == ["PC-1"]
    assert underlined(parts)[0] == (" from PC-1 ([192.168.1.1])", "      ^^^^")


def test_evidence_that_overlaps_keeps_both_names() -> None:
    parts = pieces(b"abcdef", [(Span(0, 4), "one"), (Span(2, 6), "two")])
    assert [(part.text, part.marks) for part in parts] == [
        ("ab", ("one",)),
        ("cd", ("one", "two")),
        ("ef", ("two",)),
    ]


def test_carets_stand_below_wide_characters() -> None:
    raw = "日本 x".encode()
    ((line, below),) = underlined(pieces(raw, [(Span(len(raw) - 1, len(raw)), "m")]))
    assert cell_len(line) == cell_len(below)


def test_a_span_outside_the_field_marks_nothing() -> None:
    assert not any(part.marks for part in pieces(b"abc", [(Span(2, 9), "m"), (Span(1, 1), "m")]))


def test_a_long_field_is_cut_and_says_how_long_it_is() -> None:
    parts = pieces(b"x" * 1_000_000, ())
    assert parts[-1].text == "… (1,000,000 bytes)"
    assert sum(len(part.text) for part in parts) < FIELD_LIMIT + 50


@given(st.binary(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=6))
def test_pieces_together_are_the_field(raw: bytes, spans: list[tuple[int, int]]) -> None:
    raw = raw.replace(b"\n", b"").replace(b"\r", b"").replace(b"\t", b"")
    ascii_only = bytes(byte & 0x7F for byte in raw)
    parts = pieces(ascii_only, [(Span(*pair), "m") for pair in spans])
    whole = pieces(ascii_only, ())
    assert "".join(part.text for part in parts) == "".join(part.text for part in whole)


def test_white_space_at_the_ends_of_evidence_is_not_underlined() -> None:
    parts = pieces(b" from a\r\n ", [(Span(0, 10), "m")])
    assert [part.text for part in parts if part.marks] == ["from a"]


def test_the_white_space_of_a_fold_is_not_underlined() -> None:
    raw = b" one,\r\n\ttwo \r\n   three; rest"
    parts = pieces(raw, [(Span(1, raw.index(b";")), "m")])
    assert [part.text for part in parts if part.marks] == ["one,", "two", "three"]
    assert [below for _, below in underlined(parts)] == [" ^^^^", " ^^^", "   ^^^^^"]
    assert [part.text for part in parts if part.ending] == ["three"]


def test_a_name_is_written_once_where_its_evidence_ends() -> None:
    parts = pieces(b"abcdef", [(Span(0, 6), "whole"), (Span(2, 4), "inner")])
    assert [(part.text, part.ending) for part in parts] == [
        ("ab", ()),
        ("cd", ("inner",)),
        ("ef", ("whole",)),
    ]


def test_evidence_deep_inside_a_long_field_is_shown() -> None:
    raw = b"x" * 10_000 + b" PC-1 " + b"y" * 10_000
    parts = pieces(raw, [(Span(10_001, 10_005), "m")])
    assert [part.text for part in parts if part.marks] == ["PC-1"]
    assert parts[0].text == "… "
    assert parts[-1].text == "… (20,006 bytes)"


def test_a_header_of_many_lines_is_shown_whole() -> None:
    raw = b"X-A: b\r\n" * 200
    assert "".join(part.text for part in pieces(raw, (), 10_000)).count("X-A") == 200
