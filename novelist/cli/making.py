"""The verbs that make a book: new, write, build."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from novelist.book.new import DEFAULTS, in_folder, make
from novelist.book.premise import MOST_CHAPTERS, MOST_WORDS, span
from novelist.book.settings import read_premise
from novelist.cli.common import here
from novelist.commands import command
from novelist.errors import BookError, SettingsError
from novelist.model.variables import KEY, URL
from novelist.targets.naming import tasks
from novelist.terminal.lines import on_terminal, printing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from novelist.book.paths import Book
    from novelist.targets.snapshot import Snapshot

UNUSABLE_STATUS = 3  # of a book or a command that doit cannot use


def settings(verb: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that become a premise."""
    for option in (
        click.option(
            "--language",
            metavar="CODE",
            default=DEFAULTS["language"],
            show_default=True,
            help="The language to write in.",
        ),
        click.option("--words", metavar="N", default=DEFAULTS["words"], show_default=True, help="Words per chapter."),
        click.option(
            "--chapters", metavar="N", default=DEFAULTS["chapters"], show_default=True, help="A number, or a range."
        ),
        click.option("--author", metavar="TEXT", default="", help="Who is named on the title page."),
        click.option("--title", metavar="TEXT", default="", help="Its title. Left out, the model finds one."),
        click.option("--prompt", metavar="TEXT", help="What the book is about. Left out on a terminal: asked for."),
    ):
        verb = option(verb)
    return verb


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@settings
@click.option("--git/--no-git", default=None, help="Put it under git (`git init`). Asked for with the rest.")
def new(folder: Path, *, prompt: str | None, git: bool | None, **given: str) -> None:
    """Make a new book in DIR, which must be empty or not there.

    On a terminal, without --prompt, all of it is asked for. Nothing is drafted yet: what to run next is said.

    \b
    Example:
      novelist new salt-lamp --prompt "A lighthouse keeper finds a letter." --chapters 24
    """  # noqa: D301 - click needs a real backspace
    asks = prompt is None and on_terminal(sys.stdin)
    if asks:
        prompt, given = asked(given)
    book = in_folder(folder, prompt, given)
    if git is None and asks and shutil.which("git"):
        git = click.confirm("Put it under git", default=True)
    click.echo(f"The book's folder is {folder}/. Its idea and settings are in {book.premise}.")
    if not (os.environ.get(KEY) or os.environ.get(URL)):
        click.echo(f"Put {KEY}=… (from platform.kimi.ai) into {folder / '.env'}; without a key it is only rehearsed.")
    click.echo("Look at what it would take, then have it written:")
    click.echo(f"  {'' if folder == Path() else f'cd {shlex.quote(str(folder))} && '}{command('novelist')} plan")
    click.echo(f"  {command('doit')}")
    if git:
        initialise(folder)


def spanned(most: int) -> Callable[[str], str]:
    """Return what checks the answer to a question for a number or a range, so that it can be given again."""

    def checked(text: str) -> str:
        try:
            return str(span(text, most))
        except ValueError as error:
            message = f"`{text}` {error}."
            raise click.BadParameter(message) from error

    return checked


