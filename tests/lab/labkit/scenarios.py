"""The scenarios, as ``scenarios.toml`` tells them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from .machines import MACHINES, RELAY, STRANGERS, WAYS_IN, WAYS_IN_6, WORKSTATIONS
from .servers import RELAYS
from .variants import Variant

FILE = Path(__file__).parents[1] / "scenarios.toml"
# Four letters for each of six relays make 24 of a scenario: the matrix stays under ten minutes.
LETTERS_EACH = 4

SOURCES: dict[str, tuple[str, ...]] = {
    "strangers": STRANGERS,
    "strangers6": STRANGERS,
    "office": WORKSTATIONS,
    "office6": WORKSTATIONS,
    "gateway": ("fw",),
    **{name: (name,) for name in ("scanner", "container", "pod", "relay", "partner", "mx")},
}
TARGETS: dict[str, str] = {
    **WAYS_IN,
    **WAYS_IN_6,
    "lan": RELAY,
    "lan6": MACHINES["relay"].ip6,
    "container": "172.18.0.10",
    "pod": "10.42.0.10",
    "webform": WAYS_IN["direct"],
    **{name: MACHINES[name].ip for name in ("mx", "mx2", "fwd", "list", "smarthost", "partner")},
}
RECIPIENTS: dict[str, str] = {
    "victim": "{person}.{id}@victim.example",
    "alias": "fw+{person}.{id}@corp.example",
    "alumni": "{person}.{id}@alumni.example",
    "backup": "{person}.{id}@backup.example",
    "staff": "everyone+{person}.{id}@staff.example",
    "list": "people@list.example",
    "former": "former@corp.example",
    "nosuch": "nosuch@partner.example",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One story: who sends to which way in, through which relays, and what is true about it."""

    name: str
    label: str
    story: str
    source: str
    target: str
    teaches: str
    relays: tuple[str, ...] = tuple(RELAYS)
    through: tuple[str, ...] = ()
    gateway: str | None = None
    variant: Variant = Variant.STOCK
    recipient: str = "victim"
    client: str | None = None
    port: int = 25
    recipients: int = 1
    count: int = LETTERS_EACH
    auth: bool = False
    tls: bool = False
    forged: bool = False
    inner_names: bool = False

    @property
    def machines(self) -> tuple[str, ...]:
        """The machines that take turns at sending."""
        return SOURCES[self.source]

    @property
    def address(self) -> str:
        """The address that they dial."""
        return TARGETS[self.target]

    @property
    def is_bounce(self) -> bool:
        """Whether what arrives is a report about the letter, sent to its envelope sender."""
        return self.recipient in {"former", "nosuch"}


def load() -> tuple[Scenario, ...]:
    """Return all scenarios in the file's order; TypeError for an unknown key."""
    tables = tomllib.loads(FILE.read_text())
    return tuple(_scenario(name, dict(table)) for name, table in tables.items())


def _scenario(name: str, table: dict[str, object]) -> Scenario:
    renamed = {"source": table.pop("from"), "target": table.pop("to")}
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    if "variant" in table:
        table["variant"] = Variant(str(table["variant"]))
    return Scenario(name=name, **(table | lists | renamed))  # type: ignore[arg-type]
