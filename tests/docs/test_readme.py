"""The README shows what the commands give, and its set-up commands are whole lines."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def refresher() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh_readme", ROOT / "docs" / "refresh_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_amounts(text: str) -> str:
    """Return the text without the measured amounts, which change with every corpus they are measured on."""
    return re.sub(r"[+-]\d+\.\d bits", "bits", text)


def test_the_output_shown_is_the_output_given() -> None:
    given = refresher().refreshed(README)
    assert without_amounts(given) == without_amounts(README), "run: python docs/refresh_readme.py"


@pytest.mark.parametrize("ending", ["headertrace trace fixtures/", "python -m pytest"])
def test_set_up_is_one_line(ending: str) -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv") and ending in line]
    assert len(lines) == 1


def test_every_file_that_is_named_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    named = re.findall(r"fixtures/[\w./-]+", README)
    assert [path for path in (*links, *named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!http|generated/)([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
