"""What the answers of lists mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headertrace import blocklists
from headertrace.facts import HopScope, Listed

FIXTURES = Path(__file__).parents[2] / "fixtures" / "dns"
CASES = tomllib.loads((FIXTURES / "answers.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_answer(case: dict[str, Any]) -> None:
    blocklist = blocklists.find(case["list"])
    assert (blocklist is None) == (not case["list"])
    judged = blocklists.judge(case["answers"], blocklist, HopScope(case.get("scope", "last-external")))
    assert judged.state == case["state"]
    assert judged.meanings == tuple(case.get("meanings", ()))
    assert (case.get("reason") or "") in (judged.reason or "")
    assert (judged.reason is None) == ("reason" not in case)


ANSWERS = st.lists(
    st.one_of(
        st.ip_addresses(v=4).map(str),
        st.integers(0, 255).map(lambda octet: f"127.0.0.{octet}"),
        st.integers(0, 255).map(lambda octet: f"127.255.255.{octet}"),
        st.text(max_size=12),
    ),
    max_size=4,
)


@settings(deadline=None)
@given(ANSWERS, st.sampled_from(blocklists.ALL), st.sampled_from(list(HopScope)))
def test_any_answer_is_judged_and_unknown_has_a_reason(
    answers: list[str], blocklist: blocklists.Blocklist, scope: HopScope
) -> None:
    judged = blocklists.judge(answers, blocklist, scope)
    assert judged.state is not Listed.UNKNOWN or judged.reason
    assert judged.state is not Listed.LISTED or not any(code.harmless for code in judged.codes)


@settings(deadline=None)
@given(st.sampled_from(blocklists.ALL), st.integers(0, 255), st.lists(st.integers(1, 254), max_size=2))
def test_refusal_is_never_a_listing(blocklist: blocklists.Blocklist, last: int, codes: list[int]) -> None:
    answers = [f"127.255.255.{last}", *(f"127.0.0.{code}" for code in codes)]
    assert blocklists.judge(answers, blocklist).state is Listed.UNKNOWN
