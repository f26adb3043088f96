"""The addresses of the shelf, of what every page looks by, and of the studio's end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from novelist.errors import NovelistError
from novelist.studio import pages
from novelist.studio.book_page import Spine, spine
from novelist.studio.names import named
from novelist.studio.window import address

if TYPE_CHECKING:
    from starlette.requests import Request

    from novelist.studio.books import OpenBook
    from novelist.studio.window import Window

SECONDS_FOR_THE_LAST_PAGE = 0.5


class ShelfRoutes:
    """What is shown of all books."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route("/", self.show),
            Route("/events", self.send_events),
            Route("/static/{name}", self.send_static),
            Route("/end", self.ask_to_end),
            Route("/end", self.end, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:  # noqa: ARG002 - as for each page
        """Show the books; where there is one, that."""
        shelf = self.window.shelf
        books, stamp = shelf.books(), shelf.stamp  # before anything is read of them
        if shelf.single:
            return RedirectResponse(address(*books.values()), 303)
        spines = [(address(opened), _spine(opened)) for opened in books.values()]
        return self.window.page("shelf.html", spines=spines, folder=named(shelf.folder.name), stamp=stamp)

    async def send_events(self, request: Request) -> Response:
        """Tell a page that is open, and is of no book alone, when something has changed on the shelf."""
        changes = self.window.changes(request.query_params.get("since", ""), lambda: self.window.shelf.stamp)
        return StreamingResponse(changes, media_type="text/event-stream")

    def send_static(self, request: Request) -> Response:
        """Send a file that pages look by."""
        name = request.path_params["name"]
        if name not in pages.FILES:
            raise HTTPException(404)
        content, kind = pages.static(name)
        return Response(content, media_type=kind)

    def ask_to_end(self, request: Request) -> Response:  # noqa: ARG002 - as for each page
        """Ask whether the studio is to end, and show what that would stop."""
        books = self.window.shelf.books().values()
        runs = ((opened, opened.run) for opened in books)
        running = [(address(opened), opened.name, run.command.doing) for opened, run in runs if run and run.running]
        return self.window.page("end.html", running=running)

    async def end(self, request: Request) -> Response:
        """End the studio."""
        await self.window.form(request)
        self.window.ended.set()
        response = HTMLResponse(pages.render("ended.html"))
        response.background = BackgroundTask(self._leave)
        return response

    async def _leave(self) -> None:
        """End the server once the last page has all that it looks by."""
        await asyncio.sleep(SECONDS_FOR_THE_LAST_PAGE)
        self.window.end()


def _spine(opened: OpenBook) -> Spine:
    try:
        return opened.read(("spine",), spine)
    except NovelistError as error:
        return Spine(opened.name, opened.name, problem=opened.local(str(error)))
