"""Which network an address belongs to: from database files (MMDB) that the user names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from headertrace.facts import NetworkFact
from headertrace.received.hop import Address

# Where the makers of databases put each fact: MaxMind and DB-IP, then IPinfo.
ASN_KEYS = (("autonomous_system_number",), ("asn",))
ORGANISATION_KEYS = (("autonomous_system_organization",), ("as_name",), ("name",))
COUNTRY_KEYS = (("country", "iso_code"), ("country_code",), ("country",))


def read_networks(
    addresses: Iterable[Address], databases: Sequence[str | os.PathLike[str]]
) -> dict[str, NetworkFact]:
    """Return the number and name of the network and the country of each address that a database knows.

    A file that cannot be opened is an OSError, one that is no MMDB a ValueError.
    """
    if not databases:
        return {}
    with ExitStack() as opened:
        readers = [opened.enter_context(_open(path)) for path in databases]
        found = {str(address): _fact(_records(address, readers)) for address in addresses}
    return {address: fact for address, fact in found.items() if fact != NetworkFact()}


def _open(path: str | os.PathLike[str]) -> Any:
    from maxminddb import InvalidDatabaseError, open_database  # noqa: PLC0415  (an extra, and slow)

    try:
        return open_database(path)
    except InvalidDatabaseError as error:
        raise ValueError(f"no MMDB: {os.fspath(path)}") from error


def _records(address: Address, readers: Sequence[Any]) -> list[Mapping[str, Any]]:
    """Return what each database holds; one that is damaged, or for IPv4 only, holds nothing."""
    from maxminddb import InvalidDatabaseError  # noqa: PLC0415

    records = []
    for reader in readers:
        try:
            record = reader.get(address)
        except (InvalidDatabaseError, ValueError):
            continue
        if isinstance(record, Mapping):
            records.append(record)
    return records


def _fact(records: Sequence[Mapping[str, Any]]) -> NetworkFact:
    return NetworkFact(
        asn=_number(_first(records, ASN_KEYS, str | int)),
        organisation=_first(records, ORGANISATION_KEYS, str),
        country=_first(records, COUNTRY_KEYS, str),
    )


def _first(records: Sequence[Mapping[str, Any]], places: Iterable[tuple[str, ...]], kind: Any) -> Any:
    found = (_at(record, place) for place in places for record in records)
    return next((value for value in found if isinstance(value, kind)), None)


def _at(record: Any, place: tuple[str, ...]) -> Any:
    for key in place:
        record = record.get(key) if isinstance(record, Mapping) else None
    return record


def _number(value: str | int | None) -> int | None:
    """Return the ASN of ``64496``, ``"64496"`` or ``"AS64496"``."""
    digits = str(value).upper().removeprefix("AS")
    return int(digits) if digits.isascii() and digits.isdecimal() else None
