"""The addresses by which a book comes onto the shelf: a new one, and one from files that were written elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Route

from novelist.book import new
from novelist.book.bounds import LARGEST_FILE, MEGABYTE
from novelist.errors import NovelistError
from novelist.studio import uploads
from novelist.studio.adding import add_import, add_new
from novelist.studio.names import within
from novelist.studio.window import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.studio.window import Window

TOO_MUCH = f"the files have more than {LARGEST_FILE // MEGABYTE} MB. Choose fewer, or leave their pictures out."


class AddingRoutes:
    """How a book comes onto the shelf; where one book is looked at, there is none."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        if self.window.shelf.single:
            return []
        return [
            Route("/new", self.show_new),
            Route("/new", self.make, methods=["POST"]),
            Route("/import", self.show_import),
            Route("/import", self.bring, methods=["POST"]),
        ]

    def show_new(self, request: Request) -> Response:  # noqa: ARG002 - as for each page
        """Show the form for a new book."""
        return self._new(new.DEFAULTS)

    async def make(self, request: Request) -> Response:
        """Make a new book, and lead to it."""
        form = await self.window.form(request)
        try:
            name = await run_in_threadpool(add_new, self.window.shelf.folder, form)
        except NovelistError as error:
            return self._new(form, self._local(error))
        return self.window.to_book(name, Message("The book is there. Look at what its first build would do."))

    def show_import(self, request: Request) -> Response:  # noqa: ARG002 - as above
        """Show the form for files."""
        return self._import()

    async def bring(self, request: Request) -> Response:
        """Make a book of files, and lead to it with what was brought."""
        sent = await uploads.take(request, LARGEST_FILE)
        if sent is None:
            return self._import(problem=TOO_MUCH)
        if not self.window.keys.is_form(sent.fields.get("form", "")):
            raise HTTPException(403)
        title = sent.fields.get("title", "")
        try:
            name, lines = await run_in_threadpool(add_import, self.window.shelf.folder, sent.files, title)
        except NovelistError as error:
            return self._import(title, self._local(error))
        return self.window.to_book(name, Message("The book is there. Its chapters are yours.", lines=lines))

    def _new(self, form: Mapping[str, str], problem: str = "") -> Response:
        typed: dict[str, Any] = {name: form.get(name, "") for name in (*new.ORDER, "idea")}
        return self.window.page("new.html", typed=typed, problem=problem)

    def _import(self, title: str = "", problem: str = "") -> Response:
        return self.window.page("import.html", typed_title=title, problem=problem)

    def _local(self, error: NovelistError) -> str:
        return within(self.window.shelf.folder, str(error))
