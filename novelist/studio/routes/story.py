"""The addresses of what chapters are made from, the premise, the bible and the outline: read, edited, put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Route

from novelist.edits import saving
from novelist.edits.editable import WholeFile, lines
from novelist.errors import NovelistError
from novelist.studio import pages
from novelist.studio.chapter_page import differences
from novelist.studio.deciding import check_unchanged
from novelist.studio.ordering import order
from novelist.studio.story_page import TITLES, read, story_page, target_of
from novelist.studio.undoing import Step
from novelist.studio.window import BOOK, Message

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.studio.books import OpenBook
    from novelist.studio.story_page import StoryPage
    from novelist.studio.window import Window
    from novelist.targets.snapshot import Snapshot

STORY = f"{BOOK}/{{kind}}"


class StoryRoutes:
    """What is shown of what chapters are made from, and done to it."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            Route(f"{BOOK}/outline/move", self.move, methods=["POST"]),
            Route(STORY, self.show),
            Route(STORY, self.save, methods=["POST"]),
            Route(f"{STORY}/read", self.read, methods=["POST"]),
            Route(f"{STORY}/restore", self.restore, methods=["POST"]),
        ]

    def show(self, request: Request) -> Response:
        """Show a file, and what is read in it."""
        kind, opened = _kind(request), self.window.book(request)
        shown, unfolded = _shown(opened, kind), request.query_params.get("more", "")
        return self._page(opened, shown, message=self.window.message(request), unfolded=unfolded)

    async def read(self, request: Request) -> Response:
        """Show what is read in a text that was typed, which is saved nowhere."""
        form, kind, opened = await self.window.form(request), _kind(request), self.window.book(request)
        return await run_in_threadpool(self._read, opened, kind, _edit(form))

    def _read(self, opened: OpenBook, kind: str, edit: saving.Edit) -> Response:
        try:
            shown = _shown(opened, kind)
        except NovelistError as error:
            return self._alone(opened, kind, edit, error)
        saved = edit.text == shown.edit.text
        reading = shown.reading if saved else opened.look(lambda one, now: read(one, now, kind, edit.text))
        return self._page(opened, shown, edit=edit, reading=reading)

    async def save(self, request: Request) -> Response:
        """Save what was typed, and lead back; show both where the file has changed meanwhile."""
        form, kind, opened = await self.window.form(request), _kind(request), self.window.book(request)
        return await run_in_threadpool(self._saved, opened, kind, _edit(form))

    def _saved(self, opened: OpenBook, kind: str, edit: saving.Edit) -> Response:
        try:
            done = opened.decide(lambda snapshot: saving.save(WholeFile(snapshot, target_of(snapshot, kind)), edit))
            shown = _shown(opened, kind)
        except NovelistError as error:
            return self._refused(opened, kind, edit, error)
        if isinstance(done, saving.Saved):
            if done.kept:
                opened.steps[kind].did(Step(done.kept.stem, done.digest))
            then = " It cannot be read as it is, and the next build would stop there." if shown.reading.problem else ""
            what = "The file says that already." if done.already else "Saved."
            return self.window.back(opened, kind, Message(f"{what}{then}"))
        both = saving.Edit(shown.edit.text, done.text)
        changed = list(differences("", both.before, both.text))
        reading = opened.look(lambda one, now: read(one, now, kind, done.text))
        return self._page(opened, shown, edit=both, reading=reading, merged=done, differences=changed, status=409)

    async def restore(self, request: Request) -> Response:
        """Put back a text of a file's history, and lead back."""
        form, kind, opened = await self.window.form(request), _kind(request), self.window.book(request)

        def restored(snapshot: Snapshot) -> saving.Saved:
            target = target_of(snapshot, kind)
            with snapshot.book.files.writing(target.path):
                check_unchanged(target, form)
                return saving.put_back(target, when)

        when = form.get("when", "")
        try:
            done = await run_in_threadpool(opened.decide, restored)
        except NovelistError as error:
            return self.window.back(opened, kind, _wrong(opened, error))
        if done.kept:
            opened.steps[kind].put_back(when, Step(done.kept.stem, done.digest))
        return self.window.back(opened, kind, Message("It is as it was then."))

    async def move(self, request: Request) -> Response:
        """Move a chapter, put one in, or change whether it has a number; lead back to it."""
        form, opened = await self.window.form(request), self.window.book(request)
        try:
            done = await run_in_threadpool(opened.decide, lambda snapshot: order(snapshot, form))
        except NovelistError as error:
            return self.window.back(opened, "outline", _wrong(opened, error))
        opened.steps["outline"].did(done.step)
        return self.window.back(opened, "outline", Message(done.text, about=done.number), f"chapter-{done.number}")

    def _refused(self, opened: OpenBook, kind: str, edit: saving.Edit, error: NovelistError) -> Response:
        """Return the page again with what was typed on it."""
        try:
            return self._page(opened, _shown(opened, kind), edit=edit, message=_wrong(opened, error))
        except NovelistError:
            return self._alone(opened, kind, edit, error)

    def _alone(self, opened: OpenBook, kind: str, edit: saving.Edit, error: NovelistError) -> Response:
        """Return what was typed alone, where its file cannot be shown by now."""
        return self.window.typed(opened, TITLES[kind], edit.text, _wrong(opened, error))

    def _page(self, opened: OpenBook, shown: StoryPage, status: int = 200, **more: Any) -> Response:  # noqa: ANN401
        """Return the page of a file, which `more` may show with another text and what is read in that."""
        usual = {
            "edit": shown.edit,
            "reading": shown.reading,
            "message": None,
            "merged": None,
            "differences": (),
            "unfolded": "",
        }
        values = {**usual, **more}
        written = pages.in_language(values["reading"].language)
        steps = opened.steps[shown.kind]
        ways = {"undo": steps.undo(shown.seen), "redo": steps.redo(shown.seen)}
        about = {"page": shown, "written": written, **ways}
        return self.window.of_book("story.html", opened, status=status, **about, **values)


def _edit(form: dict[str, str]) -> saving.Edit:
    return saving.Edit(lines(form.get("before", "")), lines(form.get("text", "")))


def _kind(request: Request) -> str:
    kind: str = request.path_params["kind"]
    if kind not in TITLES:
        raise HTTPException(404)
    return kind


def _shown(opened: OpenBook, kind: str) -> StoryPage:
    return opened.read(("story", kind), lambda one, now: story_page(one, now, kind))


def _wrong(opened: OpenBook, error: NovelistError) -> Message:
    return Message(opened.local(str(error)), wrong=True)
