"""The addresses of what is edited of a chapter: its text, its section, the notes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.routing import Route

from novelist.edits import saving
from novelist.edits.editable import lines
from novelist.errors import NovelistError
from novelist.studio.chapter_page import differences
from novelist.studio.editing import EDITORS, chapter_of
from novelist.studio.window import CHAPTER, Message

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from novelist.edits.merging import Merged
    from novelist.studio.books import OpenBook
    from novelist.studio.editing import Editor
    from novelist.studio.window import Window
    from novelist.targets.snapshot import Snapshot

ADDRESSES = (f"{CHAPTER}/edit", f"{CHAPTER}/beside/{{what}}")


class EditingRoutes:
    """What is edited of a chapter."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def routes(self) -> list[Route]:
        """Return its addresses."""
        return [
            route for each in ADDRESSES for route in (Route(each, self.show), Route(each, self.save, methods=["POST"]))
        ]

    def show(self, request: Request) -> Response:
        """Show a text as it is typed."""
        opened, editor = self.window.book(request), _editor(request)
        number = self.window.number(request, opened)
        return self._shown(opened, editor, number, self._begun(opened, editor, number))

    async def save(self, request: Request) -> Response:
        """Save what was typed, and lead back to the chapter; show both where the file has changed meanwhile."""
        form, opened, editor = await self.window.form(request), self.window.book(request), _editor(request)
        return await run_in_threadpool(self._saved, opened, editor, form)

    def _saved(self, opened: OpenBook, editor: Editor, form: dict[str, str]) -> Response:
        def saved(snapshot: Snapshot) -> tuple[int, saving.Saved | Merged]:
            chapter = chapter_of(snapshot, form.get("id", ""))
            text = editor.text(snapshot, chapter)
            return chapter.number, saving.save(text, saving.edit_of(text, form))

        try:
            number, done = opened.decide(saved)
        except NovelistError as error:
            return self._refused(opened, editor, form, opened.local(str(error)))
        if isinstance(done, saving.Saved):
            text = "The file says that already." if done.already else editor.saved
            return self.window.back(opened, f"chapter/{number}", Message(text))
        both = saving.Edit(self._begun(opened, editor, number).before, done.text)
        changed = list(differences("", both.before, both.text))
        return self._shown(opened, editor, number, both, merged=done, differences=changed, status=409)

    def _refused(self, opened: OpenBook, editor: Editor, form: dict[str, str], why: str) -> Response:
        """Return the page again with what was typed on it, wherever its chapter is by now."""
        edit = saving.Edit(lines(form.get("before", "")), lines(form.get("text", "")))
        message = Message(why, wrong=True)
        try:
            number = opened.look(lambda _, now: chapter_of(now, form.get("id", "")).number)
            return self._shown(opened, editor, number, edit, message=message)
        except NovelistError:
            return self.window.typed(opened, editor.title, edit.text, message)

    def _begun(self, opened: OpenBook, editor: Editor, number: int) -> saving.Edit:
        return opened.read(
            ("edit", editor.title, str(number)), lambda _, now: saving.begun(editor.text(now, now.chapter(number)))
        )

    def _shown(self, opened: OpenBook, editor: Editor, number: int, edit: saving.Edit, **about: Any) -> Response:  # noqa: ANN401
        """Return the page; `about` is what its template shows beside the usual."""
        usual = {"editor": editor, "edit": edit, "merged": None, "message": None}
        chapter = self.window.with_text(opened, number) if editor.template == "beside.html" else {}
        return self.window.of_chapter(editor.template, opened, number, **{**usual, **chapter, **about})


def _editor(request: Request) -> Editor:
    """Return which text an address names. Raises HTTPException for any other."""
    try:
        return EDITORS[request.path_params.get("what", "text")]
    except KeyError:
        raise HTTPException(404) from None
