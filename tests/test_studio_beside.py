"""A chapter's section and the notes on it are edited beside its text, and saved where they are as they were read."""

from __future__ import annotations

import re

import pytest
from finished import finish, history
from in_process import Here
from scripted import Scripted
from visiting import Answer, Visitor

NOTES = "notes/03-the-lamp.md"
SECTION = "Mara lights the lamp."

pytestmark = pytest.mark.slow


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


def areas(page: Answer) -> list[str]:
    """Return what was read and what is to be saved, as a page has them."""
    return re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)


def save(visitor: Visitor, book: Here, what: str, text: str, page: Answer | None = None) -> Answer:
    """Save a text from its page, and return the one that then comes."""
    page = page or visitor.get(where(book, f"/beside/{what}"))
    hidden = dict(re.findall(r'name="(id)" value="([^"]*)"', page.text))
    form = {**hidden, "before": areas(page)[0], "text": text.replace("\n", "\r\n")}
    answer = visitor.post(where(book, f"/beside/{what}"), form)
    return visitor.get(answer.headers["location"]) if answer.status == 303 else answer


def test_a_section_is_edited_and_all_else_in_the_outline_stays(book: Here, visitor: Visitor) -> None:
    before = (book / "outline.md").read_text()
    assert areas(visitor.get(where(book, "/beside/section"))) == [SECTION, SECTION]
    page = save(visitor, book, "section", "Mara burns the lamp.\n\nEskil runs.\n")
    assert "Saved. The outline as it was is in its history." in page.words
    assert "To be written again · 50 of 40-60 words Something that it is written from has changed" in page.words
    assert "a build drafts it again. Its part of the outline changed" in page.words
    now = (book / "outline.md").read_text()
    assert now.partition("\n---\n")[2] == before.partition("\n---\n")[2].replace(
        SECTION, "Mara burns the lamp.\n\nEskil runs."
    )
    assert before in history(book, "@outline")
    assert "outline.md was edited" not in book.novelist("status").out


def test_a_section_that_was_changed_meanwhile_is_shown_with_what_was_typed(book: Here, visitor: Visitor) -> None:
    page = visitor.get(where(book, "/beside/section"))
    book.edit("outline.md", SECTION, "Odile lights the lamp.")
    files = book.texts()
    both = save(visitor, book, "section", "Marte lights the lamp.\n\nEskil runs.", page)
    assert both.status == 409
    assert "nothing is saved yet. Below is what comes of both; where both changed the same" in both.words
    assert "<del>Odile</del><ins>Marte</ins> lights the lamp." in both.text
    assert areas(both) == ["Odile lights the lamp.", "Marte lights the lamp.\n\nEskil runs."]
    assert book.texts() == files
    save(visitor, book, "section", areas(both)[1], both)
    assert "\n\nMarte lights the lamp.\n\nEskil runs.\n" in (book / "outline.md").read_text()


def test_a_section_is_no_other_chapter_and_none_is_lost_by_it(book: Here, visitor: Visitor) -> None:
    files, page = book.texts(), visitor.get(where(book, "/beside/section"))
    refused = save(visitor, book, "section", "It ends.\n\n## 4. Another\n\nIt begins.")
    assert (
        "outline.md: that text has no place in its form. Give each chapter a heading such as “## 1. The Bottle”, and "
        "let no line of what happens in it be one."
    ) in refused.words
    assert areas(refused)[1] == "It ends.\n\n## 4. Another\n\nIt begins."
    assert book.texts() == files
    book.edit("outline.md", "## 1.", "## 1. A Beginning {#beginning}\n\nIt begins.\n\n## 2.")
    assert "4 The Lamp" in save(visitor, book, "section", "Mine.", page).words
    assert "{#the-lamp}\n\nMine.\n" in (book / "outline.md").read_text()
    assert visitor.get(where(book, "/beside/premise")).status == 404


def test_notes_are_written_and_those_that_were_asked_told_apart(book: Here, visitor: Visitor) -> None:
    page = save(visitor, book, "notes", "- More salt.\n- No Odile.\n")
    assert (book / NOTES).read_text() == "- More salt.\n- No Odile.\n"
    assert "Notes (2) new More salt. new No Odile. The next build revises it by what is new." in page.words
    book.novelist("accept", "revise:03")
    page = save(visitor, book, "notes", "- More salt.\n- No Odile.\n- Night.\n")
    assert "asked More salt. asked No Odile. new Night. The next build" in page.words
    stale = visitor.get(where(book, "/beside/notes"))
    assert "Notes (3)" not in save(visitor, book, "notes", "").words
    assert not (book / NOTES).exists()
    assert history(book, "the-lamp/notes")[-1].endswith("- Night.\n")
    both = save(visitor, book, "notes", "- More salt.\n- No Odile.\n- Noon.\n", stale)
    assert both.status == 409
    assert not (book / NOTES).exists()


def test_a_note_says_why_no_build_follows_it(book: Here, visitor: Visitor) -> None:
    book.novelist("keep", "3")
    page = save(visitor, book, "notes", "- More salt.")
    assert f"No build revises it: you keep it; {NOTES} asks something new." in page.words
    book.edit(NOTES, "- More salt.", "<<<<<<< mine\n- More salt.\n=======\n>>>>>>> theirs")
    assert f"{NOTES}:1: " in visitor.get(where(book)).words
