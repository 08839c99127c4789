"""What the laboratory's command says where it cannot run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from .labkit import command, roots, truth
from .labkit.needs import COMMANDS
from .labkit.plan import shipments
from .labkit.scenarios import load


def test_without_root_it_says_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert command.main(["run", "--cache", str(tmp_path / "cache")]) == command.CANNOT
    assert "not root: run it with sudo" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_check_lists_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert command.main(["check", "--cache", str(tmp_path)]) == command.CANNOT
    said = capsys.readouterr().out
    assert [name for name in COMMANDS if f"{name} is missing: " not in said] == []


def test_down_is_content_where_nothing_runs(tmp_path: Path) -> None:
    (tmp_path / "pid").write_text("1")
    assert command.main(["down", "--cache", str(tmp_path)]) == command.DONE
    assert list(tmp_path.iterdir()) == []


def test_a_sample_of_no_run_is_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    arguments = ["sample", "--out", str(tmp_path / "none"), "--to", str(tmp_path / "there")]
    assert command.main(arguments) == command.CANNOT
    assert "holds no run" in capsys.readouterr().err


def test_a_layer_of_other_packages_is_built_again(tmp_path: Path) -> None:
    cache = roots.Cache(folder=tmp_path)
    for name, packages in roots.PACKAGES.items():
        cache.mark(name).parent.mkdir(exist_ok=True)
        cache.mark(name).write_text(packages if name != "exim" else "exim4-daemon-light")
    assert roots.missing(cache) == ("exim",)


MARKS = {
    "postfix": "by mail.corp.example (Postfix) with ESMTP id 1C291583",
    "exim": "by mail.corp.example with esmtp (Exim 4.96)",
    "sendmail": "by mail.corp.example (8.17.1.9/8.17.1.9/Debian-2+deb12u2) with ESMTP id 6ALGDmHN028944",
    "opensmtpd": "by mail.corp.example (OpenSMTPD) with ESMTP id 4a4223f7",
    "courier": "by mail.corp.example with ESMTP id 0000000000556902.000000006B01C47E.000010CC",
    "haraka": "by mail.corp.example (Haraka/3.2.1) with ESMTP id 363D0F80-B4EE-4567-9DDF-A517E5F55B98.1",
}


@pytest.mark.parametrize("passed", sorted(MARKS))
def test_a_message_must_carry_the_stamp_of_the_server_meant(passed: str) -> None:
    content = (
        f"Received: from User ([192.168.1.1])\n\t{MARKS[passed]};\n\tSat, 21 Nov 2026 21:00:00 +0300\n\n"
    )
    planned = [shipment for shipment in shipments(load(), seed=1) if shipment.scenario.name == "s1_nat"]
    right = {shipment.relay for shipment in planned if not truth.missing_stamps(shipment, content)}
    assert right == {passed}
