"""The inputs of a book as they were when a run of doit or a command began, and what is known of its files.

Knows no target. Asks no model, and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager, suppress
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from novelist.book.bounds import LARGEST_TEXT
from novelist.book.paths import arcs_in, numbered_in
from novelist.errors import BookError
from novelist.memo import Memo
from novelist.targets import digests
from novelist.targets.story import Run, Story
from novelist.text import counted, digest, normalise

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Protocol

    from novelist.book.bible import Bible, Entity
    from novelist.book.matter import MatterPage
    from novelist.book.outline import Outline, Section
    from novelist.book.paths import Book
    from novelist.book.premise import Premise
    from novelist.book.record import PageInfo

    class Text(Hashable, Protocol):
        """What has a text: a target, of which nothing else is known here."""

        def digest(self) -> str:
            """Return the digest of its text."""

        def text(self) -> str:
            """Return its text."""


STYLE_KEYS = frozenset({"title", "novelist"})
TEXTS_HELD = 256  # more than tell a chapter of those before it: all texts of a long book are too much to hold


class Inputs:
    """What the targets of one run are made from. Each is read once; drafts of this run are read as they land."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.renamed_ids: Mapping[str, str] = {}  # new identities, by which files are not called yet, to the old ones
        self._digests = Memo(digest)
        self._bible_digests = Memo(digests.bible_digest)
        self._settings_digests = Memo(self._read_settings_digest)
        # Of targets, until one of them may have changed.
        self.text_digests: Memo[Text, str] = Memo(lambda target: target.digest())
        self._texts = lru_cache(TEXTS_HELD)(lambda target: str(target.text()))
        self._presumed: dict[Path, PageInfo] = {}
        self.changes = 0  # how often what is known of the files has changed

    @cached_property
    def premise(self) -> Premise:
        """The premise. Raises BookError."""
        from novelist.book import premise  # noqa: PLC0415 - what has not changed since it was last read is not read again

        self.book.check()
        path = self.book.premise_to_read

        def read() -> Any:  # noqa: ANN401 - what JSON holds
            from novelist.book import settings  # noqa: PLC0415 - as above

            return premise.dump(settings.read_premise(path))

        return premise.undump(self.book.cache.get("premise", path, read))

    @cached_property
    def bible(self) -> Bible:
        """The bible. Raises BookError, also where there is none."""
        from novelist.book import bible  # noqa: PLC0415 - as above

        path, language = self.book.bible, self.premise.language

        def read() -> Any:  # noqa: ANN401 - what JSON holds
            from novelist.book import bible_text  # noqa: PLC0415 - as above

            return bible.dump(bible_text.parse(self._source(path), path, language))

        return bible.undump(self.book.cache.get("bible", path, read, by=language))

    @cached_property
    def style(self) -> str:
        """The voice of the book as style.md has it, normalised; empty where there is none. Raises BookError."""
        path = self.book.style

        def read() -> Any:  # noqa: ANN401 - what JSON holds
            from novelist.book import frontmatter, placeholder  # noqa: PLC0415 - as above

            page = frontmatter.read(self.book.files, path, STYLE_KEYS)
            if page is None:
                return ""
            frontmatter.check(path, page)
            return normalise(placeholder.without(page.body))

        return str(self.book.cache.get("style", path, read))

    @contextmanager
    def without_bible(self) -> Iterator[None]:
        """See a bible that is still to be drafted as one that names nobody."""
        missing = not self.book.bible.is_file()
        if missing:
            from novelist.book.bible import Bible  # noqa: PLC0415 - as above

            self.bible = Bible("", ())
        try:
            yield
        finally:
            if missing:
                del self.bible

    @contextmanager
    def foreseen(self) -> Iterator[None]:
        """See the book as a build may come to see it, for those who only look; what was presumed is then forgotten."""
        try:
            with self.without_bible():
                yield
        finally:
            self._presumed.clear()
            self.judge_anew()

    @cached_property
    def outline(self) -> Outline:
        """The outline. Raises BookError, also where there is none."""
        from novelist.book import outline  # noqa: PLC0415

        path, title, language = self.book.outline, self.premise.title, self.premise.language

        def read() -> Any:  # noqa: ANN401 - what JSON holds
            from novelist.book import outline_text, placeholder  # noqa: PLC0415 - as above

            return outline.dump(outline_text.parse(placeholder.without(self._source(path)), path, title, language))

        return self._as_filed(outline.undump(self.book.cache.get("outline", path, read, by=f"{language} {title}")))

    def outline_in(self, text: str) -> Outline:
        """Return what the outline would be if the file had this text. Raises BookError."""
        from novelist.book import outline_text, placeholder  # noqa: PLC0415 - as above

        premise = self.premise
        return self._as_filed(
            outline_text.parse(placeholder.without(text), self.book.outline, premise.title, premise.language)
        )

    def _as_filed(self, read_outline: Outline) -> Outline:
        from novelist.book import outline  # noqa: PLC0415

        return outline.as_filed(read_outline, self._front_of, self._section_of, whole=self.book.text.is_file())

    def _front_of(self, identity: str) -> Mapping[str, object] | None:
        """Return the front matter of a chapter or its summary, empty for one that waits to land, None for no file."""
        for folder in (self.book.chapters, self.book.summaries):
            if path := self.book.by_id(folder).get(identity):
                info = self.book.info(path)
                return info.front if info else {}
        return {} if self.book.landing(identity).exists() else None

    @cached_property
    def matter(self) -> Sequence[MatterPage]:
        """The front and back matter, in the order of the book; what is empty is in none. Raises BookError."""
        if not self.book.files.names(self.book.matter):
            return ()
        from novelist.book import matter  # noqa: PLC0415 - few books have any

        return [page for page in matter.pages(self.book) if not page.empty]

    def _section_of(self, identity: str) -> str:
        """Return the digest of the section that a chapter was written from, empty where that is not known."""
        path = self.book.by_id(self.book.chapters).get(identity)
        info = self.book.info(path) if path else None
        return info.record.brief.get("section", "") if info and info.record else ""

    def pages(self) -> list[Path]:
        """Return the chapters, the summaries and the arcs that there are. Raises BookError."""
        book = self.book
        pages = [path for folder in (book.chapters, book.summaries) for path in numbered_in(book.files, folder)]
        return [*pages, *arcs_in(book.files, book.summaries)]

    @property
    def outlined(self) -> bool:
        """Whether there is an outline; one that is drafted in this run is there from then on."""
        return "outline" in self.__dict__ or self.book.outline.is_file()

    @cached_property
    def templates(self) -> Sequence[str]:
        """The prompt templates of chapters that the book overrides. Raises BookError."""
        return self.book.templates()

    @property
    def title(self) -> str:
        """The book's title: the premise's, else the outline's."""
        return self.premise.title or self.outline.title or "Untitled"

    def _source(self, path: Path) -> str:
        text = self.book.files.read_text(path, LARGEST_TEXT)
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
            there = counted(len(sections), "chapter")
            message = f"it has {there}, so there is no chapter {number}. Ask for another, or add it."
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
        for path in arcs_in(self.book.files, self.book.summaries):
            info = self.book.info(path)
            if info is not None and info.record is not None and info.record.level:
                covered[info.record.level - 1].append(info.record.covers)
        return Story([section.id for section in self.outline.sections], *covered, dict(self._borders()))

    def _borders(self) -> Iterator[tuple[str, str]]:
        """Yield the identity of each chapter that was told a story, and the first one that it was told singly."""
        with suppress(BookError):  # what is wrong with a file is told where that is read
            chapters = self.book.by_id(self.book.chapters)
            for section in self.outline.sections:
                path = chapters.get(section.id) or chapters.get(self.renamed_ids.get(section.id, ""))
                info = self.book.info(path) if path else None
                if info is not None and info.record is not None and "story" in info.record.brief:
                    yield section.id, info.record.singles

    @cached_property
    def _expected_story(self) -> Story:
        return Story([str(number) for number in range(1, self.count + 1)])

    def locate(self, folder: Path, identity: str, file_name: str) -> Path:
        """Return where the file of a chapter in a folder is, whatever its number, or is to be."""
        files = self.book.by_id(folder)
        path = files.get(identity) or files.get(self.renamed_ids.get(identity, ""))
        return path if path is not None else folder / file_name

    @cached_property
    def arc_files(self) -> dict[Run, Path]:
        """Where the arc of each run stands now, if there is one."""
        covering: dict[tuple[int, str], list[Path]] = {}  # by level and identity
        typed: dict[str, Path] = {}  # by its name: one that a person typed covers what that says
        for path in arcs_in(self.book.files, self.book.summaries):
            info = self.book.info(path)
            if info is None or info.record is None or not info.record.level:
                typed[path.name] = path
            else:
                for identity in set(info.record.covers):
                    covering.setdefault((info.record.level, identity), []).append(path)
        files: dict[Run, Path] = {}
        taken: set[Path] = set()
        for run in self.story.runs:
            shares = Counter(path for one in set(run.covers) for path in covering.get((run.level, one), ()))
            if named := typed.get(run.file_name(self.count)):
                shares[named] = len(run.covers)
            free = sorted(shares.keys() - taken)
            if free:
                files[run] = max(free, key=shares.__getitem__)
                taken.add(files[run])
        return files

    def info(self, path: Path) -> PageInfo | None:
        """Return what is to be known of the page at `path`, or None where there is none. Raises BookError."""
        # Nothing is presumed in a build, and a path is not quickly looked up.
        presumed = self._presumed.get(path) if self._presumed else None
        return presumed or self.book.info(path)

    def presume(self, path: Path, info: PageInfo) -> None:
        """See a file as it will be once an earlier draft has come back, for as long as the book is `foreseen`."""
        self._presumed[path] = info
        self.judge_anew()

    def forget(self, path: Path) -> None:
        """Look at a file anew: it may have changed."""
        self.book.forget(path)
        for name in ("premise", "bible", "outline", "style"):
            if path == getattr(self.book, name):
                vars(self).pop(name, None)
        self._texts.cache_clear()
        self.judge_anew()
        vars(self).pop("arc_files", None)

    def judge_anew(self) -> None:
        """Forget what was made of what is known of the files: that has changed."""
        self.text_digests.clear()
        self.changes += 1

    def text(self, target: Text) -> str:
        """Return the text of a target, which is read once where chapters in a row are told it."""
        return self._texts(target)

    def digest(self, text: str) -> str:
        """Return the digest of a text that many chapters are made from."""
        return self._digests[text]

    def bible_digest(self, named: tuple[Entity, ...]) -> str:
        """Return the digest of what the bible says of these."""
        return self._bible_digests[named]

    def settings_digest(self, words: str) -> str:
        """Return the digest of the settings of a chapter of so many words."""
        return self._settings_digests[words]

    def _read_settings_digest(self, words: str) -> str:
        return digests.settings_digest(words, self.premise.language, self.templates)
