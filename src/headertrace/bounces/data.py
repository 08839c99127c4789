"""The data files of this folder, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read_data(file: str) -> dict[str, Any]:
    """Return what one data file of this folder holds."""
    return tomllib.loads(resources.files("headertrace.bounces").joinpath(file).read_text("utf-8"))


def rows(file: str, table: str) -> tuple[dict[str, Any], ...]:
    """Return the rows of one data file, in their order."""
    return tuple(read_data(file)[table])
