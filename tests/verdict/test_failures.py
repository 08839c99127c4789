"""A signature that fails costs only itself, and the examination says so."""

from __future__ import annotations

import pytest

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues
from headertrace.signatures.scene import Scene, read_whole_scene
from headertrace.signatures.signature import Side, signature
from headertrace.trace.trace import read_trace
from headertrace.verdict import observe as observing

MESSAGE = b"From: ann@corp.example\nSubject: Offer\n\n"


@signature("HT999", on=trait.FROM, side=Side.SENDER, by_text=True)
def broken(scene: Scene) -> Clues:
    """It cannot be asked.

    Why it matters: it is a bug.
    Innocent causes: none.
    Reference: none.
    """
    raise RuntimeError("no")


def test_a_failure_is_told_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    conditions = (*observing.CONDITIONS, (broken.on, broken.also, broken.unless, broken))
    monkeypatch.setattr(observing, "CONDITIONS", conditions)
    observing.triggered.cache_clear()
    try:
        seen = observing.observe(read_whole_scene(read_trace(MESSAGE)), whole=True)
    finally:
        observing.triggered.cache_clear()
    assert seen.failures == ("HT999 broken: RuntimeError('no')",)
    assert "HT410" in {hit.id for hit in seen.hits}


def test_signatures_without_their_facts_are_named() -> None:
    scene = read_whole_scene(
        read_trace(
            b"Received: from a (unknown [203.0.113.9]) by b.example (Postfix) with ESMTP id 1A2B3C; x\n\n"
        )
    )
    assert "HT992" in observing.observe(scene, whole=True).not_examined
