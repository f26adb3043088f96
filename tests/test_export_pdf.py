"""The pages of a PDF: what is on each, in which order, and what never gets there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader
from typst import Fonts

from novelist.book.edition import Edition
from novelist.errors import ExportError
from novelist.export import pandoc, pdf, reading, typesetting
from novelist.export.manuscript import ExportChapter, ExportPart, Manuscript
from novelist.export.sanitize import Sanitizer
from novelist.language import lookup

pytestmark = pytest.mark.slow

LONG = "The lamp burned all night, and the tide came in and went out again under the window. " * 60
# Of a page of 5.5 x 8.5 inches, in points.
INSIDE, OUTSIDE, PITCH = 54.57, 48.39, 14.07
IMPRINT = Edition(
    publisher="Gull & Sons",
    isbn="9780306406157",
    rights="© 2026 Ines Halden",
    date="2026-11",
    description="Mara finds a letter.",
    subjects=("Sea stories", "Lighthouses"),
    series="The Northern Lights",
    volume="2",
)


def book(root: Path, *texts: str, parts: dict[int, str] | None = None, **changed: Any) -> Manuscript:
    """Return a book of some chapters; a part begins before those that `parts` names."""
    language = changed.get("language", "en")
    sanitizer = Sanitizer(root, lookup.table(language).quotes)
    contents: list[ExportPart | ExportChapter] = []
    for number, blocks in enumerate(reading.read_texts(texts), 1):
        if number in (parts or {}):
            contents.append(ExportPart((parts or {})[number], f"part-{number}"))
        told = json.dumps(sanitizer.blocks(blocks), ensure_ascii=False)
        contents.append(ExportChapter(number, f"Title {'ABCDEFGH'[number - 1]}", f"chapter-{number}", told))
    made = Manuscript(
        title="The Salt Lamp",
        author="Ines Halden",
        language=language,
        edition=Edition(),
        contents=contents,
        pictures=sanitizer.pictures,
        words=1,
        at=1_764_000_000,
        notes=sanitizer.notes,
    )
    return replace(made, **changed)


def silent(note: str) -> None:
    """Fail: nothing is to be said."""
    raise AssertionError(note)


def read(made: Manuscript) -> PdfReader:
    return PdfReader(BytesIO(pdf.make(made, silent)))


def metadata(reader: PdfReader) -> dict[str, Any]:
    """Return a document's metadata, without the version of Typst that wrote it."""
    return {key: value for key, value in (reader.metadata or {}).items() if key != "/Creator"}


def bookmarks(reader: PdfReader) -> list[Any]:
    return list(reader.outline)


def words(page: PageObject) -> str:
    """Return the text of a page with single blanks."""
    return re.sub(r"( \.)+(?= )|\s+(?=\s)", "", re.sub(r"\s", " ", page.extract_text())).strip()


