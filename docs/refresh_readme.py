"""Writes the output shown in README.md anew: `python docs/refresh_readme.py`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"(<!-- output: headertrace (?P<arguments>[^|]+) \| head -n (?P<lines>\d+) -->\n```text\n)"
    r"(?P<shown>.*?)(```\n<!-- end -->)",
    re.S,
)


def refreshed(text: str) -> str:
    """Return the README with every block of output as the command gives it now."""
    return BLOCK.sub(lambda block: f"{block[1]}{output(block)}{block[5]}", text)


def output(block: re.Match[str]) -> str:
    """Return the first lines of what the block's command prints."""
    command = [sys.executable, "-m", "headertrace", *block["arguments"].split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    shown = done.stdout.splitlines()[: int(block["lines"])]
    return "".join(f"{line}\n" for line in shown)


if __name__ == "__main__":
    readme = ROOT / "README.md"
    readme.write_text(refreshed(readme.read_text("utf-8")), "utf-8")
