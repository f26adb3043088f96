"""A person's decisions, through the real command: history, restore, accept, release, brief and why."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from finished import C1, C2, C5, S1, S2, entries, finish, history, hold, lines
from in_process import Here, body
from scripted import Scripted
from shelf import Ran

from novelist.book.paths import Book
from novelist.cli.main import main
from novelist.targets.naming import named
from novelist.targets.snapshot import Snapshot

NOVELIST = str(Path(sys.executable).with_name("novelist"))
MINE = "\nA sentence of my own.\n"
UP_TO_DATE = "Everything is up to date.\n"
MOMENT = re.compile(r"\d{8}T\d{6}\.\d{6}Z")


@pytest.fixture
def novel(here: Here, server: Scripted) -> Iterator[Here]:
    """A finished book of five chapters, and a model with other words; its folder is where the commands are given."""
    finish(here, server)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here.root)
        for name, value in here.environ.items():
            patch.setenv(name, value)
        yield here


def novelist(*arguments: str) -> Ran:
    """Give a `novelist` command in this process."""
    ran = CliRunner().invoke(main, arguments)
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def digest_of(path: Path) -> str:
    """Return the digest of the text as drafted, from a file's record."""
    return str(re.findall(r"^  body: (h[0-9a-f]{12})$", path.read_text(), re.MULTILINE)[0])


def edit_and_keep(book: Here, server: Scripted) -> str:
    """Edit chapter 2 and its section, build, and return the chapter's text."""
    hold(server, "2")
    append(book / C2, MINE)
    book.edit("outline.md", "Mara walks", "Mara runs")
    assert "kept: you edited it" in book.doit().out
    server.clear()
    return (book / C2).read_text()


# history


def test_history_lists_every_text_the_newest_first(novel: Here, server: Scripted) -> None:
    hold(server, "2")
    novel.edit("outline.md", "Mara walks", "Mara runs")
    novel.doit()
    append(novel / C2, MINE)
    novelist("release", "2")
    ran = novelist("history", "2")
    assert (ran.status, ran.err) == (0, "")
    assert MOMENT.sub("WHEN", ran.out).splitlines() == [
        "WHEN      55 words  edited, as it is now",
        "WHEN      50 words  drafted by kimi-k2.6",
        "WHEN      50 words  drafted by kimi-k2.6",
        "Each is a file in .novelist/history/the-second-tide/.",
    ]
    moments = MOMENT.findall(ran.out)
    assert moments == sorted(moments, reverse=True)
    assert moments == [path.stem for path in reversed(entries(novel, "the-second-tide"))]


def test_a_typed_text_that_was_replaced_is_yours_in_history(novel: Here) -> None:
    (novel / C2).write_text("I wrote this.\n")
    novelist("restore", "2")
    assert novelist("history", "2").out.splitlines()[0].endswith("       3 words  yours")


@pytest.mark.usefixtures("novel")
@pytest.mark.parametrize("name", ["2", "02", "chapter:2", "chapter:02", "the-second-tide", C2, S2, "summary:02"])
def test_a_chapter_is_named_by_number_id_or_file(name: str) -> None:
    ran = novelist("history", name)
    words, folder = (22, "the-second-tide/summary") if "summar" in name else (50, "the-second-tide")
    assert MOMENT.sub("WHEN", ran.out) == (
        f"WHEN      {words} words  drafted by kimi-k2.6, as it is now\nEach is a file in .novelist/history/{folder}/.\n"
    )
    assert ran.status == 0


@pytest.mark.parametrize("name", ["bible", "outline"])
def test_bible_and_outline_have_a_history_too(novel: Here, name: str) -> None:
    assert novelist("history", name).out.endswith(
        f" words  drafted by kimi-k2.6, as it is now\nEach is a file in .novelist/history/@{name}/.\n"
    )
    assert history(novel, f"@{name}") == [(novel / f"{name}.md").read_text()]


@pytest.mark.parametrize("verb", ["history", "restore", "accept", "release", "brief", "why"])
@pytest.mark.parametrize("name", ["99", "0", "chapter:06", "the-storm", "chapters/06-the-storm.md", "../premise.md"])
def test_a_chapter_that_is_not_there_is_one_line(novel: Here, verb: str, name: str) -> None:
    before = novel.texts()
    ran = novelist(verb, name)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (f"Error: there is no chapter `{name}`. Name one of the 5 by its number, its id or its file.\n")
    assert novel.texts() == before


