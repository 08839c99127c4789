"""What holds for every field, realistic, mutated or random."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headertrace.defects import DefectKind
from headertrace.received import fast
from headertrace.received.hop import Hop
from headertrace.received.read import read_by_rules, read_hop
from headertrace.vocabulary import RdnsStatus, Span

from .cases import observed
from .coverage import said_spans, unaccounted
from .strategies import ADDRESS_TYPES, ANY_FIELDS, FACTS, FIELDS, SERVERS, Facts, altered, exchange, exim

# A field costs about 0.2 ms; deadlines would only measure the machine.
relaxed = settings(deadline=None, max_examples=100)


@relaxed
@given(ANY_FIELDS)
def test_any_field_becomes_a_hop_that_keeps_it(field: bytes) -> None:
    hop = read_hop(field)
    assert hop.raw == field
    assert hop.network is (hop.network_reason is None)
    assert hop.ip is None or isinstance(hop.ip, ADDRESS_TYPES)
    assert hop.date is None or hop.date.tzinfo is not None
    assert repr(hop).isprintable()


# Python makes no number of more than 4,300 digits.
DIGITS = "9" * 5000


@pytest.mark.parametrize(
    "note",
    [
        f"(cipher TLSv1.2:AES-SHA:{DIGITS})",
        f"(using TLS: TLSv1.2, {DIGITS}bits, AES-SHA)",
        f"(using TLSv1.2 with cipher AES-SHA ({DIGITS}/{DIGITS} bits))",
        f"(version=TLSv1.2 cipher=AES-SHA bits={DIGITS})",
        f"(TLSv1.2:AES-SHA:{DIGITS})",
        f"([192.0.2.10]:{DIGITS})",
        f"(port={DIGITS} helo=h)",
    ],
)
def test_a_number_may_have_any_length(note: str) -> None:
    hop = read_hop(f"from h.example {note} by mail.example {note} with ESMTP; Tue, {DIGITS} Jan {DIGITS}")
    assert hop.by == "mail.example"


@relaxed
@given(ANY_FIELDS)
def test_spans_and_defects_lie_inside_the_field(field: bytes) -> None:
    hop = read_hop(field)
    spans = [*said_spans(hop), *(defect.span for defect in hop.defects)]
    assert all(isinstance(span, Span) and 0 <= span.start <= span.end <= len(field) for span in spans)


@relaxed
@given(ANY_FIELDS)
def test_nothing_is_dropped(field: bytes) -> None:
    assert unaccounted(read_hop(field)) == []


@relaxed
@given(ANY_FIELDS)
def test_the_quick_way_reads_what_the_rules_read(field: bytes) -> None:
    assert _all(read_hop(field)) == _all(read_by_rules(field, field.decode("latin-1")))


@relaxed
@given(FIELDS, st.data())
def test_no_field_teaches_how_to_misread_another(field: bytes, data: st.DataObject) -> None:
    lesson = data.draw(altered(field))
    read_hop(lesson)
    read_hop(lesson)
    assert _all(read_hop(field)) == _all(read_by_rules(field, field.decode("latin-1")))


# Each of these once was, or might be, of the same make as a field with a good date, and understood otherwise.
GOOD_DATES = (b"; Tue, 2 Jan 2024 03:04:05 +0100", b" Tue, 2 Jan 2024 03:04:05 +0100")
TEACHERS = (
    b" Tue, 2 Man 2024 03:04:05 +0100",
    b"; Tue, 2 Man 2024 03:04:05 +0100",
    b"; Tue, 32 Jan 2024 03:04:05 +0100",
    b"; Tue, 2 Jan 2024 33:04:05 +0100",
    b"; Tue, 2 Jan 2024 03:04:05 ABC",
    b"; Xyz, 2 Jan 2024 03:04:05 +0100",
)


@pytest.mark.parametrize("lesson", TEACHERS)
@pytest.mark.parametrize(
    "date", [*TEACHERS, b"; Tue, 2 Jan 2024 03:04:05 +0100", b" Tue, 2 Jan 2024 03:04:05 +0100"]
)
def test_a_bad_date_teaches_nothing(lesson: bytes, date: bytes) -> None:
    fast._plans.clear()
    start = b"from client.example (mx.client.example [192.0.2.10]) by mail.example.net with ESMTP id 12AB"
    read_hop(start + lesson)  # the first of a make tells only that its id has to be asked
    read_hop(start + lesson)
    field = start + date
    assert _all(read_hop(field)) == _all(read_by_rules(field, field.decode("latin-1")))


@relaxed
@given(ANY_FIELDS)
def test_a_second_reading_says_the_same(field: bytes) -> None:
    assert _all(read_hop(field)) == _all(read_hop(field))


@relaxed
@given(ANY_FIELDS)
def test_a_hop_survives_pickling(field: bytes) -> None:
    assert pickle.loads(pickle.dumps(read_hop(field))) == read_hop(field)


def _all(hop: Hop) -> dict[str, object]:
    return {**observed(hop), "raw": hop.raw, "spans": dict(hop.spans), "defects": hop.defects}


@relaxed
@given(st.text(max_size=200))
def test_any_text_becomes_a_hop(text: str) -> None:
    assert isinstance(read_hop(text), Hop)


@relaxed
@given(FIELDS, st.integers(0, 400))
def test_a_field_cut_anywhere_is_read_up_to_there(field: bytes, length: int) -> None:
    hop = read_hop(field[:length])
    assert hop.raw == field[:length]
    assert unaccounted(hop) == []


@relaxed
@given(st.sampled_from(SERVERS), FACTS, st.sampled_from((b"\r\n ", b"\n\t", b"\r\n        ")))
def test_folds_change_nothing(server: Callable[[Facts], str], facts: Facts, fold: bytes) -> None:
    field = server(facts).encode()
    assert observed(read_hop(re.sub(b" ", fold, field))) == observed(read_hop(field))


@pytest.mark.parametrize("server", SERVERS)
@relaxed
@given(facts=FACTS)
def test_what_a_server_knows_is_what_the_hop_says(server: Callable[[Facts], str], facts: Facts) -> None:
    hop = read_hop(server(facts))
    assert (hop.ip, hop.by, hop.helo) == (facts.ip, facts.by, facts.helo)
    assert hop.rdns == (None if server is exchange else facts.rdns)
    assert hop.recipients == (() if server is exchange else (facts.recipient,))
    assert hop.date is not None
    assert hop.date.strftime("%a, %d %b %Y %H:%M:%S %z") == facts.date.partition(" (")[0]
    assert hop.network
    assert hop.unread == ()
    assert {defect.kind for defect in hop.defects} <= {DefectKind.NON_ASCII}
    said_so = server not in (exchange, exim) and not facts.rdns and hop.family != "sendmail"
    assert hop.rdns_status is (RdnsStatus.FAILED if said_so else RdnsStatus.NOT_STATED)