def asked(given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return what a person answers on a terminal: the idea, and the settings, whose defaults are those `given`."""
    title = click.prompt(
        "Title (leave it empty, and the model finds one)", default=given["title"], show_default=bool(given["title"])
    )
    author = click.prompt("Author", default=given["author"], show_default=bool(given["author"]))
    prompt = click.prompt("What is the book about")
    rest = {
        "chapters": click.prompt("Chapters", default=given["chapters"], value_proc=spanned(MOST_CHAPTERS)),
        "words": click.prompt("Words", default=given["words"], value_proc=spanned(MOST_WORDS)),
        "language": click.prompt("Language", default=given["language"]),
    }
    return prompt, {"title": title, "author": author, **rest}


def initialise(folder: Path) -> None:
    """Put a folder under git. Raises SettingsError where git does not do it."""
    try:
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True, capture_output=True)  # noqa: S607 - the user's
    except (OSError, subprocess.CalledProcessError) as error:
        message = f"the book is in {folder}/, but git could not be set up there. Run `git init` in it yourself."
        raise SettingsError(message) from error


@click.command()
@settings
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Copy the book here.")
@click.option("--resume", is_flag=True, help="Not needed: the same command always goes on where it stopped.")
def write(*, prompt: str | None, out: Path | None, resume: bool, **given: str) -> None:
    """Write a whole book in one go.

    Makes a folder named after the title, builds the book in it, and copies it to FILE. Interrupted, the same command
    goes on where it stopped. In the folder, `doit` does the same, and everything else.

    \b
    Example:
      novelist write --prompt "A lighthouse keeper finds a letter." --title "The Salt Lamp" --chapters 24 --out book.md
    """  # noqa: D301 - click needs a real backspace
    del resume
    if prompt is None and not given["title"] and on_terminal(sys.stdin):
        prompt = click.prompt("What is the book about")
        given["title"] = click.prompt(
            "Its title (leave it empty, and the model finds one)", default="", show_default=False
        )
    book = make(Path(), prompt, given)
    click.echo(f"The book's folder is {book.root}/.")
    for line in otherwise(book, given):
        click.echo(line)
    if out is not None:
        check_writable(out)  # before anything is spent
    status = run_doit(book, [])
    if status == 0 and out is not None:
        if not (out.exists() and out.samefile(book.text)):
            out.write_bytes(book.files.read_bytes(book.text) or b"")
        click.echo(f"A copy is {out}.")
    sys.exit(status)


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def build(arguments: tuple[str, ...]) -> None:
    """Run doit on the book here, with all its verbs and options.

    For where `doit` itself is not on the PATH. `novelist build` brings book.md up to date, `novelist build 7` makes
    what chapter 7 needs (`5-9`, an id or a file would do, too), `novelist build list` lists the tasks; `novelist build
    help` is doit's own help.
    """
    snapshot = here()
    try:
        given = doit_arguments(snapshot, list(arguments))
    except SettingsError as error:
        click.echo(f"ERROR: {error}", err=True)
        sys.exit(UNUSABLE_STATUS)
    sys.exit(run_doit(snapshot.book, given))


def otherwise(book: Book, given: dict[str, str]) -> Iterator[str]:
    """Yield what was said on the command line and is otherwise in the premise of a book that was there already."""
    premise, context = read_premise(book.premise), click.get_current_context()
    for name in ("author", "chapters", "words", "language"):
        there = str(getattr(premise, name))
        asked = (
            "-".join(map(str.strip, re.split("[-–—]", given[name]))) if name in ("chapters", "words") else given[name]
        )
        if context.get_parameter_source(name) is not ParameterSource.COMMANDLINE or " ".join(asked.split()) == there:
            continue
        if name == "chapters" and book.outline.is_file():
            yield f"{book.outline} says what chapters there are, and that counts. Change it there."
        elif there:
            yield f"{book.premise} says `{name}: {there}`, and that counts. Change it there."
        else:
            yield f"{book.premise} says no `{name}`, and that counts. Add it there."


def check_writable(out: Path) -> None:
    """Raise BookError where no copy could be written to `out`, whose folder is made."""
    remedy = "Name another file with --out."
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BookError(out, None, f"its folder cannot be made ({error.strerror}). {remedy}") from error
    if not os.access(out if out.exists() else out.parent, os.W_OK):
        raise BookError(out, None, f"it cannot be written. {remedy}")


def doit_arguments(snapshot: Snapshot, arguments: list[str]) -> list[str]:
    """Return the arguments for doit, in which chapters are named as its tasks are.

    Raises SettingsError for an option that doit does not have, and for a chapter that is not there.
    """
    from doit.cmdparse import CmdParseError  # noqa: PLC0415 - `--help` should not wait for doit

    main = doit_main(snapshot.book)
    commands = main.get_cmds()
    verb, rest = (arguments[:1], arguments[1:]) if arguments and arguments[0] in commands else ([], arguments)
    if verb == ["help"] or arguments[:1] in (["--version"], ["--help"]):
        return arguments
    name = verb[0] if verb else "run"
    parser = commands.get_plugin(name)(task_loader=main.task_loader, config=main.config, cmds=commands).cmdparser
    try:
        _, named = parser.parse(rest)
    except CmdParseError as error:
        what = str(error).partition(" (parsing options:")[0].removeprefix("Error parsing Command: ").splitlines()[-1]
        message = f"{what}. `novelist build help {name}` says which options there are."
        raise SettingsError(message) from error
    options = rest[: len(rest) - len(named)]
    return [*verb, *options, *(task for text in named for task in tasks(snapshot, text))]


def run_doit(book: Book, arguments: list[str]) -> int:
    """Run doit with `arguments` on `book`, and return its exit status."""
    from novelist.book import crash  # noqa: PLC0415 - as above
    from novelist.building.doit_errors import DoitErrors  # noqa: PLC0415

    with printing(DoitErrors):
        status = int(doit_main(book).run(arguments) or 0)
    return crash.STATUS if crash.reported else status


def doit_main(book: Book) -> Any:  # noqa: ANN401 - doit has no types
    """Return doit itself, for `book`."""
    from doit.cmd_base import ModuleTaskLoader  # noqa: PLC0415 - as above
    from doit.doit_cmd import DoitMain  # noqa: PLC0415

    from novelist.tasks import namespace  # noqa: PLC0415

    main = DoitMain(ModuleTaskLoader(namespace(book)), config_filenames=())
    main.BIN_NAME = "novelist build"  # for its help
    return main
