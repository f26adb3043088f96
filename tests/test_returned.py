"""`novelist import --into`: a DOCX that readers changed comes back into the chapters that it was made of."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from finished import history
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import Here
from PIL import Image
from shelf import Shelf
from terminal import Terminal
from typed import BOTTLE, LAMP, OUTLINE, SETTINGS, type_book

from novelist.book.frontmatter import compose
from novelist.book.paths import Book
from novelist.book.record import Record
from novelist.errors import BookError
from novelist.export import docx as export
from novelist.export import reading
from novelist.imports import returned
from novelist.targets.snapshot import Snapshot
from novelist.text import digest

Change = Callable[[Document], object]

NOVELIST = str(Path(sys.executable).with_name("novelist"))
C1, C2 = "chapters/01-bottle.md", "chapters/02-lamp.md"
NOTHING = ["book         no chapter is changed"]
BY = 'w:id="9" w:author="Ada" w:date="2026-11-20T10:00:00Z"'
RICH = """\
She rowed.[^1] "I *know*," he said, "that it's the **lamp**..."
It was cold -- _very_ cold.

> A letter,
> in two lines.
>
> Yours.

~

1. salt
2. light
3. rope

The sea is wide,\\
the boat is small.

A [link](https://example.org/a), `code` & 3 < 4.

[^1]: With *one* oar.
"""


def paragraph(document: Document, begins: str) -> Paragraph:
    """Return the paragraph that begins so."""
    return next(each for each in document.paragraphs if each.text.startswith(begins))


def put(begins: str, old: str, new: str) -> Change:
    """Return what puts other words into the paragraph that begins so."""

    def change(document: Document) -> None:
        run = next(run for run in paragraph(document, begins).runs if old in run.text)
        run.text = run.text.replace(old, new)

    return change


def add(begins: str, *new: str) -> Change:
    """Return what puts paragraphs before the one that begins so."""
    return lambda document: [paragraph(document, begins).insert_paragraph_before(text) for text in new]


def drop(begins: str) -> Change:
    """Return what takes the paragraph that begins so away."""

    def change(document: Document) -> None:
        element = paragraph(document, begins)._p
        element.getparent().remove(element)

    return change


def italic(begins: str, text: str) -> Change:
    """Return what adds words in italics to the paragraph that begins so."""

    def change(document: Document) -> None:
        paragraph(document, begins).add_run(text).italic = True

    return change


def xml(begins: str, *elements: str) -> Change:
    """Return what adds elements to the paragraph that begins so."""

    def change(document: Document) -> None:
        for each in elements:
            paragraph(document, begins)._p.append(parse_xml(each.replace(" ", f" {nsdecls('w')} ", 1)))

    return change


def docx_of(root: Path) -> bytes:
    """Return the DOCX of a book."""
    return export.make(reading.read(Snapshot(Book(root))), lambda _: None)


def edit(book: Here, *changes: Change) -> None:
    """Make the book's DOCX, and change it as a reader does."""
    document = docx.Document(BytesIO(docx_of(book.root)))
    for change in changes:
        change(document)
    document.save(str(book / "edited.docx"))


def back(book: Here, *more: str) -> list[str]:
    """Import what a reader changed, and return what is said."""
    ran = book.novelist("import", "--into", ".", "edited.docx", *more)
    assert (ran.status, ran.err) == (0, "")
    return ran.out.splitlines()


def refused(book: Here, *arguments: str) -> str:
    """Return why an import is refused."""
    ran = book.novelist("import", *arguments)
    assert ran.status in (1, 2)
    return ran.err.splitlines()[-1]


def text(book: Here, name: str = C1) -> str:
    """Return a chapter as it is."""
    return (book / name).read_bytes().decode()


# Nothing is changed that readers did not change.


def test_a_docx_that_nobody_changed_changes_no_byte(here: Here) -> None:
    type_book(here, RICH, LAMP)
    odd = b"\xef\xbb\xbf# The Lamp\r\n\r\nThe lamp was lit.  \r\n\r\n\r\n\tShe *saw* it.\r\n\r\n"
    (here / C2).write_bytes(odd)
    edit(here)
    assert back(here) == NOTHING
    assert (text(here), (here / C2).read_bytes()) == (RICH, odd)
    assert not (here / ".novelist").exists()


def saved_again(document: Document) -> None:
    """Do what word processors do to a document that they save: runs in pieces, marks of theirs, empty paragraphs."""
    for each in document.paragraphs:
        for run in each.runs:
            half = len(run.text) // 2
            if half and "\n" not in run.text:
                twin = deepcopy(run._r)
                run._r.addnext(twin)
                run.text = run.text[:half]
                Run(twin, each).text = run.text and Run(twin, each).text[half:]
                run._r.addnext(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
                run._r.insert(0, parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
        each.insert_paragraph_before("", each.style)
        each._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="77" w:name="_GoBack"/>'))
        each._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="77"/>'))


def test_what_a_word_processor_does_to_a_file_is_no_change(here: Here) -> None:
    type_book(here, RICH, LAMP)
    edit(here, saved_again)
    assert back(here) == NOTHING


WORDS = ["salt", "*lamp*", "_sea_", "**so**", '"Go,"', "'tis", "it's", "--", "...", "—", "`x`", "a_b", "3 < 4", "&amp;"]
WORDS += ["\\*", "[l](https://example.org)", "[^1]", "“你好”", "他说", "שלום", '"כן"', "~~no~~", "<b>", "![p](p.png)"]
PROSE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
FORMS = ["{}", "{}", "{}", "> {}", "- {}", "1. {}", "### {}", "    {}", "{}\\\n{}", "{}  \n{}", "<!-- {} -->", "{}\n{}"]
BLOCK = st.tuples(st.sampled_from(FORMS), PROSE, PROSE).map(lambda block: block[0].format(*block[1:]))
BLOCKS = st.lists(st.one_of(BLOCK, st.sampled_from(["***", "* * *", "~", "# T", "```\nx\n\ny\n```"])), max_size=8)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(
    st.lists(BLOCKS.map("\n\n".join), min_size=20, max_size=20),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["en", "zh", "he", "de"]),
)
def test_no_chapter_of_any_form_is_changed_by_a_docx_that_nobody_changed(
    chapters: list[str], end: str, language: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "chapters").mkdir()
        (root / "premise.md").write_text(f"---\ntitle: T\nlanguage: {language}\n---\nAn idea.\n", encoding="utf-8")
        sections = [f"## {number}. Of {number} {{#c{number}}}\n\nIt is." for number in range(1, len(chapters) + 1)]
        (root / "outline.md").write_text("\n\n".join(sections), encoding="utf-8")
        for number, prose in enumerate(chapters, 1):
            whole = f"Once.\n\n{prose}\n\n[^1]: A *note*.\n".replace("\n", end)
            (root / "chapters" / f"{number:02d}-c{number}.md").write_bytes(whole.encode())
        (root / "edited.docx").write_bytes(docx_of(root))
        came = returned.read(Snapshot(Book(root)), root / "edited.docx")
        assert not came.changed
        assert not [edit for chapter in came.chapters for edit in chapter.left]


# What they changed stands in the chapters, as these are typed.


def test_what_readers_change_add_and_take_away_comes_into_the_chapters(here: Here) -> None:
    type_book(here, BOTTLE, f"Dusk fell.\n\n{LAMP}")
    edit(
        here,
        put("Mara said", ", Tom", ", dear Tom"),
        put("She waited", "She waited…", "She waited – “an hour,” it’s said…"),
        add("The tide", "A gull cried.", "#", "It was *late*."),
        drop("Dusk"),
    )
    said = "Mara said, “It’s here, Tom – the ‘lamp’ is warm.”"
    assert back(here) == [
        "chapter:01   paragraphs: 2 changed, 3 new",
        f"             “{said}” → “{said.replace('Tom', 'dear Tom')}”",
        "             “She waited…” → “She waited – “an hour,” it’s said…”",
        "             new: “A gull cried.”",
        "             new: “#”",
        "             new: “It was *late*.”",
        "chapter:02   paragraph: 1 deleted",
        "             deleted: “Dusk fell.”",
        "chapter:01   chapters/01-bottle.md has it now. `novelist restore 01` takes it back.",
        "chapter:02   chapters/02-lamp.md has it now. `novelist restore 02` takes it back.",
    ]
    assert text(here) == (
        "Mara said, \"It's *here*, dear Tom -- the 'lamp' is warm.\"\n\n"
        'She waited -- "an hour," it\'s said...\n\n* * *\n\n'
        "A gull cried.\n\n* * *\n\nIt was \\*late\\*.\n\n"
        "The tide came in.[^1]\n\n[^1]: It does so twice a day.\n"
    )
    assert text(here, C2) == LAMP
    assert history(here, "bottle") == [BOTTLE]
    assert back(here) == NOTHING
    assert here.novelist("restore", "01").status == 0
    assert text(here) == BOTTLE


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ([put("She rowed", "that it’s", "that’s")], "that it's", "that's"),
        ([put("She rowed", "know", "knew")], "*know*", "*knew*"),
        ([put("She rowed", "cold –", "cold – caf\u00e9 –")], "cold --", "cold -- caf\u00e9 --"),
        ([put("She rowed", "very", "")], "_very_ cold", "cold"),
        ([italic("She rowed", " Gone.")], "_very_ cold.", "_very_ cold. *Gone.*"),
        ([put("A letter", "two", "three")], "> in two", "> in three"),
        ([drop("Yours")], ">\n> Yours.\n\n", "\n"),
        ([drop("A letter"), drop("Yours")], "> A letter,\n> in two lines.\n>\n> Yours.\n\n", ""),
        ([drop("#")], "~\n\n", ""),
        ([put("light", "light", "lights")], "2. light", "2. lights"),
        ([drop("rope")], "2. light\n3. rope", "2. light"),
        ([put("The sea", "boat", "ship")], "wide,\\\nthe boat", "wide,\\\nthe ship"),
        ([put("A link", "4", "5")], "3 < 4", "3 < 5"),
        ([add("The sea", "1. a_b [c] <d>")], "The sea", "1\\. a_b \\[c\\] \\<d>\n\nThe sea"),
        ([add("She rowed", "It began.")], "She rowed", "It began.\n\nShe rowed"),
    ],
)
def test_verse_quotations_lists_and_emphasis_stay_as_they_are_typed(
    here: Here, changes: list[Change], old: str, new: str
) -> None:
    type_book(here, RICH, LAMP)
    edit(here, *changes)
    back(here)
    assert text(here) == RICH.replace(old, new)


