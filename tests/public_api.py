"""The public surface as text; `python -m tests.public_api > tests/public_api.txt` renews the snapshot."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from enum import Enum

import headertrace


def describe() -> str:
    """Every public name with its signature, its fields, its members or its methods."""
    return "".join(f"{line}\n" for name in headertrace.__all__ for line in lines_of(name))


def lines_of(name: str) -> Iterator[str]:
    found = getattr(headertrace, name)
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
