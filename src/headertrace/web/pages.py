"""The pages: the form with its help, and the report under it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from headertrace.reports.html import page, style

if TYPE_CHECKING:
    from jinja2 import Environment

    from headertrace.web.judge import Found

TITLE = "headertrace report"
NOTHING = "Nothing was pasted and no file chosen yet. Paste a message, or drop one on the page."
NO_HEADER = (
    "This does not look like a mail header: no line in it reads like 'Received: from …'. "
    "Mail programs hide the header; below stands how to get at it, and an example of what it looks like."
)
FAILURE = "Something went wrong while drawing this message. Nothing was kept; the command line may tell more."
EXAMPLE = """\
Received: from mail.corp.example (mail.corp.example [198.51.100.25])
        by mx.victim.example (Postfix) with ESMTP id 3d9zX41yK2z
        for <someone@victim.example>; Wed, 13 Nov 2013 12:04:13 +0200 (EET)
Received: from PC-20121219NMRW ([192.168.1.1] RDNS failed)
        by mail.corp.example with Microsoft SMTPSVC(6.0.3790.4675);
        Wed, 13 Nov 2013 12:04:11 +0200
From: Jeff <jeff@freemail.example>
Subject: Photo retouching
Date: Wed, 13 Nov 2013 18:04:40 +0800
"""
# Text handed back into the form so that nobody has to paste it again.
MOST_PASTED = 256 * 1024


def form(*, hint: str = "", pasted: str = "", troubles: Sequence[str] = ()) -> str:
    """Return the form, with a friendly word where something was amiss."""
    template = _environment().get_template("form.html.j2")
    # A form's lines end in CRLF; the page's own lines do not show their ends.
    again = pasted[:MOST_PASTED].replace("\r\n", "\n")
    return template.render(hint=hint, pasted=again, troubles=troubles, example=EXAMPLE)


def result(found: Found) -> str:
    """Return the report as a page of this server."""
    template = _environment().get_template("result.html.j2")
    return template.render(bodies=found.view.bodies(), troubles=found.troubles)


def saved(found: Found) -> str:
    """Return the report as one self-contained file, what could not be read on top."""
    troubles = _environment().get_template("troubles.html.j2").render(troubles=found.troubles)
    return page([Markup(troubles), *found.view.bodies()], TITLE)


def report_style() -> str:
    """Return the style sheet of every report."""
    return style()


@cache
def _environment() -> Environment:
    from jinja2 import ChoiceLoader, PackageLoader  # noqa: PLC0415  (with what draws: at the first request)

    from headertrace.reports.html import environment  # noqa: PLC0415

    loaders = ChoiceLoader([PackageLoader("headertrace.web"), PackageLoader("headertrace.reports")])
    return environment().overlay(loader=loaders)
