"""Debian's SpamAssassin, asked for the relays of many messages in one process."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import headertrace as ht

DRIVER = Path(__file__).with_name("relays.pl")
HOW_TO = "SpamAssassin is missing: apt-get install spamassassin"
# The fields that its 10_default_prefs.cf names.
ORIGINATING = (
    "originating_ip_headers X-Yahoo-Post-IP X-Originating-IP X-Apparently-From X-SenderIP X-AOL-IP"
    " X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp"
)
VIEWS = ("trusted", "untrusted", "internal", "external")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The four strings; for each field from the newest on its relay, "" if skipped, None if unreadable."""

    strings: dict[str, str]
    fields: tuple[str | None, ...]


def is_installed() -> bool:
    """Return whether SpamAssassin's modules can be loaded."""
    if not shutil.which("perl"):
        return False
    done = subprocess.run(["perl", "-MMail::SpamAssassin", "-e", "1"], capture_output=True, check=False)
    return done.returncode == 0


def ask(messages: Iterable[bytes], *settings: str) -> Iterator[Answer]:
    """Return SpamAssassin's answers in the order of the messages; ``settings`` are its configuration."""
    return _answers([b"%d\n%b" % (len(message), message) for message in messages], *settings)


def ask_each(messages: Iterable[tuple[bytes, ht.Admd | None]]) -> Iterator[Answer]:
    """Return SpamAssassin's answers, each message with networks of its own."""
    return _answers([b"%d %b\n%b" % (len(message), _networks(admd), message) for message, admd in messages])


def _networks(admd: ht.Admd | None) -> bytes:
    ours = admd or ht.Admd()
    return json.dumps({"trusted": ours.trusted, "internal": ours.internal, "msa": ours.submission}).encode()


def _answers(feed: list[bytes], *settings: str) -> Iterator[Answer]:
    done = subprocess.run(
        ["perl", str(DRIVER), ORIGINATING, *settings], input=b"".join(feed), capture_output=True, check=True
    )
    for line in done.stdout.decode("latin-1").splitlines():
        told = json.loads(line)
        fields = tuple("" if each == 0 else each for each in told.pop("fields"))
        yield Answer(strings=told, fields=fields)
