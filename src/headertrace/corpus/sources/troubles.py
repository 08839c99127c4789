"""What an exception of a decoder, an archive or the file system means to the user."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib

from headertrace.corpus.sources.item import InputError, Trouble
from headertrace.corpus.sources.packed import TooLargeError
from headertrace.corpus.sources.streams import BombError

# The first match counts: subclasses stand before their bases.
_MEANING: tuple[tuple[type[BaseException], Trouble], ...] = (
    (BombError, Trouble.BOMB),
    (TooLargeError, Trouble.TOO_LONG),
    (EOFError, Trouble.TRUNCATED),
    (FileNotFoundError, Trouble.MISSING),
    (PermissionError, Trouble.FORBIDDEN),
    (ImportError, Trouble.NEEDS_LIBRARY),
    (zlib.error, Trouble.CORRUPT),
    (lzma.LZMAError, Trouble.CORRUPT),
    (zipfile.BadZipFile, Trouble.CORRUPT),
    (tarfile.TarError, Trouble.CORRUPT),
)


def input_error(path: str, error: BaseException) -> InputError:
    """Return the row of the errors table for an exception that a reader raised."""
    trouble = next((meaning for kind, meaning in _MEANING if isinstance(error, kind)), None)
    if trouble is None:
        # Decoders raise OSError without a number for damaged data; the system always gives one.
        system = isinstance(error, OSError) and error.errno is not None
        trouble = Trouble.UNREADABLE if system else Trouble.CORRUPT
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return InputError(path=path, trouble=trouble, text=f"{trouble}: {reason}")
