"""The articles of a page: one for many messages together, one for each message, one for each case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headertrace.reports.drawing import Shown, draw_examination, draw_trace
from headertrace.reports.gallery import draw_cases, draw_tally
from headertrace.reports.html import render
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Examination

if TYPE_CHECKING:
    from markupsafe import Markup

    from headertrace.reports.view import View


def articles(view: View) -> list[Markup]:
    """Return the view's articles, each escaped."""
    together = [render("many", v=draw_tally(view.tally))] if view.tally and view.tally.total > 1 else []
    single = [render("examination", v=draw(one, place)) for place, one in enumerate(view.shown_in_full)]
    cases = [render("cases", **draw_cases(view.cases))] if view.cases or not single else []
    return [*together, *single, *cases]


def draw(message: Trace | Examination, place: int) -> Shown:
    """Return what the page shows of one message, judged or not; ``place`` counts the messages on the page."""
    return draw_trace(message, place) if isinstance(message, Trace) else draw_examination(message, place)
