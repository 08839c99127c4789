"""The public surface changes only on purpose; how to renew the snapshot stands in ``docs/api-policy.md``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import headertrace
from tests.public_api import describe

SNAPSHOT = Path(__file__).parent / "public_api.txt"


def test_surface_is_the_one_that_was_promised() -> None:
    assert describe() == SNAPSHOT.read_text("utf-8")


def test_every_name_is_offered_to_completion_and_to_import_of_everything() -> None:
    assert set(headertrace.__all__) <= set(dir(headertrace))
    given: dict[str, object] = {}
    exec("from headertrace import *", given)
    assert set(headertrace.__all__) <= given.keys()


def test_a_name_that_is_not_there_is_told_as_python_does() -> None:
    code = "import headertrace; headertrace.no_such_name"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "AttributeError: module 'headertrace' has no attribute 'no_such_name'" in told.stderr
