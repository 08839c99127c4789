"""The date of a Received field, tolerant of what servers write (RFC 5322, sections 3.3 and 4.3)."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, timezone
from typing import NamedTuple

from headertrace.received.grammar import COMMENT, MONTHS
from headertrace.received.months import month_number
from headertrace.received.stamp_forms import Written, form_abroad, forms
from headertrace.remembered import remembered
from headertrace.vocabulary import Span

# What may stand between the semicolon and the date: blanks, comments (Sun), stray semicolons.
_LEAD = re.compile(rf"(?:[\s;,]|{COMMENT})*+", re.S)
# The common form, without alternatives: one pattern that fails fast in front of the tolerant one.
_COMMON = re.compile(
    r"\s*+((?:[A-Z][a-z][a-z],\s++)?+(\d\d?+)\s++([A-Z][a-z][a-z])\s++(\d{4})\s++(\d\d):(\d\d):(\d\d)\s++"
    r"(?:([+-]\d{4})(?:\s*+\([A-Za-z0-9+ -]{1,40}+\))?+|(GMT|UTC|[ECMP][SD]T)))(?=\s*+(?:\Z|\(envelope))"
)
_COMMENT = re.compile(COMMENT, re.S)
# A date with comments in it is not longer than this.
_LONGEST_DATE = 160
_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)}
_COMMON_MONTH = {name.capitalize(): number for name, number in _MONTH_NUMBER.items()}

# RFC 5322, 4.3: obs-zone; then abbreviations that the IANA time zone database gives one meaning in use.
# IST, CST in Asia and other ambiguous ones stay unknown: a wrong zone is worse than none.
_NAMED_HOURS = {
    "ut": 0, "gmt": 0, "utc": 0, "z": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2,
    "met": 1, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4, "jst": 9, "kst": 9, "hkt": 8,
    "mez": 1, "mesz": 2,  # German (CLDR), which programs in Java print in German
    "sgt": 8, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
# `(GMT+01:00)` in the place of an offset
_TOLD_OFFSET = re.compile(r"\s*+(?:GMT|UTC)([+-]\d\d:?\d\d)\s*+\Z", re.I)
# RFC 5322, 3.3: the offset's minutes stay below 60; civil offsets lie within 14 hours (IANA), with slack.
_MAX_OFFSET_HOURS = 15


class Stamp(NamedTuple):
    """A date as read: ``when`` is None where the text tells no possible instant."""

    when: datetime | None
    zone_known: bool
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return where the date stands."""
        return Span(self.start, self.end)


def read_time(text: str, start: int = 0, end: int | None = None) -> Stamp | None:
    """Return the date that stands at ``start`` (blanks and comments before it allowed), or None."""
    stop = len(text) if end is None else end
    found = _read_common(text, start, stop)
    if found is not None:
        return found
    lead = _LEAD.match(text, start, stop)
    first = lead.end() if lead else start
    written = (
        _read_forms(text, first, stop)
        or _read_around_comments(text, first, stop)
        or form_abroad().read(text, first, min(stop, first + _LONGEST_DATE))
    )
    return Stamp(*_instant(written.told), first, written.end) if written else None


def _read_common(text: str, start: int, end: int) -> Stamp | None:
    """Return the date at ``start`` where it is good, has the commonest form and closes the field, or None."""
    match = _COMMON.match(text, start, end)
    if match is None:
        return None
    _, day, month, year, hour, minute, second, offset, name = match.groups()
    number = _COMMON_MONTH.get(month)
    if number is None:
        return None
    zone, known = _zone(offset, name)
    try:
        when = _comparable(
            datetime(int(year), number, int(day), int(hour), int(minute), int(second), 0, zone)
        )
    except (ValueError, OverflowError):
        return None
    first, last = match.span(1)
    return Stamp(when, known, first, last)


