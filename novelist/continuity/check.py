"""All rules of continuity applied to a book: what is found, what was not checked, and why. Reads files; asks no model.

`by_chapter` is for whoever looks at one chapter after another.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from novelist.book import bible_text, frontmatter, section_lines
from novelist.continuity import figures, lives, names, plans, telling, things
from novelist.continuity.story import Page, Planned, Story
from novelist.errors import BookError
from novelist.language import lookup
from novelist.lint import pages
from novelist.lint.finding import CONTINUITY, Evidence, Finding, NotChecked
from novelist.lint.pages import shown
from novelist.prose.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from novelist.targets.snapshot import Snapshot

OF_FACTS = ("dead", "holder", "place", "age", "date", "knows", "thread", "plan-dead")
OF_PROSE = ("count", "pov", "tense")


@dataclass(frozen=True)
class Report:
    """What check says of a book: the chapters, how many of them have a summary, what is found and what not checked.

    Findings are in the order of the book.
    """

    chapters: int
    summaries: int
    facts: int
    findings: list[Finding]
    not_checked: list[NotChecked]

    @property
    def lacking(self) -> int:
        """How many chapters have no summary."""
        return self.chapters - self.summaries

    def of(self, chapters: Collection[str]) -> Report:
        """Return what it says of some chapters, by identity."""
        return replace(self, findings=[each for each in self.findings if each.about in chapters])


def check(snapshot: Snapshot) -> Report:
    """Apply every rule to a book. Raises BookError where its outline or its premise cannot be read."""
    book = _Book(snapshot)
    order = {rule: at for at, rule in enumerate(CONTINUITY)}
    turns = {section.id: section.number for section in book.story.sections}

    def place(each: Finding) -> tuple[int, str, int, int, str]:
        return turns.get(each.about, 0), str(each.path), each.line, order[each.rule], each.what

    return Report(
        snapshot.count,
        len(book.story.pages),
        sum(len(each) for each in book.story.statements.values()),
        sorted(dict.fromkeys(book.findings()), key=place),
        [*book.skipped(), *book.unread],
    )


def by_chapter(snapshot: Snapshot) -> dict[int, list[Finding]]:
    """Return the findings of a book by the numbers of the chapters that they are in. Raises BookError as `check`."""
    numbers = {section.id: number for number, section in enumerate(snapshot.outline.sections, 1)}
    findings: dict[int, list[Finding]] = defaultdict(list)
    for each in check(snapshot).findings:
        if each.about in numbers:
            findings[numbers[each.about]].append(each)
    return findings


class _Book:
    """A book as it is read for this, once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.language = snapshot.premise.language
        self.unread: list[NotChecked] = []
        self.entities = dict(self._entities())
        read = pages.read(snapshot)
        self.chapters = read.with_prose
        self.unread += [replace(each, rules=OF_PROSE) for each in read.unread if each.path]
        aliases = snapshot.bible.aliases() if self.entities else {}
        self.story = Story(self.language, list(self._pages()), list(self._sections()), aliases)

    def _pages(self) -> Iterator[Page]:
        """Yield the summaries that there are."""
        for section, chapter in zip(self.snapshot.outline.sections, self.snapshot.chapters, strict=True):
            summary = self.snapshot.summary(chapter.number)
            try:
                page = summary.page()
            except BookError as error:
                self.unread.append(NotChecked(OF_FACTS, summary.path, pages.wrong(error)))
                continue
            if page is not None and page.damage:
                self.unread.append(
                    NotChecked(OF_FACTS, summary.path, f"line {page.damage[0]}: {page.damage[1]}. Put it right.")
                )
            elif page is not None:
                body = page.body.replace("\r\n", "\n").replace("\r", "\n")
                yield Page(chapter.number, section.id, summary.path, page.header.count("\n"), body)

    def _sections(self) -> Iterator[Planned]:
        path = self.snapshot.book.outline
        lines = (self.snapshot.book.files.read_text(path) or "").splitlines()
        for number, section in enumerate(self.snapshot.outline.sections, 1):
            begins = section.text.split("\n", 1)[0].strip()
            line = next((at for at, text in enumerate(lines[section.line :], section.line + 1) if begins in text), 0)
            labelled = section_lines.read(section.text, self.language)
            yield Planned(number, section.id, path, line or section.line, section.text, labelled)

    def _entities(self) -> Iterator[tuple[str, tuple[str, Evidence]]]:
        """Yield what the bible says of each entity as it stands there, by its heading, and where that is."""
        path = self.snapshot.book.bible
        try:
            page = frontmatter.read(self.snapshot.book.files, path, bible_text.KEYS)
            bible = self.snapshot.bible if page else None
        except BookError as error:
            self.unread.append(NotChecked(("names", "age"), path, pages.wrong(error)))
            return
        if page is None or bible is None:
            return
        above, body = page.header.count("\n"), page.body.replace("\r\n", "\n")
        starts = list(bible_text.ENTITY.finditer(body))
        ends = [*(start.start() for start in starts[1:]), len(body)]
        for entity, start, end in zip(bible.entities, starts, ends, strict=False):
            line = above + body.count("\n", 0, start.start()) + 1
            yield entity.heading, (body[start.start() : end], Evidence(path, line, shown(f"## {entity.heading}")))

    def findings(self) -> Iterator[Finding]:
        """Yield what every rule finds."""
        story = self.story
        yield from lives.dead(story)
        yield from lives.place(story)
        yield from lives.age(story, lives.ages_told(self.entities, self.language))
        yield from lives.born(story)
        yield from things.holder(story)
        yield from things.knows(story)
        yield from figures.dates(story)
        yield from figures.years(story)
        yield from plans.threads(story, self.snapshot.count)
        yield from plans.planned_threads(story)
        yield from plans.dead(story)
        if self.tells_names:
            places = {heading: place for heading, (_, place) in self.entities.items()}
            yield from names.near(story, places)
            in_prose = list(names.surnames_in_prose(self.chapters, places, self.language))
            yield from in_prose
            # A chapter says it better than its summary.
            known = {each.what for each in in_prose}
            yield from (each for each in names.surnames(story, places) if each.what not in known)
        if self.counts:
            yield from figures.counts(self._counts())
        yield from self._told()

    def _told(self) -> Iterator[Finding]:
        """Yield what is found in how chapters are told."""
        sections = {section.number: section for section in self.story.sections}
        chapters = [telling.Told(chapter, sections[chapter.number]) for chapter in self.chapters]
        known = telling.persons(chapters, self.language)
        yield from telling.pov(chapters, known, self.language)
        yield from telling.eyes(chapters, known, self.story)
        yield from telling.tenses(chapters, self.language)
        yield from telling.speaks(chapters, self.story)

    def _counts(self) -> Iterator[figures.Count]:
        """Yield the counts in the bible, in facts and in chapters."""
        counted_in = figures.Counted(self.language)
        for text, place in self.entities.values():
            for number, what, at in counted_in.counts(text):
                line = place.line + text.count("\n", 0, at)
                yield figures.Count(number, what, 0, "bible", Evidence(place.path, line, _around(text, at)))
        for each in self.story.all:
            for number, what, _ in counted_in.counts(each.text) if not each.thread else ():
                yield figures.Count(number, what, each.chapter, each.page.id, each.evidence)
        for chapter in self.chapters:
            for number, what, at in counted_in.counts(chapter.text):
                place = Evidence(chapter.path, chapter.line(at), _around(chapter.text, at))
                yield figures.Count(number, what, chapter.number, chapter.section.id, place)

    @property
    def tells_names(self) -> bool:
        """Whether two names a letter apart are no forms of one."""
        return lookup.table(self.language).name_forms == "one"

    @property
    def counts(self) -> bool:
        """Whether it is known which words are numbers, and where words end."""
        table = lookup.table(self.language)
        return bool(table.cardinals) and table.name_forms != "within"

    def skipped(self) -> Iterator[NotChecked]:
        """Yield the rules that could not be applied to the book."""
        table, missing = lookup.table(self.language), self.snapshot.count - len(self.story.pages)
        if missing:
            have = "has" if missing == 1 else "have"
            yield NotChecked(OF_FACTS, None, f"{missing} of {self.snapshot.count:,} chapters {have} no summary")
        if not self.chapters:
            yield NotChecked(OF_PROSE, None, "no chapter is written yet")
        lacks = {
            ("dead", "plan-dead"): not table.remains and "words for graves and memories are",
            ("pov",): not table.first_person and "words of a first person are",
            ("tense",): not any(table.tenses) and "verbs of past and present are",
        }
        for rules, what in lacks.items():
            if what:
                yield NotChecked(rules, None, f"no {what} known here for `{self.language}`")
        if not self.tells_names:
            yield NotChecked(("names",), None, f"names change their form in `{self.language}`, or have no capitals")
        if not self.counts:
            yield NotChecked(("count",), None, f"what is counted is not told apart in `{self.language}`")


def _around(text: str, at: int) -> str:
    """Return the sentence of a text that has a character."""
    begins = text.rfind("\n", 0, at) + 1
    line = text[begins:].split("\n", 1)[0]
    return shown(next((each for offset, each in reversed(sentences(line)) if offset <= at - begins), line))