def on(reader: PdfReader, said: str) -> list[str]:
    """Return the labels of the pages that say something."""
    return [label for label, page in zip(reader.page_labels, reader.pages, strict=True) if said in words(page)]


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """Return the fonts of a document, and whether each is embedded."""
    found: dict[str, bool] = {}
    for page in reader.pages:
        for font in page.get("/Resources", {}).get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"]
            name = str(inner["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H")
            found[name] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return found


def places(page: PageObject) -> dict[str, tuple[float, float]]:
    """Return where each run of text on a page begins, in points from the left and from below."""
    found: dict[str, tuple[float, float]] = {}

    def visit(text: str, placed: list[float], matrix: list[float], *_: Any) -> None:
        if text.strip():
            found[text.strip()] = (placed[4] + placed[0] * matrix[4], placed[5] + placed[3] * matrix[5])

    page.extract_text(visitor_text=visit)
    return found


def test_the_pages_come_in_the_order_of_a_printed_book(tmp_path: Path) -> None:
    reader = read(book(tmp_path, "One.\n", "Two.\n", parts={1: "Part One: The Shore"}, edition=IMPRINT))
    assert [words(page) for page in reader.pages] == [
        "The Salt Lamp",
        "",
        "The Salt Lamp Ines Halden Gull & Sons",
        "The Northern Lights · 2 © 2026 Ines Halden Gull & Sons 2026-11 ISBN 9780306406157",
        "Contents Part One: The Shore 1 1 Title A 3 2 Title B 4",
        "",
        "Part One The Shore",
        "",
        "1 Title A One. 3",
        "2 Title B Two. 4",
    ]
    assert reader.page_labels == ["i", "ii", "iii", "iv", "v", "vi", "1", "2", "3", "4"]


def test_a_book_without_parts_and_settings_has_no_page_for_them_and_claims_nothing(tmp_path: Path) -> None:
    reader = read(book(tmp_path, "One.\n", author=""))
    pages = ["The Salt Lamp", "", "The Salt Lamp", "", "Contents 1 Title A 1", "", "1 Title A One. 1"]
    assert [words(page) for page in reader.pages] == pages
    assert metadata(reader) == {
        "/Title": "The Salt Lamp",
        "/ModDate": "D:20251124160000Z",
        "/CreationDate": "D:20251124160000Z",
    }


def test_a_part_stands_alone_on_the_right_wherever_the_chapter_before_it_ends(tmp_path: Path) -> None:
    reader = read(book(tmp_path, "One.\n", "Two.\n", "Three.\n", parts={2: "Then", 3: "Now: At Last"}))
    bodies = {label: words(page) for label, page in zip(reader.page_labels, reader.pages, strict=True)}
    assert {label: said for label, said in bodies.items() if label.isdecimal()} == {
        "1": "1 Title A One. 1",
        "2": "",
        "3": "Then",
        "4": "",
        "5": "2 Title B Two. 5",
        "6": "",
        "7": "Now At Last",
        "8": "",
        "9": "3 Title C Three. 9",
    }


def test_heads_name_the_book_on_the_left_and_the_chapter_on_the_right_but_not_where_one_begins(tmp_path: Path) -> None:
    reader = read(book(tmp_path, LONG, LONG))
    pages = {label: words(page) for label, page in zip(reader.page_labels, reader.pages, strict=True)}
    told = {label: re.match("The Salt Lamp|Title [AB]|[12] Title [AB]", said) for label, said in pages.items()}
    body = {label: found[0] if found else "" for label, found in told.items() if label.isdecimal()}
    ends = on(reader, "1 Title A The lamp")
    second = on(reader, "2 Title B The lamp")
    assert (ends, len(second)) == (["1"], 1)
    for label, said in body.items():
        chapter = "A" if int(label) < int(second[0]) else "B"
        if label in ("1", *second):
            assert said == f"{'AB'.index(chapter) + 1} Title {chapter}"
        else:
            assert said == ("The Salt Lamp" if int(label) % 2 == 0 else f"Title {chapter}")


@pytest.mark.parametrize("trim", [(396.0, 612.0), (306.0, 494.64), (419.528, 595.276), (200.0, 200.0), (1000.0, 700.0)])
def test_a_page_is_as_large_as_the_trim_and_its_inner_margin_the_larger(
    tmp_path: Path, trim: tuple[float, float]
) -> None:
    reader = read(book(tmp_path, LONG, edition=Edition(trim=trim)))
    for page in reader.pages:
        assert [float(side) for side in page.mediabox] == pytest.approx([0, 0, *trim], abs=0.01)
    on_the_left, on_the_right = (min(left for left, _ in places(reader.pages[page]).values()) for page in (7, 8))
    assert on_the_right > on_the_left


def test_only_the_first_paragraph_after_a_heading_or_a_break_has_no_indent(tmp_path: Path) -> None:
    page = read(book(tmp_path, "One.\n\nTwo.\n\n***\n\nThree.\n\nFour.\n")).pages[6]
    left = {said: place[0] for said, place in places(page).items()}
    assert left["One."] == left["Three."] == pytest.approx(INSIDE, abs=0.01)
    assert left["Two."] == left["Four."] == pytest.approx(INSIDE + PITCH, abs=0.01)
    assert words(page) == "1 Title A One. Two. * * * Three. Four. 1"


def test_all_paragraphs_of_a_page_lie_on_one_grid(tmp_path: Path) -> None:
    Image.new("RGB", (50, 31), "green").save(tmp_path / "lamp.png")
    apart = ("> Said.", "***", "- Item\n- Item", "## Within", "```\ncode\n```", "![lamp](lamp.png)", "2. Second", "***")
    text = "".join(f"Line {place}.\n\n{block}\n\n" for place, block in enumerate(apart))
    found = places(read(book(tmp_path, text + "Last.\n", edition=Edition(trim=(396, 900)))).pages[6])
    rows = [below / PITCH for said, (_, below) in found.items() if said.startswith(("Line", "Last"))]
    assert len(rows) == len(apart) + 1
    for row in rows:
        assert rows[0] - row == pytest.approx(round(rows[0] - row), abs=0.01)


def test_bookmarks_lead_to_parts_and_their_chapters(tmp_path: Path) -> None:
    reader = read(book(tmp_path, "One.\n\n# Within\n", "Two.\n", parts={1: "Part One: The Shore"}))
    part, chapters = bookmarks(reader)
    assert part["/Title"] == "Part One: The Shore"
    assert [each["/Title"] for each in chapters] == ["1. Title A", "2. Title B"]
    assert [reader.get_destination_page_number(each) for each in (part, *chapters)] == [6, 8, 9]
    flat = read(book(tmp_path, "One.\n", "Two.\n"))
    assert [each["/Title"] for each in bookmarks(flat)] == ["1. Title A", "2. Title B"]


def test_fonts_are_embedded_and_the_document_knows_what_it_is(tmp_path: Path) -> None:
    reader = read(book(tmp_path, "One *or* **two** `three`, привет, γειά.\n", language="pt-BR", edition=IMPRINT))
    names = ("Bold", "Italic", "Regular")
    assert fonts_of(reader) == {"DejaVuSansMono": True} | {f"LibertinusSerif-{name}": True for name in names}
    assert metadata(reader) == {
        "/Title": "The Salt Lamp",
        "/Author": "Ines Halden",
        "/Subject": "Mara finds a letter.",
        "/Keywords": "Sea stories, Lighthouses",
        "/ModDate": "D:20251124160000Z",
        "/CreationDate": "D:20251124160000Z",
    }
    root: dict[str, Any] = dict(reader.root_object)
    assert root["/Lang"] == "pt-BR"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a type of pypdf's


@pytest.mark.parametrize(
    "prose",
    [
        "1984. It was a year.",
        "- no list + no list / term: none",
        "= No heading",
        '#import "x.typ" #read("/etc/passwd") #panic()',
        "$x$ @label <label> // no comment /* none */",
        "a_b_c *d* `e` ~ -- --- ... -? [f] {g} \\ \\n \\u{41} https:",
        "]]] }}} ))) ; #",
        "\"straight\" 'quotes'",
    ],
)
def test_what_looks_like_markup_of_typst_is_read_as_it_was_written(tmp_path: Path, prose: str) -> None:
    blocks = json.dumps(
        [
            {"t": "Para", "c": [{"t": "Str", "c": prose}, {"t": "LineBreak"}, {"t": "Str", "c": prose}]},
            {"t": "Para", "c": [{"t": "Emph", "c": [{"t": "Str", "c": prose}]}, {"t": "Str", "c": prose}]},
            {"t": "Para", "c": [{"t": "Code", "c": [["", [], []], prose]}]},
            {"t": "CodeBlock", "c": [["", [], []], prose]},
            {"t": "BulletList", "c": [[{"t": "Plain", "c": [{"t": "Str", "c": prose}]}]]},
        ]
    )
    made = replace(
        book(tmp_path),
        title=prose,
        author=prose,
        edition=Edition(publisher=prose, rights=prose, series=prose, description=prose, subjects=(prose,)),
        contents=[ExportPart(prose, "part-1"), ExportChapter(1, prose, "chapter-1", blocks)],
    )
    reader = read(made)

    def bare(text: str) -> str:
        """Return the text without blanks, and without the colon that a part's page has a new line for."""
        return re.sub(r"[\s:]", "", text)

    def said(page: PageObject) -> int:
        return bare(page.extract_text()).count(bare(prose))

    assert [said(page) for page in reader.pages] == [1, 0, 3, 3, 2, 0, 1, 0, 8]
    assert metadata(reader)["/Title"] == prose


@pytest.mark.parametrize("asked", ["/etc/hostname", "../secret.txt", "way-out.txt"])
def test_nothing_outside_of_its_folder_is_read(tmp_path: Path, asked: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(ExportError, match=r"^Typst failed \(.+\)\. Please report it: this is not the book's fault\.$"):
        typesetting.typeset(book(tmp_path), folder, f'#read("{asked}")', "pdf")


def test_the_same_manuscript_is_the_same_to_the_byte(tmp_path: Path) -> None:
    made = book(tmp_path, LONG, "Two.\n", parts={1: "Part One: The Shore"}, edition=IMPRINT)
    assert pdf.make(made, silent) == pdf.make(made, silent)
    assert pdf.make(made, silent) != pdf.make(replace(made, at=made.at + 1), silent)


def test_footnotes_are_at_the_foot_of_their_page_and_counted_in_each_chapter(tmp_path: Path) -> None:
    noted = "One.[^a]\n\n[^a]: A note.\n"
    reader = read(book(tmp_path, noted, noted))
    assert [words(page) for page in reader.pages[6:]] == ["1 Title A One.1 1A note. 1", "2 Title B One.1 1A note. 2"]


def test_a_picture_is_at_most_as_wide_as_a_line_and_as_high_as_a_page(tmp_path: Path) -> None:
    for name, size in {"wide": (3000, 300), "tall": (300, 3000), "small": (20, 20)}.items():
        Image.new("RGB", size, "green").save(tmp_path / f"{name}.png")
    reader = read(book(tmp_path, "![wide](wide.png)\n\n![tall](tall.png)\n\nAt ![small](small.png) once.\n"))
    sizes: list[tuple[float, float]] = []

    def visit(operator: bytes, _: Any, matrix: list[float], *__: Any) -> None:
        if operator == b"Do":
            sizes.append((round(matrix[0]), round(abs(matrix[3]))))

    for page in reader.pages:
        page.extract_text(visitor_operand_before=visit)
    assert sizes == [(293, 29), (44, 436), (20, 20)]


def test_what_typst_cannot_nest_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        pdf.make(book(tmp_path, f"{'>' * 60} deep\n"), silent)
    assert str(caught.value) == pandoc.TOO_DEEP


def test_titles_of_any_length_stay_on_their_pages(tmp_path: Path) -> None:
    title = "The Entirely True Account of the Keeper’s Daughter, Her Brother’s Letter and the Lamp that Stayed Lit"
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2
    reader = read(
        replace(
            book(tmp_path, "One.\n"),
            title=title,
            author=word,
            contents=[ExportChapter(1, word, "chapter-1", book(tmp_path, LONG).contents[0].blocks)],  # type: ignore[union-attr]
        )
    )
    assert words(reader.pages[0]) == title
    assert words(reader.pages[7]).startswith("The Entirely True Account of the Keeper’s Daughter,… ")
    assert words(reader.pages[8]).startswith("Donaudampfschifffahrtselektrizitätenh")
    for place in (2, 4, 6):
        assert word in re.sub(r"[\s\u200b]", "", reader.pages[place].extract_text())


def test_a_book_from_right_to_left_is_bound_on_the_right(tmp_path: Path) -> None:
    (left,), (right,) = (bookmarks(read(book(tmp_path, "אחת.\n", language=language))) for language in ("en", "he"))
    assert left["/Left"] == pytest.approx(INSIDE, abs=0.01)
    assert right["/Left"] == pytest.approx(OUTSIDE, abs=0.01)


@pytest.mark.parametrize("language", ["en-GB", "zh-Hant", "es-419", "sr-Latn-RS", "Deutsch", "", "x-klingon"])
def test_any_language_will_do(tmp_path: Path, language: str) -> None:
    assert "One." in words(read(book(tmp_path, "One.\n", language=language)).pages[6])


NO_FONT = "no font here has these {}, and the PDF shows boxes for them: {}. Install {}."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“Straße” — привет, γειά, שלום… ⁂ 50 € ½ ☃", []),
        ("漢字", [("Chinese or Japanese characters", "字 漢", "Noto Serif CJK")]),
        ("々ー。「」　Ａ", [("Chinese or Japanese characters", "。 々 「 」 ー …", "Noto Serif CJK")]),
        ("ꦲ", [("Javanese letters", "ꦲ", "a font for them, such as Noto Sans Javanese")]),
        ("ཀ", [("Tibetan letters", "ཀ", "a font for them")]),
        ("かなカナ漢字", [("Chinese or Japanese characters", "か な カ ナ 字 …", "Noto Serif CJK")]),
        ("한국", [("Korean letters", "국 한", "Noto Serif CJK")]),
        ("سلام", [("Arabic letters", "ا س ل م", "Noto Naskh Arabic")]),
        ("ไทย", [("Thai letters", "ท ย ไ", "a font for them, such as Noto Sans Thai")]),
        ("😀", [("signs", "😀", "Noto Sans Symbols 2 and Noto Emoji")]),
    ],
)
def test_what_none_of_typsts_own_fonts_has_is_told_with_what_to_install(
    text: str, told: list[tuple[str, str, str]]
) -> None:
    own = Fonts(include_system_fonts=False)
    assert list(pdf.unshown(set(text), "en", own)) == [NO_FONT.format(*each) for each in told]


