"""A property that is computed when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["lazy"]

if TYPE_CHECKING:
    # Nobody may assign to one: to a type checker it is what only reads.
    from builtins import property as lazy
else:

    class lazy:  # noqa: N801  (a decorator, used like ``property``)
        """Like ``functools.cached_property``, without the lock that Python 3.11 takes on first access."""

        def __init__(self, compute: Callable[[Any], Any]) -> None:
            self.compute = compute
            self.name = compute.__name__
            self.__doc__ = compute.__doc__

        def __get__(self, owner: object | None, kind: type) -> Any:
            if owner is None:
                return self
            # The instance's own dictionary wins over this (non-data) descriptor from now on. Of two threads
            # that asked first both get the same: hops are told apart by identity.
            return owner.__dict__.setdefault(self.name, self.compute(owner))
