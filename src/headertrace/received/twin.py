"""A Hop made by a class of the same shape that is not frozen.

To set a slot of a frozen class costs ten times as much: values go into a twin, which then becomes the Hop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, make_dataclass
from typing import Any

from headertrace.received.hop import Hop

# A twin with nothing in it, for whoever sets every slot that is asked for.
Blank: Any = type("Blank", (), {"__slots__": Hop.__slots__})
_Twin: Any = make_dataclass(
    "_Twin",
    [(each.name, each.type, each) for each in fields(Hop)],
    eq=False,
    repr=False,
    slots=True,
    kw_only=True,
)


def make_hop(values: Mapping[str, object]) -> Hop:
    """Return ``Hop(**values)``."""
    hop = _Twin(**values)
    hop.__class__ = Hop
    return hop  # type: ignore[no-any-return]
