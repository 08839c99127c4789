"""What is written down: each message that arrived, and what is true about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from .plan import NO_RELAY, Shipment
from .servers import GATEWAYS, RELAYS
from .variants import Variant

ANY_RELAY_FIELD = r"mail\.corp\.example"


def missing_stamps(shipment: Shipment, content: str) -> list[str]:
    """Return the patterns of servers that a message should have passed but shows no field of."""
    fields = " ".join(re.findall(r"(?m)^Received:.*(?:\n[ \t].*)*", content))
    return [stamp for stamp in _expected_stamps(shipment) if stamp and not re.search(stamp, fields)]


def _expected_stamps(shipment: Shipment) -> list[str]:
    scenario = shipment.scenario
    stamps = [re.escape(name) for name in scenario.through]
    if shipment.relay != NO_RELAY:
        plain = scenario.is_bounce or scenario.client is not None
        stamps.append(ANY_RELAY_FIELD if plain else RELAYS[shipment.relay].stamp)
    if scenario.gateway and not scenario.is_bounce:
        stamps.append(GATEWAYS[scenario.gateway].stamp)
    return stamps


def truth_of(shipment: Shipment, content: str, seed: int) -> dict[str, object]:
    """Return everything that is known about a message, ready for JSON."""
    scenario, head = shipment.scenario, content.partition("\n\n")[0]
    return {
        "scenario": scenario.name,
        "relay_mta": shipment.relay,
        "made": "sent",
        "label": scenario.label,
        "story": scenario.story,
        "true_origin": shipment.source_ip,
        "origin_in_header": shipment.source_ip in head,
        "way_in": scenario.target,
        "port": scenario.port,
        "variant": str(scenario.variant or Variant.STOCK),
        "gateway": scenario.gateway,
        "inner_names": scenario.inner_names,
        "forged_trail": scenario.forged,
        "client": shipment.client,
        "helo": shipment.helo,
        "mail_from": shipment.mail_from,
        "recipients": list(shipment.recipients),
        "auth_user": "info" if scenario.auth else None,
        "tls": scenario.tls,
        "letter": f"{seed}/{shipment.relay}/{shipment.number}",
        "id": shipment.letter.id,
    }


def write(shipments: Iterable[Shipment], out: Path, seed: int) -> None:
    """Write ``<scenario>/<relay>-<n>.eml`` and ``.json`` for each message that arrived."""
    for shipment in shipments:
        if not shipment.delivered:
            continue
        content = Path(shipment.delivered[0]).read_text(errors="surrogateescape")
        folder = out / shipment.scenario.name
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{shipment.relay}-{shipment.number + 1}"
        (folder / f"{name}.eml").write_text(content, errors="surrogateescape")
        truth = json.dumps(truth_of(shipment, content, seed), indent=1)
        (folder / f"{name}.json").write_text(truth + "\n")


def faults(shipments: Iterable[Shipment]) -> list[str]:
    """Return one line for each shipment that did not end as its scenario says."""
    found = []
    for shipment in shipments:
        name = f"{shipment.scenario.name}/{shipment.relay}-{shipment.number + 1} ({shipment.client})"
        fault = _fault(shipment)
        if fault:
            found.append(f"{name}: {fault}")
    return found


def _fault(shipment: Shipment) -> str | None:
    last_words = " ".join(shipment.said.split())[-160:]
    if shipment.scenario.label == "refused":
        return f"accepted without the fault: {last_words}" if shipment.accepted else None
    if not shipment.accepted:
        return f"refused: {last_words}"
    if not shipment.delivered:
        return "accepted, but never arrived"
    stamps = missing_stamps(shipment, Path(shipment.delivered[0]).read_text(errors="replace"))
    return f"lacks the stamp {stamps[0]}" if stamps else None
