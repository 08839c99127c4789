"""The options with which every command learns which networks and names are our own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from headertrace.trace.admd import Admd

_OPTIONS = (
    click.option(
        "--trusted",
        multiple=True,
        metavar="NETWORK",
        help="Servers whose Received fields we believe (CIDR; ! excludes; repeatable).",
    ),
    click.option(
        "--internal",
        multiple=True,
        metavar="NETWORK",
        help="Our own servers, mail exchangers included (repeatable).",
    ),
    click.option(
        "--submission",
        multiple=True,
        metavar="NETWORK",
        help="Our servers where users log in (repeatable).",
    ),
    click.option("--name", multiple=True, metavar="DOMAIN", help="A domain name of our own (repeatable)."),
)


def admd_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the four options that tell our networks and names, handed over as ``admd``."""

    @wraps(command)
    def with_admd(
        *,
        trusted: tuple[str, ...],
        internal: tuple[str, ...],
        submission: tuple[str, ...],
        name: tuple[str, ...],
        **others: object,
    ) -> None:
        command(admd=build_admd(trusted, internal, submission, name), **others)

    wrapped: Callable[..., None] = with_admd
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def build_admd(
    trusted: tuple[str, ...], internal: tuple[str, ...], submission: tuple[str, ...], name: tuple[str, ...]
) -> Admd | None:
    """Return the networks given, None where none was; a wrong one is an error of the command line."""
    if not (trusted or internal or submission or name):
        return None
    from headertrace.trace.admd import Admd

    for option, texts in (("--trusted", trusted), ("--internal", internal), ("--submission", submission)):
        read_networks(option, texts)
    _require_names(name)
    try:
        return Admd(
            trusted=trusted or None, internal=internal or None, submission=submission or None, names=name
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _require_names(names: tuple[str, ...]) -> None:
    """Raise where a name is empty, as of a variable that a script did not set: it would be everybody's."""
    for name in names:
        if not name.strip(" ."):
            raise click.UsageError(f"--name: no domain name: {name!r}")


def read_networks(option: str, texts: tuple[str, ...]) -> Admd | None:
    """Return what one option names as trusted networks, None where it names nothing."""
    from headertrace.trace.admd import Admd

    try:
        return Admd(trusted=texts) if texts else None
    except ValueError as error:
        written = "write 192.0.2.0/24, 2001:db8::/32 or !192.0.2.7"
        raise click.UsageError(f"{option}: {error} ({written})") from error
