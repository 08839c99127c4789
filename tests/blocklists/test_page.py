"""docs/blocklists.md shows what the data files hold."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).resolve().parents[2] / "docs"


def refresher() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_blocklists", DOCS / "refresh_blocklists.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_are_those_of_the_data_files() -> None:
    page = (DOCS / "blocklists.md").read_text("utf-8")
    assert refresher().refreshed(page) == page, "run: python docs/refresh_blocklists.py"


def test_every_list_stands_in_a_table() -> None:
    from headertrace.blocklists import ALL

    page = (DOCS / "blocklists.md").read_text("utf-8")
    assert [item.name for item in ALL if f"| {item.name} |" not in page] == []
