"""The schema as a page: docs/schema.md is made by ``python -m headertrace.tables.describe``."""

from __future__ import annotations

from collections.abc import Iterator

from headertrace.tables.column import Column
from headertrace.tables.schema import COLUMNS, SCHEMA_VERSION, Table

KINDS = {
    "text": "string",
    "texts": "list of string",
    "flag": "bool",
    "bytes": "binary",
    "small": "int32",
    "number": "int64",
    "real": "double",
    "time": "timestamp (µs, UTC)",
}
INTRODUCTION = f"""# The tables

Schema {SCHEMA_VERSION}. `headertrace scan` writes these tables, as Parquet, as DuckDB or as JSON Lines, and
`headertrace.tables.read_batch.read_batch` gives them as Arrow batches. Their number stands in each file's
metadata (`headertrace.schema`), in `scan.json`, in the table `headertrace` of a DuckDB file and in each
JSON line.

Within a schema number columns are only added, and keep their meaning. A reader refuses what is newer.
`message` joins the tables. What is not known is null, never an empty text; an empty `return_path` is the
null sender.

`date_zone`, `template`, `mailer` and `id_shape` serve to compare strangers' mail: they are null for answers,
patches and what came straight to its recipient.

`findings` holds what decided, so that a scan costs little more than judging: `headertrace trace` looks
further for whoever wants to read why.

In JSON Lines each message is one object: the columns of `messages`, and its rows of `hops`, `findings` and
`verdicts` as lists of these names. Errors stand in a file of their own, `*.errors.jsonl`.
"""
ORDER = (Table.MESSAGES, Table.HOPS, Table.FINDINGS, Table.VERDICTS, Table.ERRORS)


def page() -> str:
    """Return docs/schema.md."""
    return INTRODUCTION + "".join(f"\n## {table}\n\n{_rows(COLUMNS[table])}" for table in ORDER)


def _rows(columns: tuple[Column, ...]) -> str:
    return "".join(_lines(columns))


def _lines(columns: tuple[Column, ...]) -> Iterator[str]:
    yield "| column | type | meaning |\n|---|---|---|\n"
    for one in columns:
        never = ", never null" if one.required else ""
        yield f"| `{one.name}` | {KINDS[one.kind]}{never} | {one.meaning} |\n"


if __name__ == "__main__":
    print(page(), end="")
