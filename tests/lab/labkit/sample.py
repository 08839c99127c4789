"""A balanced sample of a run for the fixtures, with the messages that no server here makes."""

from __future__ import annotations

import shutil
from pathlib import Path

from .plan import NO_RELAY
from .scenarios import Scenario, load
from .shell import LabError
from .written import write_messages

DONE = 0
# Three a scenario keep the fixtures below 300. Postfix's first letter is taken everywhere, so that
# scenarios can be compared; the other relays and their letters take turns.
ALWAYS = "postfix-1"
OTHERS = 2


def fill(run: Path, destination: Path) -> int:
    """Return 0 after replacing the destination by a sample of a run; LabError if there is no run."""
    if not run.is_dir():
        raise LabError(f"{run} holds no run: `lab.py run` makes one")
    shutil.rmtree(destination, ignore_errors=True)
    for number, scenario in enumerate(load()):
        for name in chosen(scenario, number):
            _copy(run / scenario.name / name, destination / scenario.name)
    write_messages(destination)
    print(f"{len(list(destination.glob('*/*.eml')))} messages in {destination}")
    return DONE


def chosen(scenario: Scenario, number: int) -> list[str]:
    """Return the names of a scenario's messages that belong to the sample."""
    relays = scenario.relays or (NO_RELAY,)
    turns = [
        f"{relay}-{1 + letter}"
        for letter in range(scenario.count)
        for relay in relays
        if f"{relay}-{1 + letter}" != ALWAYS
    ]
    # A step that has no factor in common with the number of turns visits them all.
    others = [turns[(number * 5 + step * (len(turns) // OTHERS)) % len(turns)] for step in range(OTHERS)]
    return [ALWAYS, *others] if "postfix" in relays else [*others, f"{relays[0]}-1"]


def _copy(message: Path, destination: Path) -> None:
    for suffix in (".eml", ".json"):
        if message.with_suffix(suffix).exists():
            destination.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(message.with_suffix(suffix), destination / f"{message.name}{suffix}")
