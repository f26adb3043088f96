"""The studio finds words in a book as `novelist search` does, and tells what was spent as `novelist spent` does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from visiting import Visitor, type_book

BOOK = "/book/salt/"
RUNS = "<img src=x onerror=alert(1)>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of which two chapters are there."""
    return type_book(
        tmp_path / "salt",
        **{
            "chapters/02-lamp.md": f"She wept lamplight-like, {RUNS}\n\n{'Lámp. ' * 2}\n",
            "summaries/02-lamp.md": "The lamp is lit.\n",
            "bible.md": "## Mara\n\nShe keeps the lamp.\n",
        },
    )


def test_places_are_shown_by_chapter_and_lead_there(root: Path) -> None:
    page = Visitor.of(root).get(f"{BOOK}search?q=LAMP")
    assert page.words.partition("“LAMP” ")[2] == (
        "6 places. The premise title: The Salt Lamp premise.md:2 "
        "The bible She keeps the lamp . bible.md:3 "
        "The outline ## 2. The Lamp {# lamp } outline.md:7 "
        f"2. The Lamp She wept lamp light-like, {RUNS} chapters/02-lamp.md:1 Lámp . Lámp . chapters/02-lamp.md:3 "
        "The lamp is lit. summary, summaries/02-lamp.md:1"
    ).replace("<", "&lt;").replace(">", "&gt;")
    links = re.findall(r'<li><a href="/book/salt/([^"]*)"', page.text)
    assert links == [
        "premise#line-2",
        "bible#line-3",
        "chapter/2/beside/section",
        "chapter/2#:~:text=lamplight",
        "chapter/2#:~:text=L%C3%A1mp",
        "chapter/2",
    ]
    assert "<mark>Lámp</mark>. <mark>Lámp</mark>." in page.text
    assert RUNS not in page.text
    assert 'name="q" value="LAMP"' in page.text


def test_what_is_not_there_and_what_is_no_word_is_said(root: Path) -> None:
    visitor = Visitor.of(root)
    assert visitor.get(f"{BOOK}search?q=whale").words.endswith("“whale” That is nowhere in the book.")
    assert "A word, or a few in a row." in visitor.get(f"{BOOK}search").words
    assert "There is nothing to look for." in visitor.get(f"{BOOK}search?q=%22").words
    hostile = visitor.get(f"{BOOK}search?q=%22%3E{RUNS}".replace(" ", "%20").replace("<", "%3C").replace(">", "%3E"))
    assert RUNS not in hostile.text
    (root / "chapters" / "01-bottle.md").write_text("lamp\n\n" * 300)
    assert "The first 200 places; there are more." in visitor.get(f"{BOOK}search?q=lamp").words


def test_what_was_spent_is_shown_by_task_and_by_day(root: Path) -> None:
    call = {"at": "2026-11-21T12:00:00Z", "task": "chapter:1", "model": "m", "provider": "p", "in": 9000, "guessed": 1}
    call |= {"cached": 4000, "out": 1500, "reasoning": 0, "estimated": False, "first": 1, "seconds": 2, "tries": 1}
    rows = [{**call, "finish": "stop", "cost": 1.5}, {**call, "task": "summary:1", "finish": "stop", "cost": None}]
    (root / ".novelist").mkdir()
    (root / ".novelist" / "ledger.jsonl").write_text("\n".join(map(json.dumps, rows)))
    visitor = Visitor.of(root)
    assert f'<a href="{BOOK}spent">Spent so far</a>: $1.50 and 1 call of unknown price' in visitor.get(BOOK).text
    words = visitor.get(f"{BOOK}spent").words
    assert "Spent $1.50 and 1 call of unknown price, 2 calls, 18,000 tokens in, 3,000 out." in words
    heads = "Price Calls Tokens in Cached Tokens out"
    assert f"By task Task {heads} chapter $1.50 1 9,000 4,000 1,500 summary unknown 1 9,000" in words
    assert f"By day Day {heads} 2026-11-21 $1.50 and 1 unknown 2 18,000 8,000 3,000" in words
    assert "Nothing spent since then." in visitor.get(f"{BOOK}spent?since=2999-01-01").words
    assert "“7x” is no time." in visitor.get(f"{BOOK}spent?since=7x").words
