"""Every wording is tried wherever it can begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headertrace.received.families import FAMILIES
from headertrace.received.table import Table
from headertrace.received.wordings import REMARKS, VALUES, Wording

WORDINGS = (*VALUES, *(row for family in FAMILIES for row in family.remarks), *REMARKS)
# What has to stand around a wording is not there when it stands alone; names of groups recur in some rows.
_AROUND = re.compile(r"\(\?<?[=!](?:\\.|\[(?:\\.|[^\]])*\]|\((?:\\.|[^()\\])*\)|[^()\\\[])*\)|\(\?P<\w+>")


def _alone(pattern: str) -> re.Pattern[str]:
    loosened = _AROUND.sub(lambda found: "(" if found[0].startswith("(?P") else "", pattern)
    return re.compile(loosened, re.I | re.A)


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording[1][:40])
# Where a greedy class holds what follows it, most made texts match nothing, and are made again.
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_wording_is_tried_wherever_it_can_begin(wording: Wording, data: st.DataObject) -> None:
    pattern = _alone(wording[1])
    text = data.draw(st.from_regex(pattern, fullmatch=True)).lstrip()
    assert Table([wording]).rows(text[:2].lower()), text
