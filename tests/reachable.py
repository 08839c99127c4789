"""The types of ours that a program meets in public signatures, fields and properties, one after the other."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator

import headertrace

# Readers hand it to a HeaderSection, which tells it to nobody.
NOT_TOLD = {"Layout"}


def reachable() -> dict[str, str]:
    """Every class of ours that can be reached from the public names, and what tells of it."""
    met: dict[str, str] = dict.fromkeys(headertrace.__all__, "headertrace")
    waiting = [getattr(headertrace, name) for name in headertrace.__all__]
    while waiting:
        holder = waiting.pop()
        for place, kind in told_by(holder):
            if kind.__name__ not in met:
                met[kind.__name__] = place
                waiting.append(kind)
    return met


def told_by(holder: object) -> Iterator[tuple[str, type]]:
    if inspect.isfunction(holder):
        yield from classes_in(holder.__qualname__, holder.__annotations__.get("return"), holder.__module__)
    elif inspect.isclass(holder):
        for base in holder.__mro__:
            if base.__module__.startswith("headertrace."):
                for name, annotation in annotations_of(base):
                    yield from classes_in(f"{holder.__name__}.{name}", annotation, base.__module__)


def annotations_of(kind: type) -> Iterator[tuple[str, object]]:
    if dataclasses.is_dataclass(kind):
        yield from ((field.name, field.type) for field in dataclasses.fields(kind))
    elif "__init__" in vars(kind):
        yield from vars(kind)["__init__"].__annotations__.items()
    for name, part in vars(kind).items():
        if name.startswith("_"):
            continue
        for function in (part, *(getattr(part, inner, None) for inner in ("fget", "compute", "__func__"))):
            if inspect.isfunction(function):
                yield name, function.__annotations__.get("return")


def classes_in(place: str, annotation: object, module: str) -> Iterator[tuple[str, type]]:
    names = vars(sys.modules[module])
    for word in re.findall(r"[A-Za-z_]\w*", str(annotation or "")):
        found = names.get(word)
        if inspect.isclass(found) and found.__module__.startswith("headertrace.") and word not in NOT_TOLD:
            yield place, found
