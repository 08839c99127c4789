"""Keys of registered lists: a label of the zone, secret, and never to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from headertrace.blocklists.catalogue import every

HIDDEN = "<key>"

# A label this long that mixes letters and digits is taken for a key in a zone that nobody knows:
# keys in use have 25 and more characters, names that people choose are shorter or words.
LIKELY_KEY = 20

_LABEL = r"[A-Za-z0-9_-]{1,63}+"


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """Return the text with every key of a known operator, and each of ``secrets``, written as ``<key>``."""
    text = _keyed().sub(HIDDEN, text)
    for secret in secrets:
        text = re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE)
    return text


def secrets_of(zone: str) -> tuple[str, ...]:
    """Return the labels of a zone named by the user that are keys, or look like one."""
    known = _keyed().findall(zone)
    return tuple(dict.fromkeys([*known, *(label for label in zone.split(".") if _looks_secret(label))]))


def _looks_secret(label: str) -> bool:
    letters, digits = any(map(str.isalpha, label)), any(map(str.isdigit, label))
    return len(label) >= LIKELY_KEY and letters and digits


@cache
def _keyed() -> re.Pattern[str]:
    """Return a pattern for the key of any product of an operator whose zones have keys."""
    homes = {item.zone.partition(".")[2] for item in every() if item.keyed}
    home = "|".join(re.escape(name) for name in sorted(homes))
    return re.compile(rf"(?<![A-Za-z0-9_-]){_LABEL}(?=\.{_LABEL}\.(?:{home})(?![A-Za-z0-9-]))", re.IGNORECASE)
