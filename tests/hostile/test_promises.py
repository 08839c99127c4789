"""No network, no file that nobody named, nothing executed: held against Python's own audit events."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ..data import FIXTURES
from ..fuzz.archives import archives
from . import watched

ROOT = Path(__file__).parents[2]
LETTER = b"Received: from x by y.example\nSubject: x\n\n"


def _commands() -> bytes:
    """Return a message that says to every interpreter near it: do something."""
    payloads = (
        b"'; drop table messages; --",
        b"{{ ''.__class__ }}",
        b"{% include '/etc/passwd' %}",
        b"$(touch evil)",
        b"`touch evil`",
        b"http://evil.example/pixel.png",
        b"file:///etc/passwd",
        b"../../evil",
        b"=cmd|'/c x'!A1",
        b"__import__('os').system('touch evil')",
        b"<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    )
    fields = b"".join(
        b"Received: from %s (%s [198.51.100.7]) by mx.example with %s id %s for <%s@x.example>;"
        b" Tue, 2 Jan 2024 03:04:05 +0100\r\nX-Mailer: %s\r\nSubject: %s\r\nFrom: %s <a@%s>\r\n"
        % ((text,) * 9)
        for text in payloads
    )
    return fields + b"\r\n"


def _pickled() -> bytes:
    class Call:
        def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
            return (exec, ("raise SystemExit(9)",))

    return pickle.dumps(Call())


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("../evil.eml", "/tmp/evil.eml", "C:\\evil.eml", "a/../../evil.eml", "evil\0.eml"):
            archive.writestr(name, LETTER)
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (
            ("../evil.eml", tarfile.REGTYPE),
            ("out", tarfile.SYMTYPE),
            ("hard", tarfile.LNKTYPE),
        ):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            member.size = len(LETTER) if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(LETTER))
        device = tarfile.TarInfo("device")
        device.type = tarfile.CHRTYPE
        archive.addfile(device)
    return out.getvalue()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("hostile")
    contents = [*archives(), _commands(), _pickled(), _zip(), _tar()]
    contents += [path.read_bytes() for path in sorted((FIXTURES / "fuzz").rglob("*")) if path.is_file()]
    contents += [path.read_bytes() for path in sorted((FIXTURES / "bounces").glob("*.eml"))]
    paths = [folder / f"{number}.eml" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return paths


def _watched(paths: list[Path], cwd: Path) -> list[str]:
    words = [sys.executable, "-m", "tests.hostile.watched", *map(str, paths)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, timeout=300)
    return done.stdout.splitlines()


def test_hostile_files_reach_nothing_beyond_the_process(files: list[Path], tmp_path: Path) -> None:
    count, *forbidden = _watched(files, tmp_path)
    assert int(count.split()[0]) > len(files)
    assert list(filter(None, forbidden)) == []


def test_nothing_is_written_beside_hostile_files(files: list[Path], tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in files}
    watched.handle([str(files[0].parent)])
    assert {path: path.read_bytes() for path in files[0].parent.rglob("*")} == before


@pytest.mark.parametrize(
    ("event", "details"),
    [
        ("socket.connect", (None, ("192.0.2.1", 25))),
        ("subprocess.Popen", ("touch", ["touch", "evil"])),
        ("open", ("/etc/passwd", "r", 0)),
        ("pickle.find_class", ("os", "system")),
        ("exec", (None,)),
        ("os.mkdir", ("evil", 0o777, -1)),
    ],
)
def test_the_watch_would_see(event: str, details: tuple[object, ...]) -> None:
    told: list[str] = []
    watched.watcher({"named.eml"}, told)(event, details)
    assert len(told) == 1
