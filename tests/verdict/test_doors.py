"""What is remembered of doors is what each story's own condition says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headertrace.signatures import trait
from headertrace.verdict.doors import Door, is_open, open_stories
from headertrace.vocabulary import Scenario

TRAITS = [bit for name, bit in vars(trait).items() if name.isupper() and isinstance(bit, int)]


@given(st.sampled_from(Door), st.sets(st.sampled_from(TRAITS)), st.sets(st.sampled_from(Scenario)))
def test_a_story_is_open_whatever_else_the_message_shows(
    door: Door, bits: set[int], backed: set[Scenario]
) -> None:
    traits = sum(bits)
    expected = {story for story in Scenario if is_open(story, door, traits, backed)}
    assert open_stories(door, traits, backed) == expected
