"""What a person decides and types in the studio is what the verbs do, on what was looked at, and loses nothing."""

from __future__ import annotations

import re

import pytest
from finished import C3, finish, history
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here, body
from scripted import Scripted
from visiting import Answer, Visitor

from novelist.book.lock import lock
from novelist.book.paths import Book
from novelist.edits.saving import Clash, merge

WORDS = st.lists(st.sampled_from(["A.", "B.", "C.", "D.", "E."]), max_size=6).map("\n\n".join)


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
    assert re.fullmatch(r"chapter:03 is again as it was at \S+; what it replaced is in history\.", said)
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


def test_windows_line_ends_stay(book: Here, visitor: Visitor) -> None:
    (book / C3).write_bytes(b"One.\r\n\r\nTwo.\r\n")
    assert edit(visitor, book, "One.\n\nThree.").status == 303
    assert (book / C3).read_bytes() == b"One.\r\n\r\nThree.\r\n"


def test_a_chapter_is_not_emptied(book: Here, visitor: Visitor) -> None:
    before = (book / C3).read_text()
    answer = edit(visitor, book, " \n")
    assert f"{C3}: it would be empty, and is as it was. Delete the file to have it drafted." in answer.words
    assert (book / C3).read_text() == before


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


@pytest.mark.parametrize(
    ("mine", "theirs", "text", "clashes"),
    [
        ("A. B1. C. D.", "A0. B2. C.", "A0. B1. C. D.", [("B2.", "B1.")]),
        ("A. B. C. D.", "B. C.", "B. C. D.", []),
        ("A. C.", "A. B. B1. C.", "A. C.", [("B. B1.", "")]),
        ("A. B. X. C.", "A. Y. B. C.", "A. Y. B. X. C.", []),
    ],
)
def test_two_edits_come_together_by_paragraphs(
    mine: str, theirs: str, text: str, clashes: list[tuple[str, str]]
) -> None:
    def typed(words: str) -> str:
        return words.replace(" ", "\n\n")

    merged = merge(typed("A. B. C."), typed(mine), typed(theirs))
    assert (merged.text, merged.clashes) == (typed(text), [Clash(typed(one), typed(other)) for one, other in clashes])


@given(WORDS, WORDS)
def test_edits_of_one_hand_alone_are_taken_whole(before: str, after: str) -> None:
    assert merge(before, after, before) == merge(before, before, after) == merge(before, after, after)
    assert merge(before, after, before).text == after
    assert merge(before, after, before).clashes == []


@given(WORDS, WORDS, WORDS)
def test_no_paragraph_that_this_hand_typed_is_lost(before: str, mine: str, theirs: str) -> None:
    text = merge(before, mine, theirs).text.split("\n\n")
    typed = [each for each in mine.split("\n\n") if each not in before.split("\n\n")]
    assert [each for each in typed if each not in text] == []


def test_another_chapters_form_saves_nothing(book: Here, visitor: Visitor) -> None:
    files = book.texts()
    answer = visitor.post(where(book, "/edit"), {"id": "the-ferry", "before": "", "text": "x"})
    assert "the chapters have moved since you looked" in answer.words
    assert book.texts() == files
