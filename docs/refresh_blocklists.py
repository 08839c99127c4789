"""Writes the tables of docs/blocklists.md anew from the data files: `python docs/refresh_blocklists.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from headertrace.blocklists import ALL, Blocklist
from headertrace.facts import HopScope

PAGE = Path(__file__).with_name("blocklists.md")
BLOCK = re.compile(r"(<!-- table: (?P<name>\w+) -->\n).*?(?P<end><!-- end -->)", re.S)
SCOPES = {HopScope.ANY_HOP: "any hop", HopScope.LAST_EXTERNAL: "last outside hop"}


def refreshed(text: str) -> str:
    """Return the page with every table as the data files have it now."""
    return BLOCK.sub(lambda block: block[1] + _table(block["name"]) + block["end"], text)


def _table(name: str) -> str:
    return "".join(f"{row}\n" for row in ("", *TABLES[name](), ""))


def living() -> Iterator[str]:
    """Yield the lists that are believed to answer."""
    yield "| list | zone | asked | about | its page |\n|---|---|---|---|---|"
    for one in ALL:
        if not one.dead:
            page = _code(one.removal or one.lookup or "")
            yield _cells(one.name, _zone(one), one.query, one.about, page)


def codes() -> Iterator[str]:
    """Yield every documented answer of the lists that may be asked."""
    yield "| zone | answer | means | cause | speaks about |\n|---|---|---|---|---|"
    for one in ALL:
        if not one.dead:
            yield from _codes(one)


def _codes(one: Blocklist) -> Iterator[str]:
    for code in one.codes:
        scope = "is no listing" if code.harmless else SCOPES[code.scope]
        yield _cells(_zone(one), _code(code.answer), code.means, code.cause, scope)
    for refusal in one.refusals:
        yield _cells(_zone(one), _code(refusal.answer), refusal.means, "refusal", "nothing")


def dead() -> Iterator[str]:
    """Yield the lists that are gone."""
    yield "| list | zone | state | since | answers | what happened |\n|---|---|---|---|---|---|"
    for one in ALL:
        if one.dead:
            yield _cells(one.name, _zone(one), one.status, one.ended, one.ending, one.story)


def _cells(*cells: str | None) -> str:
    return f"| {' | '.join(cell or '' for cell in cells)} |"


def _zone(one: Blocklist) -> str:
    return _code(f"KEY.{one.zone}" if one.keyed else one.zone)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


TABLES = {"living": living, "codes": codes, "dead": dead}


def main(pages: Iterable[Path] = (PAGE,)) -> None:
    """Write the tables anew."""
    for page in pages:
        page.write_text(refreshed(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
