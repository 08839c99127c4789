"""Postfix instances: all share one root, each has its own configuration and queue."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from .shell import merged, run
from .templates import TEMPLATES, render
from .variants import PASSWORD

MAIL_OWNER = "1000"  # virtual_uid_maps of the instances that keep mail


def install_instance(root: Path, name: str, values: Mapping[str, str]) -> None:
    """Write one instance's configuration and make its queue and data folders."""
    config = root / f"etc/postfix-{name}"
    for folder in (config, root / f"var/spool/postfix-{name}", root / f"var/lib/postfix-{name}"):
        folder.mkdir(parents=True, exist_ok=True)
    filled = merged(values, {"instance": name})
    (config / "main.cf").write_text(_joined(("common.cf", f"{name}.cf"), filled))
    (config / "master.cf").write_text(_joined(("master.cf", f"{name}.master.cf"), filled))
    aliases = TEMPLATES / "postfix" / f"{name}.aliases"
    if aliases.exists():
        shutil.copyfile(aliases, config / "aliases")
    _copy_package_files(root, config)
    run(["chroot", root, "chown", "postfix", f"/var/lib/postfix-{name}"])


def _joined(files: tuple[str, ...], values: Mapping[str, str]) -> str:
    folder = TEMPLATES / "postfix"
    return "".join(render(folder / file, values) for file in files if (folder / file).exists())


def _copy_package_files(root: Path, config: Path) -> None:
    """Copy what Postfix expects beside every main.cf: its map types and its list of files."""
    packaged = root / "etc/postfix"
    for name in ("dynamicmaps.cf", "postfix-files"):
        shutil.copyfile(packaged / name, config / name)
        (config / f"{name}.d").mkdir(exist_ok=True)
    for file in (packaged / "dynamicmaps.cf.d").iterdir():
        shutil.copyfile(file, config / "dynamicmaps.cf.d" / file.name)


def prepare_root(root: Path) -> None:
    """Give the shared root its mailbox folders and the login method."""
    for mailbox in ("victim", "partner"):
        (root / "var/mail" / mailbox).mkdir(parents=True, exist_ok=True)
        run(["chroot", root, "chown", f"{MAIL_OWNER}:{MAIL_OWNER}", f"/var/mail/{mailbox}"])
    sasl = root / "etc/postfix/sasl"
    sasl.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(TEMPLATES / "postfix/smtpd.sasl.conf", sasl / "smtpd.conf")
    run(["chroot", root, "saslpasswd2", "-c", "-p", "-u", "corp.example", "info"], text=PASSWORD)
    run(["chroot", root, "chown", "postfix", "/etc/sasldb2"])
