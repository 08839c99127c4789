"""Plots count what they say, survive hostile names, and say when there is nothing to draw."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import headertrace as ht
from headertrace.cases.case import CaseKind
from headertrace.reports import plots, tallies

from . import made

pytest.importorskip("matplotlib", reason="pip install 'headertrace[notebook]'")
CASE = ht.Case(
    kind=CaseKind.OPEN_RELAY_NAT,
    relay="mail.corp.example",
    first_seen=datetime(2013, 11, 1, tzinfo=UTC),
    last_seen=datetime(2013, 12, 1, tzinfo=UTC),
    messages=40,
)
ALL: list[Callable[..., plots.Plot]] = [plots.delays, plots.gateways, plots.helo_relays]


def judged(helo: str = "PC-1", **changes: Any) -> ht.Examination:
    return made.examination(made.trace(made.client_hop(helo=helo, **changes), made.border_hop()))


def test_a_gateway_is_told_by_its_many_names() -> None:
    office = judged("PC-9", ip=made.client_hop().ip, by="other.example")
    found = tallies.gateways([judged("PC-1"), judged("PC-2"), judged("PC-2"), office], 10)
    assert [(one.relay, one.address, len(one.helos), one.messages) for one in found] == [
        ("mail.corp.example", "192.168.1.1", 2, 3),
        ("other.example", "192.168.1.1", 1, 1),
    ]


def test_names_and_relays_are_joined_and_counted() -> None:
    found = tallies.helo_relays([judged("PC-1"), judged("PC-1"), judged("PC-2")], 10)
    assert found == Counter({("PC-1", "mail.corp.example"): 2, ("PC-2", "mail.corp.example"): 1})


@pytest.mark.parametrize("plot", [*ALL, plots.lives])
def test_a_small_installation_is_told_what_brings_plots(
    plot: Callable[..., plots.Plot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        ModuleNotFoundError, match=r"a plot needs matplotlib: pip install 'headertrace\[notebook\]'"
    ):
        plot([])


def test_delays_keep_their_sign() -> None:
    assert tallies.delays([judged(), judged()], 5) == [("mx.victim.example", [-4.0, -4.0])]


def test_delays_are_told_in_units_that_people_use() -> None:
    chain = made.trace(made.client_hop(), made.border_hop(date=datetime(2013, 11, 15, tzinfo=UTC)))
    axes = plots.delays([made.examination(chain)]).figure.axes[0]
    told = [label.get_text() for label in axes.get_xticklabels()]
    assert told == ["−1 d", "−1 h", "−1 min", "0", "+1 min", "+1 h", "+1 d"]


@pytest.mark.parametrize("plot", ALL)
@pytest.mark.parametrize("helo", ["$\\frac{$", "日本\u202e", "x" * 100_000, "<svg onload=x>", "\x00"])
def test_hostile_names_are_drawn_as_text(plot: Callable[..., plots.Plot], helo: str) -> None:
    assert plot([judged(helo, by=helo)])._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("relay", ["$\\frac{$", "$x^$", "<svg onload=x>", "\x00"])
def test_hostile_names_of_a_case_are_drawn_as_text(relay: str) -> None:
    case = replace(CASE, relay=relay, days={"2013-11-01": 10})
    for plot in (plots.life(case), plots.lives([case])):
        assert plot._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("plot", [*ALL, plots.lives, plots.life])
@pytest.mark.parametrize("wrong", [None, 5, "text", {}, [5], [None]], ids=repr)
def test_what_cannot_be_drawn_is_a_type_error(plot: Callable[..., plots.Plot], wrong: object) -> None:
    with pytest.raises(TypeError, match="not of the type"):
        plot(wrong)


def test_a_case_of_one_day_is_seen_and_each_colour_has_its_word() -> None:
    day = replace(CASE, last_seen=CASE.first_seen, confidence=ht.Confidence.LIKELY)
    axes = plots.lives([day, CASE]).figure.axes[0]
    assert len(axes.lines) == 2
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["likely", "not supported"]


def test_the_inner_address_stays_whole_beside_a_long_name() -> None:
    long = replace(CASE, relay="mail." + "x" * 60 + ".example", inner_address="192.168.203.254")
    (label,) = plots.lives([long]).figure.axes[0].get_yticklabels()
    assert label.get_text().endswith("… 192.168.203.254")


@pytest.mark.parametrize("plot", [*ALL, plots.lives])
def test_nothing_to_draw_is_said(plot: Callable[..., plots.Plot]) -> None:
    assert "nothing to draw" in plot([]).figure.axes[0].get_title(loc="left")


def test_a_case_is_drawn_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    plot = plots.lives([CASE, CASE])
    plot.save(tmp_path / "lives.svg")
    assert len(plot.figure.axes[0].collections) == 2
    assert "<svg" in (tmp_path / "lives.svg").read_text()


def test_the_days_of_a_case_are_bars() -> None:
    from matplotlib.patches import Rectangle

    plot = plots.life(replace(CASE, days={"2013-11-01": 10, "2013-11-03": 30}))
    bars = [bar for bar in plot.figure.axes[0].patches if isinstance(bar, Rectangle)]
    assert [bar.get_height() for bar in bars] == [10, 30]


def test_the_library_of_plots_is_loaded_only_to_draw() -> None:
    code = "import sys; from headertrace.reports import plots; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
