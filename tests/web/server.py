"""The page served for real on a free port, and what a user's program needs to talk to it."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

BOUNDARY = "b0undary"
Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Answer:
    """One response."""

    status: int
    headers: dict[str, str]
    text: str


@contextmanager
def served() -> Iterator[int]:
    """Serve the page; the port it answers on."""
    import uvicorn

    from headertrace.web.app import create_app

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(), log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


def ask(port: int, method: str = "GET", path: str = "/", body: bytes = b"", **headers: str) -> Answer:
    """Return the answer to one request; header names are given with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
    answer = connection.getresponse()
    read = Answer(
        answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read().decode()
    )
    connection.close()
    return read


def send(
    port: int,
    message: bytes = b"",
    files: tuple[tuple[str, bytes], ...] = (),
    extra: str = "",
    **headers: str,
) -> Answer:
    """Return the answer to the form, filled in."""
    parts = [b'name="message"\r\n\r\n' + message]
    parts += [f'name="files"; filename="{name}"\r\n\r\n'.encode() + data for name, data in files]
    parts += [b'name="as"\r\n\r\n' + extra.encode()] if extra else []
    mark = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
    body = b"".join(mark + part + b"\r\n" for part in parts) + f"--{BOUNDARY}--\r\n".encode()
    return ask(port, "POST", body=body, Content_Type=f"multipart/form-data; boundary={BOUNDARY}", **headers)
