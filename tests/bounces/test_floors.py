"""The floors on real bounces, where the data folder is at hand."""

from __future__ import annotations

import pytest

from . import score_bounces

pytestmark = pytest.mark.skipif(
    not (score_bounces.DATA / "reference/bounces/index.json").exists(),
    reason="set HEADERTRACE_DATA to the folder with reference/bounces and corpus",
)


@pytest.mark.parametrize(
    "items", [score_bounces.samples, score_bounces.diagnostics], ids=["bounces", "wordings"]
)
def test_the_list_is_named_and_none_for_the_negatives(items: object) -> None:
    assert callable(items)
    counts = score_bounces.score(items())
    right, every = counts["named"]
    assert right >= score_bounces.FLOOR * every
    assert counts["negatives"][0] == counts["negatives"][1]


def test_nearly_every_bounce_of_the_corpus_is_known_as_one() -> None:
    counts = score_bounces.corpus_counts()
    # The rest are reports of abuse, automatic answers and messages that only speak of bounces.
    assert counts["bounces"] >= 0.94 * counts["messages"]
    assert counts["with a recipient"] >= 0.97 * counts["bounces"]
