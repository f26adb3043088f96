"""Where an import guesses, a person at a terminal sees what was taken for what before anything is written."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest
from importing import bring, write
from shelf import Shelf
from terminal import Terminal

from novelist.book.outline import Part
from novelist.imports.arranging import NoArrangement, arranged, listing
from novelist.imports.imported import Imported, ImportedChapter, MatterPage

NOVELIST = str(Path(sys.executable).with_name("novelist"))
FILES = {"ape.md": "A.", "bee.md": "B.", "cow.md": "C."}
QUESTION = "Enter takes this order; `3 1` puts chapter 3 first, then 1; `-3` leaves it out: "
BOOK = Imported(
    "Sea",
    (
        ImportedChapter("Ape", "A a.", part=None, source="ape.md"),
        ImportedChapter("Bee", "B.", part=0),
        ImportedChapter("Cow", "C.", part=0),
        ImportedChapter("Doe", "D.", part=1),
    ),
    parts=(Part("Part One"), Part("Part Two")),
    matter=(MatterPage("preface", "Preface", "How."),),
)


def test_the_list_has_numbers_parts_files_and_pages() -> None:
    assert list(listing(BOOK)) == [
        " 1  Ape, 2 words  (ape.md)",
        "    Part One",
        " 2  Bee, 1 word",
        " 3  Cow, 1 word",
        "    Part Two",
        " 4  Doe, 1 word",
        "    Preface, 1 word  (matter/preface.md)",
    ]


# An answer, and the chapters with the parts that they are in then.
ANSWERS = [
    ("3", "Cow Ape:0 Bee:0 Doe:1"),
    ("4 2", "Doe Bee:0 Ape:0 Cow:1"),
    ("4, 3, 2, 1", "Doe Cow:0 Bee:0 Ape:1"),
    ("-1", "Bee:0 Cow:0 Doe:1"),
    ("3 -2", "Cow Ape:0 Doe:1"),
    ("2 2", "Bee Ape:0 Cow:0 Doe:1"),
]


@pytest.mark.parametrize(("answer", "chapters"), ANSWERS)
def test_numbers_are_the_new_order_and_what_is_below_nothing_is_left_out(answer: str, chapters: str) -> None:
    book = arranged(BOOK, answer)
    assert " ".join(f"{each.title}{'' if each.part is None else f':{each.part}'}" for each in book.chapters) == chapters
    out = {each.title for each in BOOK.chapters} - {each.title for each in book.chapters}
    assert {(each.title, each.what) for each in book.asides} == {(title, "left out as you said") for title in out}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("5", "`5` is no number of the list."),
        ("0", "`0` is no number of the list."),
        ("2-3", "`2-3` is no number of the list."),
        ("cow", "`cow` is no number of the list."),
        ("-1 -2 -3 -4", "That leaves no chapter."),
    ],
)
def test_what_is_no_answer_is_said(answer: str, why: str) -> None:
    with pytest.raises(NoArrangement) as raised:
        arranged(BOOK, answer)
    assert str(raised.value) == why


def test_chapters_without_prose_do_not_make_a_book() -> None:
    book = dataclasses.replace(BOOK, chapters=(ImportedChapter("Ape"), ImportedChapter("Bee", "B.")))
    with pytest.raises(NoArrangement):
        arranged(book, "-2")


def test_a_terminal_shows_the_list_and_asks_before_anything_is_written(
    bare_environ: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path / "sea", FILES)
    with Terminal(Shelf(tmp_path, bare_environ), NOVELIST, "import", "sea", "book") as run:
        assert run.wait(lambda shown: shown and shown[-1].startswith("Enter")) == [
            " 1  Ape, 1 word  (ape.md)",
            " 2  Bee, 1 word  (bee.md)",
            " 3  Cow, 1 word  (cow.md)",
            "",
            "The order is that of the alphabet, since neither names nor headings have numbers.",
            "The title is the name of a folder, `sea`, since no file says one: `title:` in premise.md.",
            QUESTION.rstrip(),
        ]
        assert not (tmp_path / "book").exists()
        run.type("3 -1\n")
        run.wait(lambda shown: " 2  Bee, 1 word  (bee.md)" in shown[8:] and shown[-1].startswith("Enter"))
        run.type("\n")
        run.wait(lambda shown: shown[-1].startswith("Title"))
        run.type("The Wide Sea\n")
        assert run.end() == 0
    outline = (tmp_path / "book" / "outline.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in outline if line.startswith("## ")] == ["## 1. Cow {#cow}", "## 2. Bee {#bee}"]
    assert (tmp_path / "book" / "premise.md").read_text(encoding="utf-8").startswith("---\ntitle: The Wide Sea\n")


def test_with_yes_nothing_is_asked(bare_environ: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path / "sea", FILES)
    with Terminal(Shelf(tmp_path, bare_environ), NOVELIST, "import", "--yes", "sea", "book") as run:
        assert run.end() == 0
    assert (tmp_path / "book" / "premise.md").is_file()


def test_without_a_terminal_the_guess_is_printed(tmp_path: Path) -> None:
    brought = bring(write(tmp_path / "sea", FILES))
    assert brought.notes("The") == [
        "The order is that of the alphabet, since neither names nor headings have numbers.",
        "The title is the name of a folder, `sea`, since no file says one: `title:` in premise.md.",
    ]


def test_nothing_is_asked_where_nothing_is_guessed(bare_environ: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"sea.md": "# The Sea | ## 1. Salt | A. | ## 2. Sand | B."})
    with Terminal(Shelf(tmp_path, bare_environ), NOVELIST, "import", "sea.md", "book") as run:
        assert run.end() == 0
    assert (tmp_path / "book" / "premise.md").is_file()
