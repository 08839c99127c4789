"""Every public value can stand in a set, and equal ones are one."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest

import headertrace as ht
from headertrace.cases.case import CaseKind
from tests.data import FIXTURES

JUDGED = ht.examine(ht.read_trace(min((FIXTURES / "messages").rglob("*.eml"))))
VALUES = [
    ht.Case(kind=CaseKind.OPEN_RELAY, relay="mail.corp.example", helos={"pc": 2}, days={"2013-11-01": 2}),
    ht.Facts(gathered=datetime(2026, 1, 1, tzinfo=UTC), addresses={"mail.corp.example": ("192.0.2.1",)}),
    ht.Facts(),
    ht.Admd(trusted=["192.0.2.0/24"]),
    JUDGED,
    JUDGED.trace,
    JUDGED.trace.section,
    JUDGED.verdict,
    *JUDGED.findings,
    *JUDGED.trace.hops,
    *JUDGED.trace.breaks,
    JUDGED.trace.origin,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_equal_values_are_one_in_a_set(value: object) -> None:
    assert len({value, copy.deepcopy(value)}) == 1
