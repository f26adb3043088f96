"""What was written elsewhere becomes a book: kept as it is, summed up, and gone on with where it stops."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from in_process import Here
from scripted import Scripted
from shelf import NOVELS, Shelf, with_novels
from typed import type_book

from novelist.book.paths import Book
from novelist.cli.importing import import_
from novelist.cli.main import Group
from novelist.export import docx, epub, manuscript, reading
from novelist.targets.snapshot import Snapshot

Bring = Callable[..., Shelf]
Refuse = Callable[..., str]


@click.group(cls=Group)
def novelist() -> None:
    """Stand in for the command, which has this verb among others."""


novelist.add_command(import_)


class Brought(Shelf):
    """A book that an import made, and what it said."""

    said: list[str]

    @property
    def outline(self) -> list[str]:
        """The headings of its outline."""
        return [line for line in (self / "outline.md").read_text(encoding="utf-8").splitlines() if line[:1] == "#"]

    @property
    def chapters(self) -> dict[str, str]:
        """Its chapters by the names of their files."""
        return {path.name: path.read_bytes().decode() for path in sorted((self / "chapters").iterdir())}


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    """Import a file into a new folder, and return the book."""

    def bring(source: Path) -> Brought:
        root = tmp_path / "brought"
        done = CliRunner().invoke(novelist, ["import", str(source), str(root)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        book = Brought(root)
        kept = re.sub(r"[0-9]{8}T[0-9.]+Z\.md", "….md", done.output.replace(f"{root}", "brought"))
        book.said = kept.splitlines()
        return book

    return bring


@pytest.fixture
def refuse(tmp_path: Path) -> Refuse:
    """Try to import a file, and return why that was refused; nothing is there then."""

    def refuse(source: Path) -> str:
        root = tmp_path / "refused"
        before = sorted(tmp_path.rglob("*"))
        done = CliRunner().invoke(novelist, ["import", str(source), str(root)], catch_exceptions=False)
        assert done.exit_code == 1, done.output
        assert sorted(tmp_path.rglob("*")) == before
        assert done.output.count("\n") == 1
        return done.output.removeprefix("Error: ").rstrip("\n").replace(f"{tmp_path}/", "")

    return refuse


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Make a file to import."""

    def file(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return file


File = Callable[[str, str | bytes], Path]


def state(outline: str | None, *chapters: tuple[str, str], **more: Any) -> str:
    """Return a novel_state.json."""
    written = [{"title": title, "content": content} for title, content in chapters]
    return json.dumps(
        {"title": "The Salt Lamp", "concept": "A lamp.", "outline_text": outline} | {"chapters": written} | more
    )


# The two real books.

SAID = "as the state says."
STRANGE = "whom no chapter names. Make them agree before more is drafted."
LEFT_OUT = {
    "bird-planes-and-plain-birds": [
        "Elsewhere, USA: A Novel, 1,751 words: the title of the book",
        "Act I: The Great Exchange, 2,120 words: the heading of a part",
        "Act II: Fish Out of Water, 1,716 words: the heading of a part",
    ],
    "the-whoosh-of-love": [
        "The Timber Terror, 1,801 words: the title of the book",
        "Act I: The Opening Hook, 2,306 words: the heading of a part",
    ],
}
LOOK = {
    "bird-planes-and-plain-birds": [
        f"The outline calls the book `Elsewhere, USA: A Novel`; premise.md has `Bird Planes and Plain Birds`, {SAID}",
        f"The outline tells of `Jake`, `Maya`, `Luna`, `Ben`, {STRANGE}",
    ],
    "the-whoosh-of-love": [
        f"The outline calls the book `The Timber Terror`; premise.md has `The Whoosh of Love`, {SAID}",
        "`Consultant` ends in mid-sentence. Finish it by hand, or delete its file to have it drafted.",
        "The outline ends in mid-sentence, at `Hostage`. Finish it in outline.md.",
        f"The outline tells of `Vera`, `Declan`, `Maggie`, `Holt`, {STRANGE}",
    ],
}


@with_novels
@pytest.mark.parametrize(
    ("name", "written", "count", "parts"), [("bird-planes-and-plain-birds", 7, 32, 4), ("the-whoosh-of-love", 8, 29, 3)]
)
def test_a_real_book_is_brought_and_built_to_its_end(  # noqa: PLR0913, PLR0917 - a book and what is in it
    bring: Callable[[Path], Brought],
    server: Scripted,
    here: Here,
    name: str,
    written: int,
    count: int,
    parts: int,
) -> None:
    source = NOVELS / f"{name}.novel_state.json"
    brought = bring(source)
    left_out = [line[13:] for line in brought.said if line.startswith("left out")]
    assert [line.split(", not a chapter")[0] for line in left_out] == LEFT_OUT[name]
    notes = [line[13:] for line in brought.said if line.startswith("note")]
    assert notes[2:-2] == LOOK[name]
    told = json.loads(source.read_text(encoding="utf-8"))
    prose = {chapter["title"].strip("*"): chapter["content"].partition("\n\n")[2] for chapter in told["chapters"]}
    before = brought.chapters
    assert len(before) == written
    titles = [line.partition(". ")[2].partition(" {#")[0] for line in brought.outline if line.startswith("## ")]
    assert [f"{prose[title]}\n" for title in titles[:written]] == list(before.values())
    kept = {path.read_text(encoding="utf-8") for path in (brought / ".novelist" / "history").rglob("*.md")}
    assert kept == {f"{text}\n" for title, text in prose.items() if title not in titles}

    book = Here(brought.root, here.environ, here.capfd)
    length = re.search(r"words: .*", (book / "premise.md").read_text(encoding="utf-8"))
    assert length
    book.edit("premise.md", length[0], "words: 40-60\njobs: 1")  # a test need not wait for the model's long chapters
    ran = book.doit()
    assert ran.status == 0, ran.out + ran.err
    summed = [f"summary:{number}" for number in range(1, written + 1)]
    drafted = [f"{kind}:{number}" for number in range(written + 1, count + 1) for kind in ("chapter", "summary")]
    assert server.tasks == [*summed, "bible", "bible:missing", *drafted]
    assert {name: text for name, text in brought.chapters.items() if name in before} == before
    assert len(brought.chapters) == len(list((brought / "summaries").glob("[0-9]*.md"))) == count
    whole = (brought / "book.md").read_text(encoding="utf-8")
    assert sum(line.startswith("# ") for line in whole.splitlines()) == parts + 1
    assert all(text.rstrip("\n").partition("\n")[0] in whole for text in before.values())
    assert book.doit().out == "Everything is up to date.\n"


# novel_state.json, of any kind.

HISTORY = "brought/.novelist/history"
PART = "the heading of a part"
REMEDY = (
    "Give outline.md a section `## The Lamp {#the-lamp-2}` where it belongs, and run `novelist restore the-lamp-2`."
)


def test_what_an_import_says(bring: Callable[[Path], Brought], file: File) -> None:
    outline = (
        "# The Lamp\n\n## Act I: The Shore\n\n1. **The Bottle** — Mara finds it.\n2. **The Lamp** — She lights it.\n"
    )
    chapters = [("**The Lamp**", "## Chapter 1: **The Lamp**\n\nOnce."), ("**Act I: The Shore**", "Then.")]
    bottle = ("**The Bottle**", "## Chapter 3: **The Bottle**\n\nMara found it.  \nA bottle.\n")
    brought = bring(file("novel_state.json", state(outline, *chapters, bottle, model="kimi-k2")))
    assert brought.said == [
        "title        The Salt Lamp",
        "part         Act I: The Shore",
        "chapter:01   The Bottle, 5 words",
        "book         2 chapters, 1 of them written, 5 words",
        "to draft     chapter:02: not written yet",
        f"left out     The Lamp, 1 word: the title of the book, not a chapter. It is in {HISTORY}/the-lamp-2/….md.",
        f"left out     Act I: The Shore, 1 word: {PART}, not a chapter. It is in {HISTORY}/act-i-the-shore/….md.",
        f"             Is one of them part of the story after all? {REMEDY}",
        "note         Left out, since they are the generator's own: `model`.",
        "note         The heading above 2 texts is left out: novelist writes it itself.",
        "note         The outline calls the book `The Lamp`; premise.md has `The Salt Lamp`, as the state says.",
        "note         No language is named, which means English. If it is another, add `language:` to premise.md.",
        "note         bible.md is drafted from premise.md and your chapters. Name people there, or write it yourself.",
        "",
        "The book is in brought/. See what is left to draft and what it takes, then draft it:",
        "  cd brought && novelist plan",
        "  doit",
    ]
    assert brought.chapters == {"01-the-bottle.md": "Mara found it.  \nA bottle.\n"}
    assert (brought / "premise.md").read_text() == "---\ntitle: The Salt Lamp\nchapters: 2\nwords: 5\n---\n\nA lamp.\n"
    assert (brought / "outline.md").read_text() == (
        "---\ntitle: The Salt Lamp\n---\n\n# Act I: The Shore\n\n"
        "## 1. The Bottle {#the-bottle}\n\nMara finds it.\n\n## 2. The Lamp {#the-lamp}\n\nShe lights it.\n"
    )


def test_a_text_that_was_left_out_can_be_had_in_the_book(
    bring: Callable[[Path], Brought], file: File, server: Scripted, here: Here
) -> None:
    outline = "# The Lamp\n\n1. **The Bottle** — Mara finds it.\n"
    chapters = [("The Lamp", "It all began here."), ("The Bottle", "Mara found it.")]
    brought = bring(file("novel_state.json", state(outline, *chapters)))
    brought.edit("outline.md", "## 1. The Bottle", "## The Lamp {#the-lamp}\n\nIt begins.\n\n## 1. The Bottle")
    from novelist.edits import decisions
    from novelist.targets.naming import named

    snapshot = Snapshot(Book(brought.root))
    decisions.restore(named(snapshot, "the-lamp"), "")
    ran = Here(brought.root, here.environ, here.capfd).doit()
    assert ran.status == 0, ran.out + ran.err
    assert server.tasks == []
    assert brought.chapters == {"01-the-lamp.md": "It all began here.\n", "02-the-bottle.md": "Mara found it.\n"}


def test_a_state_with_nothing_but_titles_is_told_apart_by_them(bring: Callable[[Path], Brought], file: File) -> None:
    titles = ["THE QUANTUM VEIL", "Act I: Awakening", "**The Memory Market**", "Act II: Ghosts", "**The Quantum Veil**"]
    chapters = [(title, f"## Chapter {number}: {title}\n\nText {number}.") for number, title in enumerate(titles, 1)]
    brought = bring(file("s.json", state(None, *chapters, outline_items=titles)))
    assert brought.outline == [
        "# Act I: Awakening",
        "## 1. The Memory Market {#the-memory-market}",
        "# Act II: Ghosts",
        "## 2. The Quantum Veil {#the-quantum-veil}",
    ]
    assert list(brought.chapters.values()) == ["Text 3.\n", "Text 5.\n"]


def test_titles_that_are_there_twice_stay_two_chapters(bring: Callable[[Path], Brought], file: File) -> None:
    outline = "1. **Interlude** — One.\n2. **The Bottle** — Two.\n3. **Interlude** — Three.\n4. Interlude: Four.\n"
    chapters = [("Interlude", "First."), ("The Bottle", "Second."), ("Interlude", "Third."), ("Interlude", "Fourth.")]
    brought = bring(file("s.json", state(outline, *chapters, ("Interlude", "Fifth."))))
    assert list(brought.chapters.items()) == [
        ("01-interlude.md", "First.\n"),
        ("02-the-bottle.md", "Second.\n"),
        ("03-interlude-2.md", "Third.\n"),
        ("04-interlude-3.md", "Fourth.\n"),
        ("05-interlude-4.md", "Fifth.\n"),
    ]
    assert "note         The outline has no section for `Interlude`; it has one now." in brought.said
    assert "\nOne.\n" in (brought / "outline.md").read_text()


def test_what_an_outline_says_of_its_parts_and_of_the_book_comes_along(
    bring: Callable[[Path], Brought], file: File
) -> None:
    outline = "# The Lamp\n\nA tale.\n\n## Act I\n\nIt is winter.\n\n1. **The Bottle** — She finds it.\n   She rests.\n"
    brought = bring(file("s.json", state(outline, ("The Bottle", "Found."), ("A Dream", "Dreamt."))))
    assert (brought / "outline.md").read_text().partition("---\n\n")[2] == (
        "A tale.\n\n# Act I\n\nIt is winter.\n\n## 1. The Bottle {#the-bottle}\n\nShe finds it.\nShe rests.\n\n"
        "## 2. A Dream {#a-dream}\n"
    )


def test_an_outline_that_is_none_is_kept_and_the_titles_are_taken(bring: Callable[[Path], Brought], file: File) -> None:
    brought = bring(file("s.json", state("I cannot do that.", ("The Bottle", "Text."), ("Dedication", "For Tom."))))
    assert brought.outline == ["## 1. The Bottle {#the-bottle}"]
    kept = [path.read_text() for path in sorted((brought / ".novelist" / "history").rglob("*.md"))]
    assert kept == ["For Tom.\n", "I cannot do that.\n"]


def test_a_fence_a_carriage_return_and_control_characters(bring: Callable[[Path], Brought], file: File) -> None:
    texts = ["```markdown\n## Chapter 1: One\n\nText.\n```", "A\r\nB.\r\n", "\ud800Red \x1b[31mtext\x00."]
    brought = bring(file("s.json", state(None, *zip(("One", "Two", "Three"), texts, strict=True))))
    assert list(brought.chapters.values()) == ["Text.\n", "A\r\nB.\n", "Red [31mtext.\n"]
    assert "note         The code fence around 1 text is left out." in brought.said
    assert "note         In `Three`, 3 control characters are left out." in brought.said


NO_STATE = "this is not the state of a novel"
NO_TITLES = f"{NO_STATE}: it has neither an outline nor chapters with titles"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: this is not JSON (Expecting value)"),
        ("{", ":1: this is not JSON (Expecting property name enclosed in double quotes)"),
        ("[]", f": {NO_STATE}: it is not one object"),
        ("{}", f": {NO_TITLES}"),
        ('{"title": 7}', f": {NO_STATE}: `title` is not a text"),
        ('{"chapters": {}}', f": {NO_STATE}: `chapters` is not a list"),
        ('{"chapters": [[]]}', f": {NO_TITLES}"),
        ('{"chapters": [{"title": "A"}]}', f": {NO_STATE}: chapter 1 is no object with a text under `content`"),
        ('{"outline_items": ["Act I"]}', f": {NO_STATE}: it has no chapter, and no section for one"),
    ],
)
def test_what_is_no_state_is_refused(refuse: Refuse, file: File, text: str, message: str) -> None:
    assert refuse(file("s.json", text)) == f"s.json{message}. Give the file as the generator saved it."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"[" * 200_000, ": its lists are too deep within one another for the state of a novel. Give another file."),
        (b"\xff\xfe", ":1: this is not UTF-8 text. Save it as UTF-8."),
        (b"\0", ":1: this is not text. Give a text file, a DOCX or an EPUB."),
    ],
)
def test_what_is_no_text_is_refused(refuse: Refuse, file: File, text: bytes, message: str) -> None:
    assert refuse(file("s.json", text)) == f"s.json{message}"


