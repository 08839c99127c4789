"""The terminal report: 80 columns, colour never alone, nothing from the mail obeyed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import headertrace as ht
from headertrace.reports.lines import draw, labelled

from . import made

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def text(colour: bool = False, **changes: Any) -> str:
    return ht.report(made.examination(**changes)).text(colour=colour)


def test_every_line_fits_80_columns() -> None:
    assert max(cell_len(line) for line in text().split("\n")) <= 80


@pytest.mark.parametrize("width", [-1, 0, 10**9])
def test_a_width_that_no_screen_has_is_taken_for_the_nearest(width: int) -> None:
    # Rows of two columns are filled up to the width: without a bound that took all memory.
    lines = ht.report(made.examination()).text(width=width).split("\n")
    assert max(cell_len(line) for line in lines) <= 1000


def test_without_colour_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in text()


def test_colour_adds_nothing_that_only_colour_tells() -> None:
    coloured = text(colour=True)
    assert "\x1b[" in coloured
    plain = [line.rstrip() for line in ESCAPE.sub("", coloured).split("\n")]
    assert plain == text().split("\n")


def test_evidence_is_underlined_in_the_field() -> None:
    lines = text().split("\n")
    place = next(n for n, line in enumerate(lines) if "from PC-20121219NMRW (" in line)
    start = lines[place].index("PC-20121219NMRW")
    assert lines[place + 1].strip() == "^" * len("PC-20121219NMRW")
    assert lines[place + 1].index("^") == start


OFFICE = Path(__file__).parents[2] / "fixtures/messages/office-workstation.eml"


def is_marked(line: str) -> bool:
    return set(line) == {" ", "^"}


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_terminal_of_any_width_shows_what_is_underlined(width: int) -> None:
    view = ht.report(ht.examine(ht.read_trace(OFFICE)))
    lines, usual = (view.text(width=columns).split("\n") for columns in (width, 80))
    assert max(cell_len(line) for line in lines) <= width
    assert sum(map(is_marked, lines)) == sum(map(is_marked, usual)) > 5
    places = [number for number, line in enumerate(lines) if "mail.corp.example" in line]
    assert any(lines[place + 1].strip() == "^" * len("mail.corp.example") for place in places)


@pytest.mark.parametrize(
    "words",
    [
        "Open relay behind NAT (open-relay-nat): likely",
        "Relay: mail.corp.example [198.51.100.25] (hop 2)",
        "trust boundary",
        "−4 s (a clock is wrong)",
        "rDNS failed",
        "[192.168.1.1] private",
        "against HT310 own_server",
        "unless  Many unrelated senders share the inner address.",
        "Likely means: evidence that innocent mail hardly ever shows.",
        "perhaps a hidden client: the address is private",
        "Not examined, facts missing: HT401 first-field-is-the-entry.",
    ],
)
def test_the_report_says(words: str) -> None:
    assert words in text()


LIKELY = "Likely means: evidence that innocent mail hardly ever shows."
NO_OTHER = "Likely means: no other story explains the header as well."
AS_INNOCENT = "Possible means: consistent with it, as innocent mail may be."
AS_OTHERS = "Possible means: consistent with it, as with other stories."


@pytest.mark.parametrize(
    ("scenario", "confidence", "misuse", "meanings"),
    [
        ("open-relay", "likely", "likely", [LIKELY]),
        ("stolen-credentials", "possible", "likely", [AS_INNOCENT, LIKELY]),
        ("direct-to-mx", "likely", None, [NO_OTHER]),
        ("internal-submission", "possible", "possible", [AS_INNOCENT]),
        ("webmail", "possible", None, [AS_OTHERS]),
        ("undetermined", None, None, []),
    ],
)
def test_the_words_of_confidence_mean_what_the_story_is_about(
    scenario: str, confidence: str | None, misuse: str | None, meanings: list[str]
) -> None:
    sure = confidence and ht.Confidence(confidence)
    story = ht.Hypothesis(scenario=ht.Scenario(scenario), score=0.0, confidence=sure or None)
    shown = text(hypotheses=(story,), verdict=story, misuse=misuse and ht.Confidence(misuse))
    assert [line.strip() for line in shown.split("\n") if " means: " in line] == meanings


def test_escape_sequences_in_a_name_are_shown_and_not_obeyed() -> None:
    evil = "x\x1b]0;owned\x07\x1b[2J\u202e"
    chain = made.trace(made.client_hop(helo=evil, by=evil, id=evil), made.border_hop())
    shown = ht.report(chain).text(colour=True)
    assert r"\x1b]0;owned\x07\x1b[2J\u202e" in shown
    assert "\x1b]" not in shown
    assert "\u202e" not in shown


def test_five_thousand_hops_stay_readable() -> None:
    chain = made.trace(*[made.client_hop() for _ in range(4_999)], made.border_hop())
    shown = ht.report(chain).text()
    assert "4,950 more hops, not drawn" in shown
    assert shown.count("\n") < 400


def test_a_name_of_a_megabyte_is_cut() -> None:
    chain = made.trace(made.client_hop(helo="x" * 1_000_000), made.border_hop())
    shown = ht.report(chain).text()
    assert "(1,000,000 characters)" in shown
    assert len(shown) < 5_000


def test_a_long_subject_goes_on_below_itself() -> None:
    chain = ht.read_trace(b"Subject: " + b"words and " * 12 + b"\n\n")
    first, second = ht.report(chain).text().splitlines()[:2]
    assert first.startswith("Subject: words and")
    assert second.startswith("         ")


def test_a_bare_version_is_told_with_the_name_of_its_software() -> None:
    client = b"Received: from a.example (a.example [192.0.2.1]) by b.example (8.15.2/8.15.2)"
    chain = ht.read_trace(client + b" with ESMTP id 40230AbC012345; Tue, 2 Jan 2024 03:00:00 GMT\n\n")
    assert "ESMTP, sendmail 8.15.2/8.15.2, id 40230AbC012345" in ht.report(chain).text()
    assert "sendmail 8.15.2/8.15.2" in ht.report(chain).html()


def test_a_link_wider_than_its_column_is_folded_and_not_cut() -> None:
    link = "https://www.list.example/removal/" + "x" * 60
    drawn = draw([(2, labelled("removal", link))], width=60)
    assert "".join(line[11:] for line in drawn.split("\n")) == link


def test_no_received_field_is_said_so() -> None:
    assert "No Received field" in ht.report(ht.read_trace(b"Subject: hello\n\n")).text()


def test_the_same_view_in_a_prompt_is_the_text() -> None:
    view = ht.report(made.examination())
    assert repr(view) == str(view) == view.text()


def test_in_a_notebook_the_text_is_returned_and_not_displayed(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = text()
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    assert text() == expected
