"""Handing letters over, and finding them in the victim's mailbox."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .clients import COMMANDS
from .letters import ID_LENGTH, text
from .plan import Shipment
from .roots import Cache
from .servers import RELAYS

HANDED_OVER_AT_ONCE = 6  # more only queue up on two cores
SLOWEST_CLIENT = 60  # seconds
SLOWEST_DELIVERY = 60.0  # seconds: a queue run after a first failure, and the bounce's own way
QUIET_PERIOD = 0.3
LAST_WORDS = 400  # characters of a client's output
ADDRESSED = re.compile(rb"(?m)^Delivered-To: \S+\.([a-z2-7]{%d})@(?:victim|backup)\.example" % ID_LENGTH)
REFERENCE = re.compile(rb"Ref\. ([a-z2-7]{%d})\b" % ID_LENGTH)


def hand_over_all(cache: Cache, shipments: Sequence[Shipment]) -> None:
    """Let every machine hand its letters over, several at a time."""
    with ThreadPoolExecutor(HANDED_OVER_AT_ONCE) as pool:
        list(pool.map(lambda shipment: _hand_over(cache, shipment), shipments))


def _hand_over(cache: Cache, shipment: Shipment) -> None:
    root = cache.root(RELAYS[shipment.relay].root if shipment.client == "pickup" else "tools")
    handover = shipment.handover(_leave_letter(root, shipment))
    words = ["ip", "netns", "exec", shipment.machine, "unshare", "--uts", "sh", "-c"]
    words += [
        'hostname "$0"; exec chroot "$@"',
        shipment.machine,
        str(root),
        *COMMANDS[shipment.client](handover),
    ]
    shipment.accepted, shipment.said = _attempt(words)
    if not shipment.accepted and shipment.scenario.label != "refused":
        # amavis answers 4xx to the first letter after its relay was changed, as a client may expect
        time.sleep(1)
        shipment.accepted, shipment.said = _attempt(words)


def _leave_letter(root: Path, shipment: Shipment) -> str:
    folder = root / "srv/letters"
    folder.mkdir(parents=True, exist_ok=True)
    letter, name = shipment.letter, shipment.letter.id
    forged = shipment.scenario.forged
    written = text(letter, helo=shipment.helo, recipients=shipment.recipients, forged=forged)
    line_end = "\n" if shipment.client == "pickup" else "\r\n"
    (folder / name).write_text(written.replace("\r\n", line_end), newline="")
    (folder / f"{name}.body").write_text(letter.body.replace("\r\n", "\n"))
    return f"/srv/letters/{name}"


def _attempt(words: Sequence[str]) -> tuple[bool, str]:
    try:
        done = subprocess.run(
            words, capture_output=True, stdin=subprocess.DEVNULL, timeout=SLOWEST_CLIENT, check=False
        )
    except subprocess.TimeoutExpired:
        return False, f"no answer within {SLOWEST_CLIENT} s"
    said = (done.stdout + done.stderr).decode(errors="replace")
    return done.returncode == 0, said[-LAST_WORDS:]


class Mailbox:
    """The victim's mailbox, which everything in the laboratory ends in."""

    def __init__(self, cache: Cache) -> None:
        self._folder = cache.root("postfix") / "var/mail/victim/all/new"
        self._seen: set[str] = set()

    def await_letters(self, shipments: Iterable[Shipment]) -> None:
        """Attach what arrives to its shipment until every accepted one has arrived, or time is up."""
        by_id = {shipment.letter.id: shipment for shipment in shipments}
        deadline = time.monotonic() + SLOWEST_DELIVERY
        while time.monotonic() < deadline:
            self._sort(by_id)
            if all(shipment.delivered or not shipment.accepted for shipment in by_id.values()):
                return
            time.sleep(QUIET_PERIOD)

    def _sort(self, by_id: dict[str, Shipment]) -> None:
        files = self._folder.iterdir() if self._folder.exists() else ()
        for file in sorted(path for path in files if path.name not in self._seen):
            self._seen.add(file.name)
            content = file.read_bytes()
            found = ADDRESSED.search(content) or REFERENCE.search(content)
            shipment = by_id.get(found[1].decode()) if found else None
            if shipment is not None:
                shipment.delivered.append(str(file))
