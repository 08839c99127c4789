"""Let atheris try one target: ``python -m tests.fuzz.fuzz TARGET FOLDER [libFuzzer's options]``.

FOLDER keeps what is interesting from run to run, beside the seeds; FOLDER-found what breaks a promise.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from re import findall
from traceback import extract_tb
from typing import Any

# Patterns hide from a fuzzer which words they wait for; it is given those that several seeds share.
MIN_SEEDS = 3
MAX_WORDS = 1000


def _sow(seeds: Iterable[bytes], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (folder / sha256(seed).hexdigest()[:16]).write_bytes(seed)


def _write_words(seeds: Iterable[bytes], file: Path) -> None:
    """Write the words that several seeds share, as a dictionary of libFuzzer's."""
    shared = Counter(word for seed in seeds for word in {*findall(rb"[A-Za-z][\w-]{2,30}[=:]?", seed)})
    words = [word.decode() for word, count in shared.most_common(MAX_WORDS) if count >= MIN_SEEDS]
    file.write_text("".join(f'"{word}"\n' for word in words), encoding="ascii")


def _keeping(target: Callable[[bytes], None], folder: Path) -> Callable[[bytes], None]:
    """Return the target, which keeps the shortest input for each place that failed, and goes on."""
    folder.mkdir(parents=True, exist_ok=True)

    def kept(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:
            place = extract_tb(error.__traceback__)[-1]
            file = folder / f"{type(error).__name__}-{Path(place.filename).stem}-{place.lineno}"
            if not file.exists() or len(data) < file.stat().st_size:
                file.write_bytes(data)

    return kept


def main(name: str, folder: Path, options: list[str]) -> None:
    """Run one target until libFuzzer's options end it."""
    atheris: Any = import_module("atheris")  # no stubs, and only here
    with atheris.instrument_imports(include=["headertrace"]):
        from .seeds import seeds
        from .targets import TARGETS

        own = list(seeds(name))
        # What is imported only when it is needed is instrumented as well.
        for seed in own:
            with suppress(Exception):
                TARGETS[name](seed)
    _sow(own, folder)
    words = folder.with_name(f"{folder.name}.dict")
    _write_words(own, words)
    found = folder.with_name(f"{folder.name}-found")
    atheris.Setup([sys.argv[0], str(folder), f"-dict={words}", *options], _keeping(TARGETS[name], found))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
