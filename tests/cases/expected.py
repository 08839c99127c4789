"""What a set of cases must be: no case missing, no other relay accused."""

from __future__ import annotations

from typing import Any

from headertrace.cases.case import Case

JOINING = {"hijacker", "campaign"}


def fits(case: Case, wanted: dict[str, Any]) -> bool:
    """Whether a case is as wanted; of confounders and reasons one must contain the wanted text."""
    for name, value in wanted.items():
        told = getattr(case, name)
        if isinstance(told, tuple):
            if not any(value in line for line in told):
                return False
        elif (told or "") != value:
            return False
    return True


def check(cases: tuple[Case, ...], expect: list[dict[str, Any]], joins: int | None = None) -> None:
    """Fail where a wanted case is missing, a relay is accused, or relays are joined, that is not wanted."""
    for wanted in expect:
        assert any(fits(case, wanted) for case in cases), (wanted, cases)
    accused = [case for case in cases if case.kind not in JOINING]
    expected = [wanted for wanted in expect if wanted["kind"] not in JOINING]
    assert len(accused) == len(expected), accused
    joined = [case for case in cases if case.kind in JOINING]
    assert joins is None or len(joined) == joins, joined
