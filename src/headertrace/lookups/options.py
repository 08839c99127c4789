"""What a run asks, whom, and for how long; and which of these options cannot be followed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from headertrace.lookups.window import PATIENCE, RUN


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is asked, whom, and for how long.

    ``resolvers`` (``HOST[:PORT]``) empty: those of this machine. ``lists`` None: the default ones;
    else zones or names of lists. ``within`` bounds the whole run, ``patience`` one question, both
    in seconds. ``probe`` tries the lists' test points first. ``databases`` are MMDB files.
    ``documentation`` asks about documentation addresses and names too, as a laboratory needs it.
    """

    resolvers: Sequence[str] = ()
    lists: Sequence[str] | None = None
    within: float = RUN
    patience: float = PATIENCE
    reverse: bool = True
    names: bool = True
    probe: bool = True
    reasons: bool = True
    documentation: bool = False
    databases: Sequence[str | os.PathLike[str]] = ()

    def __post_init__(self) -> None:
        """Take one text for a list of one, as type checkers do; ``ValueError`` for a time that is none."""
        for name in ("resolvers", "lists", "databases"):
            value = getattr(self, name)
            if isinstance(value, str | os.PathLike):
                object.__setattr__(self, name, (value,))
        # NaN would never be over.
        for name, seconds in (("within", self.within), ("patience", self.patience)):
            if not seconds > 0:
                raise ValueError(f"{name}: more than 0 seconds, not {seconds}")


DEFAULT = Options()


class OptionError(ValueError):
    """An option that cannot be followed; ``option`` is its name among the ``Options``."""

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(reason)
        self.option = option


@contextmanager
def blaming(option: str) -> Iterator[None]:
    """Turn a ``ValueError`` into one that names the option."""
    try:
        yield
    except ValueError as error:
        raise OptionError(option, str(error)) from error
