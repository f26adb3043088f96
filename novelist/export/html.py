"""One page of HTML that holds the whole book: it asks nothing of anyone, and runs no script but its own.

Its policy (Content-Security-Policy) names that script and its stylesheet by their digests, and allows no other. Knows
what a reader sees; the frame is `page.html`, the looks are `type.css`, `page.css` and `prose.css`, the comforts
are `page.js`.
"""

from __future__ import annotations

import re
import tempfile
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.export import cover, pandoc
from novelist.export.manuscript import COPYRIGHT, ExportPage, ExportPart
from novelist.export.pictures import content
from novelist.export.untitled import untitled
from novelist.text import base_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from novelist.export.manuscript import ExportChapter, Manuscript

    Group = tuple[ExportPart | None, list[ExportChapter]]

HERE = Path(__file__).parent
STYLES = ("type.css", "page.css", "prose.css")  # the studio shows prose with the first and the last
MIME = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
MOST_UNFOLDED = 80  # chapters, above which the contents are folded
CHAPTERS_OF_A_FOLD = 50  # chapters of no part in one fold
LONG_BOOK = 300_000  # words, above which a browser should not lay out what is not on its screen

# What pandoc writes: in text and in attributes it escapes every `<`, so that these are never prose.
PICTURE = re.compile(r'<img src="(picture-[0-9]+\.[a-z]+)"( alt="[^"]*")? />')
NO_WORDS = ' alt=""'
ALONE = re.compile(r"<p>(<img [^<]*/>)</p>")


def make(book: Manuscript, note: Callable[[str], None]) -> bytes:  # noqa: ARG001 - as for each format
    """Return the book as one page of HTML 5. Raises ExportError."""
    import jinja2  # noqa: PLC0415 - only this format needs it
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    *styles, script = ((HERE / name).read_text(encoding="utf-8") for name in (*STYLES, "page.js"))
    style = "".join(styles)
    image, kind = cover.of(book)
    opening, body = _bodies(book)
    language = base_language(book.language)
    page = environment.get_template("page.html").render(
        book=book,
        back=book.pages("back"),
        body=Markup(body),  # noqa: S704 - pandoc escapes what it writes
        cover=_data(image, kind),
        direction="rtl" if book.rtl else "ltr",
        english=language == "en",
        folded=_count(book) > MOST_UNFOLDED,
        front=book.pages("front", opens=False),
        groups=list(_groups(book)),
        imprint=not any(page.name == COPYRIGHT.name for page in book.pages()),
        long=book.words > LONG_BOOK,
        opening=Markup(opening),  # noqa: S704 - as above
        policy=_policy(style, script),
        script=Markup(script),  # noqa: S704 - ours
        style=Markup(style),  # noqa: S704 - ours
    )
    return page.encode()


def _policy(style: str, script: str) -> str:
    """Return the policy of the page: nothing but `style`, `script` and pictures that are in the page itself."""
    styles, scripts = (b64encode(sha256(each.encode()).digest()).decode() for each in (style, script))
    return (
        f"default-src 'none'; style-src 'sha256-{styles}'; script-src 'sha256-{scripts}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _bodies(book: Manuscript) -> tuple[str, str]:
    """Return what stands before the contents, and all that stands behind them."""
    whole = untitled(_body(book))
    first = next(each.id for each in book.contents if not (isinstance(each, ExportPage) and each.opens))
    start = whole.index(f'<section id="{first}"')
    return whole[:start], whole[start:]


def _body(book: Manuscript) -> str:
    """Return the parts, chapters and pages, each a section with its identity; the notes of a chapter end it."""
    with tempfile.TemporaryDirectory(prefix="novelist-") as folder:
        done = pandoc.run(
            [
                "--sandbox",
                "--from=json",
                "--to=html5",
                "--wrap=none",
                "--section-divs",
                "--shift-heading-level-by=1",  # the first is the book's title
                "--reference-location=section",
            ],
            book.document(book.headed()),
            folder=Path(folder),
        )
    pictures = {name: _data(content(path), Path(name).suffix[1:]) for name, path in book.pictures.items()}

    def with_picture(match: re.Match[str]) -> str:
        return f'<img src="{pictures[match[1]]}"{match[2] or NO_WORDS} />'

    return ALONE.sub(r'<p class="picture">\1</p>', PICTURE.sub(with_picture, done.decode()))


def _data(picture: bytes, kind: str) -> str:
    return f"data:{MIME[kind]};base64,{b64encode(picture).decode()}"


def _count(book: Manuscript) -> int:
    return len(book.chapters)


def _groups(book: Manuscript) -> Iterator[Group]:
    """Yield the chapters as they stand together in the contents: by part, and those of none in runs where many."""
    many = _count(book) > MOST_UNFOLDED
    part: ExportPart | None = None
    chapters: list[ExportChapter] = []
    for each in book.contents:
        if isinstance(each, ExportPage):
            continue
        full = many and part is None and len(chapters) == CHAPTERS_OF_A_FOLD
        if chapters and (full or isinstance(each, ExportPart)):
            yield part, chapters
            chapters = []
        if isinstance(each, ExportPart):
            part = each
        else:
            chapters.append(each)
    yield part, chapters
