"""The addresses of what is edited beside the text of a chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Route

from novelist.edits import saving
from novelist.errors import NovelistError
from novelist.studio.beside import BESIDE
from novelist.studio.chapter_page import differences
from novelist.studio.deciding import check_same
from novelist.studio.window import CHAPTER, Message, number_in

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.studio.beside import Beside
    from novelist.studio.books import OpenBook
    from novelist.studio.window import Window
    from novelist.targets.snapshot import Snapshot


class BesideRoutes:
    """What is edited beside a chapter."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route(f"{CHAPTER}/beside/{{what}}", self.show),
            Route(f"{CHAPTER}/beside/{{what}}", self.save, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show a text as it is typed, beside the chapter that it is of."""
        opened, one = self.window.book(request), _beside(request)
        text = self._read(opened, self.window.number(request, opened), one)
        return self._shown(opened, number_in(request), one, saving.Edit(text, text))

    async def save(self, request: Request) -> Response:
        """Save what was typed, and lead back to the chapter; show both where the file has changed meanwhile."""
        form, opened, one = await self.window.form(request), self.window.book(request), _beside(request)
        return await run_in_threadpool(self._saved, opened, number_in(request), one, form)

    def _saved(self, opened: OpenBook, number: int, one: Beside, form: dict[str, str]) -> Response:
        edit = saving.edit_of(form)

        def saved(snapshot: Snapshot) -> saving.Merged | None:
            check_same(snapshot.chapter(number), form)
            return one.save(snapshot, number, edit)

        try:
            merged = opened.decide(saved)
        except NovelistError as error:
            return self._shown(opened, number, one, edit, message=Message(opened.local(str(error)), wrong=True))
        if merged is None:
            return self.window.back(opened, f"chapter/{number}", Message(one.saved))
        both = saving.Edit(self._read(opened, number, one), merged.text)
        changed = list(differences("", both.before, both.text))
        return self._shown(opened, number, one, both, merged=merged, differences=changed, status=409)

    def _read(self, opened: OpenBook, number: int, one: Beside) -> str:
        return opened.read((one.title, str(number)), lambda _, now: one.read(now, number))

    def _shown(self, opened: OpenBook, number: int, one: Beside, edit: saving.Edit, **about: Any) -> Response:  # noqa: ANN401
        """Return the page; `about` is what its template shows beside the usual."""
        usual = {"beside": one, "edit": edit, "merged": None, "message": None, **self.window.with_text(opened, number)}
        return self.window.of_chapter("beside.html", opened, number, **{**usual, **about})


def _beside(request: Request) -> Beside:
    """Return which text an address names. Raises HTTPException for any other."""
    try:
        return BESIDE[request.path_params["what"]]
    except KeyError:
        raise HTTPException(404) from None
