"""Samples of cases are read again from where a scan found them, whatever their files are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from headertrace import Case, CaseKind
from headertrace.cli.exhibits import read_exhibits

MESSAGE = b"Received: from a (a [10.0.0.1]) by mx.example; Wed, 13 Nov 2013 12:04:13 +0200\n\nhello\n"


@pytest.mark.parametrize("name", ["a.eml", "at 12:30 a.eml", "a:5", "a b:7 c.eml"])
@pytest.mark.parametrize("behind", ["", " <1@corp.example>", " <1:5 2@corp.example>"])
def test_a_sample_is_found_by_its_text(
    name: str, behind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert found(name, f"{name}:0{behind}")


def test_a_message_id_without_brackets_hides_no_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert found("a.eml", "a.eml:0 1@corp.example")


def found(name: str, sample: str) -> bool:
    Path(name).write_bytes(MESSAGE)
    case = Case(kind=CaseKind.OPEN_RELAY, relay="mx.example", samples=(sample,))
    return set(read_exhibits([case])) == {sample}
