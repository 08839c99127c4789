"""The catalogue of scenarios for ``docs/lab.md``: what each teaches, with one chain each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import headertrace

from .scenarios import Scenario, load

CATALOGUE = "## Scenarios"


def refresh(page: Path, folder: Path) -> int:
    """Return 0 after replacing the catalogue, the last part of a page, by that of a folder's messages."""
    before, _, _ = page.read_text().partition(CATALOGUE)
    page.write_text(before + "\n".join(catalogue(folder)))
    return 0


def catalogue(folder: Path) -> Iterator[str]:
    """Yield the lines of the catalogue, in the order of ``scenarios.toml``."""
    yield CATALOGUE
    yield ""
    for scenario in load():
        yield from _entry(scenario, folder / scenario.name)


def _entry(scenario: Scenario, folder: Path) -> Iterator[str]:
    yield f"### {scenario.name}"
    yield ""
    yield scenario.teaches
    yield f"Truth: {scenario.label}, `{scenario.story}`. Relays: {' '.join(scenario.relays) or 'none'}."
    messages = sorted(folder.glob("*.eml"))
    if messages:
        message = next((path for path in messages if path.stem == "postfix-1"), messages[0])
        yield ""
        yield "```"
        yield from _chain(message)
        yield "```"
    yield ""


def _chain(message: Path) -> Iterator[str]:
    for hop in reversed(headertrace.read_trace(message).hops):
        yield " ".join(hop.raw.decode("latin-1").split()).rpartition(";")[0]
