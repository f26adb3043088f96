"""One build: its inputs as they were at its start, the brief of each chapter, and the verdict on each file.

Knows which file a chapter, a summary or an arc is. Asks no model, and writes nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book.paths import arcs_in, file_name
from novelist.errors import BookError
from novelist.targets import brief, verdict
from novelist.targets.story import Arc, Story
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from novelist.book.bible import Bible, Entity
    from novelist.book.frontmatter import Page, PageInfo
    from novelist.book.outline import Outline, Section
    from novelist.book.paths import Book
    from novelist.book.premise import Premise
    from novelist.targets.brief import Brief
    from novelist.targets.verdict import Verdict


class Snapshot:
    """What one run of `doit` sees of a book. Inputs are read once; drafts of this run are read as they land."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._names: dict[int, str] = {}
        self._named: dict[tuple[Entity, ...] | str, str] = {}
        self._digests: dict[Arc | int, str] = {}
        self.renamed_ids: Mapping[str, str] = {}  # identities whose files still go by an older one

    @cached_property
    def premise(self) -> Premise:
        """The premise. Raises BookError."""
        from novelist.book import premise  # noqa: PLC0415 - what has not changed since it was last read is not read again

        self.book.check()
        path = self.book.premise_to_read
        return premise.undump(self.book.cache.get("premise", path, lambda: premise.dump(premise.load(path))))

    @cached_property
    def bible(self) -> Bible:
        """The bible. Raises BookError, also where there is none."""
        from novelist.book import bible  # noqa: PLC0415 - as above

        path = self.book.bible
        return bible.undump(
            self.book.cache.get("bible", path, lambda: bible.dump(bible.parse(self._source(path), path)))
        )

    @contextmanager
    def presumed(self) -> Iterator[None]:
        """See a book whose bible is still to be drafted as one whose bible names nobody: for those who only look."""
        if self.book.bible.is_file():
            yield
            return
        from novelist.book import bible  # noqa: PLC0415 - as above

        self.bible = bible.parse("", self.book.bible)
        try:
            yield
        finally:
            del self.bible

    @cached_property
    def outline(self) -> Outline:
        """The outline. Raises BookError, also where there is none."""
        from novelist.book import outline  # noqa: PLC0415

        path, title = self.book.outline, self.premise.title

        def read() -> Any:  # noqa: ANN401 - what JSON holds
            from novelist.book import outline_text  # noqa: PLC0415 - as above

            return outline.dump(outline_text.parse(self._source(path), path, title))

        return outline.undump(self.book.cache.get("outline", path, read, by=title))

    @cached_property
    def templates(self) -> Sequence[str]:
        """The prompt templates of chapters that the book overrides. Raises BookError."""
        return self.book.templates()

    @property
    def title(self) -> str:
        """The book's title: the premise's, else the outline's."""
        return self.premise.title or self.outline.title or "Untitled"

    def _source(self, path: Path) -> str:
        from novelist.book import files  # noqa: PLC0415

        text = files.read_text(path)
        if text is None:
            raise BookError(path, None, f"it is missing. Run `doit {path.stem}` to have it drafted.")
        return text

    @cached_property
    def count(self) -> int:
        """How many chapters the outline has."""
        return len(self.outline.sections)

    def section(self, number: int) -> Section:
        """Return the section of chapter `number`, from 1.

        Raises BookError where the outline has no such chapter.
        """
        if number > self.count:
            message = f"it has {self.count} chapters, so there is no chapter {number}. Ask for another, or add it."
            raise BookError(self.book.outline, None, message)
        return self.outline.sections[number - 1]

    def name(self, number: int) -> str:
        """Return the name of chapter `number`'s file, and of its summary's."""
        if number not in self._names:
            self._names[number] = file_name(self.section(number).id, number, self.count)
        return self._names[number]

    def chapter_path(self, number: int) -> Path:
        """Return where chapter `number` is, or is to be."""
        return self._path(self.book.chapters, number)

    def summary_path(self, number: int) -> Path:
        """Return where the summary of chapter `number` is, or is to be."""
        return self._path(self.book.summaries, number)

    def _path(self, folder: Path, number: int) -> Path:
        files, identity = self.book.by_id(folder), self.section(number).id
        found = files.get(identity) or files.get(self.renamed_ids.get(identity, ""))
        return found if found is not None else folder / self.name(number)

    @cached_property
    def story(self) -> Story:
        """Which summaries and arcs tell each chapter of those before it."""
        made: tuple[list[Sequence[str]], list[Sequence[str]]] = ([], [])
        for path in arcs_in(self.book.summaries):
            found = self.book.info(path)
            if found is not None and found.record is not None and found.record.level:
                made[found.record.level - 1].append(found.record.covers)
        return Story([section.id for section in self.outline.sections], *made)

    def arc(self, planned: Arc) -> Arc:
        """Return the arc that was `planned`, maybe before there was an outline.

        Raises BookError where the outline has come to have fewer chapters.
        """
        found = self.story.same(planned)
        if found is None:
            arc = f"an arc of {planned.first} to {planned.last}"
            message = f"it has {self.count} chapters, so no chapter reads {arc}. Ask for another."
            raise BookError(self.book.outline, None, message)
        return found

    @cached_property
    def arc_files(self) -> dict[Arc, Path]:
        """Where each arc that there is stands now."""
        free = list(arcs_in(self.book.summaries))
        found: dict[Arc, Path] = {}
        for arc in self.story.arcs:
            shares = {path: self._share(arc, path) for path in free}
            best = max(shares, key=shares.__getitem__, default=None)
            if best is not None and shares[best]:
                found[arc] = best
                free.remove(best)
        return found

    def _share(self, arc: Arc, path: Path) -> int:
        """Return how much of an arc the file at `path` covers; one that a person typed covers what its name says."""
        found = self.book.info(path)
        if found is None or found.record is None or not found.record.level:
            return len(arc.covers) if path.name == arc.file_name(self.count) else 0
        same = found.record.level == (2 if arc.parts else 1)
        return len(set(arc.covers) & set(found.record.covers)) if same else 0

    def arc_path(self, arc: Arc) -> Path:
        """Return where an arc is, or is to be."""
        return self.arc_files.get(arc, self.book.summaries / arc.file_name(self.count))

    def forget(self, path: Path) -> None:
        """Look at a chapter, a summary or an arc anew: it may have changed."""
        self.book.forget(path)
        self._digests.clear()
        vars(self).pop("arc_files", None)

    def told_path(self, told: Arc | int) -> Path:
        """Return where what tells of earlier chapters is, or is to be."""
        return self.summary_path(told) if isinstance(told, int) else self.arc_path(told)

    def told_digest(self, told: Arc | int) -> str:
        """Return the digest of what tells of earlier chapters, of an empty text where it is missing."""
        known = self._digests.get(told)
        if known is None:
            found = self.book.info(self.told_path(told))
            # Not read back: a draft that is made beside this one may have it forgotten at any moment.
            known = self._digests[told] = NOTHING if found is None else found.digest
        return known

    def presume_told(self, told: Arc | int, text: str) -> None:
        """See `text` where what tells of earlier chapters will come back: for those who only look."""
        self._digests[told] = digest(text)

    def told_text(self, told: Arc | int) -> str:
        """Return what tells of earlier chapters, an empty text where it is missing."""
        found = self.book.read(self.told_path(told))
        return "" if found is None else found.body

    def chapter(self, number: int) -> Page | None:
        """Return chapter `number`, or None where there is none. Raises BookError."""
        return self.book.read(self.chapter_path(number))

    def written(self, number: int) -> Page:
        """Return chapter `number`. Raises BookError where it is missing or empty."""
        found = self.chapter(number)
        if found is None:
            raise BookError(self.chapter_path(number), None, "the chapter is missing. Run `doit` to have it drafted.")
        if not found.body.strip():
            message = "the chapter is empty. Write it, or delete the file to have it drafted."
            raise BookError(self.chapter_path(number), None, message)
        return found

    def summary(self, number: int) -> Page | None:
        """Return the summary of chapter `number`, or None where there is none. Raises BookError."""
        return self.book.read(self.summary_path(number))

    def brief(self, number: int) -> Brief:
        """Return what chapter `number` must honour, with the story before it as it is now."""
        section = self.section(number)
        return brief.Brief(
            section=section.text,
            entities=self.bible.named_in(section.text),
            words=section.words or self.premise.words,
            language=self.premise.language,
            templates=self.templates,
            story=[self.told_text(told) for told in self.story.told(number)],
        )

    def digests(self, number: int) -> dict[str, str]:
        """Return the digests of the brief of chapter `number`, without reading any text."""
        section = self.section(number)
        return {
            "section": digest(section.text),
            "bible": self._bible(self.bible.named_in(section.text)),
            "settings": self._settings(str(section.words or self.premise.words)),
            "story": brief.story_digest([self.told_digest(told) for told in self.story.told(number)]),
        }

    def _bible(self, named: tuple[Entity, ...]) -> str:
        if named not in self._named:
            self._named[named] = brief.bible_digest(named)
        return self._named[named]

    def _settings(self, words: str) -> str:
        if words not in self._named:
            self._named[words] = brief.settings_digest(words, self.premise.language, self.templates)
        return self._named[words]

    def chapter_verdict(self, number: int) -> Verdict:
        """Return what chapter `number` is, and why."""
        path = self.chapter_path(number)
        found = self.book.info(path)
        redraft = self.premise.stale == "redraft"
        return _damaged(path, found) or verdict.judge_chapter(found, self.digests(number), redraft=redraft)

    def summary_verdict(self, number: int) -> Verdict:
        """Return what the summary of chapter `number` is, and why."""
        path = self.summary_path(number)
        found, chapter = self.book.info(path), self.book.info(self.chapter_path(number))
        return _damaged(path, found) or verdict.judge_summary(found, chapter.digest if chapter else "", "its chapter")

    def arc_verdict(self, arc: Arc) -> Verdict:
        """Return what an arc is, and why."""
        path = self.arc_path(arc)
        found = self.book.info(path)
        what = "an arc in it" if arc.parts else "a summary in it"
        return _damaged(path, found) or verdict.judge_summary(found, self.arc_of(arc), what)

    def arc_of(self, arc: Arc) -> str:
        """Return the digest of the texts that an arc sums up."""
        return brief.story_digest([self.told_digest(part) for part in arc.of])

    @property
    def front(self) -> dict[str, str]:
        """What the front matter of book.md says."""
        told = zip(FRONT, (self.title, self.premise.author, self.premise.language), strict=True)
        return {key: value for key, value in told if value}

    def made_of(self) -> str:
        """Return the digest of all that book.md is put together from, without reading any text."""
        whole = list(self.front.values())
        for number, section in enumerate(self.outline.sections, 1):
            part = self.outline.part_of(section)
            found = self.book.info(self.chapter_path(number))
            whole += [part.heading if part else "", section.title, section.id, found.digest if found else ""]
        return digest("\n".join(whole))

    def text_verdict(self) -> Verdict:
        """Return what book.md is, and why."""
        found = self.book.info(self.book.text)
        if found is None or found.record is None:
            return verdict.Verdict("missing", "it is missing" if found is None else "it is not what was put together")
        if found.edited or found.front != self.front:
            return verdict.Verdict("stale", "it was edited")
        if found.record.of != self.made_of():
            return verdict.Verdict("stale", "its chapters or the outline changed")
        return verdict.Verdict("fresh", "it is its chapters")

    def source_verdict(self, path: Path) -> Verdict:
        """Return what the bible or the outline at `path` is, and why."""
        return verdict.judge_source(self.book.info(path), digest(self.premise.idea))


NOTHING = digest("")
FRONT = ("title", "author", "language")  # of book.md


def _damaged(path: Path, found: PageInfo | None) -> Verdict | None:
    """Return the verdict on a file whose front matter cannot be read: it is the author's, and that is said."""
    if found is None or found.damage is None:
        return None
    line, what = found.damage
    return verdict.Verdict("kept", f"{path}:{line}: {what}, so it is taken for yours. Put it right")
