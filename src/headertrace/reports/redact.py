"""A message's header made fit to be shown to others: evidence kept, recipients replaced (RFC 6590)."""

from __future__ import annotations

import hmac
import re
import secrets

from headertrace.message.display import display
from headertrace.message.section import Field, read_section
from headertrace.received.read import read_hop

# 64 bits tell all recipients of a case apart; more would only make the report longer.
DIGITS = 16
# A message to more recipients is told by their number.
MOST_RECIPIENTS = 200

# What proves where a message came from and whose it claims to be. All else stays at home: other fields
# may hold a recipient in forms that nobody can foresee (List-Unsubscribe, X-Mailer-RecptId ...).
# fmt: off
EVIDENCE = frozenset((
    "received", "return-path", "from", "sender", "reply-to", "date", "message-id", "subject", "to", "cc",
    "x-mailer", "user-agent", "x-mimeole", "x-priority", "x-php-originating-script", "mime-version",
    "x-originating-ip", "x-sender-ip", "x-source-ip", "x-authenticated-sender", "x-authentication-warning",
    "received-spf", "authentication-results", "content-type", "auto-submitted", "precedence",
))
_RECIPIENTS = (
    "to", "cc", "bcc", "delivered-to", "envelope-to", "x-original-to", "x-envelope-to", "apparently-to",
)
# fmt: on
_REWRITTEN = frozenset({"to", "cc"})
_TRACE = frozenset({"received", "return-path", "message-id", "received-spf", "authentication-results"})
_ADDRESS = re.compile(r"([\w.!#$%&'*+/=?^`{|}~-]{1,64})@([A-Za-z0-9.-]{1,253})")


class Redactor:
    """Replaces the local part of an address by a keyed hash: the same in one case, another in the next."""

    def __init__(self, key: bytes | None = None) -> None:
        """Take the case's key; without one a new key is made, and forgotten with this object."""
        self._key = key or secrets.token_bytes(32)

    def address(self, address: str) -> str:
        """Return the address with its local part replaced; the domain stays (RFC 6590, section 3)."""
        local, at, domain = address.rpartition("@")
        if not at:
            local, domain = address, ""
        whole = f"{local}@{domain.lower()}".encode("utf-8", "surrogateescape")
        name = "redacted-" + hmac.new(self._key, whole, "sha256").hexdigest()[:DIGITS]
        return f"{name}@{domain.lower()}" if at else name

    def header(self, raw: bytes) -> bytes:
        """Return the fields of a header section that are evidence, every recipient in them replaced."""
        section = read_section(raw)
        recipients = _recipients_of(raw)
        pattern = _pattern(recipients)
        lines = []
        for field in section.fields:
            if field.name.lower() in EVIDENCE:
                lines.append(f"{field.name}:{self._value(field, pattern)}\n")
        return "".join(lines).encode("utf-8", "surrogateescape")

    def _value(self, field: Field, pattern: re.Pattern[str]) -> str:
        name = field.name.lower()
        if name in _REWRITTEN:
            return " " + self._listed(field.value.decode("latin-1"))
        # The trace stays as it was written; elsewhere an encoded word (RFC 2047) may hide a recipient.
        kept = field.value.decode("utf-8", "surrogateescape").replace("\r\n", "\n")
        value = kept if name in _TRACE else " " + display(field.value)
        return pattern.sub(lambda found: self._found(found[0]), value)

    def _found(self, text: str) -> str:
        """Return what stands for a recipient, also in the form that senders put into their own address."""
        if "@" in text:
            return self.address(text)
        local, _, domain = text.rpartition("=")
        return self.address(f"{local}@{domain}").replace("@", "=")

    def _listed(self, value: str) -> str:
        """Return a recipient field without names: they are people's."""
        found = [match[0] for match in _ADDRESS.finditer(value)]
        if len(found) > MOST_RECIPIENTS:
            return f"{len(found)} recipients"
        return ", ".join(f"<{self.address(one)}>" for one in found) or "undisclosed"


def _recipients_of(raw: bytes) -> tuple[str, ...]:
    """Return the recipients that the header names, in its fields and in FOR clauses."""
    section = read_section(raw)
    found: dict[str, None] = {}
    for name in _RECIPIENTS:
        for value in section.values(name):
            found.update(dict.fromkeys(match[0] for match in _ADDRESS.finditer(value.decode("latin-1"))))
    for value in section.received:
        found.update(dict.fromkeys(one for one in read_hop(value).recipients if "@" in one))
    return tuple(found)[:MOST_RECIPIENTS]


def _pattern(recipients: tuple[str, ...]) -> re.Pattern[str]:
    forms = [form for one in recipients for form in (one, one.replace("@", "="))]
    forms.sort(key=len, reverse=True)
    text = "|".join(re.escape(form) for form in forms) or r"(?!)"
    return re.compile(rf"(?<![\w.])(?:{text})(?![\w-]|\.\w)", re.IGNORECASE)
