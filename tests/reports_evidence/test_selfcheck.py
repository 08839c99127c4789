"""What an administrator learns from abused mail of his own server, in a queue or out of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from headertrace import Admd, Scenario
from headertrace.cli.main import cli
from headertrace.message.queued import read_queued
from headertrace.reports.lines import draw
from headertrace.reports.selfcheck import EntryPoint, check_message, check_queued, entry_points
from headertrace.reports.selfcheck_text import selfcheck_lines

from .queues import GATEWAY, exim, postcat, received

LAB = Path(__file__).parents[2] / "fixtures/messages/lab"
OURS = Admd(names=["corp.example"])
STRANGERS = [("User", "a@one.example"), ("WIN-ABC", "b@two.example"), ("ylmf-pc", "c@three.example")]


def queue(*texts: str) -> tuple[EntryPoint, ...]:
    checked = [check_queued(one, OURS) for text in texts for one in read_queued(text.encode())]
    return entry_points(checked, OURS)


@pytest.mark.parametrize("form", [lambda *one: postcat("4ABC", *one), exim], ids=["postfix", "exim"])
def test_strangers_behind_a_gateway(form: object) -> None:
    assert callable(form)
    (point,) = queue(*(form(helo, sender) for helo, sender in STRANGERS))
    assert (point.client, point.login, point.messages) == (GATEWAY, None, 3)
    assert point.story is Scenario.OPEN_RELAY_NAT
    assert point.server == "mail.corp.example"
    assert len(point.helos) == len(point.senders) == 3
    assert set(point.recipients) == {"victim.example", "other.example"}
    told = " ".join(point.remarks)
    assert "not one machine" in told
    assert "nobody logged in" in told
    assert any("DNAT" in change for change in point.changes)


def test_a_login_is_an_entry_point_of_its_own() -> None:
    found = queue(
        postcat("4A", "User", "a@one.example", login="ann"),
        postcat("4B", "User", "b@two.example", login="ann"),
        postcat("4C", "User", "c@three.example"),
    )
    assert [(point.login, point.messages, point.story) for point in found] == [
        ("ann", 2, Scenario.STOLEN_CREDENTIALS),
        (None, 1, Scenario.OPEN_RELAY_NAT),
    ]
    assert any("password" in change for change in found[0].changes)


def test_a_public_stranger_without_a_login() -> None:
    header = received("User", "203.0.113.77") + "From: a@one.example\n\n"
    text = postcat("4A", "User", "a@one.example").replace(received("User"), header.split("From:")[0])
    (point,) = queue(text)
    assert (point.client, point.story) == ("203.0.113.77", Scenario.OPEN_RELAY)


def test_mail_of_ones_own_office_is_not_called_foreign() -> None:
    (point,) = queue(postcat("4A", "pc-1.corp.example", "ann@corp.example"))
    assert not any("Strangers" in remark for remark in point.remarks)


def test_messages_that_have_left_are_looked_at_too() -> None:
    checked = [check_message(path.read_bytes(), OURS) for path in sorted((LAB / "s1_nat").glob("*.eml"))]
    found = entry_points(checked, OURS)
    assert {point.story for point in found} == {Scenario.OPEN_RELAY_NAT}
    assert {point.client for point in found} == {GATEWAY}


def test_a_message_without_a_trace_sends_to_the_log() -> None:
    (point,) = entry_points([check_message(b"From: a@one.example\n\nhello")])
    assert "log" in point.remarks[0]


@pytest.mark.parametrize("folder", ["bot_direct", "bounce_own", "legit_pickup", "legit_webform"])
def test_where_no_misuse_is_listed_there_is_no_story_and_nothing_to_change(folder: str) -> None:
    found = entry_points([check_message(path.read_bytes()) for path in sorted((LAB / folder).glob("*.eml"))])
    assert {(point.story, point.confidence, point.changes) for point in found} == {(None, None, ())}
    told = " ".join(draw(selfcheck_lines(found)).split())
    assert "No misuse shows in these messages, so they name nothing to change." in told
    assert "Open relay" not in told
    assert "Docker" not in told


def test_a_story_that_the_messages_look_like_is_named_once() -> None:
    found = entry_points([check_message((LAB.parent / "appliance.eml").read_bytes())])
    assert found[0].story is found[0].verdict is Scenario.OPEN_RELAY_APPLIANCE
    told = " ".join(draw(selfcheck_lines(found)).split())
    assert told.count("Open relay behind an appliance") == 1
    assert f"If your users did not write them, this is {found[0].confidence}." in told


def test_nothing_hostile_reaches_the_terminal() -> None:
    found = queue(postcat("4A", "\x1b[31mUser", "a@one.example", login="ann\x1b]0;x\x07"))
    assert "\x1b" not in draw(selfcheck_lines(found))


def run(*arguments: str, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["selfcheck", *arguments], input=text)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_reads_a_spool_folder(tmp_path: Path) -> None:
    (tmp_path / "1abCDe-000Abc-2D-H").write_text(exim("User", "a@one.example"))
    (tmp_path / "1abCDe-000Abc-2D-D").write_text("1abCDe-000Abc-2D-D\nReceived: by body\n")
    code, out, _ = run("--format", "json", "--name", "corp.example", str(tmp_path))
    (point,) = json.loads(out)["doors"]
    assert (code, point["messages"], point["story"]) == (0, 1, "open-relay-nat")


def test_the_command_reads_standard_input() -> None:
    code, out, _ = run("-", text="".join(postcat(f"4A{n}", *one) for n, one in enumerate(STRANGERS)))
    assert code == 0
    assert "Messages: 3. Doors by which they came in: 1." in out
    assert "Open relay behind NAT" in out


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    code, _, err = run(str(tmp_path / "picture.png"), str(tmp_path / "none.eml"))
    assert code == 2
    assert "picture.png" in err
    assert "none.eml" in err
