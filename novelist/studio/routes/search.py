"""The address of a search over a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from novelist.studio import pages
from novelist.studio.book_page import title_of
from novelist.studio.search_page import search_page
from novelist.studio.window import BOOK

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.studio.window import Window


class SearchRoutes:
    """What is shown of a search."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [Route(f"{BOOK}/search", self.show)]

    def show(self, request: Request) -> Response:
        """Show where a book has what is looked for."""
        opened, query = self.window.book(request), request.query_params.get("q", "")
        _, language = opened.read(("title",), title_of)
        shown = opened.read(("search", query), lambda one, now: search_page(one, now, query))
        about: dict[str, Any] = {"query": query, "written": pages.in_language(language)}
        return self.window.of_book("search.html", opened, shown=shown, **about)
