"""Messages read out of queues: the envelope and the header, whatever a spammer writes into the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headertrace.message.queued import is_queued, read_queued
from headertrace.message.section import read_section

from .queues import GATEWAY, exim, postcat


def test_postcat_output() -> None:
    (one,) = read_queued(postcat("4ABC", "User", "a@sender.example", login="ann").encode())
    assert (one.name, one.login, one.client) == ("4ABC", "ann", GATEWAY)
    assert (one.sender, one.recipients) == ("a@sender.example", ("one@victim.example", "two@other.example"))
    assert read_section(one.header).text("subject") == "offer"
    assert len(read_section(one.header).values("received")) == 1


def test_many_messages_one_after_the_other() -> None:
    text = "".join(postcat(f"4ABC{number}", "User", "a@sender.example") for number in range(5))
    assert [one.name for one in read_queued(text.encode())] == [f"4ABC{number}" for number in range(5)]


def test_a_text_that_imitates_the_marks_adds_no_message() -> None:
    fake = postcat("5FAKE", "innocent", "boss@corp.example", login="boss")
    text = postcat("4ABC", "User", "a@sender.example", body=fake) + postcat(
        "4DEF", "User", "b@sender.example"
    )
    assert [one.name for one in read_queued(text.encode())] == ["4ABC", "4DEF"]


def test_an_exim_spool_file() -> None:
    (one,) = read_queued(exim("User", "a@sender.example", login="ann").encode())
    assert (one.name, one.login, one.client) == ("1abCDe-000Abc-2D", "ann", GATEWAY)
    assert (one.sender, one.recipients) == ("a@sender.example", ("one@victim.example", "two@other.example"))
    section = read_section(one.header)
    assert section.text("subject") == "offer"
    assert section.text("bcc") is None


def test_other_files_are_no_queue_files() -> None:
    for raw in (b"", b"Received: by a\n\n", b"From a@b Thu Jan  1 00:00:00 1970\n", b"C\x1b  503\x00"):
        assert not is_queued(raw)
        assert read_queued(raw) == ()


@given(st.binary(max_size=300), st.sampled_from(["postcat", "exim"]))
def test_no_bytes_raise(raw: bytes, kind: str) -> None:
    start = b"*** ENVELOPE RECORDS a/1 ***\n" if kind == "postcat" else b"1abCDe-000Abc-2D-H\n"
    middle = b"*** MESSAGE CONTENTS a/1 ***\n" if kind == "postcat" else b"\n\n012P "
    assert isinstance(read_queued(start + raw + middle + raw), tuple)
