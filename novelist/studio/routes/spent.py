"""The address of what a book has cost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from starlette.routing import Route

from novelist.book.paths import Book
from novelist.errors import SettingsError
from novelist.model import ledger
from novelist.model.spending import since, spending
from novelist.studio.window import BOOK

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.studio.window import Window

TIMES = (("", "Ever"), ("30d", "30 days"), ("7d", "7 days"), ("24h", "24 hours"))


class SpentRoutes:
    """What is shown of what was spent."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [Route(f"{BOOK}/spent", self.show)]

    def show(self, request: Request) -> Response:
        """Show what a book has cost, by task and by day."""
        opened, begin = self.window.book(request), request.query_params.get("since", "")
        problem, first = "", None
        try:
            first = since(begin, datetime.now().astimezone()) if begin else None
        except SettingsError as error:
            problem, begin = str(error), ""
        spent = spending(ledger.calls(Book(opened.root).ledger), first)
        about = {"spent": spent, "times": TIMES, "begin": begin, "problem": problem}
        return self.window.of_book("spent.html", opened, **about)
