"""The tools that look at a book: they ask no model and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from novelist.agents.answers import Answer, answer
from novelist.continuity import check as continuity
from novelist.continuity import report as continuity_report
from novelist.drafting.pipeline import request_for, request_json
from novelist.drafting.plan import foresee
from novelist.edits.editable import ChapterText, SectionText, lines
from novelist.edits.foreseen import foreseen_status
from novelist.errors import SettingsError
from novelist.export.formats import FORMATS
from novelist.lint import baseline, report
from novelist.lint import check as prose
from novelist.lint.finding import CONTINUITY, RULES
from novelist.targets.naming import chapter_named, check_outlined, check_tasks, named, tasks
from novelist.targets.status import read_status, review_status
from novelist.targets.why import why
from novelist.text import exact_digest

if TYPE_CHECKING:
    from novelist.agents.opened import Opened
    from novelist.edits.editable import Editable
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot

What = Literal["chapter", "section"]
By = Literal["lint", "check", "review", "read"]


class Looking:
    """What an agent may see."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    def status(self) -> Answer:
        """Return the whole book: each chapter's words and state, why it is in it, and what was spent."""
        with self.opened.read() as snapshot:
            check_outlined(snapshot)
            book, _ = foreseen_status(snapshot)
            return book.json()

    def plan(self, of: list[int | str] | None = None) -> Answer:
        """Return what a build would draft, why, and what that is likely to take. No model is asked.

        `of` names chapters or tasks, such as `7` or `review:07`; left out, it is the whole book.
        """
        with self.opened.foresee() as session:
            names = [each for name in of or () for each in tasks(session.snapshot, str(name))]
            check_tasks(session.snapshot, names, FORMATS)
            return foresee(session, names).json()

    def why(self, of: int | str) -> Answer:
        """Return what a chapter (`7`, an id), `summary:07`, `bible` or `outline` is, and what has changed for it."""
        with self.opened.read() as snapshot:
            return why(named(snapshot, str(of))).json()

    def brief(self, chapter: int | str) -> Answer:
        """Return what the model would be told for a chapter."""
        with self.opened.foresee() as session:
            target = chapter_named(session.snapshot, str(chapter))
            return request_json(target, request_for(session, target))

    def read(self, chapter: int | str, what: What = "chapter") -> Answer:
        """Return the text of a chapter, or of its section in the outline, with the `digest` that `edit` asks for.

        `line` is that of the file on which it begins.
        """
        with self.opened.read() as snapshot:
            return text_of(snapshot, chapter_named(snapshot, str(chapter)), what)

    def findings(self, chapter: int | str | None = None, by: By = "lint") -> Answer:
        """Return what is wrong, with its place: in the whole book, or in one chapter.

        `by` is `lint` (the prose, without a model), `check` (what contradicts itself, without a model), `review` (what
        a judge found in the chapter) or `read` (what one found in the whole book). `build` with `review:07` or `read`
        has a judge read.
        """
        with self.opened.read() as snapshot:
            target = None if chapter is None else chapter_named(snapshot, str(chapter))
            if by == "review" and target is not None:
                return answer(of=target.name, **review_status(snapshot.review(target.number)).json())
            if by == "review":
                message = "a review is of a chapter. Name one, or ask by `read` for what is wrong with the whole book."
                raise SettingsError(message)
            if by == "read":
                return answer(of=snapshot.reading.name, **read_status(snapshot.reading).json())
            return _by_rules(snapshot, by, target)


def text_of(snapshot: Snapshot, target: ChapterTarget, what: What) -> Answer:
    """Return a text that may be edited, and where it stands. Raises BookError where it is missing."""
    section, path = target.section, editable(snapshot, target, what).path
    if what == "section":
        line, text = section.line, section.text
    else:
        page = target.written()
        text = lines(page.body)
        line = page.whole[: len(page.whole) - len(page.body.lstrip("\ufeff\r\n"))].count("\n") + 1
    return answer(
        of=target.name,
        what=what,
        title=section.title,
        path=path.as_posix(),
        line=line,
        text=text,
        digest=exact_digest(text),
    )


def editable(snapshot: Snapshot, target: ChapterTarget, what: What) -> Editable:
    """Return the text of a chapter, or of its section, as it is read and put back."""
    return (SectionText if what == "section" else ChapterText)(snapshot, target)


def _by_rules(snapshot: Snapshot, by: By, target: ChapterTarget | None) -> Answer:
    """Return what rules find, in the form that `novelist lint --json` and `check --json` have."""
    root = snapshot.book.root
    if by == "lint":
        of_prose = prose.check(snapshot)
        of_prose = of_prose if target is None else of_prose.of({target.identity})
        new, _ = baseline.split(of_prose.findings, baseline.load(root / baseline.NAME, RULES))
        return report.dump(of_prose, new, root)
    of_facts = continuity.check(snapshot)
    of_facts = of_facts if target is None else of_facts.of({target.identity})
    new, _ = baseline.split(of_facts.findings, baseline.load(root / baseline.NAME, CONTINUITY))
    return continuity_report.dump(of_facts, new, root)
