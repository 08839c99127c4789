"""What a scan's output says about itself: schema, inputs, networks, and whether it is complete."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from headertrace.corpus.sources.read import STDIN
from headertrace.tables.schema import SCHEMA_VERSION
from headertrace.trace.admd import Admd

NAME = "scan.json"
# Inputs that a line of refusal names: enough to know the scan again.
SHOWN = 3


class OutputError(Exception):
    """An output that cannot be written, or not be gone on with; its text is the line to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``complete`` once all the input was read and duplicates are marked; counts are known from then on.

    ``inputs`` are the paths that were asked for, absolute and in their order; ``absent`` those of them
    that were not there; ``stream`` a digest of how standard input began, where it was among them.
    """

    schema: int = SCHEMA_VERSION
    networks: str = ""
    inputs: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    stream: str = ""
    complete: bool = False
    messages: int = 0
    errors: int = 0

    def write(self, folder: Path) -> None:
        """Write the manifest, whole or not at all."""
        unfinished = folder / f"{NAME}.unfinished"
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / NAME)


def new_manifest(paths: Iterable[str | os.PathLike[str]], admd: Admd | None) -> Manifest:
    """Return the manifest of a scan of these paths that begins now."""
    inputs = tuple([_absolute(os.fspath(path)) for path in paths])
    absent = tuple([path for path in inputs if path != STDIN and not os.path.exists(path)])
    return Manifest(networks=describe_networks(admd), inputs=inputs, absent=absent)


def _absolute(path: str) -> str:
    return path if path == STDIN else os.path.abspath(path)


def require_same(target: Path, earlier: Manifest, now: Manifest) -> None:
    """Raise OutputError where going on with an earlier scan would replace what it found by something else."""
    if earlier.networks != now.networks:
        raise OutputError(f"{target} was judged with other networks; choose another output")
    if earlier.inputs != now.inputs:
        held = ", ".join(earlier.inputs[:SHOWN]) + (", ..." if len(earlier.inputs) > SHOWN else "")
        raise OutputError(f"{target} is a scan of other inputs ({held}): choose another, or --overwrite")
    if gone := [path for path in now.absent if path not in earlier.absent]:
        raise OutputError(f"{gone[0]} is not there any more; {target} is left as it is")
    if earlier.complete and STDIN in earlier.inputs:
        raise OutputError(f"{target} is complete, and standard input cannot be read again")


def describe_networks(admd: Admd | None) -> str:
    """Return our networks and names as one text: judgements made with other ones do not mix."""
    if admd is None:
        return ""
    parts = (admd.trusted, admd.internal, admd.submission, admd.names)
    return " / ".join("-" if part is None else " ".join(part) for part in parts)


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an output, None where there is none; raise OutputError for a newer schema."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = _from_json(found) if found["schema"] <= SCHEMA_VERSION else None
    except OSError:  # none there; whether one can be written is told when it is tried
        return None
    except (ValueError, TypeError, KeyError) as error:
        raise OutputError(f"{folder / NAME} is damaged: {error}") from error
    if manifest is None:
        raise OutputError(
            f"{folder} was written by a newer headertrace (schema {found['schema']}; this one knows"
            f" {SCHEMA_VERSION}): update headertrace, or choose another output"
        )
    return manifest


def _from_json(found: dict[str, Any]) -> Manifest:
    lists = {name: tuple(found.get(name, ())) for name in ("inputs", "absent")}
    return Manifest(**found | lists)
