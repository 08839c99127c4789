"""The laboratory's margin of error: `python tests/lab/margin.py FOLDER`, see docs/lab.md."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.lab.labkit.margin import main

if __name__ == "__main__":
    sys.exit(main())
