"""Messages become what tables hold: rows or whole columns, in the order of the schema's columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from headertrace.message.display import unfold
from headertrace.received.hop import Hop
from headertrace.received.stamp_time import read_time
from headertrace.signatures import trait
from headertrace.signatures.scene import Scene
from headertrace.tables.entry import entry_columns
from headertrace.tables.texts import MAX_SUBJECT, clean, digest, id_shape, ip_text, template_of
from headertrace.tables.word import Fired, Listed, Word

Row = tuple[object, ...]
Columns = tuple[Sequence[object], ...]
# A loop or an attack makes more; the ends of such a chain are what matters.
MAX_HOP_ROWS = 200
NEVER_COMPARED = trait.CONVERSATION | trait.PATCH | trait.DIRECT
NO_HABITS = (None, None, None, None)


class Place(NamedTuple):
    """Where a message stands, and the name that its source gives it."""

    path: str | None = None
    offset: int | None = None
    name: str | None = None


def message_row(key: int, place: Place, scene: Scene, word: Word) -> Row:
    """Return the row of ``messages`` for one message."""
    verdict = word.stories[0]
    message_id, date = scene.fields.written(b"message-id"), scene.fields.written(b"date")
    return (
        key,
        clean(place.path),
        place.offset,
        clean(place.name),
        *_identity(scene, message_id, date),
        *_letter(scene),
        *_habits(scene, message_id, date),
        len(scene.trace.hops),
        *entry_columns(scene),
        verdict.scenario,
        verdict.confidence,
        verdict.score,
        word.misuse,
        list(word.failures),
    )


def _identity(scene: Scene, message_id: bytes, date: bytes) -> Row:
    """Return the columns ``message_id`` to ``size``; duplicates are marked when all messages are known."""
    if message_id:
        key = digest(message_id, date)
    else:
        fields, hops = scene.fields, scene.trace.hops
        key = digest(date, fields.written(b"from"), fields.written(b"subject"), hops[0].raw if hops else b"")
    return message_id.decode("latin-1") or None, key, None, False, len(scene.trace.section.raw)


def _letter(scene: Scene) -> Row:
    """Return the columns ``received`` to ``to_shown``: what the sender filled in."""
    fields, boxes, hops = scene.fields, scene.boxes, scene.trace.hops
    subject = fields.written(b"subject")
    path = fields.written(b"return-path") if b"return-path" in fields.places else None
    return (
        hops[-1].date if hops else None,
        unfold(subject).decode("latin-1")[:MAX_SUBJECT] or None,
        boxes.sender,
        boxes.sender_domain,
        boxes.reply,
        None if path is None else path.decode("latin-1").strip("<>"),
        boxes.recipient is not None,
    )


def _habits(scene: Scene, message_id: bytes, date: bytes) -> Row:
    """Return the columns ``date_zone`` to ``id_shape``, by which one hand is known at several relays.

    Answers, patches and what came straight to its recipient are never compared: there they are None.
    """
    if scene.traits & NEVER_COMPARED:
        return NO_HABITS
    fields = scene.fields
    return (
        _zone(date.decode("latin-1")),
        template_of(fields.get(b"subject")),
        (fields.written(b"x-mailer") or fields.written(b"user-agent")).decode("latin-1") or None,
        id_shape(message_id.decode("latin-1")),
    )


def _zone(date: str) -> int | None:
    """Return a date's zone in minutes east of UTC; None for -0000 and no zone (RFC 5322, section 3.3)."""
    stamp = read_time(date)
    if stamp is None or stamp.when is None or not stamp.zone_known:
        return None
    offset = stamp.when.utcoffset()
    return None if offset is None else round(offset.total_seconds() / 60)


def hop_columns(chains: Sequence[tuple[int, tuple[Hop, ...]]]) -> Columns:
    """Return the columns of ``hops`` for chains and their keys: of each the newest ``MAX_HOP_ROWS``."""
    shown = [(key, max(0, len(hops) - MAX_HOP_ROWS), hops) for key, hops in chains]
    rows = [hop for _, first, hops in shown for hop in hops[first:]]
    # The text of a field is Latin-1, so that every value of a hop is valid Unicode already.
    return (
        [key for key, first, hops in shown for _ in hops[first:]],
        [index for _, first, hops in shown for index in range(first, len(hops))],
        [hop.helo for hop in rows],
        [hop.rdns for hop in rows],
        [ip_text(hop.ip) for hop in rows],
        [hop.by for hop in rows],
        [hop.family for hop in rows],
        [hop.protocol for hop in rows],
        [hop.recipients for hop in rows],
        [hop.auth is not None for hop in rows],
        [hop.network for hop in rows],
        [hop.raw for hop in rows],
    )


def finding_columns(words: Sequence[tuple[int, Word]]) -> Columns:
    """Return the columns of ``findings`` for answers and their keys."""
    fired = list(chain.from_iterable([word.fired for _, word in words]))
    keys = [key for key, word in words for _ in word.fired]
    return (keys, *transposed(fired, len(Fired._fields)))


def verdict_columns(words: Sequence[tuple[int, Word]]) -> Columns:
    """Return the columns of ``verdicts``: for each message the verdict, and every other listed scenario."""
    stories = list(chain.from_iterable([word.stories for _, word in words]))
    keys = [key for key, word in words for _ in word.stories]
    ranks = [rank for _, word in words for rank in range(len(word.stories))]
    return (keys, ranks, *transposed(stories, len(Listed._fields)))


def transposed(rows: Sequence[Row], width: int) -> Columns:
    """Return rows of this width as columns."""
    return tuple(zip(*rows, strict=True)) if rows else ((),) * width
