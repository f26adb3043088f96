"""What a person decides and types in the studio is what the verbs do, on what was looked at, and loses nothing."""

from __future__ import annotations

import re

import pytest
from finished import C3, finish, history
from in_process import Here, body
from scripted import Scripted
from visiting import Answer, Visitor

from novelist.book.lock import lock
from novelist.book.paths import Book


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


@pytest.fixture
def visitor(book: Here) -> Visitor:
    """A browser with its studio."""
    return Visitor.of(book.root)


def where(book: Here, more: str = "") -> str:
    return f"/book/{book.root.name}/chapter/3{more}"


def hidden(page: Answer) -> dict[str, str]:
    """Return what the forms of a page send by themselves."""
    return dict(re.findall(r'<input type="hidden" name="(id|seen|when)" value="([^"]*)">', page.text))


def decide(visitor: Visitor, book: Here, what: str, page: Answer | None = None) -> str:
    """Take a decision as it is offered on a page, and return what the page then says of it."""
    page = page or visitor.get(where(book))
    assert f'<button name="what" value="{what}">' in page.text
    answer = visitor.post(where(book, "/decide"), {**hidden(page), "what": what})
    assert answer.status == 303
    after = visitor.get(answer.headers["location"])
    return re.sub(r"<[^>]*>", "", re.findall(r'<p class="note[^>]*>(.*)</p>', after.text)[0])


def test_a_stale_chapter_is_accepted(book: Here, visitor: Visitor) -> None:
    book.edit("outline.md", "Mara lights the lamp.", "Mara burns the lamp.")
    said = decide(visitor, book, "accept")
    assert said == "chapter:03 is kept as it is: what has changed so far does not have it written again."
    assert book.doit().out.endswith("Everything is up to date.\n")


def test_an_edited_chapter_is_released(book: Here, visitor: Visitor) -> None:
    book.edit(C3, "\n---\n\n", "\n---\n\nMine. ")
    said = decide(visitor, book, "release")
    assert said == "chapter:03 is released: the next build drafts it again. This text stays in history."
    assert "to be written again" in book.novelist("status").out


def test_a_chapter_is_kept_and_no_longer(book: Here, visitor: Visitor) -> None:
    before = (book / "outline.md").read_text()
    assert decide(visitor, book, "keep") == "chapter:03 is kept as it is, whatever changes."
    assert "## 3. The Lamp {#the-lamp stale=keep}" in (book / "outline.md").read_text()
    assert decide(visitor, book, "unkeep") == "chapter:03 is no longer kept."
    assert (book / "outline.md").read_text() == before


def test_an_earlier_text_is_restored(book: Here, visitor: Visitor) -> None:
    before = body((book / C3).read_text())
    book.edit(C3, "\n---\n\n", "\n---\n\nMine. ")
    links = re.findall(r'href="([^"]*/history/[^"]*)"', visitor.get(where(book)).text)
    said = decide(visitor, book, "restore", visitor.get(links[0]))
    assert re.fullmatch(r"chapter:03 is again as it was at \S+ \S+; what it replaced is in history\.", said)
    assert body((book / C3).read_text()) == before
    assert any("Mine. " in text for text in history(book, "the-lamp"))


def test_nothing_is_decided_on_another_text_than_was_seen(book: Here, visitor: Visitor) -> None:
    book.edit(C3, "\n---\n\n", "\n---\n\nMine. ")
    page = visitor.get(where(book))
    book.edit(C3, "Mine. ", "Mine, and more. ")
    files = book.texts()
    said = decide(visitor, book, "release", page)
    assert said == f"{C3}: it has changed since you looked at it, and nothing was done. Look at it again."
    book.edit("outline.md", "## 1.", "## 1. A Beginning {#beginning}\n\nIt begins.\n\n## 2.")
    answer = visitor.post(where(book, "/decide"), {**hidden(page), "what": "release"})
    assert "the chapters have moved since you looked" in visitor.get(answer.headers["location"]).words
    assert {name: text for name, text in book.texts().items() if name != "outline.md"} == {
        name: text for name, text in files.items() if name != "outline.md"
    }


def test_what_is_said_of_a_chapter_that_is_there_no_more_is_said_on_the_page_of_the_book(
    book: Here, visitor: Visitor
) -> None:
    page = visitor.get(where(book))
    outline = (book / "outline.md").read_text()
    (book / "outline.md").write_text(outline.partition("## 2.")[0])
    answer = visitor.post(where(book, "/decide"), {**hidden(page), "what": "keep"})
    assert "outline.md: it has 1 chapter, so there is no chapter 3." in visitor.get(answer.headers["location"]).words


