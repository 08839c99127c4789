"""The public surface changes only on purpose; how to renew the snapshot stands in ``docs/api-policy.md``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import headertrace
from tests.public_api import BESIDE, describe
from tests.reachable import reachable

SNAPSHOT = Path(__file__).parent / "public_api.txt"
ROOT = SNAPSHOT.parent.parent
IMPORT = re.compile(r"from (headertrace\.[\w.]+) import ([\w, ]+)")
PAGES = [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("docs/notebooks/*.ipynb")]


def test_surface_is_the_one_that_was_promised() -> None:
    assert describe() == SNAPSHOT.read_text("utf-8")


def test_every_type_that_a_result_leads_to_can_be_named() -> None:
    offered = {*headertrace.__all__, *(name for names in BESIDE.values() for name in names)}
    assert {name: place for name, place in reachable().items() if name not in offered} == {}


def test_what_pages_import_is_promised_on_the_page_of_promises() -> None:
    policy = (ROOT / "docs" / "api-policy.md").read_text("utf-8")
    assert [module for module in BESIDE if f"`{module.removeprefix('headertrace.')}`" not in policy] == []
    promised = {*BESIDE, *(f"{module}.{name}" for module, names in BESIDE.items() for name in names)}
    for page in PAGES:
        for module, names in IMPORT.findall(page.read_text("utf-8")):
            assert {f"{module}.{name}" for name in names.split(", ")} <= promised, page.name


def test_every_name_is_offered_to_completion_and_to_import_of_everything() -> None:
    assert set(headertrace.__all__) <= set(dir(headertrace))
    given: dict[str, object] = {}
    exec("from headertrace import *", given)
    assert set(headertrace.__all__) <= given.keys()


def test_a_name_that_is_not_there_is_told_as_python_does() -> None:
    code = "import headertrace; headertrace.no_such_name"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "AttributeError: module 'headertrace' has no attribute 'no_such_name'" in told.stderr
