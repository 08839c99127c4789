"""Every entry point that a stranger's octets reach, in the form in which its growth is measured."""

from __future__ import annotations

import io

from headertrace import examine, read_trace, report
from headertrace.cli.filter_command import pass_on
from headertrace.corpus.sources.read import Place, stream_items
from headertrace.corpus.sources.streams import Budget, buffered
from headertrace.corpus.worker import judge_entry
from headertrace.message.queued import read_queued
from headertrace.message.section import read_section
from headertrace.received.comments import read_parts
from headertrace.received.families.recognise import recognise
from headertrace.received.read import read_hop
from headertrace.received.stamp_time import read_time
from headertrace.reports.csv import csv_rows
from headertrace.reports.json import to_json
from headertrace.reports.redact import Redactor
from headertrace.reports.spamassassin import relay_fields


def hop(field: bytes) -> None:
    """One field, with what is read only when it is asked for."""
    found = read_hop(field)
    assert (found.spans, found.remarks, found.unread, found.defects, found.date) is not None


def parts(field: bytes) -> None:
    """A comment, of a client and of a server."""
    text = field.decode("latin-1")
    for server in (False, True):
        read_parts(text, 0, len(text), server=server)


def time(field: bytes) -> None:
    """A date."""
    read_time(field.decode("latin-1"))


def marks(field: bytes) -> None:
    """An id, and the other words by which a family is told."""
    text = field.decode("latin-1")
    recognise(software=text, protocol=text, by=text, id_=text, lead=text, shape=lambda: text)


def section(message: bytes) -> None:
    """A header section, each field of it also as it is shown."""
    found = read_section(message)
    assert len(found.values("received")) == found.count("received") <= len(found.fields)
    assert all(found.text(name.decode()) is not None for name in found.names)
    assert found.defects is not None


def judged(message: bytes) -> None:
    """A message, chained and judged."""
    examine(read_trace(message))


def gathered(data: bytes) -> None:
    """A file of any kind, each message in it judged."""
    place = Place(path="file", budget=Budget(packed=len(data)), file=io.BytesIO(data))
    for item in stream_items(buffered(io.BytesIO(data).read, lambda size: None), place):
        judge_entry(item, None)


def queued(data: bytes) -> None:
    """A file of a mail server's queue."""
    assert read_queued(data) is not None


def as_json(message: bytes) -> None:
    """A message, judged, as JSON and CSV."""
    found = examine(read_trace(message))
    assert to_json(found)
    assert list(csv_rows(found))


def as_page(message: bytes) -> None:
    """A message, judged, as text and as a page."""
    view = report(examine(read_trace(message)))
    assert view.text()
    assert view.html()


def as_evidence(message: bytes) -> None:
    """A message as an exhibit, for SpamAssassin's rules, and passed on by the filter."""
    Redactor(b"key").header(message)
    assert relay_fields(read_trace(message))
    pass_on(io.BytesIO(message), io.BytesIO(), None)
