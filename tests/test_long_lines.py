"""A line of 100,000 characters, whatever they are, is read in no time by whatever reads it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from novelist import text, words
from novelist.book import (
    bible_text,
    frontmatter,
    headings,
    older_labels,
    outline_text,
    section_lines,
    settings,
    values,
)
from novelist.book.outline import Section
from novelist.book.premise import span
from novelist.continuity import figures, lives, names, plans, telling, things
from novelist.continuity.story import Page, Planned, Story
from novelist.drafting import answers, markdown
from novelist.drafting import outline_plan as outline_draft
from novelist.edits import assembly
from novelist.errors import BookError
from novelist.export import footnotes, quotes, sanitize
from novelist.imports import manuscript, novel_state, reading
from novelist.language import labels, lookup, matter, numbers
from novelist.lint import across, marks, whole
from novelist.lint.finding import Evidence
from novelist.lint.pages import LintChapter
from novelist.prose import chatter, cleaning, facts, gates, sentences

SIZE = 100_000  # characters
MOST = 2.0  # seconds of this process; what backtracks takes many
GROWTH = 3.0  # of the time for twice the line; 2 where each character is looked at once, 4 where with each other one
TRIES = 3
RULES = 5  # that read one line, one after the other, where several are tried at once
HERE = Path("book.md")
KEYS = frozenset({"title", "novelist"})

READERS: dict[str, Callable[[str], object]] = {
    "slug": text.slug,
    "words": words.count_words,
    "premise": lambda line: settings.parse_premise(HERE, f"---\ntitle: {line}\n---\n{line}"),
    "front matter": lambda line: frontmatter.parse(f"---\ntitle: x\n{line}\n---\n", KEYS),
    "a record": lambda line: frontmatter.edit(
        HERE, frontmatter.parse(f"---\ntitle: |\n  {line}\n---\n", KEYS), {"title": "y"}
    ),
    "a span": lambda line: span(f"1{line}", 9),
    "a series": values.SERIES_AND_NUMBER.read,
    "an outline": lambda line: outline_text.parse(line, HERE),
    "a heading": lambda line: outline_text.parse(f"## 1. {line}\n\n{line}\n\n## 2. {{#{line}}}\n", HERE),
    "a part": lambda line: outline_text.parse(f"# {line}\n\n## 1. The Bottle\n", HERE),
    "an item": lambda line: outline_text.parse(f"1. **{line}\n2. {line}\n   {line}\n", HERE),
    "a title": headings.tidy_title,
    "an inert text": headings.inert,
    "a bible": lambda line: bible_text.parse(f"## {line}\nAlso: {line}\n## Mara {line} {{.always}}\n", HERE),
    "a label": lambda line: labels.read(f"Chapter {line}") or labels.read(line, "en"),
    "a bare label": lambda line: labels.read(f"One{line}", "en"),
    "an older label": lambda line: older_labels.name_of(f"Part one {line}"),
    "a number": lambda line: (numbers.number(line), matter.place(line), lookup.fold(line)),
    "an answer": lambda line: cleaning.clean(f"The rain fell.\n\n{line}", "The Bottle"),
    "below a title": lambda line: cleaning.without_title(f"# {line}", "The Bottle"),
    "a refusal": chatter.refuses,
    "an ending": lambda line: (sentences.is_over(f"Rain.\n\n{line}"), sentences.whole_words(line)),
    "a seam": lambda line: sentences.join(line, line),
    "sentences": lambda line: (sentences.sentences(line), sentences.opened(line), sentences.whole_sentences(line)),
    "facts": lambda line: facts.tidy(f"Rain.\nFacts:\n- {line}\n- Mara:{line}\n{line}"),
    "a loop": gates.loop,
    "an echo": lambda line: gates.echoes(line, line),
    "quotes": lambda line: quotes.curled(line, ("“", "”", "‘", "’")),
    "footnotes": lambda line: footnotes.told(f"{line}\n\n[^1]: {line}\n"),
    "raw HTML": lambda line: sanitize._told(["html", line]),
    "a manuscript": lambda line: manuscript.split(reading.Text(f"# 1. A\n\n{line}\n\n# 2. {line[:9999]}"), HERE),
    "pictures": reading.PICTURE.findall,
    "a novel's state": lambda line: novel_state._parsed(f"1. {line}\n2. **{line}\n", HERE, ""),
    "an outline's draft": lambda line: outline_draft.repair(
        outline_draft.OutlineDraft("", "", (), (outline_draft.Planned(0, line, f"rain{line}"),)), span("1", 9)
    ),
    "JSON": lambda line: answers.read_object(f'{{"title": {line}', ["title", "chapters"]),
    "JSON in words": lambda line: answers.read_object(f'{line}{{"title": "{line}","about": {line}', ["title", "about"]),
    "a bible in Markdown": lambda line: markdown.read_bible(f"## Mara\n\n{line}\n\n## People\n\n{line}\n- {line}"),
    "an outline in Markdown": lambda line: markdown.read_outline(f"## 1. {line}\n\n{line}"),
    "verse": lambda line: assembly.VERSE.sub(r"\\", line),
    "unfinished": lambda line: list(whole.unfinished(_chapter(f"rain{line}"))),
    "placeholders": lambda line: [*whole.placeholder(_chapter(line)), *whole.heading(_chapter(line))],
    "words to a user": lambda line: list(whole.meta(_chapter(line), last=False)),
    "rows": lambda line: [*across.rows(_chapter(line)), *marks.quotes([_chapter(line)])],
    "told again": lambda line: list(across.repeated([_chapter(line)], ())),
}
LINES = (
    *(" ", "a", "1", "#", "*", "_", "-", '"', "(", "[", ".", "第", "」"),
    *("# ", "*_", "a ", "- ", "{#a} ", "{#", "[^", "![", ' "', "— ", ": ", "a, ", "the-"),
)
SHORT_LINES = ("\n", "\n#", "\n- ", "\n---", "```\n", "**notes\n")
LED = (
    ("- A:", " "),
    ("x", " "),
    ("**", "a"),
    ("a", "#"),
    ("Also:", " "),
    ("[^a]:", " "),
    ("{#", "#"),
    (".always", "."),
)
ADVERSE = {
    **{repr(unit): (unit * SIZE)[:SIZE] for unit in LINES},
    **{repr(unit): (unit * SIZE)[: SIZE // 8] for unit in SHORT_LINES},
    **{f"{lead!r}, {unit!r}": f"{lead}{unit * SIZE}x" for lead, unit in LED},
}


def _chapter(prose: str) -> LintChapter:
    return LintChapter(1, Section("the-bottle", "The Bottle", "Mara waits."), HERE, prose, 0)


def _story(line: str) -> Story:
    summary = (
        f"Rain.\n\nFacts:\n- Mara: at the mill; has the key; {line}; age 3; date: {line}\n- Eskil: dead; knows {line}\n"
    )
    pages = [Page(1, "a", HERE, 0, summary), Page(2, "b", HERE, 0, f"{summary}- Eskil: has {line}\n- ?{line}: due 1\n")]
    text = f"Eskil {line}\n\nOpens: {line}\nPOV: {line}"
    return Story("en", pages, [Planned(2, "b", HERE, 1, text, section_lines.read(text, "en"))], {"Mara": "Mara Holt"})


def _contradictions(line: str) -> None:
    line = line[: len(line) // RULES]
    story = _story(line)
    rules = (lives.dead, lives.place, lives.born, things.holder, things.knows, figures.dates, figures.years, plans.dead)
    for rule in (*rules, plans.planned_threads):
        list(rule(story))
    list(names.near(story, {}))
    list(names.surnames(story, {}))
    list(plans.threads(story, 2))
    list(figures.Counted("en").counts(line))
    list(lives.age(story, lives.ages_told({"Mara": (f"## Mara\n{line}", Evidence(HERE, 1, ""))}, "en")))


def _told(line: str) -> None:
    line = line[: len(line) // RULES]
    story, said = _story(line), "”, said Mara. " * 3
    chapters = [telling.Told(_chapter(f"{line} {said}“It,” said Eskil {line}"), story.sections[0])]
    known = telling.persons(chapters, "en")
    for found in (
        telling.pov(chapters, known, "en"),
        telling.eyes(chapters, known, story),
        telling.tenses(chapters, "en"),
        telling.speaks(chapters, story),
        names.surnames_in_prose([chapters[0].chapter], {"Mara Holt": Evidence(HERE, 1, "")}, "en"),
    ):
        list(found)


READERS |= {
    "a section's lines": lambda line: section_lines.read(f"Wants: {line}\n{line}\n{line}: {line}\n", "en"),
    "what contradicts itself": _contradictions,
    "how a chapter is told": _told,
}


def _seconds(read: Callable[[str], object], line: str) -> float:
    start = time.process_time()
    with suppress(BookError, ValueError):
        read(line)
    return time.process_time() - start


def _grows(read: Callable[[str], object], line: str) -> bool:
    """Say whether twice the line takes much more than twice the time: a busy machine is slow with both halves."""
    half, whole = (min(_seconds(read, part) for _ in range(TRIES)) for part in (line[: len(line) // 2], line))
    return whole > GROWTH * half


@pytest.mark.parametrize("share", [4, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("reader", READERS)
def test_a_long_line_of_anything_is_read_in_no_time(reader: str, share: int) -> None:
    read = READERS[reader]
    _seconds(read, "Chapter 1")  # the tables of the languages are loaded
    parts = {name: line[: len(line) // share] for name, line in ADVERSE.items()}
    slow = {name: line for name, line in parts.items() if _seconds(read, line) > MOST / share}
    assert not [name for name, line in slow.items() if _grows(read, line)]
