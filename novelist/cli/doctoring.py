"""The verb that looks whether a build can be made here: doctor."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from novelist.cli import asking, checks
from novelist.cli.checks import Check
from novelist.cli.common import tell
from novelist.errors import NovelistError
from novelist.model.access import KEY, URL, Setting, read_access, settings_of
from novelist.model.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.book.premise import Premise
    from novelist.model.access import Access
    from novelist.targets.snapshot import Snapshot

VERSION = 1  # of the JSON
COLUMN = 9  # the width of the longest name
COLOURS = {"ok": "green", "note": "yellow", "wrong": "red"}
OWN = "novelist's own"
WORDS = {"KIMI_MODEL": "model", URL: "address", KEY: "key"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: docs/for-programs.md says in which form.")
def doctor(*, as_json: bool) -> None:
    """Look whether a build can be made here, and say what is wrong and what to do.

    Says which model would be asked, where, and with which key (never the key itself), and where each setting comes
    from. Looks at the disk, the terminal and what exports need. Asks the server for its models, and the model for one
    word: a minute at most, and a few tokens. It works outside of a book, too.

    Exits with status 1 where something is `wrong` that would stop a build; a `note` stops none.
    """
    snapshot, book = checks.find_book()
    access, settings, of_settings = _configured(snapshot)
    looked: list[Check] = []
    for check in chain((checks.program(), book, *of_settings), _others(snapshot, access)):
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


def _configured(snapshot: Snapshot | None) -> tuple[Access | None, list[Setting], list[Check]]:
    """Return which model is asked, if that can be known, the settings that say so, and what they are worth."""
    # As a build does: the book's folder counts more than the one that a person is in.
    folders = [*([snapshot.book.root.absolute()] if snapshot else []), Path.cwd()]
    try:
        access = read_access(os.environ, folders)
        settings = settings_of(access, os.environ, folders)
    except NovelistError as error:
        return None, [], [Check("settings", "wrong", str(error))]
    return access, settings, [_setting(each) for each in settings]


def _others(snapshot: Snapshot | None, access: Access | None) -> Iterator[Check]:
    """Yield each other check once it is made; what asks a model takes the longest."""
    premise, remarks = checks.read_premise(snapshot) if snapshot else (None, [])
    yield from remarks
    disk = checks.disk(snapshot)
    yield disk
    if access is not None:
        # A book pays for what its model is asked; elsewhere there is no ledger to keep.
        pays = snapshot and not snapshot.book.template and disk.state != "wrong"
        yield from _asked(access, premise, snapshot.book.ledger if snapshot and pays else None)
    yield checks.terminal(sys.stdout)
    yield from checks.exports(premise)


def _asked(access: Access, premise: Premise | None, ledger: Path | None) -> Iterator[Check]:
    with tempfile.TemporaryDirectory() as folder:
        path = ledger or Path(folder) / "ledger.jsonl"
        budget = Budget(path, premise.budget if premise else None, lambda _: None)
        yield from asking.ask(access, budget, partial(click.echo, err=True))


def _setting(setting: Setting) -> Check:
    where = setting.where or OWN
    if setting.name == KEY:
        return Check("key", "ok", f"{KEY} from {where}" if setting.where else "none is set, so none is sent")
    value = f"{setting.value} ({where})"
    return Check(WORDS[setting.name], "ok", value) if setting.name in WORDS else _other(setting.name, value)


def _other(name: str, value: str) -> Check:
    return Check("setting", "ok", f"{name}={value}")