# One manuscript.

# Paragraphs with a stroke between them, and the parts and chapters that are found.
WHOLE = (
    "# The Sea | by Tom Gull | ## Dedication | For Ada. | # Part One: Ebb | ## 1. Salt | A. | ### Scene | B. | "
    "## 2. Sand | C. | # Part Two | ## 3. Foam | D. | # Epilogue | E."
)
FORMS = {
    "parts over numbered chapters": (WHOLE, "# Part One: Ebb | 1. Salt | 2. Sand | # Part Two | 3. Foam | Epilogue"),
    "a title over chapters without numbers": ("# The Sea | ## Salt | A. | ## Sand | B.", "1. Salt | 2. Sand"),
    "chapters on the level of the title": (
        "# The Sea | # Chapter One: Salt | A. | # Chapter Thirteen | B.",
        "1. Salt | 2. Chapter Thirteen",
    ),
    "parts that do not say so": (
        "# The Shore | ## Salt | A. | ## Sand | B. | # The Deep | ## Foam | C.",
        "# The Shore | 1. Salt | 2. Sand | # The Deep | 3. Foam",
    ),
    "a title over parts that do not say so": (
        "# The Sea | Tom Gull | # The Shore | ## Salt | A. | # The Deep | ## Sand | B. | ## Foam | C.",
        "# The Shore | 1. Salt | # The Deep | 2. Sand | 3. Foam",
    ),
    "parts with their own text only": ("# Part One | A. | # Part Two | B.", "1. Part One | 2. Part Two"),
    "a prologue before parts": (
        "# The Sea | # Prologue | A. | # Part One | ## Salt | B. | ## Sand | C. | # Epilogue | D.",
        "Prologue | # Part One | 1. Salt | 2. Sand | Epilogue",
    ),
    "numbers only, and scenes with numbers": (
        "## 1 | A. | ### 1 | B. | ### 2 | C. | ## II. | D. | ### 1 | E.",
        "1. Chapter 1 | 2. Chapter II",
    ),
    "scenes with numbers in chapters without": (
        "## Civil | A. | ### 1. | B. | ### 2. | C. | ## Ill | D. | ### 1. | E.",
        "1. Civil | 2. Ill",
    ),
    "underlined headings": (
        "The Sea\n======= | Salt\n---- | A. | He left.\n---\nB. | Sand\n---- | C.",
        "1. Salt | 2. Sand",
    ),
    "lines of plain text": (
        "The Sea | PART ONE | CHAPTER I.\nSalt | A. | CHAPTER II. SAND | Chapter after chapter. | EPILOGUE | C.",
        "# PART ONE | 1. Salt | 2. SAND | EPILOGUE",
    ),
    "contents before chapters": (
        "# Contents | - Salt | # Salt | # Sand | # Salt | A. | # Sand | B.",
        "1. Salt | 2. Sand",
    ),
    "a comment in a block of code": ("## Salt | ```sh\n# no heading\n``` | ## Sand | B.", "1. Salt | 2. Sand"),
    "headings that part scenes": ("## Salt | A. | ## * * * | B. | ## Sand | C. | # | D.", "1. Salt | 2. Sand"),
}


