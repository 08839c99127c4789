"""Every attribute of the values that users hold is told in ``docs/attributes.md``, and no other."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from inspect import signature
from pathlib import Path

import pytest

import headertrace as ht

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "attributes.md").read_text("utf-8")
TYPES = (ht.Hop, ht.Trace, ht.Originating, ht.Examination, ht.Hypothesis, ht.Finding, ht.Case)
# Told in the row of the attribute that holds them.
INNER = (ht.Auth, ht.Tls, ht.Remark, ht.Unread, ht.Defect, ht.Break, ht.WrongClock, ht.Origin)
INNER_OF_JUDGEMENTS = (ht.Source, ht.Relay, ht.Evidence)


def attributes(kind: type) -> set[str]:
    """Return the public attributes of a type, methods left out."""
    found = {each.name for each in fields(kind)} if is_dataclass(kind) else set(signature(kind).parameters)
    found |= {name for name, held in vars(kind).items() if not callable(held)}
    return {name for name in found if not name.startswith("_")}


def rows(kind: type) -> list[str]:
    """Return the names in the first column of the type's table."""
    section = re.search(rf"^##+ {kind.__name__}\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None
    cells = re.findall(r"^\| (`.*?) \|", section[1], re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


@pytest.mark.parametrize("kind", TYPES)
def test_each_attribute_has_a_row(kind: type) -> None:
    told = rows(kind)
    assert len(told) == len(set(told))
    assert set(told) == attributes(kind)


@pytest.mark.parametrize("kind", [*INNER, *INNER_OF_JUDGEMENTS])
def test_each_attribute_of_what_they_hold_is_named(kind: type) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("|") and f"`{kind.__name__}`" in line)
    assert {name for name in attributes(kind) if f"`{name}`" not in row} == set()
