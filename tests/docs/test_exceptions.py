"""The pages that say what is raised tell of every exception that a reader of messages has."""

from __future__ import annotations

from pathlib import Path

import pytest

import headertrace as ht

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("page", ["security.md", "reading.md", "how-to-pipeline.md"])
def test_a_path_that_cannot_be_read_is_told_of(page: str, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.eml"):
        with pytest.raises(OSError, match=str(tmp_path)):
            ht.read_trace(path)
    before, _, after = (DOCS / page).read_text("utf-8").partition("`OSError`")
    assert " path " in before[-100:] + after[:30]
