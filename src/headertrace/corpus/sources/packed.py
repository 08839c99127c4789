"""Compressed streams and archives, read member by member; nothing is ever unpacked to disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from headertrace.corpus.sources.item import Trouble
from headertrace.corpus.sources.sniff import Kind
from headertrace.corpus.sources.streams import Budget, buffered
from headertrace.tables.extra import require

# What a packed stream may ask of memory to be unpacked; `xz -9` needs 65 MiB.
MAX_UNPACK_MEMORY = 128 * 2**20
# A zip file or Parquet file inside a stream must be in memory as a whole, since they are read from their end.
MAX_HELD_FILE = 256 * 2**20
# A zip file's list of its members: some 350,000 of them, which take a fifth of a gigabyte in memory.
MAX_ZIP_LIST = 32 * 2**20
# What stands before a tar member about it: a long name, times, access rights. It is held as a whole.
MAX_TAR_WORDS = 256 * 2**10
TAR_WORDS = frozenset(
    (
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
    )
)
ENCRYPTED = 0x1


class TooLargeError(Exception):
    """A file that must be held in memory as a whole is too large for that."""


def expand(stream: io.BufferedReader, kind: Kind, budget: Budget) -> io.BufferedReader:
    """Return the unpacked stream, which raises BombError when the budget is spent."""
    return buffered(_DECODERS[kind](stream), budget.spend)


def _gzip(stream: io.BufferedReader) -> Callable[[int], bytes]:
    return gzip.GzipFile(fileobj=stream).read1


def _zstd(stream: io.BufferedReader) -> Callable[[int], bytes]:
    require("zstandard", "a .zst file")
    import zstandard  # noqa: PLC0415

    decoder = zstandard.ZstdDecompressor(max_window_size=MAX_UNPACK_MEMORY)
    read: Callable[[int], bytes] = decoder.stream_reader(stream, read_across_frames=True).read
    return read


def _bzip2(stream: io.BufferedReader) -> Callable[[int], bytes]:
    return bz2.BZ2File(stream).read1


def _xz(stream: io.BufferedReader) -> Callable[[int], bytes]:
    return _XzReader(stream).read


class _XzReader:
    """xz streams with a bound on memory, which the standard library's LZMAFile lacks."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._left = b""
        self._decoder = self._new()

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes, none at the end; raise EOFError where the file is cut off."""
        while not self._decoder.eof or self._next_stream():
            if data := self._decoder.decompress(self._feed(), size):
                return data
        return b""

    def _feed(self) -> bytes:
        if not self._decoder.needs_input:
            return b""
        packed, self._left = self._left or self._stream.read1(), b""
        if not packed:
            raise EOFError("the compressed file is cut off")
        return packed

    def _next_stream(self) -> bool:
        """Begin the stream that follows, after its padding of zeros; False at the end of the file."""
        self._left = self._decoder.unused_data.lstrip(b"\0")
        while not self._left and (packed := self._stream.read1()):
            self._left = packed.lstrip(b"\0")
        if self._left:
            self._decoder = self._new()
        return bool(self._left)

    @staticmethod
    def _new() -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=MAX_UNPACK_MEMORY)


_DECODERS: dict[Kind, Callable[[io.BufferedReader], Callable[[int], bytes]]] = {
    Kind.GZIP: _gzip,
    Kind.BZIP2: _bzip2,
    Kind.XZ: _xz,
    Kind.ZSTD: _zstd,
}


def held(stream: io.BufferedReader) -> io.BytesIO:
    """Return the whole rest of a stream in memory; raise TooLargeError above ``MAX_HELD_FILE``."""
    data = stream.read(MAX_HELD_FILE + 1)
    if len(data) > MAX_HELD_FILE:
        raise TooLargeError(f"more than {MAX_HELD_FILE} bytes inside a stream; unpack it first")
    return io.BytesIO(data)


class _Member(tarfile.TarInfo):
    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        """Return the member whose header begins here; raise TooLargeError for words beyond the bound."""
        if self.type in TAR_WORDS and self.size > MAX_TAR_WORDS:
            raise TooLargeError(f"more than {MAX_TAR_WORDS} bytes about one member")
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]


def tar_members(stream: io.BufferedReader, budget: Budget) -> Iterator[tuple[str, io.BufferedReader]]:
    """Yield the name and the stream of each regular file, in the archive's order."""
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Member) as archive:
        while (member := archive.next()) is not None:
            # tarfile remembers every member, and what is said of all that follow; a mailbox of a million
            # would not stay in flat memory.
            archive.members.clear()  # type: ignore[attr-defined]
            archive.pax_headers.clear()  # type: ignore[attr-defined]
            if member.isreg() and (content := archive.extractfile(member)) is not None:
                # The holes of a sparse file stand in no archive.
                yield member.name, buffered(content.read, budget.spend if member.issparse() else _uncounted)


class _Bounded:
    """A file that is not read in larger pieces than a list of members may be."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > MAX_ZIP_LIST:
            raise TooLargeError(f"a list of members of more than {MAX_ZIP_LIST} bytes; unpack it first")
        return self._file.read(size)


def zip_members(file: BinaryIO, budget: Budget) -> Iterator[tuple[str, io.BufferedReader | Trouble]]:
    """Yield the name and the stream of each member, or why that member cannot be read."""
    with zipfile.ZipFile(cast("BinaryIO", _Bounded(file))) as archive:
        for member in archive.infolist():
            if member.filename.endswith("/"):
                continue
            if member.flag_bits & ENCRYPTED:
                yield member.filename, Trouble.ENCRYPTED
                continue
            try:
                content = archive.open(member)
            except Exception:  # of a damaged member anything may be raised; the others go on
                yield member.filename, Trouble.CORRUPT
                continue
            with content:
                yield member.filename, buffered(content.read, budget.spend)


def _uncounted(_: int) -> None:
    """A tar member's bytes were counted when the archive itself was unpacked."""
