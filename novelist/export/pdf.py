"""PDF, set by Typst as a novel is printed.

Knows what Typst wants of prose. What the pages look like is said in `book.typ`.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.errors import ExportError
from novelist.export import pandoc, ruby
from novelist.export.manuscript import ExportPart
from novelist.export.sanitize import PLAIN
from novelist.export.typesetting import typeset
from novelist.export.typst import families, fonts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from typst import Fonts

    from novelist.export.manuscript import Manuscript
    from novelist.export.sanitize import Node

MAIN = '#import "book.typ": book\n#book()\n'
CHAPTER = '#import "book.typ": alone, horizontalrule, picture, ruby, verse\n'
BETWEEN = "\x1e"  # chapters: a character that vetted text cannot have


# What characters are called and which font has them: by the words that their names begin with, in Unicode.
EASTERN = ("Chinese or Japanese characters", "Noto Serif CJK")
SCRIPTS = {
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "KANGXI", "HENTAIGANA"), EASTERN),
    "HANGUL": ("Korean letters", "Noto Serif CJK"),
    "ARABIC": ("Arabic letters", "Noto Naskh Arabic"),
    **{name: (f"{name.title()} letters", "Noto Serif") for name in ("LATIN", "GREEK", "CYRILLIC")},
}
# Brackets, full stops and the like that only a font of the East has, and letters as wide as its own.
EASTERN_FORMS = re.compile("[\u2e80-\u303f\u30fb\u30fc\u31c0-\u33ff\ufe30-\ufe4f\uff00-\uffee]")
# Scripts of which Noto has a font by their names.
NOTO = re.compile(
    "ARMENIAN|BALINESE|BENGALI|CHEROKEE|COPTIC|DEVANAGARI|ETHIOPIC|GEORGIAN|GOTHIC|GUJARATI|GURMUKHI|HEBREW|JAVANESE|"
    "KANNADA|KHMER|LAO|MALAYALAM|MONGOLIAN|MYANMAR|ORIYA|RUNIC|SINHALA|SUNDANESE|SYRIAC|TAMIL|TELUGU|THAANA|THAI"
)
# Signs may come from any font; letters of a typewriter's font among those of a book would be no use.
PROBE = b"""
#set document(title: "")
#set text(font: json(bytes(sys.inputs.fonts)))
#text(fallback: false, sys.inputs.letters.clusters().join([ ])) #sys.inputs.signs.clusters().join([ ])
"""
UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')

# The least inner margin, in inches, of a book of at most so many pages: that of Kindle Direct Publishing ("Set Trim
# Size, Bleed, and Margins"), which is at least what other printers on demand ask for.
GUTTERS = ((150, 0.375), (300, 0.5), (500, 0.625), (700, 0.75), (828, 0.875))
INCH = 72.0  # points
PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+([0-9]+)")

# A word that no line can hold, of letters that are not themselves joined or broken by rules of their script.
ENDLESS = re.compile("[!-\u02ff\u0370-\u052f]{60,}")
LONGEST_UNBROKEN = 10  # characters between two places where it may be broken


def make(book: Manuscript, note: Callable[[str], None]) -> bytes:
    """Return the book as PDF; `note` is told what no font could show. Raises ExportError."""
    with tempfile.TemporaryDirectory(prefix="novelist-") as name:
        folder = Path(name)
        for place, text in _texts(book, folder):
            (folder / f"{place}.typ").write_text(CHAPTER + text, encoding="utf-8")
        book.put_pictures(folder)
        for line in unshown(_characters(book), book.language, fonts()):
            note(line)
        return _bound(book, folder)


def _bound(book: Manuscript, folder: Path) -> bytes:
    """Return the book set with an inner margin that is wide enough for as many pages as it then has."""
    gutter = GUTTERS[0][1]
    while True:
        content = typeset(book, folder, MAIN, "pdf", gutter * INCH)
        needed = gutter_of(pages(content))
        if needed <= gutter:  # a wider margin makes no fewer pages
            return content
        gutter = needed


def gutter_of(pages: int) -> float:
    """Return the least inner margin of a book of so many pages, in inches."""
    return next((width for most, width in GUTTERS if pages <= most), GUTTERS[-1][1])


def pages(content: bytes) -> int:
    """Return how many pages a PDF of Typst's has."""
    return max(int(count) for count in PAGES.findall(content))


