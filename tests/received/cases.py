"""Cases of fixtures/received: one Received field and everything that a Hop must say of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from headertrace.received.hop import Auth, Hop, Tls

FIXTURES = Path(__file__).parents[2] / "fixtures" / "received"

# What a case leaves out must be empty; these are the attributes whose "empty" is no None.
_EMPTY: dict[str, Any] = {
    "rdns_status": "not-stated",
    "family": "generic",
    "recipients": (),
    "zone_known": False,
    "network_reason": None,
    "remarks": (),
    "unread": (),
    "defects": (),
}
ATTRIBUTES = (
    "from_name", "helo", "rdns", "rdns_status", "ip", "port", "ident", "by", "by_ip", "software", "family",
    "via", "protocol", "id", "recipients", "envelope_from", "auth", "tls", "date", "zone_known",
    "network_reason", "remarks", "unread", "defects",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One field, why it is worth a case, and the attributes that are not empty."""

    file: str
    why: str
    field: bytes
    said: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.why}"


def load_cases() -> list[Case]:
    """Return every case of every file; a case without ``why`` or with an unknown attribute is an error."""
    return [
        _case(path.stem, dict(row))
        for path in sorted(FIXTURES.glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def _case(file: str, row: dict[str, Any]) -> Case:
    why, field = row.pop("why"), row.pop("field")
    unknown = set(row) - set(ATTRIBUTES)
    if unknown or not why:
        raise ValueError(f"{file}: {why!r} lists {sorted(unknown)}")
    return Case(file=file, why=why, field=_octets(field), said=row)


def _octets(field: str) -> bytes:
    r"""Fields are written as UTF-8; ``\xHH`` stands for one byte that TOML cannot hold."""
    octets = field.encode("utf-8")
    for escape in {octets[i : i + 4] for i in range(len(octets)) if octets[i : i + 2] == rb"\x"}:
        octets = octets.replace(escape, bytes([int(escape[2:], 16)]))
    return octets


def expected(case: Case) -> dict[str, Any]:
    """Return every attribute as the case states it, in the types of a Hop."""
    said: dict[str, Any] = {name: case.said.get(name, _EMPTY.get(name)) for name in ATTRIBUTES}
    for name in ("ip", "by_ip"):
        said[name] = ip_address(said[name]) if said[name] else None
    said["auth"] = Auth(**said["auth"]) if said["auth"] is not None else None
    said["tls"] = Tls(**said["tls"]) if said["tls"] is not None else None
    said["zone_known"] = said["date"] is not None and case.said.get("zone_known", True)
    said["date"] = _moment(said["date"])
    for name in ("recipients", "remarks", "unread", "defects"):
        said[name] = tuple(said[name])
    return said


def observed(hop: Hop) -> dict[str, Any]:
    """Return the same attributes of a Hop, in the words that a case uses."""
    said = {name: getattr(hop, name) for name in ATTRIBUTES}
    said["date"] = _moment(said["date"])
    said["remarks"] = tuple(f"{remark.kind}: {remark.text}" for remark in hop.remarks)
    said["unread"] = tuple(unread.text for unread in hop.unread)
    said["defects"] = tuple(defect.kind for defect in hop.defects)
    return said


def _moment(when: datetime | None) -> str | None:
    """Instants compare equal in every zone; a case states the zone as well."""
    return when.isoformat() if when else None
