"""The verbs that open the book for others than the terminal: studio, mcp."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import click

from novelist.book.paths import is_book
from novelist.errors import SettingsError
from novelist.terminal.lines import on_terminal

NEEDED = ("jinja2", "python_multipart", "starlette", "uvicorn")
NO_MCP = 'the tools for agents are not installed. Install novelist\'s extra `mcp`: `pip install "novelist[mcp]"`.'
MISSING = 'the studio is not installed. Install novelist\'s extra `studio`: `pip install "novelist[studio]"`.'


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; left out, any that is free.")
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is printed.")
def studio(port: int, *, no_browser: bool) -> None:
    """Open the book in the browser: how it stands, what a build would do, its chapters.

    Where there is no book here or above, the books in the folders here are opened, as a shelf. It is seen on this
    machine only, by the browser that opens its address first, and shows the files as they are; all that it does,
    a command does, too.
    """
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        raise SettingsError(MISSING)
    from novelist.studio.serving import serve  # noqa: PLC0415 - it may not be installed

    serve(_folder(), port, browser=not no_browser, say=click.echo)


@click.command()
def mcp() -> None:
    """Serve the book here to an agent, over the Model Context Protocol on standard input and output.

    An agent begins it by itself, where its settings name the command `novelist mcp`: docs/agents.md says how, and what
    it can do then. It ends with its input.
    """
    if importlib.util.find_spec("mcp") is None:
        raise SettingsError(NO_MCP)
    folder = _folder()
    if not is_book(folder):
        message = "there is no premise.md here. Go to the folder of a book, or name it with -C."
        raise SettingsError(message)
    from novelist.agents.serving import serve  # noqa: PLC0415 - it may not be installed

    if on_terminal(sys.stdin):
        click.echo("An agent speaks with it on standard input. Ctrl-C ends it.", err=True)
    serve(folder)


def _folder() -> Path:
    """Return the folder of the book that is meant, or this one."""
    if named := os.environ.get("NOVELIST_BOOK"):
        return Path(os.path.expanduser(named))  # noqa: PTH111 - leaves an unknown user alone
    cwd = Path.cwd()
    return next((folder for folder in (cwd, *cwd.parents) if is_book(folder)), cwd)
