"""Which address of the studio shows what. Books are known by the names of their folders, chapters by their numbers.

No path of a file is ever made of an address: what it names is looked for among what there is.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from novelist.book import crash
from novelist.errors import NovelistError
from novelist.studio import pages, saving, watching
from novelist.studio.book_page import Foreseen, Spine, book_page, foresee, spine, title_of
from novelist.studio.build_page import Speed, build_page
from novelist.studio.chapter_page import compared, differences
from novelist.studio.deciding import check_same, decide
from novelist.studio.guard import Guard
from novelist.studio.window import Message, Window, address, number_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from novelist.studio.books import OpenBook
    from novelist.targets.snapshot import Snapshot


SECONDS_FOR_THE_LAST_PAGE = 0.5
BETWEEN_LOOKS = 0.5  # seconds between two looks at a build, as long as its page is open


class Studio(Window):
    """What the studio answers."""

    def app(self) -> ASGIApp:
        """Return it as a server takes it, with its guard before it."""
        book = "/book/{book}"
        chapter = f"{book}/chapter/{{number}}"
        routes = [
            Route("/", self.show_shelf),
            Route("/static/{name}", self.send_static),
            Route("/end", self.end_studio, methods=["POST"]),
            Route(f"{book}/", self.show_book),
            Route(f"{book}/next", self.show_next),
            Route(f"{book}/events", self.send_events),
            Route(f"{book}/build", self.show_build),
            Route(f"{book}/build", self.build, methods=["POST"]),
            Route(f"{book}/build/stop", self.stop_build, methods=["POST"]),
            Route(f"{book}/build/events", self.send_build),
            Route(f"{book}/env", self.use_env, methods=["POST"]),
            Route(chapter, self.show_chapter),
            Route(f"{chapter}/history/{{when}}", self.show_difference),
            Route(f"{chapter}/decide", self.decide, methods=["POST"]),
            Route(f"{chapter}/edit", self.show_edit),
            Route(f"{chapter}/edit", self.save, methods=["POST"]),
        ]
        handlers: Any = {HTTPException: _not_there, NovelistError: _problem, Exception: self.crashed}
        return Guard(Starlette(routes=routes, exception_handlers=handlers), self.keys)

    def crashed(self, request: Request, error: Exception) -> Response:
        """Say that something is wrong that nobody has foreseen, of which a report is kept in the book."""
        opened = self.shelf.books().get(request.path_params.get("book", ""))
        problem = crash.crashed(error, opened.root / ".novelist" if opened else None)
        return _problem(request, problem)

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

    async def decide(self, request: Request) -> Response:
        """Take a decision on a chapter, and lead back to it."""
        form, opened = await self.form(request), self.book(request)
        number = number_in(request)
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
        number = number_in(request)
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

    async def send_events(self, request: Request) -> Response:
        """Tell a page that is open when its files have changed."""
        changes = self._changes(request.query_params.get("since", ""), self.book(request))
        return StreamingResponse(changes, media_type="text/event-stream")

    async def _changes(self, known: str, opened: OpenBook) -> AsyncIterator[str]:
        """Yield an event for each change, for as long as somebody looks: nothing is looked at for nobody."""
        yield "retry: 2000\n\n"
        while not self.ended:
            began = time.monotonic()
            stamp = await run_in_threadpool(lambda: opened.stamp)
            took = time.monotonic() - began
            if stamp != known:
                known = stamp
                yield f"event: change\ndata: {stamp}\n\n"
            await asyncio.sleep(max(watching.SECONDS, took * watching.REST))

    def show_build(self, request: Request) -> Response:
        """Show the build of a book: what it would do, or how far it is."""
        opened = self.book(request)
        now = build_page(opened)
        idle = now.state not in ("running", "elsewhere") and not opened.has_env
        foreseen = opened.read(("next",), foresee) if idle else None
        title, language = opened.read(("title",), title_of)
        home, written = address(opened), pages.in_language(language)
        return self.page("build.html", home=home, title=title, build=now, foreseen=foreseen, written=written)

    async def build(self, request: Request) -> Response:
        """Begin a build."""
        form, opened = await self.form(request), self.book(request)
        yes = form.get("yes") == "yes"

        def begin() -> None:
            opened.begin_build(opened.read(("next",), foresee).seconds(everything=yes), yes=yes)

        await run_in_threadpool(begin)
        return RedirectResponse(f"{address(opened)}build", 303)

    async def stop_build(self, request: Request) -> Response:
        """Stop a build that was begun here."""
        await self.form(request)
        opened = self.book(request)
        await run_in_threadpool(opened.close)
        return RedirectResponse(f"{address(opened)}build", 303)

    async def send_build(self, request: Request) -> Response:
        """Tell a page that is open of the build as it goes."""
        return StreamingResponse(self._progress(self.book(request)), media_type="text/event-stream")

    async def _progress(self, opened: OpenBook) -> AsyncIterator[str]:
        speed, last = Speed(), ""
        while not self.ended:
            now = await run_in_threadpool(build_page, opened)
            state = json.dumps(now.told(speed.take(now.coming)))
            if state != last:
                last = state
                yield f"event: build\ndata: {state}\n\n"
            await asyncio.sleep(BETWEEN_LOOKS)

    async def use_env(self, request: Request) -> Response:
        """Let a book's `.env` say which model writes it."""
        await self.form(request)
        opened = self.book(request)
        opened.uses_env = True
        return RedirectResponse(f"{address(opened)}next", 303)

    async def end_studio(self, request: Request) -> Response:
        """End the studio."""
        await self.form(request)
        self.ended = True
        response = self.page("ended.html")
        response.background = BackgroundTask(self._leave)
        return response

    async def _leave(self) -> None:
        """End the server once the last page has all that it looks by."""
        await asyncio.sleep(SECONDS_FOR_THE_LAST_PAGE)
        self.end()


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
