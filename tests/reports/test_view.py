"""``report`` takes everything that can be told, and refuses the rest by name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import headertrace as ht
from headertrace.cases.case import CaseKind
from headertrace.reports.gallery import life
from headertrace.reports.many import MOST_FULL, MOST_ROWS

from . import made

CASE = ht.Case(
    kind=CaseKind.OPEN_RELAY_NAT,
    relay="mail.corp.example",
    inner_address="192.168.1.1",
    helos={f"PC-{n}": n for n in range(1, 30)},
    senders={"freemail.example": 40},
    zones={"+0800": 39, "<b>": 1},
    first_seen=datetime(2013, 11, 1, tzinfo=UTC),
    last_seen=datetime(2013, 12, 1, tzinfo=UTC),
    messages=40,
    confidence=ht.Confidence.ESTABLISHED,
    reasons=("29 names announced from one inner address",),
    confounders=("a terminal server",),
    days={"2013-11-01": 10, "2013-11-03": 30, "no day": 1},
    relay_address="198.51.100.25",
    recipients={"da74604fdf88": 1, "e16cfcfc3409": 1},
    samples=("a.eml",),
)


@pytest.mark.parametrize("wrong", [None, 7, "", b"", {}, {"a": 1}, "Received: x", b"Received: x"])
def test_what_cannot_be_told_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError, match="can be reported on"):
        ht.report(wrong)  # type: ignore[arg-type]


def test_a_raw_message_must_be_read_first() -> None:
    with pytest.raises(TypeError, match="not str"):
        ht.report("Received: from a by b")  # type: ignore[arg-type]


def test_a_chain_that_was_not_judged_has_no_verdict() -> None:
    view = ht.report(made.trace())
    assert "VERDICT" not in view.text()
    assert "Verdict" not in view.html()


def test_a_case_tells_its_reasons_and_what_else_it_could_be() -> None:
    for shown in (ht.report(CASE).text(), ht.report(CASE).html()):
        assert "29 names announced" in shown
        assert "a terminal server" in shown
        assert "established" in shown
        assert "17 more" in shown


def test_a_page_is_plain_text_that_escapes_nothing_beside_it() -> None:
    view = ht.report(CASE)
    assert ("<i>" + view.html()).startswith("<i><!DOCTYPE html>")
    assert ("<i>" + (view._repr_html_() or "")).startswith("<i><style>")


def test_markup_in_a_case_stays_text() -> None:
    assert "&lt;b&gt;" in ht.report([CASE]).html()


def test_the_life_of_a_case_is_drawn_day_by_day() -> None:
    assert [(bar["x"], bar["height"]) for bar in life(CASE)] == [(0.0, 33.3), (66.67, 100.0)]
    assert '<svg class="ht-life"' in ht.report(CASE).html()


def test_recipients_are_counted_and_not_listed() -> None:
    assert "Recipients: 2" in ht.report(CASE).text()
    assert "da74604fdf88" not in ht.report(CASE).text()


def test_nothing_is_said_so() -> None:
    for shown in (ht.report([]).text(), ht.report(()).html(), ht.report(iter(())).text()):
        assert "No message and no case was given" in shown


def test_of_many_messages_the_worst_come_first() -> None:
    calm = made.examination(misuse=None, source=ht.Source(path="calm.eml"))
    view = ht.report(iter([calm, made.examination(), calm]))
    shown = view.text()
    assert "3 messages" in shown
    assert shown.index("spamhaus.eml: Open relay") < shown.index("calm.eml: Open relay")


def test_many_chains_are_judged_and_counted() -> None:
    view = ht.report([made.trace(), made.trace()])
    assert "2 messages" in view.text()
    assert "Verdict" in view.html()


def test_something_else_among_many_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="not int"):
        ht.report([made.trace(), 7])  # type: ignore[list-item]


def test_of_very_many_messages_memory_and_page_stay_bounded() -> None:
    judged = made.examination()
    view = ht.report(judged for _ in range(MOST_ROWS * 3))
    assert view.tally is not None
    assert (view.tally.total, len(view.tally.kept)) == (MOST_ROWS * 3, MOST_ROWS)
    assert len(view.shown_in_full) == MOST_FULL
    assert "600" in view.html()