def unshown(characters: Collection[str], language: str, fonts: Fonts) -> Iterator[str]:
    """Say what to install for those of the `characters` that none of the `fonts` has, a line for each remedy."""
    import typst  # noqa: PLC0415 - belongs to an extra

    given = {
        "letters": "".join(sorted(filter(str.isalpha, characters))),
        "signs": "".join(sorted(filter(_is_sign, characters))),
        "fonts": json.dumps(families(language, fonts)),
    }
    try:
        # PDF/A has no room for a character without a glyph, and Typst names each that it misses.
        typst.compile(PROBE, font_paths=fonts, sys_inputs=given, format="pdf", pdf_standards="a-2u")
    except typst.TypstError as error:
        missed: dict[tuple[str, str], list[str]] = {}
        for each in sorted(UNSHOWN.findall(error.diagnostic)):
            missed.setdefault(_script(each), []).append(each)
        for (script, remedy), those in missed.items():
            listed = " ".join(those[:5]) + " …" * (len(those) > 5)
            yield f"no font here has these {script}, and the PDF shows boxes for them: {listed}. Install {remedy}."


def _is_sign(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "NPS" or category in ("Co", "Cn")


def _script(character: str) -> tuple[str, str]:
    """Return what characters of a script are called, and a font that has them."""
    if EASTERN_FORMS.match(character):
        return EASTERN
    if not character.isalpha():
        return "signs", "Noto Sans Symbols 2 and Noto Emoji"
    script = re.split("[ -]", unicodedata.name(character[0], "other"))[0]
    name = script.title()
    remedy = f"a font for them, such as Noto Sans {name}" if NOTO.fullmatch(script) else "a font for them"
    return SCRIPTS.get(script) or (f"{name} letters", remedy)


def _texts(book: Manuscript, folder: Path) -> Iterator[tuple[int, str]]:
    """Return the text of each chapter as Typst, with its place among the contents.

    pandoc writes the structure. Text it would write as markup, where `1984. It was` is a list; so each is a string.
    """
    end = json.dumps([_raw("Block", BETWEEN)])
    chapters = [(place, each) for place, each in enumerate(book.contents) if not isinstance(each, ExportPart)]

    def blocks() -> Iterator[str]:
        for _, chapter in chapters:
            yield json.dumps(json.loads(chapter.blocks, object_hook=_literal), ensure_ascii=False)
            yield end

    try:
        given = book.document(blocks())
    except RecursionError as error:
        raise ExportError(pandoc.TOO_DEEP, why=pandoc.DEPTH) from error
    written = pandoc.run(["--from=json", "--to=typst", "--wrap=none"], given, folder=folder)
    texts = written.decode().split(BETWEEN)[:-1]
    return ((place, text) for (place, _), text in zip(chapters, texts, strict=True))


def _literal(node: Node) -> Node:
    """Return a node of pandoc's with every text in it as a string of Typst's, in which nothing is markup."""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in ("Str", "Code"):
        call = f"#{_string(ENDLESS.sub(_breakable, content))};" if kind == "Str" else f"#raw({_string(content[1])});"
        return _raw("Inline", call)
    if kind in ("CodeBlock", "HorizontalRule"):
        call = f"#raw(block: true, {_string(content[1])})" if kind == "CodeBlock" else "#horizontalrule"
        return _raw("Block", call)
    if read := ruby.pairs(node):
        inlines = [each for base, reading in read for each in (_ruby(base, reading) if reading else base)]
        return {"t": "Span", "c": [PLAIN, inlines]}
    return _called(kind, content) or node


def _called(kind: str, content: Any) -> Node | None:  # noqa: ANN401 - what JSON holds
    """Return a node as a call of a function of `book.typ`, where there is one for its kind."""
    if kind == "LineBlock":
        return _call("verse", [each for line in content for each in ({"t": "LineBreak"}, *line)][1:], "Plain")
    if kind == "Image":
        return _call(f"picture({_string(content[2][0])})", content[1], "Span")
    if kind == "Para" and [each["t"] for each in content] == ["Span"]:
        return _call("alone", content, "Plain")
    return None


def _breakable(word: re.Match[str]) -> str:
    """Return a word with places where it may be broken."""
    return "\u200b".join(re.findall(f".{{1,{LONGEST_UNBROKEN}}}", word[0]))


def _call(function: str, given: list[Node], kind: str) -> Node:
    """Return a call of a function of `book.typ`, as a node of a `kind`."""
    inlines = [_raw("Inline", f"#{function}["), *given, _raw("Inline", "];")]
    return {"t": kind, "c": [PLAIN, inlines] if kind == "Span" else inlines}


def _ruby(base: list[Node], reading: list[Node]) -> list[Node]:
    return [_raw("Inline", "#ruby["), *base, _raw("Inline", "]["), *reading, _raw("Inline", "];")]


def _raw(kind: str, text: str) -> Node:
    return {"t": f"Raw{kind}", "c": ["typst", text]}


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _characters(book: Manuscript) -> set[str]:
    edition = book.edition
    characters = set(book.title + book.author + edition.subtitle + edition.publisher + edition.rights + edition.series)
    for each in book.contents:
        characters.update(each.heading if isinstance(each, ExportPart) else each.title + each.blocks)
    return characters
