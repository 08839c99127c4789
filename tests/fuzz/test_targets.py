"""Every seed, and everything that fuzzing ever found, keeps the promises."""

from __future__ import annotations

import io

import pytest

from headertrace.corpus.sources import Item
from headertrace.corpus.sources.read import Place, stream_items
from headertrace.corpus.sources.streams import Budget, buffered

from .archives import archives
from .seeds import found, seeds
from .targets import TARGETS

# Drawing takes some milliseconds a message: of these targets' seeds one in five is enough here.
SLOW = {"shown", "page", "evidence", "cases"}


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_break_no_promise(target: str) -> None:
    own = list(seeds(target))
    assert own
    for seed in own[::5] if target in SLOW else own:
        TARGETS[target](seed)


@pytest.mark.parametrize("name", [f"{target}/{path.name}" for target in TARGETS for path in found(target)])
def test_what_was_found_breaks_no_promise(name: str) -> None:
    target, _, file = name.partition("/")
    TARGETS[target](next(path for path in found(target) if path.name == file).read_bytes())


def test_every_archive_that_fuzzing_begins_with_holds_messages() -> None:
    for data in archives():
        place = Place(path="file", budget=Budget(packed=len(data)), file=io.BytesIO(data))
        items = list(stream_items(buffered(io.BytesIO(data).read, lambda size: None), place))
        assert any(isinstance(item, Item) for item in items), data[:40]
