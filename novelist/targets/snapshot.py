"""A snapshot of a book: its inputs as they were when a run of doit or a command began, and all of its targets.

Knows which file each target is. Asks no model, and writes nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novelist.book.paths import arcs_in
from novelist.errors import BookError
from novelist.targets import brief
from novelist.targets.arc import ArcTarget
from novelist.targets.chapter import ChapterTarget
from novelist.targets.source import BibleTarget, OutlineTarget
from novelist.targets.story import Run, Story
from novelist.targets.summary import SummaryTarget
from novelist.targets.text import TextTarget
from novelist.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from novelist.book.bible import Bible, Entity
    from novelist.book.outline import Outline, Section
    from novelist.book.paths import Book
    from novelist.book.premise import Premise
    from novelist.book.record import PageInfo
    from novelist.targets.target import Target


class Snapshot:
    """What one run sees of a book. Inputs are read once; drafts of this run are read as they land."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.bible_target = BibleTarget(self)
        self.outline_target = OutlineTarget(self)
        self.book_text = TextTarget(self)
        self.renamed_ids: Mapping[str, str] = {}  # new identities, by which files are not called yet, to the old ones
        self._chapters: dict[int, ChapterTarget] = {}
        self._summaries: dict[int, SummaryTarget] = {}
        self._arcs: dict[Run, ArcTarget] = {}
        self._settings: dict[tuple[Entity, ...] | str, str] = {}
        self._digests: dict[Target, str] = {}
        self._presumed: dict[Path, PageInfo] = {}

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
    def foreseen(self) -> Iterator[None]:
        """See the book as a build may come to see it, for those who only look; what was presumed is then forgotten.

        A bible that is still to be drafted is one that names nobody.
        """
        missing = not self.book.bible.is_file()
        if missing:
            from novelist.book import bible  # noqa: PLC0415 - as above

            self.bible = bible.parse("", self.book.bible)
        try:
            yield
        finally:
            if missing:
                del self.bible
            self._presumed.clear()
            self._digests.clear()

    @cached_property
    def outline(self) -> Outline:
        """The outline. Raises BookError, also where there is none."""
        from novelist.book import outline  # noqa: PLC0415

        path, title, language = self.book.outline, self.premise.title, self.premise.language

        def read() -> Any:  # noqa: ANN401 - what JSON holds
            from novelist.book import outline_text  # noqa: PLC0415 - as above

            return outline.dump(outline_text.parse(self._source(path), path, title, language))

        read_outline = outline.undump(self.book.cache.get("outline", path, read, by=f"{language} {title}"))
        return outline.as_filed(read_outline, self._front_of)

    def _front_of(self, identity: str) -> Mapping[str, object] | None:
        """Return the front matter of a chapter or its summary, empty for one that waits to land, None for no file."""
        for folder in (self.book.chapters, self.book.summaries):
            if path := self.book.by_id(folder).get(identity):
                info = self.book.info(path)
                return info.front if info else {}
        return {} if self.book.landing(identity).exists() else None

    @property
    def outlined(self) -> bool:
        """Whether there is an outline; one that is drafted in this run is there from then on."""
        if "outline" in vars(self):
            return True
        return self.book.outline.is_file()

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

    @property
    def count(self) -> int:
        """How many chapters the outline has; while there is none, how many it may have at most."""
        return len(self.outline.sections) if self.outlined else self.premise.chapters.high

    def section(self, number: int) -> Section:
        """Return the section of chapter `number`, from 1.

        Raises BookError where the outline has no such chapter.
        """
        sections = self.outline.sections
        if number > len(sections):
            message = f"it has {len(sections)} chapters, so there is no chapter {number}. Ask for another, or add it."
            why = "While there was no outline, chapters were known by their number only."
            raise BookError(self.book.outline, None, message, why=why)
        return sections[number - 1]

    @property
    def story(self) -> Story:
        """Which summaries and arcs tell each chapter of those before it."""
        return self._story if self.outlined else self._expected_story

    @cached_property
    def _story(self) -> Story:
        covered: tuple[list[Sequence[str]], list[Sequence[str]]] = ([], [])
        for path in arcs_in(self.book.summaries):
            info = self.book.info(path)
            if info is not None and info.record is not None and info.record.level:
                covered[info.record.level - 1].append(info.record.covers)
        return Story([section.id for section in self.outline.sections], *covered)

    @cached_property
    def _expected_story(self) -> Story:
        return Story([str(number) for number in range(1, self.count + 1)])

    @property
    def sources(self) -> Sequence[Target]:
        """The targets that every chapter is made from, in the order in which they are made from one another."""
        return self.bible_target, self.outline_target

    def chapter(self, number: int) -> ChapterTarget:
        """Return chapter `number`, from 1."""
        target = self._chapters.get(number)
        if target is None:
            target = self._chapters[number] = ChapterTarget(self, number)
        return target

    def summary(self, number: int) -> SummaryTarget:
        """Return the summary of chapter `number`."""
        target = self._summaries.get(number)
        if target is None:
            target = self._summaries[number] = SummaryTarget(self.chapter(number))
        return target

    def arc(self, run: Run) -> ArcTarget:
        """Return the arc of a run."""
        target = self._arcs.get(run)
        if target is None:
            target = self._arcs[run] = ArcTarget(self, run)
        return target

    @property
    def chapters(self) -> list[ChapterTarget]:
        """The chapters, in the order of the book."""
        return [self.chapter(number) for number in range(1, self.count + 1)]

    def telling(self, told: Run | int) -> Target:
        """Return what tells of a run, or of a chapter by its number: an arc or a summary."""
        return self.summary(told) if isinstance(told, int) else self.arc(told)

    def context(self, number: int) -> list[Target]:
        """Return what tells chapter `number` of the chapters before it, in order."""
        return list(map(self.telling, self.story.told(number)))

    def drafts(self) -> Iterator[Target]:
        """Yield every target that a model can be asked for, in the order in which a build comes to them.

        An arc comes right before the first chapter that is told it.
        """
        yield from self.sources
        story = self.story
        for number in range(1, self.count + 1):
            yield from map(self.arc, story.opens(number))
            yield self.chapter(number)
            yield self.summary(number)

    def locate(self, folder: Path, chapter: ChapterTarget) -> Path:
        """Return where the file of `chapter` in a folder is, whatever its number, or is to be."""
        files, identity = self.book.by_id(folder), chapter.section.id
        path = files.get(identity) or files.get(self.renamed_ids.get(identity, ""))
        return path if path is not None else folder / chapter.file_name

    @cached_property
    def arc_files(self) -> dict[Run, Path]:
        """Where the arc of each run stands now, if there is one."""
        free = list(arcs_in(self.book.summaries))
        files: dict[Run, Path] = {}
        for run in self.story.arcs:
            shares = {path: self._share(run, path) for path in free}
            best = max(shares, key=shares.__getitem__, default=None)
            if best is not None and shares[best]:
                files[run] = best
                free.remove(best)
        return files

    def _share(self, run: Run, path: Path) -> int:
        """Return how much of a run the arc at `path` covers; one that a person typed covers what its name says."""
        info = self.book.info(path)
        if info is None or info.record is None or not info.record.level:
            return len(run.covers) if path.name == run.file_name(self.count) else 0
        same = info.record.level == (2 if run.parts else 1)
        return len(set(run.covers) & set(info.record.covers)) if same else 0

    def info(self, path: Path) -> PageInfo | None:
        """Return what is to be known of the page at `path`, or None where there is none. Raises BookError."""
        return self._presumed.get(path) or self.book.info(path)

    def digest(self, target: Target) -> str:
        """Return the digest of a target's text, of an empty one where it is missing."""
        known = self._digests.get(target)
        if known is None:
            info = target.info
            # Not read back: a draft that is made beside this one may have it forgotten at any moment.
            known = self._digests[target] = NOTHING if info is None else info.digest
        return known

    def presume(self, target: Target, info: PageInfo) -> None:
        """See a target as it will be once an earlier draft has come back, for as long as the book is `foreseen`."""
        self._presumed[target.path] = info
        self._digests.clear()

    def forget(self, path: Path) -> None:
        """Look at a chapter, a summary or an arc anew: it may have changed."""
        self.book.forget(path)
        self._digests.clear()
        vars(self).pop("arc_files", None)

    def bible_digest(self, named: tuple[Entity, ...]) -> str:
        """Return the digest of what the bible says of these."""
        if named not in self._settings:
            self._settings[named] = brief.bible_digest(named)
        return self._settings[named]

    def settings_digest(self, words: str) -> str:
        """Return the digest of the settings of a chapter of so many words."""
        if words not in self._settings:
            self._settings[words] = brief.settings_digest(words, self.premise.language, self.templates)
        return self._settings[words]


NOTHING = digest("")
