"""The page: self-contained, escaped, small and soon drawn."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from typing import Any

import pytest

import headertrace as ht
from headertrace.reports.html import style, style_hash

from . import made

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>{{7*7}}"
VOID = {"meta", "rect", "br", "hr", "img", "input", "link"}


class Tags(HTMLParser):
    """Collects the elements and attributes of a page, and fails where they do not close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: dict[str, set[str | None]] = {}
        self.ids: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value)
            self.ids += [value or ""] * (name == "id")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag


def page(**changes: Any) -> str:
    return ht.report(made.examination(**changes)).html()


def hostile() -> str:
    evil = made.client_hop(
        raw=b" from " + SCRIPT.encode() + b" by b",
        helo=SCRIPT,
        by=SCRIPT,
        rdns=SCRIPT,
        id=SCRIPT,
        protocol=SCRIPT,
        software=SCRIPT,
        ident=SCRIPT,
        envelope_from=SCRIPT,
        recipients=(SCRIPT,),
        auth=ht.Auth(mechanism=SCRIPT, user=SCRIPT),
    )
    head = "".join(f"{name}: {SCRIPT}\r\n" for name in ("Subject", "From", "To", "Date", "X-Mailer"))
    chain = made.trace(evil, made.border_hop(), head=head.encode())
    found = made.finding(evil, b"<script>", summary=SCRIPT, name=SCRIPT)
    return page(chain=chain, findings=(found,), source=ht.Source(path=SCRIPT))


def test_elements_close() -> None:
    assert "article" in Tags(page()).names


def test_nothing_is_loaded_and_no_script_runs() -> None:
    tags = Tags(page())
    assert not tags.names & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not {"src", "style", "onload", "onclick"} & set(tags.attributes)
    assert all(str(target).startswith("#") for target in tags.attributes["href"])
    assert "url(" not in style()
    assert "@import" not in style()


def test_the_policy_names_the_style_sheet_that_is_there() -> None:
    shown = page()
    assert f"style-src '{style_hash()}'" in shown.replace("&#39;", "'")
    assert re.search(r"<style>(.*)</style>", shown, re.S)[1] == style()  # type: ignore[index]


def test_script_in_every_field_stays_text() -> None:
    tags = Tags(hostile())
    assert not tags.names & {"script", "img"}
    assert "{{7*7}}" in hostile()


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    tags = Tags(page())
    assert len(tags.ids) == len(set(tags.ids))
    assert {str(target)[1:] for target in tags.attributes["href"]} <= set(tags.ids)


def test_the_same_message_twice_keeps_ids_unique() -> None:
    tags = Tags(ht.report([made.examination(), made.examination()]).html())
    assert len(tags.ids) == len(set(tags.ids))
    assert {str(target)[1:] for target in tags.attributes["href"]} <= set(tags.ids)


def test_a_finding_names_its_innocent_causes() -> None:
    judged = ht.examine(ht.read_trace(made.trace().section.raw))
    assert "Innocent causes: " in ht.report(judged).html()


def test_evidence_is_marked_in_the_field() -> None:
    assert re.search(r'<mark data-by="HT201">PC-20121219NMRW</mark>', page())


@pytest.mark.parametrize(
    "words",
    [
        "Open relay behind NAT",
        "trust boundary",
        "−4 s",
        "+0800",
        "Photo retouching ✂",
        "country of the connecting address",
        "spf=none",
        "Microsoft Outlook Express",
        "Submitted from inside",
        "HT401",
        "Many unrelated senders share the inner address.",
        "1.5 bits against misuse",
    ],
)
def test_the_page_shows(words: str) -> None:
    assert words in page()


def test_directions_are_made_visible_and_isolated() -> None:
    chain = made.trace(made.client_hop(helo="exe.\u202egpj"), made.border_hop())
    shown = page(chain=chain, findings=())
    assert "\u202e" not in shown
    assert r"exe.\u202egpj" in shown


def twenty_hops() -> ht.Trace:
    return made.trace(*[made.client_hop() for _ in range(10)], *[made.border_hop() for _ in range(10)])


def test_twenty_hops_take_less_than_150_kb() -> None:
    assert len(page(chain=twenty_hops()).encode()) < 150_000


def test_twenty_hops_are_drawn_in_50_ms_of_cpu() -> None:
    judged = made.examination(twenty_hops())
    ht.report(judged).html()
    took = []
    for _ in range(5):
        start = time.process_time()
        ht.report(judged).html()
        took.append(time.process_time() - start)
    assert min(took) < 0.050


def test_five_thousand_hops_and_huge_names_stay_bounded() -> None:
    long = made.client_hop(helo="x" * 1_000_000, raw=b"y" * 5_000)
    chain = made.trace(*[long] * 4_999, made.border_hop())
    shown = ht.report(chain).html()
    assert "4,950 more hops between, not drawn" in shown
    assert len(shown) < 1_000_000


def test_a_notebook_gets_a_fragment_with_its_own_style() -> None:
    shown = ht.report(made.examination())._repr_html_() or ""
    assert shown.startswith("<style>")
    assert "<html" not in shown
