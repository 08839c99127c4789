"""One run: everything is brought up, the matrix is sent, and what arrived is written down."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import daemons, network, post, truth
from .furniture import furnish
from .plan import NO_RELAY, Setup, Shipment, in_groups, shipments
from .roots import Cache, mount_for_a_run
from .scenarios import load
from .servers import RELAYS
from .shell import run

DONE, FAULTS_FOUND = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of the matrix is sent."""

    seed: int
    prefixes: tuple[str, ...]
    relays: tuple[str, ...]

    def plan(self) -> list[Shipment]:
        """Return the shipments that are asked for."""
        chosen = [scenario for scenario in load() if scenario.name.startswith(self.prefixes)]
        return [shipment for shipment in shipments(chosen, self.seed) if shipment.relay in self.relays]


def work(cache: Cache, wanted: Wanted, out: Path) -> int:
    """Return 0 if every message ended as its scenario says, else 1; runs in namespaces of its own."""
    started = time.monotonic()
    bring_up(cache)
    print(f"up after {time.monotonic() - started:.0f} s", flush=True)
    planned = wanted.plan()
    send(cache, planned)
    truth.write(planned, out, wanted.seed)
    print(f"ended after {time.monotonic() - started:.0f} s", flush=True)
    return report(planned, out)


def bring_up(cache: Cache) -> None:
    """Mount the roots, lay the network and start everybody's servers."""
    state = cache.folder / "state"
    state.mkdir(exist_ok=True)
    run(["mount", "-t", "tmpfs", "tmpfs", state])
    mount_for_a_run(cache, state)
    network.bring_up()
    furnish(cache)
    daemons.start_world(cache)


def send(cache: Cache, planned: Sequence[Shipment]) -> None:
    """Send every group of shipments with the relay set up as it needs."""
    mailbox = post.Mailbox(cache)
    for setup, group in in_groups(planned):
        _set_up(cache, setup)
        post.hand_over_all(cache, group)
        mailbox.await_letters(group)
        arrived = sum(bool(shipment.delivered) for shipment in group)
        names = ", inner names known" if setup.inner_names else ""
        print(f"{setup.relay} {setup.variant}{names}: {len(group)} sent, {arrived} arrived", flush=True)


def _set_up(cache: Cache, setup: Setup) -> None:
    if setup.relay != NO_RELAY:
        daemons.start_relay(cache, RELAYS[setup.relay], setup.variant)
    daemons.name_the_inside(cache, setup.inner_names)


def report(planned: Sequence[Shipment], out: Path) -> int:
    """Print what did not end as it must, and the totals; 1 if there was any."""
    faults = truth.faults(planned)
    for fault in faults:
        print(fault)
    arrived = [shipment for shipment in planned if shipment.delivered]
    labels = dict(Counter(shipment.scenario.label for shipment in arrived))
    scenarios = {shipment.scenario.name for shipment in arrived}
    print(f"{len(arrived)} messages of {len(scenarios)} scenarios in {out}: {labels}")
    print(f"{len(faults)} faults")
    return FAULTS_FOUND if faults else DONE
