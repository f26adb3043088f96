"""The addresses by which a model is asked about one chapter: it is revised, drafted again beside, reviewed.

Each is begun as the verb of the same name, whose answer a person then looks at as at any build.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from novelist.building.process import Command
from novelist.drafting.wishes import wish_in
from novelist.errors import NovelistError
from novelist.studio.asking_page import asking_page
from novelist.studio.deciding import check_same
from novelist.studio.editing import chapter_of
from novelist.studio.window import CHAPTER, Message, address, number_in
from novelist.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.studio.books import OpenBook
    from novelist.studio.window import Window
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot

COUNT = re.compile("[0-9]{1,6}")
TIMES = re.compile("[1-9]")
# What stands in a form before anything is typed.
USUAL = {"what": "", "wish": "", "length": "", "words": "", "times": "1"}


class AskingRoutes:
    """What a model is asked about a chapter."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route(f"{CHAPTER}/ask", self.show),
            Route(f"{CHAPTER}/ask", self.ask, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show what can be asked, and what it costs."""
        opened = self.window.book(request)
        return self._shown(opened, self.window.number(request, opened), USUAL)

    async def ask(self, request: Request) -> Response:
        """Begin what was chosen, and lead to where it is shown."""
        form, opened = await self.window.form(request), self.window.book(request)
        number = number_in(request)

        def command_now(now: Snapshot) -> Command | None:
            chapter = now.chapter(number)
            check_same(chapter, form)
            return command_of(form, chapter)

        try:
            command = await run_in_threadpool(opened.decide, command_now)
            if command is None:
                raise HTTPException(400)
            await run_in_threadpool(opened.begin, command)
        except NovelistError as error:
            return await run_in_threadpool(self._refused, opened, form, error)
        return RedirectResponse(f"{address(opened)}build", 303)

    def _refused(self, opened: OpenBook, form: Mapping[str, str], error: NovelistError) -> Response:
        """Return the page again with what was typed on it, wherever its chapter is by now."""
        message = Message(opened.local(str(error)), wrong=True)
        with suppress(NovelistError):
            if not opened.has_env:  # or else there are no forms
                number = opened.look(lambda _, now: chapter_of(now, form.get("id", "")).number)
                return self._shown(opened, number, {**USUAL, **form}, message)
        return self.window.typed(opened, "What is to be otherwise", form.get("wish", ""), message)

    def _shown(
        self, opened: OpenBook, number: int, typed: Mapping[str, str], message: Message | None = None
    ) -> Response:
        asks = None
        if not opened.has_env:
            asks = opened.read(("asking", str(number)), lambda one, _: asking_page(one, number))
        return self.window.of_chapter("ask.html", opened, number, asks=asks, typed=typed, message=message)


def command_of(form: Mapping[str, str], target: ChapterTarget) -> Command | None:
    """Return the command that a form asks for, about a chapter; None where it is none of ours.

    Raises SettingsError for a wish that is too long.
    """
    wish, number, title = wish_in(form.get("wish", "")), target.number, printable(target.section.title)
    words, times = form.get("words", "").strip() or "0", form.get("times", "1")
    if not (COUNT.fullmatch(words) and TIMES.fullmatch(times)):
        return None
    # Behind `--` nothing that a person has typed is taken for an option.
    how = form.get("length", "") or _towards(int(words), target)
    length = [f"--{how}={words}"] if how in ("longer", "shorter") else []
    again = f"Drafting {title} once more, beside it"
    commands = {
        "revise": Command(["revise", *length, "--", f"{number}", wish], f"Revising {title}", "Revised", number),
        "redo": Command(["redo", f"--times={times}", "--", f"{number}", wish], again, "Drafted", number),
        "review": Command(["build", f"review:{number:02}"], f"Reviewing {title}", "Reviewed", number),
    }
    return commands.get(form.get("what", ""))


def _towards(words: int, target: ChapterTarget) -> str:
    """Return whether so many words, 0 for none said, make a chapter longer or shorter; empty where it has them."""
    has = target.info.words if target.info else 0
    return "" if words in (0, has) else "longer" if words > has else "shorter"
