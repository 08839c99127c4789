"""The ``X-Headertrace`` field: a judgement in the header of the message that it is about."""

from __future__ import annotations

import re

from headertrace.verdict.examination import Examination

FIELD_NAME = "X-Headertrace"
# A host name has at most 253 characters (RFC 1035, section 2.3.4).
LONGEST_VALUE = 253
# RFC 5322, section 2.1.1: lines should be no longer.
LINE_WIDTH = 78
# Whatever else a relay calls itself could end the value, or the field, for some reader.
NOT_PLAIN = re.compile(r"[^A-Za-z0-9._:-]")


def stamp(judged: Examination, version: str) -> str:
    r"""Return the field with its folds, lines ending in ``\n``: ASCII, and never longer than 1 KB."""
    verdict = judged.verdict
    relay = verdict.relay
    return write_field(
        {
            "verdict": str(verdict.scenario),
            "confidence": verdict.confidence,
            "misuse": judged.misuse,
            "relay": str(relay.ip) if relay and relay.ip else None,
            "relay-name": relay.name if relay else None,
            "version": version,
        }
    )


def unjudged(version: str) -> str:
    """Return the field of a message that could not be judged."""
    return write_field({"verdict": "none", "version": version})


def write_field(values: dict[str, str | None]) -> str:
    """Return ``name=value`` parts behind the field's name, folded between them; None is ``none``."""
    lines = [f"{FIELD_NAME}:"]
    parts = [f"{name}={plain(value)}" for name, value in values.items()]
    for part in (*(f"{part};" for part in parts[:-1]), parts[-1]):
        if len(lines[-1]) + 1 + len(part) > LINE_WIDTH:
            lines.append("\t" + part)
        else:
            lines[-1] += " " + part
    return "\n".join(lines) + "\n"


def plain(value: str | None) -> str:
    """Return the value with a ``?`` for each character that is no letter, digit or ``._:-``."""
    return NOT_PLAIN.sub("?", value[:LONGEST_VALUE]) if value else "none"