def test_what_no_font_of_the_machine_has_is_told_once(tmp_path: Path) -> None:
    notes: list[str] = []
    pdf.make(book(tmp_path, "One \U000f0000 and \U000f0000.\n", "Two \U000f0000.\n"), notes.append)
    assert notes == [NO_FONT.format("signs", "\\u{f0000}", "Noto Sans Symbols 2 and Noto Emoji")]


def test_a_word_that_no_line_can_hold_is_broken_and_nothing_of_it_lost(tmp_path: Path) -> None:
    page = next(page for page in read(book(tmp_path, f"A {'W' * 400} end.\n")).pages if "WWW" in words(page))
    assert words(page).count("W") == 400
    assert len([line for line in page.extract_text().splitlines() if "WWW" in line]) > 8


@pytest.mark.parametrize(
    ("pages", "inches"), [(1, 0.375), (150, 0.375), (151, 0.5), (301, 0.625), (501, 0.75), (701, 0.875), (999, 0.875)]
)
def test_the_least_inner_margin_is_that_of_the_shops_table(pages: int, inches: float) -> None:
    assert pdf.gutter_of(pages) == inches


# Of the smallest page for which there is a table, with lines enough for so many pages.
@pytest.mark.parametrize(
    ("lines", "inches"), [(100, 0.5859), (9_500, 0.625), pytest.param(20_000, 0.875, marks=pytest.mark.soak)]
)
def test_a_thick_book_has_an_inner_margin_that_its_pages_ask_for(tmp_path: Path, lines: int, inches: float) -> None:
    reader = read(book(tmp_path, "The lamp.\n\n" * lines, edition=Edition(trim=(306.0, 494.64))))
    right = reader.pages[8]
    assert pdf.gutter_of(len(reader.pages)) <= inches
    assert min(left for said, (left, _) in places(right).items() if "lamp" in said) >= inches * 72 - 0.1


def test_chapters_open_on_right_hand_pages_where_the_edition_says_so(tmp_path: Path) -> None:
    made = book(tmp_path, "One.\n", "Two.\n", "Three.\n")
    anywhere = ["1 Title A One. 1", "2 Title B Two. 2", "3 Title C Three. 3"]
    assert [words(page) for page in read(made).pages[6:]] == anywhere
    right = read(replace(made, edition=Edition(open="right")))
    assert [words(page) for page in right.pages[6:]] == [
        "1 Title A One. 1",
        "",
        "2 Title B Two. 3",
        "",
        "3 Title C Three. 5",
    ]


def test_lines_of_verse_begin_where_the_first_one_does(tmp_path: Path) -> None:
    page = read(book(tmp_path, "Prose.\n\nRoses\\\nViolets\\\nThorns\n")).pages[6]
    left = {said: place[0] for said, place in places(page).items()}
    assert left["Roses"] == left["Violets"] == left["Thorns"] > left["Prose."]
