"""The servers, as ``servers.toml`` tells them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[1] / "servers.toml"
# What the servers of a group share.
SHARED: dict[str, dict[str, str]] = {
    "relays": {"machine": "relay", "hostname": "mail.corp.example"},
    "gateways": {"hostname": "gw.corp.example", "zone": "Europe/Moscow"},
}
SMTP_PORT = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One server program on one machine.

    ``template`` is its folder of configuration; ``postfix_instance`` names one of the Postfixes that
    share a root; ``stamp`` is a pattern that only its Received field matches.
    """

    name: str
    root: str
    machine: str
    hostname: str
    zone: str
    command: str
    prepare: tuple[str, ...] = ()
    ports: tuple[int, ...] = (SMTP_PORT,)
    stamp: str = ""
    template: str | None = None
    postfix_instance: str | None = None


def _load(group: str) -> dict[str, Server]:
    tables = tomllib.loads(FILE.read_text())[group]
    return {name: _server(name, SHARED.get(group, {}) | table) for name, table in tables.items()}


def _server(name: str, table: dict[str, object]) -> Server:
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    defaults: dict[str, object] = {"machine": name}
    instance = table.get("postfix_instance")
    if instance:
        defaults["command"] = f"exec postfix -c /etc/postfix-{instance} start-fg"
        defaults["stamp"] = rf"by {re.escape(str(table['hostname']))} \(Postfix"
    return Server(name=name, **(defaults | table | lists))  # type: ignore[arg-type]


RELAYS = _load("relays")
GATEWAYS = _load("gateways")
WORLD = tuple(_load("world").values())
WEBFORM = _load("beside")["webform"]
