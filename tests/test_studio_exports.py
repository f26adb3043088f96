"""The studio exports a book as a terminal does, and hands out what came of it, and nothing else that is in dist/."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from running import wait_for
from visiting import Answer, Visitor, type_book

from novelist.studio.names import disposition

BOOK = "/book/salt/"


@pytest.fixture
def visitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A browser with the studio of a book of which all chapters are there."""
    monkeypatch.delenv("KIMI_BASE_URL", raising=False)
    chapters = {f"chapters/0{number}-{name}.md": "She wept.\n" for number, name in ((2, "lamp"), (3, "ferry"))}
    return Visitor.of(type_book(tmp_path / "salt", **chapters))


def exported(visitor: Visitor, kind: str) -> Answer:
    """Export the book, and return the page on which that has ended."""
    answer = visitor.post(f"{BOOK}export", {"format": kind})
    assert (answer.status, answer.headers["location"]) == (303, f"{BOOK}build")
    (opened,) = visitor.studio.shelf.books().values()
    wait_for(lambda: opened.run is not None and not opened.run.running)
    return visitor.get(f"{BOOK}build")


@pytest.mark.slow
def test_a_page_is_made_and_downloaded_and_never_shown(visitor: Visitor, tmp_path: Path) -> None:
    dist = tmp_path / "salt" / "dist"
    dist.mkdir()
    (dist / "book.html").write_text("<script>alert(1)</script>")
    (dist / "notes.txt").write_text("mine")
    for path in ("export/html", "export/notes.txt", "export/txt", "export/..%2Fpremise.md"):
        assert visitor.get(f"{BOOK}{path}").status == 404
    page = exported(visitor, "html")
    assert "The HTML is made" in page.words
    assert "dist/book.html: 3 chapters, " in page.words
    assert f'href="{BOOK}export/html" download>Download the HTML</a>' in page.text
    sent = visitor.get(f"{BOOK}export/html")
    assert sent.text == (dist / "book.html").read_text()
    assert sent.headers["content-disposition"] == (
        "attachment; filename=\"the-salt-lamp.html\"; filename*=UTF-8''The%20Salt%20Lamp.html"
    )
    assert sent.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in sent.headers["content-security-policy"]
    words = visitor.get(BOOK).words
    assert "HTML one page for a browser Download " in words
    assert words.count("Download") == 1
    assert "Older" not in words
    lamp = tmp_path / "salt" / "chapters" / "02-lamp.md"
    lamp.write_text("She slept.\n")
    older = visitor.get(BOOK)
    assert "Older than the book. Build it again : HTML" in older.words
    assert older.text.count('name="format" value="html"') == 2
    lamp.write_text("She wept.\n")
    assert "Older" not in visitor.get(BOOK).words
    (dist / "book.html").write_text("another hand's")
    assert visitor.get(f"{BOOK}export/html").status == 404
    assert "Download" not in visitor.get(BOOK).words


@pytest.mark.slow
def test_what_an_export_lacks_is_said_with_its_remedy(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "typst.py").write_text("raise ImportError\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "without"))
    page = exported(visitor, "pdf")
    assert "It did not go all the way" in page.words
    assert "there is no Typst. Install novelist's extra “export”, which brings it along." in unescape(page.words)


def test_nothing_else_is_begun_and_nothing_before_a_word_on_its_env(visitor: Visitor, tmp_path: Path) -> None:
    assert visitor.post(f"{BOOK}export", {"format": "chapter:01"}).status == 400
    assert visitor.post(f"{BOOK}export", {"form": "x", "format": "epub"}).status == 403
    (tmp_path / "salt" / ".env").write_text("KIMI_MODEL=strange\n")
    assert "once you have said whether this book’s .env is to be used" in visitor.get(BOOK).words
    assert 'name="format"' not in visitor.get(BOOK).text
    visitor.post(f"{BOOK}export", {"format": "epub"})
    (opened,) = visitor.studio.shelf.books().values()
    assert opened.run is None


def test_what_a_draft_costs_first_is_said(visitor: Visitor, tmp_path: Path) -> None:
    assert "is drafted first, at its price" not in visitor.get(BOOK).words
    (tmp_path / "salt" / "chapters" / "02-lamp.md").unlink()
    assert "What the next build drafts is drafted first, at its price." in visitor.get(BOOK).words


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Süß: eine Lampe", ("su-eine-lampe", "S%C3%BC%C3%9F%20eine%20Lampe")),
        ("塩の灯", ("book", "%E5%A1%A9%E3%81%AE%E7%81%AF")),
        ('../"x"\r\nSet-Cookie: y', ("x-set-cookie-y", "x%20Set-Cookie%20y")),
        ("..", ("book", "book")),
        ("long " * 60, ("long" + "-long" * 15, "%20".join(["long"] * 16))),
    ],
)
def test_a_file_is_called_as_its_book_and_leads_nowhere(title: str, names: tuple[str, str]) -> None:
    plain, whole = names
    assert disposition(title, "epub") == (f"attachment; filename=\"{plain}.epub\"; filename*=UTF-8''{whole}.epub")
