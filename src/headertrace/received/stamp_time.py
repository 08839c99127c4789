"""The date of a Received field, tolerant of what servers write (RFC 5322, sections 3.3 and 4.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import NamedTuple

from headertrace.received.grammar import COMMENT, DAY_NAME, FWS, KEYWORDS, MONTH, MONTHS
from headertrace.received.months import DAY_ABROAD, MONTH_ABROAD, month_number
from headertrace.remembered import remembered
from headertrace.vocabulary import Span

# `; date id 0000...`: the next clause is no name of a zone.
_NEXT = "|".join(KEYWORDS)
_SEP = rf"(?:{FWS}|[-/.])"


# RFC 5322, 3.3: zone = FWS ( "+" / "-" ) 4DIGIT; ISO 8601 leaves out minutes that are nought
_OFFSET = r"(?P<offset{}>[+-](?:\d\d:?+\d\d|\d{{3}}|\d\d)(?![\d:]))"
# Windows: `(Pacific Standard Time (Mexico))`
_WINDOWS_ZONE = r"[A-Za-z.\s]{{1,40}}?Time\s++\([A-Za-z.\s]{{1,40}}+\)"
_QUOTED = rf"\({FWS}*+(?P<quoted{{}}>(?!\d)(?:" + _WINDOWS_ZONE + r"|[^()<>=@\[\]]{{0,40}}+))\)"


def _named(form: int) -> str:
    """RFC 5322, 4.3: obs-zone; `MET DST` of older Unix; the hours of `GMT+1` count east or west (POSIX)."""
    return (
        rf"(?P<zone{form}>(?:GMT|UTC)[+-]\d\d?+(?![\d:])"
        rf"|(?!(?:{_NEXT})\b)[A-Za-z]{{1,5}}\b(?!=)(?:{FWS}++DST\b)?+)"
    )


def _clock(form: int, colon: str = ":") -> str:
    """RFC 5322, 3.3: time = time-of-day zone; wider by fractions, AM and PM, named zones.

    Digits may be blanked with x, as samples are published: `12:xx:xx`. Tumbleweed writes `03:19: 59`. RFC 733
    joined a zone's name by a hyphen (`10:11:12-PDT`).
    """
    return (
        rf"(?P<hour{form}>[\dx]{{1,2}}){colon}(?P<minute{form}>[\dx]{{1,2}})"
        rf"(?:{colon}{FWS}*+(?P<second{form}>[\dx]{{1,2}})(?:[.,](?P<fraction{form}>\d{{1,9}})\d*+)?+)?+"
        rf"(?:{FWS}++(?P<half{form}>[AP]\.?M)\b\.?)?+"
        rf"(?:{FWS}*+(?:GMT|UTC)?+{_OFFSET.format(form)})?+"
        rf"(?:(?:-|{FWS}*+)(?:{_QUOTED.format(form)}|{_named(form)}(?:{FWS}++\([A-Za-z]{{3,4}}\))?+))?+"
    )


# RFC 5322, 3.3: date-time = [ day-of-week "," ] date time [CFWS]; obs-year has two or three digits
def _internet(day_name: str, month: str, colon: str) -> str:
    return (
        rf"(?:(?:{day_name}){FWS}*+[,.]?+{FWS}*+)?+(?:0(?=\d))?+(?P<day0>\d{{1,2}}){_SEP}++(?P<month0>{month}){_SEP}++(?P<year0>\d{{2,4}})"
        rf"(?:[,:]?+{FWS}++" + _clock(0, colon) + rf"|(?={FWS}*+\Z))"
    )


# C's asctime(3): `Apr 21 2018 03:01:04`, `Wed Dec  4 10:49:58 2001`; Perl programs append the zone.
_ASCTIME = (
    rf"(?:(?:{DAY_NAME}),?+{FWS}++)?+(?P<month1>{MONTH}),?+{FWS}++(?P<day1>\d{{1,2}}),?+{FWS}++"
    r"(?:(?P<year1>\d{4})\s++)?+"
    + _clock(1)
    + rf"(?:\s++(?P<late_year>\d{{4}}(?![\d:]))(?:\s++(?:{_OFFSET.format('')}|{_QUOTED.format('')}))?+)?+"
)
# ISO 8601 as Go prints it: `2018-03-26 13:35:36.270951634 +0000 UTC m=+1.2`
_ISO = (
    r"(?P<year2>\d{4})[-/](?P<month2>\d{1,2})[-/](?P<day2>\d{1,2})(?:T|\s)\s*+"
    + _clock(2)
    + r"(?:\s++m=[+-][\d.]++)?+"
)
# Windows in the American locale: `4/20/2018 11:01:16 PM -0400`; the day first where it can be no month
_AMERICAN = r"(?P<month3>\d{1,2})[/-](?P<day3>\d{1,2})[/-](?P<year3>\d{4})\s++" + _clock(3)

_DATE = re.compile(rf"(?:{_internet(DAY_NAME, MONTH, ':')}|{_ASCTIME}|{_ISO}|{_AMERICAN})(?![\w:])", re.I)


@cache
def _date_abroad() -> re.Pattern[str]:
    """Return the form of a date in another language; there a clock may have dots (.NET's time separator)."""
    return re.compile(_internet(DAY_ABROAD, MONTH_ABROAD, "[:.]") + r"(?![\w:])", re.I)


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


@remembered(512)
def _zone_of_offset(text: str) -> tuple[timezone, bool]:
    # RFC 5322, 3.3: "-0000" says that the local zone is not told. Three digits lack the nought in front.
    hours, minutes = (int(text[1:-2].rstrip(":")), int(text[-2:])) if len(text) > 3 else (int(text[1:]), 0)
    if hours > _MAX_OFFSET_HOURS or minutes > 59 or text == "-0000":
        return UTC, False
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if text[0] == "-" else delta), True


