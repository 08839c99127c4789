"""The libraries that tables and packed files need, and what brings them where they are not installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

# What a small installation leaves out, by the name to install.
BRINGS = {
    "pyarrow": "headertrace[tables]",
    "duckdb": "headertrace[tables]",
    "pandas": "headertrace[notebook]",
    "polars": "polars",
    "zstandard": "headertrace[zstd]",
}


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


class _Refusal:
    """Finds nothing, and says of one library that it is not there."""

    def __init__(self, library: str) -> None:
        self._library = library

    def find_spec(self, name: str, *_: object) -> None:
        """Return nothing; raise ModuleNotFoundError for that library."""
        if name == self._library:
            raise ModuleNotFoundError(f"{name} is kept out", name=name)


@contextmanager
def kept_out(library: str) -> Iterator[None]:
    """Keep a library that is not there yet from being imported for a while.

    Whoever asked for it may remember for good that there is none: this is for processes of our own.
    """
    refusal = _Refusal(library)
    sys.meta_path.insert(0, refusal)
    try:
        yield
    finally:
        sys.meta_path.remove(refusal)
