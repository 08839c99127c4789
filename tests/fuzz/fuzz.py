"""Let atheris try one target: ``python -m tests.fuzz.fuzz TARGET FOLDER [libFuzzer's options]``.

FOLDER keeps what is interesting from run to run; it is filled with the seeds where it is empty.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any


def _sow(target: str, folder: Path) -> None:
    from .seeds import seeds

    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        for seed in seeds(target):
            (folder / sha256(seed).hexdigest()[:16]).write_bytes(seed)


def main(target: str, folder: str, options: list[str]) -> None:
    """Run one target until libFuzzer's options end it; a broken promise ends it as well, with status 77."""
    atheris: Any = import_module("atheris")  # no stubs, and only here
    with atheris.instrument_imports(include=["headertrace"]):
        from .targets import TARGETS
    _sow(target, Path(folder))
    atheris.Setup([sys.argv[0], folder, *options], TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
