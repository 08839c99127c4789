"""Importing the package and asking for help cost a fresh interpreter little."""

from __future__ import annotations

import pytest

from tests.benchmarks.measure import best_start

CASES = {
    "email.parser": ("-c", "import email.parser"),
    "import": ("-c", "import headertrace"),
    "help": ("-m", "headertrace", "--help"),
}


@pytest.fixture(scope="module")
def seconds() -> dict[str, float]:
    return best_start(CASES)


def test_import_costs_at_most_twice_that_of_the_email_parser(seconds: dict[str, float]) -> None:
    assert seconds["import"] <= 2 * seconds["email.parser"]


def test_help_costs_at_most_four_times_that_of_the_email_parser(seconds: dict[str, float]) -> None:
    assert seconds["help"] <= 4 * seconds["email.parser"]
