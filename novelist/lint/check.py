"""All rules applied to a book: what is found, what was not checked, and why. Reads files; asks no model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from novelist.book import bible_text, frontmatter
from novelist.errors import BookError
from novelist.language import labels, lookup
from novelist.lint import across, marks, pages, people, slop, whole
from novelist.lint.finding import RULES, Finding, NotChecked
from novelist.lint.pages import Pages, shown
from novelist.prose.sentences import UNMARKED
from novelist.prose.slop import LANGUAGE as LISTED
from novelist.targets.unsure import unsure
from novelist.text import base_language, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.lint.pages import LintChapter
    from novelist.targets.snapshot import Snapshot
    from novelist.targets.unsure import Unsure


@dataclass(frozen=True)
class Report:
    """What lint says of a book: chapters that were read, of how many, their words, what is found and what not checked.

    Findings are in the order of the book.
    """

    chapters: int
    count: int
    words: int
    findings: list[Finding]
    not_checked: list[NotChecked]
    language: str


def check(snapshot: Snapshot) -> Report:
    """Apply every rule to a book. Raises BookError where its outline or its premise cannot be read."""
    book = pages.read(snapshot)
    each = list(_each(snapshot, book, book.chapters))
    loops = {result.about for result in each if isinstance(result, Finding) and result.rule == "loop"}
    doubts = list(unsure(snapshot))
    results = [
        *book.unread,
        *_outline(snapshot),
        *each,
        *_beside(book, loops),
        *_people(snapshot, book),
        *map(_unsure, doubts),
    ]
    place = {snapshot.book.outline: -2, snapshot.book.bible: -1} | {
        chapter.path: chapter.number for chapter in book.chapters
    }
    place |= {each.target.path: each.target.turn for each in doubts}
    order = {rule: at for at, rule in enumerate(RULES)}
    return Report(
        len(book.chapters),
        book.count,
        sum(chapter.words for chapter in book.chapters),
        sorted(
            (result for result in results if isinstance(result, Finding)),
            key=lambda result: (place[result.path], result.line, order[result.rule], result.message),
        ),
        sorted(
            (result for result in results if isinstance(result, NotChecked)),
            key=lambda result: (result.path is not None, str(result.path), order[result.rules[0]], result.why),
        ),
        snapshot.premise.language,
    )


def alone(snapshot: Snapshot, chapter: LintChapter) -> list[Finding]:
    """Return what is found in a chapter by itself, without looking at any other."""
    book = Pages([chapter], snapshot.count)
    results = [*_outline(snapshot), *_each(snapshot, book, [chapter])]
    about = [result for result in results if isinstance(result, Finding) and result.about == chapter.section.id]
    return sorted(about, key=lambda finding: (finding.line, finding.message))


def of_chapter(snapshot: Snapshot, book: Pages, chapter: LintChapter) -> list[Finding]:
    """Return what is found in a chapter, were it the one of its number in a book."""
    chapters = [chapter, *(each for each in book.chapters if each.number != chapter.number)]
    book = replace(book, chapters=sorted(chapters, key=lambda each: each.number))
    own = list(_each(snapshot, book, [chapter]))
    loops = {result.about for result in own if isinstance(result, Finding) and result.rule == "loop"}
    results = [*own, *_beside(book, loops), *_people(snapshot, book)]
    about = [result for result in results if isinstance(result, Finding) and result.about == chapter.section.id]
    return sorted(about, key=lambda finding: (finding.line, finding.message))


def _outline(snapshot: Snapshot) -> Iterator[Finding]:
    """Yield the sections that are titles of the book or of a part."""
    titles = {title.casefold() for title in (snapshot.premise.title, snapshot.outline.title) if title}
    for number, section in enumerate(snapshot.outline.sections, 1):
        of_book = number == 1 and section.title.casefold() in titles
        if of_book or labels.labelled(section.title, "part"):
            text = f"chapter {number} has the title of {'the book' if of_book else 'a part'}: “{shown(section.title)}”"
            yield Finding("part", "likely", snapshot.book.outline, section.line, section.id, section.title, text)


def _each(snapshot: Snapshot, book: Pages, chapters: Sequence[LintChapter]) -> Iterator[Finding | NotChecked]:
    """Yield what is found in each of some chapters by itself."""
    language = snapshot.premise.language
    for chapter in chapters:
        yield from whole.length(chapter, snapshot.chapter(chapter.number).words_of_record, language)
    with_prose = [chapter for chapter in chapters if chapter.paragraphs]
    for chapter in with_prose:
        yield from whole.unfinished(chapter)
        yield from whole.loop(chapter)
        yield from whole.meta(chapter, last=chapter.number == book.count)
        yield from whole.placeholder(chapter)
        yield from whole.heading(chapter)
        yield from whole.plan(chapter)
        of_author = f"{snapshot.premise.idea} {chapter.section.title} {chapter.section.text}"
        yield from whole.script(chapter, language, of_author)
        yield from across.rows(chapter)
        if base_language(language) == LISTED:
            yield from slop.slop(chapter)
    if unmarked := sum(bool(UNMARKED.match(chapter.text.rstrip()[-1:])) for chapter in with_prose):
        yield NotChecked(
            ("unfinished",), None, f"the script of {counted(unmarked, 'chapter')} marks no end of a sentence"
        )
    if not lookup.table(language).scripts:
        yield NotChecked(("script",), None, f"the script of `{language}` is not known here")
    if base_language(language) != LISTED:
        yield NotChecked(("slop",), None, f"its list is of English, and the book's language is `{language}`")
    elif short := sum(chapter.words < slop.FEWEST_WORDS for chapter in with_prose):
        yield NotChecked(
            ("slop",), None, f"{counted(short, 'chapter')} of fewer than {slop.FEWEST_WORDS} words: too few to tell"
        )


def _unsure(doubt: Unsure) -> Finding:
    """Return what is unsure in a summary, or an arc."""
    target = doubt.target
    about = target.identity.removesuffix("/summary") if target.number else "book"
    text = f"{target.name} has what no text before it has: {shown(doubt.what)}"
    return Finding("unsure", "maybe", target.path, doubt.line, about, doubt.what, text)


def _beside(book: Pages, loops: set[str]) -> Iterator[Finding | NotChecked]:
    """Yield what is found in chapters beside each other; `loops` go in circles."""
    retold = list(across.retold(book.with_prose))
    yield from retold
    yield from across.repeated(book.with_prose, loops | {finding.about for finding in retold})
    yield from marks.quotes(book.with_prose)
    if len(book.with_prose) < across.FEWEST_CHAPTERS:
        yield NotChecked(
            ("opening", "ending"), None, f"the book has fewer than {across.FEWEST_CHAPTERS} chapters to compare"
        )
    else:
        yield from across.openings(book.with_prose)
        yield from across.endings(book.with_prose)


def _people(snapshot: Snapshot, book: Pages) -> Iterator[Finding | NotChecked]:
    """Yield what is found of the people of the bible."""
    path, language = snapshot.book.bible, base_language(snapshot.premise.language)
    try:
        page = frontmatter.read(snapshot.book.files, path, bible_text.KEYS)
        bible = snapshot.bible if page else None
    except BookError as error:
        yield NotChecked(("name", "absent"), path, pages.wrong(error))
        return
    if page is None or bible is None:
        yield NotChecked(("name", "absent"), path, "there is no bible")
        return
    cast = people.cast(bible, path, page)
    if not cast.persons:
        yield NotChecked(("name", "absent"), path, "it names no people. Put them under a heading `# People`")
        return
    table = lookup.table(language)
    if table.name_forms == "many" and not table.inflections:
        yield NotChecked(("name", "absent"), path, f"names change their form in `{language}`")
        return
    vocabulary = people.Vocabulary(book.with_prose)
    yield from people.absent(cast, book.with_prose, vocabulary, book.count - len(book.chapters))
    if table.name_forms == "many":
        yield NotChecked(("name",), path, f"names change their form in `{language}`")
        return
    if table.name_forms == "within":
        yield NotChecked(("name",), path, f"words are not told apart in `{language}`")
        return
    known = [
        bible.text,
        snapshot.premise.idea,
        *(f"{section.title} {section.text}" for section in snapshot.outline.sections),
    ]
    yield from people.misspelt(cast, vocabulary, people.words_of(known))
    if short := [person.entity.heading for person in cast.persons if person.short]:
        yield NotChecked(("name",), path, f"too short to tell from other words: {', '.join(short)}")