def test_the_command_itself_says_so_too(novel: Here) -> None:
    ran = novel.run(NOVELIST, "accept", "99")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "Error: there is no chapter `99`. Name one of the 5 by its number, its id or its file.\n"
    ran = novel.run(NOVELIST, "why", "2")
    assert (ran.status, ran.out, ran.err) == (
        0,
        "chapter:02 is fresh: nothing that it is written from has changed.\n",
        "",
    )


@pytest.mark.parametrize("verb", ["accept", "release"])
def test_a_deleted_chapter_is_not_decided_about(novel: Here, verb: str) -> None:
    (novel / C2).unlink()
    ran = novelist(verb, "2")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"Error: {C2}: chapter:02 is missing. Run `doit chapter:02` to have it drafted.\n"


@pytest.mark.parametrize("verb", ["accept", "release"])
def test_damaged_front_matter_is_not_decided_about(novel: Here, verb: str) -> None:
    novel.edit(C2, "title: The", "title: [The")
    ran = novelist(verb, "2")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        f"Error: {C2}:3: the front matter is not YAML (did not find expected ',' or ']'). Put it right.\n"
    )


# restore


def test_restore_brings_the_text_before_back(novel: Here, server: Scripted) -> None:
    first = (novel / C2).read_text()
    mine = edit_and_keep(novel, server)
    ran = novelist("restore", "2")
    (draft, edited) = entries(novel, "the-second-tide")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"chapter:02 is again as it was at {draft.stem}; what it replaced is in history.\n"
    assert body((novel / C2).read_text()) == body(first)
    assert edited.read_text() == mine
    assert digest_of(novel / C2) == digest_of(draft)
    ran = novel.doit()
    assert (ran.status, server.tasks) == (0, [])
    assert "chapter:02" not in ran.out
    assert novel.doit().out == UP_TO_DATE


def test_a_restore_is_undone_by_another(novel: Here, server: Scripted) -> None:
    mine = edit_and_keep(novel, server)
    novelist("restore", "2")
    assert body((novel / C2).read_text()) != body(mine)
    novelist("restore", "2")
    assert body((novel / C2).read_text()) == body(mine)
    assert digest_of(novel / C2) == re.findall(r"^  body: (.+)$", mine, re.MULTILINE)[0]
    assert novel.doit().out == UP_TO_DATE
    assert server.tasks == []


def test_restore_takes_the_beginning_of_a_time(novel: Here, server: Scripted) -> None:
    first = (novel / C2).read_text()
    hold(server, "2")
    for old, new in (("Mara walks", "Mara runs"), ("Mara runs", "Mara swims")):
        novel.edit("outline.md", old, new)
        novel.doit()
    oldest = entries(novel, "the-second-tide")[0]
    ran = novelist("restore", "2", oldest.stem[:-1])
    assert ran.out == f"chapter:02 is again as it was at {oldest.stem}; what it replaced is in history.\n"
    assert body((novel / C2).read_text()) == body(first)
    assert novelist("why", "2").out == "chapter:02 is fresh: nothing that it is written from has changed.\n"


def test_restore_wants_one_text(novel: Here, server: Scripted) -> None:
    edit_and_keep(novel, server)
    novelist("release", "2")
    ran = novelist("restore", "2", "2")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        "Error: .novelist/history/the-second-tide: chapter:02 has 2 texts of `2`. "
        "`novelist history chapter:02` lists them.\n"
    )
    ran = novelist("restore", "1")
    assert (ran.status, ran.err) == (
        1,
        f"Error: {C1}: chapter:01 has no text but the one that it has now. There is nothing to bring back.\n",
    )
    ran = novelist("restore", "2", "1999")
    assert ran.err == (
        "Error: .novelist/history/the-second-tide: chapter:02 has no earlier text of `1999`. "
        "`novelist history chapter:02` lists them.\n"
    )
    assert ran.status == 1


def test_restore_brings_a_deleted_chapter_back(novel: Here, server: Scripted) -> None:
    before = novel.texts()
    (novel / C2).unlink()
    assert novelist("restore", "2").status == 0
    assert body((novel / C2).read_text()) == body(before[C2])
    assert novel.doit().status == 0
    assert server.tasks == []


