"""What ``headertrace report`` makes of cases: each of its forms as bytes, and a line for what is left out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from headertrace.cases.counted import counted
from headertrace.cli.output import warn

if TYPE_CHECKING:
    from headertrace.cases.case import Case
    from headertrace.reports.dossier import Dossier
    from headertrace.reports.reporter import Reporter
    from headertrace.reports.spare import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What was asked for on the command line."""

    policy: Policy
    reporter: Reporter | None
    keep: timedelta
    zone: str | None
    now: datetime


def make_evidence(shape: str, cases: tuple[Case, ...], job: Job) -> dict[str, bytes]:
    """Return the results by the name that each has in a folder; most forms make one."""
    if shape == "html":
        return {"cases.html": _html(cases, job)}
    if shape in ("zone", "list"):
        return {f"relays.{shape}": _listed(shape, cases, job)}
    dossiers = _dossiers(cases, job)
    if shape == "dossier":
        return {"dossiers.txt": _texts(dossiers)}
    told = _reportable(dossiers)
    return _arf(told, job) if shape == "arf" else {"reports.jsonl": _xarf(told, job)}


def _html(cases: Iterable[Case], job: Job) -> bytes:
    from headertrace.reports.spare import reaches
    from headertrace.reports.view import report as view

    chosen = [case for case in cases if reaches(case, job.policy.at_least)]
    return view(chosen).html("Cases").encode()


def _listed(shape: str, cases: tuple[Case, ...], job: Job) -> bytes:
    from headertrace.reports.zone import plain_list, select_listings, zone_text

    selection = select_listings(cases, job.policy, job.now, job.keep)
    _tell_left_out([one.reason for one in selection.left_out])
    if shape == "zone":
        return zone_text(selection.listings, job.now, job.keep, job.zone).encode()
    return plain_list(selection.listings, job.now).encode()


def _dossiers(cases: tuple[Case, ...], job: Job) -> tuple[Dossier, ...]:
    from headertrace.cli.exhibits import read_exhibits
    from headertrace.reports.dossier import make_dossiers
    from headertrace.reports.spare import reaches

    chosen = [case for case in cases if reaches(case, job.policy.at_least)]
    _tell_left_out([f"not {job.policy.at_least}"] * (len(cases) - len(chosen)))
    return make_dossiers(chosen, read_exhibits(chosen), job.policy)


def _reportable(dossiers: tuple[Dossier, ...]) -> list[Dossier]:
    reasons = [
        one.reason_to_keep or ("" if one.exhibits else "no sample is left where it was") for one in dossiers
    ]
    _tell_left_out([reason for reason in reasons if reason])
    return [one for one, reason in zip(dossiers, reasons, strict=True) if not reason]


def _texts(dossiers: tuple[Dossier, ...]) -> bytes:
    from headertrace.reports.dossier import dossier_text

    bare = sum(not one.exhibits for one in dossiers)
    if bare:
        warn(f"{counted(bare, 'case')} without exhibits: no sample is left where the scan found it")
    return "\n".join(dossier_text(one) for one in dossiers).encode("utf-8", "replace")


def _arf(dossiers: list[Dossier], job: Job) -> dict[str, bytes]:
    from headertrace.reports.arf import arf_message

    assert job.reporter is not None
    reports = (arf_message(one, job.reporter, job.now) for one in dossiers)
    # A case has a kind and an address of its own; the number tells two of one relay apart.
    names = (f"{number:03d}-{one.address}-{one.case.kind}.eml" for number, one in enumerate(dossiers, 1))
    return {name.replace(":", "-"): report for name, report in zip(names, reports, strict=True)}


def _xarf(dossiers: list[Dossier], job: Job) -> bytes:
    from headertrace.reports.xarf import xarf_reports

    assert job.reporter is not None
    reports = [one for dossier in dossiers for one in xarf_reports(dossier, job.reporter, job.now)]
    return "".join(json.dumps(one, allow_nan=False) + "\n" for one in reports).encode()


def _tell_left_out(reasons: list[str]) -> None:
    for reason, count in Counter(reasons).most_common():
        warn(f"{counted(count, 'case')} left out: {reason}")
