"""Folders: plain ones, Maildir, MH, and what lies in them, in an order that never changes."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field

from headertrace.corpus.sources.item import InputError, Trouble
from headertrace.corpus.sources.troubles import input_error

# Deliveries that are not complete yet (maildir(5)).
MAILDIR_TMP = "tmp"
# What servers and programs keep beside messages: whole names, as a mailbox may be called after its server.
NOTES = re.compile(
    r"dovecot(?:\.(?:index|list\.index|map\.index|mailbox\.log|sieve|svbin|lda-dupes)"
    r"|-(?:uidlist|uidvalidity|keywords|acl|shared|attributes|quota|virtual))[\w.-]{0,40}"
    r"|cyrus\.(?:index|cache|header|squat|seen|annotations|archivecache|expunge|dav)|courierimap[a-z]{0,20}"
    r"|maildirfolder|maildirsize|subscriptions"
    # Thunderbird, Evolution, Apple Mail, macOS, git
    r"|[^/]+\.(?:msf|cmeta|ev-summary(?:-meta)?|ibex\.index(?:\.data)?)|msgFilterRules\.dat|popstate\.dat"
    r"|filterlog\.html|table_of_contents|\.DS_Store|__MACOSX|\.git"
    # MH, and the messages that rmm(1) has marked
    r"|\.mh_sequences|\.xmhcache|[,#]\d+"
)

# What a scan writes holds fields of the mail that was scanned, and may stand beside that mail.
OUTPUT_OF_A_SCAN = frozenset({"scan.json", "messages", "hops", "findings", "verdicts", "errors"})


@dataclass(frozen=True, slots=True)
class Repository:
    """A bare git repository, as public-inbox keeps its messages."""

    path: str


Entry = str | Repository | InputError


@dataclass(slots=True)
class Walk:
    """A walk through a folder that enters none twice, whatever the links in it say."""

    seen: set[tuple[int, int]] = field(default_factory=set)

    def entries(self, path: str) -> Iterator[Entry]:
        """Yield the files, repositories and errors below a path, which may be a file itself."""
        named, waiting = path, [path]
        while waiting:
            path = waiting.pop()
            try:
                status = os.stat(path)
                names = sorted(os.listdir(path)) if stat.S_ISDIR(status.st_mode) else None
            except OSError as error:
                yield input_error(path, error)
                continue
            if names is None:
                yield _file(path, status, named=path == named)
            elif is_repository(names):
                yield Repository(path)
            elif set(names) >= OUTPUT_OF_A_SCAN:
                text = "not-a-message: the output of a scan"
                yield InputError(path=path, trouble=Trouble.NOT_A_MESSAGE, text=text)
            elif self._is_new(status):
                waiting += [os.path.join(path, name) for name in reversed([*wanted(names)])]
            else:
                yield InputError(path=path, trouble=Trouble.LOOP, text="loop: this folder was read already")

    def _is_new(self, folder: os.stat_result) -> bool:
        identity = (folder.st_dev, folder.st_ino)
        new = identity not in self.seen
        self.seen.add(identity)
        return new


def _file(path: str, status: os.stat_result, *, named: bool) -> Entry:
    # A pipe that somebody left in a folder may have no writer: who reads it waits for ever.
    if stat.S_ISREG(status.st_mode) or (named and stat.S_ISFIFO(status.st_mode)):
        return path
    return InputError(path=path, trouble=Trouble.UNREADABLE, text="unreadable: neither file nor folder")


def is_repository(names: list[str]) -> bool:
    """Return whether a folder of these names is a bare git repository."""
    return {"HEAD", "objects", "refs"} <= set(names)


def wanted(names: list[str]) -> Iterator[str]:
    """Yield the names that may hold mail: no working files of git, Maildir, MH or mail servers."""
    maildir = {"cur", "new"} <= set(names)
    epochs = "git" in names
    for name in names:
        unfinished = maildir and name == MAILDIR_TMP
        # A public-inbox of version 2 joins its epochs (git/0.git ...) once more in all.git.
        joined = epochs and name == "all.git"
        if not (unfinished or joined or is_index(name)):
            yield name


def is_index(name: str) -> bool:
    """Return whether a mail program keeps its own notes under this name, and no mail."""
    return NOTES.fullmatch(name) is not None
