"""Commands that must succeed, and what is said when they do not."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

LONGEST_COMMAND = 900  # seconds: installing the largest root on a slow mirror
SHOWN_OUTPUT = 300  # characters: enough for the last line of apt or nft


class LabError(Exception):
    """What stopped the laboratory and how to mend it, in one line."""


def run(command: Sequence[str | Path], *, text: str | None = None, log: Path | None = None) -> str:
    """Return the standard output of a command; LabError with its last words if it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, input=text, text=True, capture_output=True, check=False, timeout=LONGEST_COMMAND
        )
    except FileNotFoundError:
        raise LabError(f"{words[0]} is not installed: see `lab.py check`") from None
    except subprocess.TimeoutExpired:
        raise LabError(f"{' '.join(words[:6])} took longer than {LONGEST_COMMAND} s") from None
    if log is not None:
        log.write_text(done.stdout + done.stderr)
    if done.returncode:
        raise LabError(f"{' '.join(words[:8])}: {_last_words(done.stderr or done.stdout)}")
    return done.stdout


def _last_words(output: str) -> str:
    return " ".join(output.strip()[-SHOWN_OUTPUT:].split()) or "failed without a word"


def merged(*layers: Mapping[str, str]) -> dict[str, str]:
    """Return one mapping in which later layers win."""
    return {key: value for layer in layers for key, value in layer.items()}
