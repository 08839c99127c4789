"""Reports of abuse as JSON (XARF 4, xarf.org): one for the open service, one for spam that it let out."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from headertrace.cases.case import CaseKind
from headertrace.reports.arf import USER_AGENT, require_reportable
from headertrace.reports.dossier import WHAT, Dossier, relay_name
from headertrace.reports.reporter import Reporter
from headertrace.trace.trace import read_trace
from headertrace.vocabulary import Confidence

VERSION = "4.2.0"
SMTP_PORT = 25
DESCRIPTION_LIMIT = 1000
SUBJECT_LIMIT = 500

# XARF wants a number; these are our words put in order, not measured probabilities.
CONFIDENCE = {Confidence.POSSIBLE: 0.3, Confidence.LIKELY: 0.7, Confidence.ESTABLISHED: 0.95}
_MAILBOX = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")


def xarf_reports(dossier: Dossier, reporter: Reporter, now: datetime) -> tuple[dict[str, Any], ...]:
    """Return the reports for a dossier, ready for JSON; ``ValueError`` where it must not be reported."""
    require_reportable(dossier)
    core = _core(dossier, reporter, now)
    spam = _spam(dossier)
    return (
        {**core, "report_id": str(uuid4()), **_cause(dossier)},
        *([{**core, "report_id": str(uuid4()), **spam}] if spam else []),
    )


def _core(dossier: Dossier, reporter: Reporter, now: datetime) -> dict[str, Any]:
    case = dossier.case
    contact = {"org": reporter.organisation, "contact": reporter.contact, "domain": reporter.domain}
    told = f"{relay_name(dossier)} {WHAT[case.kind]}: {'; '.join(case.reasons)}"
    return {
        "xarf_version": VERSION,
        "timestamp": f"{(case.last_seen or now).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "reporter": contact,
        "sender": contact,
        "source_identifier": str(dossier.address),
        "evidence_source": "automated_filter",
        "evidence": [_evidence(exhibit) for exhibit in dossier.exhibits],
        "confidence": CONFIDENCE[case.confidence or Confidence.POSSIBLE],
        "description": told[:DESCRIPTION_LIMIT],
        "tags": [f"{USER_AGENT}:{case.kind}"],
    }


def _evidence(exhibit: bytes) -> dict[str, Any]:
    return {
        "content_type": "text/rfc822-headers",
        "description": "Header of a message that the server let out; recipients are replaced by keyed hashes",
        "payload": b64encode(exhibit).decode("ascii"),
        "hash": f"sha256:{sha256(exhibit).hexdigest()}",
        "size": len(exhibit),
    }


def _cause(dossier: Dossier) -> dict[str, Any]:
    """Return what makes the report one about the server: an open service, or an account taken over."""
    if dossier.case.kind is CaseKind.STOLEN_ACCOUNT:
        how = "password of a mail account in a stranger's hands"
        return {"category": "infrastructure", "type": "compromised_server", "compromise_method": how}
    return {"category": "vulnerability", "type": "open_service", "service": "smtp", "source_port": SMTP_PORT}


def _spam(dossier: Dossier) -> dict[str, Any] | None:
    """Return what makes the report one about spam; None without a sender and a port, which are required."""
    trace = read_trace(dossier.exhibits[0])
    section, newest_first = trace.section, trace.hops[::-1]
    sender = _MAILBOX.search(section.text("return-path") or section.text("from") or "")
    # The relay's own port, where the server that took the message recorded it.
    port = next((hop.port for hop in newest_first if hop.ip == dossier.address and hop.port), None)
    if sender is None or port is None:
        return None
    told = {
        # What was said in RCPT, never what stands in To.
        "smtp_to": next((one for hop in newest_first for one in hop.recipients if "@" in one), ""),
        "subject": (section.text("subject") or "")[:SUBJECT_LIMIT],
        "message_id": (section.text("message-id") or "")[:200],
    }
    required = {
        "category": "messaging",
        "type": "spam",
        "protocol": "smtp",
        "smtp_from": sender[0],
        "source_port": port,
    }
    return {**required, **{name: value for name, value in told.items() if value}}
