"""The input of one scan, in pieces: files may change between two runs, a stream must be the same one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from headertrace.corpus.manifest import Manifest, OutputError
from headertrace.corpus.piece import Piece, cut_pieces
from headertrace.corpus.shards import Shards
from headertrace.corpus.sources import Meter, read_items
from headertrace.corpus.sources.read import STDIN, STDIN_PATH


class Input:
    """The paths of a scan, and the manifest that tells which scan it is."""

    def __init__(
        self, paths: list[str | os.PathLike[str]], target: Path, shards: Shards, manifest: Manifest
    ) -> None:
        self.shards = shards
        self.manifest = manifest
        self._paths = paths
        self._target = target

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces; raise OutputError where standard input is another one than before."""
        meter = Meter()
        begun = STDIN not in self.manifest.inputs
        for piece in cut_pieces(read_items(self._paths, meter), meter):
            if not begun and any(entry.path == STDIN_PATH for entry in piece.entries):
                begun = True
                self._begin_stream(piece.fingerprint())
            yield piece

    def _begin_stream(self, digest: str) -> None:
        if self.manifest.stream not in {"", digest}:
            raise OutputError(
                f"{self._target} is a scan of another standard input, and is left as it is:"
                " give it the same one, choose another output, or --overwrite"
            )
        self.manifest = replace(self.manifest, stream=digest)
        self.manifest.write(self.shards.root)

    def end_at(self, last: int) -> None:
        """Remove what an earlier scan found beyond the last piece; OutputError where that was a stream."""
        left = self.shards.after(last)
        if left and STDIN in self.manifest.inputs:
            raise OutputError(
                f"{self._target} holds more than this standard input, and keeps it: give it all of the stream"
            )
        for path in left:
            path.unlink()
