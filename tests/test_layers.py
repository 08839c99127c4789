"""Who may import whom: one table, printed in docs/design.md, held here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "src" / "headertrace"
DESIGN = SOURCE.parent.parent / "docs" / "design.md"

# Each folder may import the ones named here and itself; `*` stands for all of them.
WORDS = {"vocabulary", "defects", "facts", "remembered"}
MAY_IMPORT: dict[str, set[str]] = {
    "vocabulary": set(),
    "defects": {"vocabulary"},
    "facts": {"vocabulary"},
    "remembered": set(),
    "message": WORDS,
    "received": WORDS,
    "trace": WORDS | {"message", "received"},
    "signatures": WORDS | {"message", "received", "trace"},
    "verdict": WORDS | {"message", "received", "trace", "signatures"},
    "tables": WORDS | {"message", "received", "trace", "signatures", "verdict", "cases.case"},
    "cases": WORDS | {"message", "received", "trace", "signatures", "verdict", "tables"},
    "blocklists": WORDS,
    "bounces": WORDS | {"message", "received", "trace", "blocklists"},
    "lookups": WORDS | {"received", "trace", "blocklists"},
    "corpus": WORDS | {"message", "received", "trace", "verdict", "tables", "cases"},
    "reports": {"*"},
    "cli": {"*"},
    "web": {"*"},
    "__init__": {"*"},
    "__main__": {"cli"},
}
# The library that each outside package has its one home in.
ONE_HOME = {
    "mailparser": {"message"},
    "oxmsg": {"message"},
    "netaddr": {"trace/admd.py"},
    "dns": {"lookups"},
    "maxminddb": {"lookups"},
    "duckdb": {"cases", "corpus", "tables"},
    "pyspark": {"corpus"},
    "click": {"cli"},
    "starlette": {"web"},
    "uvicorn": {"web", "cli"},
    "matplotlib": {"reports"},
    "jinja2": {"reports", "web"},
}


# Where files of the user's are opened; calibration is run by hand, over the corpora.
OPEN_FILES = ("message/adapters.py", "corpus/", "lookups/", "cli/", "web/", "verdict/calibration/")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def folder(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_backwards(path: Path) -> None:
    allowed = MAY_IMPORT[folder(path)] | {folder(path)}
    if "*" in allowed:
        return
    for module in imports(path):
        if module.startswith("headertrace."):
            inside = module.removeprefix("headertrace.")
            assert inside.split(".")[0] in allowed or inside in allowed, f"not {module}"


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_library_has_one_home(path: Path) -> None:
    inside = path.relative_to(SOURCE).as_posix()
    for module in imports(path):
        homes = ONE_HOME.get(module.split(".")[0])
        assert homes is None or any(inside == home or inside.startswith(home + "/") for home in homes), module


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_are_opened_at_the_edges(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in called}
    assert "open" not in names or path.relative_to(SOURCE).as_posix().startswith(OPEN_FILES)


@pytest.mark.parametrize("name", ["families"])
def test_families_never_import_each_other(name: str) -> None:
    for path in (SOURCE / "received" / name).glob("*.py"):
        if path.stem in ("__init__", "recognise"):
            continue
        others = {module for module in imports(path) if module.startswith("headertrace.received.")}
        assert others <= {"headertrace.received.families.family"}, path.name


def test_signatures_never_import_each_other() -> None:
    found = {
        path.stem
        for path in (SOURCE / "signatures").glob("*.py")
        if "\n@signature(" in path.read_text("utf-8")
    }
    assert "helo" in found
    for name in found:
        others = {module.rpartition(".")[2] for module in imports(SOURCE / "signatures" / f"{name}.py")}
        assert not others & found, name


@pytest.mark.parametrize("name", [name for name in MAY_IMPORT if not name.startswith("__")])
def test_the_design_page_prints_the_table(name: str) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|$", DESIGN.read_text("utf-8"), re.M))
    told = {"nothing": set(), "anything": {"*"}, "words": WORDS}
    allowed = set().union(*(told.get(word, {word}) for word in rows[name].split(", ")))
    assert allowed == MAY_IMPORT[name]