def test_a_restored_chapter_stands_under_its_title_and_number_of_now(novel: Here) -> None:
    novel.edit("outline.md", "5. The Letter", "5. The Answer")
    novel.doit()
    append(novel / C5, MINE)
    novelist("restore", "5")
    assert (novel / C5).read_text().startswith("---\ntitle: The Answer\nnumber: 5\n")
    assert MINE not in (novel / C5).read_text()


def test_a_typed_text_is_restored_as_it_was(novel: Here) -> None:
    typed = "I wrote this.\r\n\r\n---\r\n\r\nAll of it.\r\n"
    (novel / C2).write_bytes(typed.encode())
    novelist("restore", "2")
    novelist("restore", "2")
    assert (novel / C2).read_bytes() == typed.encode()


def test_a_summary_is_restored(novel: Here, server: Scripted) -> None:
    old = (novel / S2).read_text()
    append(novel / S2, MINE)
    ran = novelist("restore", "summary:2")
    assert ran.out.startswith("summary:02 is again as it was at ")
    assert body((novel / S2).read_text()) == body(old)
    assert novel.doit().out == UP_TO_DATE
    assert server.tasks == []


# accept


def test_an_accepted_chapter_stands_for_its_brief(novel: Here, server: Scripted) -> None:
    mine = edit_and_keep(novel, server)
    ran = novelist("accept", "2")
    assert (ran.status, ran.out, ran.err) == (
        0,
        "chapter:02 is kept as it is: what has changed so far does not have it written again.\n",
        "",
    )
    assert body((novel / C2).read_text()) == body(mine)
    assert digest_of(novel / C2) == re.findall(r"^  body: (.+)$", mine, re.MULTILINE)[0]
    assert history(novel, "the-second-tide")[-1] == mine
    assert novel.doit().out == UP_TO_DATE
    assert server.tasks == []
    assert novelist("accept", "2").out == "chapter:02 is kept as it is already.\n"


def test_an_accepted_chapter_is_kept_when_its_brief_changes_again(novel: Here, server: Scripted) -> None:
    edit_and_keep(novel, server)
    novelist("accept", "2")
    novel.edit("outline.md", "Mara runs", "Mara swims")
    assert lines(novel.doit().out)[0] == "chapter:02   kept: you edited it; its part of the outline changed"
    assert server.tasks == []


def test_accepting_what_was_typed_changes_nothing(novel: Here) -> None:
    (novel / C2).write_text("I wrote this.\n")
    assert novelist("accept", "2").out == "chapter:02 is yours already.\n"
    assert (novel / C2).read_text() == "I wrote this.\n"


def test_several_chapters_are_accepted_at_once(novel: Here, server: Scripted) -> None:
    novel.edit("premise.md", "words: 40-60", "words: 30-40")
    ran = novelist("accept", "1", "the-second-tide", "03", "chapter:4", C5)
    assert ran.out.splitlines() == [
        f"chapter:0{n} is kept as it is: what has changed so far does not have it written again." for n in range(1, 6)
    ]
    assert novel.doit().out == UP_TO_DATE
    assert server.tasks == []


def test_accept_all_takes_everything_that_is_kept_or_stale(novel: Here, server: Scripted) -> None:
    edit_and_keep(novel, server)
    novel.edit("premise.md", "from her brother", "from her father")
    novel.edit("bible.md", "A ruin", "A palace")
    append(novel / "summaries/05-the-letter.md", MINE)
    append(novel / C5, MINE)
    ran = novelist("accept", "--all")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{name} is kept as it is: what has changed so far does not have it written again."
        for name in ("bible", "outline", "chapter:02", "chapter:04", "summary:05")
    ]
    novel.doit()
    assert server.tasks == []
    assert novel.doit().out == UP_TO_DATE


