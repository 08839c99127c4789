"""``headertrace report`` and ``headertrace bounce``: out of real scans and files, to files and pipes."""

from __future__ import annotations

import email
import json
from dataclasses import replace
from pathlib import Path

import pytest
import xarf
from click.testing import CliRunner, Result

from headertrace.cases.case import Case
from headertrace.cli import report_command
from headertrace.cli.exhibits import read_exhibits
from headertrace.cli.main import cli

from .cases import ACCOUNT, HEADER, RELAY

BOUNCES = Path(__file__).parents[2] / "fixtures/bounces"
REPORTER = ("--reporter", "Example Desk <abuse@example.net>")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def mailbox(tmp_path: Path) -> Path:
    path = tmp_path / "mail.mbox"
    other = b"From: x@y.example\nSubject: other\n\nbody\n\n"
    mark = b"From a@b.example Thu Jan  1 00:00:00 1970\n"
    path.write_bytes(mark + other + mark + HEADER + b"body\n\n")
    return path


@pytest.fixture
def case(mailbox: Path) -> Case:
    offset = mailbox.read_bytes().rindex(b"From a@b.example")
    (found,) = {item for item in (offset, offset + 42) if read_exhibits([_at(mailbox, item)])}
    return _at(mailbox, found)


def _at(mailbox: Path, offset: int) -> Case:
    return replace(RELAY, samples=(f"{mailbox}:{offset} <1@relay.example.org>",))


