"""A name is changed in the whole book by one command: every text has it, and nothing is drafted for it."""

from __future__ import annotations

import json
import sys
from dataclasses import replace as replace_in
from pathlib import Path

import pytest
from finished import C2, C3, C4, PLANNED, S3, history
from in_process import Here, everything
from rippling import YES, answer, change_the_story, edit, write_story
from scripted import Reply, Request, Scripted
from terminal import Terminal

from novelist.book.lock import lock
from novelist.book.paths import Book
from novelist.targets.snapshot import Snapshot

IDLE = "Everything is up to date.\n"
GOLDEN = Path(__file__).parent / "golden"
BACK = '`novelist rename "Anders" "Eskil"` changes it back'
RENAMED = f"Renamed. Ids, file names and history keep the old name; {BACK}.\n"


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A book of five chapters, whose chapters and summaries tell of Mara and Eskil."""
    server.on("outline", json.dumps(PLANNED))
    book = server.script

    def named(request: Request) -> Reply:
        reply = book(request)
        return replace_in(reply, text=f"Eskil saw Mara's lamp. {reply.text}") if ":" in request.task else reply

    server.script = named
    assert here.doit().status == 0
    server.clear()
    return here


def rename(book: Here, old: str = "Eskil", new: str = "Anders", *options: str) -> str:
    """Rename, and return what was said."""
    ran = book.novelist("rename", old, new, *(options or ("--yes",)))
    assert (ran.status, ran.err) == (0, ""), ran.err
    return ran.out


def verdicts(book: Here) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return what each file of a book is, and which parts of its brief have changed."""
    snapshot = Snapshot(Book(book.root))
    with snapshot.foreseen():
        judged = {target.name: target.verdict() for target in snapshot.drafts()}
    return {name: (verdict.state, verdict.changed) for name, verdict in judged.items()}


def owners(book: Here) -> dict[str, bool]:
    """Return of each page whether a hand has edited it."""
    snapshot = Snapshot(Book(book.root))
    return {str(target.path.name): target.edited for target in [*snapshot.chapters, snapshot.bible_target]}


def check(book: Here, old: str, new: str) -> None:
    """Rename and rename back: each file is what it was before, and then all texts are, to the byte."""
    texts, before, edited = book.texts(), verdicts(book), owners(book)
    rename(book, old, new)
    assert old not in "".join(path.read_text() for path in (book / "chapters").iterdir())
    assert (verdicts(book), owners(book)) == (before, edited)
    rename(book, new, old)
    assert (verdicts(book), book.texts()) == (before, texts)


def test_a_name_is_changed_in_every_text_and_nothing_is_asked_of_a_model(novel: Here, server: Scripted) -> None:
    names = [*novel.texts()]
    assert rename(novel).endswith(f"\n12 files, 13 places.\n{RENAMED}")
    assert (novel.doit().out, server.requests) == (IDLE, [])
    assert "Eskil" not in "".join(novel.texts().values())
    assert [*novel.texts()] == names
    assert any("Eskil saw Mara's lamp" in text for text in history(novel, "the-lamp"))
    assert novel.novelist("restore", "3").status == 0
    assert "Eskil saw" in (novel / C3).read_text()


def test_what_changes_is_shown_by_file_with_a_few_words_around_it(novel: Here) -> None:
    before = everything(novel)
    shown = rename(novel, "Eskil", "Anders", "--dry-run")
    assert "\noutline.md\n    19  Mara walks to the Glassworks with [-Eskil.-]{+Anders.+}\n" in shown
    lines = (novel / C3).read_text().split("\n")
    number = next(at for at, line in enumerate(lines, 1) if line.startswith("Eskil"))
    near = " ".join(lines[number - 1].split()[1:6])
    assert f"\n{C3}\n    {number}  [-Eskil-]{{+Anders+}} {near} …\n" in shown
    assert shown.endswith("\n12 files, 13 places.\nNothing is changed. The same command without --dry-run renames.\n")
    assert everything(novel) == before


def test_where_nobody_can_be_asked_nothing_is_changed(novel: Here) -> None:
    before = everything(novel)
    ran = novel.novelist("rename", "Eskil", "Anders")
    error = "Error: nothing is changed: nobody was asked. The same command with --yes renames.\n"
    assert (ran.status, ran.err) == (1, error)
    assert everything(novel) == before