def form(name: str) -> str:
    """Return a manuscript in one of these forms."""
    return FORMS[name][0].replace(" | ", "\n\n") + "\n"


@pytest.mark.parametrize("name", FORMS)
def test_the_level_of_headings_that_makes_chapters_is_found(
    bring: Callable[[Path], Brought], file: File, name: str
) -> None:
    brought = bring(file("sea.md", form(name)))
    outline = [re.sub(r"^## (.*) \{#.*\}$", r"\1", line) for line in brought.outline]
    assert outline == FORMS[name][1].split(" | ")
    assert all(chapter.rstrip("\n") in form(name) for chapter in brought.chapters.values())


def test_prose_comes_over_as_it_was_and_the_rest_is_said(bring: Callable[[Path], Brought], file: File) -> None:
    text = form("parts over numbered chapters").replace("B.", "Two blanks.  \nA tab.\tEnd.").replace("\n", "\r\n")
    brought = bring(file("sea.md", f"\ufeff{text}"))
    assert brought.chapters["01-salt.md"] == "A.\r\n\r\n### Scene\r\n\r\nTwo blanks.  \r\nA tab.\tEnd.\n"
    assert brought.said[:4] == [
        "title        The Sea",
        "author       Tom Gull",
        "part         Part One: Ebb",
        "chapter:01   Salt, 7 words",
    ]
    assert [line for line in brought.said if line.startswith(("left out", "matter"))] == [
        "matter       Dedication, 2 words: front or back matter. It is in brought/matter/dedication.md."
    ]
    assert (brought / "matter" / "dedication.md").read_text() == "For Ada.\n"
    assert (brought / "outline.md").read_text().count("It begins: ") == 4


