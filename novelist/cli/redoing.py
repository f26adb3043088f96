"""The verb that has a chapter drafted again beside the one that is there: redo."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from novelist.book import alternatives
from novelist.book.lock import lock
from novelist.cli.common import chosen_chapter
from novelist.commands import command
from novelist.drafting.guesses import price
from novelist.drafting.pipeline import check_writer
from novelist.drafting.redo import Redo
from novelist.drafting.session import Session
from novelist.drafting.wishes import wish_in
from novelist.terminal.progress import Progress
from novelist.text import counted

if TYPE_CHECKING:
    from novelist.drafting.drafting import Draft
    from novelist.drafting.redo import Alternative


@click.command()
@click.argument("chapter")
@click.argument("wish", default="")
@click.option("--times", type=click.IntRange(1, 9), default=1, metavar="N", help="How many drafts, 9 at most.")
def redo(chapter: str, wish: str, times: int) -> None:
    """Have CHAPTER drafted again, beside the one that is there.

    It is drafted from its brief and, where you say one, from WISH. Nothing in the book changes: `novelist compare`
    shows what came, `novelist take` takes one of it. Where it was stopped, the same command goes on.

    \b
    Example:
      novelist redo 7 "darker, in the first person" --times 3
    """  # noqa: D301 - click needs a real backspace
    snapshot, target = chosen_chapter(chapter)
    novelist = command("novelist")
    with lock(snapshot.book), closing(Session(snapshot, Progress())) as session:
        check_writer(session, "the chapter", able=not session.unwritable)
        asked = Redo(session, target, wish_in(wish), times)
        if asked.drafts:
            click.echo(f"{counted(len(asked.drafts), 'call')}, {price(*asked.guess())}.")

        def done(each: Alternative, draft: Draft) -> None:
            takes_it = f"`{novelist} take {target.number} {each.number}` takes it"
            session.progress.done(target.name, f"alternative {each.number} {draft.line}; {takes_it}")

        try:
            asked.draft(done)
        finally:
            session.progress.close()
        numbers = alternatives.numbers(snapshot.book, target.identity)
    shows = f"`{novelist} compare {target.number}` shows them beside the chapter as it is"
    click.echo(f"Alternatives: {', '.join(map(str, numbers))}. {shows}.")
