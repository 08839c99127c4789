"""Servers, started and stopped inside their machines."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from . import postfix
from .roots import Cache
from .servers import GATEWAYS, WEBFORM, WORLD, Server
from .shell import LabError, run
from .templates import install
from .variants import Variant, values

START_TIMEOUT = 40.0  # seconds: amavis and SpamAssassin load a lot of Perl
STOP_TIMEOUT = 5.0
POLL = 0.1


def configure(cache: Cache, server: Server, more: Mapping[str, str]) -> None:
    """Write a server's configuration and run what must come before its start."""
    root = cache.root(server.root)
    filled = {"hostname": server.hostname, "zone": server.zone, **more}
    if server.postfix_instance:
        postfix.install_instance(root, server.postfix_instance, filled)
    elif server.template:
        install(server.template, root, filled)
    for command in server.prepare:
        run(_as_host(server, root, command))


def _as_host(server: Server, root: Path, command: str) -> list[str]:
    """Return the words that run a shell command in a root under the server's own host name."""
    script = f'hostname {server.hostname}; export TZ={server.zone}; exec chroot "$0" sh -c "$1"'
    return ["unshare", "--uts", "sh", "-c", script, str(root), command]


def start(cache: Cache, server: Server) -> None:
    """Start a configured server in the foreground of its machine."""
    command = _as_host(server, cache.root(server.root), server.command)
    with (cache.logs / f"{server.name}.log").open("ab") as log:
        subprocess.Popen(
            ["ip", "netns", "exec", server.machine, *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def await_ports(cache: Cache, server: Server) -> None:
    """Return when a server listens on all its ports; LabError if it never does."""
    if not _poll(lambda: all(_listens(server.machine, port) for port in server.ports), START_TIMEOUT):
        log = cache.logs / f"{server.name}.log"
        raise LabError(f"{server.name} does not listen on {server.ports}: read {log}")


def _listens(machine: str, port: int | None = None) -> bool:
    ports = [f"sport = :{port}"] if port else []
    return bool(run(["ip", "netns", "exec", machine, "ss", "-ltnH", *ports]))


def _poll(ready: Callable[[], bool], timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def stop(machine: str) -> None:
    """End every process that runs in a machine, politely first.

    The threads of an ended Node.js may keep its ports for seconds: the next server must not be
    taken for ready because of them.
    """
    for mercy in (signal.SIGTERM, signal.SIGKILL):
        for pid in _processes(machine):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, mercy)
        if _poll(lambda: not _processes(machine) and not _listens(machine), STOP_TIMEOUT):
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
    for server in servers:
        await_ports(cache, server)


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
