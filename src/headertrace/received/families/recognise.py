"""Which family wrote a field, told from what only the recording server writes."""

from __future__ import annotations

import re
from collections.abc import Callable

from headertrace.received.families import FAMILIES
from headertrace.received.families.family import Family
from headertrace.remembered import remembered

GENERIC = Family(name="generic")
# Server names and software texts repeat within an archive; a text costs about 150 bytes.
_remembering = remembered(4096)
# No mark is longer; a longer text is recognised by its beginning.
_MAX_TEXT = 200


def _teller(mark: str) -> Callable[[str], Family | None]:
    """Return a function that tells the first family whose ``mark`` matches a whole text."""
    owners = [family for family in FAMILIES if getattr(family, mark)]
    pattern = re.compile("|".join(f"({getattr(family, mark)})" for family in owners), re.I | re.S)
    if pattern.groups != len(owners):
        raise ValueError(f"a family's {mark} may not capture: one group each tells whose it is")

    def tell(text: str) -> Family | None:
        match = pattern.fullmatch(text[:_MAX_TEXT])
        return owners[match.lastindex - 1] if match and match.lastindex else None

    return tell


_OWNERS = {domain: family for family in FAMILIES for domain in family.domains}
_tell_by = _teller("by")


def _tell_server(name: str) -> Family | None:
    """Return the family below whose domains a server's name lies, or whose mark it bears."""
    domain = name[:_MAX_TEXT].lower()
    while domain:
        if domain in _OWNERS:
            return _OWNERS[domain]
        domain = domain.partition(".")[2]
    return _tell_by(name)


recognise_software = _remembering(_teller("software"))
_recognise_protocol = _remembering(_teller("protocol"))
recognise_by = _remembering(_tell_server)
_recognise_lead = _remembering(_teller("lead"))
_recognise_shape = _remembering(_teller("shape"))
# Ids differ from field to field: remembering them would only fill memory.
recognise_id = _teller("id")


def recognise_words(
    *, software: str | None, protocol: str | None, lead: str | None, by: str | None
) -> Family | None:
    """Return the family that these words of the recording server tell, whatever its ids are; or None."""
    return (
        (software and recognise_software(software))
        or (protocol and _recognise_protocol(protocol))
        or (lead and _recognise_lead(lead))
        or (by and recognise_by(by))
        or None
    )


def recognise(
    *,
    software: str | None,
    protocol: str | None,
    by: str | None,
    id_: str | None,
    lead: str | None,
    shape: Callable[[], str],
) -> Family:
    """Return the family that these words of the recording server tell, the surest mark first.

    ``shape`` is asked last, as most servers name themselves. A server that does so, and whose name nobody
    knows, is not told by the shape of its ids.
    """
    return (
        recognise_words(software=software, protocol=protocol, lead=lead, by=by)
        or (id_ and not software and recognise_id(id_))
        or _recognise_shape(shape())
        or GENERIC
    )
