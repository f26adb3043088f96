"""The addresses of a chapter: its page, its history, and decisions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Route

from novelist.errors import NovelistError
from novelist.studio.alternatives_page import alternatives_page
from novelist.studio.chapter_page import compared
from novelist.studio.deciding import decide
from novelist.studio.findings import findings_of, placed
from novelist.studio.window import CHAPTER, Message, number_in

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.studio.books import OpenBook
    from novelist.studio.findings import PageFindings
    from novelist.studio.window import Window
    from novelist.targets.snapshot import Snapshot


class ChapterRoutes:
    """What is shown of a chapter, and done to it."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route(CHAPTER, self.show),
            Route(f"{CHAPTER}/findings", self.show_checked),
            Route(f"{CHAPTER}/alternatives", self.show_alternatives),
            Route(f"{CHAPTER}/history/{{when}}", self.show_difference),
            Route(f"{CHAPTER}/decide", self.decide, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show a chapter."""
        return self._shown(request, whole=False)

    def show_checked(self, request: Request) -> Response:
        """Show a chapter with what is found in it beside the others, which may take a while to say."""
        return self._shown(request, whole=True)

    def _shown(self, request: Request, *, whole: bool) -> Response:
        opened = self.window.book(request)
        number, message = self.window.number(request, opened), self.window.message(request)
        shown = self.window.with_text(opened, number)

        def findings(one: OpenBook, now: Snapshot) -> PageFindings:
            return findings_of(one, now, number, whole=whole)

        about = placed(opened.read(("findings", str(number), str(whole)), findings), shown["page"].text or ())
        struck = opened.steps[_review(shown["page"].chapter.id)].undo(about.seen)
        more = {"findings": about, "message": message, "struck": struck}
        return self.window.of_chapter("chapter.html", opened, number, **more, **shown)

    def show_difference(self, request: Request) -> Response:
        """Show how a chapter is otherwise than in an entry of its history."""
        opened = self.window.book(request)
        number, when = self.window.number(request, opened), request.path_params["when"]
        both = opened.read(("difference", str(number), when), lambda _, now: compared(now.chapter(number), when))
        if both is None:
            raise HTTPException(404)
        return self.window.of_chapter("difference.html", opened, number, entry=both[0], differences=both[1])

    def show_alternatives(self, request: Request) -> Response:
        """Show a chapter and its alternatives beside each other."""
        opened = self.window.book(request)
        number = self.window.number(request, opened)
        columns = opened.read_apart(("alternatives", str(number)), lambda one, now: alternatives_page(one, now, number))
        return self.window.of_chapter("alternatives.html", opened, number, columns=columns)

    async def decide(self, request: Request) -> Response:
        """Take a decision on a chapter, and lead back to it."""
        form, opened = await self.window.form(request), self.window.book(request)
        number = number_in(request)
        try:
            done = await run_in_threadpool(opened.decide, lambda snapshot: decide(snapshot, number, form))
        except NovelistError as error:
            return self.window.back_to_chapter(opened, number, Message(opened.local(str(error)), wrong=True))
        steps = opened.steps[_review(form.get("id", ""))]
        if done.put_back and done.step:
            steps.put_back(done.put_back, done.step)
        elif done.step:
            steps.did(done.step)
        return self.window.back(opened, f"chapter/{number}", Message(done.text))


def _review(identity: str) -> str:
    """Return by what the steps are known that were taken in the review of a chapter."""
    return f"{identity}/review"
