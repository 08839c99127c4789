"""Every MTA's fields, as data: what they say, where it stands, and that nothing is dropped."""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import ip_address

import pytest

from headertrace.received.families import FAMILIES
from headertrace.received.families.list_managers import LIST_MANAGERS
from headertrace.received.families.self_named import SELF_NAMED
from headertrace.received.hop import Hop
from headertrace.received.read import read_hop
from headertrace.vocabulary import NetworkReason, Span

from .cases import Case, expected, load_cases, observed
from .coverage import said_spans, unaccounted

CASES = load_cases()
each_case = pytest.mark.parametrize("case", CASES, ids=str)


@each_case
def test_hop_says_what_the_case_states_and_nothing_else(case: Case) -> None:
    assert observed(read_hop(case.field)) == expected(case)


@each_case
def test_network_is_false_exactly_where_a_reason_is_told(case: Case) -> None:
    hop = read_hop(case.field)
    assert hop.network is (hop.network_reason is None)


@each_case
def test_every_span_lies_inside_the_field(case: Case) -> None:
    hop = read_hop(case.field)
    assert hop.raw == case.field
    assert all(0 <= start <= end <= len(hop.raw) for start, end in said_spans(hop))
    assert all(0 <= defect.span.start <= defect.span.end <= len(hop.raw) for defect in hop.defects)


SPANNED = ("ip", "port", "by_ip", "auth", "tls", "date")
TEXTS = ("from_name", "helo", "rdns", "ident", "by", "software", "via", "protocol", "id", "envelope_from")


@each_case
def test_spans_spell_their_values(case: Case) -> None:
    hop = read_hop(case.field)
    for name in TEXTS:
        if (value := getattr(hop, name)) is not None:
            assert _spelt(hop, hop.spans[name]) == value
    for name in ("ip", "by_ip"):
        if (value := getattr(hop, name)) is not None:
            spelt = ip_address(_spelt(hop, hop.spans[name]).partition("%")[0])
            assert (getattr(spelt, "ipv4_mapped", None) or spelt) == value
    spans = hop.spans.get("recipients", ())
    assert tuple(_spelt(hop, span) for span in spans) == hop.recipients
    said = [(remark.span, remark.text) for remark in hop.remarks]
    said += [(unread.span, unread.text) for unread in hop.unread]
    assert all(_spelt(hop, span) == text for span, text in said)


def _spelt(hop: Hop, span: Span | tuple[Span, ...] | int) -> str:
    assert isinstance(span, Span)
    octets = hop.raw[slice(*span)]
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = octets.decode("latin-1")
    return re.sub(r"[\r\n]+[ \t]*", " ", text)


@each_case
def test_every_attribute_that_is_told_has_a_span(case: Case) -> None:
    hop = read_hop(case.field)
    told = {
        name
        for name in (*TEXTS, "ip", "port", "by_ip", "auth", "tls", "date")
        if getattr(hop, name) is not None
    }
    told |= {"recipients"} if hop.recipients else set()
    told |= {"rdns_status"} if str(hop.rdns_status) != "not-stated" else set()
    assert told == set(hop.spans)


@each_case
def test_every_word_is_accounted_for(case: Case) -> None:
    assert unaccounted(read_hop(case.field)) == []


@pytest.mark.parametrize("fold", [b"\r\n\t", b" \n ", b" \r\n\t"], ids=["tab", "blanks", "blank, tab"])
@each_case
def test_folds_change_offsets_only(case: Case, fold: bytes) -> None:
    if b"\n" in case.field or b"\r" in case.field:
        pytest.skip("the case is about folds")
    folded = re.sub(rb"(?<=\S) (?=\S)", fold, case.field)
    assert without_places(read_hop(folded)) == without_places(read_hop(case.field))


def without_places(hop: Hop) -> dict[str, object]:
    """Return what a Hop says, without where it stands."""
    return observed(replace(hop, raw=b"", spans={}))


@each_case
def test_bytes_and_text_say_the_same(case: Case) -> None:
    assert read_hop(case.field.decode("utf-8", "surrogateescape")) == read_hop(case.field)


@each_case
def test_cases_show_documentation_and_private_addresses_only(case: Case) -> None:
    hop = read_hop(case.field)
    for address in (hop.ip, hop.by_ip):
        inner = getattr(address, "sixtofour", None) or address
        assert inner is None or inner.is_private


def test_every_family_has_cases_and_every_file_its_families() -> None:
    shown = {str(case.said.get("family", "generic")) for case in CASES}
    assert {family.name for family in FAMILIES} - shown == set()
    together = {family.name for family in (*SELF_NAMED, *LIST_MANAGERS)}
    alone = {family.name for family in FAMILIES} - together
    assert alone - {case.file for case in CASES} == set()


def test_names_of_cases_are_told_once() -> None:
    names = [str(case) for case in CASES]
    assert sorted(names) == sorted(set(names))


def test_every_reason_why_a_field_is_no_hop_is_shown() -> None:
    shown = {case.said.get("network_reason") for case in CASES}
    assert {str(reason) for reason in NetworkReason} - shown == set()
