"""Whatever author and model do to a book in turn, what the author typed stays, and what was taken out stays out."""

from __future__ import annotations

import json
import random
import re
import shutil

import pytest
from in_process import Here, body
from rippling import YES, summary_of, write_story
from scripted import Reply, Request, Scripted

from novelist.book import paragraphs

NUMBERED = re.compile(r"^\[(\d+)\](\*?) (.*)$", re.MULTILINE)
STEPS = 14


class Life:
    """A book, its author's hand, and a model that edits as it likes."""

    def __init__(self, book: Here, server: Scripted, seed: int) -> None:
        self.book, self.server = book, server
        self.chance = random.Random(seed)  # noqa: S311 - a book, no secret
        self.typed: dict[int, list[str]] = {number: [] for number in range(1, 6)}
        self.removed: dict[int, list[str]] = {number: [] for number in range(1, 6)}
        self.news: dict[int, str] = {}
        self.kept: set[int] = set()
        self.names = ["Eskil", "Anders"]
        self.count = 0
        self._usual = server.script
        server.script = self.answer

    def answer(self, request: Request) -> Reply:
        """Answer as a model does that is right now and then."""
        kind, _, number = request.task.partition(":")
        if kind == "summary" and int(number) in self.news:
            return Reply(summary_of(int(number), self.news.pop(int(number))))
        if kind == "triage":
            return Reply(json.dumps({"chapters": self.chance.sample(range(1, 6), self.chance.randrange(4))}))
        if kind in ("ripple", "revise"):
            return Reply(json.dumps({"edits": self.edits(request)}))
        return self._usual(request)

    def edits(self, request: Request) -> list[dict[str, object]]:
        """Return edits of some paragraphs, right and wrong ones."""
        shown = NUMBERED.findall(request.prompt.partition("as it stands\n\n")[2].partition("# What it must tell")[0])
        chosen = self.chance.sample(shown, min(len(shown), self.chance.choice([0, 1, 1, 2, 3, 6])))
        edits: list[dict[str, object]] = []
        for number, _, text in chosen:
            back = [each for removed in self.removed.values() for each in removed]
            self.count += 1
            new = self.chance.choice([f"The model's {self.count}.", *back[:1], "", text])
            was = self.chance.choice([" ".join(text.split()[:4])] * 4 + ["Nothing of it"])
            do = self.chance.choice(["replace", "replace", "after", "delete"])
            edits.append({"p": int(number), "do": do, "was": was, "text": new, "why": 1})
        return edits

    def hand(self) -> None:
        """Type into a chapter, or take a paragraph out of it."""
        number = self.chance.randrange(1, 6)
        path = self.book.chapter(number)
        head, text = path.read_text().split("\n---\n", 1)
        split = [each.text for each in paragraphs.split(text)]
        place = self.chance.randrange(len(split))
        old = split[place]
        self.count += 1
        what = self.chance.choice(["change", "add", "take out"])
        if what == "take out" and len(split) > 3:
            del split[place]
            # A model may have said it twice; and of what its author typed and took out nothing is known.
            self.removed[number] += [old] if old not in [*split, *self.typed[number]] else []
        elif what == "add":
            split.insert(place, f"The author's {self.count}.")
            self.typed[number].append(split[place])
        else:
            split[place] = f"{old} And {self.count} more."
            self.typed[number].append(split[place])
        if what != "add" and old in self.typed[number]:
            self.typed[number].remove(old)
        path.write_text(f"{head}\n---\n\n" + "\n\n".join(split) + "\n")

    def story(self) -> None:
        """Have a chapter tell something else, and its summary with it."""
        number = self.chance.randrange(1, 5)
        self.count += 1
        path = self.book.chapter(number)
        path.write_text(f"{path.read_text().rstrip()}\n\nIt is {self.count} now.\n")
        self.typed[number].append(f"It is {self.count} now.")
        self.news[number] = f" It is {self.count} now."

    def bible(self) -> None:
        """Have the bible say more of what a chapter names."""
        self.count += 1
        with (self.book / "bible.md").open("a") as bible:
            bible.write(f"\n## Glassworks {self.count}\n\nAlso: Glassworks\n\nIt is {self.count} years old.\n")

    def note(self) -> None:
        """Ask something of a chapter in its notes."""
        self.count += 1
        (self.book / "notes").mkdir(exist_ok=True)
        with (self.book / "notes" / self.book.chapter(self.chance.randrange(1, 6)).name).open("a") as notes:
            notes.write(f"- Wish {self.count}.\n")

    def wish(self) -> None:
        """Ask something of a chapter at once."""
        number = self.chance.randrange(1, 6)
        self.count += 1
        before = self.bodies()
        ran = self.book.novelist("revise", str(number), f"Wish {self.count}.", "--yes")
        assert ran.status in (0, 1), ran.err
        self.check(before, changed={number} if number not in self.kept else set())

    def keep(self) -> None:
        """Keep a chapter as it is, or no longer."""
        number = self.chance.randrange(1, 6)
        assert self.book.novelist("unkeep" if number in self.kept else "keep", str(number)).status == 0
        self.kept ^= {number}

    def redo(self) -> None:
        """Have a chapter drafted again, and mostly take that."""
        number = self.chance.randrange(1, 6)
        before = self.bodies()
        ran = self.book.novelist("redo", str(number), f"Wish {self.count}.")
        assert ran.status == 0, ran.err
        self.check(before, changed=set())
        if self.chance.random() < 0.7:
            there = (self.book / ".novelist" / "alternatives").glob(f"{self.book.chapter(number).stem[3:]}/*.md")
            ran = self.book.novelist("take", str(number), self.chance.choice(sorted(path.stem for path in there)))
            assert ran.status == (number in self.kept), ran.err
            if ran.status == 0:
                self.typed[number], self.removed[number] = [], []
            self.check(before, changed={number} - self.kept)

    def rename(self) -> None:
        """Give somebody another name in the whole book, or the old one again."""
        before = self.bodies()
        ran = self.book.novelist("rename", *self.names, "--yes")
        assert ran.status == 0, ran.err
        self.names.reverse()
        self.check(before, changed=set())

    def bodies(self) -> dict[int, str]:
        """Return the texts of the chapters."""
        return {number: body(self.book.chapter(number).read_text()) for number in range(1, 6)}

    def clone(self) -> None:
        """Lose all that is not in git."""
        shutil.rmtree(self.book / ".novelist", ignore_errors=True)

    def build(self) -> None:
        """Build the book, and hold it against what its author did."""
        before = self.bodies()
        ran = self.book.doit(**self.chance.choice([YES, YES, {}]))
        assert (ran.status, ran.err) == (0, ""), ran.out
        self.check(before, changed={1, 2, 3, 4, 5} - self.kept)

    def check(self, before: dict[int, str], changed: set[int]) -> None:
        """Hold the chapters against what its author did; only those that may have `changed` are other than before."""
        for number, now in self.bodies().items():
            assert number in changed or now == before[number]
            there = [each.text for each in paragraphs.split(now)]
            assert [text for text in self.typed[number] if text not in there] == []
            assert [text for text in self.removed[number] if text in there] == []

    def end(self) -> None:
        """Build the book until nothing is left to do."""
        assert self.book.doit(**YES).status == 0
        self.build()
        self.server.clear()
        ran = self.book.doit(**YES)
        assert (ran.status, self.server.tasks) == (0, []), ran.out


def live(book: Here, server: Scripted, seed: int) -> None:
    write_story(book, server)
    life = Life(book, server, seed)
    steps = [life.hand, life.hand, life.story, life.story, life.bible, life.clone, life.build, life.build]
    steps += [life.note, life.wish, life.keep, life.redo, life.rename]
    for _ in range(STEPS):
        life.chance.choice(steps)()
    life.end()


@pytest.mark.parametrize("seed", range(3))
def test_a_life_goes_by_the_rules(here: Here, server: Scripted, seed: int) -> None:
    live(here, server, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 300))
def test_many_lives_go_by_the_rules(here: Here, server: Scripted, seed: int) -> None:
    live(here, server, seed)
