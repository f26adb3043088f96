"""What lint, check and a judge find in a chapter is shown at its paragraphs, and struck there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from visiting import Answer, Visitor, type_book

CHAPTER = "/book/salt/chapter/1"
REVIEW = "reviews/01-bottle.md"
TEXTS = {
    "premise.md": "---\ntitle: The Salt Lamp\nlanguage: en\nwords: 20-60\n---\nA letter.\n",
    "bible.md": "# People\n\n## Mara\n\nShe keeps the light.\n\n## Eskil\n\nHe has two brothers.\n",
    "chapters/01-bottle.md": (
        "Mara found the bottle and read the letter, all of it, aloud, while the tide came in over the stones below.\n\n"
        "TKTK: more.\n\n***\n\nEskil, who has three brothers, wept at that, and would not say why he did.\n"
    ),
    REVIEW: (
        "Mine.\n\n- **must** [1] Odile is nowhere. Fix: name her.\n"
        "- **may** [4] He weeps too soon.\n  > “would not say why”\n  > “He has two brothers.” bible.md\n"
        "- ~~**should**~~ Struck before.\n"
    ),
}

pytestmark = pytest.mark.slow


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    """A browser with a studio of a book in which something is wrong."""
    return Visitor.of(type_book(tmp_path / "salt", **TEXTS))


def noted(page: Answer, number: int) -> str:
    """Return what is said at the mark of a paragraph, which comes right behind it."""
    paragraph = rf'<(\w+) id="p-{number}".*?</\1>\s*<details [^>]*id="f-{number}"[^>]*>(.*?)</details>'
    match = re.search(paragraph, page.text, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", match[2]).split()) if match else ""


def listed(page: Answer) -> list[tuple[str, str]]:
    """Return the findings in the list beside the text: the paragraph to which each leads, and what it says."""
    items = re.findall("<li>(.*?)</li>", page.text.partition('class="findings"')[2].partition("</ol>")[0], re.DOTALL)
    links = [re.search('href="#p-([0-9]+)"', item) for item in items]
    words = [" ".join(re.sub("<[^>]*>", " ", item).split()) for item in items]
    return [(link[1] if link else "", text) for link, text in zip(links, words, strict=True)]


def test_findings_stand_at_their_paragraphs_and_in_one_list(visitor: Visitor) -> None:
    page = visitor.get(CHAPTER)
    assert listed(page) == [
        ("2", "sure was to be filled in: “TKTK:”"),
        ("4", "may He weeps too soon."),
        ("", "must Odile is nowhere. (review) Fix: name her. Strike"),
        ("", "should Mine. (review) Strike"),
    ]
    assert (
        noted(page, 2) == "1 found in paragraph 2 1 sure was to be filled in: “TKTK:” (lint) It is a gap in the text."
    )
    quotes = "“would not say why” “He has two brothers.” bible.md"
    assert noted(page, 4) == f"1 found in paragraph 4 1 may He weeps too soon. (review) {quotes} Strike"
    assert noted(page, 1) == ""
    assert "Findings (4)" in page.words


def test_what_contradicts_the_rest_of_the_book_is_asked_for_apart(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.get(CHAPTER)
    assert "brothers, and elsewhere" not in page.words
    whole = visitor.get(re.findall('data-whole href="([^"]*)"', page.text)[0])
    assert "maybe 3 brothers, and elsewhere 2 (check)" in noted(whole, 4)
    assert "“He has two brothers.” bible.md:9" in noted(whole, 4)
    (tmp_path / "salt" / "lint-accepted.txt").write_text("count: bottle: 3 brothers\nplaceholder: bottle: TKTK:\n")
    quiet = visitor.get(f"{CHAPTER}/findings")
    assert [text for _, text in listed(quiet) if "review" not in text] == ["may He weeps too soon."]
    (tmp_path / "salt" / "lint-accepted.txt").write_text("nonsense\n")
    broken = visitor.get(CHAPTER)
    assert "lint-accepted.txt:1: “nonsense” is not “rule: chapter: words”." in broken.words
    assert listed(broken)[0] == ("4", "may He weeps too soon.")


def strike(visitor: Visitor, page: Answer, place: int) -> str:
    """Strike a finding as a page offers it, and return what the next page says of it."""
    forms = re.findall("<form.*?</form>", page.text, re.DOTALL)
    form = next(each for each in forms if f'name="place" value="{place}"' in each)
    answer = visitor.post(f"{CHAPTER}/decide", {**dict(re.findall('name="([^"]*)" value="([^"]*)"', form))})
    message = re.search('<p class="note[^>]*>(.*)</p>', visitor.get(answer.headers["location"]).text)
    return message[1] if message else ""


def test_a_finding_of_a_review_is_struck_in_its_file_only(visitor: Visitor, tmp_path: Path) -> None:
    root, page = tmp_path / "salt", visitor.get(CHAPTER)
    before = {path: path.read_bytes() for path in root.rglob("*.md")}
    answer = "It is crossed out: nobody is asked to mend it, and it is not raised again."
    assert strike(visitor, page, 2) == answer
    now = TEXTS[REVIEW].replace("**may** [4] He", "~~**may**~~ [4] He")
    after = {path: path.read_bytes() for path in root.rglob("*.md") if ".novelist" not in path.parts}
    assert after == {**before, root / REVIEW: now.encode()}
    assert "4" not in [paragraph for paragraph, _ in listed(visitor.get(CHAPTER))]
    refused = f"{REVIEW}: it has changed since you looked at it, and nothing was done. Look at it again."
    assert strike(visitor, page, 1) == refused
    assert (root / REVIEW).read_text(encoding="utf-8") == now


def undo(visitor: Visitor, page: Answer) -> Answer | None:
    """Take back what was struck last, where a page offers that, and return the page after it."""
    forms = re.findall("<form.*?</form>", page.text, re.DOTALL)
    form = next((each for each in forms if 'value="unstrike"' in each), "")
    if not form:
        return None
    answer = visitor.post(f"{CHAPTER}/decide", {**dict(re.findall('name="([^"]*)" value="([^"]*)"', form))})
    return visitor.get(answer.headers["location"])


def test_what_was_struck_is_put_back_step_by_step_and_only_while_its_file_is_as_it_was_left(
    visitor: Visitor, tmp_path: Path
) -> None:
    review = tmp_path / "salt" / REVIEW
    before = review.read_bytes()
    assert undo(visitor, visitor.get(CHAPTER)) is None
    strike(visitor, visitor.get(CHAPTER), 2)
    once = review.read_bytes()
    strike(visitor, visitor.get(CHAPTER), 0)
    after = undo(visitor, visitor.get(CHAPTER))
    assert after
    assert "It is crossed out no more." in after.words
    assert review.read_bytes() == once
    assert undo(visitor, after)
    assert review.read_bytes() == before
    strike(visitor, visitor.get(CHAPTER), 2)
    review.write_bytes(review.read_bytes() + b"\nMine.\n")
    assert undo(visitor, visitor.get(CHAPTER)) is None
