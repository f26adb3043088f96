"""Labels of any language are read alike in outlines, imports and answers, and no finished book is another for it."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here
from scripted import Reply, Scripted

from novelist.book.outline import Outline, as_filed, dump, undump
from novelist.book.outline_text import parse
from novelist.errors import BookError
from novelist.imports import manuscript
from novelist.imports.headings import headings as marks_of
from novelist.imports.reading import Text
from novelist.prose.chatter import headings
from novelist.prose.cleaning import clean
from novelist.prose.facts import tidy

OUTLINE = Path("outline.md")
# Written by novelist as it was before languages had tables: their outlines have labels that it did not know.
OLDER = Path(__file__).parent / "older_books"


def read(text: str, language: str = "en") -> list[str]:
    """Return the parts of an outline, as `# name`, and its sections, as `title (id)`."""
    outline = parse(text.replace(" | ", "\n\n"), OUTLINE, "The Salt Lamp", language)
    shown: list[str] = []
    part = None
    for section in outline.sections:
        if section.part is not None and section.part != part:
            part = section.part
            shown.append(f"# {outline.parts[part].name}")
        shown.append(f"{section.title} ({section.id})")
    return shown


READ = {
    "## Chapter Twelve: The Lamp | ## Chapter Thirteen: The Glass": ["The Lamp (the-lamp)", "The Glass (the-glass)"],
    "## Kapitel Sechs: Ebbe | ## Kapitel Neunundneunzig – Flut": ["Ebbe (ebbe)", "Flut (flut)"],
    "## Zweiter Teil | ## 1. Kapitel – Die Flasche": ["# Zweiter Teil", "Die Flasche (die-flasche)"],
    "# Première partie : La marée | ## Chapitre premier : Sel": ["# La marée", "Sel (sel)"],
    "## Часть первая. Прилив | ## Глава первая. Соль": ["# Прилив", "Соль (соль)"],
    "## 제1부 | ## 제1장 바다 | ## 제2장 소금": ["# 제1부", "바다 (바다)", "소금 (소금)"],
    "## 第一部 | ## 第一章 青石 | ## 第二章 盐": ["# 第一部", "青石 (青石)", "盐 (盐)"],
    "### 1. Kapitel | ### 2. Kapitel": ["1. Kapitel (1-kapitel)", "2. Kapitel (2-kapitel)"],
    "## 1. Bölüm: Tuz | ## 2. Bölüm": ["Tuz (tuz)", "2. Bölüm (2-bölüm)"],
    "1. **Hoofdstuk Een: Zout** — Zij wacht. | 2. **Rozdział drugi: Sól** — Ona czeka.": ["Zout (zout)", "Sól (sól)"],
    "## 3. Teil {#teil} | ## Kapitel 4: Salz {#x}": ["Teil (teil)", "Salz (x)"],
    "## One: Salt | ## Two: Sand | ## Seven: The Return": [
        "Salt (salt)",
        "Sand (sand)",
        "Seven: The Return (seven-the-return)",
    ],
    "## Once | ## Sei": ["Once (once)", "Sei (sei)"],
}


@pytest.mark.parametrize("text", READ)
def test_an_outline_has_the_labels_of_any_language(text: str) -> None:
    assert read(text) == READ[text]


def test_two_chapters_of_one_title_keep_their_labels() -> None:
    assert read("## Kapitel Sechs: Nacht | ## Kapitel Sieben: Nacht") == [
        "Kapitel Sechs: Nacht (kapitel-sechs-nacht)",
        "Kapitel Sieben: Nacht (kapitel-sieben-nacht)",
    ]


@pytest.fixture(params=["labels", "levels", "list", "parts", "same"])
def older(request: pytest.FixtureRequest, here: Here) -> Here:
    """A book that was finished before."""
    shutil.copytree(OLDER / request.param, here.root, dirs_exist_ok=True)
    return here


def test_a_book_that_was_finished_before_stays_as_it_was(older: Here, server: Scripted) -> None:
    before = older.texts()
    ran = older.doit()
    assert (ran.status, ran.out, ran.err) == (0, "Everything is up to date.\n", "")
    assert older.texts() == before
    assert server.requests == []


@pytest.fixture
def labelled(here: Here) -> Here:
    """A finished book whose second chapter has the label `Chapter Thirteen` in its title, and so in its id."""
    shutil.copytree(OLDER / "labels", here.root, dirs_exist_ok=True)
    return here


def test_a_chapter_that_is_new_in_an_older_book_has_its_title_without_the_label(
    labelled: Here, server: Scripted
) -> None:
    with (labelled / "outline.md").open("a", encoding="utf-8") as file:
        file.write("\n## Chapter Fourteen: The Sea\n\nThe sea.\n")
    assert labelled.doit().status == 0
    assert server.tasks == ["chapter:6", "summary:6"]
    assert labelled.chapter(6).name == "06-the-sea.md"
    assert labelled.chapter(2).name == "02-chapter-thirteen-the-glass.md"
    assert labelled.doit().out == "Everything is up to date.\n"


def test_a_chapter_whose_summary_is_there_is_drafted_again_by_its_older_name(labelled: Here, server: Scripted) -> None:
    labelled.chapter(2).unlink()
    server.on("summary:2", "UNCHANGED")
    assert labelled.doit().status == 0
    assert server.tasks == ["chapter:2", "summary:2"]
    assert labelled.chapter(2).name == "02-chapter-thirteen-the-glass.md"


def test_a_chapter_that_goes_by_its_older_name_is_edited_and_drafted_as_any(labelled: Here, server: Scripted) -> None:
    labelled.edit("outline.md", "Mara finds a glass.", "Mara finds two.")
    server.on("summary:2", "UNCHANGED")
    assert labelled.doit().status == 0
    assert server.tasks == ["chapter:2", "summary:2"]
    assert labelled.chapter(2).name == "02-chapter-thirteen-the-glass.md"


def test_a_new_book_goes_by_titles_without_labels(here: Here, server: Scripted) -> None:
    (here / "outline.md").write_text(
        "# Erster Teil: Ebbe\n\n## Kapitel Sechs: Salz {#eins}\n\nA.\n\n## Chapter Thirteen: The Glass\n\nB.\n",
        encoding="utf-8",
    )
    assert here.doit().status == 0
    assert [path.name for path in sorted((here / "chapters").iterdir())] == ["01-eins.md", "02-the-glass.md"]
    assert "title: Salz\nnumber: 1\npart: Ebbe\n" in here.chapter(1).read_text(encoding="utf-8")
    server.clear()
    assert here.doit().out == "Everything is up to date.\n"
    assert server.requests == []


def filed(text: str, *fronts: tuple[str, dict[str, object]]) -> Outline:
    """Return an outline as a book with these files has it, by way of the cache."""
    outline = undump(dump(parse(text.replace(" | ", "\n\n"), OUTLINE)))
    return as_filed(outline, dict(fronts).get)


def test_each_section_goes_by_what_its_file_is_called() -> None:
    text = "# Zweiter Teil: Ebbe | ## Kapitel Sechs: A | ## Kapitel Sieben: B {#b} | ## Kapitel Acht: C {#c} | ## 4. D"
    older = filed(
        text,
        ("kapitel-sechs-a", {"part": "Zweiter Teil: Ebbe"}),
        ("b", {"title": "Kapitel Sieben: B"}),
        ("c", {"title": "C"}),
    )
    titles = ["Kapitel Sechs: A", "Kapitel Sieben: B", "C", "D"]
    assert [(section.id, section.title) for section in older.sections] == list(
        zip(["kapitel-sechs-a", "b", "c", "d"], titles, strict=True)
    )
    assert [part.name for part in older.parts] == ["Zweiter Teil: Ebbe"]
    new = filed(text, ("a", {"part": "Ebbe"}))
    assert [section.title for section in new.sections] == ["A", "B", "C", "D"]
    assert [part.name for part in new.parts] == ["Ebbe"]


def test_a_heading_with_a_file_stays_a_chapter() -> None:
    text = "## Erster Teil | ## 1. Salz | ## Zweiter Teil | ## 2. Sand"
    assert [section.id for section in filed(text).sections] == ["salz", "sand"]
    ids = ["erster-teil", "salz", "zweiter-teil", "sand"]
    assert [section.id for section in filed(text, ("zweiter-teil", {})).sections] == ids


HEADED = st.sampled_from(
    [
        *(
            "## Kapitel Sechs: A",
            "## Kapitel Sieben: A",
            "## A",
            "## One: A",
            "## 1. A",
            "## Zweiter Teil",
            "# Erster Teil",
        ),
        *(
            "### Erstes Kapitel",
            "## Chapter Thirteen",
            "## Glas {#a}",
            "1. **Kapitel Acht: B** — C",
            "## Kapitel 1: One: A",
        ),
    ]
)


@given(st.lists(HEADED, min_size=1, max_size=6), st.data())
def test_whatever_files_there_are_no_two_sections_are_one(lines: list[str], data: st.DataObject) -> None:
    try:
        outline = parse("\n\n".join(lines), OUTLINE, language="en")
    except BookError:
        return
    known = [section.id for each in (outline, outline.older) if each for section in each.sections]
    fronts = data.draw(st.dictionaries(st.sampled_from(known), st.just({"title": "A"})))
    sections = as_filed(outline, fronts.get).sections
    assert len({section.id for section in sections}) == len(sections)


def imported(text: str, language: str = "") -> list[str]:
    """Return the title of a book that is brought in, its parts as `# heading`, and its chapters."""
    whole = manuscript.split(Text(text.replace(" | ", "\n\n"), language=language), Path("sea.md"))
    shown = [f"{whole.title} by {whole.author}" if whole.author else whole.title]
    part = None
    for chapter in whole.chapters:
        if chapter.part is not None and chapter.part != part:
            part = chapter.part
            shown.append(f"# {whole.parts[part].heading}")
        shown.append(chapter.title)
    return shown


TWELVE = ["Eins", "Zwei", "Drei", "Vier", "Fünf", "Sechs", "Sieben", "Acht", "Neun", "Zehn", "Elf", "Zwölf"]


def test_a_text_with_number_words_has_all_its_chapters() -> None:
    text = " | ".join(f"Kapitel {word} | Es war." for word in TWELVE)
    assert imported(text) == ["sea", *(f"Kapitel {word}" for word in TWELVE)]


BROUGHT = {
    ("# The Sea | ## Erster Teil | ### Die Flasche | A. | ### Das Glas | B.", "de"): [
        *("The Sea", "# Erster Teil", "Die Flasche", "Das Glas")
    ],
    ("# Sea | ### 1. Kapitel | A. | ### 2. Kapitel: Sand | B.", "de"): ["Sea", "1. Kapitel", "Sand"],
    ("## I | A. | ## II | B.", "fr"): ["sea", "Chapitre I", "Chapitre II"],
    ("## I | A. | ## II | B.", "tlh"): ["sea", "I", "II"],
    ("## I | A. | ## II | B.", ""): ["sea", "Chapter I", "Chapter II"],
    ("# Uno | A. | ## 1 | B. | # Once | C.", "es"): ["sea", "Uno", "Once"],
    ("ПРОЛОГ | А. | ГЛАВА ПЕРВАЯ | Б. | Эпилог | В.", ""): ["sea", "ПРОЛОГ", "ГЛАВА ПЕРВАЯ", "Эпилог"],
    ("# Sea | Von Ada Tor | ## 1. Salz | A. | ## 2. Sand | B.", ""): ["Sea by Ada Tor", "Salz", "Sand"],
    ("# 海 | 作者：张三 | ## 第一章 盐 | 甲。 | ## 第二章 | 乙。", "zh"): ["海 by 张三", "盐", "第二章"],
}


@pytest.mark.parametrize(("text", "language"), BROUGHT)
def test_a_manuscript_has_the_labels_of_any_language(text: str, language: str) -> None:
    assert imported(text, language) == BROUGHT[text, language]


PIECES = ["a", "one-", "Chapter ", "第一", "제일", "'a", " ", "1. ", "- ", "IV", "*", "_", "# ", "{#", "By ", "："]


@pytest.mark.parametrize("piece", PIECES)
def test_a_line_of_any_length_is_read_in_no_time_wherever_labels_are(piece: str) -> None:
    for start in ("", "Chapter One", "## Chapter 1", "第"):
        line = (start + piece * 20_000)[:20_000]
        began = time.perf_counter()
        parse(f"## 1. Salt\n\n## x{line}\n", OUTLINE)
        marks_of(f"Salt.\n\n{line}\n\nSand.")
        clean(f"{line}\n\n{STORY}", "Salt")
        tidy(f"{STORY}\n{line}\n- Mara: waits")
        assert time.perf_counter() - began < 2


STORY = "Mara waits.\n\nIt rains."
OPENINGS = [
    *("## Hoofdstuk Zes: De lamp", "**Rozdział szósty**", "Chapter Ninety-Nine", "6. Kapitel – Der Turm", "# 2. Bölüm"),
    *("제6장 바다", "פרק ראשון: הים", "الفصل السادس: البحر", "فصل ششم", "Hatodik fejezet", "KUUDES LUKU"),
]


@pytest.mark.parametrize("line", OPENINGS)
def test_a_models_heading_is_no_prose_in_any_language(line: str) -> None:
    assert clean(f"{line}\n\n{STORY}", "The Bottle") == STORY
    assert clean(f"{STORY}\n\n{line}\n\nMore.", "The Bottle") == STORY


PROSE = [
    *(
        "Chapter One of the ledger was missing.",
        "Second Act",
        "Once",
        "*Chapter 7*",
        "chapter two",
        "Kapitel für Kapitel",
    ),
    *("第二章他读了三遍。", "Het eerste hoofdstuk van haar leven begon hier."),
]


@pytest.mark.parametrize("line", PROSE)
def test_what_only_speaks_of_a_chapter_is_prose(line: str) -> None:
    assert list(headings(f"{STORY}\n\n{line}\n\nMore.")) == []


def test_facts_are_known_by_what_a_language_calls_them(here: Here, server: Scripted) -> None:
    (here / "outline.md").write_text("## 1. Соль\n\nА.\n\n## 2. Песок\n\nБ.\n", encoding="utf-8")
    server.on("summary:1", Reply("Мара ждёт.\n\nФакты:\n- Мара: на маяке"))
    assert here.doit().status == 0
    assert here.summary(1).read_text(encoding="utf-8").endswith("Мара ждёт.\n\nFacts:\n- Мара: на маяке\n")