def test_nothing_is_decided_beside_a_build(book: Here, visitor: Visitor) -> None:
    book.edit(C3, "\n---\n\n", "\n---\n\nMine. ")
    with lock(Book(book.root)):
        said = decide(visitor, book, "release")
    assert re.search(r"another build \(process \d+\) is writing this book\. Wait for it, or stop it\.$", said)


def edit(visitor: Visitor, book: Here, text: str, page: Answer | None = None) -> Answer:
    """Send the text of a chapter from the page on which it is edited."""
    page = page or visitor.get(where(book, "/edit"))
    before = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)[0]
    return visitor.post(where(book, "/edit"), {**hidden(page), "before": before, "text": text.replace("\n", "\r\n")})


def test_a_chapter_is_edited_in_place(book: Here, visitor: Visitor) -> None:
    before = (book / C3).read_text()
    answer = edit(visitor, book, "Mara slept.\n\nShe woke.\n")
    assert "Saved. What was there is in its history." in visitor.get(answer.headers["location"]).words
    assert (book / C3).read_text() == f"{before.partition(body(before))[0]}Mara slept.\n\nShe woke.\n"
    assert before in history(book, "the-lamp")
    assert "edited" in book.novelist("status").out


def test_a_chapter_that_is_missing_is_written_in_place(book: Here, visitor: Visitor) -> None:
    (book / C3).unlink()
    assert edit(visitor, book, "Mara slept.").status == 303
    assert (book / C3).read_text() == "Mara slept.\n"


def test_no_record_of_what_it_was_drafted_from_is_typed_above_an_authors_text(book: Here, visitor: Visitor) -> None:
    (book / C3).write_text("Mara slept.\n")
    answer = edit(visitor, book, "---\nnovelist:\n  body: h000000000000\n---\nMara slept.")
    refusal = "its first lines would be read as front matter, and it is as it was. Begin with something else."
    assert f"{C3}: {refusal}" in answer.words
    assert (book / C3).read_text() == "Mara slept.\n"


@pytest.mark.parametrize(
    ("file", "typed", "now"),
    [
        (b"One.\r\n\r\nTwo.\r\n", "One.\n\nThree.", b"One.\r\n\r\nThree.\r\n"),
        (b"One.\rTwo.\r", "One.\nThree.", b"One.\rThree.\r"),
        (b"A.\r\nB.\nC.\n\nD.\n", "A.\nB2.\nC.\n\nD.", b"A.\r\nB2.\nC.\n\nD.\n"),
        (b"A line,  \nbroken.\n", "A line,  \nbroken,  \ntwice.", b"A line,  \nbroken,  \ntwice.\n"),
        (b"\xef\xbb\xbf\n\nOne.", "Two.", b"\xef\xbb\xbf\n\nTwo."),
        (b"---\ntitle: The Lamp\n---\n\n\nOne.\n\n\n", "Two.", b"---\ntitle: The Lamp\n---\n\n\nTwo.\n\n\n"),
        (b"---\ntitle: The Lamp\n---", "Two.", b"---\ntitle: The Lamp\n---\nTwo.\n"),
        (b"O\0ne.\n\nTwo.\n", "O\ufffdne.\n\nThree.", "O\ufffdne.\n\nThree.\n".encode()),
    ],
)
def test_only_what_was_typed_changes_in_the_file(
    book: Here, visitor: Visitor, file: bytes, typed: str, now: bytes
) -> None:
    (book / C3).write_bytes(file)
    assert edit(visitor, book, typed).status == 303
    assert (book / C3).read_bytes() == now


def test_a_line_break_that_another_hand_typed_is_not_written_over(book: Here, visitor: Visitor) -> None:
    (book / C3).write_text("A line,\nbroken.\n\nTwo.\n")
    page = visitor.get(where(book, "/edit"))
    (book / C3).write_text("A line,  \nbroken.\n\nTwo.\n")
    answer = edit(visitor, book, "A line,\nbroken.\n\nThree.", page)
    assert answer.status == 409
    assert "\nA line,  \nbroken.\n\nThree.</textarea>" in answer.text


def test_what_the_file_says_already_is_not_saved(book: Here, visitor: Visitor) -> None:
    text = body((book / C3).read_text()).strip()
    past = history(book, "the-lamp")
    answer = edit(visitor, book, text)
    assert "The file says that already." in visitor.get(answer.headers["location"]).words
    assert history(book, "the-lamp") == past