@pytest.mark.parametrize(
    ("language", "before", "changes", "after"),
    [
        (
            "zh",
            "“你好，”她说。\n\n海水退了……\n",
            [put("“你好", "她说", "她低声说"), add("海水", "“走吧。”")],
            "“你好，”她低声说。\n\n“走吧。”\n\n海水退了……\n",
        ),
        (
            "he",
            '"שלום," אמרה.\n\nהים *שקט* -- ואפל.\n',
            [put("הים", "ואפל", "וקר"), add("הים", "”כן.”")],
            '"שלום," אמרה.\n\n"כן."\n\nהים *שקט* -- וקר.\n',
        ),
        (
            "de",
            '"Geh", sagte sie.\n\n"Nein," sagte er\n',
            [put("„Geh", "sagte sie", "rief sie"), add("„Nein", "„Nie!“")],
            '"Geh", rief sie.\n\n"Nie!"\n\n"Nein," sagte er\n',
        ),
    ],
)
def test_each_language_keeps_its_marks(
    here: Here, language: str, before: str, changes: list[Change], after: str
) -> None:
    type_book(here, before, LAMP, settings=SETTINGS.replace("en", language, 1).replace("language: en", ""))
    (here / "premise.md").write_text(f"---\ntitle: T\nlanguage: {language}\n---\nAn idea.\n", encoding="utf-8")
    edit(here, *changes)
    back(here)
    assert text(here) == after


