"""Which letters are sent when: one Shipment for each, in groups that share a relay's set-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from .clients import Handover, able
from .letters import OWN_ADDRESS, Letter, draw
from .machines import MACHINES
from .scenarios import RECIPIENTS, Scenario
from .variants import Variant

NO_RELAY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What must stand before a group is sent: a relay, its variant, whether inner names are known."""

    relay: str
    variant: Variant
    inner_names: bool


@dataclass(slots=True, kw_only=True)
class Shipment:
    """One letter on its way, and what became of it."""

    scenario: Scenario
    relay: str
    number: int
    letter: Letter
    machine: str
    accepted: bool = False
    said: str = ""
    delivered: list[str] = field(default_factory=list)

    @property
    def setup(self) -> Setup:
        """What must stand before it is sent."""
        scenario = self.scenario
        return Setup(relay=self.relay, variant=scenario.variant, inner_names=scenario.inner_names)

    @property
    def client(self) -> str:
        """The program that hands it over."""
        scenario = self.scenario
        special = scenario.forged or scenario.is_bounce or ":" in scenario.address
        return scenario.client or able(self.letter, special=special)

    @property
    def source_ip(self) -> str:
        """The true client's address, whatever the relay will see."""
        if self.scenario.source == "gateway":
            return "172.18.0.1" if self.scenario.target == "container" else "192.168.1.1"
        machine = MACHINES[self.machine]
        return machine.ip6 if ":" in self.scenario.address else machine.ip

    @property
    def helo(self) -> str:
        """What the client announces."""
        if self.letter.helo != OWN_ADDRESS:
            return self.letter.helo
        return f"[IPv6:{self.source_ip}]" if ":" in self.source_ip else f"[{self.source_ip}]"

    @property
    def mail_from(self) -> str:
        """The envelope sender: of a letter that will bounce, an address that the report can reach."""
        if self.scenario.is_bounce:
            return f"{self.letter.person}.{self.letter.id}@victim.example"
        return "" if self.letter.null_sender else self.letter.sender

    @property
    def recipients(self) -> tuple[str, ...]:
        """The envelope recipients, the one that is followed first."""
        first = RECIPIENTS[self.scenario.recipient].format(person=self.letter.person, id=self.letter.id)
        others = ("orders@partner.example", "lily_chen77@freemail.example")
        return (first, *others[: self.scenario.recipients - 1])

    def handover(self, file: str) -> Handover:
        """Return what its client must know."""
        return Handover(
            letter=self.letter,
            file=file,
            host=self.scenario.address,
            port=self.scenario.port,
            helo=self.helo,
            mail_from=self.mail_from,
            recipients=self.recipients,
            auth=self.scenario.auth,
            tls=self.scenario.tls,
        )


def shipments(scenarios: Iterable[Scenario], seed: int) -> list[Shipment]:
    """Return one shipment for each letter of each scenario and relay."""
    return [
        Shipment(
            scenario=scenario,
            relay=relay,
            number=number,
            letter=draw(seed, scenario.name, relay, number),
            machine=scenario.machines[(number + place) % len(scenario.machines)],
        )
        for scenario in scenarios
        for place, relay in enumerate(scenario.relays or (NO_RELAY,))
        for number in range(scenario.count)
    ]


def in_groups(planned: Iterable[Shipment]) -> list[tuple[Setup, list[Shipment]]]:
    """Return the shipments grouped by what must stand before they are sent, relay by relay."""

    def order(shipment: Shipment) -> tuple[str, str, bool]:
        setup = shipment.setup
        return setup.relay, setup.variant, setup.inner_names

    grouped = [list(group) for _, group in groupby(sorted(planned, key=order), key=order)]
    return [(group[0].setup, group) for group in grouped]
