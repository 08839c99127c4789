"""An SQL engine in which messages are compared; DuckDB and Spark run the same queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol

Row = Mapping[str, Any]

# How many of the most frequent values of each kind a case tells.
MOST = 100
SAMPLES = 5
VIEWS = ("sightings", "members", "cases", "surroundings", "facets", "samples")
RESULTS = {
    "candidates": "select * from candidates order by kind, case_key",
    "surroundings": "select * from surroundings order by kind, case_key",
    "facets": "select * from facets order by kind, case_key, facet, messages desc, facet_value",
    "samples": "select * from samples order by kind, case_key, place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What two engines call differently."""

    micros: str
    unnest: str
    relation: str


class Engine(Protocol):
    """Anything with a view ``messages`` of our schema that speaks SQL."""

    @property
    def dialect(self) -> Dialect:
        """The engine's words."""

    def run(self, statement: str) -> None:
        """Run a statement that returns nothing."""

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""


def query(name: str, dialect: Dialect) -> str:
    """Return the text of one of our views in the words of an engine."""
    text = (files("headertrace.cases") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    return text.format(
        micros=dialect.micros, unnest=dialect.unnest, relation=dialect.relation, most=MOST, samples=SAMPLES
    )


def gather(engine: Engine) -> dict[str, list[Row]]:
    """Return the rows of every result: only possible cases leave the engine, never single messages."""
    for name in VIEWS:
        engine.run(query(name, engine.dialect))
    return {name: engine.rows(text) for name, text in RESULTS.items()}
