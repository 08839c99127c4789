"""The laboratory's command: `python tests/lab/lab.py check | run | down`, see docs/lab.md."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.lab.labkit.command import main

if __name__ == "__main__":
    sys.exit(main())
