"""A report of abuse in the format that abuse desks read by machine (ARF: RFC 5965, RFC 6650)."""

from __future__ import annotations

from datetime import datetime
from textwrap import fill
from typing import TYPE_CHECKING

from headertrace import __version__
from headertrace.reports.dossier import WHAT, Dossier, dossier_text, relay_name
from headertrace.reports.reporter import Reporter
from headertrace.trace.trace import read_trace

if TYPE_CHECKING:
    from email.message import Message

USER_AGENT = "headertrace"
# The header of a report is short, whatever a mail calls its relay (RFC 5322, section 2.1.1).
SUBJECT_LIMIT = 150
INTRO_WIDTH = 100
# A server seldom names more than one; the enclosed header names them all.
MOST_RECIPIENTS = 20


def arf_message(dossier: Dossier, reporter: Reporter, now: datetime) -> bytes:
    """Return a message ready to be sent by hand, for a dossier with an address and an exhibit.

    ``ValueError`` where it lacks one, or where there is a reason to keep it. It is addressed to nobody.
    """
    from email.generator import BytesGenerator  # noqa: PLC0415  (34 ms, for reports only)
    from email.policy import compat32  # noqa: PLC0415
    from io import BytesIO  # noqa: PLC0415

    require_reportable(dossier)
    out = BytesIO()
    # The newer policies would fold, and so change, what is evidence.
    policy = compat32.clone(linesep="\r\n")
    BytesGenerator(out, mangle_from_=False, policy=policy).flatten(_message(dossier, reporter, now))
    return out.getvalue()


def require_reportable(dossier: Dossier) -> None:
    """Raise ``ValueError`` where a dossier must not, or cannot, be reported."""
    if dossier.reason_to_keep:
        raise ValueError(f"not to be reported: {dossier.reason_to_keep}")
    if dossier.address is None or not dossier.exhibits:
        raise ValueError(
            "a report needs the relay's address and the header of a message (RFC 5965, section 2)"
        )


def _message(dossier: Dossier, reporter: Reporter, now: datetime) -> Message:
    from email.mime.multipart import MIMEMultipart  # noqa: PLC0415
    from email.utils import format_datetime, formataddr, make_msgid  # noqa: PLC0415

    message = MIMEMultipart("report", report_type="feedback-report")
    message["From"] = formataddr((reporter.organisation, reporter.contact))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=reporter.domain)
    message["Subject"] = f"Abuse report: {relay_name(dossier)}"[:SUBJECT_LIMIT]
    message.attach(_part("text/plain", _words(dossier)))
    message.attach(_part("message/feedback-report", _feedback(dossier)))
    message.attach(_part("text/rfc822-headers", dossier.exhibits[0].decode("utf-8", "replace")))
    return message


def _part(content_type: str, text: str) -> Message:
    """Return a part whose text is sent as it is: 7bit or 8bit, never encoded (RFC 5965, section 2)."""
    from email.message import Message  # noqa: PLC0415

    part = Message()
    part["Content-Type"] = (
        f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type
    )
    part["Content-Transfer-Encoding"] = "7bit" if text.isascii() else "8bit"
    part.set_payload(text.encode("utf-8").decode("ascii", "surrogateescape"))
    return part


def _words(dossier: Dossier) -> str:
    intro = (
        "This is a report of abuse in the format of RFC 5965. "
        f"The server named below {WHAT[dossier.case.kind]}. "
        "Recipients are replaced by keyed hashes (RFC 6590); the same recipient has the same hash throughout "
        "this report."
    )
    return f"{fill(intro, INTRO_WIDTH)}\n\n{dossier_text(dossier, exhibits=False)}"


def _feedback(dossier: Dossier) -> str:
    """Return the fields of the machine's part, in the order of RFC 5965, section 3."""
    from email.utils import format_datetime  # noqa: PLC0415

    case, trace = dossier.case, read_trace(dossier.exhibits[0])
    newest_first = trace.hops[::-1]
    # The newest field was written where the enclosed message arrived.
    arrived = newest_first[0].date if newest_first else None
    recipients = next((hop.recipients for hop in newest_first if hop.recipients), ())[:MOST_RECIPIENTS]
    # A local name is not replaced by a hash, and tells nobody outside anything.
    addresses = [recipient for recipient in recipients if "@" in recipient]
    fields = (
        ("Feedback-Type", "abuse"),
        ("User-Agent", f"{USER_AGENT}/{__version__}"),
        ("Version", "1"),
        ("Original-Mail-From", trace.section.text("return-path")),
        ("Arrival-Date", format_datetime(arrived) if arrived else None),
        ("Source-IP", str(dossier.address)),
        ("Reported-Domain", case.relay if case.relay and "." in case.relay else None),
        # What was said in RCPT, never what stands in To (RFC 5965, section 3.2); one field for each.
        *(("Original-Rcpt-To", f"<{one}>") for one in addresses),
        ("Incidents", str(case.messages)),
    )
    return "".join(f"{name}: {_line(value)}\n" for name, value in fields if value)


def _line(value: str) -> str:
    """Return the value on one line and in ASCII, as fields of this part have to be (RFC 5965, section 3)."""
    return " ".join(value.split())[:SUBJECT_LIMIT].encode("ascii", "replace").decode()
