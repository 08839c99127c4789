"""What an Examination promises as a value: equality across processes, one line, errors of the caller."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

import headertrace as ht
from tests.data import FIXTURES

MESSAGES = sorted((FIXTURES / "messages").rglob("*.eml"))[:40:4]


def judged(path: Path) -> ht.Examination:
    return ht.examine(ht.read_trace(path))


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_what_was_copied_equals_its_original(path: Path) -> None:
    one = judged(path)
    for other in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one), judged(path)):
        assert (one, hash(one)) == (other, hash(other))
        assert other == one
        assert one.findings == other.findings
        assert one.hypotheses == other.hypotheses


def test_other_messages_and_other_things_are_not_equal() -> None:
    one, other = judged(MESSAGES[0]), judged(MESSAGES[1])
    assert one != other
    assert one != one.trace
    assert len({one, other, judged(MESSAGES[0])}) == 2


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_shown_in_one_line(path: Path) -> None:
    one = judged(path)
    shown = repr(one)
    assert len(shown) < 160
    assert str(one.verdict.scenario) in shown
    assert shown.isprintable()


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_its_parts_are_shown_in_one_line_each(path: Path) -> None:
    one = judged(path)
    for part, names in ((one.findings, ("Finding", "id")), (one.hypotheses, ("Hypothesis:", "scenario"))):
        for shown, each in zip(map(repr, part), part, strict=True):
            assert shown.startswith(f"<{names[0]} {getattr(each, names[1])}")
            assert len(shown) < 120
            assert shown.isprintable()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("Hop", ht.read_hop("from a by b; x")),
        ("Trace", judged(MESSAGES[0]).trace),
        ("Examination", judged(MESSAGES[0])),
        ("Finding", judged(MESSAGES[0]).findings[0]),
        ("Hypothesis", judged(MESSAGES[0]).verdict),
    ],
)
def test_a_name_that_is_not_there_is_told_with_that_of_the_class(kind: str, value: object) -> None:
    with pytest.raises(AttributeError, match=f"^'{kind}' object has no attribute 'verdit'$") as told:
        value.verdit  # type: ignore[attr-defined]  # noqa: B018
    assert (told.value.name, told.value.obj) == ("verdit", value)


@pytest.mark.parametrize(
    ("trace", "facts", "line"),
    [
        (b"Received: x", None, "not a Trace: bytes"),
        (None, None, "not a Trace: NoneType"),
        (ht.read_trace(b""), {}, "not Facts: dict"),
    ],
)
def test_callers_mistakes(trace: Any, facts: Any, line: str) -> None:
    with pytest.raises(TypeError, match=line):
        ht.examine(trace, facts)


def test_a_trace_cannot_be_changed() -> None:
    trace: Any = ht.read_trace(MESSAGES[0])
    for name in ("hops", "section", "trusted", "anything"):
        with pytest.raises(FrozenInstanceError):
            setattr(trace, name, ())
    with pytest.raises(FrozenInstanceError):
        del trace.hops
