"""The libraries that tables and packed files need, and what brings them where they are not installed."""

from __future__ import annotations

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
