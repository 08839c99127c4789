"""``headertrace blocklists`` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from headertrace.cli.blocklists_command import blocklists

from .scripted import answer, scripted
from .test_gathering import MESSAGE

KEY = "abcdefgh12345678ijklmnop90"


def run(*words: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(blocklists, words, input=stdin)


@pytest.fixture
def message(tmp_path: Path) -> str:
    path = tmp_path / "message.eml"
    path.write_bytes(MESSAGE)
    return str(path)


def test_listed_address_is_told_with_the_lists_words_and_the_way_off(lists_at: str) -> None:
    told = run("192.0.2.66", "--resolver", lists_at, "--list", "zen.spamhaus.org", "--laboratory")
    assert told.exit_code == 0
    assert "LISTED    zen.spamhaus.org" in told.stdout
    assert "XBL: infected or hijacked host" in told.stdout
    assert "https://check.spamhaus.org/" in told.stdout


def test_address_that_is_clear_is_so_in_named_lists_only(lists_at: str) -> None:
    told = run("192.0.2.1", "--resolver", lists_at, "--list", "list.example", "--list", "emptied.example")
    assert "clear     list.example\n" in told.stdout
    assert "unknown   emptied.example: its test point 127.0.0.2 is not listed" in told.stdout


def test_message_is_asked_about_at_its_public_hops(lists_at: str, message: str) -> None:
    told = run(message, "--resolver", lists_at, "--list", "list.example", "--format", "json")
    records = [json.loads(line) for line in told.stdout.splitlines()]
    assert [(record["subject"], record["state"]) for record in records] == [
        ("192.0.2.77", "not-listed"),
        ("192.0.2.66", "listed"),
        ("203.0.113.9", "listed"),
    ]
    assert all(record["schema"] == 1 and record["source"] == message for record in records)


def test_message_is_read_from_standard_input(lists_at: str) -> None:
    told = run("-", "--resolver", lists_at, "--list", "list.example", stdin=MESSAGE)
    assert "192.0.2.77" in told.stdout


def test_saved_answers_are_told_again_without_a_network(lists_at: str, message: str, tmp_path: Path) -> None:
    saved = str(tmp_path / "facts.json")
    asked = run(message, "--resolver", lists_at, "--list", "list.example", "--save", saved)
    told = run(message, "--resolver", "127.0.0.1:1", "--replay", saved)
    assert told.stdout == asked.stdout
    assert "LISTED" in told.stdout


@pytest.mark.parametrize("name", ["absent/facts.json", ".", "file/facts.json"])
def test_answers_that_cannot_be_saved_are_not_asked_for(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gather(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("headertrace.lookups.gather", gather)
    (tmp_path / "file").touch()
    path = str(tmp_path / name)
    told = run("192.0.2.66", "--laboratory", "--save", path)
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith(f"headertrace: --save {path}: ")
    assert len(told.stderr.splitlines()) == 1


def test_earlier_answers_stay_until_there_are_new_ones(tmp_path: Path) -> None:
    saved = tmp_path / "facts.json"
    saved.write_text("earlier")
    assert run("absent.eml", "--save", str(saved)).exit_code == 2
    assert saved.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [saved]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device of Linux")
def test_answers_that_could_not_be_saved_are_told_all_the_same(lists_at: str) -> None:
    options = ("--resolver", lists_at, "--list", "list.example", "--laboratory")
    told = run("192.0.2.66", *options, "--save", "/dev/full")
    assert told.exit_code == 2
    assert "LISTED" in told.stdout
    assert told.stderr == "headertrace: --save /dev/full: No space left on device\n"


def test_answers_are_saved_to_standard_output_for_a_dash(lists_at: str) -> None:
    told = run("192.0.2.66", "--resolver", lists_at, "--list", "list.example", "--save", "-")
    assert json.loads(told.stdout.splitlines()[0])["listings"]


def test_key_is_shown_nowhere(lists_at: str, tmp_path: Path) -> None:
    saved = tmp_path / "facts.json"
    zone = f"{KEY}.zen.dq.spamhaus.net"
    for shape in ("text", "json"):
        options = ("--resolver", lists_at, "--list", zone, "--laboratory", "--format", shape)
        told = run("192.0.2.66", *options, "--save", str(saved))
        assert "<key>.zen.dq.spamhaus.net" in told.stdout
        assert KEY not in told.output + saved.read_text()


def test_domain_is_asked_about(lists_at: str) -> None:
    options = ("--resolver", lists_at, "--list", "domains.example", "--laboratory")
    told = run("192.0.2.1", *options, "--domain", "mail.spam.example")
    assert 'LISTED    domains.example (127.0.1.2): the list says: "a spam domain"' in told.stdout


def test_private_address_is_told_as_not_asked() -> None:
    told = run("10.0.0.1", "--resolver", "127.0.0.1:1", "--list", "list.example")
    assert told.exit_code == 0
    assert "not asked a private address is never asked about" in told.stdout


def test_messages_without_a_public_address_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [f"{number}.eml" for number in range(5)]
    for name in names:
        Path(name).write_text("Subject: inside\n\n")
    told = run(*names, "--resolver", "127.0.0.1:9")
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr == f"headertrace: {', '.join(names[:3])} and 2 more: no public address in it\n"
    named = run("-", "--resolver", "127.0.0.1:9", stdin=b"Subject: inside\n\n")
    assert named.stderr == "headertrace: standard input: no public address in it\n"


def test_words_of_a_list_cannot_command_the_terminal() -> None:
    def hostile(query: bytes) -> list[bytes]:
        if b"\x00\x10\x00\x01" in query:
            return [answer(query, r'@ 300 TXT "\027[2Jgone \226\128\174txet"')]
        listed = b"\x011\x010\x010\x03127" not in query and b"invalid" not in query
        return [answer(query, *["@ 300 A 127.0.0.2"] * listed, rcode=0 if listed else 3)]

    with scripted(hostile) as server:
        told = run("192.0.2.66", "--resolver", server.at, "--list", "list.example")
    assert r"\x1b[2Jgone \u202etxet" in told.stdout
    assert "\x1b" not in told.stdout
    assert "\u202e" not in told.stdout


def test_unreadable_target_is_reported_and_the_others_are_told(lists_at: str) -> None:
    told = run("absent.eml", "192.0.2.66", "--resolver", lists_at, "--list", "list.example")
    assert told.exit_code == 0
    assert "absent.eml: No such file" in told.stderr
    assert "LISTED" in told.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["absent.eml"], "absent.eml: No such file"),
        ([], "Missing argument"),
        (
            ["192.0.2.1", "--list", "nonsense"],
            "--list: no list is called 'nonsense' (write its",
        ),
        (["192.0.2.1", "--list", "zen.dq.spamhaus.net"], ": --list: "),
        (["192.0.2.1", "--list", "zen.dq.spamhaus.net"], "needs a key"),
        (["192.0.2.1", "--resolver", "127.0.0.1:x"], ": --resolver: no port of a resolver"),
        (["192.0.2.1", "--timeout", "0"], "--timeout"),
        (["192.0.2.1", "--timeout", "nan"], "--timeout"),
        (["192.0.2.1", "--replay", __file__], "test_command.py"),
        (["192.0.2.1", "--list", "list.example", "--database", __file__], "--database: no MMDB"),
        (["192.0.2.1", "--trusted", "nonsense"], "nonsense"),
    ],
    ids=str,
)
def test_mistake_of_the_user_ends_with_two_and_says_what(words: list[str], said: str) -> None:
    told = run(*words)
    assert told.exit_code == 2
    assert said in told.stderr
