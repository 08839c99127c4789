"""``python -m headertrace.verdict.calibrate``: measure the amounts and publish how often the judge is wrong.

It reads the labelled corpora under the folder that HEADERTRACE_DATA names, and writes ``weights.toml`` beside
this file, ``docs/signatures.md`` and ``docs/margin-of-error.md``. It needs numpy (the group ``calibrate``).
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from headertrace.verdict.calibration.run import calibrate

ROOT = Path(__file__).resolve().parents[3]
DATA = "HEADERTRACE_DATA"


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when all files are written, 2 where the corpora are missing."""
    options = argparse.ArgumentParser(prog="headertrace.verdict.calibrate", description=__doc__)
    options.add_argument("--data", type=Path, default=Path(os.environ.get(DATA, "../shared")))
    options.add_argument("--docs", type=Path, default=ROOT / "docs")
    options.add_argument("--every", type=int, default=1, help="read each n-th innocent message only")
    chosen = options.parse_args(arguments)
    corpora = chosen.data / "corpus"
    if not (corpora / "labels.tsv").exists():
        print(f"no corpora in {corpora}: set {DATA}", file=sys.stderr)
        return 2
    calibrate(
        chosen.data, docs=chosen.docs, weights=Path(__file__).with_name("weights.toml"), every=chosen.every
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
