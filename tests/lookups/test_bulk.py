"""Many lookups: none lost, none hung, none wrong, and cheaper than dnspython's own resolver."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from .servers import program


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The benchmark, as a module."""
    path = Path(__file__).parents[1] / "benchmarks" / "lookups.py"
    spec = importlib.util.spec_from_file_location("lookups_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def port(bench: ModuleType) -> Iterator[int]:
    program("rbldnsd")
    with bench.server() as answering:
        yield answering


def test_lookup_costs_a_sixth_of_what_dnspython_takes(bench: ModuleType, port: int) -> None:
    theirs, ours = bench.best(port, ("dns.asyncresolver", bench.theirs, 500), ("ours", bench.ours, 2_500))
    assert (ours.lost, ours.wrong, theirs.lost, theirs.wrong) == (0, 0, 0, 0)
    assert ours.cpu * 6 <= theirs.cpu, f"{ours.cpu:.0f} us against {theirs.cpu:.0f} us"


def test_facts_cost_a_quarter_of_what_dnspython_takes(bench: ModuleType, port: int) -> None:
    contenders = (("dns.asyncresolver", bench.theirs, 500), ("ours, as Facts", bench.ours_as_facts, 2_500))
    theirs, ours = bench.best(port, *contenders)
    assert (ours.lost, ours.wrong) == (0, 0)
    assert ours.cpu * 4 <= theirs.cpu, f"{ours.cpu:.0f} us against {theirs.cpu:.0f} us"


def test_lossy_network_loses_no_lookup(bench: ModuleType, port: int) -> None:
    with bench.lossy(port, 0.1) as worse:
        found = bench.measure("lossy", bench.ours, worse, 3_000)
    assert (found.lost, found.wrong) == (0, 0)


@pytest.mark.slow
def test_lossy_network_loses_none_of_100_000_lookups(bench: ModuleType, port: int) -> None:
    with bench.lossy(port, 0.1) as worse:
        found = bench.measure("lossy", bench.ours, worse, 100_000)
    assert (found.lost, found.wrong) == (0, 0)
