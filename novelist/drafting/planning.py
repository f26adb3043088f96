"""The bible and the outline, drafted where there is none: asked for in JSON, checked, asked again if need be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from novelist.book import frontmatter, outline_text
from novelist.book.history import BIBLE, OUTLINE, keep
from novelist.drafting import bible_draft, outline_draft
from novelist.drafting.completion import DraftHandler
from novelist.errors import Unusable
from novelist.model.faults import FILTER
from novelist.model.stream import LENGTH, STOP
from novelist.text import counted, digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from novelist.drafting.session import Session
    from novelist.model.request import Request

Draft = TypeVar("Draft")

ASKS = 3
BIBLE_TOKENS = 4000
OUTLINE_TOKENS = 1000
TOKENS_PER_SECTION = 160
UNFINISHED = {LENGTH: "it is cut off; be briefer", FILTER: "the content filter stopped it; tell it more gently"}
BACK = "back, as it was drafted from this premise"


def bible(session: Session) -> str:
    """Draft bible.md from the premise, and return what was done. Raises WriterError and BookError."""
    premise = digest(session.snapshot.premise.idea)
    path = session.snapshot.book.bible
    if text := session.waiting(BIBLE, lambda record: record.brief.get("premise") == premise):
        session.land(path, BIBLE, text, None)
        return BACK
    request = session.request("bible", BIBLE_TOKENS, thinking=True, bible="", outline=None)
    request = replace(request, schema=bible_draft.schema(session.schemas))
    draft = _ask(session, request, bible_draft.read, bible_draft.problems, bible_draft.repair)
    body = bible_draft.render(draft)
    record = session.record(body, brief={"premise": premise})
    session.land(path, BIBLE, frontmatter.compose({"novelist": record.front()}, body), None)
    count = body.count("\n## ")
    return f"drafted: {counted(count, 'section')}"


def outlined(session: Session) -> str:
    """Draft outline.md from premise and bible, and return what was done. Raises WriterError and BookError."""
    premise = session.snapshot.premise
    idea = digest(premise.idea)
    path = session.snapshot.book.outline
    if text := session.waiting(OUTLINE, lambda record: record.brief.get("premise") == idea):
        session.land(path, OUTLINE, text, None)
        return BACK
    cap = OUTLINE_TOKENS + TOKENS_PER_SECTION * premise.chapters.high
    values = {
        "bible": session.snapshot.bible.text,
        "outline": None,
        "chapters": premise.chapters,
        "title": premise.title,
    }
    request = session.request("outline", cap, thinking=True, **values)
    request = replace(request, schema=outline_draft.schema(premise.chapters, session.schemas))
    draft = _ask(
        session,
        request,
        outline_draft.read,
        lambda draft: outline_draft.problems(draft, premise.chapters),
        lambda draft: outline_draft.repair(draft, premise.chapters),
    )
    planned = outline_draft.to_outline(draft, premise.title)
    body = frontmatter.parse(outline_text.render(planned), outline_text.KEYS).body
    record = session.record(body, brief={"premise": idea})
    session.land(path, OUTLINE, outline_text.render(planned, {"novelist": record.front()}), None)
    return f"drafted: {counted(len(planned.sections), 'chapter')}"


def _ask(
    session: Session,
    request: Request,
    read: Callable[[str], Draft],
    problems: Callable[[Draft], list[str]],
    repair: Callable[[Draft], tuple[Draft, list[str]]],
) -> Draft:
    """Return an answer without problems: asked again with what was wrong, at most twice.

    The embedded model's last answer is repaired, each repair in a line; any other model's raises Unusable.
    """
    wrong: list[str] = []
    draft: Draft | None = None
    asked = request
    for attempt in range(1, ASKS + 1):
        session.show.begin(request.task)
        answer = session.client.write(asked, DraftHandler(session))
        if answer.finish == STOP:
            try:
                draft = read(answer.text)
                wrong = problems(draft)
            except (ValueError, TypeError) as error:
                wrong = [str(error)]
        else:
            wrong = [UNFINISHED.get(answer.finish, "it broke off")]
        if not wrong and draft is not None:
            return draft
        if answer.text.strip():
            keep(session.snapshot.book.history, f"@{request.task}/rejected", answer.text)
        session.show.line(f"The answer for the {request.task} is not right: {'; '.join(wrong)}.")
        asked = request.again(wrong, attempt)
    if draft is None or not session.client.rehearses:
        message = (
            f"the model's {request.task} stayed wrong: {'; '.join(wrong)}. Run `doit` again, or write it yourself."
        )
        raise Unusable(message)
    draft, done = repair(draft)
    for repaired in done:
        session.show.line(f"Repaired in the {request.task}: {repaired}.")
    if wrong := problems(draft):
        message = f"the {request.task} could not be repaired: {'; '.join(wrong)}. Write it yourself."
        raise Unusable(message)
    return draft
