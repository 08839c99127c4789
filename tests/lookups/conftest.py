"""Name servers that several tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import servers


@pytest.fixture(scope="session")
def rbldnsd_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an rbldnsd with the lists of fixtures/dns."""
    with servers.rbldnsd(tmp_path_factory.mktemp("rbldnsd"), servers.ZONES) as port:
        yield port


@pytest.fixture(scope="session")
def lists_at(rbldnsd_port: int) -> str:
    """The rbldnsd as a resolver."""
    return f"127.0.0.1:{rbldnsd_port}"


@pytest.fixture(scope="session")
def names_at(tmp_path_factory: pytest.TempPathFactory, rbldnsd_port: int) -> Iterator[str]:
    """An unbound that knows the names of fixtures/dns, as a resolver."""
    with servers.unbound(tmp_path_factory.mktemp("unbound"), rbldnsd_port) as port:
        yield f"127.0.0.1:{port}"
