"""Root directories: one Debian base, and one overlay of packages for each server.

Two mail servers cannot be installed side by side in one Debian, so each has a root of its own.
All mounts are made in a private mount namespace and end with it.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .shell import LabError, run

SUITE = "bookworm"
BASE_PACKAGES = "ca-certificates,iproute2,procps"
HARAKA = "Haraka@3.2.1"
# A mirror of npm that lags behind lacks the newest versions of what Haraka depends on.
NPM_BEFORE = "2026-06-01"
NPM_PACKAGE = '{"private": true, "overrides": {"encoding-japanese": "2.2.0"}}'
DEVICES = {"null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8), "urandom": (1, 9), "tty": (5, 0)}
ARCHIVE_LINE = re.compile(r"(?m)^(?:URIs:|deb(?: \[[^]]*\])?) +(http\S+/debian)/?(?= |$)")
NO_AUTOSTART = "#!/bin/sh\nexit 101\n"

PACKAGES: dict[str, str] = {
    "tools": "unbound swaks msmtp s-nail curl socat haproxy nginx-light libnginx-mod-mail spampd"
    " python3 python3-aiosmtpd libnet-ssleay-perl libauthen-sasl-perl libio-socket-inet6-perl",
    "postfix": "postfix postfix-pcre sasl2-bin libsasl2-modules php8.2-cli",
    "exim": "exim4-daemon-heavy",
    "sendmail": "sendmail-bin sendmail sasl2-bin libsasl2-modules m4",
    "opensmtpd": "opensmtpd",
    "courier": "courier-mta courier-authdaemon courier-authlib-userdb",
    "qpsmtpd": "qpsmtpd exim4-daemon-light libnet-ip-perl",
    "amavis": "amavisd-new",
    "dovecot": "dovecot-core dovecot-submissiond",
    "mailman": "mailman3 python3-minimal",
    "haraka": "libatomic1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """The folder that keeps what takes minutes to build."""

    folder: Path

    @property
    def base(self) -> Path:
        """The Debian that all roots share."""
        return self.folder / "base"

    @property
    def logs(self) -> Path:
        """Where builds and servers write."""
        return self.folder / "logs"

    def root(self, name: str) -> Path:
        """Where a root is mounted while the laboratory is up."""
        return self.folder / "roots" / name

    def layer(self, name: str) -> Path:
        """What a root's packages added to the base."""
        return self.folder / "layers" / name

    def mark(self, name: str) -> Path:
        """The file that says which packages a finished layer holds."""
        return self.folder / "layers" / f"{name}.done"


def missing(cache: Cache) -> tuple[str, ...]:
    """Return the names of the roots that are not built yet, or for other packages."""
    return tuple(name for name, packages in PACKAGES.items() if not _is_built(cache, name, packages))


def _is_built(cache: Cache, name: str, packages: str) -> bool:
    mark = cache.mark(name)
    return mark.exists() and mark.read_text() == packages


def build(cache: Cache) -> int:
    """Return 0 after building what is missing: the base first, then each root's layer."""
    cache.logs.mkdir(parents=True, exist_ok=True)
    if not (cache.base / ".done").exists():
        _build_base(cache)
    for name in missing(cache):
        print(f"building the root of {name}: {PACKAGES[name]}", flush=True)
        _build_layer(cache, name)
        cache.mark(name).write_text(PACKAGES[name])
    return 0


def _build_base(cache: Cache) -> None:
    print("building the Debian base", flush=True)
    shutil.rmtree(cache.base, ignore_errors=True)
    options = ["--variant=minbase", f"--include={BASE_PACKAGES}"]
    try:
        run(["debootstrap", *options, SUITE, cache.base, mirror()], log=cache.logs / "debootstrap.log")
    except LabError:
        shutil.rmtree(cache.base, ignore_errors=True)
        raise
    run(["chroot", cache.base, "apt-get", "clean"])
    (cache.base / "usr/sbin/policy-rc.d").write_text(NO_AUTOSTART)
    (cache.base / "usr/sbin/policy-rc.d").chmod(0o755)
    (cache.base / "etc/hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
    (cache.base / ".done").touch()


def mirror() -> str:
    """Return the Debian archive that this machine itself uses."""
    for file in (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list")):
        found = ARCHIVE_LINE.search(file.read_text()) if file.exists() else None
        if found:
            return found[1]
    return "http://deb.debian.org/debian"


def _build_layer(cache: Cache, name: str) -> None:
    layer, work = cache.layer(name), cache.folder / "work" / name
    for folder in (layer, work):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    root = _mount_overlay(cache.root(name), lower=str(cache.base), upper=layer, work=work)
    try:
        shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
        _install(cache, name, root)
        if name == "haraka":
            _install_haraka(cache, root)
    except LabError:
        unmount(root)
        shutil.rmtree(layer)
        raise
    unmount(root)


def _install(cache: Cache, name: str, root: Path) -> None:
    chroot = ["chroot", str(root), "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"]
    choice = "postfix postfix/main_mailer_type select No configuration\n"
    if name == "postfix":
        run([*chroot, "debconf-set-selections"], text=choice)
    run([*chroot, "apt-get", "update", "-qq"], log=cache.logs / f"update-{name}.log")
    install = [*chroot, "apt-get", "install", "-y", "--no-install-recommends", *PACKAGES[name].split()]
    run(install, log=cache.logs / f"install-{name}.log")
    run([*chroot, "apt-get", "clean"])
    shutil.rmtree(root / "var/lib/apt/lists")


def _install_haraka(cache: Cache, root: Path) -> None:
    node = shutil.which("node")
    if node is None:
        raise LabError("node is not installed: see `lab.py check`")
    shutil.copy2(Path(node).resolve(), root / "usr/local/bin/node")
    home = root / "opt/haraka"
    home.mkdir(parents=True)
    (home / "package.json").write_text(NPM_PACKAGE)
    options = ["--no-fund", "--no-audit", "--before", NPM_BEFORE, "--prefix", str(home)]
    run(["npm", "install", *options, HARAKA], log=cache.logs / "npm.log")


def _mount_overlay(root: Path, *, lower: str, upper: Path, work: Path) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    options = f"lowerdir={lower},upperdir={upper},workdir={work}"
    run(["mount", "-t", "overlay", "overlay", "-o", options, root])
    run(["mount", "-t", "proc", "proc", root / "proc"])
    _make_devices(root / "dev")
    return root


def _make_devices(dev: Path) -> None:
    """Give a root a /dev of its own: a server that opens /dev/log must not reach this machine's."""
    run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", dev])
    for name, (major, minor) in DEVICES.items():
        run(["mknod", "-m", "666", dev / name, "c", str(major), str(minor)])
    (dev / "shm").mkdir(mode=0o1777)
    os.symlink("/proc/self/fd", dev / "fd")


def unmount(root: Path) -> None:
    """Unmount a root and what is mounted inside it."""
    for path in (root / "dev", root / "proc", root):
        run(["umount", "-l", path])


def mount_for_a_run(cache: Cache, state: Path) -> None:
    """Mount all roots so that whatever servers write goes to ``state`` and the cache stays as built."""
    for name in PACKAGES:
        upper, work = state / "upper" / name, state / "work" / name
        upper.mkdir(parents=True)
        work.mkdir(parents=True)
        _mount_overlay(cache.root(name), lower=f"{cache.layer(name)}:{cache.base}", upper=upper, work=work)