@pytest.mark.parametrize(("typed", "said"), [("none", "Nothing is changed."), ("all", RENAMED[:62])])
def test_on_a_terminal_it_is_asked_for(small: Here, typed: str, said: str) -> None:
    before = small.texts()
    with Terminal(small, str(Path(sys.executable).with_name("novelist")), "rename", "Eskil", "Anders") as terminal:
        terminal.wait(lambda lines: lines and lines[-1] == "Take [a]ll of it, or [n]one:")
        terminal.type(f"{typed}\n")
        assert terminal.end() == 0
        assert any(line.startswith(said) for line in terminal.shown)
    assert (small.texts() == before) == (typed == "none")


def test_each_file_of_a_finished_book_is_as_before_when_the_name_is_changed_back(novel: Here) -> None:
    check(novel, "Eskil", "Anders")


def test_edited_typed_and_stale_files_stay_so(novel: Here, server: Scripted) -> None:
    novel.edit(C2, "Mara's", "Eskil's and Mara's")  # an edit by hand
    (novel / C4).write_text("Eskil, by hand.\n")
    novel.edit("outline.md", "Mara reads", "Eskil and Mara read")
    novel.edit(S3, "Eskil saw", "Eskil has seen")
    novel.edit("bible.md", "## Eskil", "## Eskil\n\nHe rows.")
    assert {state for state, _ in verdicts(novel).values()} >= {"kept", "fresh", "stale", "yours"}
    check(novel, "Eskil", "Anders")
    assert server.requests == []


def test_files_that_do_not_follow_the_outline_yet_follow_it_then(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "## 3. The Lamp {#the-lamp}", "## 3. Eskil's Lamp")
    novel.edit("outline.md", "## 4. The Ferry", "## 5. The Ferry")
    rename(novel)
    assert "## 3. Anders's Lamp {#eskil-s-lamp}\n" in (novel / "outline.md").read_text()
    ran = novel.doit()
    assert (ran.status, server.requests) == (0, []), ran.out
    assert "title: Anders's Lamp\n" in (novel / "chapters/03-eskil-s-lamp.md").read_text()
    assert novel.doit().out == IDLE


def test_a_book_that_is_only_begun_is_renamed_in(here: Here, server: Scripted) -> None:
    assert "1 file, 1 place.\n" in rename(here, "Mara", "Nora")
    assert (
        (here / "premise.md")
        .read_text()
        .endswith("---\nNora keeps a lighthouse and finds a letter from her brother.\n")
    )
    assert here.doit("outline").status == 0
    server.clear()
    rename(here)
    assert (here.doit("outline").out, server.requests) == (IDLE, [])


def test_paragraphs_stay_whose_they_are_where_chapters_are_adapted(here: Here, server: Scripted) -> None:
    write_story(here, server)
    name = f"chapters/{here.chapter(3).name}"
    here.edit(name, "Paragraph 5 of 3.", "Mine, and Eskil's.")
    assert here.doit().status == 0
    change_the_story(here, server, " Eskil has a red lamp.")
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", answer(edit(4, "Eskil's was red.")))
    assert here.doit(**YES).status == 0
    assert "Eskil's was red." in here.chapter(3).read_text()
    server.clear()
    check(here, "Eskil", "Anders")
    rename(here)
    assert (here.doit(**YES).out, server.requests) == (IDLE, [])
    assert "Mine, and Anders's." in here.chapter(3).read_text()


def test_a_book_with_arcs_and_records_of_older_rules(here: Here, server: Scripted) -> None:
    for name, text in json.loads((GOLDEN / "arcs-17f8e3e.json").read_bytes())["files"].items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(text.encode())
    here.doit()
    assert here.doit().out == IDLE
    texts = here.texts()
    rename(here, "Mara", "Nora")
    assert (here.doit().out, server.requests) == (IDLE, [])
    rename(here, "Nora", "Mara")
    assert here.texts() == texts


BOTTLE = "## 1. Eskil's boat\n\nEskil rows.\n\n## 2. The Tide\n\nEskil and Mara Voss wait at Rose Hill.\n"


@pytest.fixture
def small(here: Here) -> Here:
    """A book that a person typed all of: two chapters, and nothing that has a record."""
    one = "Eskil’s boat lay at Rose Hill. ESKIL! Rose, said Mara\nVoss, rows with eskil.\n"
    bible = "## Eskil\n\nAlso: the ferryman\n\n## Mara Voss\n\n## Rose Hill\n"
    return typed(here, "en", bible, BOTTLE, [one, "Mara sang. It was Eskil's boat.\n"])