def test_line_ends_front_matter_and_the_record_of_a_drafted_chapter_stay(here: Here) -> None:
    type_book(here)
    drafted = compose({"title": "The Bottle", "mine": "yes", "novelist": Record(digest(BOTTLE)).front()}, BOTTLE)
    drafted = drafted.replace("\n", "\r\n")
    (here / C1).write_bytes(drafted.encode())
    edit(here, put("She waited", "waited", "sat"), add("The tide", "A gull cried."))
    back(here)
    wanted = drafted.replace("She waited", "She sat").replace("The tide", "A gull cried.\r\n\r\nThe tide")
    assert text(here) == wanted
    info = Snapshot(Book(here.root)).chapters[0].info
    assert info is not None
    assert info.edited


# What they noted is listed, and not put in.


def test_comments_and_tracked_changes_are_told_with_their_passages_and_no_chapter_is_changed(here: Here) -> None:
    type_book(here)

    def comment(document: Document) -> None:
        runs = paragraph(document, "She waited").runs
        document.add_comment(runs, text="How long?", author="Ada")

    def new_paragraph(document: Document) -> None:
        mark = f"<w:p {nsdecls('w')}><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>"
        run = f"<w:ins {BY}><w:r><w:t>It is late.</w:t></w:r></w:ins></w:p>"
        for begins in ("The lamp", "2. The Lamp"):
            paragraph(document, begins)._p.addprevious(parse_xml(mark + run))

    def strike(document: Document) -> None:
        run = paragraph(document, "The lamp").runs[0]
        run.text = run.text.replace("it.", "")
        element = paragraph(document, "The lamp").runs[0]._r
        struck = f"<w:del {nsdecls('w')} {BY}><w:r><w:delText>it.</w:delText></w:r></w:del>"
        element.addnext(parse_xml(struck))

    edit(
        here,
        comment,
        new_paragraph,
        strike,
        xml("She waited", f'<w:ins {BY}><w:r><w:t xml:space="preserve"> Long.</w:t></w:r></w:ins>'),
    )
    assert back(here) == [
        "comment      chapter:01 by Ada on “She waited…”: How long?",
        "suggested    chapter:01 by Ada on “She waited…”: insert “Long.”",
        "suggested    chapter:01 by Ada: insert “It is late.”",
        "suggested    chapter:02 by Ada on “The lamp was lit.”: insert “It is late.”",
        "suggested    chapter:02 by Ada on “The lamp was lit.”: delete “it.”",
        "book         no chapter is changed",
        "note         What is suggested is not in the text. Accept it in the word processor, and import it again.",
    ]
    assert (text(here), text(here, C2)) == (BOTTLE, LAMP)


