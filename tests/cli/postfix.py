"""A Postfix of its own on loopback, whose mail passes the script that docs/how-to-filter.md shows."""

from __future__ import annotations

import os
import re
import shutil
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to-filter.md"
SENDMAIL = Path(__file__).with_name("sendmail.py")
HOW_TO = "this needs root, Postfix (apt-get install postfix) and a Python that the user nobody may run"
# pipe(8) runs no command as root.
USER = "nobody"
PATIENCE = 60.0
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
  -o content_filter=headertrace:dummy
127.0.0.1:{back} inet n - n - - smtpd
headertrace unix - n n - 4 pipe
  {pipe}
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {home}/spool
data_directory = {home}/data
command_directory = {home}/bin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {home}/log
maillog_file_prefixes = {home}
myhostname = mx.victim.example
mydestination =
alias_maps =
alias_database =
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_auth_destination, reject
smtpd_tls_security_level = none
virtual_mailbox_domains = victim.example
virtual_mailbox_base = {home}
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
message_size_limit = 0
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_client_connection_count_limit = 0
smtpd_authorized_xclient_hosts = 127.0.0.1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Postfix:
    """A running mail server: its port, the port behind the filter, and its folder."""

    port: int
    back: int
    home: Path

    def send(self, message: bytes) -> None:
        """Hand a message over by SMTP, as from a client in the internet."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=PATIENCE) as client:
            client.ehlo("mail.corp.example")
            client.docmd("XCLIENT", "ADDR=198.51.100.25 NAME=mail.corp.example")
            client.ehlo("mail.corp.example")
            client.sendmail("jeff@freemail.example", ["someone@victim.example"], message)

    def delivered(self, count: int) -> list[bytes]:
        """Return what lies in the mailbox, as soon as that many messages do."""
        box = self.home / "box" / "new"
        deadline = time.monotonic() + PATIENCE
        while len(found := sorted(box.glob("*"))) < count:
            assert time.monotonic() < deadline, (self.home / "log").read_text()
            time.sleep(0.1)
        return [path.read_bytes() for path in found]


@cache
def python_for(user: str) -> str | None:
    """Return a shell command line that runs headertrace and that this user may run."""
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        command = f"PYTHONPATH='{ROOT / 'src'}:{site_packages()}' {python} -m headertrace"
        tried = subprocess.run(
            ["runuser", "-u", user, "--", "sh", "-c", f"cd / && {command} --version"],
            capture_output=True,
            check=False,
        )
        if tried.returncode == 0:
            return command
    return None


def site_packages() -> Path:
    """Return the folder that the libraries of this interpreter lie in."""
    import click

    return Path(click.__file__).resolve().parents[1]


def is_usable() -> bool:
    """Return whether a Postfix can be started here, and its filter run."""
    return os.geteuid() == 0 and bool(shutil.which("postfix")) and python_for(USER) is not None


def block(language: str, containing: str) -> str:
    """Return the code block of the page that contains this text."""
    found = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    return next(str(text) for text in found if containing in text)


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_postfix() -> Iterator[Postfix]:
    """Start a Postfix with folders of its own, and stop it by its own command."""
    home = Path(mkdtemp(prefix="headertrace-postfix-"))
    server = Postfix(port=free_port(), back=free_port(), home=home)
    postfix = ["postfix", "-c", str(home / "etc")]
    try:
        _furnish(server)
        started = subprocess.run([*postfix, "start"], capture_output=True, text=True, check=False)
        assert started.returncode == 0, started.stderr
        yield server
    finally:
        subprocess.run([*postfix, "stop"], capture_output=True, check=False)
        shutil.rmtree(home, ignore_errors=True)


def _furnish(server: Postfix) -> None:
    home = server.home
    home.chmod(0o755)
    for name in ("etc", "spool", "data", "bin", "box"):
        (home / name).mkdir()
    shutil.chown(home / "data", "postfix")
    shutil.chown(home / "box", USER)
    for tool in ("postdrop", "postqueue", "postlog", "postconf", "postsuper"):
        (home / "bin" / tool).symlink_to(shutil.which(tool) or f"/usr/sbin/{tool}")
    script = home / "headertrace-filter"
    script.write_text(_script(server))
    script.chmod(0o755)
    uid = (home / "box").stat().st_uid
    (home / "etc" / "main.cf").write_text(MAIN.format(home=home, uid=uid))
    pipe = block("text", "master.cf").partition("pipe\n")[2]
    pipe = pipe.replace("/usr/local/lib/headertrace-filter", str(script)).strip()
    (home / "etc" / "master.cf").write_text(MASTER.format(port=server.port, back=server.back, pipe=pipe))


def _script(server: Postfix) -> str:
    """Return the page's script with the commands of this place."""
    command = python_for(USER) or "headertrace"
    # Postfix's own sendmail takes no configuration but the system's from anyone but root.
    back = f"/usr/bin/python3 {SENDMAIL} {server.back}"
    shown = block("sh", "sendmail").replace("headertrace filter", f"{command} filter")
    return shown.replace("/usr/sbin/sendmail", back)
