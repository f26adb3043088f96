"""The addresses of a build, or another command: how it is begun, answered and stopped, and how far it is."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from novelist.building.process import Command
from novelist.errors import NovelistError, SettingsError
from novelist.studio import pages
from novelist.studio.book_page import OUTLINE, foresee, title_of
from novelist.studio.build_page import Speed, asked_chapters, build_page
from novelist.studio.window import BOOK, ENDED, NUMBER, address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from novelist.studio.books import OpenBook
    from novelist.studio.window import Window

CHOSEN = "chosen-"  # and a number: a box that is checked
BETWEEN_LOOKS = 0.5  # seconds between two looks at a build, as long as its page is open


class BuildRoutes:
    """What is shown of a build, and done with it."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route(f"{BOOK}/build", self.show),
            Route(f"{BOOK}/build", self.begin, methods=["POST"]),
            Route(f"{BOOK}/build/answer", self.answer, methods=["POST"]),
            Route(f"{BOOK}/build/stop", self.stop, methods=["POST"]),
            Route(f"{BOOK}/build/events", self.send_progress),
        ]

    def show(self, request: Request) -> Response:
        """Show the build of a book: what it would do, or how far it is."""
        opened = self.window.book(request)
        now = build_page(opened)
        idle = now.state not in ("running", "asking", "elsewhere") and not opened.has_env
        foreseen = opened.read(("next",), foresee) if idle else None
        _, language = _title(opened, idle=not now.state)
        chapters = asked_chapters(opened, now.question)
        about = {"build": now, "chapters": chapters, "foreseen": foreseen, "written": pages.in_language(language)}
        return self.window.of_book("build.html", opened, **about)

    async def begin(self, request: Request) -> Response:
        """Begin a build."""
        form, opened = await self.window.form(request), self.window.book(request)
        yes, first = form.get("yes") == "yes", form.get("until") == OUTLINE

        def begin() -> None:
            foreseen = opened.read(("next",), foresee)
            planned = ((foreseen.first if first else None) or foreseen).seconds(everything=yes)
            opened.begin(Command(["build", *[OUTLINE] * first], "Building", "Built", planned=planned, yes=yes))

        with suppress(SettingsError):  # something runs already, and is shown there
            await run_in_threadpool(begin)
        return RedirectResponse(f"{address(opened)}build", 303)

    async def answer(self, request: Request) -> Response:
        """Answer what a command asks: by a word, or by the numbers of the chapters or edits that were chosen."""
        form, opened = await self.window.form(request), self.window.book(request)
        numbers = [int(name.removeprefix(CHOSEN)) for name in form if re.fullmatch(f"{CHOSEN}[0-9]{{1,6}}", name)]
        word = form.get("answer", "")
        asked = form.get("asked", "")
        if opened.run is not None and NUMBER.fullmatch(asked):
            await run_in_threadpool(opened.run.answer, int(asked), numbers if word == "chosen" else word)
        return RedirectResponse(f"{address(opened)}build", 303)

    async def stop(self, request: Request) -> Response:
        """Stop what was begun here."""
        await self.window.form(request)
        opened = self.window.book(request)
        await run_in_threadpool(opened.close)
        return RedirectResponse(f"{address(opened)}build", 303)

    async def send_progress(self, request: Request) -> Response:
        """Tell a page that is open of the build as it goes."""
        return StreamingResponse(self._progress(self.window.book(request)), media_type="text/event-stream")

    async def _progress(self, opened: OpenBook) -> AsyncIterator[str]:
        speed, last = Speed(), ""
        while not self.window.ended.is_set():
            now = await run_in_threadpool(build_page, opened)
            state = json.dumps(now.told(speed.take(now.coming)))
            if state != last:
                last = state
                yield f"event: build\ndata: {state}\n\n"
            await self.window.pause(BETWEEN_LOOKS)
        yield ENDED


def _title(opened: OpenBook, *, idle: bool) -> tuple[str, str]:
    """Return the title of a book and the code of its language; of one that cannot be read, the name of its folder.

    Raises NovelistError for such a one where nothing runs or has, so that what is wrong is all there is to show.
    """
    try:
        return opened.read(("title",), title_of)
    except NovelistError:
        if idle:
            raise
        return opened.name, ""