def test_nothing_is_left_out_in_silence(bring: Callable[[Path], Brought], file: File) -> None:
    text = "---\ntitle: Sea\n---\n# The Wide Sea\n\n## 1. Salt\n\nA.\n\n## 2. Sand\n\n# Part Two\n\n# The End\n"
    assert bring(file("sea.md", text)).said[4:8] == [
        "note         The heading `The Wide Sea` is taken for the title, which is `Sea`.",
        "note         The heading `The End` is left out: there is nothing below it.",
        "note         Parts without a chapter are left out: `Part Two`.",
        "note         Without text, so they are still to be drafted: 1 of the chapters.",
    ]


def test_a_book_without_a_premise_says_so_and_invents_no_one(
    bring: Callable[[Path], Brought], file: File, server: Scripted, here: Here
) -> None:
    brought = bring(file("sea.md", form("parts over numbered chapters")))
    before = brought.chapters
    ran = Here(brought.root, here.environ, here.capfd).doit()
    assert ran.status == 0, ran.out + ran.err
    assert server.tasks == []
    assert brought.chapters == before


def test_front_matter_names_title_author_and_language(bring: Callable[[Path], Brought], file: File) -> None:
    front = "---\ntitle: Das Meer\nauthor: [Ada, Tom]\nlang: de\nisbn: 7\n---\n"
    brought = bring(file("sea.md", f"{front}# Das Meer\n\n## Kapitel 1: Salz\n\nEs war.\n"))
    front = "---\ntitle: Das Meer\nauthor: Ada, Tom\nlanguage: de\nchapters: 1\nwords: 2\n---\n"
    assert (brought / "premise.md").read_text().startswith(front)
    assert "note         Left out of the front matter of sea.md: isbn." in brought.said


