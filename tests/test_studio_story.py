"""The studio shows premise, bible and outline beside what is read in them, and edits and orders their texts."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from finished import finish
from in_process import Here
from scripted import Scripted
from visiting import TYPED, Answer, Visitor, type_book

BOOK = "/book/salt/"
OUTLINE = TYPED["outline.md"]

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return type_book(tmp_path / "salt")


def reading(page: Answer) -> str:
    """Return what is read in a text, as one reads that."""
    section = page.text.partition('<section id="reading"')[2].partition("</section>")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", section.partition(">")[2]).split()))


def hidden(page: Answer, name: str) -> str:
    match = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert match
    return match[1]


def typed(page: Answer, text: str) -> dict[str, str]:
    """Return the form of a page, with another text in it."""
    before = page.text.partition('id="before" hidden>\n')[2].partition("</textarea>")[0]
    return {"before": html.unescape(before), "text": text}


def follow(visitor: Visitor, answer: Answer) -> Answer:
    assert answer.status == 303
    return visitor.get(answer.headers["location"].partition("#")[0])


def test_each_shows_what_is_read_in_it(root: Path) -> None:
    visitor = Visitor.of(root)
    premise = reading(visitor.get(f"{BOOK}premise"))
    assert "author Ines Halden language en chapters 20-40 unless you say otherwise words 40-60" in premise
    assert premise.endswith("The idea A letter.")
    assert reading(visitor.get(f"{BOOK}bible")) == "What is read in it Mara Named in 1 , 2 Eskil Named in 2 , 3"
    outline = reading(visitor.get(f"{BOOK}outline"))
    assert "Part One: The Shore 1 The Bottle 40-60 words ↑ ↓ Mara The Bottle: More" in outline
    assert "2 The Lamp 40-60 words ↑ ↓ Mara, Eskil The Lamp: More" in outline
    home = visitor.get(BOOK).text
    assert all(f'<a href="{BOOK}{kind}">' in home for kind in ("premise", "bible", "outline"))
    assert visitor.get(f"{BOOK}epilogue").status == 404


def test_a_text_is_read_before_it_is_saved_and_what_is_wrong_stands_at_its_line(root: Path) -> None:
    visitor = Visitor.of(root)
    page = visitor.get(f"{BOOK}outline")
    wrong = OUTLINE.replace("{#lamp}", "{#lamp words=x}")
    read = visitor.post(f"{BOOK}outline/read", typed(page, wrong))
    assert reading(read) == (
        "What is read in it Line 7 : “words=x” is neither a whole number nor a range such as “20-40”. Change it. "
        "6 7 ## 2. The Lamp {#lamp words=x} 8"
    )
    assert (root / "outline.md").read_text() == OUTLINE
    better = visitor.post(f"{BOOK}outline/read", typed(page, OUTLINE.replace("Eskil rows.", "Mara rows.")))
    assert "3 The Ferry 40-60 words Mara" in reading(better)
    assert "Not saved yet. Chapters are moved once it is." in reading(better)
    premise = visitor.post(f"{BOOK}premise/read", {"before": "", "text": "---\nwords: many\n---\nA letter."})
    assert "Line 2 : “words: many” is neither a whole number nor a range such as “20-40”. Change it." in reading(
        premise
    )
    both = visitor.post(
        f"{BOOK}premise/read", {"before": "", "text": "---\nwords: many\nchapters: none\n---\nA letter."}
    )
    assert re.findall("Line [0-9] : “[a-z]+: [a-z]+” is neither", reading(both)) == [
        "Line 2 : “words: many” is neither",
        "Line 3 : “chapters: none” is neither",
    ]
    bible = visitor.post(
        f"{BOOK}bible/read", {"before": "", "text": "## Mara\n\nAlso: Marie, the Keeper\n\n## Odile\n"}
    )
    assert reading(bible).endswith("Mara Marie, the Keeper Named in 1 , 2 Odile No chapter’s section names it.")


def test_it_is_saved_as_it_is_typed_even_with_what_is_wrong_and_that_is_undone(root: Path) -> None:
    visitor = Visitor.of(root)
    (root / "outline.md").write_bytes(OUTLINE.replace("\n", "\r\n").encode())
    page = visitor.get(f"{BOOK}outline")
    wrong = OUTLINE.replace("{#lamp}", "{#bottle}  ")
    saved = follow(visitor, visitor.post(f"{BOOK}outline", typed(page, wrong.replace("\n", "\r\n"))))
    assert (root / "outline.md").read_bytes() == wrong.replace("\n", "\r\n").encode()
    assert "Saved. It cannot be read as it is, and the next build would stop there. Undo" in saved.words
    assert "Line 7 : “The Lamp” has the id “bottle”, as line 3 has." in reading(saved)
    back = {"seen": hidden(saved, "seen"), "when": re.findall(r'name="when" value="([^"]*)"', saved.text)[0]}
    assert "It is as it was then. Redo" in follow(visitor, visitor.post(f"{BOOK}outline/restore", back)).words
    assert (root / "outline.md").read_bytes() == OUTLINE.replace("\n", "\r\n").encode()
    late = follow(visitor, visitor.post(f"{BOOK}outline/restore", back))
    assert "outline.md: it has changed since you looked at it, and nothing was done. Look at it again." in late.words


def test_steps_are_taken_back_one_by_one_and_done_again_for_as_long_as_nobody_else_was_at_the_file(root: Path) -> None:
    visitor = Visitor.of(root)
    texts = [(root / "bible.md").read_text(), "## Mara\n\nOne.\n", "## Mara\n\nTwo.\n"]
    for text in texts[1:]:
        page = follow(visitor, visitor.post(f"{BOOK}bible", typed(visitor.get(f"{BOOK}bible"), text)))

    def step(page: Answer, name: str) -> Answer:
        form = {"seen": hidden(page, "seen"), "when": re.findall(rf'name="when" value="([^"]*)">{name}<', page.text)[0]}
        return follow(visitor, visitor.post(f"{BOOK}bible/restore", form))

    for name, number in (("Undo", 1), ("Undo", 0), ("Redo", 1), ("Redo", 2), ("Undo", 1)):
        page = step(page, name)
        assert (root / "bible.md").read_text() == texts[number]
    assert ("Undo" in page.words, "Redo" in page.words) == (True, True)
    (root / "bible.md").write_text("## Mara\n\nOf another hand.\n")
    page = visitor.get(f"{BOOK}bible")
    assert ("Undo" in page.words, "Redo" in page.words) == (False, False)


def test_what_another_hand_has_changed_meanwhile_is_merged_first(root: Path) -> None:
    visitor = Visitor.of(root)
    page = visitor.get(f"{BOOK}bible")
    theirs = "## Mara\n\nShe keeps the light.\n\n\n## Eskil\n\nHe rows at night.\n"
    (root / "bible.md").write_text(theirs)
    mine = TYPED["bible.md"].replace("the light", "the lamp")
    merged = visitor.post(f"{BOOK}bible", typed(page, mine))
    assert merged.status == 409
    assert "The file was changed while you edited it, and nothing is saved yet." in merged.words
    assert (root / "bible.md").read_text() == theirs
    both = html.unescape(merged.text.partition('spellcheck="true"')[2].partition(">\n")[2].partition("</textarea>")[0])
    assert both == "## Mara\n\nShe keeps the lamp.\n\n\n## Eskil\n\nHe rows at night."
    assert "Saved." in follow(visitor, visitor.post(f"{BOOK}bible", typed(merged, both))).words
    assert (root / "bible.md").read_text() == f"{both}\n"


def test_nothing_is_saved_where_nothing_is_left_and_what_is_missing_is_begun(root: Path) -> None:
    visitor = Visitor.of(root)
    page = visitor.get(f"{BOOK}premise")
    empty = visitor.post(f"{BOOK}premise", typed(page, " \n"))
    assert "premise.md: it would be empty, and is as it was. Write what the book is about." in empty.words
    (root / "bible.md").unlink()
    assert (
        "There is no bible.md yet. The next build has it drafted, or write it here."
        in visitor.get(f"{BOOK}bible").words
    )
    begun = follow(visitor, visitor.post(f"{BOOK}bible", {"before": "", "text": "## Mara\n"}))
    assert "Undo" not in begun.words
    assert (root / "bible.md").read_text() == "## Mara\n"


@pytest.mark.parametrize("what", ["", "/read"])
def test_what_was_typed_is_shown_where_its_file_cannot_be_read_by_now(root: Path, what: str) -> None:
    visitor = Visitor.of(root)
    page = visitor.get(f"{BOOK}bible")
    (root / "bible.md").write_bytes(b"\xff\xfe")
    answer = visitor.post(f"{BOOK}bible{what}", typed(page, "## <Mine>"))
    assert answer.status == 409
    assert "What you typed bible.md:1: this is not UTF-8 text. Save it as UTF-8." in answer.words
    assert "\n## &lt;Mine&gt;</textarea>" in answer.text
    assert (root / "bible.md").read_bytes() == b"\xff\xfe"


def test_buttons_change_the_outline_alone_and_its_files_follow_with_the_next_command(
    here: Here, server: Scripted
) -> None:
    finish(here, server)
    visitor, home = Visitor.of(here.root), f"/book/{here.root.name}/"
    files = {path: path.read_bytes() for path in here.root.glob("[bcs]*/*.md")}
    before = (here / "outline.md").read_text()
    form = {"seen": hidden(visitor.get(f"{home}outline"), "seen"), "move": "up 3"}
    answer = visitor.post(f"{home}outline/move", form)
    assert answer.headers["location"].endswith("#chapter-2")
    page = follow(visitor, answer)
    assert "The Lamp stands behind The Bottle now" in page.words
    assert {path: path.read_bytes() for path in here.root.glob("[bcs]*/*.md")} == files
    after = (here / "outline.md").read_text()
    assert sorted(re.sub("[0-9]", "", line) for line in after.split("\n")) == sorted(
        re.sub("[0-9]", "", line) for line in before.split("\n")
    )
    again = follow(visitor, visitor.post(f"{home}outline/move", form))
    assert "outline.md: it has changed since you looked at it, and nothing was done. Look at it again." in again.words
    here.novelist("status")
    here.doit("files")
    assert (here / "chapters/02-the-lamp.md").is_file()
    undo = {"seen": hidden(page, "seen"), "when": re.findall(r'name="when" value="([^"]*)"', page.text)[0]}
    follow(visitor, visitor.post(f"{home}outline/restore", undo))
    assert (here / "outline.md").read_text() == before


def test_a_chapter_is_put_in_and_numbers_are_taken_and_given(root: Path) -> None:
    visitor = Visitor.of(root)

    def ask(**form: str) -> Answer:
        seen = hidden(visitor.get(f"{BOOK}outline"), "seen")
        return follow(visitor, visitor.post(f"{BOOK}outline/move", {"seen": seen, **form}))

    page = ask(move="insert 1", title="The Storm")
    assert "The Storm stands behind The Bottle now, in Part One: The Shore. Say below its heading" in page.words
    assert "## 2. The Storm {#the-storm}\n\n## 3. The Lamp {#lamp}" in (root / "outline.md").read_text()
    assert "The Storm has no number now." in ask(move="unnumber 2").words
    assert "## The Storm {#the-storm .unnumbered}\n\n## 2. The Lamp" in (root / "outline.md").read_text()
    assert "The Storm has a number now." in ask(move="number 2").words
    wrong = ask(move="insert 1", title="!")
    assert "outline.md:3: “!” gives no name for a file. Choose a title with a letter or a digit in it." in wrong.words
    for move in ("up 9", "burn 1", "up ²", f"up {'9' * 5000}", ""):
        assert "There is no such move. Load the page again." in ask(move=move).words


def test_each_is_shown_where_another_cannot_be_read(root: Path) -> None:
    (root / "premise.md").write_text("---\nwords: many\n---\nA letter.\n")
    (root / "bible.md").write_bytes(b"\xff\xfe\x00")
    visitor = Visitor.of(root)
    assert "premise.md:2: “words: many” is neither a whole number" in reading(visitor.get(f"{BOOK}outline"))
    assert f'<a href="{BOOK}premise">Premise</a>' in visitor.get(BOOK).text
    (root / "premise.md").write_text(TYPED["premise.md"])
    assert "The Bottle" in reading(visitor.get(f"{BOOK}outline"))
    assert "bible.md" in visitor.get(f"{BOOK}bible").words


def test_of_a_very_long_outline_one_chapter_is_unfolded_where_it_is_asked_for(root: Path) -> None:
    (root / "outline.md").write_text("\n\n".join(f"## {number}. Day {number}\n\nIt rains." for number in range(1, 202)))
    (root / "chapters" / "01-bottle.md").unlink()
    visitor = Visitor.of(root)
    page = visitor.get(f"{BOOK}outline")
    assert "<details class" not in page.text.partition('class="past"')[0]
    assert '<a href="?more=200#chapter-200"><span class="unseen">Day 200: </span>More</a>' in page.text
    asked = visitor.get(f"{BOOK}outline?more=200")
    assert re.findall('<details class="more"[^>]*>', asked.text) == ['<details class="more" open>']
    assert 'name="move" value="insert 200"' in asked.text
    for odd in ("0", "9999", "x", "%22%3E"):
        assert '<details class="more"' not in visitor.get(f"{BOOK}outline?more={odd}").text
