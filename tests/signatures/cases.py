"""The signatures' cases as data: each file of fixtures/signatures is one signature's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from headertrace.facts import Facts, Iprev, Listed, ListingFact, ReverseFact

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "signatures"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureCase:
    """One message, and whether the signature must fire on it."""

    id: str
    file: str
    why: str
    fires: bool
    innocent: bool
    message: bytes
    facts: Facts | None


def read_cases() -> list[SignatureCase]:
    """Every case of every file."""
    return [case for path in sorted(FOLDER.glob("*.toml")) for case in _cases(path)]


def _cases(path: Path) -> list[SignatureCase]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    facts = _facts(table["facts"]) if "facts" in table else None
    return [
        SignatureCase(
            id=path.stem[:5],
            file=path.name,
            why=case["why"],
            fires=case["fires"],
            innocent=case.get("innocent", False),
            message=case["message"].encode(),
            facts=facts,
        )
        for case in table["case"]
    ]


def _facts(table: dict[str, list[str]]) -> Facts:
    reverse = {ip: ReverseFact(iprev=Iprev.FAIL) for ip in table.get("nameless", ())}
    reverse |= {ip: ReverseFact(names=("host.example",), iprev=Iprev.PASS) for ip in table.get("named", ())}
    listings = {ip: (ListingFact(zone="bl.example", state=Listed.LISTED),) for ip in table.get("listed", ())}
    listings |= {
        ip: (ListingFact(zone="bl.example", state=Listed.NOT_LISTED),) for ip in table.get("unlisted", ())
    }
    return Facts(reverse=reverse, listings=listings)
