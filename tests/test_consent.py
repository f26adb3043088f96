"""The question before finished chapters are replaced that nobody touched: asked once, on a terminal."""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from finished import C2, C3, C4, C5, S5, finish, hold, lines
from in_process import Here
from scripted import Scripted
from terminal import Terminal

DOIT = str(Path(sys.executable).with_name("doit"))
QUESTION = "[y]es, [y 4-6], [k]eep them and draft only what is missing, or [q]uit?"
TIME = r", \d+ (?:s|min)\.$"
CASCADE = [
    "Finished chapters are about to be drafted again, because the story before it changed:",
    "  3. The Lamp",
    "  4. The Ferry",
    "  5. The Letter",
    "At most 3 chapters, 3 summaries, about 4,435 tokens.",
]
SETTINGS = [
    "Finished chapters are about to be drafted again, because the length, the language or a prompt changed:",
    "  1. The Bottle",
    "  2. The Second Tide",
    "  3. The Lamp",
    "  4. The Ferry",
    "  5. The Letter",
    "At most 5 chapters, 5 summaries, about 6,852 tokens.",
]
QUIT = "{}   stopped: you quit; this chapter and those after it are as they were. Run `doit` again when you like."
WITHHELD = (
    "waits for you: the story before it changed. "
    "`NOVELIST_YES=1 doit` writes it again, `novelist accept {}` keeps it as it is"
)
ALL_WITHHELD = (
    "chapters     {0} wait for you: for each, {1}. "
    "`NOVELIST_YES=1 doit` writes them again, `novelist accept {0}` keeps them as they are"
)
LET_STAND = (
    "chapters     {0} stay as they are until something else changes, as you said. `novelist unkeep {0}` takes that back"
)
AFTER_2 = ["chapter:3", "summary:3", "chapter:4", "summary:4", "chapter:5", "summary:5"]
EDITED = ["chapter:2", "summary:2"]
ALL = ["chapter:1", "summary:1", *EDITED, *AFTER_2]


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, and a model with other words."""
    return finish(here, server)


@dataclass(frozen=True)
class Session:
    """What a build on a terminal ended with, and what stood on the terminal, line by line."""

    status: int
    shown: list[str]

    @property
    def questions(self) -> int:
        """How often the question was asked."""
        return sum(line.count(QUESTION) for line in self.shown)


def on_a_terminal(book: Here, *replies: str) -> Session:
    """Run doit on a terminal, and type one reply at each question."""
    with Terminal(book, DOIT, columns=200, PYTHONWARNINGS="error") as run:
        for number, reply in enumerate(replies, 1):
            run.wait(lambda shown, number=number: sum(QUESTION in line for line in shown) == number)  # type: ignore[misc]
            run.type(f"{reply}\n")
        status = run.end()
    shown = [re.sub(TIME, ".", line) for line in lines("\n".join(run.shown)) if not line.startswith("To draft: ")]
    return Session(status, shown)


def edit_section_2(book: Here) -> None:
    book.edit("outline.md", "Mara walks", "Mara runs")


def edit_section_2_again(book: Here) -> None:
    book.edit("outline.md", "Mara runs", "Mara strolls")


def edit_words(book: Here) -> None:
    book.edit("premise.md", "words: 40-60", "words: 30-40")


def test_a_cascade_is_asked_about_once_and_yes_does_it(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    ended = on_a_terminal(novel, "y")
    assert ended.status == 0
    assert ended.questions == 1
    assert ended.shown[2 : 2 + len(CASCADE)] == CASCADE
    assert server.tasks == [*EDITED, *AFTER_2]
    assert novel.doit().out == "Everything is up to date.\n"


def test_what_it_costs_at_most_is_told_where_prices_are_known(novel: Here, server: Scripted) -> None:
    novel.environ["KIMI_PROVIDER"] = "moonshot"
    edit_section_2(novel)
    ended = on_a_terminal(novel, "k")
    (line,) = (line for line in ended.shown if line.startswith("At most "))
    assert re.fullmatch(r"At most 3 chapters, 3 summaries, about [\d,]+ tokens, \$0\.0[1-9]\.", line)
    assert server.tasks == EDITED


def test_keep_leaves_a_cascade_and_drafts_what_is_missing(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    novel.run("rm", C5, S5)
    before = novel.texts()
    ended = on_a_terminal(novel, "keep")
    assert ended.status == 0
    assert ended.questions == 1
    assert ended.shown[2:6] == [*CASCADE[:3], "At most 2 chapters, 2 summaries, about 2,872 tokens."]
    assert server.tasks == [*EDITED, "chapter:5", "summary:5"]
    assert ended.shown[-1] == LET_STAND.format("3-4")
    changed = {name for name, text in novel.texts().items() if before.get(name) != text}
    assert changed == {C2, C2.replace("chapters", "summaries"), C3, C4, C5, S5, "book.md"}


def test_what_was_let_stand_is_asked_about_again_only_once_something_else_changes(
    novel: Here, server: Scripted
) -> None:
    edit_section_2(novel)
    on_a_terminal(novel, "k")
    shutil.rmtree(novel / ".novelist")  # as in a clone
    server.clear()
    ended = on_a_terminal(novel)
    assert (ended.status, ended.questions, ended.shown, server.tasks) == (0, 0, ["Everything is up to date."], [])
    assert novel.novelist("why", "3").out == "chapter:03 is kept: you let it stand; the story before it changed.\n"
    assert novel.novelist("unkeep", "3").out == "chapter:03 follows what changed.\n"
    assert lines(novel.doit().out) == [f"chapter:03   {WITHHELD.format(3)}"]
    edit_section_2_again(novel)
    novel.doit()
    server.clear()
    assert lines(novel.doit().out) == [ALL_WITHHELD.format("3-5", "the story before it changed")]


def test_what_is_saved_while_the_question_stands_is_not_written_over(novel: Here) -> None:
    edit_section_2(novel)
    path = novel / C3
    with Terminal(novel, DOIT, columns=200, PYTHONWARNINGS="error") as run:
        run.wait(lambda shown: any(QUESTION in line for line in shown))
        path.write_text(f"{path.read_text()}\nMine.\n")
        run.type("k\n")
        assert run.end() == 0
    assert path.read_text().endswith("\nMine.\n")


def test_a_word_for_some_chapters_keeps_the_rest(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    ended = on_a_terminal(novel, "y 3-9", "y 3, 5")
    assert (ended.status, ended.questions) == (0, 2)
    assert "there is no chapter `3-9`. Name one of the 5, or some such as `1-3` or `1,3`." in "\n".join(ended.shown)
    assert server.tasks == [*EDITED, "chapter:3", "summary:3", "chapter:5", "summary:5"]
    one = "stays as it is until something else changes, as you said. `novelist unkeep 4` takes that back"
    assert ended.shown[-1] == f"chapter:04   {one}"


def test_quit_ends_the_build_before_a_cascade(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    before = novel.texts()
    ended = on_a_terminal(novel, "q")
    assert ended.status == 1
    assert ended.questions == 1
    assert server.tasks == EDITED
    changed = {name for name, text in novel.texts().items() if before[name] != text}
    assert changed == {C2, C2.replace("chapters", "summaries")}
    assert [line for line in ended.shown if "Traceback" in line] == []
    assert ended.shown[-2].removeprefix(QUESTION) == QUIT.format("chapter:03")
    assert ended.shown[-1] == f"{'':12} `novelist accept --all` lets everything stand as it is."


def test_a_reply_that_is_no_answer_is_asked_again(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    ended = on_a_terminal(novel, "perhaps", "YES")
    assert (ended.status, ended.questions) == (0, 2)
    assert server.tasks == [*EDITED, *AFTER_2]


def test_a_change_of_settings_is_asked_about_once(novel: Here, server: Scripted) -> None:
    edit_words(novel)
    ended = on_a_terminal(novel, "yes")
    assert (ended.status, ended.questions) == (0, 1)
    assert ended.shown[: len(SETTINGS)] == SETTINGS
    assert server.tasks == ALL


def test_keep_leaves_a_book_whose_settings_changed(novel: Here, server: Scripted) -> None:
    edit_words(novel)
    before = novel.texts()
    ended = on_a_terminal(novel, "k")
    assert (ended.status, ended.questions) == (0, 1)
    assert server.tasks == []
    prose = {name: text.rpartition("---\n")[2] for name, text in novel.texts().items()}
    assert prose == {name: text.rpartition("---\n")[2] for name, text in before.items()} | {
        "premise.md": prose["premise.md"]
    }
    assert ended.shown[-1] == LET_STAND.format("1-5")
    assert novel.doit().out == "Everything is up to date.\n"


def test_quit_leaves_a_book_whose_settings_changed(novel: Here, server: Scripted) -> None:
    edit_words(novel)
    before = novel.texts()
    ended = on_a_terminal(novel, "q")
    assert (ended.status, ended.questions) == (1, 1)
    assert server.tasks == []
    assert novel.texts() == before
    assert QUIT.format("chapter:01") in [line.removeprefix(QUESTION) for line in ended.shown]


def test_first_drafts_never_ask(novel: Here, server: Scripted) -> None:
    novel.run("rm", "-r", "chapters", "summaries", ".novelist")
    ended = on_a_terminal(novel)
    assert (ended.status, ended.questions) == (0, 0)
    assert server.tasks == ALL


def test_chapters_whose_own_sections_were_edited_are_drafted_without_asking(novel: Here, server: Scripted) -> None:
    outline = novel / "outline.md"
    outline.write_text(re.sub(r"^(Mara|Eskil) ", r"\1 slowly ", outline.read_text(), flags=re.MULTILINE))
    ended = on_a_terminal(novel)
    assert (ended.status, ended.questions) == (0, 0)
    assert server.tasks == ALL


def test_without_a_terminal_a_cascade_is_withheld_and_reported(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    reports = [ALL_WITHHELD.format("3-5", "the story before it changed")]
    for calls in (EDITED, []):
        server.clear()
        ran = novel.doit()
        assert ran.status == 0
        assert server.tasks == calls
        assert [line for line in lines(ran.out) if "for you" in line] == reports
    assert novel.doit(NOVELIST_YES="1").status == 0
    assert server.tasks == AFTER_2
    assert novel.doit().out == "Everything is up to date.\n"


@pytest.mark.parametrize("answer", ["", "0", "yes"])
def test_only_a_one_in_the_environment_is_a_yes(novel: Here, server: Scripted, answer: str) -> None:
    edit_section_2(novel)
    assert novel.doit(NOVELIST_YES=answer).status == 0
    assert server.tasks == EDITED


@pytest.mark.parametrize(("edited", "replaced"), [("4 5", "1 2 3"), ("5", "")])
def test_up_to_three_chapters_are_replaced_for_settings_without_asking(
    novel: Here, server: Scripted, edited: str, replaced: str
) -> None:
    hold(server, "1 2 3 4 5")
    for number in edited.split():
        path = novel.chapter(int(number))
        path.write_text(f"{path.read_text()}\nMine.\n")
    novel.doit()
    server.clear()
    edit_words(novel)
    assert novel.doit().status == 0
    assert server.tasks == [f"{kind}:{number}" for number in replaced.split() for kind in ("chapter", "summary")]


def test_four_chapters_and_more_are_not_replaced_for_the_bible_unasked(novel: Here, server: Scripted) -> None:
    novel.edit("bible.md", "She keeps", "She has")
    ran = novel.doit()
    assert ran.status == 0
    assert server.tasks == []
    assert lines(ran.out) == [ALL_WITHHELD.format("1-5", "what the bible says of it changed")]
    assert novel.doit(NOVELIST_YES="1").status == 0
    assert server.tasks == ALL


def test_a_withheld_chapter_is_drafted_once_its_own_section_is_edited(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    novel.doit()
    server.clear()
    novel.edit("outline.md", "Mara lights", "Mara breaks")
    assert novel.doit().status == 0
    assert server.tasks == ["chapter:3", "summary:3"]


def test_one_chapter_asked_for_by_name_is_withheld_too(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    ran = novel.doit("chapter:03")
    assert ran.status == 0
    assert server.tasks == EDITED
    assert f"chapter:03   {WITHHELD.format(3)}" in lines(ran.out)


def test_without_standard_input_nothing_is_asked_and_all_is_kept(novel: Here, server: Scripted) -> None:
    edit_section_2(novel)
    ran = novel.run("bash", "-c", f"{DOIT} <&-")
    assert (ran.status, ran.err) == (0, "")
    assert ALL_WITHHELD.format("3-5", "the story before it changed") in lines(ran.out)
    assert server.tasks == EDITED
