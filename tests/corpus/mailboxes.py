"""Mailboxes of made-up messages, and what a scan made of them."""

from __future__ import annotations

from pathlib import Path

POSTMARK = b"From a@b.example Sat Apr 27 05:19:55 2019\n"


def message(number: int, copy: bool = False) -> bytes:
    return (
        "Received: from relay.example (relay.example [192.0.2.25])\n\tby mx.example (Postfix) with ESMTP"
        f" id {number}; Fri, 1 Mar 2024 10:00:0{int(copy)} +0000\n"
        f"Received: from host{number} (unknown [192.168.1.{number % 250}])\n\tby relay.example (Postfix)"
        f" with SMTP id A{number}; Fri, 1 Mar 2024 10:00:00 +0000\n"
        f"From: <person{number}@corp.example>\nSubject: message {number}\n"
        f"Message-ID: <{number}@corp.example>\n"
        f"Date: Fri, 1 Mar 2024 10:00:00 +0000\n\nbody\n\n"
    ).encode()


def mbox(path: Path, numbers: range, copy: bool = False) -> Path:
    path.write_bytes(b"".join(POSTMARK + message(number, copy) for number in numbers))
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
