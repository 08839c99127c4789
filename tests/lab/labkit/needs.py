"""What the laboratory needs of the machine that it runs on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .roots import Cache, missing

COMMANDS: dict[str, str] = {
    "debootstrap": "apt-get install debootstrap",
    "nft": "apt-get install nftables",
    "ip": "apt-get install iproute2",
    "unshare": "apt-get install util-linux",
    "openssl": "apt-get install openssl",
    "node": "install Node.js 20 or later (Haraka runs on it)",
    "npm": "install npm, which comes with Node.js",
}
DISK_NEEDED = 2_000_000_000  # bytes: the built roots take 1.3 GB


def lacking(cache: Cache) -> list[str]:
    """Return one line for each thing that is missing, with how to mend it."""
    return [*_privileges(), *_debian(), *_commands(), *_kernel(), *_disk(cache)]


def unbuilt(cache: Cache) -> tuple[str, ...]:
    """Return the roots that the next run will have to build."""
    return missing(cache)


def _privileges() -> Iterator[str]:
    if os.geteuid() != 0:
        yield "not root: run it with sudo (it makes namespaces and mounts of its own)"


def _debian() -> Iterator[str]:
    release = Path("/etc/os-release")
    if not release.exists() or "VERSION_CODENAME=bookworm" not in release.read_text():
        yield "not Debian 12: run it in a virtual machine with Debian 12"


def _commands() -> Iterator[str]:
    for command, remedy in COMMANDS.items():
        if shutil.which(command) is None:
            yield f"{command} is missing: {remedy}"


def _kernel() -> Iterator[str]:
    if "overlay" not in Path("/proc/filesystems").read_text():
        yield "the kernel has no overlay file system: modprobe overlay"
    if os.geteuid() == 0 and not _can_make_namespaces():
        yield "namespaces are forbidden here: run it in a virtual machine, not in a container"


def _can_make_namespaces() -> bool:
    attempt = ["unshare", "--mount", "--net", "--pid", "--uts", "--fork", "true"]
    try:
        return subprocess.run(attempt, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return True  # told of as a missing command


def _disk(cache: Cache) -> Iterator[str]:
    folder = next(path for path in (cache.folder, *cache.folder.parents) if path.exists())
    if missing(cache) and shutil.disk_usage(folder).free < DISK_NEEDED:
        yield f"less than 2 GB free below {folder}: choose another folder with --cache"
