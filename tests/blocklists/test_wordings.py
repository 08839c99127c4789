"""By which words refusals cite a list."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headertrace import blocklists
from headertrace.blocklists import Blocklist, mentioned

CITED: tuple[tuple[str, list[str], str], ...] = (
    ("554 5.7.1 Client host [192.0.2.66] blocked using zen.spamhaus.org", ["Spamhaus ZEN"], "a zone"),
    ("blocked using Spamhaus. To request removal see", ["Spamhaus ZEN"], "an operator's name"),
    ("rejected due to listing in Spamhaus SBL.", ["Spamhaus SBL"], "the longer name counts"),
    ("Helo domain is listed in Spamhaus.", ["Spamhaus DBL"], "a domain listing is another list"),
    ("domain is\r\n listed  in\tSpamhaus", ["Spamhaus DBL"], "folded over lines"),
    ("see https://www.spamcop.net/bl.shtml?192.0.2.66", ["SpamCop"], "a page"),
    ("blocklisted at relays.ordb.org see ordb.org was shut down", ["ORDB", "ORDB"], "a dead list"),
    ("66.2.0.192.KEY0.zen.dq.spamhaus.net", ["Spamhaus ZEN (DQS)"], "a name below a zone"),
    ("two orbs of light, a razor and a sorbs", [], "a word that is an abbreviation only in capitals"),
    ("mail.spamcopper.net and xbl.spamhaus.organic", [], "a zone inside another name"),
    ("not-spamcop", [], "a name inside a hyphenated word"),
    ("spamcop.customer.example and info@spamcop.example", [], "a name inside a host name"),
    (
        "Listed by CSS. Spamhaus, SORBS.",
        ["Spamhaus SBL", "Spamhaus ZEN", "SORBS"],
        "at the end of a sentence",
    ),
    ("https://www.spamhaus.org/whatever", ["Spamhaus ZEN"], "a page that the data does not name"),
    ("", [], "nothing"),
)


@pytest.mark.parametrize(("text", "names", "why"), CITED, ids=[why for *_, why in CITED])
def test_mentions(text: str, names: list[str], why: str) -> None:
    found = mentioned(text)
    assert [mention.blocklist.name for mention in found] == names, why
    assert all(text[slice(*mention.span)] == mention.words for mention in found)


@pytest.mark.parametrize("item", blocklists.ALL, ids=[item.name for item in blocklists.ALL])
def test_every_wording_of_a_list_leads_to_it(item: Blocklist) -> None:
    for words in filter(None, (item.zone, *item.aliases, *item.pages)):
        found = mentioned(f"rejected ({words}): go away")
        assert [mention.blocklist.name for mention in found] == [item.name], words


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for mention in mentioned(text):
        assert text[slice(*mention.span)] == mention.words


@pytest.mark.parametrize(
    "piece", ["spamhau", "Spamhaus SB ", "domain is listed in ", "a.", "zen.spamhaus.or"]
)
def test_time_grows_with_the_length(piece: str) -> None:
    def spent(times: int) -> float:
        text = piece * times
        began = time.process_time()
        mentioned(text)
        return time.process_time() - began

    spent(100)
    short, long = min(spent(2_000) for _ in range(3)), min(spent(16_000) for _ in range(3))
    # Eight times the text: quadratic work would be 64 times as much.
    assert long < 25 * max(short, 1e-4)
