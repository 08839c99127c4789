"""CSV that a spreadsheet opens as data, whatever a mail says."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import headertrace as ht
from headertrace.reports.csv import COLUMNS, FORMULA, csv_header, csv_rows, safe_cell

from . import made


def read(judged: ht.Examination) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("\n".join([csv_header(), *csv_rows(judged)]))))


def test_each_hop_is_a_row() -> None:
    rows = read(made.examination())
    assert [(row["hop"], row["standing"], row["helo"], row["delay"]) for row in rows] == [
        ("1", "claimed", "PC-20121219NMRW", ""),
        ("2", "border", "mail.corp.example", "-4.0"),
    ]
    assert {row["verdict"] for row in rows} == {"open-relay-nat"}


def test_all_hops_are_told_however_many() -> None:
    assert len(read(made.examination(made.trace(*[made.client_hop()] * 300)))) == 300


def test_a_message_without_hops_is_one_row() -> None:
    assert [row["hop"] for row in read(ht.examine(ht.read_trace(b"Subject: x\n\n")))] == [""]


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]
)
def test_a_formula_becomes_text(text: str) -> None:
    shown = safe_cell(text)
    assert isinstance(shown, str)
    assert shown.startswith("'")


@given(st.text())
def test_no_cell_begins_a_formula_or_breaks_the_line(text: str) -> None:
    shown = str(safe_cell(text))
    assert shown[:1] not in FORMULA or not shown
    assert "\n" not in shown
    assert "\r" not in shown


def test_hostile_names_stay_in_their_cell() -> None:
    evil = '",=1+1\r\n"x"\x1b[2J'
    rows = read(made.examination(made.trace(made.client_hop(helo=evil))))
    assert len(rows) == 1
    assert set(rows[0]) == set(COLUMNS)
    assert rows[0]["helo"] == '",=1+1 "x"\\x1b[2J'
