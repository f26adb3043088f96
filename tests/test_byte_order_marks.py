"""A BOM that an editor puts before a file is no text: nothing behind it is lost, and it stays where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from visiting import type_book

from novelist.book import bible_text, frontmatter, notes, outline_text, reviews, settings
from novelist.book.paths import KEYS, Book
from novelist.edits import saving
from novelist.edits.editable import ChapterText, SectionText
from novelist.edits.keeping import keep
from novelist.edits.reordering import Ordered, inserted, moved, with_numbering
from novelist.targets.snapshot import Snapshot

BOM = "\ufeff"
HERE = Path("outline.md")
HEADINGS = "## 1. The Bottle\n\nMara finds it.\n\n## 2. The Lamp\n\nIt is lit.\n"
LIST = "1. **The Bottle** — Mara finds it.\n2. **The Lamp** — It is lit.\n"
FRONT = "---\ntitle: The Salt Lamp\n---\n"


def titles(text: str) -> list[str]:
    return [section.title for section in outline_text.parse(text, HERE).sections]


@pytest.mark.parametrize("text", [HEADINGS, LIST, FRONT + HEADINGS, FRONT + LIST, HEADINGS.replace("\n", "\r\n")])
def test_the_first_chapter_of_an_outline_is_read_and_it_stays_first_in_the_file_whatever_moves(text: str) -> None:
    assert titles(BOM + text) == ["The Bottle", "The Lamp"]
    with_bom, without = (Ordered(each, HERE) for each in (BOM + text, text))
    assert moved(with_bom, 2, up=True) == BOM + moved(without, 2, up=True)
    assert moved(with_bom, 1, up=False) == BOM + moved(without, 1, up=False)
    assert inserted(with_bom, 1, "The Tide") == BOM + inserted(without, 1, "The Tide")
    if text is HEADINGS:
        assert with_numbering(with_bom, 1, numbered=False) == BOM + with_numbering(without, 1, numbered=False)


def test_files_that_were_joined_with_their_boms_lose_no_heading() -> None:
    first, second = HEADINGS[: HEADINGS.index("## 2")], HEADINGS[HEADINGS.index("## 2") :]
    joined = f"{BOM}{first}{BOM}{second}"
    assert titles(joined) == ["The Bottle", "The Lamp"]
    assert [*moved(Ordered(joined, HERE), 2, up=True)].count(BOM) == 2
    bible = bible_text.parse(f"{BOM}## Mara\n\nShe waits.\n{BOM}## Eskil\n\nHe rows.\n", HERE)
    assert [(each.heading, each.text) for each in bible.entities] == [
        ("Mara", "## Mara\n\n\nShe waits."),
        ("Eskil", "## Eskil\n\n\nHe rows."),
    ]


@pytest.mark.parametrize("text", ["She wept.\n", f"{FRONT}\nShe wept.\n", "---\n\nShe wept.\n", "---\ntitle: [\n---\n"])
def test_it_belongs_to_no_body_and_to_the_file(text: str) -> None:
    page, plain = frontmatter.parse(BOM + text, KEYS), frontmatter.parse(text, KEYS)
    assert (page.body, page.front, page.damage) == (plain.body, plain.front, plain.damage)
    assert page.has_front == plain.has_front
    assert page.whole == BOM + text


def test_an_idea_notes_and_findings_begin_behind_it() -> None:
    premise = settings.parse_premise(HERE, f"{BOM}A letter comes.\n")
    assert premise.idea == "A letter comes."
    assert notes.read(f"{BOM}- Odile is angry.\n") == ["Odile is angry."]
    assert notes.read(f"{BOM}# Notes\n\n- Odile is angry.\n") == ["Odile is angry."]
    text = f"{BOM}- **must** She wept before. Fix: let her wait.\n"
    assert [entry.what for entry in reviews.read(frontmatter.parse(text, KEYS).body)] == ["She wept before."]


def test_what_is_edited_in_a_file_keeps_it(tmp_path: Path) -> None:
    root = type_book(
        tmp_path,
        **{
            "outline.md": f"{BOM}## 1. The Bottle {{#bottle}}\n\nMara finds it.\n\n## 2. The Lamp {{#lamp}}\n\nLit.\n",
            "chapters/01-bottle.md": f"{BOM}Mara found the bottle.\n",
        },
    )
    snapshot = Snapshot(Book(root))
    chapter = snapshot.chapter(1)
    assert chapter.section.id == "bottle"
    saving.save(ChapterText(snapshot, chapter), saving.Edit("Mara found the bottle.", "Mara lost it."))
    assert (root / "chapters/01-bottle.md").read_text(encoding="utf-8") == f"{BOM}Mara lost it.\n"
    saving.save(SectionText(snapshot, snapshot.chapter(1)), saving.Edit("Mara finds it.", "Mara loses it."))
    keep(Snapshot(Book(root)), [Snapshot(Book(root)).chapter(1)], kept=True)
    assert (root / "outline.md").read_text(encoding="utf-8") == (
        f"{BOM}## 1. The Bottle {{#bottle stale=keep}}\n\nMara loses it.\n\n## 2. The Lamp {{#lamp}}\n\nLit.\n"
    )
