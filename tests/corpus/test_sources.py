"""Every kind of source gives the same messages, and what is broken is told and not raised."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import mailbox
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headertrace import scan
from headertrace.corpus.decode import Letter, decode
from headertrace.corpus.sources import (
    Form,
    InputError,
    Item,
    Meter,
    Trouble,
    mbox,
    packed,
    read_items,
    streams,
)
from headertrace.corpus.sources.mbox import MAX_COUNTED_BODY, MAX_POSTMARK
from headertrace.corpus.sources.read import size_of
from headertrace.corpus.sources.single import cut

POSTMARK = b"From a@b.example Sat Apr 27 05:19:55 2019\n"


def header(number: int) -> bytes:
    return f"Received: from h{number}.example by mx.example\nSubject: {number}\n\n".encode()


HEADERS = [header(number) for number in range(3)]


def read(*paths: object) -> tuple[list[Item], list[InputError]]:
    found = list(read_items([str(path) for path in paths]))
    return [i for i in found if isinstance(i, Item)], [i for i in found if isinstance(i, InputError)]


def mbox_of(headers: list[bytes], body: bytes = b"text\n\n") -> bytes:
    return b"".join(POSTMARK + header + body for header in headers)


def json_lines() -> bytes:
    return b"".join(json.dumps({"id": "x", "raw": h.decode()}).encode() + b"\n" for h in HEADERS)


def tar_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def zstd(data: bytes) -> bytes:
    return pytest.importorskip("zstandard").ZstdCompressor().compress(data)  # type: ignore[no-any-return]


EML = {f"m{number}.eml": h + b"body\n" for number, h in enumerate(HEADERS)}
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstd,
    "two gzip members one after the other": lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:]),
    "two xz streams with padding": lambda d: lzma.compress(d[:50]) + b"\0" * 8 + lzma.compress(d[50:]),
    "gzip in bzip2 in xz": lambda data: lzma.compress(bz2.compress(gzip.compress(data))),
    "a tar of a zip": lambda data: tar_of({"a.zip": zip_of({"box": data})}),
    "a zip of a tar.gz": lambda data: zip_of({"a.tar.gz": gzip.compress(tar_of({"box": data}))}),
}


@pytest.mark.parametrize("why", PACKED)
def test_packed_mbox_is_read_through_every_layer(why: str, tmp_path: Path) -> None:
    path = tmp_path / "misleading.txt"
    path.write_bytes(PACKED[why](mbox_of(HEADERS)))
    items, errors = read(path)
    assert [item.data for item in items] == HEADERS
    assert not errors


@pytest.mark.parametrize("pack", [tar_of, zip_of], ids=["tar", "zip"])
def test_members_are_messages_with_their_names(pack: Callable[..., bytes], tmp_path: Path) -> None:
    path = tmp_path / "archive"
    path.write_bytes(pack(EML | {"../../outside.eml": HEADERS[0]}))
    items, errors = read(path)
    assert [item.path for item in items] == [f"{path}!/{name}" for name in [*EML, "../../outside.eml"]]
    assert not errors
    assert os.listdir(tmp_path) == ["archive"], "nothing is unpacked"


def test_reading_stops_at_the_end_of_the_header(tmp_path: Path) -> None:
    (tmp_path / "big.eml").write_bytes(HEADERS[0] + b"x" * 5_000_000)
    meter = Meter()
    assert [item.data for item in read_items([tmp_path], meter) if isinstance(item, Item)] == HEADERS[:1]
    assert meter.read <= streams.BUFFER


def maildir(path: Path) -> None:
    box = mailbox.Maildir(path)
    for data in HEADERS:
        box.add(data)
    (path / "tmp" / "unfinished").write_bytes(HEADERS[0])
    (path / "dovecot-uidlist").write_bytes(b"3 V1 N4\n")


def mh(path: Path) -> None:
    box = mailbox.MH(path)
    for data in HEADERS:
        box.add(data)


def loose(path: Path) -> None:
    path.mkdir()
    (path / "deeper").mkdir()
    for name, data in EML.items():
        (path / "deeper" / name).write_bytes(data)


def thunderbird(path: Path) -> None:
    (path / "Inbox.sbd").mkdir(parents=True)
    (path / "Inbox").write_bytes(mbox_of(HEADERS[:2]))
    (path / "Inbox.sbd" / "Work").write_bytes(mbox_of(HEADERS[2:]))
    for name in ("Inbox.msf", "msgFilterRules.dat", "popstate.dat"):
        (path / name).write_bytes(b"// <!-- notes -->\n")


def apple_mail(path: Path) -> None:
    folder = path / "INBOX.mbox" / "Messages"
    folder.mkdir(parents=True)
    (path / "INBOX.mbox" / "table_of_contents").write_bytes(b"\0\1")
    for number, data in enumerate(HEADERS):
        (folder / f"{number}.emlx").write_bytes(b"%d  \n" % len(data) + data + b"<?xml version='1.0'?>\n")


def named_after_servers(path: Path) -> None:
    path.mkdir()
    for name, data in zip(("dovecot.mbox", "cyrus.mbox", "subscriptions.2024"), HEADERS, strict=True):
        (path / name).write_bytes(mbox_of([data]))


@pytest.mark.parametrize("make", [maildir, mh, loose, thunderbird, apple_mail, named_after_servers])
def test_folders_give_their_messages(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "box")
    items, errors = read(tmp_path)
    # Apple Mail has a number in front.
    assert sorted(item.data[-len(HEADERS[0]) :] for item in items) == HEADERS
    assert not errors


MBOXES: dict[str, tuple[bytes, list[bytes]]] = {
    "mboxo: a sentence that begins with From": (
        POSTMARK + HEADERS[0] + b"Hello\n\nFrom here on it is 2019.\n\n" + POSTMARK + HEADERS[1],
        HEADERS[:2],
    ),
    "mboxo: a quoted separator that no header follows": (
        POSTMARK + HEADERS[0] + b"see\n\n" + POSTMARK + b"that was it\n\n" + POSTMARK + HEADERS[1],
        HEADERS[:2],
    ),
    "mboxrd: quoted separators": (
        POSTMARK + HEADERS[0] + b">" + POSTMARK + HEADERS[2] + b"\n" + POSTMARK + HEADERS[1],
        HEADERS[:2],
    ),
    "no blank line before the next message in the header": (
        POSTMARK + HEADERS[0][:-1] + POSTMARK + HEADERS[1],
        [HEADERS[0][:-1], HEADERS[1]],
    ),
    "CRLF line ends": (
        mbox_of(HEADERS).replace(b"\n", b"\r\n"),
        [data.replace(b"\n", b"\r\n") for data in HEADERS],
    ),
    "a file that ends inside a header": (POSTMARK + HEADERS[0][:30], [HEADERS[0][:30]]),
    "Thunderbird: the word alone separates": (
        b"".join(b"From \nX-Mozilla-Status: 0001\n" + header + b"text\n\n" for header in HEADERS),
        [b"X-Mozilla-Status: 0001\n" + header for header in HEADERS],
    ),
    "Thunderbird: old separators and new ones in one folder": (
        POSTMARK + HEADERS[0] + b"text\n\nFrom \r\n" + HEADERS[1] + b"\nFrom \n" + HEADERS[2],
        HEADERS,
    ),
    "no time in any separator": (
        b"".join(b"From a@b.example\n" + header + b"text\n\n" for header in HEADERS),
        HEADERS,
    ),
    "a sentence of one word where separators have a time": (
        POSTMARK + HEADERS[0] + b"see\n\nFrom a@b.example\nTo: you\n\n" + POSTMARK + HEADERS[1],
        HEADERS[:2],
    ),
    "ISO 8601 in the separator": (
        b"".join(b"From a@b.example 2019-04-27T05:19:55+00:00\n" + h + b"text\n\n" for h in HEADERS),
        HEADERS,
    ),
    "IMAP's date in the separator": (
        b"".join(b"From a@b.example 27-Apr-2019 05:19:55 +0000\n" + h + b"text\n\n" for h in HEADERS),
        HEADERS,
    ),
    "RFC 5322's date in the separator": (
        b"".join(b"From a@b.example Sat, 27 Apr 2019 05:19:55 +0000\n" + h + b"text\n\n" for h in HEADERS),
        HEADERS,
    ),
    "no blank line before a separator": (mbox_of(HEADERS, b"text\n"), HEADERS),
    "a separator in a text, without a blank line and with no header behind it": (
        POSTMARK + HEADERS[0] + b"see\n" + POSTMARK + b"Note: that was it\n\n" + POSTMARK + HEADERS[1],
        HEADERS[:2],
    ),
    "what an IMAP server keeps in front is no message": (
        POSTMARK
        + b"Date: x\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n\ntext\n\n"
        + mbox_of(HEADERS),
        HEADERS,
    ),
}


@pytest.mark.parametrize("why", MBOXES)
def test_mbox_separators(why: str, tmp_path: Path) -> None:
    content, expected = MBOXES[why]
    (tmp_path / "box").write_bytes(content)
    items, errors = read(tmp_path / "box")
    assert [item.data for item in items] == expected
    assert not errors
    assert all(content[i.offset or 0 :].startswith(i.data) for i in items), "offsets lead to the message"


def test_mbox_of_an_old_macintosh(tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(mbox_of(HEADERS).replace(b"\n", b"\r"))
    items, errors = read(tmp_path / "box")
    assert [item.data for item in items] == HEADERS
    assert not errors


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_mbox_that_powershell_wrote(codec: str, tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(("﻿" + (mbox_of(HEADERS) * 3_000).decode()).encode(codec))
    items, errors = read(tmp_path / "box")
    assert [item.data for item in items] == HEADERS * 3_000
    assert not errors


def counted(body: bytes, length: int) -> bytes:
    return POSTMARK + b"Subject: counted\nContent-Length: %d\n\n" % length + body


def test_mboxcl2_body_is_skipped_by_its_length(tmp_path: Path) -> None:
    inner = POSTMARK + HEADERS[2] + b"forwarded as it was\n"
    (tmp_path / "box").write_bytes(counted(b"\n" + inner, len(inner) + 1) + b"\n" + mbox_of(HEADERS[:2]))
    assert [item.data for item in read(tmp_path)[0]][1:] == HEADERS[:2]


@pytest.mark.parametrize("length", [3, 10_000, MAX_COUNTED_BODY + 1])
def test_wrong_content_length_loses_no_message(length: int, tmp_path: Path) -> None:
    (tmp_path / "box").write_bytes(counted(b"a body\n\n", length) + mbox_of(HEADERS))
    assert [item.data for item in read(tmp_path)[0]][1:] == HEADERS


@pytest.mark.parametrize("length", ["content-length:\t%d \r\n", "Content-Length: x\nCONTENT-LENGTH: %d\n"])
def test_the_length_is_found_wherever_a_window_ends(length: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = b"\n" + POSTMARK + HEADERS[2] + b"forwarded as it was\n"
    # So long that the length is not at hand with the first line.
    head = b"Subject: %s\n" % (MAX_POSTMARK * b"x") + (length % len(inner)).encode() + b"X: y\n\n"
    box = POSTMARK + head + inner + b"\n" + mbox_of(HEADERS[:2])
    for size in range(1, 60):
        monkeypatch.setattr(mbox, "BUFFER", size)
        items = list(mbox.mbox_items(io.BufferedReader(io.BytesIO(box), size), "box"))
        assert [item.data for item in items if isinstance(item, Item)] == [head, *HEADERS[:2]], size


def git(folder: Path, *words: str, feed: bytes = b"") -> str:
    names = {
        f"GIT_{who}_{what}": "x@y.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *words], cwd=folder, input=feed, capture_output=True, check=True, env={**os.environ, **names}
    )
    return done.stdout.decode().strip()


def test_public_inbox_version_2_in_the_order_of_delivery(tmp_path: Path) -> None:
    epoch = tmp_path / "inbox" / "git" / "0.git"
    epoch.mkdir(parents=True)
    git(epoch, "init", "-q", "--bare", ".")
    for data in HEADERS:
        blob = git(epoch, "hash-object", "-w", "--stdin", feed=data + b"body\n")
        tree = git(epoch, "mktree", feed=f"100644 blob {blob}\tm\n".encode())
        head = ["-p", "HEAD"] if (epoch / "refs/heads/master").exists() else []
        git(epoch, "update-ref", "refs/heads/master", git(epoch, "commit-tree", tree, *head, feed=b"m"))
        git(epoch, "symbolic-ref", "HEAD", "refs/heads/master")
    items, errors = read(tmp_path)
    assert [item.data for item in items] == HEADERS
    assert not errors


def test_public_inbox_version_1(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "list.git")
    repository = tmp_path / "list.git"
    blobs = [git(repository, "hash-object", "-w", "--stdin", feed=data + b"body\n") for data in HEADERS]
    trees = [git(repository, "mktree", feed=f"100644 blob {b}\t{b[2:]}\n".encode()) for b in blobs]
    names = [f"040000 tree {t}\t{b[:2]}\n" for t, b in zip(trees, blobs, strict=True)]
    tree = git(repository, "mktree", feed="".join(names).encode())
    git(repository, "update-ref", "HEAD", git(repository, "commit-tree", tree, feed=b"m"))
    items, errors = read(tmp_path)
    # Apple Mail has a number in front.
    assert sorted(item.data[-len(HEADERS[0]) :] for item in items) == HEADERS
    assert not errors


def test_damaged_repository_is_one_error(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "list.git")
    (tmp_path / "a.eml").write_bytes(HEADERS[0])
    items, errors = read(tmp_path)
    assert [item.data for item in items] == HEADERS[:1]
    assert [error.path for error in errors] == [str(tmp_path / "list.git")]


def test_json_lines_are_left_to_the_worker(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines())
    items, errors = read(tmp_path)
    assert [json.loads(item.data)["raw"].encode() for item in items] == HEADERS
    assert {item.form for item in items} == {Form.JSON}
    assert not errors


@pytest.mark.parametrize("column", ["raw", "headers", "message"])
def test_parquet_columns(column: str, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"id": ["a", "b", "c"], column: [h.decode() for h in HEADERS]}), tmp_path / "m")
    items, errors = read(tmp_path)
    assert [(item.name, item.data, item.offset) for item in items] == [
        (name, data, row) for row, (name, data) in enumerate(zip("abc", HEADERS, strict=True))
    ]
    assert not errors


def test_a_parquet_column_of_any_name_that_holds_headers(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    texts = [header.decode() for header in HEADERS]
    pq.write_table(pa.table({"n": [1, 2, 3], "subject": ["a", "b", "c"], "mail": texts}), tmp_path / "m")
    items, errors = read(tmp_path)
    assert [item.data for item in items] == HEADERS
    assert not errors


def test_a_parquet_column_of_bodies_is_none_of_headers(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"body": [FORGED], "mail": [HEADERS[0].decode()]}), tmp_path / "m")
    items, errors = read(tmp_path)
    assert [item.data for item in items] == HEADERS[:1]
    assert not errors


def test_a_parquet_column_whose_first_cell_is_empty(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"mail": [None, HEADERS[0].decode()]}), tmp_path / "m")
    items, errors = read(tmp_path)
    assert [item.data for item in items] == HEADERS[:1]
    assert [error.trouble for error in errors] == [Trouble.NOT_A_MESSAGE]


def test_parquet_without_a_column_of_headers_is_told(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"n": [1], "subject": ["a: b"], "words": ["From me"]}), tmp_path / "m")
    items, errors = read(tmp_path)
    assert not items
    assert [error.trouble for error in errors] == [Trouble.NO_HEADER_COLUMN]


FORGED = "Received: from forged.example by mx.example; Mon, 1 Jan 2024 00:00:00 +0000\nSubject: x\n\nhi"
TOLD = "from real.example by mx.example; Mon, 1 Jan 2024 00:00:00 +0000"
LISTED = [{"name": "Received", "value": TOLD}, {"name": "Subject", "value": "x"}]
# Rows as programs write them, in which the writer of the mail put a header where a header is looked for.
ROWS_WITH_A_FORGED_HEADER: dict[str, dict[str, object]] = {
    "Mailgun's body stands before its headers": {
        "subject": FORGED,
        "body-plain": FORGED,
        "message-headers": json.dumps([["Received", TOLD]]),
    },
    "Graph's preview and body": {
        "bodyPreview": FORGED,
        "body": {"contentType": "text", "content": FORGED},
        "internetMessageHeaders": LISTED,
    },
    "Gmail's snippet": {"snippet": FORGED, "payload": {"headers": LISTED}},
    "Postmark's text": {"FromName": FORGED, "TextBody": FORGED, "Headers": LISTED},
    "a dump's own names": {"body_text": FORGED, "source": f"Received: {TOLD}\nSubject: x\n"},
}


@pytest.mark.parametrize("why", ROWS_WITH_A_FORGED_HEADER)
def test_no_body_is_taken_for_the_header_beside_it(why: str) -> None:
    row = json.dumps(ROWS_WITH_A_FORGED_HEADER[why]).encode()
    letter = decode(Item(path="", offset=0, data=row, form=Form.JSON))
    assert isinstance(letter, Letter)
    assert letter.raw.startswith(f"Received: {TOLD}\n".encode())


@pytest.mark.parametrize("told", ["2024-01-01T00:00:00Z", 3, None, {"at": 1}])
def test_a_row_that_tells_when_it_was_received_is_no_header(told: object) -> None:
    row = json.dumps({"received": told, "sender": "a@a.example", "words": "hello"}).encode()
    letter = decode(Item(path="", offset=0, data=row, form=Form.JSON))
    assert isinstance(letter, InputError)
    assert letter.trouble is Trouble.NO_HEADER_COLUMN


HEADER = b"Received: by b.example\nReceived: by a.example\nSubject: x\n"
COPIES = {
    "indented": HEADER.replace(b"\n", b"\n  ").join((b"  ", b"\n")),
    "a blank line behind every line": HEADER.replace(b"\n", b"\n\n"),
    "a blank line behind every line, CRLF": HEADER.replace(b"\n", b"\r\n\r\n"),
    "a page's words in front": b"Look at this\n\n" + HEADER + b"\nbody\n",
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_of_a_copied_header_no_source_cuts_a_hop_off(copied: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(copied)
    (tmp_path / "b.jsonl").write_text(json.dumps({"raw": copied.decode()}) + "\n")
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"raw": [copied]}), tmp_path / "c.parquet")
    servers = [[hop.by for hop in found.trace.hops] for found in scan(tmp_path)]
    assert servers == [["a.example", "b.example"]] * 3


@pytest.mark.parametrize("body", [b"body\n", b"body\n\nX: y\n"])
def test_of_a_message_with_one_field_the_body_is_left(body: bytes) -> None:
    assert cut(b"Received: by a.example\n\n" + body) == b"Received: by a.example\n\n"


TEXTS = [header.decode() for header in HEADERS]
FIELDS = [("Received", f"from h{n}.example by mx.example", str(n)) for n in range(3)]
JSON: dict[str, str] = {
    "a list in one line": json.dumps([{"raw": text} for text in TEXTS]),
    "a list laid out for people": json.dumps([{"raw": text} for text in TEXTS], indent=2),
    "base64": "\n".join(json.dumps({"raw": base64.b64encode(t.encode()).decode()}) for t in TEXTS),
    "base64 for addresses, without its end, as Gmail's interface gives it": "\n".join(
        json.dumps({"raw": base64.urlsafe_b64encode(t.encode()).decode().rstrip("=")}) for t in TEXTS
    ),
    "a message inside an object": "\n".join(json.dumps({"message": {"raw": text}}) for text in TEXTS),
    "an object of fields": "\n".join(
        json.dumps({"headers": {name: [value], "Subject": subject}}) for name, value, subject in FIELDS
    ),
    "pairs of fields": "\n".join(
        json.dumps({"message-headers": [[name, value], ["Subject", subject]]})
        for name, value, subject in FIELDS
    ),
    "Gmail's list of fields": "\n".join(
        json.dumps(
            {"payload": {"headers": [{"name": name, "value": value}, {"name": "Subject", "value": subject}]}}
        )
        for name, value, subject in FIELDS
    ),
    "Microsoft Graph's list of fields": "\n".join(
        json.dumps(
            {"internetMessageHeaders": [{"name": name, "value": v}, {"name": "Subject", "value": subject}]}
        )
        for name, v, subject in FIELDS
    ),
    "Postmark's list of fields, beside a body that reads like a header": "\n".join(
        json.dumps(
            {
                "TextBody": "Subject: fw\nDate: today\n",
                "Headers": [{"Name": name, "Value": value}, {"Name": "Subject", "Value": subject}],
            }
        )
        for name, value, subject in FIELDS
    ),
    "Mailgun's pairs, as a text of their own": "\n".join(
        json.dumps({"message-headers": json.dumps([[name, value], ["Subject", subject]])})
        for name, value, subject in FIELDS
    ),
    "SendGrid's name for a whole message": "\n".join(json.dumps({"to": "a", "email": t}) for t in TEXTS),
    "a search engine's document": "\n".join(json.dumps({"_source": {"mail": {"rfc822": t}}}) for t in TEXTS),
    "fields of an object two levels down": "\n".join(
        json.dumps({"_source": {"mail": {name: [value], "Subject": subject}}})
        for name, value, subject in FIELDS
    ),
    "a column that is there and empty": "\n".join(json.dumps({"raw": None, "text": t}) for t in TEXTS),
}


@pytest.mark.parametrize("why", JSON)
def test_json_of_programs(why: str, tmp_path: Path) -> None:
    (tmp_path / "mail.json").write_text(JSON[why])
    items, errors = read(tmp_path)
    letters = [decode(item) for item in items]
    assert [letter.raw.rstrip() for letter in letters if isinstance(letter, Letter)] == [
        header.rstrip() for header in HEADERS
    ]
    assert not errors


def test_a_list_that_is_cut_off_gives_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "mail.json").write_text(json.dumps([{"raw": text} for text in TEXTS])[:-10])
    items, errors = read(tmp_path)
    assert len(items) == len(TEXTS) - 1
    assert [error.trouble for error in errors] == [Trouble.CORRUPT]


@pytest.mark.parametrize(
    "field", [{"name": 5, "value": "x"}, ["one"], 7, None, {"value": "x"}, {"name": "é"}]
)
def test_fields_that_are_none_are_told(field: object, tmp_path: Path) -> None:
    (tmp_path / "mail.json").write_text(json.dumps({"headers": [field]}))
    (item,) = read(tmp_path)[0]
    told = decode(item)
    assert isinstance(told, InputError)
    assert told.trouble is Trouble.NO_HEADER_COLUMN


def test_a_value_of_fields_begins_no_field_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mail.json").write_text(json.dumps({"headers": {"X": "a\nReceived: from b", "Y": "c"}}))
    letter = decode(read(tmp_path)[0][0])
    assert isinstance(letter, Letter)
    assert letter.raw == b"X: a\n Received: from b\nY: c\n"


@pytest.mark.parametrize(
    ("begins", "words"),
    [
        (b"!BDN", "pst"),
        (b"\xcf\xad\x12\xfe", "dbx"),
        (b"2 M1e C5f0\n\x01\x02N", "doveadm"),
        (b"BABYL OPTIONS: -*- rmail -*-\n", "Babyl"),
        (b"\x01\x01\x01\x01\nReceived: from a by b\n", "MMDF"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x9d\x90", "compress"),
        (b"\x00\x05\x16\x07", "macOS"),
        (b"{\\rtf1 Received: x}", "nothing here"),
    ],
)
def test_what_is_not_read_is_called_by_its_name(begins: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "file.eml.copy").write_bytes(begins + b"\0" * 600)
    items, (error,) = read(tmp_path)
    assert not items
    assert words in str(error)


def test_notes_of_programs_in_archives_are_passed_over(tmp_path: Path) -> None:
    notes = {"__MACOSX/._m0.eml": b"\0\5\x16\7", "box/dovecot-uidlist": b"3 V1", ".DS_Store": b"\0"}
    (tmp_path / "a.zip").write_bytes(zip_of(notes | EML))
    items, errors = read(tmp_path)
    assert [item.data for item in items] == HEADERS
    assert not errors


def test_standard_input_is_sniffed_too(tmp_path: Path) -> None:
    script = (
        "from headertrace.corpus.sources import read_items\n"
        "print(sum(len(item.data) for item in read_items(['-'])))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=gzip.compress(mbox_of(HEADERS)), capture_output=True, check=True
    )
    assert int(done.stdout) == sum(map(len, HEADERS))


def truncated(pack: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    return lambda: pack(mbox_of(HEADERS * 3_000))[:-20]


def corrupt_member() -> bytes:
    data = bytearray(zip_of(EML))
    data[data.index(b"m1.eml") + 12] ^= 0xFF
    return bytes(data)


BROKEN: dict[str, tuple[Callable[[], bytes], Trouble, int]] = {
    "a gzip file that is cut off": (truncated(gzip.compress), Trouble.TRUNCATED, 8_000),
    "a bzip2 file that is cut off": (truncated(bz2.compress), Trouble.TRUNCATED, 0),
    "an xz file that is cut off": (truncated(lzma.compress), Trouble.TRUNCATED, 8_000),
    "a damaged member of a zip; the others are read": (corrupt_member, Trouble.CORRUPT, 2),
    "something that is no mail": (lambda: b"\x7fELF" + b"\0" * 99, Trouble.NOT_A_MESSAGE, 0),
    "an empty file": (lambda: b"", Trouble.NOT_A_MESSAGE, 0),
    "a table of something else": (lambda: b"id\tcorpus\nx\ty\n", Trouble.NOT_A_MESSAGE, 0),
    "a tar whose end is missing": (lambda: tar_of(EML)[:1_800], Trouble.CORRUPT, 1),
}


@pytest.mark.parametrize("why", BROKEN)
def test_broken_input_is_told_and_the_rest_is_read(why: str, tmp_path: Path) -> None:
    make, trouble, at_least = BROKEN[why]
    (tmp_path / "a-broken").write_bytes(make())
    (tmp_path / "b.eml").write_bytes(HEADERS[0])
    items, errors = read(tmp_path)
    assert [error.trouble for error in errors] == [trouble], errors
    assert len(items) >= at_least + 1
    assert items[-1].path.endswith("b.eml")


def nested_gzip() -> bytes:
    return gzip.compress(gzip.compress(b"\0" * 40_000_000))


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros in gzip": lambda: gzip.compress(b"\0" * 20_000_000),
    "zeros in xz": lambda: lzma.compress(b"\0" * 20_000_000),
    "zeros in bzip2": lambda: bz2.compress(b"\0" * 20_000_000),
    "gzip in gzip": nested_gzip,
    "zeros in a zip": lambda: zip_of({"a": b"\0" * 20_000_000}),
    "one endless mbox line": lambda: gzip.compress(mbox_of(HEADERS[:1]) + b"x" * 20_000_000),
}


@pytest.mark.parametrize("why", BOMBS)
def test_bombs_stop_at_the_bound(why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 2**20)
    (tmp_path / "bomb").write_bytes(BOMBS[why]())
    read_so_far: list[int] = []
    spend = streams.Budget.spend

    def watched(budget: streams.Budget, count: int) -> None:
        spend(budget, count)
        read_so_far.append(budget.spent)

    monkeypatch.setattr(streams.Budget, "spend", watched)
    _, errors = read(tmp_path)
    bound = 2**20 + streams.MAX_RATIO * (tmp_path / "bomb").stat().st_size
    assert max(read_so_far, default=0) <= bound
    assert errors, "it is told"


def test_a_line_without_end_is_skipped_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headertrace.corpus.sources.rows.MAX_LINE", 1_000)
    monkeypatch.setattr(streams.Lines.next, "__defaults__", (1_000,))
    (tmp_path / "a.jsonl").write_bytes(b'{"raw": "' + b"x" * 5_000 + b'"}\n' + json_lines())
    items, errors = read(tmp_path)
    assert len(items) == len(HEADERS)
    assert [error.trouble for error in errors] == [Trouble.TOO_LONG]


def test_archives_in_archives_stop_at_a_depth(tmp_path: Path) -> None:
    data = HEADERS[0]
    for level in range(8):
        data = tar_of({f"level{level}": data})
    (tmp_path / "a.tar").write_bytes(data)
    items, errors = read(tmp_path)
    assert not items
    assert [error.trouble for error in errors] == [Trouble.TOO_DEEP]


def test_folder_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(HEADERS[0])
    (tmp_path / "loop").symlink_to(tmp_path)
    items, errors = read(tmp_path)
    assert len(items) == 1
    assert [error.trouble for error in errors] == [Trouble.LOOP]


def test_deep_folders_need_no_stack(tmp_path: Path) -> None:
    folders = [f"{tmp_path}{'/d' * depth}" for depth in range(1, 1_200)]
    for folder in folders:
        os.mkdir(folder)
    message = Path(folders[-1], "a.eml")
    message.write_bytes(HEADERS[0])
    assert len(read(tmp_path)[0]) == 1
    message.unlink()
    # Not left to pytest, whose own cleaning calls itself for each folder.
    for folder in reversed(folders):
        os.rmdir(folder)


def test_missing_and_vanishing_files_are_told(tmp_path: Path) -> None:
    for name in ("a.eml", "b.eml", "c.eml"):
        (tmp_path / name).write_bytes(HEADERS[0])

    def remove_b() -> Iterator[str]:
        for number, item in enumerate(read_items([tmp_path, tmp_path / "never"])):
            if not number:
                (tmp_path / "b.eml").unlink()
            yield f"{item.trouble}" if isinstance(item, InputError) else Path(item.path).name

    assert list(remove_b()) == ["a.eml", "missing", "c.eml", "missing"]


def test_encrypted_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zip_of(EML))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= packed.ENCRYPTED
    (tmp_path / "a.zip").write_bytes(bytes(data))
    items, errors = read(tmp_path)
    assert len(items) == 2
    assert [error.trouble for error in errors] == [Trouble.ENCRYPTED]


def test_size_is_known_before_reading(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(HEADERS[0])
    assert size_of([tmp_path]) == len(HEADERS[0])
    assert size_of(["-", tmp_path]) is None
