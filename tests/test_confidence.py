"""Confidence is ordered by how sure it is, not by the alphabet."""

from __future__ import annotations

import operator
import pickle
from collections.abc import Callable
from itertools import product

import pytest

from headertrace import Confidence

WORDS = ["possible", "likely", "established"]
COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge]
Compare = Callable[[object, object], bool]


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize(("one", "other"), list(product(WORDS, WORDS)))
def test_members_and_their_words_compare_by_sureness(compare: Compare, one: str, other: str) -> None:
    expected = compare(WORDS.index(one), WORDS.index(other))
    assert compare(Confidence(one), Confidence(other)) is expected
    assert compare(Confidence(one), other) is expected
    assert compare(one, Confidence(other)) is expected


def test_the_surest_is_the_greatest() -> None:
    assert max(Confidence) is Confidence.ESTABLISHED
    assert sorted([Confidence.LIKELY, Confidence.ESTABLISHED, Confidence.POSSIBLE]) == WORDS


@pytest.mark.parametrize("compare", COMPARISONS)
@pytest.mark.parametrize("other", ["Likely", "", "zzz", None, 1])
def test_what_has_no_place_in_the_order_is_a_type_error(compare: Compare, other: object) -> None:
    with pytest.raises(TypeError, match=r"compares with possible, likely, established|not supported"):
        compare(Confidence.LIKELY, other)
    with pytest.raises(TypeError, match=r"compares with possible, likely, established|not supported"):
        compare(other, Confidence.LIKELY)


def test_it_stays_the_word_that_it_is() -> None:
    assert str(Confidence.LIKELY) == "likely"
    assert {"likely": 1}[Confidence.LIKELY] == 1
    assert pickle.loads(pickle.dumps(Confidence.LIKELY)) is Confidence.LIKELY