def test_prose_that_looks_like_front_matter_stays_prose(bring: Callable[[Path], Brought], file: File) -> None:
    brought = bring(file("sea.md", "## 1. Salt\n\n---\ntitle: A lie\n---\n\nText.\n"))
    found = Snapshot(Book(brought.root)).chapter(1).page()
    assert found is not None
    assert found.front == {"title": "Salt"}
    assert found.body == "\n---\ntitle: A lie\n---\n\nText.\n"


NO_HEADINGS = (
    "no headings make chapters of it. Give each chapter one: a line such as `# 1. The Bottle`, "
    "or in a word processor the style Heading 1."
)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.md", "", NO_HEADINGS),
        ("a.txt", "Only prose. | And more.", NO_HEADINGS),
        ("a.md", "# My story | It was.", NO_HEADINGS),
        ("a.md", "# 1. One | # 2. Two", "there is no text below its headings. Import a manuscript that has some."),
        ("a.md", "---\ntitle: x\n# 1. One", "the front matter has no closing `---`. Put it right."),
        ("a.pdf", "%PDF", "this is no form that can be imported. Save it as Markdown, plain text, DOCX or EPUB."),
        ("a.docx", "PK", "it cannot be read as DOCX. Save it again, or as Markdown."),
        ("a.epub", "", "it cannot be read as EPUB. Save it again, or as Markdown."),
        ("a.txt", b"caf\xe9", "this is not UTF-8 text. Save it as UTF-8."),
        ("a.md", "# 1. One | Text. | " * 2001, "it has 2,001 chapters; a book has 2,000 at most. Split it."),
    ],
)
@pytest.mark.slow
def test_what_is_no_manuscript_is_refused(
    refuse: Refuse, file: File, name: str, text: str | bytes, message: str
) -> None:
    data = text.replace(" | ", "\n\n") if isinstance(text, str) else text
    assert re.sub(r":[0-9]+: ", ": ", refuse(file(name, data))) == f"{name}: {message}"


