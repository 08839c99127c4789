"""The libraries that tables and packed files need, and what brings them where they are not installed."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

# What a small installation leaves out, by the name to install.
BRINGS = {
    "pyarrow": "headertrace[tables]",
    "duckdb": "headertrace[tables]",
    "matplotlib": "headertrace[notebook]",
    "pandas": "headertrace[notebook]",
    "polars": "polars",
    "zstandard": "headertrace[zstd]",
}
# The first pyarrow that does without NumPy.
WITHOUT_NUMPY = 18


def require(library: str, purpose: str) -> None:
    """Import a library; raise ModuleNotFoundError that says what brings it and what needs it."""
    try:
        import_module(library)
    except ModuleNotFoundError as error:
        raise _missing(library, purpose) from error


def require_tables(purpose: str) -> None:
    """Raise ModuleNotFoundError where tables cannot be written or compared; nothing is imported yet."""
    for library in ("pyarrow", "duckdb"):
        if find_spec(library) is None:
            raise _missing(library, purpose)


def _missing(library: str, purpose: str) -> ModuleNotFoundError:
    return ModuleNotFoundError(f"{purpose} needs {library}: pip install '{BRINGS[library]}'", name=library)


def spare_libraries() -> tuple[str, ...]:
    """Return what Arrow imports with its first array and needs for data frames and arrays of others only."""
    from importlib.metadata import version  # noqa: PLC0415

    is_able = int(version("pyarrow").partition(".")[0]) >= WITHOUT_NUMPY
    return ("pandas", "numpy") if is_able else ("pandas",)


class _Refusal:
    """Finds nothing, and says of some libraries that they are not there."""

    def __init__(self, libraries: Collection[str]) -> None:
        self._libraries = libraries

    def find_spec(self, name: str, *_: object) -> None:
        """Return nothing; raise ModuleNotFoundError for those libraries."""
        if name in self._libraries:
            raise ModuleNotFoundError(f"{name} is kept out", name=name)


@contextmanager
def kept_out(*libraries: str) -> Iterator[None]:
    """Keep libraries that are not there yet from being imported for a while.

    Whoever asked for one may remember for good that there is none: this is for processes of our own.
    """
    refusal = _Refusal(libraries)
    sys.meta_path.insert(0, refusal)
    try:
        yield
    finally:
        sys.meta_path.remove(refusal)
