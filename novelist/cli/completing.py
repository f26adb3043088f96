"""The verb that has a shell complete the others: completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from novelist.cli.main import main


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what lets SHELL complete these verbs.

    \b
    Example, in ~/.bashrc:
      eval "$(novelist completion bash)"
    """  # noqa: D301 - click needs a real backspace
    if kind := get_completion_class(shell):
        click.echo(kind(main, {}, "novelist", "_NOVELIST_COMPLETE").source())
