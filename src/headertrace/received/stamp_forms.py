"""The forms in which servers write a date (RFC 5322, sections 3.3 and 4.3, and what they write in its place).

A day, a clock and what may stand behind it have patterns of their own: one for a whole date, with a clock in
each of its forms, takes three times as long to compile.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from headertrace.received.grammar import DAY_NAME, FWS, KEYWORDS, MONTH
from headertrace.received.months import DAY_ABROAD, MONTH_ABROAD

# `; date id 0000...`: the next clause is no name of a zone.
_NEXT = "|".join(KEYWORDS)
_SEP = rf"(?:{FWS}|[-/.])"

# RFC 5322, 3.3: zone = FWS ( "+" / "-" ) 4DIGIT; ISO 8601 leaves out minutes that are nought
_OFFSET = r"[+-](?:\d\d:?+\d\d|\d{3}|\d\d)(?![\d:])"
# Windows: `(Pacific Standard Time (Mexico))`
_WINDOWS_ZONE = r"[A-Za-z.\s]{1,40}?Time\s++\([A-Za-z.\s]{1,40}+\)"
_QUOTED = rf"(?!\d)(?:{_WINDOWS_ZONE}|[^()<>=@\[\]]{{0,40}}+)"
# RFC 5322, 4.3: obs-zone; `MET DST` of older Unix; the hours of `GMT+1` count east or west (POSIX).
_NAMED = rf"(?:GMT|UTC)[+-]\d\d?+(?![\d:])|(?!(?:{_NEXT})\b)[A-Za-z]{{1,5}}\b(?!=)(?:{FWS}++DST\b)?+"


# RFC 5322, 3.3: date = day month year; obs-year has two or three digits. A clock follows, or nothing.
def _internet(day_name: str, month: str) -> str:
    return (
        rf"(?:(?:{day_name}){FWS}*+[,.]?+{FWS}*+)?+(?:0(?=\d))?+(?P<day>\d{{1,2}}){_SEP}++(?P<month>{month}){_SEP}++"
        rf"(?P<year>\d{{2,4}})(?:(?P<alone>(?={FWS}*+\Z))|[,:]?+{FWS}++)"
    )


# C's asctime(3): `Apr 21 2018 03:01:04`, `Wed Dec  4 10:49:58 2001`; Perl programs append the zone.
_ASCTIME = (
    rf"(?:(?:{DAY_NAME}),?+{FWS}++)?+(?P<month>{MONTH}),?+{FWS}++(?P<day>\d{{1,2}}),?+{FWS}++"
    r"(?:(?P<year>\d{4})\s++)?+"
)
_LATE_YEAR = (
    rf"(?:\s++(?P<late_year>\d{{4}}(?![\d:]))"
    rf"(?:\s++(?:(?P<late_offset>{_OFFSET})|\({FWS}*+(?P<late_quoted>{_QUOTED})\)))?+)?+"
)
# ISO 8601 as Go prints it: `2018-03-26 13:35:36.270951634 +0000 UTC m=+1.2`
_ISO = r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:T|\s)\s*+"
_MONOTONIC = r"(?:\s++m=[+-][\d.]++)?+"
# Windows in the American locale: `4/20/2018 11:01:16 PM -0400`; the day first where it can be no month
_AMERICAN = r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{4})\s++"


def _clock(colon: str) -> re.Pattern[str]:
    """RFC 5322, 3.3: time = time-of-day zone; wider by fractions, AM and PM, named zones.

    Digits may be blanked with x, as samples are published: `12:xx:xx`. Tumbleweed writes `03:19: 59`. RFC 733
    joined a zone's name by a hyphen (`10:11:12-PDT`).
    """
    return re.compile(
        rf"(?P<hour>[\dx]{{1,2}}){colon}(?P<minute>[\dx]{{1,2}})"
        rf"(?:{colon}{FWS}*+(?P<second>[\dx]{{1,2}})(?:[.,](?P<fraction>\d{{1,9}})\d*+)?+)?+"
        rf"(?:{FWS}++(?P<half>[AP]\.?M)\b\.?)?+"
        rf"(?:{FWS}*+(?:GMT|UTC)?+(?P<offset>{_OFFSET}))?+"
        rf"(?:(?:-|{FWS}*+)(?:\({FWS}*+(?P<quoted>{_QUOTED})\)|(?P<zone>{_NAMED})(?:{FWS}++\([A-Za-z]{{3,4}}\))?+))?+",
        re.I,
    )


class Written(NamedTuple):
    """A date as it is written: its parts by name, those that lack left out or None, and where it ends."""

    told: dict[str, str | None]
    end: int


class Form(NamedTuple):
    """One way to write a date: the day, the clock, and what may stand behind them."""

    day: re.Pattern[str]
    clock: re.Pattern[str]
    close: re.Pattern[str]

    def read(self, text: str, start: int, stop: int) -> Written | None:
        """Return the date of this form that stands at ``start``, or None."""
        day = self.day.match(text, start, stop)
        if day is None:
            return None
        told, end = day.groupdict(), day.end()
        if told.get("alone") is None:
            clock = self.clock.match(text, end, stop)
            if clock is None:
                return None
            told, end = told | clock.groupdict(), clock.end()
        close = self.close.match(text, end, stop)
        return Written(told | close.groupdict(), close.end()) if close else None


def _form(day: str, clock: re.Pattern[str], close: str = "") -> Form:
    return Form(re.compile(day, re.I), clock, re.compile(close + r"(?![\w:])", re.I))


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms of English dates, the RFC's first."""
    clock = _clock(":")
    return (
        _form(_internet(DAY_NAME, MONTH), clock),
        _form(_ASCTIME, clock, _LATE_YEAR),
        _form(_ISO, clock, _MONOTONIC),
        _form(_AMERICAN, clock),
    )


@cache
def form_abroad() -> Form:
    """Return the form of a date in another language; there a clock may have dots (.NET's time separator)."""
    return _form(_internet(DAY_ABROAD, MONTH_ABROAD), _clock("[:.]"))
