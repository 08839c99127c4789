"""Pages written from the code, so that they cannot be out of date: families, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from inspect import getdoc
from pathlib import Path
from pkgutil import iter_modules

from click.testing import CliRunner

from headertrace.cli.main import COMMANDS, cli
from headertrace.received import families as package

Lines = Iterator[str]
# Modules beside the families that are no family themselves.
NO_FAMILY = {"family", "recognise"}


def write_pages(docs: Path) -> None:
    """Write every generated page into the folder ``generated``; pages that stay the same are not touched."""
    folder = docs / "generated"
    folder.mkdir(exist_ok=True)
    pages = {"families": families(), "commands": commands(), "further": further(docs)}
    for stale in set(folder.glob("*.md")) - {folder / f"{name}.md" for name in pages}:
        stale.unlink()
    for name, lines in pages.items():
        text = "\n".join(lines) + "\n"
        page = folder / f"{name}.md"
        if not page.exists() or page.read_text("utf-8") != text:
            page.write_text(text, "utf-8")


def further(docs: Path) -> Lines:
    """Yield a page that leads to those which the index does not name."""
    named = set((docs / "index.md").read_text("utf-8").split())
    pages = sorted(page.stem for page in docs.glob("*.md") if page.stem not in {*named, "index"})
    yield "# Further pages\n\n```{toctree}"
    yield from (f"../{name}" for name in pages)
    yield "```"


def families() -> Lines:
    """Yield the page of the software whose Received fields are known."""
    yield "# Who writes Received fields how\n"
    yield "All fields are read by the same rules; a family adds what only its software writes. Where none is"
    yield "recognised, `hop.family` is `generic`, and the field is read all the same."
    for module in iter_modules(package.__path__):
        if module.name not in NO_FAMILY:
            yield from _family(getdoc(import_module(f"{package.__name__}.{module.name}")) or module.name)


def _family(text: str) -> Lines:
    title, _, rest = text.partition("\n")
    yield f"\n## {title.rstrip('.')}\n"
    yield rest.strip()


def commands() -> Lines:
    """Yield the page of the command line: what each ``--help`` says."""
    yield "# Commands\n"
    yield "Exit codes: 0 done, 1 `--fail-on` was reached, 2 the command line is wrong or nothing was read, 130"
    yield "Ctrl-C. What `scan` and `filter` have beside these, their own help tells."
    for name in ("", *COMMANDS):
        arguments = [name, "--help"] if name else ["--help"]
        shown = CliRunner().invoke(cli, arguments, prog_name="headertrace", terminal_width=80).output
        yield f"\n## headertrace {name}\n".replace(" \n", "\n")
        yield f"```text\n{re.sub(r'[ ]+$', '', shown, flags=re.M).rstrip()}\n```"
