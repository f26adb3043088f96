"""What a build writes with a model: the bible, the outline, chapters, summaries.

Knows the order: verdict, prompt, answer, checks, file. Knows no doit. A file is replaced only if it is still as it was
when its draft was begun, and what is replaced goes to history.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from novelist import bible_draft, outline, outline_draft, page
from novelist.access import read_access
from novelist.answers import Shape
from novelist.brief import OWN
from novelist.errors import BookError, Unfinished, Unusable
from novelist.files import front_of
from novelist.history import keep
from novelist.model import Request, Writer
from novelist.page import Page, Record
from novelist.prompts import Prompts
from novelist.prose import clean, whole_sentences
from novelist.text import count_words, digest, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from novelist.access import Access
    from novelist.build import Build
    from novelist.progress import Progress

Draft = TypeVar("Draft")

ASKS = 3
SUMMARY_WORDS = 120
SMALL_SUMMARY_WORDS = 70
PREVIOUS = 1200  # characters of the end of the chapter before
BIBLE_TOKENS = 4000
# Tokens to allow for a word: English takes 1.4, most languages less than 3.
TOKENS_PER_WORD = 3
SLACK = 400
# A very small model does not end by itself.
SMALL_TOKENS_PER_WORD = 1.4
UNCHANGED = "UNCHANGED"


class Drafting:
    """The drafts of one build, shown as they are made."""

    def __init__(self, build: Build, show: Progress) -> None:
        self.build = build
        self.show = show

    @cached_property
    def access(self) -> Access:
        """Which model writes. Raises SettingsError."""
        return read_access(os.environ, [self.build.book.root, Path()])

    @cached_property
    def writer(self) -> Writer:
        """The model that writes."""
        return Writer(self.access, self.show.line)

    @cached_property
    def prompts(self) -> Prompts:
        """The book's templates."""
        return Prompts(self.build.book.prompts, small=self.writer.provider.small)

    @property
    def shape(self) -> Shape:
        """How closely a schema may bind this model."""
        return Shape(bounds=self.writer.provider.bounds, plain=self.writer.provider.small)

    @property
    def rehearsed(self) -> bool:
        """Whether the embedded model has written something in this build."""
        return "writer" in self.__dict__ and self.writer.rehearses

    def close(self) -> None:
        """Let the model go, if one was asked."""
        if "writer" in self.__dict__:
            self.writer.close()

    def bible(self) -> str:
        """Draft bible.md from the premise, and return what was done."""
        request = self._request("bible", BIBLE_TOKENS, thinking=True, bible="", outline=None)
        request = replace(request, schema=bible_draft.schema(self.shape))
        draft = self._ask(request, bible_draft.read, bible_draft.problems, bible_draft.repair)
        body = bible_draft.render(draft)
        record = self._record(body, {"premise": digest(self.build.premise.idea)})
        self._land(self.build.book.bible, "bible", page.compose({"novelist": record.front()}, body), None)
        return f"drafted: {body.count(chr(10) + '## ')} sections"

    def outline(self) -> str:
        """Draft outline.md from premise and bible, and return what was done."""
        premise = self.build.premise
        request = self._request(
            "outline",
            1000 + 160 * premise.chapters.high,
            thinking=True,
            bible=self.build.bible.text,
            outline=None,
            chapters=premise.chapters,
            title=premise.title,
        )
        request = replace(request, schema=outline_draft.schema(premise.chapters, self.shape))
        draft = self._ask(
            request,
            outline_draft.read,
            lambda draft: outline_draft.problems(draft, premise.chapters),
            lambda draft: outline_draft.repair(draft, premise.chapters),
        )
        planned = outline_draft.to_outline(draft, premise.title)
        body = page.parse(outline.render(planned), outline.KEYS).body
        record = self._record(body, {"premise": digest(premise.idea)})
        self._land(self.build.book.outline, "outline", outline.render(planned, {"novelist": record.front()}), None)
        return f"drafted: {len(planned.sections)} chapters"

    def chapter(self, number: int) -> str:
        """Draft chapter `number` if its verdict says so, and return what was done."""
        verdict = self.build.chapter_verdict(number)
        if not verdict.drafts:
            return f"kept: {verdict.reason}"
        path, section, brief = self.build.chapter_path(number), self.build.section(number), self.build.brief(number)
        before = page.read_text(path)
        summary, previous = self.build.summary(number), self.build.chapter(number - 1) if number > 1 else None
        request = self._request(
            f"chapter:{number}",
            self._tokens(brief.words.high),
            story=[normalise(told) for told in brief.story if told.strip()],
            entities=[entity.text for entity in brief.entities],
            previous=_end(previous.body) if previous else "",
            old=normalise(summary.body) if summary else "",
            number=number,
            title=section.title,
            section=section.text or section.title,
            words=brief.words,
        )
        text, cut = self._write(request, section.id)
        prose = clean(text, section.title)
        if not prose.strip():
            kept = keep(self.build.book.history, section.id, text)
            message = f"the model answered with no prose. What it wrote is in {kept}. Run `doit` again."
            raise Unusable(message)
        front = {**front_of(self.build, number), "words": count_words(prose)}
        front["novelist"] = self._record(prose, brief.digests()).front()
        self._land(path, section.id, _renewed(path, before, front, prose), before)
        why = "drafted" if verdict.state == "missing" else f"drafted again ({verdict.reason})"
        return f"{why}: {section.title}, {front['words']:,} words{cut}"

    def summary(self, number: int) -> str:
        """Draft the summary of chapter `number` if its verdict says so, and return what was done."""
        verdict = self.build.summary_verdict(number)
        if not verdict.drafts:
            return f"kept: {verdict.reason}"
        path, section = self.build.summary_path(number), self.build.section(number)
        chapter, before = self.build.chapter(number), page.read_text(path)
        if chapter is None:
            raise BookError(self.build.chapter_path(number), None, "the chapter is missing. Run `doit` again.")
        old = self.build.summary(number)
        limit = SMALL_SUMMARY_WORDS if self.writer.provider.small else SUMMARY_WORDS
        request = self._request(
            f"summary:{number}",
            self._tokens(limit),
            number=number,
            title=section.title,
            chapter=normalise(chapter.body),
            old=normalise(old.body) if old else "",
            limit=limit,
        )
        identity = f"{section.id}/summary"
        text, cut = self._summed_up(request, identity, had_old=old is not None)
        brief = self.build.brief(number).digests()
        own, of = {part: brief[part] for part in OWN}, digest(chapter.body)
        if text is None and old is not None:
            record = self._record(old.body, own, of)
            self._land(path, identity, page.edit(path, old, {"novelist": record.front()}), before)
            return "unchanged"
        record = self._record(text or "", own, of)
        front = {"title": section.title, "novelist": record.front()}
        self._land(path, identity, page.compose(front, text or ""), before)
        return f"drafted: {count_words(text or '')} words{cut}"

    def _summed_up(self, request: Request, identity: str, *, had_old: bool) -> tuple[str | None, str]:
        """Return a summary as `_write` does, or None where the model says that the old one still holds."""
        for attempt in range(ASKS):
            text, cut = self._write(replace(request, attempt=attempt), identity)
            if not text.lstrip("*_\"'` \n").upper().startswith(UNCHANGED):
                return normalise(text), cut
            if had_old:
                return None, ""
        message = f"the model says only {UNCHANGED} where there is nothing to compare with. Run `doit` again."
        raise Unusable(message)

    def _request(self, task: str, cap: int, *, thinking: bool = False, **values: Any) -> Request:  # noqa: ANN401
        build = self.build
        values = {"premise": build.premise.idea, "language": build.premise.language, **values}
        if "outline" not in values:
            values |= {"bible": build.bible.text, "outline": build.outline, "count": len(build.outline.sections)}
        name = task.partition(":")[0]
        self.show.begin(task)
        return Request(
            task, self.prompts.render("system", **values), self.prompts.render(name, **values), cap, thinking=thinking
        )

    def _ask(
        self,
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
            text = ""
            try:
                text = self.writer.write(asked, self.show).text
                draft = read(text)
                wrong = problems(draft)
            except Unfinished as error:
                if error.finish == "content_filter":
                    raise
                text, wrong = error.text, ["it is cut off; be briefer"]
            except (ValueError, TypeError) as error:
                wrong = [str(error)]
            if not wrong and draft is not None:
                return draft
            if text.strip():
                keep(self.build.book.history, f"{request.task}-rejected", text)
            self.show.line(f"The answer for the {request.task} is not right: {'; '.join(wrong)}.")
            asked = _again(request, wrong, attempt)
        if draft is None or not self.writer.rehearses:
            message = (
                f"the model's {request.task} stayed wrong: {'; '.join(wrong)}. Run `doit` again, or write it yourself."
            )
            raise Unusable(message)
        draft, done = repair(draft)
        for repaired in done:
            self.show.line(f"Repaired in the {request.task}: {repaired}.")
        if wrong := problems(draft):
            message = f"the {request.task} could not be repaired: {'; '.join(wrong)}. Write it yourself."
            raise Unusable(message)
        return draft

    def _write(self, request: Request, identity: str) -> tuple[str, str]:
        """Return the text of a chapter or a summary, and what had to be done to it, for its line.

        What came of an answer that was cut off goes to history; the embedded model's is ended with its last sentence.
        """
        try:
            return self.writer.write(request, self.show).text, ""
        except Unfinished as error:
            if self.writer.rehearses and error.finish == "length":
                return whole_sentences(error.text), ", ended at its last whole sentence"
            if error.text.strip():
                kept = keep(self.build.book.history, identity, error.text)
                message = f"{error} What came of it is in {kept}."
                raise Unfinished(message, error.text, error.finish) from error
            raise

    def _tokens(self, words: int) -> int:
        """Return the tokens that a text of `words` words may take."""
        if self.writer.provider.small:
            return int(words * SMALL_TOKENS_PER_WORD)
        return words * TOKENS_PER_WORD + SLACK

    def _record(self, body: str, brief: Mapping[str, str], of: str = "") -> Record:
        now = datetime.now(timezone.utc)
        return Record(digest(body), brief, of, self.writer.model, f"{now:%Y-%m-%dT%H:%M:%SZ}")

    def _land(self, path: Path, identity: str, text: str, before: str | None) -> None:
        """Put a draft in place, unless somebody has saved another text there since it was begun."""
        if before is not None:
            keep(self.build.book.history, identity, before)
        kept = keep(self.build.book.history, identity, text)
        if page.read_text(path) != before:
            message = f"it was saved while it was being drafted, so your text stays. The draft is in {kept}."
            raise BookError(path, None, message)
        page.replace(path, text)


def _again(request: Request, wrong: list[str], attempt: int) -> Request:
    """Return the request after `attempt` answers, with what was wrong with the last of them."""
    told = "\n".join(f"- {problem}" for problem in wrong)
    user = f"{request.user}\n\nYour last answer was not right:\n\n{told}\n\nAnswer again, whole."
    return replace(request, user=user, attempt=attempt)


def _end(prose: str) -> str:
    """Return the end of a chapter, from the beginning of a sentence where one begins in it."""
    prose = normalise(prose)
    if len(prose) <= PREVIOUS:
        return prose
    end = prose[-PREVIOUS:]
    first = end.find(". ")
    return end[first + 2 :] if 0 <= first < PREVIOUS // 2 else end


def _renewed(path: Path, before: str | None, front: Mapping[str, object], prose: str) -> str:
    """Return a chapter's new text; keys of a person's own in its old front matter stay."""
    old = page.parse(before, frozenset({"novelist"})) if before else None
    if old is None or not old.header:
        return page.compose({key: value for key, value in front.items() if value is not None}, prose)
    return page.edit(path, Page(old.front, old.header, f"\n{normalise(prose)}\n"), front)