@pytest.mark.slow
def test_a_zip_that_unpacks_to_too_much_is_refused(refuse: Refuse, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 100_000_001)
    assert refuse(tmp_path / "bomb.docx") == "bomb.docx: it holds more than 100 MB. Take its pictures out."


def test_titles_make_no_paths(bring: Callable[[Path], Brought], file: File, tmp_path: Path) -> None:
    titles = ["../../x", "/etc/passwd", "..", "C:\\con", "***", "a" * 300, "{#evil}", "# 1. x {#../y}", "<script>"]
    texts = [(title, "Text.") for title in titles]
    brought = bring(file("s.json", state(None, *texts, title="../../../up")))
    assert all(re.fullmatch(r"0[0-9]-[\w-]+\.md", name) for name in brought.chapters)
    assert len(brought.chapters) == len(titles)
    assert {path.name for path in tmp_path.iterdir()} <= {"brought", "s.json"}
    assert Snapshot(Book(brought.root)).count == len(titles)


@pytest.mark.slow
def test_two_thousand_chapters_of_one_title_are_brought(bring: Callable[[Path], Brought], file: File) -> None:
    brought = bring(file("long.md", "# 7. Day\n\nIt rained.\n\n" * 2000))
    assert len(brought.chapters) == 2000
    assert "book         2,000 chapters, 2000 of them written, 4,000 words" in brought.said


