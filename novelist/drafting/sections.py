"""What happens in chapters, put into an outline that says nothing of them: told from the chapters that are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novelist.book import conflict
from novelist.book.headings import inert
from novelist.drafting import markdown
from novelist.drafting.answers import objects
from novelist.drafting.drafting import Draft
from novelist.drafting.outline import OUTLINE_TOKENS, TOKENS_PER_SECTION
from novelist.drafting.planned import PlannedDrafting
from novelist.errors import Unusable
from novelist.targets.source import OutlineTarget
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novelist.drafting.guesses import Guesses
    from novelist.drafting.session import Session
    from novelist.model.request import Request

Happens = dict[int, str]  # in chapters, by their numbers


class SectionsDrafting(PlannedDrafting[OutlineTarget, Happens]):
    """How the sections of an outline are drafted that say nothing; what an author has written there stays."""

    def __init__(self, session: Session, target: OutlineTarget) -> None:
        super().__init__(session, target)
        self._untold = target.untold

    def request(self, before: str | None) -> Request:  # noqa: ARG002 - all of it is shown
        """Return what the model is told."""
        snapshot, untold = self.session.snapshot, self._untold
        sections = enumerate(snapshot.outline.sections, 1)
        titles = [f"{number}. {one.title}" + (f": {one.text}" if one.text else "") for number, one in sections]
        return self.session.request(
            "sections",
            OUTLINE_TOKENS + TOKENS_PER_SECTION * len(untold),
            thinking=True,
            bible=snapshot.bible.text,
            outline=None,
            story=self.session.chapters_told(),
            chapters=snapshot.count,
            titles=titles,
            untold=untold,
            unwritten=[number for number in untold if snapshot.chapter(number).info is None],
        )

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of what happens in some chapters."""
        schemas, count = self.session.schemas, len(self._untold)
        number = schemas.whole(self.session.snapshot.count)
        chapter = schemas.record(number=number, title=schemas.title(), happens=schemas.sentences(2))
        return schemas.record(chapters=schemas.many(chapter, count, count))

    def from_markdown(self, text: str) -> dict[str, Any]:
        """Return what happens in chapters as its JSON would be. Raises ValueError where that cannot be read."""
        return {"chapters": markdown.read_outline(text)["chapters"]}

    def read(self, answer: Mapping[str, Any]) -> Happens:
        """Return what was answered: by their numbers, or in their order where they have none."""
        chapters = list(objects(answer, "chapters"))
        texts = [inert(conflict.without_marks(str(chapter.get("happens") or ""))) for chapter in chapters]
        numbers = [chapter.get("number") for chapter in chapters]
        if not set(self._untold) <= set(numbers):
            count = self.session.snapshot.count
            numbers = [*range(1, count + 1)] if len(chapters) == count else [*self._untold]
        happens = dict(zip(numbers, texts, strict=False))
        return {number: happens.get(number, "") for number in self._untold}

    def problems(self, plan: Happens) -> list[str]:
        """Return of which chapters nothing was answered."""
        silent = [str(number) for number, text in plan.items() if not text.strip()]
        return [f"it does not say what happens in chapter {', '.join(silent)}"] if silent else []

    def repair(self, plan: Happens) -> tuple[Happens, list[str]]:
        """Return what happens with the title of a chapter where nothing was answered, and what was done."""
        sections = self.session.snapshot.outline.sections
        silent = [number for number, text in plan.items() if not text.strip()]
        titles = {number: f"{sections[number - 1].title}." for number in silent}
        return plan | titles, [f"chapter {number} has nothing but its title" for number in silent]

    def rendered(self, plan: Happens) -> Draft:
        """Return the outline with what happens. Raises Unusable where it could not be read any more."""
        whole = self.target.told(plan)
        if whole is None:  # a list or a rule in it, perhaps
            whole = self.target.told({number: " ".join(text.split()) for number, text in plan.items()})
        if whole is None:
            message = "what happens in the chapters cannot be put into outline.md. Write it there yourself."
            raise Unusable(message, why="What the model answered is in .novelist/history/.")
        return Draft("", f"drafted: what happens in {counted(len(plan), 'chapter')}", whole=whole)

    def guess(self, guesses: Guesses) -> tuple[float, int]:
        """Return the guessed tokens of its prompt and of its text."""
        return guesses.told + guesses.bible, guesses.sections(len(self._untold))
