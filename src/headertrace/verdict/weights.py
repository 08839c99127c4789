"""The measured amounts, as ``weights.toml`` holds them.

``python -m headertrace.verdict.calibrate`` writes that file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Amounts = Mapping[str, float]


# Compared by identity: the opinions that follow from them are remembered.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """Amounts in bits (log2 of a ratio of odds).

    ``misuse`` and ``doors`` speak for or against misuse, from ``base`` on; it is likely from ``likely`` on.
    ``ways`` start each way of misuse, ``way_amounts`` move them, by signature and way.
    """

    base: float
    likely: float
    misuse: Amounts
    doors: Amounts
    ways: Amounts
    way_amounts: Mapping[str, Amounts]


@cache
def load_weights() -> Weights:
    """Return the amounts that come with the package."""
    return read_weights(files("headertrace.verdict").joinpath("weights.toml").read_text("utf-8"))


def read_weights(text: str) -> Weights:
    """Return the amounts that a TOML text holds."""
    table = tomllib.loads(text)
    return Weights(
        base=float(table["base"]),
        likely=float(table["likely"]),
        misuse=table["misuse"],
        doors=table["doors"],
        ways=table["ways"],
        way_amounts=table["way_amounts"],
    )
