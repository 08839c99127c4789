"""The private page as a program sees it: guarded, bounded, and nothing kept."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import io
import socket
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from headertrace.web import judge, upload

from .server import BOUNDARY, ask, send

MESSAGE = (
    b"Received: from PC-1 ([192.168.1.1] RDNS failed) by mail.corp.example\r\n"
    b"\twith Microsoft SMTPSVC(6.0.3790.4675); Wed, 13 Nov 2013 12:04:11 +0200\r\n"
    b"Subject: hello\r\n\r\nbody\r\n"
)
MAILBOX = b"".join(b"From a@b.example Wed Nov 13 12:04:11 2013\r\n" + MESSAGE + b"\r\n" for _ in range(3))


def test_the_form_is_shown(port: int) -> None:
    answer = ask(port)
    assert answer.status == 200
    assert '<textarea id="message"' in answer.text


@pytest.mark.parametrize("path", ["/", "/report.css", "/static/web.css", "/static/drop.js", "/nothing"])
def test_every_answer_carries_the_policy(port: int, path: str) -> None:
    headers = ask(port, path=path).headers
    assert headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'self'; script-src 'self'"
    )
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8")
def test_it_listens_on_this_machine_alone() -> None:
    pytest.importorskip("uvicorn", reason="pip install 'headertrace[web]'")
    command = [sys.executable, "-u", "-m", "headertrace", "web", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as page:
        assert page.stdout is not None
        number = int(page.stdout.readline().partition("127.0.0.1:")[2].partition("/")[0])
        try:
            socket.create_connection(("127.0.0.1", number), timeout=10).close()
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", number), timeout=10)
        finally:
            page.kill()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""])
def test_a_name_rebound_to_this_machine_is_refused(port: int, host: str) -> None:
    answer = ask(port, Host=host)
    assert answer.status == 400
    assert "textarea" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8425"])
def test_our_own_names_are_answered(port: int, host: str) -> None:
    assert ask(port, Host=host).status == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://[", ""])
def test_a_form_of_another_page_is_not_read(port: int, origin: str) -> None:
    answer = send(port, MESSAGE, Origin=origin)
    assert answer.status == 403
    assert "PC-1" not in answer.text


def test_our_own_form_is_read(port: int) -> None:
    answer = send(port, MESSAGE, Origin=f"http://127.0.0.1:{port}")
    assert answer.status == 200
    assert "PC-1" in answer.text
    assert "RDNS failed" in answer.text


def test_a_file_is_read_like_pasted_text(port: int) -> None:
    assert "PC-1" in send(port, files=(("message.eml", MESSAGE),)).text


@pytest.mark.parametrize("name", ["inbox.mbox", "pasted"])
def test_a_mailbox_is_told_as_many_messages(port: int, name: str) -> None:
    answer = send(port, MAILBOX) if name == "pasted" else send(port, files=((name, MAILBOX),))
    assert "3 messages" in answer.text


def test_an_archive_is_read_without_unpacking_it(port: int) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo("../../etc/message.eml")
        member.size = len(MESSAGE)
        tar.addfile(member, io.BytesIO(MESSAGE))
    assert "PC-1" in send(port, files=(("mail.tar.gz", packed.getvalue()),)).text


def test_pasted_text_may_begin_anywhere(port: int) -> None:
    assert "PC-1" in send(port, b"Forwarded by a friend\r\n" + MESSAGE).text


@pytest.mark.parametrize("text", [b"Dear support, look at this", b"\xff\x00\x01", b"a" * 100_000])
def test_what_is_no_header_gets_a_friendly_word_and_an_example(port: int, text: bytes) -> None:
    answer = send(port, text)
    assert answer.status == 422
    assert "does not look like a mail header" in answer.text
    assert "Received: from mail.corp.example" in answer.text


def test_pasted_text_stands_in_the_form_again_and_is_escaped(port: int) -> None:
    answer = send(port, b"</textarea><script>alert(1)</script>")
    assert "&lt;/textarea&gt;&lt;script&gt;" in answer.text
    assert "<script>alert" not in answer.text


def test_the_line_ends_of_a_form_do_not_stand_in_it_again(port: int) -> None:
    assert ">Dear support,\nlook at this</textarea>" in send(port, b"Dear support,\r\nlook at this").text


def test_pasted_text_may_be_indented(port: int) -> None:
    indented = b"\r\n" + b"".join(b"    " + line for line in MESSAGE.splitlines(keepends=True))
    assert "PC-1" in send(port, indented).text


def test_an_empty_form_says_what_to_do(port: int) -> None:
    answer = send(port)
    assert answer.status == 400
    assert "Nothing was pasted" in answer.text


def test_a_file_that_is_no_mail_is_named(port: int) -> None:
    answer = send(port, files=(("holiday<b>.jpg", b"\xff\xd8\xff\xe0" + bytes(1000)),))
    assert answer.status == 422
    assert "holiday&lt;b&gt;.jpg" in answer.text


def test_an_archive_that_breaks_off_is_named_and_the_other_file_is_read(port: int) -> None:
    broken = gzip.compress(MAILBOX)[:-20]
    answer = send(port, files=(("broken.mbox.gz", broken), ("whole.eml", MESSAGE)))
    assert answer.status == 200
    assert "broken.mbox.gz: truncated" in answer.text
    assert "PC-1" in answer.text


def test_of_many_troubles_the_first_are_told_and_the_others_counted(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge, "MOST_MESSAGES", 2)
    broken = tuple((f"{number}.txt", b"no mail\n") for number in range(judge.MOST_TROUBLES + 3))
    answer = send(port, files=(*broken, ("three.mbox", MAILBOX)))
    assert answer.status == 200
    assert f"{judge.MOST_TROUBLES - 1}.txt" in answer.text
    assert f"{judge.MOST_TROUBLES}.txt" not in answer.text
    assert "... and 3 more" in answer.text
    assert "Only the first 2 messages were read." in answer.text


def test_the_report_can_be_saved_as_one_file(port: int) -> None:
    answer = send(port, MESSAGE, extra="file")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "<style>" in answer.text
    assert "PC-1" in answer.text


def test_what_was_not_read_stands_in_the_saved_report_too(port: int) -> None:
    files = (("a<b>.txt", b"no mail\n"), ("message.eml", MESSAGE))
    answer = send(port, files=files, extra="file")
    assert answer.status == 200
    assert "PC-1" in answer.text
    assert "a&lt;b&gt;.txt" in answer.text


def test_too_much_is_refused_before_it_is_read(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("POST", "/")
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(upload.MOST_BYTES + 1))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert b"headertrace scan" in answer.read()
    connection.close()


@pytest.mark.parametrize(
    ("why", "length", "refused"),
    [
        ("what may be read", str(upload.MOST_BYTES), False),
        ("zeros in front count for nothing", "0" * 5000 + "7", False),
        ("more digits than int() takes", "9" * 5000, True),
        ("a digit to str, and no number to int()", "\N{SUPERSCRIPT TWO}", False),
        ("below zero", "-5", False),
        ("nothing", "", False),
    ],
)
def test_a_length_that_is_told_raises_nothing_else(why: str, length: str, refused: bool) -> None:
    # Asked without a server: h11 refuses such lengths itself, other servers may not.
    assert _answer_to_length(length) == (413 if refused else 200), why


def _answer_to_length(length: str) -> int:
    form = b'--b\r\nContent-Disposition: form-data; name="message"\r\n\r\nhi\r\n--b--\r\n'
    told = [(b"content-length", length.encode("latin-1"))]
    told.append((b"content-type", b"multipart/form-data; boundary=b"))

    async def receive() -> Message:
        return {"type": "http.request", "body": form}

    request = Request({"type": "http", "method": "POST", "headers": told}, receive)
    try:
        assert asyncio.run(upload.read_upload(request)).pasted == "hi"
    except HTTPException as refusal:
        return refusal.status_code
    return 200


def test_a_length_that_is_not_told_does_not_help(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "MOST_BYTES", 1000)
    assert send(port, MESSAGE * 20).status == 413


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b"--y"),
        (f"multipart/form-data; boundary={BOUNDARY}", b"\x00" * 1000),
    ],
)
def test_a_broken_form_is_the_senders_mistake(port: int, content_type: str, body: bytes) -> None:
    assert 400 <= ask(port, "POST", body=body, Content_Type=content_type).status < 500


def test_a_form_in_another_charset_is_read(port: int) -> None:
    # UTF-7 can spell half of a surrogate pair.
    body = b'--b\r\nContent-Disposition: form-data; name="message"\r\n\r\n' + MESSAGE + b"+2AA-\r\n--b--\r\n"
    answer = ask(port, "POST", body=body, Content_Type="Multipart/Form-Data; boundary=b; charset=utf-7")
    assert answer.status == 200
    assert "PC-1" in answer.text


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd", "/docs"]
)
def test_nothing_else_is_served(port: int, path: str) -> None:
    assert ask(port, path=path).status == 404


def test_other_methods_are_refused(port: int) -> None:
    assert ask(port, "DELETE").status == 405


def test_nothing_is_written_to_disk(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    seen: list[str] = []
    monkeypatch.setattr("tempfile.SpooledTemporaryFile.rollover", lambda self: seen.append("rolled over"))
    assert send(port, files=(("large.mbox", MAILBOX + b"x" * 3_000_000),)).status == 200
    assert seen == []
    assert list(tmp_path.iterdir()) == []
