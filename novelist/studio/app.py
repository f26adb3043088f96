"""Which address of the studio shows what. Books are known by the names of their folders, chapters by their numbers.

No path of a file is ever made of an address: what it names is looked for among what there is.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from novelist.errors import NovelistError
from novelist.language.lengths import unit
from novelist.studio import pages, saving, watching
from novelist.studio.book_page import Foreseen, Spine, book_page, foresee, spine
from novelist.studio.chapter_page import chapter_page, compared, differences
from novelist.studio.deciding import check_same, decide, offered
from novelist.studio.guard import Guard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from novelist.studio.books import OpenBook, Shelf
    from novelist.studio.guard import Keys
    from novelist.targets.snapshot import Snapshot


class Message(NamedTuple):
    """What is said of what was done, or of what is `wrong`."""

    text: str
    wrong: bool = False


LONGEST_FORM = 8_000_000  # bytes: a chapter of a million words


class Studio:
    """What the studio answers; `end` is called when a person has had enough of it."""

    def __init__(self, shelf: Shelf, keys: Keys, end: Callable[[], None]) -> None:
        self.shelf = shelf
        self.keys = keys
        self.end = end
        self.ended = False
        self._messages: dict[str, Message] = {}  # by a mark in the address to which one is led back

    def app(self) -> ASGIApp:
        """Return it as a server takes it, with its guard before it."""
        book = "/book/{book}"
        chapter = f"{book}/chapter/{{number:int}}"
        routes = [
            Route("/", self.show_shelf),
            Route("/static/{name}", self.send_static),
            Route("/end", self.end_studio, methods=["POST"]),
            Route(f"{book}/", self.show_book),
            Route(f"{book}/next", self.show_next),
            Route(f"{book}/events", self.send_events),
            Route(f"{book}/env", self.use_env, methods=["POST"]),
            Route(chapter, self.show_chapter),
            Route(f"{chapter}/history/{{when}}", self.show_difference),
            Route(f"{chapter}/decide", self.decide, methods=["POST"]),
            Route(f"{chapter}/edit", self.show_edit),
            Route(f"{chapter}/edit", self.save, methods=["POST"]),
        ]
        handlers: Any = {HTTPException: _not_there, NovelistError: _problem}
        return Guard(Starlette(routes=routes, exception_handlers=handlers), self.keys)

    def close(self) -> None:
        """Let go of what it has begun."""
        self.ended = True

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:  # noqa: ANN401 - for templates
        """Return a page."""
        text = pages.render(template, form=self.keys.form, single=self.shelf.single, **values)
        return HTMLResponse(text, status)

    def show_shelf(self, request: Request) -> Response:  # noqa: ARG002 - as for each page
        """Show the books; where there is one, that."""
        books = self.shelf.books()
        if self.shelf.single:
            return RedirectResponse(address(*books.values()), 303)
        spines = [(address(opened), _spine(opened)) for opened in books.values()]
        return self.page("shelf.html", spines=spines, folder=self.shelf.folder.name)

    def send_static(self, request: Request) -> Response:
        """Send a file that pages look by."""
        name = request.path_params["name"]
        if name not in pages.FILES:
            raise HTTPException(404)
        content, kind = pages.static(name)
        return Response(content, media_type=kind)

    def show_book(self, request: Request) -> Response:
        """Show a book."""
        return self.whole(self.book(request), None)

    def show_next(self, request: Request) -> Response:
        """Show a book with what its next build would do, which may take a while to say."""
        opened = self.book(request)
        return self.whole(opened, Foreseen() if opened.has_env else opened.read(("next",), foresee))

    def whole(self, opened: OpenBook, foreseen: Foreseen | None) -> Response:
        """Return the page of a book; of one that cannot be read, what is wrong."""
        try:
            shown = opened.read(("book",), book_page)
        except NovelistError as error:
            return self.of_book("unread.html", opened, problem=opened.local(str(error)))
        written = pages.in_language(shown.language)
        return self.of_book("book.html", opened, page=shown, foreseen=foreseen, written=written)

    def show_chapter(self, request: Request) -> Response:
        """Show a chapter."""
        opened = self.book(request)
        message = self._messages.pop(request.query_params.get("said", ""), None)
        return self.of_chapter("chapter.html", opened, self.number(request, opened), message=message)

    def show_difference(self, request: Request) -> Response:
        """Show how a chapter is otherwise than in an entry of its history."""
        opened = self.book(request)
        number, when = self.number(request, opened), request.path_params["when"]
        both = opened.read(("difference", str(number), when), lambda _, now: compared(now.chapter(number), when))
        if both is None:
            raise HTTPException(404)
        return self.of_chapter("difference.html", opened, number, entry=both[0], differences=both[1])

    def of_chapter(self, template: str, opened: OpenBook, number: int, **values: Any) -> HTMLResponse:  # noqa: ANN401
        """Return a page about a chapter."""
        shown = opened.read(("chapter", str(number)), lambda one, now: chapter_page(one, now, number))
        written = pages.in_language(shown.language)
        decisions = offered(shown.chapter, keeps=shown.keeps)
        about = {"page": shown, "written": written, "unit": unit(shown.language), "decisions": decisions}
        return self.of_book(template, opened, **about, **values)

    def of_book(self, template: str, opened: OpenBook, **values: Any) -> HTMLResponse:  # noqa: ANN401 - for templates
        """Return a page about a book, which follows its files."""
        return self.page(template, book=opened, home=address(opened), stamp=opened.shown, **values)

    async def decide(self, request: Request) -> Response:
        """Take a decision on a chapter, and lead back to it."""
        form, opened = await self.form(request), self.book(request)
        number = int(request.path_params["number"])
        try:
            done = await run_in_threadpool(opened.decide, lambda snapshot: decide(snapshot, number, form))
        except NovelistError as error:
            return self.back(opened, number, Message(opened.local(str(error)), wrong=True))
        return self.back(opened, number, Message(done))

    def show_edit(self, request: Request) -> Response:
        """Show the text of a chapter as it is typed, to be edited."""
        opened = self.book(request)
        number = self.number(request, opened)
        edit = opened.read(("edit", str(number)), lambda _, now: saving.begun(now.chapter(number)))
        return self.of_chapter("edit.html", opened, number, edit=edit, merged=None, message=None)

    async def save(self, request: Request) -> Response:
        """Save what was typed, and lead back; show both where the file has changed meanwhile."""
        form, opened = await self.form(request), self.book(request)
        number = int(request.path_params["number"])
        return await run_in_threadpool(self._saved, opened, number, form)

    def _saved(self, opened: OpenBook, number: int, form: dict[str, str]) -> Response:
        edit = saving.edit_of(form)

        def saved(snapshot: Snapshot) -> saving.Merged | None:
            target = snapshot.chapter(number)
            check_same(target, form)
            return saving.save(target, edit)

        try:
            merged = opened.decide(saved)
        except NovelistError as error:
            message = Message(opened.local(str(error)), wrong=True)
            return self.of_chapter("edit.html", opened, number, edit=edit, merged=None, message=message)
        if merged is None:
            return self.back(opened, number, Message("Saved. What was there is in its history."))
        now = opened.read(("edit", str(number)), lambda _, now: saving.begun(now.chapter(number)))
        both = saving.Edit(now.before, merged.text)
        changed = list(differences("", now.before, merged.text))
        return self.of_chapter(
            "edit.html", opened, number, edit=both, merged=merged, differences=changed, message=None, status=409
        )

    def back(self, opened: OpenBook, number: int, message: Message) -> Response:
        """Return what leads back to a chapter, where a message is shown once."""
        mark = secrets.token_urlsafe(8)
        self._messages[mark] = message
        return RedirectResponse(f"{address(opened)}chapter/{number}?said={mark}", 303)

    async def send_events(self, request: Request) -> Response:
        """Tell a page that is open when its files have changed."""
        changes = self._changes(request.query_params.get("since", ""), self.book(request))
        return StreamingResponse(changes, media_type="text/event-stream")

    async def _changes(self, known: str, opened: OpenBook) -> AsyncIterator[str]:
        """Yield an event for each change, for as long as somebody looks: nothing is looked at for nobody."""
        yield "retry: 2000\n\n"
        while not self.ended:
            stamp = await run_in_threadpool(lambda: opened.stamp)
            if stamp != known:
                known = stamp
                yield f"event: change\ndata: {stamp}\n\n"
            await asyncio.sleep(watching.SECONDS)

    async def use_env(self, request: Request) -> Response:
        """Let a book's `.env` say which model writes it."""
        await self.form(request)
        opened = self.book(request)
        opened.uses_env = True
        return RedirectResponse(f"{address(opened)}next", 303)

    async def end_studio(self, request: Request) -> Response:
        """End the studio."""
        await self.form(request)
        response = self.page("ended.html")
        self.ended = True
        self.end()
        return response

    def book(self, request: Request) -> OpenBook:
        """Return the book that an address names. Raises HTTPException where there is none."""
        opened = self.shelf.books().get(request.path_params["book"])
        if opened is None:
            raise HTTPException(404)
        return opened

    def number(self, request: Request, opened: OpenBook) -> int:
        """Return the number of a chapter that there is. Raises HTTPException, and NovelistError."""
        number = int(request.path_params["number"])

        def count(_: OpenBook, snapshot: Snapshot) -> int:
            return snapshot.count if snapshot.outlined else 0

        if not 1 <= number <= opened.read(("count",), count):
            raise HTTPException(404)
        return number

    async def form(self, request: Request) -> dict[str, str]:
        """Return what a form of ours says. Raises HTTPException for any other."""
        said = await read_form(request)
        if not self.keys.is_form(said.pop("form", "")):
            raise HTTPException(403)
        return said


def address(opened: OpenBook) -> str:
    """Return the address of a book."""
    return f"/book/{quote(opened.name, safe='')}/"


async def read_form(request: Request) -> dict[str, str]:
    """Return what a form says. Raises HTTPException for one that is too long."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_FORM:
            raise HTTPException(413)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))


def _spine(opened: OpenBook) -> Spine:
    try:
        return opened.read(("spine",), spine)
    except NovelistError as error:
        return Spine(opened.name, opened.name, problem=opened.local(str(error)))


def _not_there(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    status = error.status_code if isinstance(error, HTTPException) else 500
    return HTMLResponse(pages.render("nothing.html"), status)


def _problem(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as above
    return HTMLResponse(pages.render("problem.html", problem=str(error)), 500)
