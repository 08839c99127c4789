"""Repositories that were made to be read for ever, or damaged: the scan goes on, and what lacks is told."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from headertrace.corpus.sources import InputError, Item, Trouble, public_inbox, read_items, streams

LETTER = b"Subject: x\n\ntext\n"
WHO = {f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(repository: Path, *words: str, feed: bytes = b"") -> str:
    done = subprocess.run(
        ["git", *words],
        cwd=repository,
        input=feed,
        capture_output=True,
        check=True,
        env={**os.environ, **WHO},
    )
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "--bare", "list.git")
    return tmp_path / "list.git"


def blob(repository: Path, data: bytes) -> str:
    return git(repository, "hash-object", "-w", "--stdin", feed=data)


def commit(repository: Path, tree: str, *words: str) -> str:
    made = git(repository, "commit-tree", tree, *words, feed=b"m")
    git(repository, "update-ref", "HEAD", made)
    return made


def tree_of(repository: Path, kind: str, name: str, count: int) -> str:
    mode = "040000" if kind == "tree" else "100644"
    feed = "".join(f"{mode} {kind} {name}\t{place}\n" for place in range(count))
    return git(repository, "mktree", feed=feed.encode())


def object_of(repository: Path, name: str) -> Path:
    return repository / "objects" / name[:2] / name[2:]


def read(repository: Path) -> tuple[list[Item], list[InputError]]:
    found = list(read_items([repository]))
    return [i for i in found if isinstance(i, Item)], [i for i in found if isinstance(i, InputError)]


def names_one_letter_a_billion_times(repository: Path) -> None:
    tree = tree_of(repository, "blob", blob(repository, LETTER), 10)
    for _ in range(8):
        tree = tree_of(repository, "tree", tree, 10)
    commit(repository, tree)


def holds_a_billion_empty_trees(repository: Path) -> None:
    tree = tree_of(repository, "blob", "", 0)
    for _ in range(9):
        tree = tree_of(repository, "tree", tree, 10)
    commit(repository, tree)


def delivers_one_large_letter_many_times(repository: Path) -> None:
    tree = git(
        repository, "mktree", feed=f"100644 blob {blob(repository, LETTER + bytes(2**20))}\tm\n".encode()
    )
    last = commit(repository, tree)
    for _ in range(9):
        last = commit(repository, tree, "-p", last)


BOMBS = {
    "a dozen objects that name one letter a billion times": names_one_letter_a_billion_times,
    "a billion trees that hold nothing": holds_a_billion_empty_trees,
    "one letter of a megabyte, delivered again and again": delivers_one_large_letter_many_times,
}


@pytest.mark.parametrize("why", BOMBS)
def test_what_names_more_than_it_holds_is_refused(
    why: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "FREE_BYTES", 2**20)
    BOMBS[why](repository)
    items, errors = read(repository)
    assert [error.trouble for error in errors] == [Trouble.BOMB]
    assert len(items) * public_inbox.LEAST_SPENT < 10 * 2**20


def test_borrowed_objects_count_as_held(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, tree_of(repository, "blob", blob(repository, LETTER), 100))
    git(tmp_path, "clone", "-q", "--bare", "--shared", "list.git", "borrower")
    monkeypatch.setattr(streams, "FREE_BYTES", 0)
    monkeypatch.setattr(public_inbox, "LEAST_SPENT", 1)
    items, errors = read(tmp_path / "borrower")
    assert (len(items), errors) == (100, [])


def test_git_s_complaints_stop_no_scan(repository: Path) -> None:
    """Of each damaged object git says two lines, and a pipe holds some hundred of them."""
    names = [blob(repository, LETTER + str(place).encode()) for place in range(600)]
    feed = "".join(f"100644 blob {name}\t{name}\n" for name in names)
    commit(repository, git(repository, "mktree", feed=feed.encode()))
    for name in names[1:]:
        object_of(repository, name).chmod(0o600)
        object_of(repository, name).write_bytes(b"damaged" * 9)
    items, errors = read(repository)
    assert len(items) == 1
    assert {error.trouble for error in errors} == {Trouble.CORRUPT}
    assert {error.path for error in errors} >= {f"{repository}!/{name}" for name in names[1:]}


def test_a_list_of_names_that_breaks_off_is_told(repository: Path) -> None:
    lost = tree_of(repository, "blob", blob(repository, LETTER), 1)
    good = blob(repository, LETTER + b"2")
    tree = git(repository, "mktree", feed=f"100644 blob {good}\ta\n040000 tree {lost}\tb\n".encode())
    commit(repository, tree)
    object_of(repository, lost).unlink()
    items, errors = read(repository)
    assert len(items) == 1
    assert [error.path for error in errors] == [str(repository)]


def test_to_stop_in_the_middle_says_nothing(repository: Path, capfd: pytest.CaptureFixture[str]) -> None:
    commit(repository, tree_of(repository, "blob", blob(repository, LETTER), 20_000))
    items = read_items([repository])
    next(items)
    items.close()  # type: ignore[attr-defined]
    assert capfd.readouterr().err == ""
