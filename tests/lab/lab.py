"""The laboratory: real mail servers whose every message's truth is known.

usage: lab.py check | run | down    (as root on Debian 12; see docs/lab.md)
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from labkit import daemons, network, post, roots, truth
from labkit.needs import lacking, unbuilt
from labkit.plan import NO_RELAY, Setup, Shipment, in_groups, shipments
from labkit.scenarios import Scenario, load
from labkit.servers import RELAYS
from labkit.shell import LabError, run

DEFAULT_CACHE = Path("/var/cache/headertrace-lab")
DEFAULT_SEED = 1
DONE, FAULTS_FOUND, CANNOT = 0, 1, 2
# Everything that the laboratory makes lives in namespaces of its own: when its first process ends,
# by whatever signal, the kernel ends the others and forgets their mounts and networks.
BUILD_NAMESPACES = ("--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
RUN_NAMESPACES = (*BUILD_NAMESPACES, "--net")


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code: 0 done, 1 a message did not end as it must, 2 it cannot run here."""
    options = parse(arguments)
    commands = {"check": check, "run": enter, "down": down, "build-inside": build, "run-inside": work}
    try:
        return commands[options.command](options)
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        print("lab: interrupted; everything is taken down", file=sys.stderr)
        return CANNOT


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """Return the command line's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["check", "run", "down", "build-inside", "run-inside"], metavar="COMMAND")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="folder that keeps the built roots")
    parser.add_argument("--out", type=Path, help="folder for the messages (default: messages in the cache)")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="which letters are drawn")
    parser.add_argument("--only", nargs="*", default=[""], help="prefixes of scenarios")
    parser.add_argument("--relays", nargs="*", default=[*RELAYS, NO_RELAY], choices=[*RELAYS, NO_RELAY])
    parser.add_argument("--purge", action="store_true", help="with down: delete the cache too")
    options = parser.parse_args(arguments)
    options.cache = options.cache.resolve()
    options.out = (options.out or options.cache / "messages").resolve()
    return options


def check(options: argparse.Namespace) -> int:
    """Print what is missing on this machine; 2 if the laboratory cannot run."""
    cache = roots.Cache(folder=options.cache)
    problems = lacking(cache)
    for problem in problems:
        print(problem)
    if not problems:
        waiting = ", ".join(unbuilt(cache)) or "none"
        print(f"nothing is missing; roots to build: {waiting}")
    return CANNOT if problems else DONE


def enter(options: argparse.Namespace) -> int:
    """Build what is not built, then become the process that runs in namespaces of its own."""
    cache = roots.Cache(folder=options.cache)
    problems = lacking(cache)
    if problems:
        raise LabError("; ".join(problems))
    cache.folder.mkdir(parents=True, exist_ok=True)
    if unbuilt(cache) and subprocess.call(_again("build-inside", BUILD_NAMESPACES)):
        return CANNOT
    (cache.folder / "pid").write_text(str(os.getpid()))
    command = _again("run-inside", RUN_NAMESPACES)
    os.execvp(command[0], command)


def _again(command: str, namespaces: tuple[str, ...]) -> list[str]:
    arguments = [command if word == "run" else word for word in sys.argv[1:]]
    return ["unshare", *namespaces, sys.executable, str(Path(__file__).resolve()), *arguments]


def build(options: argparse.Namespace) -> int:
    """Build the missing roots; runs in mount and process namespaces of its own."""
    roots.build(roots.Cache(folder=options.cache))
    return DONE


def down(options: argparse.Namespace) -> int:
    """End a laboratory that runs, and delete its cache if asked to."""
    file = options.cache / "pid"
    pid = int(file.read_text()) if file.exists() else 0
    if pid and _is_laboratory(pid):
        os.kill(pid, signal.SIGKILL)
        print(f"ended the laboratory (process {pid})")
    file.unlink(missing_ok=True)
    if options.purge:
        shutil.rmtree(options.cache, ignore_errors=True)
    return DONE


def _is_laboratory(pid: int) -> bool:
    command = Path(f"/proc/{pid}/cmdline")
    return command.exists() and b"run-inside" in command.read_bytes()


def work(options: argparse.Namespace) -> int:
    """Bring everything up, send the matrix, write what arrived; runs in namespaces of its own."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cache = roots.Cache(folder=options.cache)
    started = time.monotonic()
    with (cache.folder / "lock").open("w") as lock:
        _take(lock)
        bring_up(cache)
        print(f"up after {time.monotonic() - started:.0f} s", flush=True)
        planned = _planned(options)
        send(cache, planned)
        truth.write(planned, options.out, options.seed)
    print(f"ended after {time.monotonic() - started:.0f} s", flush=True)
    return report(planned, options.out)


def _take(lock: object) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except BlockingIOError:
        raise LabError("another laboratory runs in this cache: `lab.py down` ends it") from None


def _planned(options: argparse.Namespace) -> list[Shipment]:
    chosen = [scenario for scenario in load() if scenario.name.startswith(tuple(options.only))]
    return [shipment for shipment in shipments(chosen, options.seed) if shipment.relay in options.relays]


def bring_up(cache: roots.Cache) -> None:
    """Mount the roots, lay the network and start everybody's servers."""
    state = cache.folder / "state"
    state.mkdir(exist_ok=True)
    run(["mount", "-t", "tmpfs", "tmpfs", state])
    roots.mount_for_a_run(cache, state)
    network.bring_up()
    daemons.prepare_roots(cache)
    daemons.start_world(cache)


def send(cache: roots.Cache, planned: list[Shipment]) -> None:
    """Send every group of shipments with the relay set up as it needs."""
    mailbox = post.Mailbox(cache)
    for setup, group in in_groups(planned):
        _set_up(cache, setup)
        post.hand_over_all(cache, group)
        mailbox.await_letters(group)
        arrived = sum(bool(shipment.delivered) for shipment in group)
        print(f"{setup.relay} {setup.variant} {setup.inner_names}: {len(group)} sent, {arrived} arrived", flush=True)


def _set_up(cache: roots.Cache, setup: Setup) -> None:
    if setup.relay != NO_RELAY:
        daemons.start_relay(cache, RELAYS[setup.relay], setup.variant)
    daemons.name_the_inside(cache, setup.inner_names)


def report(planned: list[Shipment], out: Path) -> int:
    """Print what did not end as it must, and the totals."""
    faults = truth.faults(planned)
    for fault in faults:
        print(fault)
    arrived = [shipment for shipment in planned if shipment.delivered]
    labels = Counter(shipment.scenario.label for shipment in arrived)
    scenarios: set[Scenario] = {shipment.scenario for shipment in arrived}
    print(f"{len(arrived)} messages of {len(scenarios)} scenarios in {out}: {dict(labels)}; {len(faults)} faults")
    return FAULTS_FOUND if faults else DONE


if __name__ == "__main__":
    sys.exit(main())
