"""The public surface as text; `python -m tests.public_api > tests/public_api.txt` renews the snapshot."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from enum import Enum
from importlib import import_module

import headertrace
from headertrace import bounces, lookups

# What documentation tells users to import from elsewhere; how long it stays is in docs/api-policy.md.
BESIDE: dict[str, list[str]] = {
    "headertrace.bounces": bounces.__all__,
    "headertrace.corpus.scan": ["scan_to"],
    "headertrace.corpus.spark": ["correlate_frame", "messages"],
    "headertrace.lookups": lookups.__all__,
    "headertrace.reports.arf": ["arf_message"],
    "headertrace.reports.dossier": ["Dossier", "make_dossiers"],
    "headertrace.reports.plots": ["Plot", "delays", "gateways", "helo_relays", "life", "lives"],
    "headertrace.reports.reporter": ["Reporter"],
    "headertrace.reports.spamassassin": ["RelayStrings", "relay_strings"],
    "headertrace.reports.spare": ["Policy"],
    "headertrace.reports.xarf": ["xarf_reports"],
    "headertrace.reports.zone": [
        "LeftOut",
        "Listing",
        "Selection",
        "plain_list",
        "select_listings",
        "zone_text",
    ],
    "headertrace.tables.read_batch": ["read_batch"],
}


def describe() -> str:
    """Every public name with its signature, its fields, its members or its methods."""
    top = [(name, getattr(headertrace, name)) for name in headertrace.__all__]
    beside = [(f"{module}.{name}", found) for module in BESIDE for name, found in names_in(module)]
    return "".join(f"{line}\n" for name, found in (*top, *beside) for line in lines_of(name, found))


def names_in(module: str) -> Iterator[tuple[str, object]]:
    """What a module beside the top level offers that the top level does not."""
    for name in BESIDE[module]:
        if name not in headertrace.__all__:
            yield name, getattr(import_module(module), name)


def lines_of(name: str, found: object) -> Iterator[str]:
    if inspect.isfunction(found):
        yield f"{name}{inspect.signature(found)}"
    elif not inspect.isclass(found):
        yield f"{name}: {type(found).__name__}"
    elif issubclass(found, Enum):
        yield from (f"{name}.{member.name} = {member.value!r}" for member in found)
    else:
        yield f"{name}:"
        yield from (f"    {parameter}" for parameter in parameters_of(found))
        yield from (f"    .{part}" for part in sorted(parts_of(found)))


def parameters_of(kind: type) -> Iterator[str]:
    """What the type is made from; a star marks what must be named."""
    if issubclass(kind, tuple):
        yield from kind._fields  # type: ignore[attr-defined]
        return
    for parameter in inspect.signature(kind).parameters.values():
        yield f"{'*' if parameter.kind is parameter.KEYWORD_ONLY else ''}{parameter}"


def parts_of(kind: type) -> Iterator[str]:
    fields = {field.name for field in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else set()
    for part in dir(kind):
        if part.startswith("_") or part in fields or (issubclass(kind, tuple) and hasattr(tuple, part)):
            continue
        value = inspect.getattr_static(kind, part)
        yield f"{part}{inspect.signature(value)}" if inspect.isfunction(value) else part


if __name__ == "__main__":
    print(describe(), end="")
