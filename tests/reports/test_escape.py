"""Text from a mail must not be able to command, hide or reorder."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headertrace.reports.escape import one_line, visible

TURNING = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}
CASES: dict[str, tuple[str | bytes, str]] = {
    "a terminal would obey escape sequences": ("\x1b[31mred\x1b]0;title\x07", r"\x1b[31mred\x1b]0;title\x07"),
    "C1 controls are escape sequences in one byte": ("\x9b2J", r"\x9b2J"),
    "a right-to-left override turns evil.exe round": ("exe.\u202egpj.js", r"exe.\u202egpj.js"),
    "isolates turn the order as overrides do": ("\u2066x\u2069", r"\u2066x\u2069"),
    "a zero-width space makes two names look equal": ("pay\u200bpal", r"pay\u200bpal"),
    "a soft hyphen is drawn as nothing": ("a\xadb", r"a\xadb"),
    "a Hangul filler is a letter that is drawn as nothing": ("a\u3164b", r"a\u3164b"),
    "tags hide a whole text": ("x\U000e0041", r"x\U000e0041"),
    "line separators begin a new line in a browser": ("a\u2028b", r"a\u2028b"),
    "a byte that is no text is shown as the byte": (b"caf\xe9", r"caf\xe9"),
    "carriage returns overwrite what was written": ("safe\revil", r"safe\x0devil"),
    "honest accents stay": ("Grüße, 日本, 🙂", "Grüße, 日本, 🙂"),
    "the replacement character is honest": ("\ufffd", "\ufffd"),
}


@pytest.mark.parametrize("why", CASES)
def test_unsafe_characters_are_made_visible(why: str) -> None:
    text, shown = CASES[why]
    assert visible(text) == shown


def test_heaps_of_accents_do_not_leave_their_line() -> None:
    assert visible("a" + "\u0301" * 5) == "a" + "\u0301" * 3 + r"\u0301\u0301"


@given(st.text() | st.binary())
def test_nothing_that_commands_or_hides_is_left(text: str | bytes) -> None:
    shown = visible(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(char) for char in shown} & TURNING


@given(st.text(min_size=1).map(lambda text: text * 2000), st.integers(min_value=30, max_value=4000))
def test_a_long_text_is_cut_and_says_so(text: str, limit: int) -> None:
    # Each character takes at most ten when it is made visible.
    assert len(one_line(text, limit)) <= max(10 * limit, len(" ".join(visible(text).split())))
    if len(text) > limit:
        assert one_line(text, limit).endswith(f"({len(text):,} characters)")


def test_folds_become_blanks() -> None:
    assert one_line("from a\r\n\tby b") == "from a by b"
