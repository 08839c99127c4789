"""Phrases of the data files as patterns, and the data files themselves."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

# Words that belong together stand together; a wider gap would join two sentences.
GAP = 160


def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases (lower case) as whole words.

    `` ... `` in a phrase bridges a short gap, a final ``*`` stands for any ending of its last word.
    """
    return re.compile("|".join(_phrase(phrase) for phrase in phrases) or r"(?!)")


def _phrase(phrase: str) -> str:
    parts = [re.escape(part) for part in phrase.rstrip("*").split(" ... ")]
    before = r"(?<![a-z0-9])" if phrase[0].isalnum() else ""
    after = r"(?![a-z0-9])" if phrase[-1].isalnum() else ""
    return before + rf".{{1,{GAP}}}?".join(parts) + after


@cache
def rows(file: str, table: str) -> tuple[dict[str, Any], ...]:
    """Return the rows of one data file of this folder."""
    text = resources.files("headertrace.bounces").joinpath(file).read_text("utf-8")
    return tuple(tomllib.loads(text)[table])


@cache
def word_pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of one word list of ``words.toml``."""
    text = resources.files("headertrace.bounces").joinpath("words.toml").read_text("utf-8")
    return phrase_pattern(tuple(tomllib.loads(text)[name]["says"]))
