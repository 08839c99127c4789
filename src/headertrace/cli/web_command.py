"""``headertrace web``: the private page on 127.0.0.1."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import click

from headertrace.cli.admd_options import admd_options

if TYPE_CHECKING:
    from headertrace.trace.admd import Admd

HOST = "127.0.0.1"
PORT = 8425
EPILOG = """\b
Examples:
  headertrace web
  headertrace web --port 0 --open
  headertrace web --name corp.example --trusted 198.51.100.0/24

The page answers this machine only. Nothing is sent anywhere and nothing is stored."""


@click.command(epilog=EPILOG)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any free port."
)
@click.option("--open", "browse", is_flag=True, help="Open the page in your browser.")
@admd_options
def web(
    *,
    port: int,
    browse: bool,
    admd: Admd | None,
) -> None:
    """Show a page where one pastes or drops a message, or a mailbox, and sees its report."""
    import uvicorn

    from headertrace.web.app import create_app

    listener = _listen(port)
    address = f"http://{HOST}:{listener.getsockname()[1]}/"
    click.echo(f"headertrace is at {address} (Ctrl-C ends it)")
    if browse:
        click.launch(address)
    config = uvicorn.Config(
        create_app(admd), log_level="warning", access_log=False, server_header=False, proxy_headers=False
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    """Return a socket that only this machine reaches."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        hint = "; --port 0 takes a free one" if port else ""
        raise click.UsageError(f"--port {port}: {os.strerror(error.errno or 0)}{hint}") from error
