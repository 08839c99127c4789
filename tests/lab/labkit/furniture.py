"""What every root needs before servers start in it: name server, users, certificate, log socket."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

from . import postfix
from .machines import NAMESERVER
from .roots import PACKAGES, Cache
from .shell import run
from .templates import install

LARGEST_LOG_LINE = 65536
USERS = {1000: "info", 1001: "sales"}


def furnish(cache: Cache) -> None:
    """Furnish every mounted root."""
    certificate = cache.root("tools") / "tmp"
    _make_certificate(certificate)
    for name in PACKAGES:
        root = cache.root(name)
        (root / "etc/resolv.conf").write_text(f"nameserver {NAMESERVER}\n")
        (root / "etc/mailname").write_text("mail.corp.example\n")
        _add_users(root)
        tls = root / "etc/ssl/lab"
        tls.mkdir(parents=True, exist_ok=True)
        for file in ("lab.crt", "lab.key"):
            (tls / file).write_bytes((certificate / file).read_bytes())
        _catch_syslog(root / "dev/log", cache.logs / f"syslog-{name}")
    postfix.prepare_root(cache.root("postfix"))
    install("clients", cache.root("tools"), {})


def _make_certificate(folder: Path) -> None:
    subject = ["-subj", "/CN=mail.corp.example", "-days", "3650"]
    files = ["-keyout", str(folder / "lab.key"), "-out", str(folder / "lab.crt")]
    run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *subject])


def _add_users(root: Path) -> None:
    for number, user in USERS.items():
        run(["chroot", root, "useradd", "-m", "-u", str(number), "-s", "/bin/sh", user])


def _catch_syslog(path: Path, log: Path) -> None:
    """Read a root's /dev/log: spampd dies and Courier falls silent without a reader."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(path))
    path.chmod(0o666)
    threading.Thread(target=_copy_lines, args=(listener, log), daemon=True).start()


def _copy_lines(listener: socket.socket, log: Path) -> None:
    with log.open("ab", buffering=0) as file:
        while True:
            file.write(listener.recv(LARGEST_LOG_LINE) + b"\n")
