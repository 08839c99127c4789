"""Configuration templates: ``%%{name}`` is filled in, everything else is the server's own syntax."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

# A program among the templates carries this suffix, so that nobody takes it for one of ours.
PLAIN_SUFFIX = ".in"
TEMPLATES = Path(__file__).parents[1] / "templates"


class _Template(string.Template):
    delimiter = "%%"


def render(file: Path, values: Mapping[str, str]) -> str:
    """Return a template's text with its names filled in; KeyError where one has no value."""
    return _Template(file.read_text()).substitute(values)


def install(folder: str, root: Path, values: Mapping[str, str]) -> None:
    """Write every file of a template folder, filled in, to the same place below ``root``."""
    source = TEMPLATES / folder
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        target = root / str(file.relative_to(source)).removesuffix(PLAIN_SUFFIX)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(render(file, values))
