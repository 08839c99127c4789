"""Small real archives of every kind that is read, for a fuzzer to begin with."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Iterator

from ..message.test_outlook import HEADERS, outlook_file

MESSAGE = b"Received: from a.example by b.example\nSubject: x\n\nbody\n"
POSTMARK = b"From ann@a.example Tue Jan  2 03:04:05 2024\n"
MEMBERS = {"cur/1.eml": MESSAGE, "cur/2": POSTMARK + MESSAGE, "empty": b""}


def archives() -> Iterator[bytes]:
    """Yield files of every kind, each of a few hundred bytes, some of them in each other."""
    plain = [*_mailboxes(), _json_lines(), outlook_file(HEADERS), _parquet()]
    yield MESSAGE
    yield from plain
    for content in (_mbox(), _json_lines()):
        yield from _packed(content)
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield _zip(MEMBERS, method)
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        yield _tar(MEMBERS, form)
    yield from _packed(_tar(MEMBERS))
    yield gzip.compress(_tar({"mail.zip": _zip({"box.gz": gzip.compress(_mbox())})}))


def _packed(content: bytes) -> Iterator[bytes]:
    import zstandard

    yield gzip.compress(content)
    yield bz2.compress(content)
    yield lzma.compress(content)
    yield zstandard.compress(content)


def _mbox() -> bytes:
    return POSTMARK + MESSAGE + b"\n" + POSTMARK + MESSAGE


def _mailboxes() -> Iterator[bytes]:
    """Yield an mbox of each of the four kinds: ``From `` lines marked, or bodies counted."""
    body = b"From the start\n>From the start\n"
    quoted = body.replace(b"From", b">From")
    for content, counted in (
        (quoted, False),
        (body.replace(b"\nFrom", b"\n>From"), False),
        (quoted, True),
        (body, True),
    ):
        length = b"Content-Length: %d\n" % len(content) if counted else b""
        yield (POSTMARK + length + b"Subject: x\n\n" + content + b"\n") * 2


def _json_lines() -> bytes:
    rows = ({"id": "1", "raw": MESSAGE.decode()}, {"headers": MESSAGE.decode()}, {"path": "x"})
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def _parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2"], "raw": [MESSAGE, None]}), out, compression="none")
    return out.getvalue()


def git_answers() -> bytes:
    """Return what ``git cat-file --batch`` says of a blob, a tree and an object that is not there."""
    blob = b"%040d blob %d\n" % (1, len(MESSAGE)) + MESSAGE + b"\n"
    return blob + b"%040d tree 3\nabc\n" % 2 + b"%040d missing\n" % 3 + blob


def _zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _tar(members: dict[str, bytes], form: int = tarfile.USTAR_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()