def _read_forms(text: str, start: int, stop: int) -> Written | None:
    for form in forms():
        if (written := form.read(text, start, stop)) is not None:
            return written
    return None


def _read_around_comments(text: str, start: int, stop: int) -> Written | None:
    """Read a date with comments between its parts (RFC 5322, 4.3), as if they were blanks."""
    piece = text[start : min(stop, start + _LONGEST_DATE)]
    if "(" not in piece:
        return None
    blank = " " * start + _COMMENT.sub(lambda found: " " * len(found[0]), piece)
    return _read_forms(blank, start, len(blank))


def _instant(told: dict[str, str | None]) -> tuple[datetime | None, bool]:
    get = told.get
    year = get("year") or get("late_year")
    if year is None:
        return None, False
    zone, known = _zone(
        get("offset") or get("late_offset"), get("zone") or get("quoted") or get("late_quoted")
    )
    fraction = (get("fraction") or "0")[:6].ljust(6, "0")
    try:
        month_and_day = _month_and_day(get("month") or "", int(get("day") or 0))
        hour, minute, second, later = _time_of_day(told)
        when = datetime(_year(year), *month_and_day, hour, minute, second, int(fraction), zone)
        return _comparable(when + timedelta(seconds=1) if later else when), known
    except (ValueError, OverflowError):  # no second follows the last one of the year 9999
        return None, known


def _comparable(when: datetime) -> datetime:
    """Return the date; OverflowError where it lies in no year of UTC."""
    if not MINYEAR < when.year < MAXYEAR:
        when.astimezone(UTC)
    return when


def _year(text: str) -> int:
    """RFC 5322, 4.3: two digits below 50 are 20xx, the rest and three digits count from 1900."""
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(text) == 3 else year


def _month_and_day(month: str, day: int) -> tuple[int, int]:
    if not month.isdigit():
        return _MONTH_NUMBER.get(month[:3].lower()) or month_number(month), day
    return (day, int(month)) if int(month) > 12 else (int(month), day)


def _time_of_day(told: dict[str, str | None]) -> tuple[int, int, int, bool]:
    """Return hour, minute and second as datetime allows them, and whether the instant is a second later.

    RFC 5322, 3.3 allows 60 for a leap second; ISO 8601 lets 24:00:00 end a day.
    """
    hour = _hour(told.get("hour"), told.get("half"))
    minute, second = int(told.get("minute") or 0), int(told.get("second") or 0)
    if (hour, minute, second) == (24, 0, 0):
        return 23, 59, 59, True
    return (hour, minute, 59, True) if second == 60 else (hour, minute, second, False)


def _hour(text: str | None, half: str | None) -> int:
    hour = int(text or 0)
    if half is None:
        return hour
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _zone(offset: str | None, name: str | None) -> tuple[timezone, bool]:
    if offset is not None:
        return _zone_of_offset(offset)
    told = _TOLD_OFFSET.match(name) if name else None
    if told is not None:
        return _zone(told[1], None)
    hours = _named_hours((name or "").lower().split())
    if hours is None:
        return UTC, False
    return (timezone(timedelta(hours=hours)) if hours else UTC), True


def _named_hours(words: list[str]) -> int | None:
    """Return the hours of a zone's name; DST behind it is summer's hour (`MET DST`)."""
    hours = _NAMED_HOURS.get(words[0]) if words and words[1:] in ([], ["dst"]) else None
    return None if hours is None else hours + len(words) - 1


@remembered(512)
def _zone_of_offset(text: str) -> tuple[timezone, bool]:
    # RFC 5322, 3.3: "-0000" says that the local zone is not told. Three digits lack the nought in front.
    hours, minutes = (int(text[1:-2].rstrip(":")), int(text[-2:])) if len(text) > 3 else (int(text[1:]), 0)
    if hours > _MAX_OFFSET_HOURS or minutes > 59 or text == "-0000":
        return UTC, False
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if text[0] == "-" else delta), True