def test_accept_all_leaves_later_chapters_fresh_too(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    assert "3-5 wait for you" in novel.doit().out
    server.clear()
    novelist("accept", "--all")
    assert novel.doit().out == UP_TO_DATE
    assert server.tasks == []


def test_accept_all_of_a_book_that_is_up_to_date_changes_nothing(novel: Here) -> None:
    before = novel.texts()
    ran = novelist("accept", "--all")
    assert (ran.status, ran.out, ran.err) == (0, "Nothing waits for you, and nothing would be written again.\n", "")
    assert novel.texts() == before


def test_an_edited_summary_is_accepted(novel: Here, server: Scripted) -> None:
    append(novel / "summaries/05-the-letter.md", MINE)
    append(novel / C5, MINE)
    assert lines(novel.doit().out)[0] == "summary:05   kept: you edited it; its chapter changed"
    assert (
        novelist("accept", "summary:05").out
        == "summary:05 is kept as it is: what has changed so far does not have it written again.\n"
    )
    assert novel.doit().out == UP_TO_DATE
    assert server.tasks == []


@pytest.mark.parametrize("arguments", [[], ["--all", "2"]])
def test_accept_wants_chapters_or_all(novel: Here, arguments: list[str]) -> None:
    before = novel.texts()
    ran = novelist("accept", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("Error: Name the chapters, or say --all.\n")
    assert novel.texts() == before


# release


def test_a_released_chapter_is_drafted_by_the_next_build(novel: Here, server: Scripted) -> None:
    mine = edit_and_keep(novel, server)
    ran = novelist("release", "2")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "chapter:02 is released: the next build drafts it again. This text stays in history.\n"
    assert body((novel / C2).read_text()) == body(mine)
    assert history(novel, "the-second-tide")[-1] == mine
    assert novelist("why", "2").out == "chapter:02 is to be written again: you released it.\n"
    ran = novel.doit()
    assert server.tasks == ["chapter:2", "summary:2"]
    assert lines(ran.out)[0] == "chapter:02   drafted again (you released it): The Second Tide, 50 words"
    assert MINE not in (novel / C2).read_text()
    assert novel.doit().out == UP_TO_DATE


def test_a_released_chapter_is_drafted_even_where_an_earlier_draft_would_fit(novel: Here, server: Scripted) -> None:
    hold(server, "2")
    append(novel / C2, MINE)
    novel.doit()
    server.clear()
    novelist("release", "2")
    novel.doit()
    assert server.tasks == ["chapter:2", "summary:2"]


def test_a_typed_chapter_is_released_too(novel: Here, server: Scripted) -> None:
    hold(server, "2")
    novel.edit("outline.md", "Mara walks", "Mara runs")
    (novel / C2).write_text("I wrote this.\n")
    assert novelist("release", "2").status == 0
    assert history(novel, "the-second-tide")[-1] == "I wrote this.\n"
    novel.doit()
    assert server.tasks == ["chapter:2", "summary:2"]
    assert "I wrote this." not in (novel / C2).read_text()


@pytest.mark.parametrize(("name", "path"), [("bible", "bible.md"), ("outline", "outline.md"), ("summary:2", S2)])
def test_only_a_chapter_is_released(novel: Here, name: str, path: str) -> None:
    before = novel.texts()
    ran = novelist("release", name)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"Error: only a chapter is released. Delete {path} to have it drafted again.\n"
    assert novel.texts() == before


def test_a_chapter_that_is_edited_after_its_release_is_kept(novel: Here, server: Scripted) -> None:
    edit_and_keep(novel, server)
    novelist("release", "2")
    append(novel / C2, "\nAnother sentence of my own.\n")
    mine = (novel / C2).read_text()
    assert novel.doit().status == 0
    assert "chapter:2" not in server.tasks
    assert (novel / C2).read_text() == mine


# brief


def test_brief_prints_what_the_model_is_told(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "Mara walks", "Mara runs")
    before = novel.texts()
    ran = novelist("brief", "2")
    assert (ran.status, ran.err) == (0, "")
    assert server.requests == []
    assert novel.texts() == before
    novel.doit()
    system, user = (message["content"] for message in server.requests[0].body["messages"])
    assert ran.out == f"{system}\n\n{user}\n"


@pytest.mark.usefixtures("novel")
@pytest.mark.parametrize("name", ["bible", "outline", "summary:2"])
def test_only_a_chapter_has_a_brief(name: str) -> None:
    ran = novelist("brief", name)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"Error: `{name}` is no chapter. Name one by its number, its id or its file.\n"


# why


def test_why_names_the_part_that_changed_and_shows_the_difference(novel: Here) -> None:
    assert novelist("why", "2").out == "chapter:02 is fresh: nothing that it is written from has changed.\n"
    novel.edit("outline.md", "Mara walks", "Mara runs")
    ran = novelist("why", "2")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "chapter:02 is to be written again: its part of the outline changed."
    shown = ran.out.splitlines()[1:]
    assert shown[:2] == ["--- drafted from", "+++ now"]
    assert [line for line in shown[3:] if line.startswith(("+", "-"))] == [
        "-Mara walks to the Glassworks with Eskil.",
        "+Mara runs to the Glassworks with Eskil.",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("outline.md", "Mara walks", "Mara runs", "its part of the outline changed"),
        ("bible.md", "A ruin", "A palace", "what the bible says of it changed"),
        ("premise.md", "words: 40-60", "words: 30-40", "the length, the language or a prompt changed"),
        ("summaries/01-the-bottle.md", "Summary 3", "Summary three", "the story before it changed"),
    ],
)
def test_why_knows_the_part_in_a_clone_too(novel: Here, name: str, old: str, new: str, reason: str) -> None:
    novel.run("rm", "-r", ".novelist")
    novel.edit(name, old, new)
    ran = novelist("why", "2")
    assert (ran.status, ran.out, ran.err) == (0, f"chapter:02 is to be written again: {reason}.\n", "")


def test_why_says_what_is_kept_missing_and_yours(novel: Here, server: Scripted) -> None:
    edit_and_keep(novel, server)
    kept = novelist("why", "2").out.splitlines()
    assert kept[0] == "chapter:02 is kept: you edited it; its part of the outline changed."
    assert "+Mara runs to the Glassworks with Eskil." in kept
    (novel / C2).write_text("I wrote this.\n")
    assert novelist("why", "2").out == "chapter:02 is yours: you wrote it.\n"
    (novel / C1).unlink()
    assert novelist("why", "1").out == "chapter:01 is missing: it is missing.\n"
    assert novelist("why", "summary:5").out == "summary:05 is fresh: its chapter is as it was.\n"
    novel.edit("premise.md", "from her brother", "from her father")
    assert novelist("why", "outline").out == "outline is kept: it is older than the premise.\n"


def test_a_chapter_that_is_called_book_has_a_history_of_its_own(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "{#the-bottle}", "{#book}")
    (novel / C1).rename(novel / "chapters" / "01-book.md")
    (novel / S1).rename(novel / "summaries" / "01-book.md")
    hold(server, "1 2 3 4 5")
    novel.edit("book.md", "## Contents", "## What is in it")
    assert "Your text is in .novelist/history/@book/" in novel.doit().out
    ran = novelist("restore", "1")
    assert ran.err == (
        "Error: chapters/01-book.md: chapter:01 has no text but the one that it has now. "
        "There is nothing to bring back.\n"
    )


@pytest.mark.parametrize(("name", "number"), [("7-lamps", 2), ("lamps", 1), ("02-7-lamps.md", 2), ("01-lamps.md", 1)])
def test_an_identity_that_begins_with_digits_is_that_chapter_s(
    here: Here, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    (here / "outline.md").write_text("## 1. A {#lamps}\n\nA.\n\n## 2. B {#7-lamps}\n\nB.\n", encoding="utf-8")
    monkeypatch.chdir(here.root)
    assert named(Snapshot(Book(Path())), name).number == number


def test_what_a_model_calls_itself_reaches_a_terminal_as_text_only(novel: Here) -> None:
    novel.edit(C1, "model: kimi-k2.6", 'model: "kimi\\e[31m"')
    (entry,) = entries(novel, "the-bottle")
    entry.write_bytes((novel / C1).read_bytes())
    assert novelist("history", "1").out.splitlines()[0].endswith("drafted by kimi, as it is now")


@pytest.mark.usefixtures("server")
def test_what_was_released_and_is_restored_is_yours_again(novel: Here) -> None:
    append(novel / C5, MINE)
    assert novel.doit().status == 0
    mine = (novel / C5).read_text()
    novelist("release", "5")
    assert "chapter:05   drafted again (you released it)" in novel.doit(NOVELIST_YES="1").out
    assert novelist("restore", "5").status == 0
    assert body((novel / C5).read_text()) == body(mine)
    novel.edit("outline.md", "Mara reads", "Mara burns")
    assert "chapter:05   kept: you edited it; its part of the outline changed" in novel.doit().out
    assert body((novel / C5).read_text()) == body(mine)
