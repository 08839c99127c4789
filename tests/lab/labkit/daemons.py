"""Servers, started and stopped inside their machines."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from . import postfix
from .machines import NAMESERVER
from .roots import PACKAGES, Cache
from .servers import GATEWAYS, WEBFORM, WORLD, Server
from .shell import LabError, run
from .templates import install
from .variants import Variant, values

START_TIMEOUT = 40.0  # seconds: amavis and SpamAssassin load a lot of Perl
STOP_TIMEOUT = 5.0
POLL = 0.1
LARGEST_LOG_LINE = 65536


def prepare_roots(cache: Cache) -> None:
    """Give every mounted root its name server, its users, the certificate and a log socket."""
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
    for number, user in ((1000, "info"), (1001, "sales")):
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


def configure(cache: Cache, server: Server, more: Mapping[str, str]) -> None:
    """Write a server's configuration and run what must come before its start."""
    root = cache.root(server.root)
    filled = {"hostname": server.hostname, "zone": server.zone, **more}
    if server.postfix_instance:
        postfix.install_instance(root, server.postfix_instance, filled)
    elif server.template:
        install(server.template, root, filled)
    for command in server.prepare:
        run(
            [
                "unshare",
                "--uts",
                "sh",
                "-c",
                f'hostname {server.hostname}; exec chroot "$0" sh -c "$1"',
                root,
                command,
            ]
        )


def start(cache: Cache, server: Server) -> None:
    """Start a configured server in the foreground of its machine."""
    script = f'hostname {server.hostname}; export TZ={server.zone}; exec chroot "$0" sh -c "$1"'
    command = ["ip", "netns", "exec", server.machine, "unshare", "--uts", "sh", "-c", script]
    with (cache.logs / f"{server.name}.log").open("ab") as log:
        subprocess.Popen(
            [*command, str(cache.root(server.root)), server.command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def await_ports(cache: Cache, server: Server) -> None:
    """Return when a server listens on all its ports; LabError if it never does."""
    for port in server.ports:
        if not _poll(lambda port=port: _listens(server.machine, port), START_TIMEOUT):  # type: ignore[misc]
            log = cache.logs / f"{server.name}.log"
            raise LabError(f"{server.name} does not listen on port {port}: read {log}")


def _listens(machine: str, port: int) -> bool:
    return bool(run(["ip", "netns", "exec", machine, "ss", "-ltnH", f"sport = :{port}"]))


def _poll(ready: Callable[[], bool], timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def stop(machine: str) -> None:
    """End every process that runs in a machine, politely first."""
    for mercy in (signal.SIGTERM, signal.SIGKILL):
        for pid in _processes(machine):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, mercy)
        if _poll(lambda: not _processes(machine), STOP_TIMEOUT):
            return
    raise LabError(f"processes of the machine {machine} do not end")


def _processes(machine: str) -> list[int]:
    found = [int(pid) for pid in run(["ip", "netns", "pids", machine]).split()]
    return [pid for pid in found if not _is_zombie(pid)]


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def start_world(cache: Cache) -> None:
    """Start the name server, everybody's mail servers, all gateways' programs and the proxies."""
    servers = (*WORLD, *GATEWAYS.values())
    for server in servers:
        configure(cache, server, {})
        start(cache, server)
    _start_tcp_proxies(cache)
    for server in servers:
        await_ports(cache, server)


# way in -> where it listens and where it leads: programs that know nothing of SMTP
TCP_PROXIES: dict[str, str] = {
    "socat": "TCP4-LISTEN:25,bind=192.0.2.33,fork,reuseaddr TCP4:192.168.1.10:25",
    "docker": "TCP4-LISTEN:25,bind=192.0.2.35,fork,reuseaddr TCP4:172.18.0.10:25",
    "docker6": "TCP6-LISTEN:25,bind=[2001:db8:25::35],fork,reuseaddr TCP4:172.18.0.10:25",
    "nat64": "TCP6-LISTEN:25,bind=[2001:db8:25::37],fork,reuseaddr TCP4:192.168.64.10:25,bind=192.168.64.64",
}


def _start_tcp_proxies(cache: Cache) -> None:
    for name, ends in TCP_PROXIES.items():
        proxy = Server(
            name=f"socat-{name}",
            root="tools",
            machine="fw",
            hostname="fw.corp.example",
            zone="UTC",
            command=f"exec socat {ends}",
            ports=(),
        )
        start(cache, proxy)


def start_relay(cache: Cache, relay: Server, variant: Variant) -> None:
    """Start a relay in the given variant in place of whatever ran there."""
    stop("relay")
    configure(cache, relay, values(relay.name, variant))
    start(cache, relay)
    await_ports(cache, relay)
    if relay.name == "postfix":
        configure(cache, WEBFORM, {})
        start(cache, WEBFORM)
        await_ports(cache, WEBFORM)


def name_the_inside(cache: Cache, known: bool) -> None:
    """Make the name server know the site's inner addresses by name, or forget them."""
    control = ["ip", "netns", "exec", "inet", "chroot", str(cache.root("tools")), "unbound-control"]
    records = (cache.root("tools") / "etc/unbound/internal.records").read_text()
    if not known:
        records = "".join(f"{line.split()[0]}\n" for line in records.splitlines())
    command = "local_datas" if known else "local_datas_remove"
    run([*control, "-c", "/etc/unbound/lab.conf", command], text=records)
