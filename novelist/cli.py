"""The `novelist` command: a thin edge, one function per verb. doit stays the way to build a book."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from novelist.errors import NovelistError, SettingsError
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.build import Build
    from novelist.decisions import Target

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Group(click.Group):
    """Verbs whose expected errors are one line on standard error, and exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the verb; a NovelistError is for a person, never a traceback."""
        try:
            return super().invoke(ctx)
        except NovelistError as error:
            click.echo(f"novelist: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Group, context_settings=HELP)
@click.version_option(package_name="novelist")
def main() -> None:
    """Make for novels.

    A book is a directory of Markdown; `doit` keeps each file true to the files it was written from.
    """


@main.command()
@click.option("--prompt", metavar="TEXT", help="What the book is about. Asked for on a terminal when left out.")
@click.option("--title", metavar="TEXT", default="", help="Its title. Left out: the model's.")
@click.option("--author", metavar="TEXT", default="", help="Who is named on the title page.")
@click.option("--chapters", metavar="N", default="20-40", show_default=True, help="A number, or a range.")
@click.option("--words", metavar="N", default="1500-2500", show_default=True, help="Words per chapter.")
@click.option("--language", metavar="CODE", default="en", show_default=True, help="The language to write in.")
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Copy the book here.")
@click.option("--resume", is_flag=True, help="Accepted, and needless: a rerun always goes on where it was.")
def write(  # noqa: PLR0913 - one parameter per option
    *,
    prompt: str | None,
    title: str,
    author: str,
    chapters: str,
    words: str,
    language: str,
    out: Path | None,
    resume: bool,
) -> None:
    """Write a whole book in one go.

    Makes a folder named after the title, builds the book in it, and copies it to FILE. Interrupted, the same command
    goes on where it stopped. In the folder, `doit` does the same, and everything else.

    \b
    Example:
      novelist write --prompt "A lighthouse keeper finds a letter." --title "The Salt Lamp" --chapters 24 --out book.md
    """  # noqa: D301 - click needs a real backspace
    from novelist.new import make  # noqa: PLC0415 - `--help` should not wait for it

    del resume
    if prompt is None and not title and sys.stdin.isatty():
        prompt = click.prompt("What is the book about")
        title = click.prompt("Its title (empty: the model's)", default="", show_default=False)
    front = {"title": title, "author": author, "language": language, "chapters": chapters, "words": words}
    book = make(Path(), prompt, front)
    click.echo(f"The book's folder is {book.root}/.")
    status = build(book.root, [])
    if status == 0 and out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(book.text, out)
        click.echo(f"A copy is {out}.")
    sys.exit(status)


def here() -> Build:
    """Return the book here."""
    from novelist.book import locate  # noqa: PLC0415 - `--help` should not wait for it
    from novelist.build import Build  # noqa: PLC0415

    return Build(locate(Path.cwd(), os.environ))


def chosen(names: tuple[str, ...]) -> list[Target]:
    """Return the files of the book here that are named."""
    from novelist.decisions import target  # noqa: PLC0415

    book = here()
    return [target(book, name) for name in names]


def decide(targets: list[Target], decision: Callable[[Target], str]) -> None:
    """Take a decision on each file, under the book's lock, and say what was done."""
    from novelist.lock import lock  # noqa: PLC0415

    if targets:
        with lock(targets[0].build.book):
            for wanted in targets:
                click.echo(f"{decision(wanted)}.")


@main.command()
@click.argument("chapter")
def history(chapter: str) -> None:
    """List every text there was of CHAPTER.

    CHAPTER is a number, an id or a file; `summary:07`, `bible` and `outline` have a history too.
    """
    from novelist import page  # noqa: PLC0415
    from novelist.book import KEYS  # noqa: PLC0415
    from novelist.decisions import moments  # noqa: PLC0415
    from novelist.text import count_words  # noqa: PLC0415

    (wanted,) = chosen((chapter,))
    for path in moments(wanted):
        found = page.read(path, KEYS)
        if found is not None:
            what = "yours" if found.record is None else "edited" if found.edited else f"drafted by {found.record.model}"
            click.echo(f"{path.stem}  {count_words(found.body):6,} words  {what}")


@main.command()
@click.argument("chapter")
@click.argument("when", default="")
def restore(chapter: str, when: str) -> None:
    """Bring an earlier text of CHAPTER back.

    WHEN is the time of an entry of `novelist history`, or its beginning; without it, the text before this one. What is
    replaced goes to history too, so a restore can be undone by another.
    """
    from novelist import decisions  # noqa: PLC0415

    decide(chosen((chapter,)), lambda wanted: decisions.restore(wanted, when))


