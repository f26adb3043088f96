"""Whatever a judge says: only what is quoted word for word lands, what was struck stays away, and rounds end."""

from __future__ import annotations

import json
import random
import re

import pytest
from in_process import Here, body
from rippling import YES, write_story
from scripted import Reply, Request, Scripted

from novelist.book import reviews

STEPS = 12
ROUNDS = 2
NUMBERED = re.compile(r"^\[(\d+)\]\*? (.*)$", re.MULTILINE)


class Life:
    """A book, its author at their desk, and a judge that is right now and then."""

    def __init__(self, book: Here, server: Scripted, seed: int) -> None:
        self.book, self.server = book, server
        self.chance = random.Random(seed)  # noqa: S311 - a book, no secret
        self.struck: dict[int, set[str]] = {number: set() for number in range(1, 6)}
        self.rounds = dict.fromkeys(range(1, 6), 0)
        self.count = 0
        self._usual = server.script
        server.script = self.answer

    def answer(self, request: Request) -> Reply:
        """Answer as a judge and a writer do."""
        kind, _, number = request.task.partition(":")
        if kind == "review":
            return Reply(json.dumps({"findings": self.findings(request, int(number))}))
        if kind == "revise":
            return Reply(json.dumps({"edits": self.edits(request)}))
        return self._usual(request)

    def paragraphs(self, request: Request) -> list[tuple[str, str]]:
        """Return the numbered paragraphs that a request shows."""
        shown = request.prompt.partition('", as it stands')[2] or request.prompt.partition("# Chapter ")[2]
        return NUMBERED.findall(shown.partition("# What it must tell")[0])

    def findings(self, request: Request, chapter: int) -> list[dict[str, object]]:
        """Return findings with true and untrue quotes, and some that were struck."""
        paragraphs = self.paragraphs(request)
        found = []
        for _ in range(self.chance.randrange(5)):
            number, text = self.chance.choice(paragraphs)
            words = text.split()
            start = self.chance.randrange(max(len(words) - 4, 1))
            piece = words[start : start + 4]
            quote = self.chance.choice(
                [" ".join(piece)] * 4
                + [" ".join(reversed(piece)), " ".join([*piece[:2], "never", *piece[2:]]), "Nobody ever wrote this."]
                + sorted(self.struck[chapter])
            )
            self.count += 1
            severity = self.chance.choice(["must", "should", "may"])
            found.append(
                {
                    "severity": severity,
                    "kind": self.chance.choice(["other", "contradiction"]),
                    "p": int(number),
                    "quote": quote,
                    "against": self.chance.choice(["", "On day 1 she waits for the boat", "On day 1 she flies"]),
                    "what": f"Thing {self.count}.",
                    "fix": "",
                }
            )
        return found

    def edits(self, request: Request) -> list[dict[str, object]]:
        """Return one or two edits."""
        self.count += 1
        chosen = self.chance.sample(self.paragraphs(request), self.chance.randrange(1, 3))
        texts = ["Better now", "Then [insert name] came", "Nobody ever wrote this"]
        return [
            {
                "p": int(number),
                "do": "replace",
                "was": " ".join(text.split()[:4]),
                "text": f"{self.chance.choice(texts)} {self.count}.",
                "why": 1,
            }
            for number, text in chosen
        ]

    def desk(self, number: int) -> list[reviews.Entry]:
        """Return the findings in the review of a chapter."""
        path = self.book / "reviews" / self.book.chapter(number).name
        return reviews.read(body(path.read_text())) if path.exists() else []

    def review(self) -> None:
        """Have a chapter reviewed, and hold what is new against its text."""
        number = self.chance.randrange(1, 6)
        before = {entry.mark for entry in self.desk(number)}
        ran = self.book.doit(f"review:0{number}")
        assert ran.status in (0, 1), ran.out
        assert ran.status == 0 or "cannot be found, word for word" in ran.out, ran.out
        text = " ".join(body(self.book.chapter(number).read_text()).split())
        for entry in self.desk(number):
            if entry.mark not in before:
                assert entry.quotes[0] in text
                assert entry.quotes[0] not in self.struck[number]
                assert entry.quotes[1:] in ((), ("On day 1 she waits for the boat",))

    def strike(self) -> None:
        """Cross a finding out, or delete it."""
        number = self.chance.randrange(1, 6)
        entries = [entry for entry in self.desk(number) if not entry.struck]
        if not entries:
            return
        entry = self.chance.choice(entries)
        path = self.book / "reviews" / self.book.chapter(number).name
        text = path.read_text()
        lines = "\n".join(entry.lines())
        assert lines in text
        instead = lines.replace("- **", "- ~~**", 1) if self.chance.random() < 0.5 else ""
        path.write_text(text.replace(lines, instead, 1))
        self.struck[number].add(entry.quotes[0])

    def revise(self) -> None:
        """Have what is left mended."""
        number = self.chance.randrange(1, 6)
        before = body(self.book.chapter(number).read_text())
        ran = self.book.novelist("revise", str(number), "--yes")
        now = body(self.book.chapter(number).read_text())
        assert ran.status in (0, 1), ran.err
        assert "[insert name]" not in now
        if now != before:
            self.rounds[number] += 1
            assert self.rounds[number] <= ROUNDS

    def redraft(self) -> None:
        """Have a chapter drafted anew."""
        number = self.chance.randrange(1, 6)
        self.book.chapter(number).unlink()
        assert self.book.doit(**YES).status == 0
        self.rounds[number] = 0


def live(book: Here, server: Scripted, seed: int) -> None:
    write_story(book, server)
    life = Life(book, server, seed)
    for _ in range(STEPS):
        life.chance.choice(
            [life.review, life.review, life.review, life.strike, life.strike, life.revise, life.redraft]
        )()


@pytest.mark.parametrize("seed", range(2))
def test_a_desk_goes_by_the_rules(here: Here, server: Scripted, seed: int) -> None:
    live(here, server, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_desks_go_by_the_rules(here: Here, server: Scripted, seed: int) -> None:
    live(here, server, seed)
