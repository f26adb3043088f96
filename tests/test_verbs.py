"""The verbs around doit: a new book, a book at a glance, doit under another name, from wherever one stands."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from finished import finish
from in_process import Here
from scripted import Scripted
from shelf import Ran, Shelf
from terminal import Terminal
from typed import type_book

NOVELIST = str(Path(sys.executable).with_name("novelist"))
NOTHING_FOUND = {"open": {"must": 0, "should": 0, "may": 0}, "findings": []}


@pytest.fixture
def desk(tmp_path: Path, bare_environ: dict[str, str]) -> Shelf:
    """A folder that is no book."""
    root = tmp_path / "desk"
    root.mkdir()
    return Shelf(root, bare_environ)


def novelist(book: Shelf, *arguments: str, **environ: str) -> Ran:
    """Run `novelist` in a folder."""
    return book.run(NOVELIST, *arguments, **environ)


def test_a_new_book_has_its_premise_and_says_what_to_run_next(desk: Shelf) -> None:
    ran = novelist(
        desk, "new", "salt-lamp", "--prompt", "A keeper finds a letter.", "--title", "The Salt Lamp", "--chapters", "24"
    )
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "The book's folder is salt-lamp/. Its idea and settings are in salt-lamp/premise.md.\n"
        "Put MOONSHOT_API_KEY=… (from platform.kimi.ai) into salt-lamp/.env; without a key it is only rehearsed.\n"
        "Look at what it would take, then have it written:\n"
        "  cd salt-lamp && novelist plan\n"
        "  doit\n"
    )
    assert sorted(path.name for path in (desk / "salt-lamp").iterdir()) == [".gitignore", "dodo.py", "premise.md"]
    assert (desk / "salt-lamp" / "premise.md").read_text() == (
        "---\ntitle: The Salt Lamp\nlanguage: en\nchapters: 24\nwords: 1500-2500\n---\n\nA keeper finds a letter.\n"
    )
    assert not (desk / "salt-lamp" / ".git").exists()


def test_a_new_book_is_put_under_git_where_that_is_wanted(desk: Shelf) -> None:
    assert novelist(desk, "new", "one", "--prompt", "An idea.", "--git").status == 0
    assert (desk / "one" / ".git").is_dir()


def test_without_git_a_new_book_is_there_all_the_same(desk: Shelf) -> None:
    ran = novelist(desk, "new", "one", "--prompt", "An idea.", "--git", PATH="")
    assert (ran.status, ran.out.splitlines()[-1]) == (1, "  novelist build")
    assert ran.err == "Error: the book is in one/, but git could not be set up there. Run `git init` in it yourself.\n"


def test_a_new_book_is_never_made_where_something_is(desk: Shelf) -> None:
    (desk / "full").mkdir()
    (desk / "full" / "notes.txt").write_text("mine")
    ran = novelist(desk, "new", "full", "--prompt", "An idea.")
    assert (ran.status, ran.err) == (
        1,
        "Error: full: there is something in it. Name a folder that is empty, or a new one.\n",
    )
    assert [path.name for path in (desk / "full").iterdir()] == ["notes.txt"]


def test_a_new_book_needs_an_idea_and_settings_that_can_be_used(desk: Shelf) -> None:
    ran = novelist(desk, "new", "one")
    assert (ran.status, ran.err) == (
        1,
        "Error: there is nothing to write about. Say with --prompt what it is about.\n",
    )
    ran = novelist(desk, "new", "one", "--prompt", "An idea.", "--chapters", "many")
    assert (ran.status, ran.err) == (
        1,
        "Error: `chapters: many` is neither a whole number nor a range such as `20-40`. Change it.\n",
    )
    ran = novelist(desk, "new", "one", "--prompt", "An idea.", "--language", "english")
    assert (ran.status, ran.err) == (
        1,
        "Error: `language: english` is no code of a language, such as `en` or `pt-BR`. Change it.\n",
    )
    assert not (desk / "one").exists()


def test_on_a_terminal_a_new_book_is_asked_for(desk: Shelf) -> None:
    controller, terminal = pty.openpty()
    with subprocess.Popen(
        [NOVELIST, "new", "salt-lamp"],
        cwd=desk.root,
        env=desk.environ,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    ) as process:
        os.close(terminal)
        os.write(controller, b"The Salt Lamp\nInes Halden\nA keeper finds a letter.\nfive\n24\n\n\nn\n")
        said = b""
        while select.select([controller], [], [], 60)[0]:
            try:
                said += os.read(controller, 4096)
            except OSError:
                break
    os.close(controller)
    assert process.returncode == 0, said
    assert b"What is the book about" in said
    assert b"Error: `five` is neither a whole number nor a range such as `20-40`." in said
    assert (desk / "salt-lamp" / "premise.md").read_text() == (
        "---\ntitle: The Salt Lamp\nauthor: Ines Halden\nlanguage: en\nchapters: 24\nwords: 1500-2500\n---\n\n"
        "A keeper finds a letter.\n"
    )


def test_a_status_says_of_each_chapter_what_it_is_and_why(here: Here, server: Scripted) -> None:
    finish(here, server)
    here.edit("outline.md", "Mara lights the lamp.", "Eskil lights the lamp.")
    for number in (2, 3):
        path = here.chapter(number)
        path.write_text(path.read_text() + "\nOne more line.\n")
    here.chapter(4).write_text("Mine.\n")
    here.chapter(5).unlink()
    ran = novelist(here, "status")
    assert (ran.status, ran.err) == (0, "")
    assert re.sub("[0-9,]+ tokens in, [0-9,]+ out", "…", ran.out) == (
        "The Salt Lamp, by Ines Halden\n"
        "\n"
        "   1  The Bottle           50 words  fresh\n"
        "   2  The Second Tide      53 words  edited  its summary is to be written again\n"
        "   3  The Lamp             53 words  kept    you edited it; its part of the outline changed; "
        "what the bible says of it changed; its summary is to be written again\n"
        "   4  The Ferry              1 word  yours   its summary is to be written again\n"
        "   5  The Letter                     missing\n"
        "\n"
        "████████████████░░░░  78%: 157 of 200-300 words, 4 of 5 chapters\n"
        "1 fresh, 1 edited, 1 kept, 1 yours, 1 missing\n"
        "Spent so far: at unknown prices, 12 calls, ….\n"
    )


def test_states_have_colours_on_a_terminal_that_may_have_them(here: Here) -> None:
    type_book(here)
    with Terminal(here, NOVELIST, "status") as run:
        assert run.end() == 0
    assert b"\x1b[36myours\x1b[0m" in run.raw
    with Terminal(here, NOVELIST, "status", NO_COLOR="1") as run:
        assert run.end() == 0
    assert b"\x1b" not in run.raw


def test_a_status_for_programs_has_a_form_that_stays(here: Here) -> None:
    type_book(here)
    told = json.loads(novelist(here, "status", "--json").out)
    assert told == {
        "version": 1,
        "title": "The Salt Lamp",
        "author": "Ines Halden",
        "language": "en",
        "words": 29,
        "asked": [3000, 5000],
        "chapters": [
            {
                "number": number,
                "printed": number,
                "id": identity,
                "title": title,
                "part": "Part One: The Shore",
                "path": f"chapters/0{number}-{identity}.md",
                "words": words,
                "asked": [1500, 2500],
                "state": "yours",
                "reason": "you wrote it",
                "summary": {"state": "yours", "reason": "you wrote it"},
                "review": {"state": "missing", "reason": "no model has read the chapter", **NOTHING_FOUND},
            }
            for number, identity, title, words in ((1, "bottle", "The Bottle", 22), (2, "lamp", "The Lamp", 7))
        ],
        "read": {
            "state": "missing",
            "reason": "no model has read the book",
            **NOTHING_FOUND,
            "at": "",
            "model": "",
            "proposals": 0,
        },
        "matter": [],
        "unsure": [],
        "spent": {"calls": 0, "in": 0, "cached": 0, "out": 0, "dollars": 0.0, "unpriced": 0, "models": []},
    }


def test_a_plan_for_programs_has_a_form_that_stays(here: Here) -> None:
    type_book(here)
    assert json.loads(novelist(here, "plan", "--json").out) == {"version": 1, "steps": [], "kept": []}
    here.chapter(2).unlink()
    (step,) = json.loads(novelist(here, "plan", "--json").out)["steps"]
    assert sorted(step) == ["adapts", "asks", "dollars", "in", "model", "out", "seconds", "sure", "task", "why"]
    assert (step["task"], step["why"], step["sure"]) == ("chapter:02", "it is missing", True)


def test_a_book_whose_bible_is_still_to_be_drafted_can_be_looked_at(here: Here) -> None:
    type_book(here)
    (here / "bible.md").unlink()
    here.chapter(2).unlink()
    here.summary(2).unlink()
    steps = json.loads(novelist(here, "plan", "--json").out)["steps"]
    assert [step["task"] for step in steps] == ["bible", "chapter:02", "summary:02"]
    states = [chapter["state"] for chapter in json.loads(novelist(here, "status", "--json").out)["chapters"]]
    assert states == ["yours", "missing"]


def test_a_book_without_an_outline_has_no_status_yet(book: Shelf) -> None:
    ran = novelist(book, "status")
    assert (ran.status, ran.err) == (
        1,
        "Error: outline.md: there is no outline yet. Run `doit outline` to have it drafted.\n",
    )


def test_build_is_doit_with_all_its_verbs(here: Here) -> None:
    type_book(here)
    ran = novelist(here, "build")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "book         assembled: 2 chapters, 29 words\nThe book is book.md.\n"
    assert novelist(here, "build", "list", "--all", "--quiet").out == here.doit("list", "--all", "--quiet").out
    assert novelist(here, "build", "-a", "no-such-task").status == 3
    assert "novelist build run [TASK/TARGET...]" in novelist(here, "build", "help", "run").out
    assert novelist(here, "build", "--help").out.startswith("Usage: novelist build [OPTIONS] [ARGUMENTS]...\n")


@pytest.mark.parametrize("how", ["below", "-C", "$NOVELIST_BOOK", "python -m"])
def test_the_book_is_found_from_wherever_one_stands(here: Here, desk: Shelf, how: str) -> None:
    type_book(here)
    want = novelist(here, "status").out
    below = Shelf(here / "chapters", here.environ)
    ran = {
        "below": lambda: novelist(below, "status"),
        "-C": lambda: novelist(desk, "-C", str(here.root), "status"),
        "$NOVELIST_BOOK": lambda: novelist(desk, "status", NOVELIST_BOOK=str(here.root)),
        "python -m": lambda: here.run(sys.executable, "-m", "novelist", "status"),
    }[how]()
    assert (ran.status, ran.out, ran.err) == (0, want, "")


def test_a_build_from_below_the_book_builds_it(here: Here) -> None:
    type_book(here)
    assert novelist(Shelf(here / "summaries", here.environ), "build").status == 0
    assert (here / "book.md").is_file()


def test_where_there_is_no_book_that_is_said(desk: Shelf) -> None:
    for verb in ("status", "plan", "build"):
        ran = novelist(desk, verb)
        assert ran.status == 1
        assert ran.err == (
            "Error: there is no premise.md here. "
            "Go to the folder of a book, or write the idea of one into premise.md.\n"
        )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_complete_the_verbs(desk: Shelf, shell: str) -> None:
    ran = novelist(desk, "completion", shell)
    assert (ran.status, ran.err) == (0, "")
    assert "_NOVELIST_COMPLETE" in ran.out


def test_a_clone_is_built_before_its_book_is_there(desk: Shelf) -> None:
    house = Path(__file__).parent.parent
    for name in ("project_template", "novelist"):
        shutil.copytree(house / name, desk / name, ignore=shutil.ignore_patterns("__pycache__"))
    ran = novelist(desk, "build", "list", "--quiet")
    assert (ran.status, ran.err) == (0, "")
    assert "premise" in ran.out.split()
    assert not (desk / "book").exists()


def test_a_path_names_the_file_that_it_leads_to(here: Here, desk: Shelf) -> None:
    type_book(here)
    below = Shelf(here / "summaries", here.environ)
    assert novelist(below, "why", "01-bottle.md").out.startswith("summary:01 is ")
    assert novelist(below, "why", "../chapters/01-bottle.md").out.startswith("chapter:01 is ")
    assert novelist(here, "why", "bible.md").out.startswith("bible is ")
    (desk / "chapters").mkdir()
    stranger = desk / "chapters" / "01-bottle.md"
    stranger.write_text("Another book's.")
    ran = novelist(here, "release", str(stranger))
    assert (ran.status, ran.out) == (1, "")
    assert "is no file of the book in" in ran.err


def test_a_bible_can_be_decided_on_before_there_is_an_outline(here: Here) -> None:
    type_book(here)
    (here / "outline.md").unlink()
    for verb in ("why", "accept"):
        ran = novelist(here, verb, "bible")
        assert (ran.status, ran.err) == (0, "")


def test_what_is_said_on_the_command_line_counts_more_than_the_environment(here: Here, desk: Shelf) -> None:
    type_book(here)
    assert novelist(desk, "-C", str(here.root), "status", NOVELIST_BOOK=str(desk.root)).status == 0


def test_a_place_for_the_copy_is_looked_at_before_anything_is_drafted(desk: Shelf, server: Scripted) -> None:
    (desk / "file").write_text("")
    ran = novelist(
        desk, "write", "--prompt", "An idea.", "--title", "One", "--out", "file/book.md", KIMI_BASE_URL=server.base_url
    )
    assert ran.status == 1
    assert ran.err.startswith("Error: file/book.md: its folder cannot be made (")
    assert server.requests == []


def test_a_new_book_says_a_command_that_a_shell_understands(desk: Shelf) -> None:
    assert "  cd 'a b' && novelist plan\n" in novelist(desk, "new", "a b", "--prompt", "An idea.").out


def test_an_output_that_cannot_be_written_is_one_line(here: Here) -> None:
    type_book(here)
    assert novelist(here, "status", PYTHONIOENCODING="latin-1").status == 0
    ran = here.run("bash", "-c", f"{NOVELIST} status >/dev/full")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    ran = here.run("bash", "-c", f"{NOVELIST} new one <&-")
    assert ran.err == "Error: there is nothing to write about. Say with --prompt what it is about.\n"
