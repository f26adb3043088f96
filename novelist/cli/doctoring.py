"""The verb that looks whether a build can be made here: doctor."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from novelist.cli import asking, checks
from novelist.cli.checks import Check
from novelist.cli.common import JSON, tell
from novelist.errors import NovelistError
from novelist.model.access import Setting, read_access, read_tasks, settings_of, settings_of_task
from novelist.model.budget import Budget, read_cap
from novelist.model.variables import KEY, MODEL, URL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.book.premise import Premise
    from novelist.model.access import Access
    from novelist.targets.snapshot import Snapshot

VERSION = 1  # of the JSON
COLUMN = 9  # the width of the longest name
COLOURS = {"ok": "green", "note": "yellow", "wrong": "red"}
OWN = "novelist's own"
WORDS = {MODEL: "model", URL: "address", KEY: "key"}


@click.command()
@JSON
def doctor(*, as_json: bool) -> None:
    """Look whether a build can be made here, and say what is wrong and what to do.

    Says which model would be asked, where, and with which key (never the key itself), and where each setting comes
    from; so for each task that has a model of its own. Looks at the disk, the terminal and what exports need. Asks
    each server for its models, and each model for one word: a minute at most for each, and a few tokens. It works
    outside of a book, too.

    Exits with status 1 where something is `wrong` that would stop a build; a `note` stops none.
    """
    snapshot, book = checks.find_book()
    accesses, settings, of_settings = _configured(snapshot)
    looked: list[Check] = []
    for check in chain((checks.program(), book, *of_settings), _others(snapshot, accesses)):
        looked.append(check)
        if not as_json:
            click.echo(_line(check))
    stops = any(check.state == "wrong" for check in looked)
    if as_json:
        tell(
            {
                "version": VERSION,
                "book": str(snapshot.book.root.absolute()) if snapshot else None,
                "settings": [{"name": each.name, "value": each.value, "from": each.where} for each in settings],
                "checks": [{"name": check.name, "state": check.state, "text": check.text} for check in looked],
                "stops": stops,
            }
        )
    elif stops:
        click.echo("What is wrong would stop a build.")
    else:
        click.echo("Nothing stands in the way of a build.")
    sys.exit(1 if stops else 0)


def _line(check: Check) -> str:
    state = click.style(f"{check.state:5}", fg=COLOURS[check.state])
    return f"{check.name:{COLUMN}} {state}  {check.text}"


def _configured(snapshot: Snapshot | None) -> tuple[dict[str, Access], list[Setting], list[Check]]:
    """Return which model is asked for each task that has its own, the settings that say so, and what they are worth.

    The main model is that of the task without a name; there is none where it cannot be known.
    """
    # As a build does: the book's folder counts more than the one that a person is in.
    folders = [*([snapshot.book.root.absolute()] if snapshot else []), Path.cwd()]
    try:
        access = read_access(os.environ, folders)
        tasks = read_tasks(access, os.environ, folders)
        settings = settings_of(access, os.environ, folders)
        own = {task: settings_of_task(each, os.environ, folders) for task, each in tasks.items()}
        read_cap(os.environ)  # said with what else is set
    except NovelistError as error:
        return {}, [], [Check("settings", "wrong", str(error))]
    looked_at = [_setting(each) for each in settings]
    looked_at += [_task(task, *three) for task, three in own.items()]
    chapters = _chapters(snapshot, access)
    looked_at += [Check("chapter", "ok", f"{each.model} ({where})") for where, each in chapters.items()]
    more = [each for task, three in own.items() for each in three if each.name.endswith(f"_{task}")]
    return {"": access, **tasks, **chapters}, [*settings, *more], looked_at


def _chapters(snapshot: Snapshot | None, access: Access) -> dict[str, Access]:
    """Return the accesses to the models that the outline names, by the place that is the first to name each."""
    models: dict[str, Access] = {}
    if snapshot is not None:
        with suppress(NovelistError):  # what is wrong with an outline is told where that is drafted from
            for section in snapshot.outline.sections if snapshot.outlined else ():
                own = access.of_chapter(section.model, f"{snapshot.book.outline}:{section.line}")
                models.setdefault(own.model, own)
    return {own.variables.where: own for own in models.values() if own != access}


def _others(snapshot: Snapshot | None, accesses: dict[str, Access]) -> Iterator[Check]:
    """Yield each other check once it is made; what asks a model takes the longest."""
    premise, remarks = checks.read_premise(snapshot) if snapshot else (None, [])
    yield from remarks
    disk = checks.disk(snapshot)
    yield disk
    # A book pays for what its model is asked; elsewhere there is no ledger to keep.
    pays = snapshot and not snapshot.book.template and disk.state != "wrong"
    for task, check in _asked(accesses, premise, snapshot.book.ledger if snapshot and pays else None):
        # No build asks for a review, so none is stopped.
        unused = task == "REVIEW" and check.state == "wrong"
        yield replace(check, state="note") if unused else check
    yield checks.terminal(sys.stdout)
    yield from checks.exports(premise)


def _asked(accesses: dict[str, Access], premise: Premise | None, ledger: Path | None) -> Iterator[tuple[str, Check]]:
    """Yield what came of asking each model, all for no more than one run may spend, and for which task it is."""
    if not accesses:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = ledger or Path(folder) / "ledger.jsonl"
        budget = Budget(path, premise.budget if premise else None, lambda _: None, read_cap(os.environ))
        for task, access in accesses.items():
            yield from ((task, check) for check in asking.ask(access, budget, partial(click.echo, err=True)))


def _task(task: str, model: Setting, address: Setting, key: Setting) -> Check:
    """Return which model a task has, where, and whose key."""
    sent = f"{key.name} from {key.where}" if key.where else "no key"
    where = f"{address.value} ({address.where or OWN})"
    return Check(task.lower(), "ok", f"{model.value} ({model.where or OWN}) at {where}, {sent}")


def _setting(setting: Setting) -> Check:
    where = setting.where or OWN
    if setting.name == KEY:
        return Check("key", "ok", f"{KEY} from {where}" if setting.where else "none is set, so none is sent")
    value = f"{setting.value} ({where})"
    return Check(WORDS[setting.name], "ok", value) if setting.name in WORDS else _other(setting.name, value)


def _other(name: str, value: str) -> Check:
    return Check("setting", "ok", f"{name}={value}")
