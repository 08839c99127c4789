"""An item as a source gave it becomes a message to judge, or the reason why it is none."""

from __future__ import annotations

import json
from typing import NamedTuple

from headertrace.corpus.sources import Form, InputError, Item, Trouble
from headertrace.corpus.sources.cells import cell_bytes
from headertrace.tables.inputs import MESSAGE_COLUMNS, message_column, name_column

# Columns of fields one by one, beside those that hold a text.
LISTED = ("internetMessageHeaders", "message-headers", "message_headers")


class Letter(NamedTuple):
    """A message, or its header section alone, and the id that its source gives."""

    raw: bytes
    name: str | None


def decode(item: Item) -> Letter | InputError:
    """Return the message in an item; whatever a file held, nothing is raised."""
    if item.form is Form.JSON:
        return _from_json(item)
    return Letter(item.data, item.name)


def _from_json(item: Item) -> Letter | InputError:
    try:
        row = json.loads(item.data)
    except (ValueError, RecursionError) as error:
        return _error(item, Trouble.CORRUPT, f"no JSON: {error}")
    if not isinstance(row, dict):
        return _error(item, Trouble.NOT_A_MESSAGE, "no object")
    names = list(row)
    column, named = message_column(names), name_column(names)
    raw = cell_bytes(row[column]) if column else _fields_of(row)
    if raw is None:
        return _error(item, Trouble.NO_HEADER_COLUMN, f"none of {', '.join(MESSAGE_COLUMNS)}")
    return Letter(raw, str(row[named]) if named else None)


def _fields_of(row: dict[str, object]) -> bytes | None:
    """Return the fields where Gmail's and Microsoft Graph's interfaces, and senders' web hooks, have them."""
    payload = row.get("payload")
    listed = payload.get("headers") if isinstance(payload, dict) else None
    return next((found for value in (listed, *map(row.get, LISTED)) if (found := cell_bytes(value))), None)


def _error(item: Item, trouble: Trouble, text: str) -> InputError:
    return InputError(path=item.path, offset=item.offset, trouble=trouble, text=f"{trouble}: {text}")
