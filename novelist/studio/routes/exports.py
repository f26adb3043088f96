"""The addresses by which a book is exported, and what came of it is taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from novelist.errors import NovelistError
from novelist.export.formats import FORMATS
from novelist.studio import exports
from novelist.studio.book_page import title_of
from novelist.studio.names import disposition
from novelist.studio.window import BOOK, Message, address

if TYPE_CHECKING:
    from starlette.requests import Request

    from novelist.studio.window import Window


class ExportRoutes:
    """How a book becomes a file to take along."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route(f"{BOOK}/export", self.begin, methods=["POST"]),
            Route(f"{BOOK}/export/{{format}}", self.send),
        ]

    async def begin(self, request: Request) -> Response:
        """Begin an export, and lead to where it is shown."""
        form, opened = await self.window.form(request), self.window.book(request)
        kind = form.get("format", "")
        if kind not in FORMATS:
            raise HTTPException(400)
        try:
            await run_in_threadpool(opened.begin, exports.command(kind))
        except NovelistError as error:
            return self.window.back(opened, "", Message(opened.local(str(error)), wrong=True))
        return RedirectResponse(f"{address(opened)}build", 303)

    def send(self, request: Request) -> Response:
        """Send what an export made, to be saved: the page among them runs scripts of its own, and never here."""
        opened, kind = self.window.book(request), request.path_params["format"]
        content = exports.content(opened.root, kind) if kind in FORMATS else None
        if content is None:
            raise HTTPException(404)
        title, _ = opened.read(("title",), title_of)
        headers = {"Content-Disposition": disposition(title, kind)}
        return Response(content, media_type=exports.TYPES[kind], headers=headers)
