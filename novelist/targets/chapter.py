"""A chapter: made from its section, the bible sections that it names, the settings, and the story so far.

Knows its brief and its verdict. Asks no model, and writes nothing.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book import conflict, notes
from novelist.book.bounds import LARGEST_SETTINGS
from novelist.book.paths import file_name, label
from novelist.errors import BookError
from novelist.targets.digests import changed_parts, story_digest, told_marks
from novelist.targets.target import Target
from novelist.targets.verdict import brief_digest, judge_chapter
from novelist.text import digest, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from novelist.book.frontmatter import Page
    from novelist.book.outline import Part, Section
    from novelist.book.premise import Span
    from novelist.book.record import PageInfo, Record
    from novelist.targets.brief import Brief
    from novelist.targets.inputs import Inputs
    from novelist.targets.verdict import Verdict

LEFT = {"tried": "", "kept": ""}  # of a record whose brief is as it is now


class ChapterTarget(Target):
    """Chapter `number`, from 1. While there is no outline it has a number, and nothing else is known of it."""

    kind = "chapter"
    plural, rank = "chapters", 2
    releasable = True
    if_changed = "only if the story before it changes"
    surely_new = True

    def __init__(
        self,
        inputs: Inputs,
        number: int,
        context: Callable[[int, str | None], Sequence[Target]],
        whole_story: Callable[[int], str],
    ) -> None:
        """Take what returns the summaries and arcs that tell a chapter of those before it.

        That is asked with the border that its record names, None for one that is to be drafted. `whole_story` returns
        the digest of all their summaries.
        """
        super().__init__(inputs)
        self.number = number
        self._context = context
        self._whole_story = whole_story

    @property
    def name(self) -> str:
        """The name of its task: `chapter:07`."""
        return f"chapter:{label(self.number, self.inputs.count)}"

    @cached_property
    def section(self) -> Section:
        """Its section of the outline. Raises BookError where there is none."""
        return self.inputs.section(self.number)

    @property
    def part(self) -> Part | None:
        """The part that it stands in."""
        return self.inputs.outline.part_of(self.section)

    @property
    def part_text(self) -> str:
        """What the outline says of its part; empty where it says nothing, or there is no part."""
        part = self.part
        return part.text if part else ""

    @property
    def printed(self) -> int | None:
        """The number that readers see above it, which counts the numbered ones; None where it has none."""
        return self.inputs.outline.numbers[self.number - 1]

    @property
    def about(self) -> str:
        """Its title, where there is an outline that has one."""
        return self.section.title if self.inputs.outlined else "a chapter that the outline will name"

    @property
    def identity(self) -> str:
        """Its identity: that of its section."""
        return self.section.id

    @cached_property
    def file_name(self) -> str:
        """The name that its file and its summary's have once they follow the outline."""
        return file_name(self.section.id, self.number, self.inputs.count)

    @property
    def path(self) -> Path:
        """Where it is, under whatever number, or is to be."""
        return self.inputs.locate(self.inputs.book.chapters, self.identity, self.file_name)

    @property
    def destination(self) -> Path:
        """Where it will be once the files follow the outline."""
        return self.inputs.book.chapters / self.file_name

    @property
    def words(self) -> Span:
        """The words asked for."""
        return self.section.words or self.inputs.premise.words

    @property
    def words_of_record(self) -> Span:
        """The words that were asked for when it was drafted, as far as its record says so."""
        info = self.info
        record = info.record if info else None
        return self.words if record is None or not self._as_long_as_before(record) else type(self.inputs.premise).words

    def _as_long_as_before(self, record: Record) -> bool:
        """Say whether it was drafted as long as English chapters are, where its language counts characters.

        So it was where a premise did not say how long, before those languages had a length of their own.
        """
        premise = self.inputs.premise
        before, settings = type(premise).words, record.brief.get("settings")
        if settings in (None, self.inputs.settings_digest(str(self.words))) or self.section.words is not None:
            return False
        from novelist.book.premise import usual_words  # noqa: PLC0415 - few chapters are not as long as is asked

        return premise.words == usual_words(premise.language) and settings == self.inputs.settings_digest(str(before))

    def sources(self) -> Sequence[Path]:
        """Return the premise, the bible and the outline, and the voice where there is one."""
        book = self.inputs.book
        return [book.premise, book.bible, book.outline, *([book.style] if self.inputs.style else [])]

    def made_from(self) -> Sequence[Target]:
        """Return the summaries and arcs that it was told, as its record has it; its context where it has none."""
        return self._context(self.number, self.recorded_border if self.inputs.outlined else None)

    def context(self) -> Sequence[Target]:
        """Return the summaries and arcs that tell it of the chapters before it where it is drafted now, in order."""
        return self._context(self.number, None)

    def story(self) -> list[str]:
        """Return the texts of its context."""
        return [self.inputs.text(target) for target in self.context()]

    def brief(self) -> Brief:
        """Return what it must honour, with the story before it as it is now."""
        section, inputs = self.section, self.inputs
        from novelist.targets.brief import Brief  # noqa: PLC0415 - an idle build compares digests only

        return Brief(
            section=section.text,
            part=self.part_text,
            entities=inputs.bible.named_in(section.text),
            style=inputs.style,
            words=self.words,
            language=inputs.premise.language,
            templates=inputs.templates,
            story=self.story(),
        )

    def digests(self) -> dict[str, str]:
        """Return the digests of its brief, without reading any text."""
        return self._digests(self.context())

    def _digests(self, context: Sequence[Target]) -> dict[str, str]:
        section, inputs = self.section, self.inputs
        return {
            "section": digest(section.text),
            "part": inputs.digest(self.part_text),
            "bible": inputs.bible_digest(inputs.bible.named_in(section.text)),
            "rules": inputs.bible_digest(inputs.bible.rules),
            "style": inputs.digest(inputs.style),
            "settings": inputs.settings_digest(str(self.words)),
            "story": story_digest(map(inputs.text_digests.__getitem__, context)),
        }

    def digests_named_by(self, record: Record | None) -> dict[str, str]:
        """Return the digests of its brief, as a record has them where it is true to names or a length as they were."""
        return self._as_recorded(self.digests(), record)

    def _as_recorded(self, digests: dict[str, str], record: Record | None) -> dict[str, str]:
        """Return digests with a record's own of the bible and the settings, where it is true to those as they were."""
        digests = self._by_names(digests, record)
        if record is None or not self._as_long_as_before(record):
            return digests
        return {**digests, "settings": record.brief["settings"]}

    def _by_names(self, digests: dict[str, str], record: Record | None) -> dict[str, str]:
        bible = self.inputs.bible
        if record is None or not bible.inflections or record.brief.get("bible") == digests["bible"]:
            return digests
        as_written = self.inputs.bible_digest(bible.named_as_written_in(self.section.text))
        return {**digests, "bible": as_written} if record.brief.get("bible") == as_written else digests

    def fields(self) -> dict[str, Any]:
        """Return its brief, as digests, the first chapter that it is told singly, and the marks of what it is told."""
        return {"brief": self.digests(), "singles": self.border, "told": self._told(None), **LEFT}

    def _told(self, border: str | None) -> str:
        return told_marks(map(self.inputs.text_digests.__getitem__, self._context(self.number, border)))

    @property
    def border(self) -> str:
        """The identity of the first chapter that it is told singly where it is drafted now."""
        return self.inputs.story.border(self.number)

    def fields_by(self, record: Record) -> dict[str, Any]:
        """Return its brief as digests, by the form of a record."""
        digests = self._digests_by(record)
        brief = {part: digests[part] for part in digests if part in record.brief}
        return {"brief": brief, "singles": record.singles, "told": self._told(border_of(record)), **LEFT}

    def fits(self, record: Record) -> bool:
        """Say whether a draft with this record was written from the brief as it is now."""
        return not changed_parts(record.brief, self._digests_by(record))

    @property
    def recorded_border(self) -> str | None:
        """The border by which its record was written: None for one that is to be drafted."""
        try:
            info = self.info
        except BookError:
            return None  # what is wrong with a file is told where that is read
        return border_of(info.record if info else None)

    @property
    def typed(self) -> bool:
        """Whether a person wrote it: no build drafts it."""
        info = self.info
        return info is not None and info.record is None

    def wants_story(self) -> bool:
        """Say whether it is to be told the story before it: it is to be drafted, or was told another one."""
        if self.typed:
            return False
        verdict = self.verdict()
        return verdict.drafts or "story" in verdict.changed

    def told_whole(self) -> bool:
        """Say whether it was told all summaries before it, as they are now, before there were arcs."""
        info = self.info
        return info is not None and info.record is not None and self._told_whole(info.record)

    def _told_whole(self, record: Record) -> bool:
        return record.brief.get("story") == self._whole_story(self.number)

    def _digests_by(self, record: Record | None) -> dict[str, str]:
        """Return the digests of its brief, that of the story by the border of a record.

        A record is judged as it was written: its book is not stale for how a later novelist writes one. So that of a
        story which was told before there were arcs is as the record has it, where that is told as it was.
        """
        digests = self._as_recorded(self._digests(self._context(self.number, border_of(record))), record)
        if record is None or record.singles or record.brief.get("story", digests["story"]) == digests["story"]:
            return digests
        return {**digests, "story": record.brief["story"]} if self._told_whole(record) else digests

    def digests_by_older_rules(self) -> dict[str, str]:
        """Return the digests of parts of its brief as records have them that were written by an older rule."""
        bible = self.inputs.bible
        as_written = self.inputs.bible_digest(bible.named_as_written_in(self.section.text))
        return {"bible": as_written, "story": self._whole_story(self.number)}

    def stamped(self, record: Record) -> Record:
        """Return a record with the brief as it is now, the same where it is true to that."""
        return record if self.fits(record) else record._replace(**self.fields())

    def judge(self, info: PageInfo | None, *, changed: bool) -> Verdict:
        """Return the verdict; with `changed`, as if the story before it had changed."""
        if info is not None and info.record is None:
            return judge_chapter(info, {}, self.stale)
        digests = self._digests_by(info.record if info else None)
        digests = {**digests, "story": ""} if changed else digests
        return judge_chapter(info, digests, self.stale)

    @property
    def notes_path(self) -> Path:
        """Where what its author has asked of it is, or is to be."""
        return self.inputs.locate(self.inputs.book.notes, self.identity, self.file_name)

    @property
    def notes(self) -> list[str]:
        """What its author has asked of it. Raises BookError, for an open merge too."""
        path, files = self.notes_path, self.inputs.book.files
        text = normalise(files.read_text(path, LARGEST_SETTINGS) or "")
        conflict.check(path, conflict.line_of_mark(text))
        return notes.read(text)

    def brief_digest(self, record: Record) -> str:
        """Return what a record says where it is left as it is for its brief as that is now."""
        return brief_digest(self._digests_by(record))

    def let_stand(self, record: Record) -> Record:
        """Return a record that says that a person has let it stand for its brief as it is now."""
        return record._replace(kept=self.brief_digest(record))

    @property
    def stale(self) -> str:
        """What becomes of it where it is stale: `redraft`, `ripple` or `keep`."""
        return self.section.stale or self.inputs.premise.stale

    def returns(self, verdict: Verdict) -> bool:
        """Say whether an earlier draft takes its place: not where a hand has edited, deleted or released it."""
        return verdict.state == "stale" and not (verdict.released or self.edited)

    def lands(self, record: Record) -> bool:
        """Say whether a waiting draft with this record fits, and replaces no text that it was not made of."""
        return self.fits(record) and (record.base == self.digest() if record.base or self.edited else True)

    def front(self) -> dict[str, object]:
        """Return its title, the number that readers see, and its part."""
        part = self.part
        return {"title": self.section.title, "number": self.printed, "part": part.name if part else None}

    def written(self) -> Page:
        """Return its file. Raises BookError where it is missing or empty."""
        page = self.page()
        if page is None:
            raise BookError(self.path, None, f"the chapter is missing. Run `doit {self.name}` to have it drafted.")
        if not page.body.strip():
            message = "the chapter is empty. Write it, or delete the file to have it drafted."
            raise BookError(self.path, None, message)
        return page


def border_of(record: Record | None) -> str | None:
    """Return the border by which a record was written; None where it is of no story, and so is not judged by one."""
    return record.singles if record is not None and "story" in record.brief else None
