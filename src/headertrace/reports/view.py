"""``report(x)``: the view of anything read, judged or joined; text in a terminal, HTML in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from headertrace.cases.case import Case
from headertrace.reports.many import MOST_FULL, Tally
from headertrace.tables.several import several
from headertrace.trace.trace import Trace
from headertrace.verdict.examination import Examination
from headertrace.verdict.examine import examine

if TYPE_CHECKING:
    from markupsafe import Markup

_WANTED = "a trace, an examination, a case, or many of them can be reported on, not {}"
Subject: TypeAlias = Trace | Examination | Case


class View:
    """Something to look at: ``str()`` is text of 80 columns, ``html()`` one whole page."""

    def __init__(self, subjects: Iterable[Subject], *, many: bool = False) -> None:
        """Take what is to be shown, each at once; of many messages, judged, the most suspicious are kept."""
        self.tally = Tally() if many else None
        self.cases: list[Case] = []
        self.messages: list[Trace | Examination] = []
        for subject in subjects:
            self._take(subject)

    def _take(self, subject: Subject) -> None:
        if isinstance(subject, Case):
            self.cases.append(subject)
        elif not isinstance(subject, Trace | Examination):
            raise TypeError(_WANTED.format(type(subject).__name__))
        elif self.tally is None:
            self.messages.append(subject)
        else:
            self.tally.add(examine(subject) if isinstance(subject, Trace) else subject)

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def text(self, *, width: int = 80, colour: bool = False) -> str:
        """Return the report as lines of text."""
        from headertrace.reports.lines import draw  # noqa: PLC0415  (rich takes 90 ms)
        from headertrace.reports.text_view import lines  # noqa: PLC0415

        return draw(lines(self), width=width, colour=colour)

    def html(self, title: str = "headertrace report") -> str:
        """Return the report as one self-contained HTML page, without script or network.

        Plain text: a ``Markup`` would escape, unasked, whatever a caller puts before it.
        """
        from headertrace.reports.html import page  # noqa: PLC0415  (jinja2 takes 40 ms)

        return str(page(self.bodies(), title))

    def _repr_html_(self) -> str | None:
        try:
            from headertrace.reports.html import fragment  # noqa: PLC0415
        except ModuleNotFoundError:  # a small installation: the notebook then shows the text
            return None
        return str(fragment(self.bodies()))

    def bodies(self) -> list[Markup]:
        """Return the articles of the page, each escaped."""
        from headertrace.reports.articles import articles  # noqa: PLC0415

        return articles(self)

    @property
    def shown_in_full(self) -> list[Trace | Examination]:
        """The messages that have an article of their own, those of the table first."""
        return [*(self.tally.kept[:MOST_FULL] if self.tally else ()), *self.messages]


def report(subject: Subject | Iterable[Subject]) -> View:
    """Return the view of a trace, an examination, a case, or of many of them; TypeError for anything else."""
    if isinstance(subject, Trace | Examination | Case):
        return View([subject])
    return View(several(subject, _WANTED), many=True)
