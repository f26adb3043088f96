"""A chapter's alternatives stand beside it in the studio, and one is taken there as `novelist take` does it."""

from __future__ import annotations

import re

import pytest
from finished import C3, finish, history
from in_process import Here, body
from redoing import WISH, alternate, alternatives, text_of
from scripted import Scripted
from visiting import Answer, Visitor

SECOND = ".novelist/alternatives/the-lamp/2.md"

pytestmark = pytest.mark.slow


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book, and two alternatives to its third chapter."""
    finish(here, server)
    here.edit("premise.md", "chapters: 5", "chapters: 5\njobs: 1")
    alternate(server)
    assert here.novelist("redo", "3", WISH, "--times", "2").status == 0
    return here


def where(book: Here, more: str = "") -> str:
    return f"/book/{book.root.name}/chapter/3{more}"


def columns(page: Answer) -> list[str]:
    """Return the versions on a page."""
    return re.findall("<article.*?</article>", page.text, re.DOTALL)


def take(visitor: Visitor, book: Here, column: str) -> Answer:
    """Take the alternative in a column, and return the page that then comes."""
    form = column.partition("<form")[2].partition("</form>")[0]
    answer = visitor.post(where(book, "/decide"), dict(re.findall('name="([^"]*)" value="([^"]*)"', form)))
    return visitor.get(answer.headers["location"])


def test_alternatives_stand_beside_the_text_that_is_there(book: Here) -> None:
    visitor = Visitor.of(book.root)
    assert f'href="{where(book, "/alternatives")}">Alternatives (2)</a>' in visitor.get(where(book)).text
    page = visitor.get(where(book, "/alternatives"))
    own, first, second = columns(page)
    assert f'<p id="v0-p-1">{body((book / C3).read_text())[:30]}' in own
    assert f'<p id="v1-p-1">{text_of(1)[:30]}' in first
    assert f'<p id="v2-p-1">{text_of(2)[:30]}' in second
    assert f'<i>Asked:</i> <span lang="en" dir="ltr">{WISH}</span>' in second
    ids = re.findall(' id="([^"]*)"', page.text)
    assert len(ids) == len({*ids})
    assert ["take" in each for each in (own, first, second)] == [False, True, True]
    (book / SECOND).write_text((book / SECOND).read_text() + "\n\nTKTK: <script>x</script>[^1]\n\n[^1]: A note.\n")
    second = columns(visitor.get(where(book, "/alternatives")))[2]
    assert '<span class="weight sure">sure</span> was to be filled in: “TKTK' in second
    assert "<script" not in second
    assert 'href="#v2-fn1"' in second
    assert (
        "It has no alternatives yet. Draft it once more, beside this"
        in visitor.get(f"/book/{book.root.name}/chapter/2/alternatives").words
    )
    for number in (2, 3):  # without any, and with some
        link = f'href="/book/{book.root.name}/chapter/{number}/ask#redo">Draft it once more, beside this</a>'
        assert link in visitor.get(f"/book/{book.root.name}/chapter/{number}").text


def test_one_is_taken_and_only_as_it_was_seen(book: Here) -> None:
    visitor = Visitor.of(book.root)
    seen = columns(visitor.get(where(book, "/alternatives")))
    before, files = (book / C3).read_text(), book.texts()
    (book / SECOND).write_text((book / SECOND).read_text() + "\nMore.\n")
    refused = take(visitor, book, seen[2])
    assert f"{SECOND}: it has changed since you looked at it, and nothing was done. Look at it again." in refused.words
    assert (book.texts(), list(alternatives(book))) == (files, ["1.md", "2.md"])
    taken = take(visitor, book, seen[1])
    assert "chapter:03 is alternative 1 now; what was there is in its history, and so are the others." in taken.words
    assert body((book / C3).read_text()) == text_of(1)
    assert (list(alternatives(book)), before in history(book, "the-lamp")) == ([], True)
    assert (book / "notes" / "03-the-lamp.md").read_text() == f"- {WISH}\n"
    assert "has changed since you looked" in take(visitor, book, seen[1]).words
