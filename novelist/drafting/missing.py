"""Sections of the bible for names that it says nothing of: what the model is told, and what it answers.

Knows no target. What is there of the bible stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from novelist.drafting import markdown
from novelist.drafting.bible_plan import GROUPS, BibleDraft, entity_schema, read, repair
from novelist.drafting.partial import Partial
from novelist.drafting.planning import Form, Planning, in_another_language
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.drafting.session import Session

IDENTITY = "@bible/missing"
TOKENS_PER_NAME = 200


def told_of(session: Session, names: Sequence[str], bible: str, **values: Any) -> BibleDraft:  # noqa: ANN401 - as shown
    """Return what a model says of those of the names that are people, places or things; `values` is what it is shown.

    Raises WriterError.
    """
    cap = session.profile.tokens(0) + TOKENS_PER_NAME * len(names)
    request = session.request("missing", cap, bible=bible, names=list(names), **{"outline": None, **values})
    schemas = session.schemas
    form = Form(
        schemas.record(**{group: schemas.many(entity_schema(schemas), 0, len(names)) for group in GROUPS}),
        lambda answer: repair(read(answer))[0],
        markdown.read_bible,
        lambda draft: in_another_language(
            session, [entity.about for entities in draft.groups.values() for entity in entities]
        ),
        lambda draft: (draft, []),
    )
    partial = Partial(session.snapshot.book.unfinished(IDENTITY), {"told": digest(request.user)})
    planning = Planning(session, "rest of the bible", IDENTITY, form, partial)
    return planning.plan(replace(request, task="bible:missing"), partial.found()[0])


def drop(session: Session) -> None:
    """Forget what came of an answer that is in the bible."""
    session.snapshot.book.files.remove(session.snapshot.book.unfinished(IDENTITY))
