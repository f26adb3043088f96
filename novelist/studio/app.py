"""The studio as a server takes it: the addresses of all topics behind one guard, and what is said where one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from novelist.book import crash
from novelist.book.bounds import MEGABYTE
from novelist.errors import NovelistError
from novelist.studio import pages
from novelist.studio.forms import LONGEST_FORM
from novelist.studio.guard import Guard
from novelist.studio.routes.adding import AddingRoutes
from novelist.studio.routes.asking import AskingRoutes
from novelist.studio.routes.book import BookRoutes
from novelist.studio.routes.build import BuildRoutes
from novelist.studio.routes.chapter import ChapterRoutes
from novelist.studio.routes.editing import EditingRoutes
from novelist.studio.routes.exports import ExportRoutes
from novelist.studio.routes.search import SearchRoutes
from novelist.studio.routes.shelf import ShelfRoutes
from novelist.studio.routes.spent import SpentRoutes
from novelist.studio.routes.story import StoryRoutes
from novelist.studio.window import Window

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

# What is said where a form is not taken, by the status of that.
NOT_TAKEN = {
    403: (
        "that page is of a studio that has ended, and nothing was done. Go back, where it still stands, and send it "
        "again."
    ),
    413: (
        f"that is more than {LONGEST_FORM // MEGABYTE} MB, and nothing was done. Go back, where it still stands, and "
        "send less."
    ),
}
TOPICS = (
    ShelfRoutes,
    AddingRoutes,
    BookRoutes,
    ChapterRoutes,
    EditingRoutes,
    AskingRoutes,
    BuildRoutes,
    ExportRoutes,
    SearchRoutes,
    SpentRoutes,
    StoryRoutes,
)


class Studio(Window):
    """What the studio answers."""

    def app(self) -> ASGIApp:
        """Return it as a server takes it, with its guard before it."""
        routes = [route for topic in TOPICS for route in topic(self).routes()]
        handlers: Any = {HTTPException: _not_there, NovelistError: self.failed, Exception: self.crashed}
        return Guard(Starlette(routes=routes, exception_handlers=handlers), self.keys)

    def failed(self, request: Request, error: Exception) -> Response:
        """Say why a page of a book cannot be shown, beside the ways to what may be wrong in it."""
        opened = self.shelf.books().get(request.path_params.get("book", ""))
        if opened is None:
            return _problem(request, error)
        return self.of_book("unread.html", opened, problem=opened.local(str(error)))

    def crashed(self, request: Request, error: Exception) -> Response:
        """Say that something is wrong that nobody has foreseen, of which a report is kept in the book."""
        opened = self.shelf.books().get(request.path_params.get("book", ""))
        problem = crash.crashed(error, opened.root / ".novelist" if opened else None)
        return _problem(request, problem)


def _not_there(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status in NOT_TAKEN:
        return HTMLResponse(pages.render("problem.html", problem=NOT_TAKEN[status]), status)
    return HTMLResponse(pages.render("nothing.html"), status)


def _problem(request: Request, error: Exception) -> Response:  # noqa: ARG001 - as above
    return HTMLResponse(pages.render("problem.html", problem=str(error)), 500)
