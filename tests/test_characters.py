"""Characters where characters are counted: how long chapters are in Chinese and Japanese, and what is said of that."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from in_process import Here
from scripted import Reply, Request, Scripted

from novelist.book.premise import Span
from novelist.book.settings import parse_premise
from novelist.language.lengths import as_long_as, length

CHARACTERS = [chr(code) for code in range(0x4E00, 0x5600)]
OUTLINE = "# 盐灯\n\n## 1. 瓶子 {#one}\n\n玛拉找到瓶子。\n\n## 2. 灯 {#two}\n\n玛拉点灯。\n"


def chinese(characters: int, seed: int) -> str:
    """Return so many characters, in sentences of twenty."""
    chosen = random.Random(seed)  # noqa: S311
    return "".join("".join(chosen.choices(CHARACTERS, k=20)) + "。" for _ in range(characters // 20))


def in_chinese(characters: int) -> Callable[[Request], Reply]:
    """Return a script that writes chapters of so many characters."""

    def script(request: Request) -> Reply:
        kind, _, number = request.task.partition(":")
        return Reply(chinese(characters if kind == "chapter" else 40, int(number) + (kind == "chapter") * 100))

    return script


def book(here: Here, server: Scripted, words: str, characters: int) -> None:
    """Make a book of two chapters, of which Chinese is the language."""
    (here / "premise.md").write_text(f"---\nlanguage: zh\n{words}---\n玛拉守着灯塔。\n", encoding="utf-8")
    (here / "bible.md").write_text("## 玛拉\n\n她守着灯塔。\n", encoding="utf-8")
    (here / "outline.md").write_text(OUTLINE, encoding="utf-8")
    server.script = in_chinese(characters)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", Span(1500, 2500)), ("ko", Span(1500, 2500)), ("zh-TW", Span(2400, 4000)), ("ja", Span(3000, 5000))],
)
def test_a_chapter_is_as_long_as_an_english_one_where_nothing_else_is_asked(language: str, words: Span) -> None:
    assert parse_premise(Path("premise.md"), f"---\nlanguage: {language}\n---\nMara.\n").words == words
    given = parse_premise(Path("premise.md"), f"---\nlanguage: {language}\nwords: 800-900\n---\nMara.\n")
    assert given.words == Span(800, 900)


def test_lengths_are_said_as_a_language_counts_them() -> None:
    assert [length(number, "zh") for number in (1, 2000)] == ["1 character", "2,000 characters"]
    assert [length(number, "ko") for number in (1, 2000)] == ["1 word", "2,000 words"]
    assert (as_long_as(120, "zh"), as_long_as(120, "ja"), as_long_as(120, "de")) == (192, 240, 120)


def test_characters_are_said_wherever_they_are_counted(here: Here, server: Scripted) -> None:
    book(here, server, "", 2600)

    ran = here.doit()

    assert ran.status == 0, ran.out + ran.err
    chapter = next(request for request in server.requests if request.task == "chapter:1")
    assert "2400-4000" in chapter.prompt
    summary = next(request for request in server.requests if request.task == "summary:1")
    assert "at most 192 characters" in summary.prompt
    assert "瓶子, 2,600 characters" in ran.out
    assert "drafted: 40 characters" in ran.out
    assert "assembled: 2 chapters, 5,200 characters" in ran.out
    status = here.novelist("status").out
    assert "2,600 characters" in status
    assert "5,200 of 4,800-8,000 characters" in status
    assert "2 chapters, 5,200 characters" in here.novelist("lint").out
    assert "words" not in ran.out + status


def test_a_book_that_was_drafted_to_the_length_before_is_fresh_and_says_so(here: Here, server: Scripted) -> None:
    book(here, server, "words: 1500-2500\n", 1600)  # as a record has it of a premise that did not say how long
    assert here.doit().status == 0
    (here / "premise.md").write_text("---\nlanguage: zh\n---\n玛拉守着灯塔。\n", encoding="utf-8")
    asked = len(server.requests)

    assert here.doit().status == 0

    assert len(server.requests) == asked
    chapters = json.loads(here.novelist("status", "--json").out)["chapters"]
    assert [(chapter["state"], chapter["asked"]) for chapter in chapters] == 2 * [("fresh", [1500, 2500])]
    assert "[length" not in here.novelist("lint").out

    server.script = in_chinese(2600)
    (next((here / "chapters").glob("02-*"))).unlink()
    (next((here / "summaries").glob("02-*"))).unlink()
    here.run("rm", "-r", ".novelist/history")
    assert here.doit().status == 0
    assert "2400-4000" in next(request for request in reversed(server.requests) if request.task == "chapter:2").prompt
    chapters = json.loads(here.novelist("status", "--json").out)["chapters"]
    assert [(chapter["state"], chapter["asked"]) for chapter in chapters] == [
        ("fresh", [1500, 2500]),
        ("fresh", [2400, 4000]),
    ]


def test_a_length_that_a_premise_comes_to_say_makes_its_chapters_stale(here: Here, server: Scripted) -> None:
    book(here, server, "words: 1500-2500\n", 1600)
    assert here.doit().status == 0
    (here / "premise.md").write_text("---\nlanguage: zh\nwords: 3000-3500\n---\n玛拉守着灯塔。\n", encoding="utf-8")
    states = [chapter["state"] for chapter in json.loads(here.novelist("status", "--json").out)["chapters"]]
    assert states == ["stale", "stale"]


def test_a_missing_chapter_is_drafted_to_fit_its_summary_of_the_length_before(here: Here, server: Scripted) -> None:
    book(here, server, "words: 1500-2500\n", 1600)
    assert here.doit().status == 0
    (here / "premise.md").write_text("---\nlanguage: zh\n---\n玛拉守着灯塔。\n", encoding="utf-8")
    (next((here / "chapters").glob("01-*"))).unlink()
    assert here.doit("chapter:01").status == 0
    last = next(request for request in reversed(server.requests) if request.task == "chapter:1")
    assert chinese(40, 1) in last.prompt
