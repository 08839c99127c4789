"""The plan of the laboratory is fair and repeatable, and its parts fit together."""

from __future__ import annotations

from collections import Counter

import pytest

from .labkit import letters, machines, network, roots, servers, templates
from .labkit.clients import COMMANDS
from .labkit.plan import NO_RELAY, Shipment, in_groups, shipments
from .labkit.scenarios import Scenario, load
from .labkit.variants import Variant, values

SCENARIOS = load()
SENT = tuple(scenario for scenario in SCENARIOS if scenario.label != "refused")
PLANNED = shipments(SCENARIOS, seed=1)


def named(scenarios: tuple[Scenario, ...]) -> list[str]:
    return [scenario.name for scenario in scenarios]


def written(shipment: Shipment) -> tuple[object, ...]:
    """All that a letter says but for its id."""
    letter = shipment.letter
    body = letter.body.replace(letter.id, "")
    return (letter.helo, letter.sender, letter.subject, body, letter.mailer, letter.zone, letter.reply_to)


def test_the_matrix_is_large_enough() -> None:
    assert len(SENT) >= 60
    assert sum(shipment.scenario.label != "refused" for shipment in PLANNED) >= 1500


def test_only_the_network_differs() -> None:
    by_pair: dict[tuple[str, int], set[tuple[object, ...]]] = {}
    for shipment in PLANNED:
        by_pair.setdefault((shipment.relay, shipment.number), set()).add(written(shipment))
    assert {pair for pair, texts in by_pair.items() if len(texts) > 1} == set()


def test_both_classes_draw_equally_from_the_pools() -> None:
    core = {"s1_nat", "legit_lan"}
    drawn = {name: Counter(written(s) for s in PLANNED if s.scenario.name == name) for name in core}
    assert drawn["s1_nat"] == drawn["legit_lan"]


def test_a_seed_repeats_everything_but_times() -> None:
    assert shipments(SCENARIOS, seed=7) == shipments(SCENARIOS, seed=7)
    assert shipments(SCENARIOS, seed=7) != shipments(SCENARIOS, seed=8)


def test_no_two_letters_share_an_id() -> None:
    assert len({shipment.letter.id for shipment in PLANNED}) == len(PLANNED)


def test_every_client_is_used() -> None:
    assert {shipment.client for shipment in PLANNED} == set(COMMANDS)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=named(SCENARIOS))
def test_a_scenario_names_what_exists(scenario: Scenario) -> None:
    assert scenario.address
    assert set(scenario.machines) <= set(machines.MACHINES)
    assert set(scenario.relays) <= set(servers.RELAYS)
    assert scenario.gateway is None or scenario.gateway in servers.GATEWAYS
    assert scenario.teaches.endswith(".")


@pytest.mark.parametrize("shipment", PLANNED[::40], ids=lambda shipment: shipment.scenario.name)
def test_a_client_is_told_server_and_recipients(shipment: Shipment) -> None:
    command = " ".join(COMMANDS[shipment.client](shipment.handover("/letter")))
    assert shipment.recipients[0].replace("@", "%40") in command or shipment.recipients[0] in command
    assert shipment.client == "pickup" or shipment.scenario.address in command


def test_groups_hold_every_letter_once_and_one_set_up_each() -> None:
    groups = in_groups(PLANNED)
    assert sum(len(group) for _, group in groups) == len(PLANNED)
    assert len({setup for setup, _ in groups}) == len(groups)
    assert all(shipment.setup == setup for setup, group in groups for shipment in group)


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("relay", sorted(servers.RELAYS))
def test_every_relay_has_its_configuration(relay: str, variant: Variant) -> None:
    server = servers.RELAYS[relay]
    filled = values(relay, variant) | {"hostname": server.hostname, "zone": server.zone, "instance": "relay"}
    folder = templates.TEMPLATES / (server.template or "postfix")
    rendered = [templates.render(file, filled) for file in folder.rglob("*") if file.is_file()]
    assert rendered
    assert not any("%%{" in text for text in rendered)


@pytest.mark.parametrize("relay", sorted(servers.RELAYS))
def test_a_stock_relay_trusts_no_stranger(relay: str) -> None:
    trusted = {variant: values(relay, variant)["networks"] for variant in (Variant.STOCK, Variant.OPEN)}
    assert "203.0.113" not in trusted[Variant.STOCK]
    assert "0.0.0.0/0" not in trusted[Variant.STOCK]
    assert len(trusted[Variant.OPEN]) > len(trusted[Variant.STOCK])


def test_every_server_has_a_root_and_a_machine() -> None:
    everything = [*servers.RELAYS.values(), *servers.GATEWAYS.values(), *servers.WORLD, servers.WEBFORM]
    assert {server.root for server in everything} <= set(roots.PACKAGES)
    assert {server.machine for server in everything} <= {"inet", *machines.MACHINES}


def test_the_gateway_has_a_rule_for_every_appliance() -> None:
    rules = network.nat_rules()
    for name, address in machines.APPLIANCES.items():
        assert f"ip daddr {machines.WAYS_IN[name]} tcp dport 25 dnat to {address}" in rules


def test_all_addresses_are_private_or_for_documentation() -> None:
    allowed = ("192.168.", "172.18.", "10.42.", "192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:", "fd00:")
    addresses = [address for machine in machines.MACHINES.values() for address in machine.addresses]
    assert [address for address in addresses if not address.startswith(allowed)] == []


def test_a_letter_without_a_zone_has_no_date() -> None:
    shipment = next(shipment for shipment in PLANNED if shipment.letter.zone is None)
    text = letters.text(shipment.letter, helo="User", recipients=["a@victim.example"], forged=False)
    assert "\r\nDate:" not in text
    assert NO_RELAY not in text
