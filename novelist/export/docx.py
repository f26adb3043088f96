"""DOCX in manuscript format, as editors and agents ask for it: one typeface, double spaced, `#` between scenes.

pandoc writes it, in styles that are put into its own reference document. Knows Word's names of styles.
Source of the format: William Shunn, "Proper Manuscript Format: Novels".
"""

from __future__ import annotations

import json
import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.export import pandoc, ruby
from novelist.export.archive import rewritten
from novelist.export.manuscript import ExportPage, ExportPart
from novelist.language.lengths import length

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

    from novelist.export.manuscript import Manuscript

FACE, SIZE = "Times New Roman", 12
LETTER, A4 = (8.5, 11.0), (8.27, 11.69)  # inches
ON_LETTER = frozenset({"en", "en-us", "en-ca", "es-mx", "fr-ca"})
RULE = '{"t":"HorizontalRule"}'
WORDS_ROUNDED_TO = 1000  # words: what is told on the title page is about as many
BREAK, BYLINE, VERSE = "Scene Break", "Author", "Verse"
OPENING, ALONE = "Page Opening", "Page Text"  # of a page without a heading


def make(book: Manuscript, note: Callable[[str], None]) -> bytes:  # noqa: ARG001 - as for each format
    """Return the book as DOCX. Raises ExportError."""
    with tempfile.TemporaryDirectory(prefix="novelist-") as name:
        folder = Path(name)
        book.put_pictures(folder)
        (folder / "reference.docx").write_bytes(_reference(book, folder))
        pandoc.run(
            ["--from=json", "--to=docx", "--output=book.docx", "--reference-doc=reference.docx"],
            book.document(_blocks(book), _meta(book)),
            folder=folder,
            environ={**os.environ, "SOURCE_DATE_EPOCH": str(book.at)},
        )
        return rewritten((folder / "book.docx").read_bytes(), book.at)


def _meta(book: Manuscript) -> dict[str, Any]:
    author = [book.author] if book.author else []
    subtitle = book.edition.subtitle
    return {
        "title": book.title,
        "subtitle": subtitle,
        "author": author,
        "lang": book.tag,
        "dir": "rtl" if book.rtl else "",
    }


def _blocks(book: Manuscript) -> Iterator[str]:
    rounded = book.words >= WORDS_ROUNDED_TO
    words = f"{'about ' if rounded else ''}{length(round(book.words, -3) if rounded else book.words, book.language)}"
    yield json.dumps([_styled(BYLINE, words)])
    scene = json.dumps(_styled(BREAK, "#"))
    for each in book.with_copyright().contents:
        if isinstance(each, ExportPart):
            yield json.dumps([_heading(1, each.heading)], ensure_ascii=False)
        else:
            unseen = isinstance(each, ExportPage) and not each.headed
            level = book.level(each) if isinstance(each, ExportPage) else book.top
            opening = _styled(OPENING, "\xa0") if unseen else _heading(level, each.heading)
            yield json.dumps([opening], ensure_ascii=False)
            blocks = _with_verse(ruby.in_docx(each.blocks.replace(RULE, scene)))
            yield f'[{{"t":"Div","c":[["",[],[["custom-style","{ALONE}"]]],{blocks}]}}]' if unseen else blocks


def _with_verse(blocks: str) -> str:
    """Return blocks in which lines that keep their ends have a style of their own."""
    if '"LineBlock"' not in blocks:
        return blocks

    def styled(node: dict[str, Any]) -> dict[str, Any]:
        return (
            {"t": "Div", "c": [["", [], [["custom-style", VERSE]]], [node]]} if node.get("t") == "LineBlock" else node
        )

    return json.dumps(json.loads(blocks, object_hook=styled), ensure_ascii=False)


def _heading(level: int, text: str) -> dict[str, Any]:
    return {"t": "Header", "c": [level, ["", [], []], [{"t": "Str", "c": text}]]}


def _styled(style: str, text: str) -> dict[str, Any]:
    words = {"t": "Para", "c": [{"t": "Str", "c": text}]}
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [words]]}


def _reference(book: Manuscript, folder: Path) -> bytes:
    """Return pandoc's reference document with the styles of a manuscript."""
    import docx  # noqa: PLC0415 - a fifth of a second, and only this format needs it
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING  # noqa: PLC0415
    from docx.shared import Inches, Pt, RGBColor  # noqa: PLC0415

    environ = {**os.environ, "SOURCE_DATE_EPOCH": str(book.at)}
    given = pandoc.run(["--print-default-data-file=reference.docx"], folder=folder, environ=environ)
    document = docx.Document(BytesIO(given))

    def style(name: str) -> ParagraphStyle:
        known = {each.name for each in document.styles}
        styled: Any = (
            document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        styled.font.name, styled.font.size, styled.font.bold, styled.font.italic = FACE, Pt(SIZE), False, False
        fonts = styled.element.rPr.rFonts
        for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[theme]  # Word would take the theme's typeface before ours
        styled.font.color.rgb = RGBColor(0, 0, 0)
        form = styled.paragraph_format
        form.line_spacing_rule, form.space_before, form.space_after = WD_LINE_SPACING.DOUBLE, Pt(0), Pt(0)
        return styled  # type: ignore[no-any-return] # python-docx has one type for all styles

    for name in ("Normal", "Body Text", "First Paragraph", "Compact"):
        style(name).paragraph_format.first_line_indent = Inches(0.5) if name == "Body Text" else Inches(0)
    style("First Paragraph").paragraph_format.first_line_indent = Inches(0)
    for name in ("Block Text", VERSE):
        style(name).paragraph_format.left_indent = Inches(0.5)
    style("Footnote Text")
    for name in ("Title", "Subtitle", BYLINE, BREAK):
        style(name).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Title"].paragraph_format.space_before = Pt(200)
    style(ALONE).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    opening = style(OPENING).paragraph_format
    opening.page_break_before, opening.space_before = True, Pt(72)
    for level in (1, 2, 3):
        heading = style(f"Heading {level}")
        opens = level < 3
        heading.paragraph_format.page_break_before = opens
        heading.paragraph_format.space_before = Pt(144 if opens else 12)
        heading.paragraph_format.space_after = Pt(24 if opens else 0)
        heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER if opens else WD_ALIGN_PARAGRAPH.LEFT
    _page(document, book)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _page(document: Document, book: Manuscript) -> None:
    """Set the size of the page, its margins, and its head: author, title, page; none on the title page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - as above
    from docx.shared import Inches, Pt  # noqa: PLC0415

    section = document.sections[0]
    width, height = LETTER if book.language.casefold() in ON_LETTER else A4
    section.page_width, section.page_height = Inches(width), Inches(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    named = [book.author.split()[-1]] if book.author.split() else []
    head.add_run(" / ".join([*named, book.title.upper(), ""]))
    _page_number(head)
    for run in head.runs:
        run.font.name, run.font.size = FACE, Pt(SIZE)


def _page_number(head: Paragraph) -> None:
    """Append the field that Word fills with the number of the page."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - as above
    from docx.oxml.ns import qn  # noqa: PLC0415

    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        head.add_run()._r.append(part)  # noqa: SLF001 - python-docx has no fields
