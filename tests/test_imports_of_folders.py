"""A folder of chapters is read in the order in which it is meant, by an index or by names and headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from importing import bring, bring_folder, refused, write

BY_ALPHABET = "The order is that of the alphabet, since neither names nor headings have numbers."
BY_HEADING = "The order is that of the numbers in the headings; the names of the files say another."
WORDS = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]
EINS = ["Eins", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun", "Zehn", "Elf", "Zwölf"]
# Names of files in the order in which they are to be read.
NAMES = {
    "prologue and epilogue": ["prologue", "chapter-1", "chapter-2", "chapter-10", "epilogue"],
    "the same in German": ["Prolog", "Kapitel 1", "Kapitel 2", "Kapitel 10", "Epilog"],
    "the same in Chinese": ["序章", "第一章", "第二章", "第十章", "尾声"],
    "numbers in words": [f"Chapter {word}" for word in WORDS],
    "numbers in German words": [f"Kapitel {word}" for word in EINS],
    "numbers in words alone": [word.lower() for word in WORDS],
    "Roman numbers": ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"],
    "Roman numbers behind a word": [f"Chapter {roman}" for roman in ["I", "II", "III", "IV", "V", "IX", "X", "XI"]],
    "Chinese numbers": [f"第{han}章" for han in ["一", "二", "三", "四", "五", "十", "十一", "二十"]],
    "Korean numbers": ["제1장", "제2장", "제10장"],
    "Russian ordinals": ["Глава первая", "Глава вторая", "Глава третья", "Глава десятая"],
    "short words": ["ch1", "ch2", "ch10", "ch11"],
    "a title before the number": ["The Salt Lamp 1", "The Salt Lamp 2", "The Salt Lamp 10"],
    "a title and a dash before the number": ["Lamp - 1", "Lamp - 2", "Lamp - 10"],
    "numbers first, whatever behind them": ["1 zoo", "02-ape", "3_bee", "10. ant", "11"],
    "a number before prologue and epilogue": ["00-prologue", "01-b", "02-a", "99-epilogue"],
    "numbers with letters": ["1a", "1b", "2", "10a"],
    "numbers of parts and chapters": ["part1-chapter2", "part1-chapter10", "part2-chapter1"],
}


@pytest.mark.parametrize("name", NAMES)
def test_names_say_the_order(tmp_path: Path, name: str) -> None:
    files = {f"{file}.md": f"Text {place}.\n" for place, file in enumerate(NAMES[name])}
    brought = bring_folder(tmp_path, dict(sorted(files.items())))
    assert brought.chapters == list(files.values())
    assert not brought.notes("The order")
    assert not brought.notes("Where")


def test_an_interlude_without_a_number_is_put_among_the_chapters_and_that_is_said(tmp_path: Path) -> None:
    files = ["prologue", "chapter-1", "chapter-2", "interlude", "chapter-3", "epilogue"]
    brought = bring_folder(tmp_path, {f"{name}.md": f"# {name.title()} | {name}.\n" for name in files})
    assert brought.chapters == [f"{name}.\n" for name in files]
    assert brought.notes("Where") == [
        "Where `interlude` belongs is a guess: its name and its heading have no number.",
    ]


# Files with their texts, the order of these, and what is said of it.
HEADINGS = {
    "headings against names": (
        {"01": "# 3. Last | C.", "02": "# 1. First | A.", "03": "# 2. Second | B."},
        "A. B. C.",
        BY_HEADING,
    ),
    "headings and names without numbers": (
        {"ape": "# 3. Last | C.", "bee": "# 1. First | A.", "cow": "# Chapter Two | B."},
        "A. B. C.",
        None,
    ),
    "front matter and names without numbers": (
        {"ape": "---\nnumber: 2\ntitle: X\n---\n | B.", "bee": "---\nnumber: 1\ntitle: Y\n---\n | A."},
        "A. B.",
        None,
    ),
    "numbers that begin anew": ({"1": "# 1 | A.", "2": "# 2 | B.", "3": "# 1 | C."}, "A. B. C.", None),
    "nothing at all": ({"cow": "C.", "ape": "A.", "bee": "B."}, "A. B. C.", BY_ALPHABET),
    "one that has no number": (
        {"chapter-1": "A.", "chapter-2": "B.", "the-storm": "C."},
        "A. B. C.",
        "Where `the-storm` belongs is a guess: its name and its heading have no number.",
    ),
}


@pytest.mark.parametrize("name", HEADINGS)
def test_headings_say_the_order_where_names_do_not(tmp_path: Path, name: str) -> None:
    files, order, said = HEADINGS[name]
    brought = bring_folder(tmp_path, {f"{file}.md": text for file, text in files.items()})
    assert [text.strip() for text in brought.chapters] == order.split()
    assert [*brought.notes("The order"), *brought.notes("Where")] == ([said] if said else [])


# What decides the order, the outline that comes of it, and title and author.
MDBOOK = (
    "# Summary\n\n[Before](z.md)\n\n# The Shore\n\n- [The Bottle](y.md)\n- [Later]()\n\n# The Deep\n\n- [Three](x.md)\n"
)
INDEXES: dict[str, tuple[dict[str, str], list[str], list[str]]] = {
    "mdBook": (
        {
            "book.toml": '[book]\ntitle = "The Salt Lamp"\nauthors = ["Vera Stone"]\nlanguage = "en"\n',
            "src/SUMMARY.md": MDBOOK,
            "src/x.md": "# The Third | C.",
            "src/y.md": "B.",
            "src/z.md": "# Before | A.",
        },
        ["1. Before", "# The Shore", "2. The Bottle", "3. Later", "# The Deep", "4. The Third"],
        ["title        The Salt Lamp", "author       Vera Stone", "language     en"],
    ),
    "mdBook with chapters in others": (
        {
            "SUMMARY.md": "- [One](one.md)\n    - [Ape](one/ape.md)\n    - [Bee](one/bee.md)\n- [Cow](cow.md)\n",
            "one.md": "# The First Part",
            "one/ape.md": "A.",
            "one/bee.md": "B.",
            "cow.md": "C.",
        },
        ["# The First Part", "1. Ape", "2. Bee", "3. Cow"],
        ["title        sea"],
    ),
    "Leanpub": (
        {
            "manuscript/Book.txt": "mainmatter:\npart.md\ntwo.md\none.md\n",
            "manuscript/Sample.txt": "one.md\n",
            "manuscript/part.md": "{class: part}\n# The Shore",
            "manuscript/one.md": "# One | A.",
            "manuscript/two.md": "{#two}\n# Two | B.",
        },
        ["# The Shore", "1. Two", "2. One"],
        ["title        sea"],
    ),
    "Quarto": (
        {
            "_quarto.yml": (
                "project:\n  type: book\nlang: de\nbook:\n  title: Die Lampe\n  author: Vera Stone\n  chapters:\n"
                "    - index.qmd\n    - part: Der Strand\n      chapters: [b.qmd, a.qmd]\n  appendices:\n    - c.qmd\n"
            ),
            "index.qmd": "# Zuvor {.unnumbered} | Z.",
            "a.qmd": "---\ntitle: Lampe\n---\n | A.",
            "b.qmd": "# Flasche | B.",
            "c.qmd": "# Ende | C.",
        },
        ["1. Zuvor {#zuvor -}", "# Der Strand", "2. Flasche", "3. Lampe", "4. Ende"],
        ["title        Die Lampe", "author       Vera Stone", "language     de"],
    ),
    "bookdown": (
        {
            "_bookdown.yml": 'rmd_files: ["index.Rmd", "b.Rmd", "a.Rmd"]\n',
            "index.Rmd": "---\ntitle: The Salt Lamp\nauthor: Vera Stone\n---\n | # Before | Z.",
            "a.Rmd": "# Two | B.",
            "b.Rmd": "# One | A.",
        },
        ["1. Before", "2. One", "3. Two"],
        ["title        The Salt Lamp", "author       Vera Stone"],
    ),
    "Longform": (
        {
            "Index.md": (
                "---\nlongform:\n  format: scenes\n  title: The Salt Lamp\n  sceneFolder: text\n"
                "  scenes:\n    - zoo\n    - - ape\n      - bee\n    - cow\n---\n"
            ),
            "text/zoo.md": "Z.",
            "text/ape.md": "A.",
            "text/bee.md": "B.",
            "text/cow.md": "C.",
        },
        ["1. Zoo", "2. Ape", "3. Bee", "4. Cow"],
        ["title        The Salt Lamp"],
    ),
}


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_decides_the_order_and_is_no_chapter(tmp_path: Path, name: str) -> None:
    files, outline, said = INDEXES[name]
    brought = bring_folder(tmp_path, files)
    assert brought.outline == outline
    assert brought.said[: len(said)] == said
    assert not brought.notes("The order")
    assert not brought.notes("Left out of sea/")


def test_marks_of_leanpub_are_named(tmp_path: Path) -> None:
    files = {
        "Book.txt": "part.md\none.md\n",
        "part.md": "{class: part}\n# The Shore",
        "one.md": "{mainmatter}\n\n# A\n\nA.",
    }
    brought = bring_folder(tmp_path, files)
    assert brought.chapters == ["A.\n"]
    assert brought.notes("Left out") == [
        "Left out, since they say where files belong: `{class: part}`, `{mainmatter}`."
    ]


def test_what_an_index_does_not_name_is_kept_and_what_is_not_there_is_said(tmp_path: Path) -> None:
    files = {
        "SUMMARY.md": "- [One](1.md)\n- [Two](2.md)\n- [Out](../../out.md)\n",
        "1.md": "A.",
        "old.md": "An old one.",
    }
    write(tmp_path, {"out.md": "Outside."})
    brought = bring_folder(tmp_path, files)
    assert brought.outline == ["1. One"]
    assert sorted(brought.history) == [f"{files['SUMMARY.md']}", "An old one.\n"]
    assert brought.notes("SUMMARY") == ["SUMMARY.md names what is not there: `2.md`, `../../out.md`."]
    assert brought.notes("Left") == ["Left out of sea/, since they are no chapters: `old.md`."]


# Folders in a folder.
FOLDERS = {
    "parts with numbers": (
        {"01-part/01-a.md": "A.", "01-part/02-b.md": "B.", "02-part/01-c.md": "C."},
        ["# Part 1", "1. A", "2. B", "# Part 2", "3. C"],
    ),
    "parts with pages of their own": (
        {
            "part-1/index.md": "# The Shore",
            "part-1/1.md": "# One | A.",
            "part-2/0.md": "# Part Two | x",
            "part-2/1.md": "B.",
        },
        ["# The Shore", "1. One", "# Part Two", "2. Chapter 1"],
    ),
    "parts between prologue and epilogue": (
        {"prologue.md": "P.", "Teil Eins/1 Salz.md": "A.", "Teil Zwei/2 Sand.md": "B.", "epilogue.md": "E."},
        ["Prologue", "# Teil Eins", "1. Salz", "# Teil Zwei", "2. Sand", "Epilogue"],
    ),
    "a folder for chapters": (
        {"README.md": "# The Salt Lamp | About it.", "chapters/1.md": "# One | A.", "notes/mara.md": "Tall."},
        ["1. One"],
    ),
    "chapters with scenes": (
        {"Draft/Chapter 1/1 Scene.txt": "A.", "Draft/Chapter 1/2 Scene.txt": "B.", "Draft/Chapter 2/Scene.txt": "C."},
        ["1. Chapter 1", "2. Chapter 2"],
    ),
    "parts, chapters and scenes": (
        {
            "Draft/01 Shore/01 Salt/1 s.txt": "A.",
            "Draft/01 Shore/01 Salt/2 s.txt": "B.",
            "Draft/02 Deep/01 Foam/s.txt": "C.",
        },
        ["# Shore", "1. Salt", "# Deep", "2. Foam"],
    ),
    "a folder that Scrivener keeps the same": (
        {"Draft/02 The Lamp [7].md": "B.", "Draft/01 The Bottle [3].md": "A.", "Notes/03 Mara [9].md": "Tall."},
        ["1. The Bottle", "2. The Lamp"],
    ),
    "several chapters in a file": (
        {
            "part1.md": "# Part One | ## Chapter 1: A | A. | ## Chapter 2: B | B.",
            "part2.md": "# Part Two | ## Chapter 3: C | C.",
        },
        ["# Part One", "1. A", "2. B", "# Part Two", "3. C"],
    ),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_folders_in_it_are_parts_or_chapters(tmp_path: Path, name: str) -> None:
    files, outline = FOLDERS[name]
    brought = bring_folder(tmp_path, files)
    assert brought.outline == outline


def test_scenes_of_a_chapter_have_a_break_between_them(tmp_path: Path) -> None:
    files = {"Chapter 1/1.md": "# The Gull | A.", "Chapter 1/2.md": "B.", "Chapter 2/1.md": "C."}
    brought = bring_folder(tmp_path, files)
    assert brought.chapters == ["A.\n\n* * *\n\nB.\n", "C.\n"]
    outline = (brought.root / "outline.md").read_text(encoding="utf-8")
    assert "\nThe Gull\n\n<!-- novelist: It begins: A. -->\n" in outline


def test_front_and_back_matter_come_into_the_book(tmp_path: Path) -> None:
    files = {
        "preface.md": "# Preface | How it began.",
        "dedication.md": "For Ada.",
        "chapter-1.md": "A.",
        "acknowledgments.md": "Thanks.",
        "Über den Autor.md": "# Über den Autor | Er lebt.",
    }
    brought = bring_folder(tmp_path, files)
    assert brought.outline == ["1. Chapter 1"]
    assert brought.matter == {
        "about-the-author.md": "# Über den Autor\n\nEr lebt.\n",
        "acknowledgements.md": "# Acknowledgments\n\nThanks.\n",
        "dedication.md": "For Ada.\n",
        "preface.md": "# Preface\n\nHow it began.\n",
    }
    assert (
        "matter       Dedication, 2 words: front or back matter. It is in brought/matter/dedication.md." in brought.said
    )


def test_files_of_a_program_and_texts_beside_chapters_are_named_and_kept(tmp_path: Path) -> None:
    files = {
        "1.md": "A.",
        "infos.txt": "Mara: tall\nTom: small\nAda: old",
        "labels.txt": "red;1\nblue;2\ngreen;3",
        "other.txt": "x=1\ny=2\nz=3\n",
        "world.png": "PNG",
        "characters/mara.md": "Tall.",
    }
    brought = bring_folder(tmp_path, files)
    assert brought.outline == ["1. Chapter 1"]
    left = "`characters/mara.md`, `infos.txt`, `labels.txt`, `other.txt`, `world.png`"
    assert brought.notes("Left") == [f"Left out of sea/, since they are no chapters: {left}."]
    kept = {text.strip() for text in brought.history}
    assert kept == {text.strip() for name, text in files.items() if name not in ("1.md", "world.png")}


TITLES = [
    ("sea/chapters", {"sea/chapters/1.md": "A."}, "sea", "The title is the name of a folder, `sea`"),
    ("sea/src", {"sea/src/1.md": "A.", "sea/README.md": "# The Wide Sea"}, "The Wide Sea", "The title is the heading"),
    (
        "sea",
        {"sea/manuscript/1.md": "A.", "sea/README.md": "# The Sea\n\n# More"},
        "The Sea",
        "The title is the heading",
    ),
    ("sea", {"sea/1.md": "A.", "sea/metadata.yaml": "title: The Sea\nauthor: Tom\n"}, "The Sea", ""),
    ("sea", {"sea/1.md": "A.", "sea/title.txt": "---\ntitle: The Sea\n...\n"}, "The Sea", ""),
]


@pytest.mark.parametrize(("source", "files", "title", "said"), TITLES)
def test_the_title_of_a_folder(tmp_path: Path, source: str, files: dict[str, str], title: str, said: str) -> None:
    brought = bring(write(tmp_path, files) / source)
    assert brought.said[0] == f"title        {title}"
    assert [note[: len(said)] for note in brought.notes("The title")] == ([said] if said else [])


def test_a_project_of_scrivener_is_to_be_exported_first(tmp_path: Path) -> None:
    project = write(tmp_path / "Lamp.scriv", {"Lamp.scrivx": "<x/>"})
    assert refused(project) == (
        "Lamp.scriv: a project of Scrivener is not read itself. Export its draft as text files, and name their folder."
    )