# Our own exports, brought home.


@pytest.mark.parametrize("kind", ["docx", "epub"])
def test_an_export_comes_back_as_the_same_book(
    bring: Callable[[Path], Brought], here: Here, tmp_path: Path, kind: str
) -> None:
    type_book(here)
    read = reading.read(Snapshot(Book(here.root)))
    (tmp_path / f"b.{kind}").write_bytes((docx if kind == "docx" else epub).make(read, pytest.fail))
    brought = bring(tmp_path / f"b.{kind}")
    assert brought.outline == ["# Part One: The Shore", "## 1. The Bottle {#the-bottle}", "## 2. The Lamp {#the-lamp}"]
    bottle = "Mara said, “It’s *here*, Tom – the ‘lamp’ is warm.”\n\nShe waited…\n\n* * *\n\nThe tide came in.[^1]"
    assert brought.chapters == {
        "01-the-bottle.md": f"{bottle}\n\n[^1]: It does so twice a day.\n",
        "02-the-lamp.md": "The lamp was lit.[^2]\n\n[^2]: By Eskil.\n",
    }
    assert {"title        The Salt Lamp", "author       Ines Halden"} <= set(brought.said)
    again = reading.read(Snapshot(Book(brought.root)))
    assert [each.blocks for each in again.contents if isinstance(each, manuscript.ExportChapter)] == [
        each.blocks for each in read.contents if isinstance(each, manuscript.ExportChapter)
    ]


def test_book_md_comes_back_as_the_same_book(bring: Callable[[Path], Brought], here: Here) -> None:
    ran = type_book(here).doit()
    assert ran.status == 0, ran.out + ran.err
    brought = bring(here / "book.md")
    assert brought.chapters == {path.name: path.read_text() for path in sorted((here / "chapters").iterdir())}
    assert brought.outline == [line for line in (here / "outline.md").read_text().splitlines() if line[:1] == "#"]


@pytest.mark.slow
def test_pictures_and_html_do_not_come_along(bring: Callable[[Path], Brought], tmp_path: Path) -> None:
    from novelist.export import pandoc

    table = "| a | b |\n|---|---|\n| c | d |"
    text = f"# 1. Salt\n\nA ![gull](gull.png) <b>cried</b>.\n\n{table}\n\n[Go](javascript:x) [on](https://a.b).\n"
    made = pandoc.run(["--from=markdown", "--to=epub3", "--output=-"], text.encode(), folder=tmp_path)
    (tmp_path / "a.epub").write_bytes(made)
    brought = bring(tmp_path / "a.epub")
    assert brought.chapters == {"01-salt.md": "A gull **cried**.\n\nGo [on](https://a.b).\n"}
    notes = [line[13:] for line in brought.said if line.startswith("note")][:2]
    assert notes == [
        "A picture is left out.",
        "About 4 words of tables and the like are left out: look for them in a.epub.",
    ]
    assert [path.read_text() for path in (brought / ".novelist" / "history").rglob("*.md")] == ["a\n\nb\n\nc\n\nd\n"]


# A folder of chapters.