@main.command()
@click.argument("chapters", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that is kept or would be drafted again.")
def accept(chapters: tuple[str, ...], *, everything: bool) -> None:
    """Let CHAPTERS stand for their briefs as they are now.

    The next build neither drafts them again nor reports them. Summaries, `bible` and `outline` can be accepted too.
    """
    from novelist import decisions  # noqa: PLC0415

    if bool(chapters) == everything:
        message = "Name the chapters, or say --all."
        raise click.UsageError(message)
    targets = chosen(chapters or ("outline",))
    if everything:
        book = targets[0].build
        numbers = range(1, len(book.outline.sections) + 1)
        targets = [decisions.Target(book, "bible"), *targets]
        targets += [decisions.Target(book, "chapter", number) for number in numbers]
        targets += [decisions.Target(book, "summary", number) for number in numbers]
        targets = [wanted for wanted in targets if wanted.verdict.state in ("kept", "stale")]
    decide(targets, decisions.accept)


@main.command()
@click.argument("chapter")
def release(chapter: str) -> None:
    """Give CHAPTER, which you have edited, back to be drafted.

    Your text stays in history.
    """
    from novelist import decisions  # noqa: PLC0415

    decide(chosen((chapter,)), decisions.release)


@main.command()
@click.argument("chapter")
def brief(chapter: str) -> None:
    """Print what the model is told for CHAPTER."""
    from novelist.desk import Desk  # noqa: PLC0415
    from novelist.drafting import chapter_request  # noqa: PLC0415
    from novelist.progress import Progress  # noqa: PLC0415

    (wanted,) = chosen((chapter,))
    if wanted.kind != "chapter":
        message = f"`{chapter}` has no brief. Name a chapter by its number, its id or its file."
        raise SettingsError(message)
    desk = Desk(wanted.build, Progress())
    request = chapter_request(desk, wanted.number, wanted.build.brief(wanted.number))
    click.echo(printable(f"{request.system}\n\n{request.user}"))


@main.command()
def plan() -> None:
    """Say what a build would draft, why, and what it is likely to take.

    No model is asked. What depends on whether a summary will say something new is not sure, and stands apart.
    """
    from novelist.desk import Desk  # noqa: PLC0415
    from novelist.plan import minutes, money, plan, total  # noqa: PLC0415
    from novelist.progress import Progress  # noqa: PLC0415

    desk = Desk(here(), Progress())
    found = plan(desk)
    for step in found.steps:
        cost = "  ".join(["", *money([step]), *minutes([step])])
        tokens = f"{step.prompt:7,} + {step.text:6,} tokens"
        click.echo(printable(f"{step.task:12} {tokens}{cost}  {step.why}{'' if step.sure else ' (not sure)'}"))
    for task, reason in found.kept:
        click.echo(printable(f"{task:12} kept: {reason}"))
    click.echo(f"{total(found) or 'Nothing to draft'}.")


@main.command()
@click.argument("chapter")
def why(chapter: str) -> None:
    """Say what CHAPTER is, and which part of its brief changed.

    Where the brief it was drafted from is still in the cache, the difference is shown.
    """
    import difflib  # noqa: PLC0415

    from novelist import page  # noqa: PLC0415
    from novelist.drafting import brief_as_sent  # noqa: PLC0415

    (wanted,) = chosen((chapter,))
    verdict = wanted.verdict
    click.echo(printable(f"{wanted.name} is {verdict.state}: {verdict.reason}."))
    found = wanted.build.book.read(wanted.path)
    if verdict.changed and found is not None and found.record is not None:
        sent = page.read_text(brief_as_sent(wanted.build, wanted.number, found.record.brief))
        if sent is not None:
            now = wanted.build.brief(wanted.number).show()
            lines = difflib.unified_diff(sent.splitlines(), now.splitlines(), "drafted from", "now", lineterm="")
            click.echo(printable("\n".join(lines)))


def build(root: Path, arguments: list[str]) -> int:
    """Run doit with `arguments` on the book at `root`, and return its exit status."""
    from doit.cmd_base import ModuleTaskLoader  # noqa: PLC0415 - `--help` should not wait for doit
    from doit.doit_cmd import DoitMain  # noqa: PLC0415

    from novelist.book import locate  # noqa: PLC0415
    from novelist.tasks import namespace  # noqa: PLC0415

    book = locate(Path.cwd(), {**os.environ, "NOVELIST_BOOK": str(root)})
    status: int = DoitMain(ModuleTaskLoader(namespace(book)), config_filenames=()).run(arguments)
    return status
