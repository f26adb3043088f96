"""A chapter's text as the reading page sets it: vetted as for an export, paragraph by paragraph, its author's marked.

Each paragraph has its number in its file in the id `p-12`. Knows pandoc by `export`, and where there is none shows the
text as it is typed. What it returns is safe as HTML.
"""

from __future__ import annotations

import json
import re
import secrets
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from novelist.book import paragraphs
from novelist.edits import assembly
from novelist.errors import ExportError
from novelist.export import footnotes, pandoc, pictures, quotes, reading, ruby
from novelist.export.html import MIME
from novelist.export.sanitize import Sanitizer
from novelist.language import lookup
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.frontmatter import Page
    from novelist.targets.chapter import ChapterTarget

PICTURE = re.compile(r'<img src="(picture-[0-9]+\.[a-z]+)"')
TYPED = 'data-typed=""'
YOURS = '<span class="unseen">Typed by hand: </span>'
TYPED_KINDS = ("prose", "quote")
TOLD_APART = ("prose", "quote", "heading", "break", "code")
# What may be an item of a list, or speech behind a hyphen; and what may go on with one.
LISTED = re.compile(r"[ \t]*(?:-|[*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t]))")
WITHIN = re.compile(r" {2,}|[ \t]*\t")
ELEMENT = re.compile(r"\s*<([a-z][a-z0-9]*)([^<>]*)>")


class Passage(NamedTuple):
    """A paragraph as it is shown, or several of one list: the number in its file of the first, from 1, and its HTML.

    What has no number there, such as the notes behind the text, has 0.
    """

    number: int
    html: Markup


def prose(chapter: ChapterTarget) -> Sequence[Passage]:
    """Return the text of a chapter that is there. Raises BookError where it cannot be read."""
    return set_as_read(chapter, chapter.written())


def set_as_read(chapter: ChapterTarget, page: Page, ids: str = "") -> Sequence[Passage]:
    """Return a text of a chapter that stands on any page, such as an alternative's; `ids` is put before its ids."""
    text = assembly.shown(chapter, page)
    every = paragraphs.split(text)
    above = len(paragraphs.split(normalise(page.body))) - len(every)  # its own heading, which is not shown
    typed = _typed(page, above)
    mark = secrets.token_hex(16)
    try:
        begun, *rest = re.split(f"<p>{mark}x([0-9]+)</p>\n?", _html(chapter, _with_marks(text, typed, mark), ids))
    except (ExportError, RecursionError):
        return [Passage(number, _plain(each, f"{ids}p-{number}")) for number, each in enumerate(every, 1 + above)]
    pairs = [(0, begun), *zip(map(int, rest[::2]), rest[1::2], strict=True)]
    return [
        _passage(re.sub(f"{mark}x[0-9]+ ?", "", html), number and number + above, ids, typed=number in typed)
        for number, html in pairs
        if html.strip()
    ]


def _html(chapter: ChapterTarget, text: str, ids: str) -> str:
    """Return a text as pandoc sets it, of which only what is known goes in. Raises ExportError."""
    table = lookup.table(chapter.inputs.premise.language)
    readable = reading.readable(text, table)
    if footnotes.endless(readable) or footnotes.told(readable) > footnotes.MOST_TOLD:
        raise ExportError(pandoc.TOO_MUCH)
    sanitizer = Sanitizer(chapter.inputs.book.root, table.quotes)
    blocks = sanitizer.blocks(reading.read_texts([readable])[0])
    quotes.curl(blocks, table.quotes)
    document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": json.loads(ruby.in_html(json.dumps(blocks)))}
    with tempfile.TemporaryDirectory(prefix="novelist-") as folder:
        arguments = ["--sandbox", "--from=json", "--to=html5", "--wrap=none", "--shift-heading-level-by=1"]
        arguments += [f"--id-prefix={ids}"] if ids else []
        done = pandoc.run(arguments, json.dumps(document).encode(), folder=Path(folder))
    data = {name: pictures.content(path) for name, path in sanitizer.pictures.items()}

    def with_picture(match: re.Match[str]) -> str:
        kind = MIME[match[1].rpartition(".")[2]]
        return f'<img src="data:{kind};base64,{b64encode(data[match[1]]).decode()}"'

    return PICTURE.sub(with_picture, done.decode())


def _typed(page: Page, above: int) -> frozenset[int]:
    """Return the numbers of the author's paragraphs in what is shown of a page, which lacks those `above` it."""
    record = page.record
    if record is None or not record.drafted:
        return frozenset()
    locked = paragraphs.owners(page.body, record.drafted).locked
    kinds = [each.kind for each in paragraphs.split(page.body)]
    return frozenset(number - above for number in locked if kinds[number - 1] in TYPED_KINDS)


def _with_marks(text: str, typed: frozenset[int], mark: str) -> str:
    """Return a text with a paragraph before each one that says its number behind `mark`, and one at its end.

    The items of a list stay together, but for those that are typed: apart, each would be a list of its own.
    """
    pieces, end, listed = list[str](), 0, False
    for number, each in enumerate(paragraphs.split(text), 1):
        goes_on = listed and each.kind == "prose" and bool(LISTED.match(each.text) or WITHIN.match(each.text))
        listed = each.kind == "prose" and (goes_on or bool(LISTED.match(each.text)))
        if each.kind in TOLD_APART and (number in typed or not goes_on):
            pieces += [text[end : each.start], f"\n\n{mark}x{number}\n\n"]
            end = each.start
    return "".join([*pieces, text[end:], f"\n\n{mark}x0"])


def _passage(html: str, number: int, ids: str, *, typed: bool) -> Passage:
    """Return a passage of HTML that is vetted already, with its number, and whether it was typed by hand."""
    element = ELEMENT.match(html)
    if element and number:
        yours = YOURS if typed and element[1] in ("p", "div", "blockquote") else ""
        tag = f'<{element[1]} id="{ids}p-{number}"{f" {TYPED}" if typed else ""}{element[2]}>{yours}'
        html = f"{tag}{html[element.end() :]}"
    return Passage(number, Markup(html))  # noqa: S704 - vetted


def _plain(each: paragraphs.Paragraph, name: str) -> Markup:
    if each.kind == "break":
        return Markup('<hr id="{}">').format(name)
    if each.kind == "heading":
        return Markup('<h3 id="{}">{}</h3>').format(name, each.text.lstrip("# "))
    return Markup('<p id="{}">{}</p>').format(name, each.text)