def test_a_folder_is_read_in_the_order_a_person_counts_in(
    bring: Callable[[Path], Brought], file: File, tmp_path: Path
) -> None:
    file("sea/10-the-foam.md", "Foam.\n")
    file("sea/2 sand.txt", "CHAPTER TWO\n\nSand.\n")
    file("sea/1.md", "---\ntitle: Salt\nauthor: Tom Gull\npov: Ada\nnovelist: {v: 1, body: h1}\n---\n\nSalt.\n")
    file("sea/README.md", "Read me.")
    file("sea/empty.md", "")
    file("sea/cover.png", b"\x89PNG")
    (tmp_path / "sea" / "3.md").symlink_to("/etc/hostname")
    brought = bring(tmp_path / "sea")
    assert brought.outline == ["## 1. Salt {#salt}", "## 2. CHAPTER TWO {#chapter-two}", "## 3. The foam {#the-foam}"]
    assert list(brought.chapters.values()) == ["Salt.\n", "Sand.\n", "Foam.\n"]
    assert [line for line in brought.said if line.startswith("note")][:2] == [
        "note         Left out of the front matter of 1.md: pov, novelist.",
        "note         Left out of sea/, since they are no chapters: `3.md`, `cover.png`, `empty.md`, `README.md`.",
    ]
    assert brought.said[:2] == ["title        sea", "author       Tom Gull"]


def test_a_folder_of_no_chapters_and_a_book_are_refused(refuse: Refuse, file: File, tmp_path: Path) -> None:
    file("none/a.png", "x")
    assert refuse(tmp_path / "none") == "none: it has no chapters. Put them in it, a file each: .md, .txt or .docx."
    file("novel/premise.md", "x")
    assert refuse(tmp_path / "novel") == "novel: it is a book of novelist already. Run `doit` there."


# Where the book goes.


def test_nothing_is_written_into_a_folder_that_has_something_in_it(file: File, tmp_path: Path) -> None:
    source = file("sea.md", form("underlined headings"))
    file("full/mine.txt", "x")
    done = CliRunner().invoke(novelist, ["import", str(source), str(tmp_path / "full")])
    assert done.exit_code == 1
    assert done.output == (f"Error: {tmp_path}/full: it has something in it. Name another folder behind the file.\n")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_an_empty_folder_stays_the_one_it_was(file: File, tmp_path: Path) -> None:
    source = file("sea.md", form("underlined headings"))
    (tmp_path / "empty").mkdir()
    node = (tmp_path / "empty").stat().st_ino
    done = CliRunner().invoke(novelist, ["import", str(source), str(tmp_path / "empty")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "empty").stat().st_ino == node
    names = [".gitignore", "bible.md", "chapters", "dodo.py", "outline.md", "premise.md"]
    assert sorted(path.name for path in (tmp_path / "empty").iterdir()) == names


def test_without_a_folder_the_title_names_one(file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = file("sea.md", form("underlined headings"))
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(novelist, ["import", str(source)])
    assert done.output.endswith("  cd the-sea && novelist plan\n  doit\n")
    assert (tmp_path / "the-sea" / "premise.md").is_file()
    monkeypatch.chdir(tmp_path / "the-sea")
    again = CliRunner().invoke(novelist, ["import", str(source), "."])
    assert again.exit_code == 1


def test_help_imports_nothing_heavy() -> None:
    done = CliRunner().invoke(novelist, ["import", "--help"])
    assert done.exit_code == 0
    assert "Usage: novelist import [OPTIONS] FILE [DIR]" in done.output


def test_a_folder_is_imported_beside_itself(file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file("salt/1.md", "Mara waited.\n")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(novelist, ["import", "salt"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "salt-book" / "premise.md").is_file()
    assert [path.name for path in (tmp_path / "salt").iterdir()] == ["1.md"]


def test_pictures_of_a_manuscript_are_named(bring: Callable[[Path], Brought], file: File) -> None:
    text = "# 1. Salt\n\nRain.\n\n![A map](map.png) ![Far](https://example.org/far.png)\n\n# 2. Sea\n\nWind.\n"
    brought = bring(file("sea.md", text))
    assert "note         Pictures stay where they are: copy `map.png` into the book's folder." in brought.said
