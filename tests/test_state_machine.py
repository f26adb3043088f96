"""A machine that does to a small book what nobody thought of, against a reference model of design.md §4.

The reference model is `Reference.build`: the rules of the table, in the order in which a build goes. It looks at the
book's files before a build (their form is tested elsewhere), and says which calls the build makes and what every
chapter and summary is afterwards. That holds after a kill, too: what was interrupted is on the disk. Of a build that
is killed, it only says which calls may have been made: the first of those that a whole build would have made.

Builds run in this process, with the server scripted over real HTTP, and make one call at a time. A kill is an exception
that nothing catches, out of the n-th file operation; each piece of a chapter that streams is one. From then on no file
operation of that build works, so that nothing is tidied up, and what was being written is only half there. Kills by
signals, and of calls side by side: test_kills.py.
"""

from __future__ import annotations

import functools
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from doit import cmd_run
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from mortal import mortal
from scripted import Reply, Request, Scripted, rest
from shelf import OURS

from novelist.book import frontmatter
from novelist.book.files import Files
from novelist.book.paths import KEYS, Book, locate
from novelist.book.paths import files_by_id as by_id
from novelist.cli.making import run_doit
from novelist.edits import decisions
from novelist.targets.naming import named
from novelist.targets.snapshot import Snapshot
from novelist.targets.target import Target
from novelist.text import BOM, digest, normalise

pytestmark = pytest.mark.slow

FEW = 3
PEOPLE = ("Mara", "Eskil")
KEPT = "Every fact that follows must hold in it again."
MINE = "mine: 'as I like it'  # keep\n"
PICK = st.integers(0, 4)


# What the server answers.


def facts(text: str) -> str:
    """Return the facts that a text tells."""
    return " ".join(re.findall(r"Fact \w+\.", text))


class Author:
    """What answers: each draft tells a new fact, or those it must keep; a summary tells its chapter's facts.

    The number of a draft is in it, so that an author who is shown what is there of one goes on with that one.
    """

    def __init__(self, serial: int, *, keeps: bool = False) -> None:
        self.serial = serial
        self.keeps = keeps
        self.told: list[str] = []  # chapters

    def chapter(self, begun: str, old: str, *, must: bool) -> str:
        """Return the whole of a chapter of which `begun` is there, and whose summary was `old`."""
        found = re.match(r"Draft (\d+)\.", begun)
        self.serial += not found
        serial = found[1] if found else self.serial
        kept = facts(begun) or (facts(old) if must or self.keeps else "")
        self.told.append(f"Draft {serial}. {kept or f'Fact {serial}.'}")
        return self.told[-1]

    def summary(self, begun: str, chapter: str, old: str) -> str:
        """Return the whole summary, of which `begun` is there, of a chapter whose summary was `old`."""
        if old and facts(old) == facts(chapter):
            return "UNCHANGED"
        found = re.match(r"Summary (\d+)\.", begun)
        self.serial += not found
        return f"Summary {found[1] if found else self.serial}. {facts(chapter)}"

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        told, _, asked = request.prompt.rpartition("# Your task")
        if request.task.startswith("chapter:"):
            old = told.partition("# What the chapter told so far")[2].partition("# Its seams")[0]
            whole = self.chapter(request.begun, old, must=KEPT in old)
            return Reply(rest(whole, request.begun), piece=1 + self.serial % 7)
        old = asked.partition("# What you have written of it")[0]
        summary = self.summary(request.begun, told.rpartition("# Chapter ")[2], old)
        return Reply(rest(summary, request.begun), piece=1 + self.serial % 7)


# The reference model.


@dataclass(frozen=True)
class Section:
    """A section of the outline: its plot names one of the people."""

    id: str
    title: str
    plot: str


@dataclass(frozen=True)
class Text:
    """A chapter or a summary: `made` as drafted, `edited` by hand, or else typed; what it was written from."""

    body: str
    made: bool
    edited: bool
    brief: dict[str, str] = field(default_factory=dict)
    of: str = ""


def seen(path: Path) -> Text | None:
    """Return the text at `path`."""
    found = frontmatter.read(Files(path.parent), path, KEYS)
    if found is None:
        return None
    record = found.record
    if record is None:
        return Text(normalise(found.body), made=False, edited=False)
    return Text(normalise(found.body), not found.edited, found.edited, dict(record.brief), record.of)


