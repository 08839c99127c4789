"""What is remembered between messages is bounded: an archive of any length costs what a short one costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.data import HERE

ALLOWED = 5 * 2**20


@pytest.mark.parametrize("messages", [30_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_memory_stays_what_it_was_after_ten_thousand_messages(messages: int) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.memory", "10000", str(messages)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
    first, last = map(int, told.stdout.split())
    assert last <= first + ALLOWED