# What cannot be matched is said.


def test_a_chapter_is_known_by_its_text_where_its_heading_is_another_or_gone(here: Here) -> None:
    outline = OUTLINE + "\n## 3. The Ferry {#ferry}\n\nThey leave.\n"
    type_book(here, BOTTLE, LAMP, "They left.\n\nNobody came.\n", outline=outline, ids=("bottle", "lamp", "ferry"))
    edit(
        here,
        put("1. The Bottle", "The Bottle", "The Flask"),
        drop("2. The Lamp"),
        put("She waited", "waited", "sat"),
        put("The lamp", "lit", "out"),
        put("Nobody", "Nobody", "No one"),
    )
    assert back(here, "--dry-run") == [
        "chapter:01   its title came back as `1. The Flask`: give it that in outline.md, if you like",
        "chapter:01   paragraph: 1 changed",
        "             “She waited…” → “She sat…”",
        "chapter:02   paragraph: 1 changed",
        "             “The lamp was lit.” → “The lamp was out.”",
        "chapter:03   paragraph: 1 changed",
        "             “Nobody came.” → “No one came.”",
        "Nothing is written.",
    ]


def test_what_is_no_chapter_of_the_book_is_told_and_left_out(here: Here) -> None:
    type_book(here)

    def append(document: Document) -> None:
        document.add_heading("Thoughts", 2)
        document.add_comment(document.add_paragraph("I liked it all.").runs, text="Really.", author="Ada")
        document.add_comment(paragraph(document, "Part One").runs, text="Why?", author="Ada")

    edit(here, append, add("1. The Bottle", "For Ada."))
    assert back(here) == [
        "not put in   what was changed below `Part One: The Shore`, which is no chapter",
        "comment      `Part One: The Shore` by Ada on “Part One: The Shore”: Why?",
        "not matched  `Thoughts`, 4 words: no chapter of the book. It is left out",
        "comment      `Thoughts` by Ada on “I liked it all.”: Really.",
        *NOTHING,
    ]


def test_new_pictures_are_told_since_no_chapter_gets_them(here: Here) -> None:
    type_book(here)
    blot = BytesIO()
    Image.new("RGB", (9, 9), "teal").save(blot, format="PNG")

    def draw(document: Document) -> None:
        next(each for each in document.paragraphs if each.text[-1:] == ".").add_run().add_picture(blot)

    edit(here, draw)
    before = text(here)
    assert back(here) == [
        "chapter:01   not put in, do it by hand: set otherwise: “The tide came in.”",
        "chapter:01   not put in, do it by hand: 1 new picture",
        *NOTHING,
    ]
    assert text(here) == before


def test_what_the_author_changed_since_stays_and_a_change_of_the_same_paragraph_is_left_to_them(here: Here) -> None:
    type_book(here)
    assert here.doit("docx").status == 0
    edit(here, put("She waited", "waited", "sat"), put("The tide", "came in", "rose"))
    mine = BOTTLE.replace("She waited", "She stood").replace("Mara said", "Mara sang")
    (here / C1).write_text(mine, encoding="utf-8")
    os.utime(here / C1, (2_000_000_000, 2_000_000_000))
    assert here.doit("docx").status == 0
    (here / C1).write_text(f"Dawn.\n\n{mine}", encoding="utf-8")
    assert back(here) == [
        "chapter:01   paragraph: 1 changed",
        "             “The tide came in.” → “The tide rose.”",
        "chapter:01   not put in, do it by hand: “She waited…” → “She sat…”",
        "chapter:01   chapters/01-bottle.md has it now. `novelist restore 01` takes it back.",
    ]
    assert text(here) == f"Dawn.\n\n{mine.replace('came in', 'rose')}"