def files_by_id(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by identity."""
    return by_id(Files(folder), folder)


def texts(folder: Path) -> dict[str, Text]:
    """Return the texts of a folder by identity."""
    pairs = ((identity, seen(path)) for identity, path in files_by_id(folder).items())
    return {identity: text for identity, text in pairs if text is not None}


@dataclass(frozen=True)
class Begun:
    """What is there of a draft that was interrupted, without the word it was cut in."""

    text: str
    whole: bool
    stamp: dict[str, Any]


def begun(path: Path) -> Begun | None:
    """Return the unfinished draft at `path`: a line of JSON, the text that was gone on with, and what came then."""
    if not path.exists():
        return None
    head, _, text = path.read_text(encoding="utf-8").partition("\n")
    front = json.loads(head)
    words = [*text[: front["before"]].split(), *text[front["before"] :].split()]
    whole = front["finish"] == "stop"
    if words and not whole and not words[-1].endswith("."):
        words.pop()
    return Begun(" ".join(words), whole, front["stamp"])


def newest_first(folder: Path) -> list[Text]:
    """Return the texts of a folder of history."""
    return [text for path in sorted(folder.glob("*.md"), reverse=True) if (text := seen(path))]


@dataclass
class Plan:
    """What the author of the book has planned."""

    sections: list[Section]
    bible: dict[str, str]
    words: str = "4-10"
    idea: str = "Mara keeps a lighthouse."

    def write(self, root: Path) -> None:
        """Write the plan's files."""
        front = f"title: The Salt Lamp\nlanguage: en\njobs: 1\nstale: redraft\nwords: {self.words}\n"
        (root / "premise.md").write_text(f"---\n{front}---\n{self.idea}\n", encoding="utf-8")
        bible = "\n".join(f"## {name}\n\n{about}\n" for name, about in self.bible.items())
        (root / "bible.md").write_text(bible, encoding="utf-8")
        numbered = enumerate(self.sections, 1)
        outline = "\n".join(f"## {n}. {one.title} {{#{one.id}}}\n\n{one.plot}\n" for n, one in numbered)
        (root / "outline.md").write_text(f"---\ntitle: The Salt Lamp\n---\n{outline}", encoding="utf-8")


class Reference:
    """The rules of a build, over the texts as they are before it."""

    def __init__(self, root: Path, plan: Plan, landed: set[str]) -> None:
        """Look at the book; `landed` are in partial/ still, and in their place: they wait for nothing."""
        self.plan = plan
        self.chapters = texts(root / "chapters")
        self.summaries = texts(root / "summaries")
        self.hidden = root / ".novelist"
        self.landed = landed
        self.calls: list[str] = []

    def brief(self, number: int) -> dict[str, str]:
        """Return the strong inputs of a chapter."""
        section = self.plan.sections[number - 1]
        before = [self.summaries.get(one.id) for one in self.plan.sections[: number - 1]]
        named = [f"## {name}\n\n\n{about}" for name, about in self.plan.bible.items() if name in section.plot]
        return {
            "section": digest(section.plot),
            "part": digest(""),  # there are no parts, and no voice
            "bible": digest("\n\n".join(named)),
            "style": digest(""),
            "rules": digest(""),
            "settings": digest(f"words: {self.plan.words}\nlanguage: en"),
            "story": digest("\n".join(digest(text.body if text else "") for text in before)),
        }

    def stamp(self, number: int) -> dict[str, str]:
        """Return what a draft of a chapter is made from while it is made: the chapter before it is read, and not told.

        What its author says of that chapter is.
        """
        brief = self.brief(number)
        if number == 1:
            return brief
        before = [self.summaries.get(one.id) for one in self.plan.sections[: number - 1]]
        last = before.pop()
        return brief | {
            "story": digest("\n".join(digest(text.body if text else "") for text in before)),
            "previous": digest(self.chapters[self.plan.sections[number - 2].id].body),
            "remark": digest(last.body if last and not last.made else ""),
        }

    def stops(self) -> bool:
        """Say whether a chapter that no section knows stops the build."""
        known = {section.id for section in self.plan.sections}
        orphans = [text for identity, text in self.chapters.items() if identity not in known]
        most = len(orphans) > 1 and len(orphans) * 2 > len(self.chapters)
        return most or not all(text.made for text in orphans)

    def build(self, author: Author, last: int, *, yes: bool) -> bool:
        """Do what a build up to chapter `last` does (0: all of it); return whether it goes through."""
        if self.stops():
            return False
        known = {section.id for section in self.plan.sections}
        self.chapters = {identity: text for identity, text in self.chapters.items() if identity in known}
        self.summaries = {one: text for one, text in self.summaries.items() if one in known or not text.made}
        answer = "yes" if yes else ""
        for number in range(1, len(self.plan.sections) + 1):
            answer = self.chapter(author, number, answer)
            if number == last:
                break
            self.summary(author, number, last)
        return True

    def stale(self, number: int) -> set[str]:
        """Return the parts of its brief for which a chapter as it was drafted is stale."""
        text = self.chapters.get(self.plan.sections[number - 1].id)
        if text is None or not text.made:
            return set()
        return {part for part, now in self.brief(number).items() if text.brief.get(part) != now}

    def chapter(self, author: Author, number: int, answer: str) -> str:
        """Bring a chapter up to date; return what the person said to the question, if it was asked."""
        identity, brief = self.plan.sections[number - 1].id, self.brief(number)
        missing, changed = identity not in self.chapters, self.stale(number)
        if not missing and not changed:  # fresh, typed, or edited by hand and kept
            return answer
        drafts = [text for text in self.waiting(identity) if text.brief == brief]
        if not missing and self.chapters[identity].brief:  # deleted or released: the author wants a new one
            drafts += [text for text in self.history(identity) if text.made and text.brief == brief]
        if drafts:
            self.chapters[identity] = drafts[0]
            return answer
        if changed and "section" not in changed:
            own = [n for n in range(1, len(self.plan.sections) + 1) if own_but_section(self.stale(n))]
            if answer or changed == {"story"} or len(own) > FEW:
                answer = answer or "keep"
                if answer == "keep":
                    return answer
        old = self.summaries.get(identity)
        own_parts = {part: now for part, now in brief.items() if part not in ("story", "rules")}
        must = missing and old is not None and old.brief == own_parts
        there = self.begun(identity, {**self.stamp(number), "fits": must})
        body = there.text
        if not there.whole:
            self.calls.append(f"chapter:{number}")
            body = author.chapter(there.text, old.body if old else "", must=must)
        self.chapters[identity] = Text(body, made=True, edited=False, brief=brief)
        return answer

    def told(self, number: int, last: int) -> bool:
        """Say whether a chapter after `number`, up to `last`, is to be told the story before it."""
        later = range(number + 1, (last or len(self.plan.sections)) + 1)
        texts = {n: self.chapters.get(self.plan.sections[n - 1].id) for n in later}
        kept = ((n, text) for n, text in texts.items() if text and text.edited)
        return (
            None in texts.values()
            or any(map(self.stale, later))
            or any(text.brief.get("story") != self.brief(n)["story"] for n, text in kept)
        )

    def summary(self, author: Author, number: int, last: int) -> None:
        """Bring a summary up to date."""
        identity = self.plan.sections[number - 1].id
        chapter, old = self.chapters[identity], self.summaries.get(identity)
        of = digest(chapter.body)
        if old is None and not (chapter.made or chapter.edited or self.told(number, last)):
            return
        if old is not None and (old.of == of or not old.made):
            return
        own = {part: now for part, now in self.brief(number).items() if part not in ("story", "rules")}
        drafts = self.waiting(f"{identity}/summary") + self.history(f"{identity}/summary")
        if fitting := [text for text in drafts if text.made and text.of == of]:
            self.summaries[identity] = replace(fitting[0], brief=own)
            return
        there = self.begun(f"{identity}.summary", {"of": of, "brief": own, "old": digest(old.body if old else "")})
        body = there.text
        if not there.whole:
            self.calls.append(f"summary:{number}")
            body = author.summary(there.text, chapter.body, old.body if old else "")
        if body == "UNCHANGED" and old is not None:
            body = old.body
        self.summaries[identity] = Text(body, made=True, edited=False, brief=own, of=of)

    def begun(self, name: str, stamp: dict[str, Any]) -> Begun:
        """Return what is there of an interrupted draft from the inputs in `stamp`."""
        there = begun(self.hidden / "partial" / f"{name}.part")
        return there if there and there.stamp == stamp else Begun("", whole=False, stamp={})

    def history(self, identity: str) -> list[Text]:
        """Return what history has."""
        return newest_first(self.hidden / "history" / identity)

    def waiting(self, identity: str) -> list[Text]:
        """Return the draft that a killed build had finished, or that left with its section, if there is one."""
        name = f"{identity.replace('/', '.')}.md"
        text = None if name in self.landed else seen(self.hidden / "partial" / name)
        return [text] if text else []


def own_but_section(changed: set[str]) -> bool:
    """Say whether a chapter is stale for a change of settings or bible, and not of its section."""
    return bool(changed - {"story"}) and "section" not in changed


# Builds.


def doit(root: Path, environ: dict[str, str], *arguments: str) -> tuple[int, str]:
    """Run doit on the book at `root`; return its exit status and what it printed."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        for name in [name for name in os.environ if name.startswith(OURS)]:
            patch.delenv(name)
        for name, value in environ.items():
            patch.setenv(name, value)
        patch.setattr("novelist.model.tries.LONGEST_WAIT", 0.0)
        patch.setitem(cmd_run.opt_outfile, "default", out)
        patch.setattr(sys, "stdin", io.StringIO())
        try:
            status = run_doit(locate(Path.cwd(), {"NOVELIST_BOOK": str(root)}), list(arguments))
        except SystemExit as error:
            status = int(error.code or 0)
        return status, out.getvalue()


PLAN = Plan(
    [Section(f"c{n}", f"Title {n}", f"{PEOPLE[n % 2]} finds thing {n}.") for n in range(1, 6)],
    {name: f"{name} is here." for name in PEOPLE},
)


@functools.cache
def finished() -> dict[str, bytes]:
    """Return the files of a book as it was first built."""
    with tempfile.TemporaryDirectory() as name, Scripted(Author(0)) as server:
        root = Path(name)
        PLAN.write(root)
        status, out = doit(root, {"KIMI_BASE_URL": server.base_url, "MOONSHOT_API_KEY": "sk-test"})
        assert status == 0, out
        return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


class Life(RuleBasedStateMachine):
    """The life of a book of five chapters, in the hands of somebody who does everything."""

    def __init__(self) -> None:
        super().__init__()
        self.shelf = tempfile.TemporaryDirectory()
        self.root = Path(self.shelf.name) / "book"
        for name, data in finished().items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(data)
        self.plan = Plan(list(PLAN.sections), dict(PLAN.bible))
        self.author = Author(100)
        self.server = Scripted(self.author)
        self.server.__enter__()
        self.model = "kimi-k2.6"
        self.edits = 0
        self.builds = 0
        self.landed: set[str] = set()  # names in partial/ of drafts that are in place
        self.ever: set[str] = set()  # every text there was
        self.begun: set[str] = set()  # what there was of texts that were interrupted
        self.given_up: set[str] = set()  # texts that the author has thrown away, or that are in git
        self.unkept: set[str] = set()  # texts whose history was deleted
        self.removed: list[Section] = []
        self.look()

    def teardown(self) -> None:
        """Close the server, remove the book."""
        self.server.__exit__()
        self.shelf.cleanup()

    # What there is.

    def bodies(self, *, hidden: bool) -> set[str]:
        """Return all texts of chapters and summaries that are there."""
        places = [self.root / "chapters", self.root / "summaries"]
        if hidden:
            places += [self.root / ".novelist" / "history", self.root / ".novelist" / "partial"]
        there = {text.body for place in places for path in place.rglob("*.md") if (text := seen(path))}
        return there | self.unfinished() if hidden else there

    def unfinished(self) -> set[str]:
        """Return what is there of texts that were interrupted."""
        paths = (self.root / ".novelist" / "partial").glob("*.part")
        return {there.text for path in paths if (there := begun(path))} - {"UNCHANGED"}

    def look(self) -> None:
        """Remember every text that is there."""
        self.begun |= self.unfinished()
        self.ever |= self.bodies(hidden=True) - self.unfinished()

    def path(self, pick: int, folder: str = "chapters") -> Path | None:
        """Return one of the files of a folder."""
        paths = sorted(files_by_id(self.root / folder).values())
        return paths[pick % len(paths)] if paths else None

    def throw_away(self, text: Text | None) -> None:
        """Let a text go that a person replaces or deletes; it should be in history if it was drafted."""
        if text is not None and (not text.made or text.body in self.unkept):
            self.given_up |= {text.body} - self.bodies(hidden=True)

    def next(self) -> int:
        """Return a number that no text has had."""
        self.edits += 1
        return self.edits

    # What a person does.

    def change(self, pick: int, edit: Callable[[str], str]) -> None:
        """Edit a chapter in an editor; what it said before was the author's to change."""
        if path := self.path(pick):
            old = seen(path)
            text = path.read_bytes().decode()
            path.write_bytes(edit(text).encode())
            self.throw_away(old)
            self.look()

    @rule(pick=PICK)
    def edit_facts(self, pick: int) -> None:
        """Change what happens in a chapter."""
        fact = f"Fact e{self.next()}."
        self.change(pick, lambda text: re.sub(r"Fact \w+\.", fact, text, count=1))

    @rule(pick=PICK)
    def edit_a_typo(self, pick: int) -> None:
        """Change a chapter's words, not its facts."""
        note = f"\nTypo {self.next()}.\n"
        self.change(pick, lambda text: text.rstrip() + note)

    @rule(pick=PICK)
    def edit_front_matter(self, pick: int) -> None:
        """Add a key of one's own to a chapter."""
        self.change(pick, lambda text: text if MINE in text else text.replace("---\n", f"---\n{MINE}", 1))

    @rule(pick=PICK, bom=st.booleans())
    def save_with_another_editor(self, pick: int, *, bom: bool) -> None:
        """Save a chapter with the line ends of another system, and a BOM."""
        mark = BOM if bom else ""
        self.change(pick, lambda text: mark + text.removeprefix(BOM).replace("\r\n", "\n").replace("\n", "\r\n"))

    @rule(pick=PICK)
    def remove_the_record(self, pick: int) -> None:
        """Make a chapter one's own."""
        self.change(
            pick, lambda text: "\n\n" + text.replace("\r\n", "\n").removeprefix(BOM).lstrip().split("---\n", 2)[-1]
        )

    @rule(pick=PICK, summary=st.booleans())
    def delete_a_chapter(self, pick: int, *, summary: bool) -> None:
        """Delete a chapter's file, and its summary too."""
        if path := self.path(pick):
            self.delete(path)
            other = self.root / "summaries" / path.name
            if summary and other.exists():
                self.delete(other)

    @rule(pick=PICK)
    def delete_a_summary(self, pick: int) -> None:
        """Delete a summary's file."""
        if path := self.path(pick, "summaries"):
            self.delete(path)

    def delete(self, path: Path) -> None:
        """Delete a file: what a person deletes is the person's own loss, if it was never drafted."""
        text = seen(path)
        path.unlink()
        self.throw_away(text)

    def planned(self, pick: int) -> int:
        """Return the index of a section."""
        return pick % len(self.plan.sections)

    @rule(pick=PICK)
    def edit_a_section(self, pick: int) -> None:
        """Change the plan of a chapter."""
        at = self.planned(pick)
        old = self.plan.sections[at]
        self.plan.sections[at] = Section(old.id, old.title, f"{PEOPLE[pick % 2]} loses thing {self.next()}.")
        self.plan.write(self.root)

    @rule(pick=PICK, back=PICK)
    def undo_an_edit_of_a_section(self, pick: int, back: int) -> None:
        """Go back to the plan of the beginning."""
        at = self.planned(pick)
        old = self.plan.sections[at]
        plot = next((one.plot for one in PLAN.sections if one.id == old.id), f"Mara finds nothing {back} in {old.id}.")
        self.plan.sections[at] = Section(old.id, old.title, plot)
        self.plan.write(self.root)

    @precondition(lambda self: len(self.plan.sections) < 7)
    @rule(pick=PICK)
    def insert_a_section(self, pick: int) -> None:
        """Plan a further chapter."""
        number = self.next()
        self.plan.sections.insert(pick, Section(f"n{number}", f"New {number}", f"Mara meets {number}."))
        self.plan.write(self.root)

    @rule(pick=PICK, to=PICK)
    def move_a_section(self, pick: int, to: int) -> None:
        """Move a chapter."""
        self.plan.sections.insert(to, self.plan.sections.pop(self.planned(pick)))
        self.plan.write(self.root)

    @rule(pick=PICK)
    def retitle_a_section(self, pick: int) -> None:
        """Retitle a chapter."""
        at = self.planned(pick)
        old = self.plan.sections[at]
        self.plan.sections[at] = Section(old.id, f"Another {self.next()}", old.plot)
        self.plan.write(self.root)

    @precondition(lambda self: len(self.plan.sections) > 2)
    @rule(pick=PICK)
    def remove_a_section(self, pick: int) -> None:
        """Take a chapter out of the plan."""
        self.removed.append(self.plan.sections.pop(self.planned(pick)))
        self.plan.write(self.root)

    @precondition(lambda self: self.removed)
    @rule(to=PICK)
    def put_a_section_back(self, to: int) -> None:
        """Take a chapter back into the plan."""
        self.plan.sections.insert(to, self.removed.pop())
        self.plan.write(self.root)

    @rule(who=st.sampled_from(PEOPLE), back=st.booleans())
    def edit_the_bible(self, who: str, *, back: bool) -> None:
        """Change what the bible says of somebody, or go back to what it said."""
        self.plan.bible[who] = PLAN.bible[who] if back else f"{who} is {self.next()} years old."
        self.plan.write(self.root)

    @rule()
    def edit_the_premise(self) -> None:
        """Change the idea."""
        self.plan.idea = f"Mara keeps {self.next()} lighthouses."
        self.plan.write(self.root)

    @rule(words=st.sampled_from(["4-10", "3-10", "2-10"]))
    def change_words(self, words: str) -> None:
        """Ask for another length."""
        self.plan.words = words
        self.plan.write(self.root)

    @rule(model=st.sampled_from(["kimi-k2.6", "kimi-k3"]), keeps=st.booleans())
    def change_the_model(self, model: str, *, keeps: bool) -> None:
        """Have another model write, one that keeps old facts or does not."""
        self.model, self.author.keeps = model, keeps

    @precondition(lambda self: self.builds % 4 == 3)  # else history would never be long
    @rule()
    def clone(self) -> None:
        """Go on in a copy of what is in git."""
        self.give_up_history()
        other = self.root.with_name(f"{self.root.name}x")
        shutil.copytree(self.root, other, ignore=shutil.ignore_patterns(".novelist"))
        shutil.rmtree(self.root)
        self.root = other

    @precondition(lambda self: self.builds % 4 == 3)  # else history would never be long
    @rule()
    def delete_hidden(self) -> None:
        """Delete .novelist/."""
        self.give_up_history()
        shutil.rmtree(self.root / ".novelist", ignore_errors=True)

    def give_up_history(self) -> None:
        """Know that only the tree goes on."""
        self.unkept = self.bodies(hidden=False)
        self.given_up |= self.ever - self.unkept
        self.landed.clear()
        self.begun.clear()

    # What a person decides.

    def decide(self, pick: int, kind: str, decision: Callable[[Target], str]) -> None:
        """Decide about a file that is there."""
        target = named(Snapshot(Book(self.root)), f"{kind}:{self.planned(pick) + 1}")
        if target.path.exists():
            decision(target)
            self.look()

    @rule(pick=PICK, kind=st.sampled_from(["chapter", "summary"]))
    def accept(self, pick: int, kind: str) -> None:
        """Let a file stand."""

        def decision(target: Target) -> str:
            before = seen(target.path)
            done = decisions.accept(target)
            after = seen(target.path)
            assert before is not None
            assert after is not None
            assert (after.body, after.made, after.edited) == (before.body, before.made, before.edited)
            if (before.made or before.edited) and Snapshot(Book(self.root)).chapter(target.number).info:
                assert target.verdict().state == "fresh"
            return done

        self.decide(pick, kind, decision)

    @rule(pick=PICK)
    def release(self, pick: int) -> None:
        """Give a chapter back."""
        self.decide(pick, "chapter", decisions.release)

    @rule(pick=PICK, which=PICK, kind=st.sampled_from(["chapter", "summary"]))
    def restore(self, pick: int, which: int, kind: str) -> None:
        """Bring a text back from history."""

        def decision(target: Target) -> str:
            moments = decisions.history_entries(target)
            if not moments:
                return ""
            wanted = moments[which % len(moments)]
            old = seen(wanted)
            done = decisions.restore(target, wanted.stem)
            now = seen(target.path)
            assert old is not None
            assert now is not None
            assert (now.body, now.made, now.edited) == (old.body, old.made, old.edited)
            return done

        self.decide(pick, kind, decision)

    # What a build does.

    def environ(self, *, yes: bool) -> dict[str, str]:
        """Return what the builds of this book find around them."""
        access = {"KIMI_BASE_URL": self.server.base_url, "MOONSHOT_API_KEY": "sk-test", "KIMI_MODEL": self.model}
        return {**access, "NOVELIST_YES": "1"} if yes else access

    def expect(self, last: int, *, yes: bool) -> tuple[Reference, bool]:
        """Return the reference model after a build, and whether the build goes through."""
        reference = Reference(self.root, self.plan, self.landed)
        author = Author(self.author.serial, keeps=self.author.keeps)
        return reference, reference.build(author, last, yes=yes)

    def after(self, hands: dict[str, Text]) -> None:
        """Look at what a build has left, whether it was killed or not."""
        now = texts(self.root / "chapters")
        assert {identity: now[identity].body for identity in hands} == {
            identity: text.body for identity, text in hands.items()
        }
        self.landed = set()
        for path in (self.root / ".novelist" / "partial").glob("*.md"):
            identity, _, summary = path.stem.partition(".")
            place = files_by_id(self.root / ("summaries" if summary else "chapters")).get(identity)
            if place is not None and place.read_bytes() == path.read_bytes():
                self.landed.add(path.name)
        # Else a draft that its author deletes would come back.
        assert not self.unfinished() & {text.body for text in now.values()}
        self.ever.update(self.author.told)
        self.look()

    def hands(self) -> tuple[dict[str, Text], set[str]]:
        """Return the chapters that a hand has typed or edited, and the names of those with a key of a person's own."""
        there = files_by_id(self.root / "chapters")
        mine = {identity for identity, path in there.items() if MINE.strip() in path.read_bytes().decode()}
        return {one: text for one, text in texts(self.root / "chapters").items() if not text.made}, mine

    @rule()
    def build_all(self) -> None:
        """Build the book."""
        self.build(yes=True, pick=None)

    @rule(pick=PICK)
    def build_a_chapter(self, pick: int) -> None:
        """Build what a chapter needs."""
        self.build(yes=True, pick=pick)

    @rule()
    def build_without_a_word(self) -> None:
        """Build where nobody can be asked: what wants a question is withheld."""
        self.build(yes=False, pick=None)

    def build(self, *, yes: bool, pick: int | None) -> None:
        """Build, and build again: exactly the calls of the reference model, and then none."""
        self.builds += 1
        last = 0 if pick is None else self.planned(pick) + 1
        hands, mine = self.hands()
        expected, through = self.expect(last, yes=yes)
        self.server.clear()
        arguments = [f"chapter:{last:02d}"] if last else []
        status, out = doit(self.root, self.environ(yes=yes), *arguments)
        assert status == (0 if through else 1), out
        assert self.server.tasks == expected.calls, out
        assert texts(self.root / "chapters") == expected.chapters
        assert texts(self.root / "summaries") == expected.summaries
        self.after(hands)
        assert self.hands()[1] >= mine & expected.chapters.keys()
        if not through:
            return
        files = self.files()
        self.server.clear()
        status, out = doit(self.root, self.environ(yes=yes), *arguments)
        assert (status, self.server.tasks) == (0, []), out
        assert self.files() == files
        if not last:
            self.check_book()

    @rule(yes=st.booleans(), operation=st.integers(1, 40))
    def killed_early(self, *, yes: bool, operation: int) -> None:
        """Build, and be killed, mostly in the first draft."""
        self.kill(yes=yes, when=lambda count: count == operation)

    @rule(operation=st.integers(20, 160))
    def killed_late(self, operation: int) -> None:
        """Build, and be killed on the way."""
        self.kill(yes=True, when=lambda count: count == operation)

    def kill(self, *, yes: bool, when: Callable[[int], bool]) -> bool:
        """Build, and be killed: the calls are the first of those that the whole build would have made."""
        self.builds += 1
        hands, _ = self.hands()
        expected, _ = self.expect(0, yes=yes)
        self.server.clear()
        with mortal(when) as death:
            doit(self.root, self.environ(yes=yes))
        assert self.server.tasks == expected.calls[: len(self.server.tasks)]
        for folder in ("chapters", "summaries"):
            for path in (self.root / folder).iterdir():
                whole = path.name.startswith(".") or re.search(r"(Fact \w+|Typo \w+)\.\s*\Z", path.read_text())
                assert whole, path.read_text()
        if death.in_a_stream:
            self.author.told.pop()
        self.after(hands)
        return death.came

    def files(self) -> dict[str, bytes]:
        """Return all files that are not hidden."""
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in paths if ".novelist" not in path.parts}

    def check_book(self) -> None:
        """Check that book.md has the chapters in the order of the outline, as they are."""
        chapters = texts(self.root / "chapters")
        text = (self.root / "book.md").read_text(encoding="utf-8")
        blocks = re.split(r"^## \d+\. (.+) \{#(\w+)\}\n", text, flags=re.MULTILINE)[1:]
        told = [(title, identity, prose.strip()) for title, identity, prose in zip(*[iter(blocks)] * 3, strict=True)]
        assert told == [(one.title, one.id, chapters[one.id].body.strip()) for one in self.plan.sections]
        names = [f"{number:02d}-{one.id}.md" for number, one in enumerate(self.plan.sections, 1)]
        assert sorted(path.name for path in (self.root / "chapters").glob("[0-9]*")) == names

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every text there ever was, and all that was ever told, is there, but for what a person has thrown away."""
        there = self.bodies(hidden=True)
        assert self.ever - self.given_up <= there
        # What was interrupted has been gone on with since, or given up.
        assert [text for text in self.begun if not any(whole.startswith(text) for whole in there)] == []


# A book's life is long to shrink; the soak does it.
QUIET = settings(
    phases=[Phase.generate],
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    report_multiple_bugs=False,
    print_blob=False,
    derandomize=True,
)


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is not waited for: a kill is no power cut."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def test_short_lives_of_a_book_go_by_the_rules() -> None:
    run_state_machine_as_test(Life, settings=settings(QUIET, max_examples=5, stateful_step_count=40))


@pytest.mark.soak
def test_ten_thousand_steps_go_by_the_rules() -> None:
    long = settings(QUIET, max_examples=250, stateful_step_count=60, derandomize=False, phases=list(Phase))
    run_state_machine_as_test(Life, settings=long)


@pytest.fixture
def life() -> Iterator[Life]:
    """A life that goes as a test says."""
    one = Life()
    yield one
    one.teardown()


# What there is of the new draft of chapter c2 when its build is killed: the file that has it, and what it says.
WHENS = {
    "it is begun": (".novelist/partial/c2.part", r"\}\n\Z"),
    "a piece of it has come": (".novelist/partial/c2.part", r"\}\nDraft"),
    "all of it has come": (".novelist/partial/c2.part", r"\}\nDraft \d+\. Fact \d+\.\Z"),
    "it is known to be whole": (".novelist/partial/c2.part", r'"finish": "stop"'),
    "it waits to land": (".novelist/partial/c2.md", r"Draft"),
    "it is in history": (".novelist/history/c2/*.md", r"Draft 1\d\d"),
    "it is in place": ("chapters/02-c2.md", r"Draft 1\d\d"),
    "its summary waits to land": (".novelist/partial/c2.summary.md", r"Fact"),
}


def killed(life: Life, when: str) -> None:
    """Have chapter c2 drafted again, and the build killed."""
    pattern, told = WHENS[when]
    life.edit_a_section(1)
    assert life.kill(
        yes=True, when=lambda _: any(re.search(told, path.read_text()) for path in life.root.glob(pattern))
    )
    life.nothing_is_lost()


def goes_on(_: Life) -> None:
    """Do nothing."""


def is_killed_again_and_again(life: Life) -> None:
    """Be killed before and after what has come is gone on with."""
    for operation in (2, 4):
        life.killed_early(yes=True, operation=operation)
        life.nothing_is_lost()


def edits_its_section_again(life: Life) -> None:
    """Have no use for what has come."""
    life.edit_a_section(1)


def deletes_it(life: Life) -> None:
    """Want a new draft, if one has landed."""
    life.delete_a_chapter(1, summary=False)


def takes_it_out_and_back(life: Life) -> None:
    """Have no use for what has come for a while."""
    life.remove_a_section(1)
    life.build_all()
    life.nothing_is_lost()
    life.put_a_section_back(1)


THENS = [goes_on, is_killed_again_and_again, edits_its_section_again, deletes_it, takes_it_out_and_back]


@pytest.mark.parametrize(
    ("then", "when"),
    [
        # Every second one of them: the others are in the soak.
        pytest.param(then, when, marks=pytest.mark.soak if (row + column) % 2 else ())
        for (row, then), (column, when) in product(enumerate(THENS), enumerate(WHENS))
    ],
)
def test_a_draft_whose_build_was_killed_is_neither_lost_nor_paid_for_twice(
    life: Life, when: str, then: Callable[[Life], None]
) -> None:
    killed(life, when)
    then(life)
    life.build_all()
    life.nothing_is_lost()


@pytest.mark.parametrize("when", list(WHENS)[1:5])
def test_what_had_come_of_a_draft_is_not_lost_when_an_earlier_one_comes_back(life: Life, when: str) -> None:
    life.edit_a_section(1)
    life.build_all()
    killed(life, when)
    life.undo_an_edit_of_a_section(1, 0)
    life.build_all()
    life.nothing_is_lost()


def test_what_is_edited_after_a_release_is_kept(life: Life) -> None:
    life.release(1)
    life.edit_a_typo(1)
    life.build_all()


def test_a_key_of_ones_own_stays_when_an_earlier_draft_comes_back(life: Life) -> None:
    life.edit_a_section(1)
    life.build_all()
    life.edit_front_matter(1)
    life.undo_an_edit_of_a_section(1, 0)
    life.build_all()


@pytest.mark.parametrize("operation", range(4, 10))
def test_a_summary_found_unchanged_as_the_build_was_killed_is_not_asked_for_again(life: Life, operation: int) -> None:
    life.edit_a_typo(1)
    life.killed_early(yes=True, operation=operation)
    life.build_all()
