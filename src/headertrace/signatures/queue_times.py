"""The times that mail servers hide in their queue ids."""

from __future__ import annotations

import re
from datetime import UTC, datetime

# Exim: six characters of seconds in base 62 (eight in 4.97), a process id, a fraction (spec, chapter 3.4).
EXIM = re.compile(r"([0-9A-Za-z]{6})-([0-9A-Za-z]{6}|[0-9A-Za-z]{11})-([0-9A-Za-z]{2}|[0-9A-Za-z]{4})$")
# sendmail 8.10 and later: year since 1900 modulo 60, month, day, hour, minute, second, one character each;
# then one or two of a sequence, then the process id.
SENDMAIL = re.compile(
    r"([0-9A-Za-x])([0-9A-B])([1-9A-V])([0-9A-N])([0-9A-Za-x])([0-9A-Za-x])[0-9A-Za-x]{1,2}\d{5,7}$"
)
# Google: serial, mode, then the stamp as year.month.day.hour.minute.second, in Pacific time.
GOOGLE = re.compile(r".*\.(\d{4})\.(\d\d)\.(\d\d)\.(\d\d)\.(\d\d)\.(\d\d)$")
# Postfix with enable_long_queue_ids: seconds in base 52 before four characters of microseconds and a z.
POSTFIX = re.compile(
    r"([0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{6})[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{4}z[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]+$"
)

SIXTY = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwx"
BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE_52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
EARLIEST = 800_000_000
LATEST = 4_000_000_000


def time_in_id(family: str, queue_id: str) -> datetime | None:
    """Return the time that a queue id of this family holds, or None where it holds none."""
    read = READERS.get(family)
    try:
        return read(queue_id) if read else None
    except ValueError:
        return None


def _exim(queue_id: str) -> datetime | None:
    found = EXIM.match(queue_id)
    return _stamp(_number(found[1], BASE_62)) if found else None


def _postfix(queue_id: str) -> datetime | None:
    found = POSTFIX.match(queue_id)
    return _stamp(_number(found[1], BASE_52)) if found else None


def _google(queue_id: str) -> datetime | None:
    found = GOOGLE.match(queue_id)
    if not found:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _sendmail(queue_id: str) -> datetime | None:
    found = SENDMAIL.match(queue_id)
    if not found:
        return None
    year, month, day, hour, minute, second = (SIXTY.index(digit) for digit in found.groups())
    # The year is 1900 plus a number modulo 60: from 1960 or 2020 on; mail from before 1980 there is none.
    return datetime(
        1960 + year if year >= 20 else 2020 + year, month + 1, day, hour, minute, second, tzinfo=UTC
    )


def _number(text: str, digits: str) -> int:
    value = 0
    for digit in text:
        value = value * len(digits) + digits.index(digit)
    return value


def _stamp(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if EARLIEST < seconds < LATEST else None


READERS = {"exim": _exim, "sendmail": _sendmail, "google": _google, "postfix": _postfix}
