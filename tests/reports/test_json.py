"""The JSON form: one object on one line, the names of the attributes, spans that count characters."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import headertrace as ht
from headertrace.reports.json import SCHEMA, to_json

from . import made


def plain(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(to_json(made.examination(**changes)))
    return told


def test_one_object_is_one_line_of_ascii() -> None:
    line = to_json(made.examination())
    assert "\n" not in line
    assert line.isascii()


def test_the_schema_has_a_number() -> None:
    assert plain()["schema"] == SCHEMA


def test_every_attribute_of_an_examination_is_told() -> None:
    assert {field.name for field in fields(ht.Examination)} <= set(plain())


def test_every_attribute_of_a_hop_is_told() -> None:
    hop = plain()["trace"]["hops"][0]
    assert {field.name for field in fields(ht.Hop)} == set(hop)
    assert (hop["helo"], hop["ip"], hop["rdns_status"]) == ("PC-20121219NMRW", "192.168.1.1", "failed")


def test_every_view_of_a_trace_is_told() -> None:
    names = "hops originating trusted untrusted internal external border claimed breaks delays origin section"
    assert set(names.split()) <= set(plain()["trace"])


def test_hops_are_told_once_and_named_by_number() -> None:
    told = plain()
    assert told["trace"]["border"] == 1
    assert told["trace"]["claimed"] == [0]
    assert told["findings"][0]["hop"] == 0
    assert told["verdict"]["relay"] == {"ip": "198.51.100.25", "name": "mail.corp.example", "hop": 1}


def test_spans_cut_the_evidence_out_of_the_raw_field() -> None:
    told = plain()
    evidence = told["findings"][0]["evidence"][0]
    raw = told["trace"]["hops"][evidence["hop"]]["raw"]
    assert raw[slice(*evidence["span"])] == evidence["text"] == "PC-20121219NMRW"


def test_spans_hold_where_bytes_are_no_text() -> None:
    hop = made.client_hop(raw=b" from caf\xe9\xff PC-1 by b")
    found = made.finding(hop, b"PC-1")
    told = plain(chain=made.trace(hop), findings=(found,))
    assert told["trace"]["hops"][0]["raw"].encode("latin-1") == hop.raw
    assert told["findings"][0]["evidence"][0]["text"] == "PC-1"


def test_evidence_in_another_field_names_that_field() -> None:
    chain = made.trace()
    field = chain.section.get_all("x-mailer")[0]
    evidence = ht.Evidence(source=field, part="mailer", span=ht.Span(1, 10))
    told = plain(chain=chain, findings=(replace(made.examination().findings[0], evidence=(evidence,)),))
    place = told["findings"][0]["evidence"][0]
    assert place["name"] == told["trace"]["section"]["fields"][place["field"]]["name"] == "X-Mailer"


def test_what_no_strict_reader_takes_is_not_written() -> None:
    verdict = replace(made.examination().verdict, score=float("-inf"))
    told = plain(chain=made.trace(made.client_hop(helo="a\udcffb")), verdict=verdict)
    assert told["verdict"]["score"] is None
    assert told["trace"]["hops"][0]["helo"] == "a?b"


def test_a_trace_alone_is_told_too() -> None:
    assert len(json.loads(to_json(made.trace()))["hops"]) == 2