def typed(book: Here, language: str, bible: str, outline: str, chapters: list[str]) -> Here:
    """Write a book of two chapters by hand."""
    book.edit("premise.md", "language: en\nchapters: 5", f"language: {language}\nchapters: 2")
    (book / "bible.md").write_text(bible, encoding="utf-8")
    (book / "outline.md").write_text(outline, encoding="utf-8")
    (book / "chapters").mkdir()
    for chapter, text in zip(Snapshot(Book(book.root)).chapters, chapters, strict=True):
        (book / "chapters" / chapter.file_name).write_text(text, encoding="utf-8")
    return book


def test_a_title_that_changes_keeps_its_id_and_its_files(small: Here) -> None:
    assert small.doit().status == 0
    before = small.texts()
    rename(small)
    after = small.texts()
    assert after["outline.md"].startswith("## 1. Anders's boat {#eskil-s-boat}\n\nAnders rows.\n\n## 2. The Tide\n")
    assert [*after] == [*before]
    assert after["chapters/01-eskil-s-boat.md"].startswith("Anders’s boat lay at Rose Hill. ANDERS! Rose, said Mara\n")
    assert "rows with eskil" in after["chapters/01-eskil-s-boat.md"]
    assert small.doit().out == IDLE
    rename(small, "Anders", "Eskil")
    assert small.texts() == before


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("1. Eskil's Boat — Eskil rows.", "1. Anders's Boat {#eskil-s-boat} — Anders rows."),
        (
            "1. **Eskil's Boat** {words=60} — Eskil rows.",
            "1. **Anders's Boat** {#eskil-s-boat words=60} — Anders rows.",
        ),
        ("1. Boats {#boats} — Eskil rows.", "1. Boats {#boats} — Anders rows."),
    ],
)
def test_an_outline_that_is_a_list_has_ids_behind_its_titles(here: Here, line: str, now: str) -> None:
    text = "{}\n2. The Tide — Mara waits.\n"
    typed(here, "en", "## Eskil\n", text.format(line), ["Eskil.\n", "Mara.\n"])
    rename(here)
    assert (here / "outline.md").read_text() == text.format(now)


def test_other_names_stay_and_what_a_person_should_know_is_said(small: Here) -> None:
    small.edit("premise.md", "title: The Salt Lamp", "title: Mara Voss")
    (small / "matter").mkdir()
    (small / "matter" / "dedication.md").write_text("To Mara Voss.\n")
    ran = small.novelist("rename", "Mara Voss", "Nora Lind", "--dry-run")
    assert "\n     1  … at Rose Hill. ANDERS! " not in ran.out
    assert ran.out.split("\n\n")[-1] == (
        "3 files, 3 places.\n"
        "Front matter that is yours stays: premise.md:2.\n"
        "Not renamed in: matter/dedication.md. Look at that yourself.\n"
        "`Mara` alone stands in 2 places: premise.md (1), chapters/02-the-tide.md (1). "
        '`novelist rename "Mara" "Nora"` renames that, too.\n'
        "Nothing is changed. The same command without --dry-run renames.\n"
    )
    ran = small.novelist("rename", "Rose", "Lily", "--yes")
    assert "`Rose Hill` is another name, and stays in 3 places." not in ran.out
    assert "Lily, said" in (small / "chapters/01-eskil-s-boat.md").read_text()


@pytest.mark.parametrize(
    ("names", "error"),
    [
        (("Eskil", "Eskil"), "both names are `Eskil`. Give the new one behind it."),
        (("Eskil", ""), "`` is no name. Give one or more words on one line, without Markdown."),
        (("Eskil", "An\nders"), "`An ders` is no name. Give one or more words on one line, without Markdown."),
        (("Eskil", "*Anders*"), "`*Anders*` is no name. Give one or more words on one line, without Markdown."),
        (("Eskil", "An\x1b[1m"), "`An[1m` is no name. Give one or more words on one line, without Markdown."),
        (
            ("Eskil", "Voss"),
            "`Voss` is somebody already: `Mara Voss` in bible.md. Rename that one first, or choose another name.",
        ),
        (
            ("Yorick", "Anders"),
            "`Yorick` is in no text of the book. Write it as it stands there; capitals are found too.",
        ),
    ],
)
def test_what_may_not_be_is_refused_before_anything_is_changed(small: Here, names: tuple[str, str], error: str) -> None:
    before = small.texts()
    ran = small.novelist("rename", *names, "--yes")
    assert (ran.status, ran.out, ran.err) == (1, "", f"Error: {error}\n")
    assert small.texts() == before


