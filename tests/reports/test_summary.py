"""What the rest of the header tells, decoded and explained, as people know it from other viewers."""

from __future__ import annotations

import pytest

from headertrace.message.section import read_section
from headertrace.reports.summary import authentication, filter_reports, letter_head, others

HEAD = (
    b"Received: from a by b\r\n"
    b"Subject: =?utf-8?b?UGhvdG8=?= retouching\r\n"
    b"From: Jeff <jeff@freemail.example>\r\n"
    b"X-Forefront-Antispam-Report: CIP:198.51.100.25;CTRY:FI;SCL:5;SFV:SPM;XYZ:7;H:mail.corp.example;\r\n"
    b"X-Microsoft-Antispam: BCL:3;\r\n"
    b"Authentication-Results: mx.victim.example; spf=none\r\n"
    b"X-Mailer: wombat\r\n"
)


def shown(lines: object) -> dict[str, str]:
    return {line.name: line.value for line in lines}  # type: ignore[attr-defined]


def test_the_letter_head_is_decoded() -> None:
    assert shown(letter_head(read_section(HEAD))) == {
        "Subject": "Photo retouching",
        "From": "Jeff <jeff@freemail.example>",
    }


def test_filter_reports_are_taken_apart_and_explained() -> None:
    lines = filter_reports(read_section(HEAD))
    assert shown(lines) == {
        "CIP": "198.51.100.25",
        "CTRY": "FI",
        "SCL": "5",
        "SFV": "SPM",
        "XYZ": "7",
        "H": "mail.corp.example",
        "BCL": "3",
    }
    assert {line.name: line.meaning for line in lines}["SCL"] == "spam confidence level"


def test_each_field_stands_in_one_place() -> None:
    section = read_section(HEAD)
    assert list(shown(authentication(section))) == ["Authentication-Results"]
    assert list(shown(others(section))) == ["X-Mailer"]


@pytest.mark.parametrize(
    "subject",
    [
        b"=?utf-8?b?!!!?=",
        b"=?nonsense?q?x?=",
        b"=?utf-8?q?=1B[2J?=",
        b"=?utf-8?q?" + b"=E2=80=AE" * 50 + b"?=",
    ],
)
def test_a_hostile_encoding_is_shown_and_not_obeyed(subject: bytes) -> None:
    line = shown(letter_head(read_section(b"Subject: " + subject + b"\r\n")))["Subject"]
    assert "\x1b" not in line
    assert "\u202e" not in line
