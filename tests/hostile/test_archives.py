"""Archives of a few KB that would take gigabytes or for ever: they are refused, and their neighbours read."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from headertrace.corpus.sources import InputError, Item, Trouble, packed, read_items, streams

MB = 2**20
LETTER = b"Subject: x\n\n"
MAILBOX = b"From a@b.example Mon Jan  1 10:00:00 2001\n" + LETTER
# Where a header of GNU tar holds the map of a sparse file, and its true size
SPARSE_MAP, REAL_SIZE = slice(386, 410), slice(483, 495)


def tar_header(name: str, kind: bytes, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf(tarfile.GNU_FORMAT)


def sparse(size: int) -> bytes:
    """Return a tar with a mailbox of ``size`` bytes, of which all but one block is a hole."""
    header = bytearray(tar_header("a.mbox", tarfile.GNUTYPE_SPARSE, 512))
    header[SPARSE_MAP] = b"%011o\0%011o\0" % (0, 512)
    header[REAL_SIZE] = b"\x80" + size.to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + MAILBOX.ljust(512, b"\n") + bytes(1024)


def long_words(kind: bytes) -> bytes:
    return tar_header("x", kind, 64 * MB) + b"a" * (64 * MB) + tar_header("a.eml", tarfile.REGTYPE, 0)


def many_members(count: int) -> bytes:
    listed = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", *(0,) * 11, 1, *(0,) * 6) + b"a"
    size = len(listed) * count
    end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, 4)
    end += struct.pack("<4sLQL", b"PK\6\7", 0, 4 + size, 1)
    end += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return b"PK\3\4" + listed * count + end


BOMBS: dict[str, tuple[Callable[[], bytes], Trouble]] = {
    "a sparse file of a terabyte in a tar": (lambda: sparse(2**40), Trouble.BOMB),
    "a name of 64 MB in a tar": (lambda: long_words(tarfile.GNUTYPE_LONGNAME), Trouble.TOO_LONG),
    "64 MB about a member of a tar": (lambda: long_words(tarfile.XHDTYPE), Trouble.TOO_LONG),
    "a hundred thousand members in a zip": (lambda: many_members(100_000), Trouble.TOO_LONG),
}


@pytest.mark.parametrize("why", BOMBS)
def test_a_bomb_is_refused_in_bounded_memory(
    why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 80 * MB)
    monkeypatch.setattr(packed, "MAX_ZIP_LIST", MB)
    monkeypatch.setattr(packed, "MAX_HELD_FILE", 6 * MB)
    make, trouble = BOMBS[why]
    (tmp_path / "a").write_bytes(make() if "sparse" in why else gzip.compress(make(), 1))
    (tmp_path / "b.eml").write_bytes(LETTER)
    tracemalloc.start()
    *_, error, last = read_items([tmp_path])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(error, InputError)
    assert error.trouble is trouble
    assert isinstance(last, Item)
    # A zip file inside a stream is held as a whole, twice for a moment, in Python 3.12 nearly three times.
    assert peak < 24 * MB


def test_a_sparse_member_is_read_with_its_holes(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(sparse(MB))
    found = list(read_items([tmp_path]))
    assert [item.data for item in found if isinstance(item, Item)] == [LETTER]
    assert len(found) == 1


def test_a_name_of_some_thousand_letters_is_read(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        member = tarfile.TarInfo("d/" * 4_000 + "a.eml")
        member.size = len(LETTER)
        archive.addfile(member, io.BytesIO(LETTER))
    (item,) = read_items([tmp_path])
    assert item.path.endswith("d/a.eml")


@pytest.mark.parametrize("name", [b"\xff", b""], ids=["no UTF-8", "none"])
def test_a_member_with_a_broken_name_hides_no_other(name: bytes, tmp_path: Path) -> None:
    """Where the list of members and the member itself tell different names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("é", LETTER)
        archive.writestr("b.eml", LETTER)
    data = bytearray(out.getvalue())
    if name:
        data[30:32] = b"\xff\xff"
    else:
        place = data.rindex("é".encode())
        data[place - 18 : place - 16] = b"\0\0"
        data[place : place + 2] = b""
        data[-10:-6] = struct.pack("<L", struct.unpack("<L", data[-10:-6])[0] - 2)
    (tmp_path / "a.zip").write_bytes(bytes(data))
    assert [type(one) for one in read_items([tmp_path])] == [InputError, Item]
