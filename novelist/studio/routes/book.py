"""The addresses of a book's page, of its `.env`, and of what tells open pages that files have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from novelist.errors import NovelistError
from novelist.studio import pages
from novelist.studio.book_page import Foreseen, book_page, foresee
from novelist.studio.exports import exports
from novelist.studio.window import BOOK, address

if TYPE_CHECKING:
    from starlette.requests import Request

    from novelist.studio.books import OpenBook
    from novelist.studio.window import Message, Window


class BookRoutes:
    """What is shown of a book."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route(f"{BOOK}/", self.show),
            Route(f"{BOOK}/next", self.show_next),
            Route(f"{BOOK}/events", self.send_events),
            Route(f"{BOOK}/env", self.use_env, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show a book."""
        return self._whole(self.window.book(request), None, self.window.message(request))

    def show_next(self, request: Request) -> Response:
        """Show a book with what its next build would do, which may take a while to say."""
        opened = self.window.book(request)
        return self._whole(opened, Foreseen() if opened.has_env else opened.read(("next",), foresee))

    def _whole(self, opened: OpenBook, foreseen: Foreseen | None, message: Message | None = None) -> Response:
        """Return the page of a book; of one that cannot be read, what is wrong."""
        try:
            shown = opened.read(("book",), book_page)
        except NovelistError as error:
            return self.window.of_book("unread.html", opened, problem=opened.local(str(error)))
        about = {"written": pages.in_language(shown.language), "exports": opened.read(("exports",), exports)}
        return self.window.of_book("book.html", opened, page=shown, foreseen=foreseen, message=message, **about)

    async def send_events(self, request: Request) -> Response:
        """Tell a page that is open when its files have changed."""
        opened = self.window.book(request)
        changes = self.window.changes(request.query_params.get("since", ""), lambda: opened.stamp)
        return StreamingResponse(changes, media_type="text/event-stream")

    async def use_env(self, request: Request) -> Response:
        """Let a book's `.env` say which model writes it."""
        await self.window.form(request)
        opened = self.window.book(request)
        opened.uses_env = True
        return RedirectResponse(f"{address(opened)}next", 303)
