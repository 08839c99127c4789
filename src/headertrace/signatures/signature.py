"""What a signature is: when it is asked, what it speaks for, and what it knows about itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from headertrace.signatures.evidence import Clues
from headertrace.signatures.scene import Scene
from headertrace.vocabulary import Scenario

Find = Callable[[Scene], Clues]
SECTION = re.compile(r"^\s*(Why it matters|Innocent causes|Reference|Kept because): ", re.M)


class Side(StrEnum):
    """What kind of thing a signature looks at."""

    PATH = "path"
    SENDER = "sender"
    CLIENT = "client"
    STATEMENT = "statement"


# Compared by identity: there is one of each, and they are keys of memos.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Signature:
    """One question put to a scene.

    It is asked where a bit of ``on`` is set, all of ``also`` and none of ``unless``. Then it fires, except
    where ``by_text`` says that ``find`` must look first: it fires where that returns evidence.
    ``misuse`` and ``bears`` hold +1, 0 or -1: the side it may speak for. The amounts are
    measured (``verdict/weights.toml``). ``capped`` names a sign by which a corpus was picked: no amount
    measured there means anything. ``needs`` names looked-up facts.
    """

    id: str
    name: str
    summary: str
    on: int
    also: int
    unless: int
    side: Side
    misuse: int
    bears: Mapping[Scenario, int]
    needs: tuple[str, ...]
    capped: bool
    by_text: bool
    find: Find
    notes: Mapping[str, str]


def signature(
    id: str,  # noqa: A002  (the word of the catalogue)
    *,
    on: int,
    side: Side,
    also: int = 0,
    unless: int = 0,
    misuse: int = 0,
    bears: Mapping[Scenario, int] | None = None,
    needs: tuple[str, ...] = (),
    capped: bool = False,
    by_text: bool = False,
) -> Callable[[Find], Signature]:
    """Return a decorator that makes a Signature of a function; its docstring is the documentation."""

    def declare(find: Find) -> Signature:
        summary, notes = read_notes(find.__doc__ or "")
        return Signature(
            id=id,
            name=find.__name__.replace("_", "-"),
            summary=summary,
            on=on,
            also=also,
            unless=unless,
            side=side,
            misuse=misuse,
            bears=bears or {},
            needs=needs,
            capped=capped,
            by_text=by_text,
            find=find,
            notes=notes,
        )

    return declare


def read_notes(text: str) -> tuple[str, dict[str, str]]:
    """Return the first sentence of a docstring and its named sections."""
    parts = SECTION.split(text)
    notes = {name: " ".join(body.split()) for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    return " ".join(parts[0].split()), notes
