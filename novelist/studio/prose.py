"""A chapter's text as the reading page sets it: vetted as for an export, with its author's paragraphs marked.

Knows pandoc by `export`, and where there is none shows the text as it is typed. What it returns is safe as HTML.
"""

from __future__ import annotations

import json
import re
import secrets
import tempfile
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from novelist.book import paragraphs
from novelist.edits import assembly
from novelist.errors import ExportError
from novelist.export import footnotes, pandoc, pictures, quotes, reading, ruby
from novelist.export.html import MIME
from novelist.export.sanitize import Sanitizer
from novelist.language import lookup
from novelist.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.book.frontmatter import Page
    from novelist.targets.chapter import ChapterTarget

PICTURE = re.compile(r'<img src="(picture-[0-9]+\.[a-z]+)"')
MARKABLE = ("prose", "quote")
TYPED = 'data-typed=""'
YOURS = '<span class="unseen">Typed by hand: </span>'


def prose(chapter: ChapterTarget) -> Markup:
    """Return the text of a chapter that is there. Raises BookError where it cannot be read."""
    page, text = chapter.written(), assembly.body(chapter)
    mark = secrets.token_hex(16)
    try:
        return Markup(_marked(_html(chapter, _with_marks(text, _typed(page, text), mark)), mark))  # noqa: S704 - vetted
    except (ExportError, RecursionError):
        return _plain(text)


def _html(chapter: ChapterTarget, text: str) -> str:
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
        done = pandoc.run(arguments, json.dumps(document).encode(), folder=Path(folder))
    data = {name: pictures.content(path) for name, path in sanitizer.pictures.items()}

    def with_picture(match: re.Match[str]) -> str:
        kind = MIME[match[1].rpartition(".")[2]]
        return f'<img src="data:{kind};base64,{b64encode(data[match[1]]).decode()}"'

    return PICTURE.sub(with_picture, done.decode())


def _typed(page: Page, shown: str) -> frozenset[int]:
    """Return the numbers of the author's paragraphs in what is shown of a page, which may lack its own heading."""
    record = page.record
    if record is None or not record.drafted:
        return frozenset()
    left_out = len(paragraphs.split(normalise(page.body))) - len(paragraphs.split(shown))
    return frozenset(number - left_out for number in paragraphs.owners(page.body, record.drafted).locked)


def _with_marks(text: str, typed: frozenset[int], mark: str) -> str:
    """Return a text with a paragraph that is `mark` before each one that is typed."""
    changes = {
        number - 1: paragraphs.Change(after=mark)
        for number, each in enumerate(paragraphs.split(text), 1)
        if number in typed and each.kind in MARKABLE
    }
    return paragraphs.edited(text, changes)


def _marked(html: str, mark: str) -> str:
    """Return HTML in which the element behind each paragraph `mark` is said to be typed by hand."""
    begun, *rest = html.split(f"<p>{mark}</p>")
    return begun + "".join(_yours(each) for each in rest)


def _yours(html: str) -> str:
    return re.sub(r"<(p|div|blockquote|ul|ol)\b([^<>]*)>", rf"<\1\2 {TYPED}>{YOURS}", html, count=1)


def _plain(text: str) -> Markup:
    return Markup("\n").join(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Markup]:
    for each in paragraphs.split(text):
        if each.kind == "break":
            yield Markup("<hr>")
        elif each.kind == "heading":
            yield Markup("<h3>{}</h3>").format(each.text.lstrip("# "))
        else:
            yield Markup("<p>{}</p>").format(escape(each.text))
