"""What a fuzzer calls with any bytes: each target raises where a promise of docs/security.md is broken."""

from __future__ import annotations

from collections.abc import Callable

from .gathering import cases, source
from .reading import answer, bounce, hop, queue, section, trace, word
from .showing import evidence, page, shown

TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        hop, word, section, trace, bounce, queue, answer, shown, page, evidence, source, cases,
    )
}  # fmt: skip
