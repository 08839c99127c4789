"""Names of months in other languages, as servers print them whose clock speaks the language of their host.

Windows' and Unix' short names (CLDR: German, French, Spanish, Italian, Dutch, Portuguese, the Scandinavian
languages, Hungarian): no two of them that are written alike mean different months. English names are RFC
5322's, and not here.
"""

from __future__ import annotations

import re
from functools import cache

# A letter beyond ASCII in latin-1, or in UTF-8 that was decoded as latin-1
_LETTER = r"[\x80-\u0105]{1,2}"
_NAMES = {
    1: r"janv|ene|gen|jan",
    2: rf"f{_LETTER}v|fev|feb",
    3: rf"m{_LETTER}r|mrz|mrt|mar",
    4: rf"avr|abr|apr|{_LETTER}pr",
    5: rf"mai|maj|m{_LETTER}j|mei|mag|may",
    6: rf"juin|giu|jun|j{_LETTER}n",
    7: rf"juil|lug|jul|j{_LETTER}l",
    8: rf"ao{_LETTER}t|aout|ago|aug",
    9: r"set|sep|szept",
    10: r"okt|ott|out|oct",
    11: r"nov",
    12: rf"d{_LETTER}c|dez|des|dic|dec",
}
# A day of the week, whatever the language calls it
DAY_ABROAD = r"[A-Za-z\x80-\u0105]{2,10}+\.?+"
# Where dots part a date's numbers, the day stands first (CLDR: German, the Slavic and Nordic languages).
_NUMBER = r"(?<=\.)\d\d?(?=\.)"
MONTH_ABROAD = rf"(?:{'|'.join(_NAMES.values())})[a-z]{{0,6}}+\.?+|{_NUMBER}"


@cache
def _rows() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(names, re.I), number) for number, names in _NAMES.items())


def month_number(name: str) -> int:
    """Return the number of a month by what `MONTH_ABROAD` matched."""
    return next(number for pattern, number in _rows() if pattern.match(name))
