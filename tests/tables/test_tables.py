"""Whatever a mail holds, its rows fit the schema, and every road to them leads to the same ones."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import headertrace as ht
from headertrace.tables.builder import Builder
from headertrace.tables.describe import page
from headertrace.tables.judge import judge
from headertrace.tables.read_batch import place_key, read_batch
from headertrace.tables.rows import MAX_HOP_ROWS, Place
from headertrace.tables.schema import COLUMNS, SCHEMA_VERSION, Table, schema_of
from headertrace.tables.texts import id_shape, template_of
from tests.data import FIXTURES

pa = pytest.importorskip("pyarrow")
ROOT = Path(__file__).resolve().parents[2]
NAT = (FIXTURES / "messages" / "spamhaus-nat.eml").read_bytes()
APPLIANCE = (FIXTURES / "messages" / "appliance.eml").read_bytes()


def batches(*raws: bytes) -> dict[Table, object]:
    builder = Builder()
    for key, raw in enumerate(raws):
        builder.read(key, raw, Place("a.mbox", 10 * key))
    return {table: builder.batch(table) for table in Table}


def test_the_page_tells_the_schema() -> None:
    assert (ROOT / "docs" / "schema.md").read_text("utf-8") == page(), (
        "run: python -m headertrace.tables.describe > docs/schema.md"
    )


@pytest.mark.parametrize("table", list(Table))
def test_schema_carries_its_number_and_its_documentation(table: Table) -> None:
    schema = schema_of(table)
    assert schema.metadata[b"headertrace.schema"] == str(SCHEMA_VERSION).encode()
    assert schema.names == [column.name for column in COLUMNS[table]]
    assert all(field.metadata[b"doc"] for field in schema)


def test_names_are_unique_and_no_words_of_sql() -> None:
    reserved = {"offset", "order", "from", "to", "group", "user", "table", "select"}
    for columns in COLUMNS.values():
        names = [column.name for column in columns]
        assert len(names) == len(set(names))
        assert not reserved & set(names)


HOSTILE = {
    "nothing": b"",
    "a body alone": b"\n\nhello",
    "bytes that are no text": b"Received: from \xff\xfe\x80 by \xc3\x28 ([1.2.3.4]); x\nSubject: \xff\n\n",
    "more hops than any chain has": b"Received: from a by b; x\n" * (MAX_HOP_ROWS + 50) + b"\n",
    "a subject without end": b"Subject: " + b"x" * 1_000_000 + b"\n\n",
    "a lone surrogate in an encoded word": b"Subject: =?utf-8?q?=ED=A0=80?=\nFrom: <\xed\xa0\x80@b>\n\n",
    "a date beyond all calendars": b"Date: Fri, 31 Dec 9999 23:59:59 -2359\n\n",
    "a date before all calendars": b"Received: from a by b; Mon, 1 Jan 0001 00:00:00 +2359\n\n",
}


@pytest.mark.parametrize("why", HOSTILE)
def test_hostile_messages_make_valid_rows(why: str) -> None:
    for table, batch in batches(HOSTILE[why]).items():
        batch.validate(full=True)  # type: ignore[attr-defined]
        assert batch.schema == schema_of(table)  # type: ignore[attr-defined]


@given(
    st.binary(max_size=300).map(
        lambda noise: b"Received: from a (" + noise + b") by b\nFrom: " + noise + b"\n\n"
    )
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_make_valid_rows(raw: bytes) -> None:
    for batch in batches(raw).values():
        batch.validate(full=True)  # type: ignore[attr-defined]


def test_rows_tell_what_the_message_tells() -> None:
    told = batches(NAT)
    row = told[Table.MESSAGES].to_pylist()[0]  # type: ignore[attr-defined]
    trace = ht.read_trace(NAT)
    assert row["hop_count"] == len(trace.hops)
    assert row["client_kind"] == "private"
    assert row["source_path"] == "a.mbox"
    hops = told[Table.HOPS].to_pylist()  # type: ignore[attr-defined]
    assert [hop["helo"] for hop in hops] == [hop.helo for hop in trace.hops]
    assert [hop["ip"] for hop in hops] == [None if hop.ip is None else str(hop.ip) for hop in trace.hops]
    assert [ht.read_hop(hop["raw"]).date for hop in hops] == [hop.date for hop in trace.hops]


def test_the_place_of_a_message_is_all_that_is_added_to_its_examination() -> None:
    told = ht.examine(ht.read_trace(NAT))
    assert judge(NAT, "a.mbox", 3) == replace(told, source=replace(told.source, path="a.mbox", offset=3))


def test_the_place_of_a_message_is_added_without_wording_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headertrace.verdict.examine._word", None)
    assert judge(NAT, "a.mbox", 3).misuse == ht.examine(ht.read_trace(NAT)).misuse


def test_batches_give_what_a_scan_gives() -> None:
    batch = pa.record_batch(
        {"message": [0, 1], "path": ["a.mbox"] * 2, "offset": [0, 10], "raw": [NAT, APPLIANCE]}
    )
    assert read_batch(batch) == {str(table): rows for table, rows in batches(NAT, APPLIANCE).items()}


def test_batches_of_text_with_names_and_without_a_number() -> None:
    batch = pa.record_batch({"headers": [NAT.decode("latin-1"), None], "id": ["one", "two"]})
    told = read_batch(batch)
    assert told["messages"].column("message").to_pylist() == [place_key(None, None, "one", NAT)]
    assert told["messages"].column("source_name").to_pylist() == ["one"]
    assert told["errors"].num_rows == 1


def test_batch_without_messages_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="no column of messages"):
        read_batch(pa.record_batch({"x": [1]}))


@pytest.mark.parametrize(
    ("library", "hint"),
    [("pandas", r"headertrace\[notebook\]"), ("polars", "polars"), ("pyarrow", r"headertrace\[tables\]")],
)
def test_a_small_installation_is_told_what_brings_frames(
    library: str, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    kind = "polars" if library == "polars" else "pandas"
    with pytest.raises(ModuleNotFoundError, match=f"to_frame needs {library}: pip install '{hint}'"):
        ht.to_frame(ht.read_trace(b""), kind)


def test_frames() -> None:
    judged = ht.examine(ht.read_trace(NAT))
    for library in ("pandas", "polars"):
        pytest.importorskip(library)
        assert len(ht.to_frame([judged, judged], library)) == 2
        assert len(ht.to_frame(judged.trace, library)) == len(judged.trace.hops)
        assert list(ht.to_frame(judged, library, table="hops")["hop"]) == list(range(len(judged.trace.hops)))
        assert len(ht.to_frame(ht.correlate([judged]), library)) == 0
    with pytest.raises(ValueError, match="not a library"):
        ht.to_frame(judged, "excel")
    with pytest.raises(ValueError, match=r"not a table: 'hop' \(messages, hops, findings or verdicts\)"):
        ht.to_frame(judged, table="hop")
    with pytest.raises(TypeError, match="not an Examination"):
        ht.to_frame([1])  # type: ignore[list-item]


@pytest.mark.parametrize("wrong", ["", b"", {}, "archive.mbox", 7])
def test_what_holds_no_examinations_makes_no_frame(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"not an Examination or a Case: {type(wrong).__name__}"):
        ht.to_frame(wrong)


SUBJECTS = {
    "numbers differ": ("Offer no. 703", "Offer no. 12"),
    "a list's mark and a reply's": ("[devel] Re: Offer", "Offer"),
    "letter case": ("DEAR FRIEND", "Dear friend"),
}


@pytest.mark.parametrize("why", SUBJECTS)
def test_template(why: str) -> None:
    one, other = (subject.lower().encode() for subject in SUBJECTS[why])
    assert template_of(one) == template_of(other)
    assert template_of(one) != template_of(b"another subject")


def test_shape_of_message_ids() -> None:
    assert id_shape("<20240301.ABC12@x.example>") == "9.a9"
    assert id_shape(None) is None
