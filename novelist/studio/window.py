"""What every address of the studio needs: the book and the chapter that it names, their pages, and a form of ours.

No path of a file is ever made of an address: what it names is looked for among what there is.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from novelist.errors import NovelistError
from novelist.language.lengths import unit
from novelist.studio import pages, watching
from novelist.studio.book_page import title_of
from novelist.studio.chapter_page import chapter_page, text_of
from novelist.studio.deciding import offered
from novelist.studio.forms import read_form

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.requests import Request

    from novelist.studio.books import OpenBook, Shelf
    from novelist.studio.chapter_page import ChapterPage
    from novelist.studio.guard import Keys
    from novelist.targets.snapshot import Snapshot

BOOK = "/book/{book}"
CHAPTER = f"{BOOK}/chapter/{{number}}"
NUMBER = re.compile("[1-9][0-9]{0,5}")
MOST_MESSAGES = 100  # that nobody has looked at: a browser does not go where every form leads
ENDED = "event: end\ndata: ended\n\n"  # what a page that is open is told of the studio


class Message(NamedTuple):
    """What is said of what was done, or of what is `wrong`; `lines` say more of it.

    `about` is the number of the chapter that it is about.
    """

    text: str
    wrong: bool = False
    lines: Sequence[str] = ()
    about: int = 0


class Window:
    """The books that are shown, and to whom; `end` is called when a person has had enough of it."""

    def __init__(self, shelf: Shelf, keys: Keys, end: Callable[[], None]) -> None:
        self.shelf = shelf
        self.keys = keys
        self.end = end
        self.ended = asyncio.Event()
        self._messages: dict[str, Message] = {}  # by a mark in the address to which one is led back

    def close(self) -> None:
        """Stop what was begun in it."""
        self.ended.set()
        for opened in self.shelf.books().values():
            opened.close()

    async def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end: what listens is told of it at once."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self.ended.wait(), seconds)

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - for templates
        """Return a page, which hears of changes from its `stamp` on: where none is given, of the shelf as it is now."""
        if "stamp" not in values:
            values["stamp"] = self.shelf.stamp
        text = pages.render(template, form=self.keys.form, single=self.shelf.single, **values)
        return HTMLResponse(text, status)

    async def changes(self, known: str, stamp: Callable[[], str]) -> AsyncIterator[str]:
        """Yield an event for each new stamp, for as long as somebody looks: nothing is looked at for nobody."""
        yield "retry: 2000\n\n"
        while not self.ended.is_set():
            began = time.monotonic()
            now = await run_in_threadpool(stamp)
            took = time.monotonic() - began
            if now != known:
                known = now
                yield f"event: change\ndata: {now}\n\n"
            await self.pause(max(watching.SECONDS, took * watching.REST))
        yield ENDED

    def of_chapter(self, template: str, opened: OpenBook, number: int, **values: Any) -> HTMLResponse:  # noqa: ANN401
        """Return a page about a chapter."""
        shown = self.chapter(opened, number)
        written = pages.in_language(shown.language)
        decisions = offered(shown.chapter, keeps=shown.keeps)
        about = {"page": shown, "written": written, "unit": unit(shown.language), "decisions": decisions}
        return self.of_book(template, opened, **{**about, **values})

    def chapter(self, opened: OpenBook, number: int) -> ChapterPage:
        """Return what is shown of a chapter, but for its text. Raises NovelistError."""
        return opened.read(("chapter", str(number)), lambda one, now: chapter_page(one, now, number))

    def with_text(self, opened: OpenBook, number: int) -> dict[str, Any]:
        """Return what a page about a chapter is given that shows its text: that, and the stamp of before it was read.

        So what is saved meanwhile has the page renewed. Raises NovelistError.
        """
        stamp = opened.stamp
        text, problem = opened.read_apart(("text", str(number)), lambda one, now: text_of(one, now, number))
        return {"page": replace(self.chapter(opened, number), text=text, problem=problem), "stamp": stamp}

    def of_book(self, template: str, opened: OpenBook, **values: Any) -> HTMLResponse:  # noqa: ANN401 - for templates
        """Return a page about a book, which follows its files."""
        stamp = opened.shown  # before anything else is read of it
        about = {"book": opened, "home": address(opened), "stamp": stamp, "title": _title(opened)}
        return self.page(template, **{**about, **values})

    def typed(self, opened: OpenBook, title: str, text: str, message: Message) -> HTMLResponse:
        """Return what was typed alone, where there is no page for it any more."""
        return self.of_book("typed.html", opened, status=409, what=title, text=text, message=message)

    def back_to_chapter(self, opened: OpenBook, number: int, message: Message) -> Response:
        """Return what leads back to a chapter as `back` does; to the book where it has no chapter of this number."""
        try:
            there = opened.look(lambda _, now: now.outlined and number <= now.count)
        except NovelistError:
            there = True  # what cannot be read is told there
        return self.back(opened, f"chapter/{number}" if there else "", message)

    def back(self, opened: OpenBook, where: str, message: Message, at: str = "") -> Response:
        """Return what leads back to a page of a book, and there to what has the id `at`; a message is shown once."""
        return self._said(f"{address(opened)}{where}", message, at)

    def to_book(self, name: str, message: Message) -> Response:
        """Return what leads to the book in the folder of this name, where a message is shown once."""
        return self._said(address(self.shelf.books()[name]), message)

    def _said(self, where: str, message: Message, at: str = "") -> Response:
        mark = secrets.token_urlsafe(8)
        self._messages[mark] = message
        for old in [*self._messages][:-MOST_MESSAGES]:
            self._messages.pop(old, None)
        return RedirectResponse(f"{where}?said={mark}{f'#{at}' if at else ''}", 303)

    def message(self, request: Request) -> Message | None:
        """Return what is to be shown of what led to a page, once."""
        return self._messages.pop(request.query_params.get("said", ""), None)

    def book(self, request: Request) -> OpenBook:
        """Return the book that an address names. Raises HTTPException where there is none."""
        opened = self.shelf.books().get(request.path_params["book"])
        if opened is None:
            raise HTTPException(404)
        return opened

    def number(self, request: Request, opened: OpenBook) -> int:
        """Return the number of a chapter that there is. Raises HTTPException, and NovelistError."""
        number = number_in(request)

        def count(_: OpenBook, snapshot: Snapshot) -> int:
            return snapshot.count if snapshot.outlined else 0

        if not 1 <= number <= opened.read(("count",), count):
            raise HTTPException(404)
        return number

    async def form(self, request: Request) -> dict[str, str]:
        """Return what a form of ours says. Raises HTTPException for any other."""
        fields = await read_form(request)
        if not self.keys.is_form(fields.pop("form", "")):
            raise HTTPException(403)
        return fields


def _title(opened: OpenBook) -> str:
    """Return the title of a book, the name of its folder where that cannot be read."""
    try:
        return opened.read(("title",), title_of)[0]
    except NovelistError:
        return opened.name


def address(opened: OpenBook) -> str:
    """Return the address of a book."""
    return f"/book/{quote(opened.name, safe='')}/"


def number_in(request: Request) -> int:
    """Return the number in an address, from 1. Raises HTTPException for what is none."""
    number = request.path_params["number"]
    if not NUMBER.fullmatch(number):
        raise HTTPException(404)
    return int(number)
