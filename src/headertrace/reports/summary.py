"""What the rest of the header tells a reader: the letter-head, what filters said, and all other fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from headertrace.message.display import display
from headertrace.message.section import Field, HeaderSection
from headertrace.reports.escape import FIELD_LIMIT, one_line

# The fields that say what the message claims to be (RFC 5322, sections 3.6.1 to 3.6.5).
LETTER_HEAD = ("subject", "from", "sender", "reply-to", "to", "cc", "date", "message-id", "archived-at")
# The fields in which a server reports on authentication (RFC 8601, 7208, 8617).
AUTHENTICATION = (
    "return-path",
    "authentication-results",
    "received-spf",
    "arc-authentication-results",
    "dkim-signature",
)
# Filter reports written as `KEY:value;KEY:value`, and what their keys mean (Microsoft's documentation of
# "Anti-spam message headers in Microsoft 365").
FILTER_REPORTS = (
    "x-forefront-antispam-report",
    "x-forefront-antispam-report-untrusted",
    "x-microsoft-antispam",
    "x-microsoft-antispam-untrusted",
)
FILTER_KEYS = {
    "ARC": "ARC result",
    "BCL": "bulk complaint level",
    "CAT": "category of the protection policy",
    "CIP": "connecting address",
    "CTRY": "country of the connecting address",
    "DIR": "direction",
    "H": "HELO of the connecting server",
    "IPV": "address reputation",
    "LANG": "language",
    "PCL": "phishing confidence level",
    "PTR": "reverse name of the connecting address",
    "SCL": "spam confidence level",
    "SFTY": "safety tip",
    "SFV": "verdict of the spam filter",
    "SRV": "bulk mail rule",
}
# Characters of one line of the letter-head: enough for what people write, and to see that a list is long.
HEAD_LIMIT = 600
# A page stays readable; a header of an honest message has below 100 fields.
MOST_FIELDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table: a name, a value safe to show, and what the name means."""

    name: str
    value: str
    meaning: str = ""


def letter_head(section: HeaderSection) -> tuple[Line, ...]:
    """Return subject, sender, recipients, date and Message-ID, decoded for reading (RFC 2047)."""
    return tuple(_lines(section, LETTER_HEAD, HEAD_LIMIT))


def authentication(section: HeaderSection) -> tuple[Line, ...]:
    """Return what servers said about SPF, DKIM and DMARC; each may be forged below the boundary."""
    return tuple(_lines(section, AUTHENTICATION, FIELD_LIMIT))


def others(section: HeaderSection) -> tuple[Line, ...]:
    """Return every field that stands nowhere else in the report, in the order of the message."""
    shown = {*LETTER_HEAD, *AUTHENTICATION, *FILTER_REPORTS, "received"}
    rest = [field for field in section.fields if field.name.lower() not in shown]
    return tuple(_line(field, FIELD_LIMIT) for field in rest[:MOST_FIELDS])


def filter_reports(section: HeaderSection) -> tuple[Line, ...]:
    """Return the readable parts of Microsoft's filter reports, each with what its key means."""
    return tuple(
        Line(name=key, value=one_line(value), meaning=FILTER_KEYS.get(key, ""))
        for field in section.fields
        if field.name.lower() in FILTER_REPORTS
        for key, value in _pairs(field)
    )


def _pairs(field: Field) -> Iterator[tuple[str, str]]:
    for part in field.value[:FIELD_LIMIT].decode("utf-8", "surrogateescape").split(";"):
        key, colon, value = part.strip().partition(":")
        if colon and value and key.isalpha():
            yield one_line(key.upper(), 20), value.strip()


def _lines(section: HeaderSection, names: tuple[str, ...], limit: int) -> Iterator[Line]:
    for name in names:
        yield from (_line(field, limit) for field in section.get_all(name)[:MOST_FIELDS])


def _line(field: Field, limit: int) -> Line:
    return Line(name=one_line(field.name, 80), value=decoded(field.value, limit))


def decoded(value: bytes, limit: int) -> str:
    """Return a field's value for reading: encoded words decoded, everything unsafe made visible."""
    return one_line(display(value) if len(value) <= FIELD_LIMIT else value, limit)
