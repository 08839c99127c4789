"""The command line: what is missing, run, down, and what becomes of a run's messages."""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from . import laboratory, roots, sample
from .needs import lacking, unbuilt
from .plan import NO_RELAY
from .servers import RELAYS
from .shell import LabError

PROGRAM = Path(__file__).parents[1] / "lab.py"
DEFAULT_CACHE = Path("/var/cache/headertrace-lab")
DEFAULT_SEED = 1
DONE, CANNOT = 0, 2
# Everything that the laboratory makes lives in namespaces of its own: when its first process ends,
# by whatever signal, the kernel ends the others and forgets their mounts and networks.
END_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL")
BUILD_NAMESPACES = ("--mount", "--pid", "--fork", "--kill-child", "--mount-proc")
RUN_NAMESPACES = (*BUILD_NAMESPACES, "--net")
COMMANDS = {
    "check": "list what is missing on this machine",
    "run": "build what is not built, send the matrix, write the messages",
    "down": "end a laboratory that runs",
    "sample": "replace the folder --to by a balanced sample of the messages in --out",
    "describe": "refresh the catalogue in the page --to with the chains of the messages in --out",
}
INSIDE = ("build-inside", "run-inside")  # how the program calls itself in its namespaces


def main(arguments: list[str] | None = None) -> int:
    """Return the exit code: 0 done, 1 a message did not end as it must, 2 it cannot run here."""
    options = _parse(arguments)
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, signal.default_int_handler)
    try:
        return _perform(options)
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        print("lab: interrupted; everything is taken down", file=sys.stderr)
        return CANNOT


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    help_text = "\n".join(f"{name:9s} {meaning}" for name, meaning in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="lab.py", epilog=help_text, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=[*COMMANDS, *INSIDE], metavar="COMMAND")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE, help="folder that keeps the built roots")
    parser.add_argument("--out", type=Path, help="folder of the messages (default: messages in the cache)")
    parser.add_argument("--to", type=Path, help="with sample, describe: what to write")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="which letters are drawn")
    parser.add_argument("--only", nargs="*", default=[""], help="prefixes of scenarios")
    parser.add_argument("--relays", nargs="*", default=[*RELAYS, NO_RELAY], choices=[*RELAYS, NO_RELAY])
    parser.add_argument("--purge", action="store_true", help="with down: delete the cache too")
    options = parser.parse_args(arguments)
    if options.command in {"sample", "describe"} and options.to is None:
        parser.error(f"{options.command} needs --to")
    options.cache = options.cache.resolve()
    options.out = (options.out or options.cache / "messages").resolve()
    return options


def _perform(options: argparse.Namespace) -> int:
    cache = roots.Cache(folder=options.cache)
    actions: dict[str, Callable[[], int]] = {
        "check": lambda: _check(cache),
        "run": lambda: _enter(cache),
        "down": lambda: _down(cache, purge=options.purge),
        "sample": lambda: sample.fill(options.out, options.to),
        "describe": lambda: _describe(options.to, options.out),
        "build-inside": lambda: roots.build(cache),
        "run-inside": lambda: laboratory.work(cache, _wanted(options), options.out),
    }
    return actions[options.command]()


def _wanted(options: argparse.Namespace) -> laboratory.Wanted:
    return laboratory.Wanted(seed=options.seed, prefixes=tuple(options.only), relays=tuple(options.relays))


def _describe(page: Path, folder: Path) -> int:
    from .describe import refresh  # the only command that needs headertrace itself

    return refresh(page, folder)


def _check(cache: roots.Cache) -> int:
    problems = lacking(cache)
    for problem in problems:
        print(problem)
    if not problems:
        waiting = ", ".join(unbuilt(cache)) or "none"
        print(f"nothing is missing; roots to build: {waiting}")
    return CANNOT if problems else DONE


def _enter(cache: roots.Cache) -> int:
    """Build what is not built, then run, each in namespaces that end with this process."""
    problems = lacking(cache)
    if problems:
        raise LabError("; ".join(problems))
    cache.folder.mkdir(parents=True, exist_ok=True)
    with (cache.folder / "lock").open("w") as lock:
        _take(lock)
        (cache.folder / "pid").write_text(str(os.getpid()))
        if unbuilt(cache) and _live_in(BUILD_NAMESPACES, "build-inside"):
            return CANNOT
        return _live_in(RUN_NAMESPACES, "run-inside")


def _take(lock: TextIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LabError("another laboratory runs in this cache: `lab.py down` ends it") from None


def _live_in(namespaces: tuple[str, ...], command: str) -> int:
    """Return the exit code of a command of this program run in namespaces that end with this process."""
    arguments = [command if word == "run" else word for word in sys.argv[1:]]
    words = [*END_WITH_PARENT, "unshare", *namespaces, sys.executable, str(PROGRAM), *arguments]
    with subprocess.Popen(words) as child:
        try:
            return child.wait()
        finally:
            child.kill()


def _down(cache: roots.Cache, *, purge: bool) -> int:
    file = cache.folder / "pid"
    pid = int(file.read_text()) if file.exists() else 0
    if pid and _is_laboratory(pid):
        os.kill(pid, signal.SIGTERM)
        print(f"ended the laboratory (process {pid})")
    file.unlink(missing_ok=True)
    if purge:
        shutil.rmtree(cache.folder, ignore_errors=True)
    return DONE


def _is_laboratory(pid: int) -> bool:
    command = Path(f"/proc/{pid}/cmdline")
    return command.exists() and PROGRAM.name.encode() in command.read_bytes()