def test_the_last_docx_may_be_edited_where_it_is(here: Here) -> None:
    type_book(here)
    assert here.doit("docx").status == 0
    edit(here, put("She waited", "waited", "sat"))
    (here / "edited.docx").replace(here / "dist" / "book.docx")
    ran = here.novelist("import", "--into", ".", "dist/book.docx")
    assert ran.out.splitlines()[1] == "             “She waited…” → “She sat…”"
    assert text(here) == BOTTLE.replace("waited", "sat")


# A person decides.


def test_a_dry_run_shows_what_would_change_and_writes_nothing(here: Here) -> None:
    type_book(here)
    edit(here, put("She waited", "waited", "sat"))
    assert back(here, "--dry-run")[-2:] == ["             “She waited…” → “She sat…”", "Nothing is written."]
    assert text(here) == BOTTLE
    assert not (here / ".novelist").exists()


@pytest.mark.parametrize(
    ("answer", "more", "after"),
    [("n\n", (), "She waited..."), ("\n", (), "She sat..."), ("", ("--yes",), "She sat...")],
)
def test_on_a_terminal_it_is_asked_once(here: Here, answer: str, more: tuple[str, ...], after: str) -> None:
    type_book(here)
    edit(here, put("She waited", "waited", "sat"))
    with Terminal(here, NOVELIST, "import", "--into", ".", "edited.docx", *more) as run:
        if answer:
            run.wait(lambda shown: "Put this into the chapters [Y/n]:" in shown[-1:])
            run.type(answer)
        run.wait(lambda shown: any("Nothing is written" in line or "takes it back" in line for line in shown))
    assert after in text(here)


def test_a_chapter_that_is_saved_meanwhile_is_not_written_over(here: Here) -> None:
    type_book(here)
    edit(here, put("She waited", "waited", "sat"), put("The lamp", "lit", "out"))
    snapshot = Snapshot(Book(here.root))
    came = returned.read(snapshot, here / "edited.docx")
    (here / C2).write_text("I wrote this.\n", encoding="utf-8")
    with pytest.raises(BookError) as error:
        returned.put(snapshot, came)
    assert error.value.message == "it was saved meanwhile, and nothing is put into the book. Import the DOCX again."
    assert (text(here), text(here, C2)) == (BOTTLE, "I wrote this.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--into", ".", "strange.docx"), "strange.docx: it is no DOCX of this book. Name one that `doit docx` made."),
        (("--into", ".", "none.docx"), "none.docx: it cannot be read as DOCX. Save it again."),
        (
            ("--into", ".", "premise.md"),
            "premise.md: only a DOCX that `doit docx` made comes back into a book. Save it as DOCX.",
        ),
        (
            ("--into", "chapters", "strange.docx"),
            "chapters is no book: there is no premise.md in it. Name the folder of one.",
        ),
        (("--into", ".", "strange.docx", "other"), "With --into, no other folder is named."),
        (("--dry-run", "strange.docx"), "--dry-run belongs to --into."),
        (
            ("--into", ".", "gone.docx"),
            "gone.docx: it cannot be read (No such file or directory). Check the disk and its rights.",
        ),
    ],
)
def test_what_is_none_of_the_book_is_refused_in_one_line(here: Here, arguments: tuple[str, ...], said: str) -> None:
    type_book(here)
    strange = docx.Document()
    strange.add_heading("1. The Bottle", 2)
    strange.add_paragraph("Call me Ishmael. Some years ago, never mind how long precisely, I went to sea.")
    strange.save(str(here / "strange.docx"))
    (here / "none.docx").write_bytes(b"no zip")
    assert refused(here, *arguments) == f"Error: {said}"
    assert (text(here), text(here, C2)) == (BOTTLE, LAMP)


def test_a_book_elsewhere_is_named_in_what_takes_it_back(here: Here, book: Shelf) -> None:
    type_book(here)
    edit(here, put("She waited", "waited", "sat"))
    (here / "elsewhere").mkdir()
    ran = here.novelist("-C", "elsewhere", "import", "--into", "..", "../edited.docx")
    assert ran.out.splitlines()[-1] == (
        "chapter:01   ../chapters/01-bottle.md has it now. `novelist -C .. restore 01` takes it back."
    )
    assert "She sat..." in text(here)
    assert book.root == here.root
