"""An item as a source gave it becomes a message to judge, or the reason why it is none."""

from __future__ import annotations

import json
from typing import NamedTuple

from headertrace.corpus.sources import Form, InputError, Item, Trouble
from headertrace.corpus.sources.cells import message_in
from headertrace.tables.inputs import MESSAGE_COLUMNS, name_column


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
    raw = message_in(row)
    if raw is None:
        text = f"none of {', '.join(MESSAGE_COLUMNS)}, and no other that holds a header section"
        return _error(item, Trouble.NO_HEADER_COLUMN, text)
    named = name_column(list(row))
    return Letter(raw, str(row[named]) if named else None)


def _error(item: Item, trouble: Trouble, text: str) -> InputError:
    return InputError(path=item.path, offset=item.offset, trouble=trouble, text=f"{trouble}: {text}")
