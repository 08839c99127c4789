"""What a scan's output says about itself: schema, networks, and whether it is complete."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from headertrace.tables.schema import SCHEMA_VERSION
from headertrace.trace.admd import Admd

NAME = "scan.json"


class OutputError(Exception):
    """An output that cannot be written, or not be gone on with; its text is the line to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``complete`` once all the input was read and duplicates are marked; counts are known from then on."""

    schema: int = SCHEMA_VERSION
    networks: str = ""
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
        manifest = Manifest(**found) if found["schema"] <= SCHEMA_VERSION else None
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
