"""Yandex: `from HELO (rdns [ip]) by host (nwsmtp/Yandex) with ESMTP id ...`, inner hops `(Yandex)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

YANDEX = Family(
    name="yandex",
    software=r".*Yandex.*",
    domains=("yandex.com", "yandex.net", "yandex.ru"),
    greets=False,
)
