"""Where the optional test data lies, and how its corpora are read; tests skip where it is missing."""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FIXTURES = HERE.parent / "fixtures"
DATA = Path(os.environ.get("HEADERTRACE_DATA", HERE.parent.parent / "shared"))

needs_corpora = pytest.mark.skipif(
    not (DATA / "corpus").is_dir(), reason=f"no corpora at {DATA}: set HEADERTRACE_DATA to run this"
)
needs_conformance = pytest.mark.skipif(
    not (DATA / "conformance").is_dir(), reason=f"no conformance cases at {DATA}: set HEADERTRACE_DATA"
)


def header_sections(name: str, every: int = 1) -> Iterator[bytes]:
    """Every n-th header section of one corpus, as bytes."""
    with lzma.open(DATA / "corpus" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, every):
            yield json.loads(line)["headers"].encode("latin-1", "replace") + b"\n"