@pytest.fixture
def seen(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the scan found: an open relay, and a stolen account that no list may hold."""
    account = replace(ACCOUNT, samples=case.samples, relay_address="198.51.100.9")
    monkeypatch.setattr(report_command, "find_cases", lambda _out: (case, account))


def test_a_sample_is_read_again_from_its_mailbox(case: Case) -> None:
    (header,) = read_exhibits([case]).values()
    assert b"203.0.113.66" in header


def test_a_sample_that_is_gone_is_left_out() -> None:
    assert read_exhibits([RELAY]) == {}


@pytest.mark.usefixtures("seen")
def test_abuse_reports_go_to_a_folder(tmp_path: Path) -> None:
    target = tmp_path / "reports"
    result = run("report", "seen", "--format", "arf", "-o", str(target), *REPORTER)
    assert result.exit_code == 0
    names = sorted(path.name for path in target.iterdir())
    assert names == ["001-203.0.113.66-open-relay-nat.eml", "002-198.51.100.9-stolen-account.eml"]
    message = email.message_from_bytes((target / names[0]).read_bytes())
    assert message.get_content_type() == "multipart/report"


@pytest.mark.usefixtures("seen")
def test_reports_of_an_earlier_run_are_told(tmp_path: Path) -> None:
    (tmp_path / "009-192.0.2.1-open-relay.eml").write_text("sent last week")
    run("report", "seen", "--format", "arf", "-o", str(tmp_path), *REPORTER)
    again = run("report", "seen", "--format", "arf", "-o", str(tmp_path), *REPORTER)
    assert "beside them 1 message of earlier runs" in again.stderr
    assert len(list(tmp_path.glob("*.eml"))) == 3


@pytest.mark.usefixtures("seen")
def test_json_reports_go_to_a_pipe() -> None:
    result = run("report", "seen", "--format", "xarf", *REPORTER)
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    # Of the account's relay no port is known: nothing is said of spam.
    assert [one["category"] for one in reports] == ["vulnerability", "messaging", "infrastructure"]
    assert all(not xarf.parse(json.dumps(report)).errors for report in reports)


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("shape", ["zone", "list"])
def test_a_list_tells_what_it_leaves_out(shape: str) -> None:
    result = run("report", "seen", "--format", shape, "--keep", "20000")
    assert result.exit_code == 0
    assert "203.0.113.66" in result.stdout
    assert "198.51.100.9" not in result.stdout
    assert "1 case left out: no open relay (stolen-account)" in result.stderr


@pytest.mark.usefixtures("seen")
def test_our_own_networks_are_never_listed() -> None:
    result = run("report", "seen", "--format", "list", "--keep", "20000", "--trusted", "203.0.113.0/24")
    assert "203.0.113.66" not in result.stdout
    result = run("report", "seen", "--format", "list", "--keep", "20000", "--spare", "203.0.113.66")
    assert "by request" in result.stderr


@pytest.mark.usefixtures("seen")
def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", "seen", "-o", "-").stdout.startswith("<!DOCTYPE html>")
    assert not list(tmp_path.glob("-"))


@pytest.mark.usefixtures("seen")
def test_dossiers_and_pages() -> None:
    assert "Exhibit 1" in run("report", "seen", "--format", "dossier").stdout
    assert "<html" in run("report", "seen").stdout


@pytest.mark.usefixtures("seen")
def test_a_dossier_without_its_messages_says_that_they_moved(mailbox: Path) -> None:
    mailbox.unlink()
    done = run("report", "seen", "--format", "dossier")
    assert (done.exit_code, "Exhibit 1" in done.stdout) == (0, False)
    assert done.stderr == "headertrace: 2 cases without exhibits: no sample is left where the scan found it\n"


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--format", "arf"), "--reporter"),
        (("--format", "xarf", "--reporter", "nobody"), "--reporter: no reporter"),
        (("--format", "arf", "--reporter", "Desk\nBcc: all <a@b.example>"), "--reporter: no reporter"),
        (("--format", "arf", "--reporter", "\udcff <a@b.example>"), "--reporter: no reporter"),
        (("--spare", "nonsense"), "network"),
        (("--format", "zone", "--keep", "99999999"), "--keep"),
        (("--format", "zone", "--zone", "relays.example\n$TTL 1s"), "--zone: no domain name"),
        (("--format", "zone", "--zone", "\udcff"), "--zone: no domain name"),
    ],
)
def test_a_wrong_command_line(arguments: tuple[str, ...], part: str) -> None:
    result = run("report", "seen", *arguments)
    assert result.exit_code == 2
    assert part in result.stderr


def test_a_scan_that_is_not_there(tmp_path: Path) -> None:
    result = run("report", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert "none" in result.stderr


def test_a_bounce_as_text() -> None:
    result = run("bounce", str(BOUNCES / "courier.eml"))
    assert result.exit_code == 0
    for part in ("user@example.org", "203.0.113.66", "Spamhaus", "https://check.spamhaus.org/", "mend"):
        assert part in result.stdout


def test_a_bounce_as_json() -> None:
    result = run("bounce", "--format", "json", str(BOUNCES / "courier.eml"), str(BOUNCES / "receipt.eml"))
    one, other = (json.loads(line) for line in result.stdout.splitlines())
    assert (one["is_bounce"], one["refusals"][0]["listed"]) == (True, True)
    assert one["refusals"][0]["blocker"]["zone"] == "zen.spamhaus.org"
    assert one["returned"]["scenario"]
    assert (other["is_bounce"], other["refusals"]) == (False, [])


def test_backscatter_on_the_command_line() -> None:
    assert "Backscatter" in run("bounce", "--name", "example.net", str(BOUNCES / "backscatter.eml")).stdout


def test_backscatter_tells_nothing_to_mend() -> None:
    of_a_stranger = run("bounce", "--name", "corp.example", str(BOUNCES / "courier.eml")).stdout
    assert "Nothing to mend here" in " ".join(of_a_stranger.split())
    assert "What may stand behind it" not in of_a_stranger
    of_ours = run("bounce", "--trusted", "203.0.113.66", str(BOUNCES / "courier.eml")).stdout
    assert "What may stand behind it" in of_ours


def test_a_message_that_is_no_bounce_says_so() -> None:
    result = run("bounce", str(BOUNCES / "talk-about-a-bounce.eml"))
    assert (result.exit_code, result.stdout.count("This is no bounce")) == (0, 1)


FIRST_LINES = {
    "courier.eml": "This is a bounce: its delivery status tells of a failure (RFC 3464).",
    "delay.eml": "This is a report on a delay, the message may still arrive: a mail system tells in words "
    "that it could not deliver yet.",
    "delivered.eml": "This is no bounce: its delivery status tells of success (RFC 3464).",
    "vacation.eml": "This is no bounce: it is an automatic answer (RFC 3834) to a message that arrived.",
    "receipt.eml": "This is no bounce: it says that a message was shown (RFC 8098), not that it was refused.",
    "abuse-report.eml": "This is no bounce: it reports abuse (RFC 5965), no delivery.",
}


@pytest.mark.parametrize("file", FIRST_LINES)
def test_the_first_sentence_says_once_what_it_is(file: str) -> None:
    head = run("bounce", str(BOUNCES / file)).stdout.partition("\n\n")[0]
    assert FIRST_LINES[file] in " ".join(head.splitlines()[1:])


def test_a_bounce_that_cannot_be_read() -> None:
    result = run("bounce", "none.eml")
    assert (result.exit_code, "none.eml" in result.stderr) == (2, True)
