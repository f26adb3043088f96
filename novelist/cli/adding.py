"""The verb that has sections of the bible drafted which are missing: bible --missing."""

from __future__ import annotations

import click

from novelist.book.landing import land
from novelist.book.lock import lock
from novelist.cli.common import here
from novelist.commands import command
from novelist.drafting import bible_plan
from novelist.drafting import missing as missing_sections
from novelist.drafting.prompts import contents
from novelist.drafting.session import Session
from novelist.errors import SettingsError
from novelist.targets.oversights import names_without_section
from novelist.terminal.progress import Progress
from novelist.text import counted, printable


@click.command()
@click.option("--missing", is_flag=True, help="Sections for the names in outline.md that it has not.")
def bible(*, missing: bool) -> None:
    """Have sections drafted that bible.md has not yet.

    They are put at its end, and all that is there stays as it is. Chapters that name whom they are about are then
    written again by the next build, after it has asked you.

    \b
    Example:
      novelist bible --missing
    """  # noqa: D301 - click needs a real backspace
    if not missing:
        message = "it is not said what to draft. Say --missing."
        raise click.UsageError(message)
    snapshot = here()
    with lock(snapshot.book):
        names = names_without_section(snapshot)
        if not names:
            click.echo("bible.md has a section on each name that several sections of outline.md have.")
            return
        session, target = Session(snapshot, Progress()), snapshot.bible_target
        try:
            if session.access.base_url is None:
                message = "there is no key and no server that could write it. Put MOONSHOT_API_KEY into .env."
                raise SettingsError(message)
            session.check_budget()
            before = snapshot.book.files.read_text(target.path) or ""
            outline = snapshot.outline
            lines = contents(outline, range(1, snapshot.count + 1))
            more = missing_sections.told_of(session, names, snapshot.bible.text, outline=outline, contents=lines)
        finally:
            session.close()
        blocks = list(bible_plan.render_groups(more))
        if blocks:
            gap = "\n" if before.endswith("\n") else "\n\n"
            land(snapshot.book, target.path, target.identity, before + gap + "\n\n".join(blocks) + "\n", before)
        missing_sections.drop(session)
    added = [entity.name for entities in more.groups.values() for entity in entities]
    if not added:
        click.echo(printable(f"The model says that none of {', '.join(names)} needs a section."))
        return
    undo = f"`{command('novelist')} restore bible` takes them out again."
    click.echo(printable(f"{counted(len(added), 'section')} added to bible.md: {', '.join(added)}. {undo}"))