def test_a_chapter_is_not_emptied(book: Here, visitor: Visitor) -> None:
    before = (book / C3).read_text()
    answer = edit(visitor, book, " \n")
    assert f"{C3}: it would be empty, and is as it was. Delete the file to have it drafted." in answer.words
    assert (book / C3).read_text() == before


def test_what_its_author_made_read_only_stays_as_it_is(book: Here, visitor: Visitor) -> None:
    outline = visitor.get(f"/book/{book.root.name}/outline")
    files, bible = book.texts(), f"/book/{book.root.name}/bible"
    refusal = "you made it read-only. Make it writable to have it changed."
    for name in (C3, "bible.md", "outline.md"):
        (book / name).chmod(0o444)
    refused = edit(visitor, book, "Mine.")
    assert f"{C3}: {refusal}" in refused.words
    assert "\nMine.</textarea>" in refused.text
    before = (book / "bible.md").read_text()
    assert f"bible.md: {refusal}" in visitor.post(bible, {"before": before, "text": "Mine."}).words
    moved = visitor.post(f"/book/{book.root.name}/outline/move", {**hidden(outline), "move": "up 3"})
    assert f"outline.md: {refusal}" in visitor.get(moved.headers["location"]).words
    assert book.texts() == files


def test_what_is_typed_for_a_file_that_was_removed_meanwhile_is_shown_whole(book: Here, visitor: Visitor) -> None:
    (book / C3).write_text("One.\n\nTwo.\n\nThree.\n")
    page = visitor.get(where(book, "/edit"))
    (book / C3).unlink()
    answer = edit(visitor, book, "One.\n\nTwo, by hand.\n\nThree.", page)
    assert answer.status == 409
    assert re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)[1] == (
        "One.\n\nTwo, by hand.\n\nThree."
    )


def test_a_file_that_was_changed_meanwhile_is_shown_with_both_before_it_is_saved(book: Here, visitor: Visitor) -> None:
    (book / C3).write_text("One.\n\nTwo.\n\nThree.\n")
    page = visitor.get(where(book, "/edit"))
    (book / C3).write_text("One, by an editor.\n\nTwo, by an editor.\n\nThree.\n")
    answer = edit(visitor, book, "One.\n\nTwo, by hand.\n\nThree, by hand.\n", page)
    assert answer.status == 409
    assert "The file was changed while you edited it, and nothing is saved yet." in answer.words
    assert "Two, by <del>an editor.</del><ins>hand.</ins>" in answer.text
    assert (book / C3).read_text().startswith("One, by an editor.")
    both = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)[1]
    assert both == "One, by an editor.\n\nTwo, by hand.\n\nThree, by hand."
    assert edit(visitor, book, both, answer).status == 303
    assert (book / C3).read_text() == f"{both}\n"
    assert "One, by an editor.\n\nTwo, by an editor.\n\nThree.\n" in history(book, "the-lamp")


def test_what_is_typed_goes_into_its_chapter_wherever_that_has_moved(book: Here, visitor: Visitor) -> None:
    page = visitor.get(where(book, "/edit"))
    book.edit("outline.md", "## 1.", "## 1. A Beginning {#beginning}\n\nIt begins.\n\n## 2.")
    answer = edit(visitor, book, "Mara slept.", page)
    assert answer.headers["location"].startswith(f"/book/{book.root.name}/chapter/4?")
    assert (book / C3).read_text().endswith("\nMara slept.\n")


def test_what_was_typed_is_shown_where_its_chapter_is_there_no_more(book: Here, visitor: Visitor) -> None:
    page = visitor.get(where(book, "/edit"))
    outline = (book / "outline.md").read_text()
    for text in (outline.partition("## 3.")[0], "## 1. The Lamp {#one}\n\n## 2. Two {#one}\n"):
        (book / "outline.md").write_text(text)
        files = book.texts()
        answer = edit(visitor, book, "Mara <slept>.", page)
        assert answer.status == 409
        assert "What you typed outline.md:" in answer.words.replace("outline.md: ", "outline.md:")
        assert "\nMara &lt;slept&gt;.</textarea>" in answer.text
        assert book.texts() == files
    (book / "outline.md").unlink()
    gone = (
        "outline.md: the chapter that you edited is not in it, and nothing was saved. Put it back, or copy your text."
    )
    assert gone in edit(visitor, book, "Mara slept.", page).words
