"""Pipes are read where they are named; one that lies in a folder keeps no scan waiting."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from headertrace.corpus.sources import InputError, Item, Trouble, read_items

LETTER = b"Subject: x\n\n"
# Long enough for a folder of two files
PATIENCE = 10


def read_with_patience(path: Path) -> list[Item | InputError]:
    """Return the items, or fail where they do not come."""
    found: list[Item | InputError] = []
    reader = threading.Thread(target=lambda: found.extend(read_items([path])), daemon=True)
    reader.start()
    reader.join(PATIENCE)
    assert not reader.is_alive()
    return found


def test_a_pipe_in_a_folder_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.eml")
    (tmp_path / "b.eml").write_bytes(LETTER)
    error, item = read_with_patience(tmp_path)
    assert isinstance(error, InputError)
    assert error.trouble is Trouble.UNREADABLE
    assert isinstance(item, Item)


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.eml")
    threading.Thread(target=(tmp_path / "a.eml").write_bytes, args=(LETTER,), daemon=True).start()
    (item,) = read_with_patience(tmp_path / "a.eml")
    assert isinstance(item, Item)
    assert item.data == LETTER
