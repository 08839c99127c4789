"""The fields of a delivery status report (RFC 3464, section 2; RFC 6533 for international addresses)."""

from __future__ import annotations

import re
from dataclasses import dataclass

Fields = dict[str, str]

# Section 2.3: every recipient has a group of its own; a report on more is a mailing list's.
GROUP_LIMIT = 1000
# A reply of 50 lines of 512 characters (RFC 5321, section 4.5.3.1.5) is already more than anybody sends.
VALUE_LIMIT = 25_600

# The actions by which nobody is refused (section 2.3.3).
DELIVERED = frozenset({"delivered", "relayed", "expanded"})

_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*+:[ \t]*+(.*)", re.DOTALL)
_TYPED = re.compile(r"\s*+[A-Za-z0-9-]{1,40}+\s*+;\s*+(.*)", re.DOTALL)
_FIRST = frozenset({"reporting-mta", "final-recipient", "original-recipient"})
_FLAT_START = re.compile(
    r"(?im)^(?:reporting-mta|final-recipient|original-recipient)[ \t]*+:[ \t]*+[a-z0-9-]{1,20}[ \t]*+;"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """The fields about the message and about each recipient: names in lower case, values unfolded."""

    message: Fields
    recipients: tuple[Fields, ...]


def read_status(text: str) -> StatusReport:
    """Return the groups of a ``message/delivery-status`` part, also where blank lines are missing."""
    groups = [group for group in _groups(text) if group]
    recipients = [group for group in groups if "final-recipient" in group or "original-recipient" in group]
    about_message = next((group for group in groups if "reporting-mta" in group), {})
    return StatusReport(message=about_message, recipients=tuple(recipients[:GROUP_LIMIT]))


def flat_status(text: str) -> str:
    """Return the status fields that stand in plain text, where broken MIME left no part for them."""
    start = _FLAT_START.search(text)
    return text[start.start() :] if start else ""


def untyped(value: str | None) -> str | None:
    """Return a value without its type (``dns;``, ``rfc822;``, ``smtp;``: section 2.1.2); None where empty."""
    if value is None:
        return None
    typed = _TYPED.fullmatch(value)
    return (typed[1] if typed else value).strip() or None


def action_of(group: Fields) -> str:
    """Return what became of a recipient (section 2.3.3), in lower case and without sendmail's comment."""
    return (untyped(group.get("action")) or "").lower().partition(" ")[0]


def _groups(text: str) -> list[Fields]:
    groups: list[Fields] = [{}]
    name = ""
    for line in text.splitlines():
        field = _FIELD.fullmatch(line)
        if not line.strip():
            groups.append({})
            name = ""
        elif line[0] in " \t" and name:
            if len(groups[-1][name]) < VALUE_LIMIT:
                groups[-1][name] += " " + line.strip()
        elif field:
            name = _add(groups, field[1].lower(), field[2].strip())
    return groups


def _add(groups: list[Fields], name: str, value: str) -> str:
    """Put a field into the last group; a second recipient in one group starts the next."""
    if name in groups[-1] and name in _FIRST:
        groups.append({})
    groups[-1].setdefault(name, value)
    return name
