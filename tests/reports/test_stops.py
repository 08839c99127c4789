"""The map of hosts: joined where the fields fit, apart where they do not."""

from __future__ import annotations

from headertrace.received.hop import Hop
from headertrace.reports.path import path
from headertrace.reports.stops import stops
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Hypothesis
from headertrace.verdict.stories import HIDDEN
from headertrace.vocabulary import Scenario

from . import made


def told(chain: Trace) -> list[tuple[str, str, str]]:
    return [(stop.kind, stop.name, stop.address) for stop in stops(chain, path(chain))]


def test_the_server_of_one_hop_is_the_client_of_the_next() -> None:
    assert told(made.trace()) == [
        ("perhaps", "perhaps not in the message", ""),
        ("claimed", "PC-20121219NMRW", "[192.168.1.1]"),
        ("border", "mail.corp.example", "[198.51.100.25]"),
        ("ours", "mx.victim.example", ""),
    ]


def test_a_client_without_an_address_is_surely_hidden() -> None:
    assert told(made.trace(made.client_hop(ip=None), made.border_hop()))[0][:2] == (
        "hidden",
        "not in the message",
    )


def test_a_private_client_is_surely_hidden_where_the_verdict_says_so() -> None:
    chain = made.trace()
    verdict = Hypothesis(scenario=Scenario.OPEN_RELAY_NAT, score=0.0, notes=(HIDDEN,))
    assert stops(chain, path(chain), verdict)[0].name == "not in the message"


def test_hosts_that_do_not_fit_stand_apart() -> None:
    invented = made.client_hop(by="relay.freemail.example", ip=None, helo="a.freemail.example")
    shown = stops(chain := made.trace(invented, made.border_hop()), path(chain))
    names = [stop.name for stop in shown]
    assert names[-3:] == ["relay.freemail.example", "mail.corp.example", "mx.victim.example"]
    assert "relay.freemail.example" not in {stop.name for stop in shown if stop.kind == "border"}


def test_a_host_with_two_names_shows_both() -> None:
    chain = made.trace(made.client_hop(by="ex01.corp.example"), made.border_hop())
    stop = stops(chain, path(chain))[-2]
    assert (stop.name, stop.role) == ("mail.corp.example", "recorded hop 1 as ex01.corp.example")


def test_the_boundary_stands_before_the_first_server_of_ours() -> None:
    chain = made.trace()
    assert [stop.name for stop in stops(chain, path(chain)) if stop.boundary] == ["mx.victim.example"]


def test_a_note_of_a_queue_is_no_host() -> None:
    queue = Hop(raw=b" (Haraka outbound); Wed, 13 Nov 2013 12:04:12 +0200")
    names = [name for _, name, _ in told(made.trace(made.client_hop(), queue, made.border_hop()))]
    assert names[-3:] == ["PC-20121219NMRW", "mail.corp.example", "mx.victim.example"]


def test_no_hop_is_no_map() -> None:
    assert told(Trace(section=made.trace().section, hops=())) == []
