"""One long manuscript: its title, subtitle and author, its parts in any language, chapters of all kinds, its prose."""

from __future__ import annotations

from pathlib import Path

import pytest
from importing import bring_text

GERMAN_NUMBERS = ["Eins", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun", "Zehn", "Elf", "Zwölf"]
# Manuscripts, their outlines, and what is said of the book before its chapters.
BOOKS = {
    "a title over parts in German": (
        "# The Salt Lamp | ## Erster Teil | ### Die Flasche | A. | ### Die Lampe | B. | ## Zweiter Teil | ### See | C.",
        ["# Erster Teil", "1. Die Flasche", "2. Die Lampe", "# Zweiter Teil", "3. See"],
        ["title        The Salt Lamp"],
    ),
    "a title over parts without labels": (
        "# The Salt Lamp | ## The Arrival | ### One | A. | ### Two | B. | ## The Leaving | ### Three | C.",
        ["# The Arrival", "1. One", "2. Two", "# The Leaving", "3. Three"],
        ["title        The Salt Lamp"],
    ),
    "a title over parts in French": (
        "# The Salt Lamp | ## Première partie | ### Un | A. | ## Deuxième partie | ### Deux | B.",
        ["# Première partie", "1. Un", "# Deuxième partie", "2. Deux"],
        ["title        The Salt Lamp"],
    ),
    "a title over parts in Korean": (
        "# The Salt Lamp | ## 제1부 | ### One | A. | ## 제2부 | ### Two | B.",
        ["# 제1부", "1. One", "# 제2부", "2. Two"],
        ["title        The Salt Lamp"],
    ),
    "a subtitle over parts": (
        "# T | ## A Novel | --- | ## Part I | ### Chapter 1 | A. | ### Chapter 2 | B.",
        ["# Part I", "1. Chapter 1", "2. Chapter 2"],
        ["title        T", "subtitle     A Novel"],
    ),
    "a subtitle over chapters": (
        "# T | ## A Novel | ## by Vera Stone | ## 1. One | A. | ## 2. Two | B.",
        ["1. One", "2. Two"],
        ["title        T", "subtitle     A Novel", "author       Vera Stone"],
    ),
    "a subtitle above chapters": (
        "# T | ## A Novel | ### Chapter 1 | A. | ### Chapter 2 | B.",
        ["1. Chapter 1", "2. Chapter 2"],
        ["title        T", "subtitle     A Novel"],
    ),
    "an author above chapters": (
        "# T | ## by Vera Stone | ### Chapter 1 | A. | ### Chapter 2 | B.",
        ["1. Chapter 1", "2. Chapter 2"],
        ["title        T", "author       Vera Stone"],
    ),
    "chapters without text below the title are no subtitle": (
        "# T | ## Salt | ## Sand | B. | ## Foam | C.",
        ["1. Salt", "2. Sand", "3. Foam"],
        ["title        T"],
    ),
    "one part only": ("# T | ## The Shore | ### Salt | A. | ### Sand | B.", ["# The Shore", "1. Salt", "2. Sand"], []),
    "chapters on the level of parts": (
        "# Part One | # Chapter 1 | A. | # Chapter 2 | B. | # Part Two | # Chapter 3 | C.",
        ["# Part One", "1. Chapter 1", "2. Chapter 2", "# Part Two", "3. Chapter 3"],
        [],
    ),
    "lines of a title page": (
        "THE SALT LAMP\nA Novel | by Vera Stone | CHAPTER ONE | A. | CHAPTER TWO | B.",
        ["1. CHAPTER ONE", "2. CHAPTER TWO"],
        ["title        THE SALT LAMP", "subtitle     A Novel", "author       Vera Stone"],
    ),
    "bold lines below a title": (
        "# The Salt Lamp | **Chapter 1: Salt** | A. | ### A letter | B. | **Chapter 2** | C.",
        ["1. Salt", "2. Chapter 2"],
        ["title        The Salt Lamp"],
    ),
    "a chapter that is quoted in another": (
        "Chapter 1 | A. | *Chapter Nine: The Knife* | B. | Chapter 2 | C.",
        ["1. Chapter 1", "2. Chapter 2"],
        [],
    ),
    "numbers that stand alone": (
        "The Lamp | 1 | A. | 2 | B in 1999. | 1999 | 3 | C.",
        ["1. Chapter 1", "2. Chapter 2", "3. Chapter 3"],
        ["title        The Lamp"],
    ),
    "Roman numbers that stand alone": (
        "I. | A. | II. | B. | III. | C.",
        ["1. Chapter I", "2. Chapter II", "3. Chapter III"],
        [],
    ),
    "chapters in German words": (
        " | ".join(f"Kapitel {word} | A." for word in GERMAN_NUMBERS),
        [f"{number}. Kapitel {word}" for number, word in enumerate(GERMAN_NUMBERS, 1)],
        [],
    ),
    "labels without titles in German": (
        "# T | ### 1. Kapitel | A. | ### 2. Kapitel | B.",
        ["1. 1. Kapitel", "2. 2. Kapitel"],
        ["title        T"],
    ),
    "labels without titles in Turkish": (
        "# T | ## 1. Bölüm | A. | ## 2. Bölüm | B.",
        ["1. 1. Bölüm", "2. 2. Bölüm"],
        [],
    ),
    "Roman numbers in French": (
        "---\ntitle: T\nlang: fr\n---\n## I | A. | ## II | B.",
        ["1. Chapitre I", "2. Chapitre II"],
        ["title        T", "language     fr"],
    ),
    "numbers in Vietnamese": (
        "---\ntitle: T\nlang: vi\n---\n# 1 | A. | # 2 | B.",
        ["1. Chương 1", "2. Chương 2"],
        ["title        T", "language     vi"],
    ),
    "labels up to ninety-nine": (
        "# Chapter Thirteen: The Glass | A. | # Chapter Ninety-Nine: The End | B.",
        ["1. The Glass", "2. The End"],
        [],
    ),
    "pandoc's unnumbered chapters": (
        "# Chapter 1 {-} | A. | # Chapter 2 {-} | B. | # Chapter 3 {-} | C.",
        ["1. Chapter 1 {#chapter-1 -}", "2. Chapter 2 {#chapter-2 -}", "3. Chapter 3 {#chapter-3 -}"],
        [],
    ),
    "unnumbered chapters among others": (
        "# A {.unnumbered} | A. | # B {#one} | B. | # C {-} | C. | # D | D.",
        ["1. A {#a -}", "2. B", "3. C {#c -}", "4. D"],
        [],
    ),
    "tildes that part scenes": (
        "# Chapter 1 | A. | ~~~ | B. | # Chapter 2 | C. | ~~~ | D.",
        ["1. Chapter 1", "2. Chapter 2"],
        [],
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_what_a_manuscript_is_made_of(tmp_path: Path, name: str) -> None:
    text, outline, said = BOOKS[name]
    brought = bring_text(tmp_path, text)
    assert brought.outline == outline
    assert brought.said[: len(said)] == said
    whole = text.replace(" | ", "\n\n")
    assert all(chapter.rstrip("\n") in whole for chapter in brought.chapters)


def test_a_subtitle_is_a_setting(tmp_path: Path) -> None:
    brought = bring_text(tmp_path, "# T | ## A Novel | ## by Vera Stone | ## 1. One | A. | ## 2. Two | B.")
    assert brought.front == ["title: T", "subtitle: A Novel", "author: Vera Stone", "chapters: 2", "words: 1"]


def test_a_chapter_whose_heading_says_more_than_its_title_is_told_with_it(tmp_path: Path) -> None:
    brought = bring_text(tmp_path, "# Chapter Four: Salt | A. | # 2. Sand | B.")
    assert [line for line in brought.said if line.startswith("chapter")] == [
        "chapter:01   Salt, 1 word; its heading was `Chapter Four: Salt`",
        "chapter:02   Sand, 1 word",
    ]


def test_a_title_that_nothing_says_is_told_as_a_guess(tmp_path: Path) -> None:
    brought = bring_text(tmp_path, "# 1. Salt | A.", "the_wide_sea.md")
    assert brought.notes("The title") == [
        "The title is the name of the file, `the wide sea`, since nothing in it is one: `title:` in premise.md."
    ]


# Lengths of chapters, and what `words:` is.
LENGTHS = [([5], "5"), ([12, 2595], "658-1949"), ([3, 100, 100, 100, 900], "100"), ([12, 80, 100, 120, 2595], "80-120")]


@pytest.mark.parametrize(("lengths", "words"), LENGTHS)
def test_words_are_about_the_middle_of_what_came(tmp_path: Path, lengths: list[int], words: str) -> None:
    brought = bring_text(
        tmp_path, " | ".join(f"# {number}. Day | {'rain ' * length}" for number, length in enumerate(lengths, 1))
    )
    assert brought.front[-1] == f"words: {words}"


NO_YAML = "the front matter is not YAML (mapping values are not allowed in this context)"
# Front matter: what of the premise comes of it, what is kept in history, and what is said.
FRONTS = {
    "keys of others": (
        "---\nPOV: Mara\nstatus: draft\n---",
        ["title: sea"],
        ["POV: Mara"],
        ["Left out of the front matter of sea.md: POV, status."],
    ),
    "TOML": (
        '+++\ntitle = "The Lamp"\nauthors = ["Vera", \'Tom\']\n+++',
        ["title: The Lamp", "author: Vera, Tom"],
        [],
        [],
    ),
    "an end of three points": ("---\ntitle: The Lamp\nlang: de\n...", ["title: The Lamp", "language: de"], [], []),
    "a name in a mapping": (
        "---\nauthor: [{name: Vera Stone, city: X}]\n---",
        ["title: sea", "author: Vera Stone"],
        [],
        [],
    ),
    "a name in pieces": (
        "---\nauthor:\n  given: Vera\n  family: Stone\n---",
        ["title: sea", "author: Vera Stone"],
        [],
        [],
    ),
    "a subtitle": ("---\ntitle: T\nsubtitle: A Novel\n---", ["title: T", "subtitle: A Novel"], [], []),
    "what is no YAML": (
        "---\ntitle: The Lamp: A Novel\nauthor: Vera\n---",
        ["title: 'The Lamp: A Novel'", "author: Vera"],
        ["author: Vera"],
        [f"In sea.md, {NO_YAML}: it was read line by line."],
    ),
    "what is no TOML": ("+++\ntitle = The Lamp\n+++", ["title: The Lamp"], ["title = The Lamp"], None),
}


@pytest.mark.parametrize("name", FRONTS)
def test_front_matter_of_others_is_read(tmp_path: Path, name: str) -> None:
    front, settings, kept, said = FRONTS[name]
    brought = bring_text(tmp_path, f"{front}\n# 1. Salt | A. | # 2. Sand | B.")
    assert brought.front[: len(settings)] == settings
    assert all(any(line in text for text in brought.history) for line in kept)
    assert len(brought.history) == bool(kept)
    notes = [note for note in brought.notes() if not note.startswith("The title")]
    assert said is None or notes == said
    assert brought.chapters == ["A.\n", "B.\n"]


@pytest.mark.parametrize("text", ["---\n\nMara: she came.\n\n---\n\nB.", "---\n\nB.", "***\n\nB."])
def test_prose_that_begins_with_a_break_is_no_front_matter(tmp_path: Path, text: str) -> None:
    brought = bring_text(tmp_path, f"{text} | # 1. Salt | A.")
    assert "B." in brought.history[0]
    assert not brought.notes("Left")


LINE = "It was cold in the house of the keeper, " * 4 + "and she ran."
WRAPPED = "It was cold.\n" + "It was cold in the house of the keeper,\n" * 4 + "and she ran."
# Prose of a .txt, and of the chapter that comes of it.
INDENTED = {
    "tabs": ("\tIt was cold.\n\tShe ran.", "It was cold.\n\nShe ran."),
    "four blanks": ("    It was cold.\n\n    She ran.", "It was cold.\n\nShe ran."),
    "lines that are wrapped": ("    It was cold,\nand wet.\n    She ran.", "It was cold,\nand wet.\n\nShe ran."),
    "verse": ("It was:\n\n    Roses are red,\n    violets blue", "It was:\n\nRoses are red,  \nviolets blue"),
    "wide blanks": ("\u3000\u3000天冷。\n\u3000\u3000她跑。", "天冷。\n\n她跑。"),
    "a line for each paragraph": (
        f"{LINE}\n“Yes.”\n{LINE}\n\n* * *\n\nShe ran.",
        f"{LINE}\n\n“Yes.”\n\n{LINE}\n\n* * *\n\nShe ran.",
    ),
    "wrapped lines": (f"{WRAPPED}\n\n{WRAPPED}", f"{WRAPPED}\n\n{WRAPPED}"),
    "no indents": ("It was cold,\nand wet.\n\n\nShe ran.", "It was cold,\nand wet.\n\n\nShe ran."),
}


@pytest.mark.parametrize("name", INDENTED)
def test_indented_paragraphs_are_prose(tmp_path: Path, name: str) -> None:
    text, prose = INDENTED[name]
    brought = bring_text(tmp_path, f"Chapter 1 | {text}", "sea.txt")
    assert brought.chapters == [f"{prose}\n"]


def test_a_list_of_contents_is_no_chapter_and_is_kept(tmp_path: Path) -> None:
    brought = bring_text(tmp_path, "# Salt | # Sand, or else | # Salt | A. | # Sand, or else | B.")
    assert brought.outline == ["1. Salt", "2. Sand, or else"]
    assert brought.history == ["# Salt\n# Sand, or else\n"]


def test_links_are_named(tmp_path: Path) -> None:
    text = "# 1. Salt | See [[Mara]] and [here](https://a.b/c) and [[Mara]]. | # 2. Sand | ![](x.png)"
    assert bring_text(tmp_path, text).notes("3 links") == ["3 links are left as typed: `Mara`, `https://a.b/c`."]


GERMAN = "Sie ging in das Haus und sah, dass er nicht da war, aber die Lampe war an, und es war kalt. " * 5
RUSSIAN = "Она вошла в дом и увидела, что его не было, но лампа горела. " * 5


@pytest.mark.parametrize(
    ("prose", "code", "said"),
    [
        (
            GERMAN,
            "de",
            "The language is taken for German, by its words: `language:` in premise.md is where to change it.",
        ),
        (
            RUSSIAN,
            "ru",
            "The language is taken for Russian, by its words: `language:` in premise.md is where to change it.",
        ),
        ("She went into the house and saw that he was not there. " * 9, "", ""),
    ],
)
def test_a_language_that_is_not_named_is_told_by_its_words(tmp_path: Path, prose: str, code: str, said: str) -> None:
    brought = bring_text(tmp_path, f"# T | ## I | {prose}")
    assert [line for line in brought.front if line.startswith("language")] == ([f"language: {code}"] if code else [])
    assert brought.notes("The language") == ([said] if said else [])


def test_chapters_that_begin_with_a_heading_of_their_own_are_chapters(tmp_path: Path) -> None:
    brought = bring_text(tmp_path, "### Salt | #### Dawn | ### Sand | #### Dusk")
    assert brought.outline == ["1. Salt", "2. Sand"]
    assert brought.chapters == ["#### Dawn\n", "#### Dusk\n"]
