"""Targets that show: every report of any message is well formed, and nothing of the mail commands in it."""

from __future__ import annotations

import csv
import email
import io
import json
from datetime import UTC, datetime
from ipaddress import ip_address
from unicodedata import bidirectional, category

from headertrace import Case, Confidence, Examination, Trace, examine, read_trace, report
from headertrace.cases.case import CaseKind
from headertrace.cli.filter_command import pass_on
from headertrace.message.section import read_section
from headertrace.reports.arf import arf_message
from headertrace.reports.csv import COLUMNS, FORMULA, csv_rows
from headertrace.reports.dossier import Dossier
from headertrace.reports.json import to_json
from headertrace.reports.redact import Redactor
from headertrace.reports.reporter import Reporter
from headertrace.reports.spamassassin import relay_fields
from headertrace.reports.stamp import FIELD_NAME
from headertrace.reports.xarf import xarf_reports

from ..reports.test_escape import TURNING
from ..reports.test_html import Tags

REPORTER = Reporter(organisation="Example Desk", contact="abuse@example.net", domain="example.net")
NOW = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
KEY = b"the same for every run"
# Controls, halves of characters, and what ends lines.
COMMANDING = {"Cc", "Cs", "Zl", "Zp"}


def shown(data: bytes) -> None:
    """A message as text, JSON and CSV: no control character of the mail's, no cell that is a formula."""
    judged = examine(read_trace(data))
    assert isinstance(json.loads(to_json(judged)), dict)
    assert _harmless(str(report(judged)))
    for row in csv.reader(csv_rows(judged)):
        assert len(row) == len(COLUMNS)
        assert all(cell[:1] not in FORMULA or _is_number(cell) for cell in row if cell)


def _harmless(text: str) -> bool:
    """Tell whether nothing but line ends commands: no control, and nothing that turns the order."""
    signs = set(text) - {"\n"}
    return not {*map(category, signs)} & COMMANDING and not {*map(bidirectional, signs)} & TURNING


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def page(data: bytes) -> None:
    """A message as a page, alone and among many: elements close, nothing is loaded, no script runs."""
    judged = examine(read_trace(data))
    for subject in (judged, [judged, judged]):
        tags = Tags(report(subject).html())
        assert not tags.names & {"script", "link", "img", "iframe", "object", "form", "base"}
        assert not {"src", "style"} & set(tags.attributes)
        assert not any(name.startswith("on") for name in tags.attributes)
        assert all(str(target).startswith("#") for target in tags.attributes.get("href", ()))
        assert len(tags.ids) == len(set(tags.ids))


def evidence(data: bytes) -> None:
    """A message reported: to an abuse desk as ARF and XARF, to SpamAssassin's rules, to the next filter."""
    chain = read_trace(data)
    judged = examine(chain)
    assert _harmless(relay_fields(chain))
    dossier = _dossier(chain, judged)
    message = email.message_from_bytes(arf_message(dossier, REPORTER, NOW))
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/report",
        "text/plain",
        "message/feedback-report",
        "text/plain",
        "text/rfc822-headers",
    ]
    assert json.dumps(xarf_reports(dossier, REPORTER, NOW))
    _passed_on(data)


def _dossier(chain: Trace, judged: Examination) -> Dossier:
    names = [hop.helo for hop in chain.hops if hop.helo]
    case = Case(
        kind=CaseKind.OPEN_RELAY,
        relay=chain.border.by if chain.border else None,
        helos=dict.fromkeys(names, 1),
        last_seen=chain.border.date if chain.border else None,
        messages=1,
        confidence=Confidence.LIKELY,
        reasons=(judged.verdict.scenario,),
    )
    exhibit = Redactor(KEY).header(chain.section.raw)
    return Dossier(case=case, address=ip_address("192.0.2.1"), exhibits=(exhibit,))


def _passed_on(data: bytes) -> None:
    """The filter adds one field, removes what pretends to be one, and leaves the rest as it is."""
    target = io.BytesIO()
    pass_on(io.BytesIO(data), target, None)
    passed, name = target.getvalue(), FIELD_NAME.encode()
    assert b"verdict=none" not in b"".join(read_section(passed).values(FIELD_NAME))
    if name.lower() not in data.lower():
        start, added = passed.index(name), len(passed) - len(data)
        assert passed[:start] + passed[start + added :] == data
