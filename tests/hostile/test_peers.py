"""Whatever broke other readers of mail is read here, at the same size, in time linear in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from headertrace import read_bounce, read_hop, read_trace

from .growth import grows_linearly
from .peers import BLOWS_OF_FIELDS, BLOWS_OF_MESSAGES, Blow
from .reading import judged

EVERY = {**BLOWS_OF_FIELDS, **BLOWS_OF_MESSAGES}
each_blow = pytest.mark.parametrize("why", EVERY)


def _as_message(why: str) -> Blow:
    blow = EVERY[why]
    if why in BLOWS_OF_MESSAGES:
        return blow
    return Blow(lambda size: b"Received: " + blow.build(size).replace(b"\n", b"\n ") + b"\r\n\r\n", blow.size)


@pytest.mark.parametrize("why", BLOWS_OF_FIELDS)
def test_field_that_broke_others_is_read(why: str) -> None:
    blow = BLOWS_OF_FIELDS[why]
    assert grows_linearly(read_hop, blow.build, blow.size // 2)


@pytest.mark.slow
@each_blow
@pytest.mark.parametrize("read", [judged, read_bounce])
def test_message_that_broke_others_is_read(read: Callable[[bytes], object], why: str) -> None:
    blow = _as_message(why)
    assert grows_linearly(read, blow.build, blow.size // 2)


def test_no_received_field_of_100_000_is_lost() -> None:
    blow = BLOWS_OF_MESSAGES["the standard library, SpamAssassin: 100,000 Received fields"]
    assert len(read_trace(blow.build(blow.size)).section.values("received")) == 100_000
