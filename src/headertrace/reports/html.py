"""Reports as HTML: a fragment for notebooks and for our own page, or one self-contained file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from headertrace.reports.escape import visible

if TYPE_CHECKING:
    from jinja2 import Environment

MARGIN = "One message can be consistent with a story; it seldom proves one."
# Notebooks and pages style all lists, tables and code that they hold: an id outranks their rules, whatever
# they are, and "revert" drops what ours do not name. A drawing's attributes count as styles, so they stay.
OUTRANKING = ":root:not(#ht) { .ht, .ht :where(:not(svg, svg *)) { all: revert; }\n"


@cache
def environment() -> Environment:
    """Return the templates: everything that is printed is made visible, then escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (only when HTML is asked)

    loader = PackageLoader("headertrace.reports")
    env = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    env.filters["pre"] = _preformatted
    return env


def _finalize(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _preformatted(text: str) -> Markup:
    """Return escaped text in which the line ends stay; its other control characters are visible already."""
    return Markup("\n").join(escape(visible(line)) for line in text.split("\n"))


def render(template: str, **values: Any) -> Markup:
    """Return a template filled in, safe to put into another."""
    return Markup(environment().get_template(f"{template}.html.j2").render(**values))


@cache
def style() -> Markup:
    """Return the style sheet of every report."""
    source, _, _ = environment().loader.get_source(environment(), "report.css")  # type: ignore[union-attr]
    return Markup(source)


def style_hash() -> str:
    """Return the style sheet's hash as a Content-Security-Policy names it."""
    return f"sha256-{b64encode(sha256(style().encode()).digest()).decode()}"


def fragment(bodies: Iterable[Markup]) -> Markup:
    """Return reports with their style, to stand inside another page."""
    return Markup("<style>{}{}}}</style>").format(Markup(OUTRANKING), style()) + Markup("").join(bodies)


def page(bodies: Iterable[Markup], title: str) -> Markup:
    """Return one self-contained page: no script, no network."""
    from headertrace import __version__  # noqa: PLC0415  (the package is not ready while it imports us)

    return render(
        "page",
        title=title,
        body=Markup("").join(bodies),
        style=style(),
        style_hash=style_hash(),
        version=__version__,
        margin=MARGIN,
    )
