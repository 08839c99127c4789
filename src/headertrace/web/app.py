"""The page's application: a form, a report, and nothing kept between two requests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from headertrace.web import pages
from headertrace.web.guard import HOSTS, Guard, refuse_strangers
from headertrace.web.judge import judge_upload
from headertrace.web.upload import read_upload

if TYPE_CHECKING:
    from headertrace.trace.admd import Admd

STATIC = Path(__file__).parent / "static"


def create_app(admd: Admd | None = None) -> Guard:
    """Return the application; ``admd`` tells which networks and names are our own."""
    app = Starlette(
        routes=[
            Route("/", show_form, methods=["GET"]),
            Route("/", show_report, methods=["POST"]),
            Route("/report.css", show_style),
            Mount("/static", StaticFiles(directory=STATIC)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS))],
        exception_handlers={HTTPException: show_problem, Exception: show_failure},
    )
    app.state.admd = admd
    return Guard(app)


async def show_form(_request: Request) -> Response:
    """Return the empty form."""
    return HTMLResponse(pages.form())


async def show_style(_request: Request) -> Response:
    """Return the style sheet that every report has."""
    return Response(pages.report_style(), media_type="text/css")


async def show_report(request: Request) -> Response:
    """Return the report on what was pasted or dropped, or a friendly word where there is no header."""
    refuse_strangers(request)
    upload = await read_upload(request)
    if upload.is_empty:
        return HTMLResponse(pages.form(hint=pages.NOTHING), status_code=400)
    found = await run_in_threadpool(judge_upload, upload, request.app.state.admd)
    if not found.messages:
        page = pages.form(hint=pages.NO_HEADER, pasted=upload.pasted, troubles=found.troubles)
        return HTMLResponse(page, status_code=422)
    if upload.as_file:
        attachment = {"Content-Disposition": 'attachment; filename="headertrace-report.html"'}
        return HTMLResponse(await run_in_threadpool(pages.saved, found), headers=attachment)
    return HTMLResponse(await run_in_threadpool(pages.result, found))


async def show_problem(_request: Request, problem: Exception) -> Response:
    """Return a page that says what was wrong with the request."""
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    detail = problem.detail if isinstance(problem, HTTPException) else ""
    return HTMLResponse(pages.form(hint=detail), status_code=status)


async def show_failure(_request: Request, _failure: Exception) -> Response:
    """Return a page that tells nothing of what was read."""
    return HTMLResponse(pages.form(hint=pages.FAILURE), status_code=500)