def test_a_file_that_is_to_stay_is_told_before_anything_is_changed(small: Here, tmp_path: Path) -> None:
    before = small.texts()
    path = small / "chapters/02-the-tide.md"
    path.chmod(0o444)
    ran = small.novelist("rename", "Eskil", "Anders", "--yes")
    remedy = "Make it writable, or rename in the other files by hand."
    error = f"Error: chapters/02-the-tide.md: it is read-only, so its text is to stay. {remedy}\n"
    assert (ran.status, ran.err) == (1, error)
    path.unlink()
    (tmp_path / "elsewhere.md").write_text("Eskil.\n")
    path.symlink_to(tmp_path / "elsewhere.md")
    ran = small.novelist("rename", "Eskil", "Anders", "--yes")
    assert (ran.status, "leads out" in ran.err or "outside" in ran.err) == (1, True), ran.err
    assert {**small.texts(), "chapters/02-the-tide.md": before["chapters/02-the-tide.md"]} == before


def test_a_german_genitive_is_one_with_the_new_name(here: Here) -> None:
    one, two = "Eskils Boot lag da. Das war Eskil.\n", "„Eskil!“, so ging’s, und Eskils Hut.\n"
    outline = "## 1. Eskils Boot\n\nEskil, so geht’s.\n\n## 2. Der Hut\n\nEskils Hut.\n"
    typed(here, "de", "## Eskil\n", outline, [one, two])
    before = here.texts()
    rename(here)
    assert here.chapter(1).read_text() == "Anders' Boot lag da. Das war Anders.\n"
    assert here.chapter(2).read_text() == "„Anders!“, so ging’s, und Anders’ Hut.\n"
    rename(here, "Anders", "Eskil")
    assert here.texts() == before


def test_a_russian_name_is_declined_and_what_is_unsure_is_marked(here: Here) -> None:
    one, two = "Мара пела о Маре. У Мары лодка.\nЭскил верил Маре.\n", "Он ждал Мару с Марой.\n"
    outline = "## 1. Лодка {#boat}\n\nМара.\n\n## 2. Ищут Мару\n\nИщут Мару.\n"
    typed(here, "ru", "## Мара\n\n## Эскил\n", outline, [one, two])
    before = here.texts()
    shown = rename(here, "Мара", "Нильс")
    assert here.chapter(1).read_text() == "Нильс пела о Нильсе. У Нильса лодка.\nЭскил верил Нильсу.\n"
    assert here.chapter(2).read_text() == "Он ждал Нильса с Нильсом.\n"
    assert "\n?    2  Эскил верил [-Маре.-]{+Нильсу.+}\n" in shown
    assert "\n4 files, 10 places. 1 line to look at (`?`): another form may be meant.\n" in shown
    rename(here, "Нильс", "Мара")  # whose forms are more: each text is again as it was
    assert here.texts() == before


def test_the_title_of_the_book_is_its_premises(small: Here) -> None:
    small.edit("premise.md", "title: The Salt Lamp", "title: Eskil's Sea")
    small.edit("outline.md", "## 1.", "# Eskil's Sea\n\n## 1.")
    assert small.doit().status == 0
    rename(small)
    assert (small / "outline.md").read_text().startswith("# Eskil's Sea\n\n## 1. Anders's boat {")
    assert small.doit().out == IDLE


# The command, killed right before the n-th file is put in its place, texts that go into history apart.
KILLED = """\
import os, signal, sys
count = 0
def hook(event, details):
    global count
    if event == "os.rename" and not str(details[1]).endswith("Z.md"):
        count += 1
        if count == int(sys.argv[1]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from novelist.cli.main import main
main(sys.argv[2:])
"""
POINTS = range(1, 20)  # more than there are


def killed(book: Here, number: int) -> bool:
    """Rename in a process that is killed at one point, and return whether there was such a point."""
    return book.run(sys.executable, "-c", KILLED, str(number), "rename", "Eskil", "Anders", "--yes").status != 0


