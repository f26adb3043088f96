"""Rules about what is planned: threads that are planted and never paid, and sections in which the dead act. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from novelist.continuity.lives import dead_by, deaths
from novelist.continuity.story import numbers
from novelist.lint.pages import shown
from novelist.prose.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.continuity.story import Planned, Statement, Story
    from novelist.lint.finding import Finding

SPLIT = "\n;,"


@dataclass
class Thread:
    """A thread of the story: what told of it first, what said last when it is due, and what says that it is paid."""

    first: Statement
    due: tuple[int, Statement] | None = None
    paid: Statement | None = None
    told: list[Statement] = field(default_factory=list)


def threads(story: Story, count: int) -> Iterator[Finding]:
    """Yield the threads that are overdue after the last summary, and all open ones where that is of chapter `count`."""
    last = max(story.statements, default=0)
    for thread in _threads(story).values():
        first = thread.first
        if thread.paid is not None:
            if thread.paid is first and not {"planted", "due"} & first.keyed:
                text = f"“{first.name}” is paid, and was never planted"
                yield first.found("thread", "maybe", first.name, text, None)
            continue
        if thread.due is not None and thread.due[0] <= last and not _closes_later(story, thread, last):
            chapter, statement = thread.due
            text = f"“{first.name}” was due by chapter {chapter}, and nothing says in {last} chapters that it is paid"
            begins = first.evidence if first is not statement else None
            yield statement.found("thread", "likely", first.name, text, begins)
        elif last >= count:
            text = f"“{first.name}” is planted, and nothing says to the end that it is paid"
            yield first.found("thread", "maybe", first.name, text, None)


def _threads(story: Story) -> dict[str, Thread]:
    threads: dict[str, Thread] = {}
    for each in story.all:
        if not each.thread:
            continue
        thread = threads.setdefault(each.who, Thread(each))
        if "paid" in each.keyed:
            thread.paid = each
        elif {"planted", "due"} & each.keyed:
            thread.paid = None  # planted again
        for value in each.values("due"):
            if chapters := numbers(value, story.language):
                thread.due = chapters[0], each
    return threads


def _closes_later(story: Story, thread: Thread, last: int) -> bool:
    """Say whether a section that is still to be drafted closes a thread."""
    words = story.stems(thread.first.name)
    return any(
        bool(words & story.stems(section.lines.lines.get("closes", "")))
        for section in story.sections
        if section.number > last
    )


def planned_threads(story: Story) -> Iterator[Finding]:
    """Yield the threads that a section opens and none behind it closes, in an outline that says which ones close."""
    opened = [(section, item) for section in story.sections for item in _items(section, "opens")]
    closed = [(section, item) for section in story.sections for item in _items(section, "closes")]
    if not closed:
        return
    paid = [story.stems(thread.first.name) for thread in _threads(story).values() if thread.paid]
    for section, item in opened:
        words = story.stems(item)
        ends = any(later.number >= section.number and words & story.stems(other) for later, other in closed)
        if words and not ends and not any(words & each for each in paid):
            text = f"“{shown(item)}” is opened, and no section closes it"
            yield section.found("thread", "maybe", item, text, None)
    for section, item in closed:
        words = story.stems(item)
        begins = any(earlier.number <= section.number and words & story.stems(other) for earlier, other in opened)
        later = next(
            (each for each, other in opened if each.number > section.number and words & story.stems(other)), None
        )
        if later is not None and not begins:
            text = f"“{shown(item)}” is closed before chapter {later.number} opens it"
            yield section.found("thread", "likely", item, text, later.evidence(later.lines.lines["opens"]))


def _items(section: Planned, line: str) -> list[str]:
    text = section.lines.lines.get(line, "")
    return [item.strip() for item in text.replace("\n", ";").split(";") if item.strip()]


def dead(story: Story) -> Iterator[Finding]:
    """Yield the sections in which somebody acts who is dead by then."""
    lives = deaths(story)
    names = {death: story.called(who, death.name) for who, those in lives.items() for death, _ in those}
    for section in story.sections:
        for who in lives:
            death = dead_by(lives, who, section.number)
            if death is None or not any(name in section.text for name in names[death]):
                continue
            quote, is_line = _acts(story, section, names[death])
            if quote:
                text = f"chapter {section.number} has {death.name}, dead since chapter {death.chapter}"
                yield section.found("plan-dead", "likely" if is_line else "maybe", quote, text, death.evidence)


def _acts(story: Story, section: Planned, names: set[str]) -> tuple[str, bool]:
    """Return the words of a section in which one of these names acts, and whether they are a line of their own."""
    for line in ("pov", "wants"):
        value = section.lines.lines.get(line, "")
        if any(value.startswith(name) for name in names):
            return value, True
    for paragraph in section.lines.prose.split("\n"):
        for _, sentence in sentences(paragraph):
            bare = sentence.strip()
            begins = any(bare.startswith(f"{name} ") for name in names)
            if begins and not story.says_dead(bare):
                return bare, False
    return "", False
