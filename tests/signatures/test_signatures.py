"""Every signature fires where it must, is quiet where it must, and documents itself."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from headertrace.received.hop import Hop
from headertrace.signatures.catalogue import CATALOGUE
from headertrace.signatures.evidence import Evidence
from headertrace.signatures.scene import read_whole_scene
from headertrace.signatures.signature import Signature
from headertrace.trace.trace import read_trace
from headertrace.verdict.observe import observe
from headertrace.vocabulary import Scenario

from .cases import FOLDER, SignatureCase, read_cases

CASES = read_cases()
BY_ID = {each.id: each for each in CATALOGUE}
SECTIONS = {"Why it matters", "Innocent causes", "Reference"}
SHOWN = SECTIONS - {"Reference"}
# Addresses and names that fixtures may show: documentation and private ranges, RFC 2606 names, and big
# services whose very names a signature is about.
ALLOWED = re.compile(
    r"192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|10\.|127\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|100\.(?:6[4-9]|128)\.|239\."
)
ADDRESS = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])")
VERSION_LIKE = re.compile(r"id 15\.1\.2507\.6|6\.0\.3790\.4675|6\.00\.\d{4}\.\d{4}")


@pytest.mark.parametrize("case", CASES, ids=[f"{case.id}: {case.why}" for case in CASES])
def test_a_signature_answers_as_its_case_says(case: SignatureCase) -> None:
    scene = read_whole_scene(read_trace(case.message), case.facts)
    seen = observe(scene, whole=True)
    assert not seen.failures
    assert (case.id in {hit.id for hit in seen.hits}) is case.fires
    if case.fires:
        evidence = BY_ID[case.id].find(scene)
        assert evidence
        assert all(_points_at_text(item) for item in evidence)


def _points_at_text(item: Evidence) -> bool:
    text = item.source.raw if isinstance(item.source, Hop) else item.source.value
    return bool(text[item.span.start : item.span.end].strip())


@pytest.mark.parametrize("signature", CATALOGUE, ids=[each.id for each in CATALOGUE])
def test_each_signature_has_cases_and_documentation(signature: Signature) -> None:
    cases = [case for case in CASES if case.id == signature.id]
    assert (FOLDER / f"{signature.id}-{signature.name}.toml").exists()
    assert sum(case.fires for case in cases) >= 1
    assert sum(not case.fires for case in cases) >= 2
    assert any(case.innocent and not case.fires for case in cases)
    assert signature.summary.endswith(".")
    # Reports show these sentences as they are: marks of the source's own markup would be shown, too.
    assert "`" not in " ".join([signature.summary, *(signature.notes[name] for name in SHOWN)])
    assert set(signature.notes) >= SECTIONS
    assert all(signature.notes.values())


def test_ids_and_names_are_unique_and_in_order() -> None:
    ids = [each.id for each in CATALOGUE]
    assert ids == sorted(set(ids))
    assert max(Counter(each.name for each in CATALOGUE).values()) == 1


def test_no_case_file_is_without_a_signature() -> None:
    assert {case.id for case in CASES} == set(BY_ID)


def test_signs_are_declared_as_signs() -> None:
    for each in CATALOGUE:
        assert each.misuse in (-1, 0, 1)
        assert set(each.bears.values()) <= {-1, 1}
        assert set(each.bears) <= set(Scenario)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: str(path.stem))
def test_cases_show_documentation_addresses_only(path: Path) -> None:
    text = VERSION_LIKE.sub("", path.read_text(encoding="utf-8"))
    assert [found for found in ADDRESS.findall(text) if not ALLOWED.match(found)] == []