def _named_hours(words: list[str]) -> int | None:
    """Return the hours of a zone's name; DST behind it is summer's hour (`MET DST`)."""
    hours = _NAMED_HOURS.get(words[0]) if words and words[1:] in ([], ["dst"]) else None
    return None if hours is None else hours + len(words) - 1


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


def _hour(text: str | None, half: str | None) -> int:
    hour = int(text or 0)
    if half is None:
        return hour
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _time_of_day(get: dict[str, str | None], form: str) -> tuple[int, int, int, bool]:
    """Return hour, minute and second as datetime allows them, and whether the instant is a second later.

    RFC 5322, 3.3 allows 60 for a leap second; ISO 8601 lets 24:00:00 end a day.
    """
    hour = _hour(get["hour" + form], get["half" + form])
    minute, second = int(get["minute" + form] or 0), int(get["second" + form] or 0)
    if (hour, minute, second) == (24, 0, 0):
        return 23, 59, 59, True
    return hour, minute, min(second, 59), second == 60


def _instant(match: re.Match[str]) -> tuple[datetime | None, bool]:
    form = next(n for n in "0123" if match["day" + n])
    get = match.groupdict()
    month = get["month" + form] or ""
    year = get["year" + form] or get["late_year"]
    if year is None:
        return None, False
    zone, known = _zone(
        get["offset" + form] or get.get("offset"),
        get["zone" + form] or get["quoted" + form] or get.get("quoted"),
    )
    fraction = (get["fraction" + form] or "0")[:6].ljust(6, "0")
    try:
        month_and_day = _month_and_day(month, int(get["day" + form] or 0))
        hour, minute, second, later = _time_of_day(get, form)
        when = datetime(_year(year), *month_and_day, hour, minute, second, int(fraction), zone)
        return (when + timedelta(seconds=1) if later else when), known
    except (ValueError, OverflowError):  # no second follows the last one of the year 9999
        return None, known


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
        when = datetime(int(year), number, int(day), int(hour), int(minute), int(second), 0, zone)
    except ValueError:
        return None
    return Stamp(when, known, *match.span(1))


def _match_around_comments(text: str, start: int, stop: int) -> re.Match[str] | None:
    """Match a date with comments between its parts (RFC 5322, 4.3), as if they were blanks."""
    piece = text[start : min(stop, start + _LONGEST_DATE)]
    if "(" not in piece:
        return None
    return _DATE.match(" " * start + _COMMENT.sub(lambda found: " " * len(found[0]), piece), start)


def read_time(text: str, start: int = 0, end: int | None = None) -> Stamp | None:
    """Return the date that stands at ``start`` (blanks and comments before it allowed), or None."""
    stop = len(text) if end is None else end
    found = _read_common(text, start, stop)
    if found is not None:
        return found
    lead = _LEAD.match(text, start, stop)
    first = lead.end() if lead else start
    match = (
        _DATE.match(text, first, stop)
        or _match_around_comments(text, first, stop)
        or _date_abroad().match(text, first, min(stop, first + _LONGEST_DATE))
    )
    if match is None:
        return None
    when, known = _instant(match)
    return Stamp(when, known, *match.span())
