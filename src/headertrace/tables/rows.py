"""An Examination becomes rows: tuples in the order of the schema's columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from headertrace.message.section import HeaderSection
from headertrace.received.hop import Hop
from headertrace.received.stamp_time import read_time
from headertrace.signatures.mailboxes import first_value
from headertrace.signatures.scene import Scene, read_scene
from headertrace.tables.entry import entry_columns
from headertrace.tables.texts import MAX_SUBJECT, clean, digest, field_text, id_shape, template_of
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Examination, Finding, Hypothesis

Row = tuple[object, ...]
# Evidence longer than this is cut: whole fields are found again by the message's path and offset.
MAX_EVIDENCE = 200
# A loop or an attack makes more; the ends of such a chain are what matters.
MAX_HOP_ROWS = 200


def message_row(key: int, judged: Examination, name: str | None = None) -> Row:
    """Return the row of ``messages`` for one examination."""
    scene = read_scene(judged.trace)
    verdict = judged.verdict
    return (
        key,
        clean(judged.source.path),
        judged.source.offset,
        clean(name),
        *_identity(judged.trace.section),
        *_letter(scene),
        len(judged.trace.hops),
        *entry_columns(scene),
        str(verdict.scenario),
        verdict.confidence,
        verdict.score,
        judged.misuse,
        [finding.id for finding in judged.findings],
        [str(defect.kind) for defect in judged.trace.defects],
        list(judged.failures),
    )


def _identity(section: HeaderSection) -> Row:
    """Return the columns ``message_id`` to ``size``; duplicates are marked when all messages are known."""
    message_id = field_text(section, "message-id")
    date = first_value(section, "date")
    if message_id:
        key = digest(message_id, date)
    else:
        others = (first_value(section, one) for one in ("from", "subject", "received"))
        key = digest(date, *others)
    return message_id, key, None, False, len(section.raw)


def _letter(scene: Scene) -> Row:
    """Return the columns ``date`` to ``list_id``: what the sender, or the list, filled in."""
    section, boxes = scene.trace.section, scene.boxes
    date, zone = _date(section)
    subject = field_text(section, "subject", MAX_SUBJECT)
    path = first_value(section, "return-path")
    return (
        date,
        zone,
        next((hop.date for hop in reversed(scene.trace.hops) if hop.date), None),
        subject,
        template_of(subject),
        clean(boxes.sender),
        clean(boxes.sender_domain),
        clean(boxes.reply),
        None if path is None else clean(path.decode("latin-1").strip().strip("<>")),
        boxes.recipient is not None,
        field_text(section, "x-mailer") or field_text(section, "user-agent"),
        id_shape(field_text(section, "message-id")),
        field_text(section, "list-id"),
    )


def _date(section: HeaderSection) -> tuple[datetime | None, int | None]:
    value = first_value(section, "date")
    stamp = read_time(value.decode("latin-1")) if value else None
    if stamp is None or stamp.when is None:
        return None, None
    return stamp.when, _minutes(stamp.when) if stamp.zone_known else None


def _minutes(date: datetime) -> int:
    offset = date.utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


def hop_rows(key: int, trace: Trace) -> Iterator[Row]:
    """Yield the rows of ``hops`` for one trace, oldest first; the newest ``MAX_HOP_ROWS`` of them."""
    standings = _standings(trace)
    first = max(0, len(trace.hops) - MAX_HOP_ROWS)
    delays = (None, *trace.delays)
    for index, hop in enumerate(trace.hops[first:], first):
        yield (key, index, standings.get(id(hop)), *_client(hop), *_server(hop), *_rest(hop, delays[index]))


def _standings(trace: Trace) -> dict[int, str]:
    found = {id(hop): "trusted" for hop in trace.trusted}
    found.update((id(hop), "claimed") for hop in trace.untrusted)
    if trace.border is not None:
        found[id(trace.border)] = "border"
    return found


def _client(hop: Hop) -> Row:
    return (
        clean(hop.from_name),
        clean(hop.helo),
        clean(hop.rdns),
        str(hop.rdns_status),
        None if hop.ip is None else str(hop.ip),
        hop.port,
        clean(hop.ident),
    )


def _server(hop: Hop) -> Row:
    return (
        clean(hop.by),
        None if hop.by_ip is None else str(hop.by_ip),
        clean(hop.software),
        hop.family,
        clean(hop.via),
        clean(hop.protocol),
        clean(hop.id),
        [clean(one) for one in hop.recipients],
        clean(hop.envelope_from),
    )


def _rest(hop: Hop, delay: float | None) -> Row:
    auth, tls = hop.auth, hop.tls
    return (
        clean(auth.mechanism) if auth else None,
        clean(auth.user) if auth else None,
        auth is not None,
        clean(tls.version) if tls else None,
        clean(tls.cipher) if tls else None,
        tls.bits if tls else None,
        hop.date,
        _minutes(hop.date) if hop.date and hop.zone_known else None,
        delay,
        hop.network,
        hop.network_reason,
        [clean(f"{remark.kind}: {remark.text}") for remark in hop.remarks],
        [clean(one.text) for one in hop.unread],
        [str(defect.kind) for defect in hop.defects],
    )


def finding_rows(key: int, judged: Examination) -> Iterator[Row]:
    """Yield the rows of ``findings`` for one examination."""
    for one in judged.findings:
        parts = [item.part for item in one.evidence]
        hop = judged.trace.position(one.hop)
        yield key, one.id, one.name, one.summary, one.weight, hop, parts, _evidence(one)


def _evidence(finding: Finding) -> list[str | None]:
    shown = []
    for item in finding.evidence:
        raw = item.source.raw if isinstance(item.source, Hop) else item.source.value
        shown.append(clean(raw[slice(*item.span)][:MAX_EVIDENCE].decode("latin-1")))
    return shown


def verdict_rows(key: int, judged: Examination) -> Iterator[Row]:
    """Yield the rows of ``verdicts``: the verdict, and every other scenario that is listed."""
    for rank, one in enumerate(judged.hypotheses):
        if one.confidence is not None or not rank:
            yield _verdict(key, rank, one, judged.trace)


def _verdict(key: int, rank: int, one: Hypothesis, trace: Trace) -> Row:
    relay = one.relay
    return (
        key,
        rank,
        str(one.scenario),
        one.score,
        one.confidence,
        [finding.id for finding in one.supporting],
        [finding.id for finding in one.opposing],
        list(one.refuted_by),
        str(relay.ip) if relay and relay.ip else None,
        clean(relay.name) if relay else None,
        trace.position(relay.hop) if relay else None,
    )