def test_a_rename_that_is_killed_anywhere_is_finished_by_the_next_command(small: Here) -> None:
    assert small.doit().status == 0
    before = small.texts()
    rename(small)
    whole = small.texts()
    rename(small, "Anders", "Eskil")
    finished = 0
    for number in POINTS:
        if not killed(small, number):
            break
        begun = (small / ".novelist" / "rename.json").is_file()
        ran = small.novelist("status") if number % 2 else small.doit()
        assert ran.status == 0, ran.err
        assert small.texts() == (whole if begun else before)
        line = "The rename of `Eskil` to `Anders` that was interrupted is finished: 5 files.\n"
        assert ran.err == (line if begun else "")
        assert small.doit().out == IDLE
        if begun:
            finished += 1
            rename(small, "Anders", "Eskil")
        assert small.texts() == before
    assert finished == 5 + 1  # before each file, and before it is known that all are there


def test_a_file_that_was_saved_meanwhile_is_left_alone_and_renamed_in_by_the_same_command(small: Here) -> None:
    assert small.doit().status == 0
    assert next(number for number in POINTS if killed(small, number) and (small / ".novelist/rename.json").is_file())
    (small / "chapters/02-the-tide.md").write_text("Saved: Eskil.\n")
    ran = small.novelist("status")
    again = '`novelist rename "Eskil" "Anders"` renames what is in it, too.'
    assert f"Left as you saved it meanwhile: chapters/02-the-tide.md. {again}\n" in ran.err
    assert (small / "chapters/02-the-tide.md").read_text() == "Saved: Eskil.\n"
    assert "1 file, 1 place.\n" in rename(small)
    assert (small / "chapters/02-the-tide.md").read_text() == "Saved: Anders.\n"


def test_another_build_writes_the_book(small: Here) -> None:
    with lock(Book(small.root)):
        ran = small.novelist("rename", "Eskil", "Anders", "--yes")
    assert (ran.status, "another build" in ran.err) == (1, True)


def test_what_notes_asked_before_is_not_asked_again(here: Here, server: Scripted) -> None:
    write_story(here, server)
    (here / "notes").mkdir()
    (here / "notes" / "03-the-lamp.md").write_text("- Eskil is angry.\n- The lamp is lit.\n")
    server.on("revise:3", answer(edit(4, "Eskil shouted.")))
    assert here.doit().status == 0
    found = {
        "severity": "must",
        "kind": "other",
        "p": 4,
        "quote": "Eskil shouted",
        "against": "",
        "what": "Loud.",
        "fix": "",
    }
    server.on("review:3", json.dumps({"findings": [found]}))
    assert here.doit("review:03").status == 0
    server.on("revise:3", answer(edit(5, "Eskil sang.")))
    assert here.novelist("revise", "3", "--yes").status == 0
    assert here.doit("review:03").status == 0
    assert here.doit().status == 0
    server.on("read", json.dumps({"findings": [{**found, "chapters": [3], "section": 0, "text": ""}]}))
    assert here.doit("read").status == 0
    server.clear()
    rename(here)
    assert "> “Anders shouted”" in (here / "reviews" / "03-the-lamp.md").read_text()
    assert "> “Anders shouted”" in (here / "reviews" / "book.md").read_text()
    assert (here.doit("review:03", "read").out, here.novelist("revise", "3").status) == (IDLE, 1)
    assert (here / "notes" / "03-the-lamp.md").read_text() == "- Anders is angry.\n- The lamp is lit.\n"
    assert (here.doit().out, server.requests) == (IDLE, [])


def test_a_note_that_nobody_was_asked_stays_so(here: Here, server: Scripted) -> None:
    write_story(here, server)
    path = here / "notes" / "03-the-lamp.md"
    path.parent.mkdir()
    path.write_text("- Eskil smiles.\n- Anders smiles.\n")
    assert here.doit().status == 0
    path.write_text("- Eskil smiles.\n- Anders smiles.\n- It rains.\n")
    server.clear()
    rename(here)
    here.doit("revise:03")
    assert server.tasks == ["revise:3"]
    assert "as its author asks:\n\nIt rains.\n" in server.requests[0].prompt


def test_a_text_that_is_restored_says_whom_it_calls_by_an_old_name(novel: Here) -> None:
    rename(novel)
    ran = novel.novelist("restore", "2")
    assert ran.out.endswith(". It has Eskil, whom you have renamed since: `novelist rename Eskil Anders`.\n")
    assert novel.novelist("restore", "2").status == 0
    rename(novel, "Anders", "Eskil")
    assert "renamed since" in novel.novelist("restore", "2").out
    assert "renamed since" not in novel.novelist("restore", "2").out
