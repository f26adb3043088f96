"""What an agent puts in place of a text leaves what its author typed as it is, unless they have said so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from visiting import TYPED, type_book

from novelist.agents.editing import Editing
from novelist.agents.looking import Looking
from novelist.agents.opened import Opened
from novelist.book import frontmatter, paragraphs
from novelist.book.paths import KEYS
from novelist.book.record import Record
from novelist.errors import BookError
from novelist.prose.typed import touched
from novelist.text import digest

CHAPTER = "chapters/01-bottle.md"
DRAFTED = ["She rowed.", "He slept.", "It rained.", "The lamp went out."]
VERSE = "Salt and tar,  \nand a star.\\\nAnd one more."
NOW = [DRAFTED[0], VERSE, DRAFTED[1], "No.", "No.", DRAFTED[3]]  # the author put three in, and took one out
ASKS = f"{CHAPTER}: {{}}, and nothing was saved. Does the author want it changed?"
TYPES = ASKS.format("1 paragraph ({}) of it the author typed").format
CONFLICT = "a line would be read as one of a merge conflict of git, and it is as it was. Put a `\\` before it."
BACK = ASKS.format("1 paragraph ({}) of your text the author took out").format


def joined(every: Sequence[str]) -> str:
    return "\n\n".join(every)


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """A book whose first chapter a model drafted and its author edited."""
    record = Record(digest(joined(DRAFTED)), {}, drafted=paragraphs.marks(joined(DRAFTED)), model="kimi-k2.6")
    page = frontmatter.parse(frontmatter.compose({"title": "The Bottle", "novelist": record.front()}, "x"), KEYS)
    monkeypatch.chdir(type_book(tmp_path / "salt", **{CHAPTER: f"{page.header}{joined(NOW)}\n"}))
    return Opened(Path())


def edited(opened: Opened, text: str) -> str:
    """Have an agent put a text in place, and return what it is asked; empty where that is done."""
    before = Path(CHAPTER).read_text("utf-8")
    read = Looking(opened).read(1)
    assert read["text"] == joined(NOW)
    answered = Editing(opened).edit(1, text, read["digest"])
    now = Path(CHAPTER).read_text("utf-8")
    asks = str(answered.get("question", ""))
    assert now == (before if asks else before.replace(joined(NOW), text.strip("\n")))
    assert asks or answered["text"] == text.strip("\n")
    return asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        (joined([*NOW[:2], "He woke.", *NOW[3:]]), ""),
        (joined(["A gull cried.", *NOW[:2], *NOW[3:4], "A gull fell.", *NOW[4:], "The end."]), ""),
        (joined([*NOW[1:2], *NOW[3:5]]), ""),
        (joined(NOW).replace("tar,  \n", "tar,\n"), TYPES(2)),
        (joined(NOW).replace("star.\\\n", "star.\n"), TYPES(2)),
        (joined(NOW).replace("star.\\\n", "star. "), TYPES(2)),
        (joined([NOW[0], *NOW[2:4], NOW[1], *NOW[4:]]), TYPES(2)),
        (joined([NOW[1], NOW[0], *NOW[2:]]), TYPES(2)),
        (joined([*NOW[:4], *NOW[5:]]), TYPES(5)),
        (joined([*NOW[:4], NOW[5], NOW[4]]), TYPES(5)),
        (joined([*NOW[:2], "<!--", *NOW[2:], "-->"]), ASKS.format("2 paragraphs (4-5) of it the author typed")),
        (joined([*NOW, DRAFTED[2]]), BACK(7)),
        (joined([*NOW[:2], "It\nrained.", *NOW[2:]]), BACK(3)),
        (
            joined([DRAFTED[2], *NOW[2:]]),
            ASKS.format("1 paragraph (2) of it the author typed; 1 paragraph (1) of your text the author took out"),
        ),
    ],
)
def test_what_was_typed_or_taken_out_stays_so_without_a_word_of_the_author(
    opened: Opened, text: str, asks: str
) -> None:
    assert edited(opened, text) == asks


def test_with_their_word_it_is_saved(opened: Opened) -> None:
    read = Looking(opened).read(1)
    assert Editing(opened).edit(1, DRAFTED[2], read["digest"], yes=True)["text"] == DRAFTED[2]
    assert Path(CHAPTER).read_text("utf-8").endswith(f"\n{DRAFTED[2]}\n")


def test_a_text_that_has_changed_by_blanks_alone_has_changed(opened: Opened) -> None:
    read = Looking(opened).read(1)
    path = Path(CHAPTER)
    path.write_text(path.read_text("utf-8").replace("He slept.", "He slept.  "), encoding="utf-8")
    answered = Editing(opened).edit(1, f"{read['text']}\n\nThe end.", read["digest"])
    assert answered["question"] == (
        f"{CHAPTER} has changed since it was read, and nothing was saved. Which text is to be there?"
    )
    assert answered["theirs"]["text"] == joined(NOW).replace("He slept.", "He slept.  ")


def test_every_other_byte_of_a_file_stays_and_its_line_is_told(opened: Opened) -> None:
    text = "---\r\ntitle: The Bottle\r\n---\r\n\r\n\r\nOne.  \r\nTwo.\r\n\r\nThree.\r\n\r\n"
    Path(CHAPTER).write_bytes(text.encode())
    read = Looking(opened).read(1)
    assert (read["text"], read["line"]) == ("One.  \nTwo.\n\nThree.", 6)
    Editing(opened).edit(1, read["text"].replace("Three.", "3.  \nAnd four."), read["digest"], yes=True)
    assert Path(CHAPTER).read_bytes() == text.replace("Three.", "3.  \r\nAnd four.").encode()


def test_a_section_is_put_in_place_and_the_outline_is_the_authors(opened: Opened) -> None:
    read = Looking(opened).read(2, "section")
    assert (read["path"], read["line"], read["text"]) == ("outline.md", 7, "Mara and Eskil light it.")
    asked = Editing(opened).edit(2, "Mara lights it.", read["digest"], "section")
    assert asked["question"] == "outline.md is the author's, and nothing was saved. Does the author want it changed?"
    saved = Editing(opened).edit(2, "Mara lights it.", read["digest"], "section", yes=True)
    assert saved["text"] == "Mara lights it."
    assert Path("outline.md").read_text("utf-8") == TYPED["outline.md"].replace(read["text"], saved["text"])


@pytest.fixture
def at_the_last_moment() -> Callable[[Callable[[], object]], None]:
    """Return what has another hand do something once, after a text was read and before another is put in its place."""
    deeds: list[Callable[[], object]] = []

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if deeds and event == "open" and str(arguments[0]).endswith("lock.writing"):
            deeds.pop()()

    sys.addaudithook(look)
    return deeds.append


def test_a_chapter_that_another_hand_saves_at_the_last_moment_stays_as_that_has_it(
    opened: Opened, at_the_last_moment: Callable[[Callable[[], object]], None]
) -> None:
    read, path = Looking(opened).read(1), Path(CHAPTER)
    theirs = path.read_text("utf-8").replace("He slept.", "He dreamt.")
    at_the_last_moment(lambda: path.write_text(theirs, encoding="utf-8"))
    yours = f"{read['text']}\n\nThe end."
    answered = Editing(opened).edit(1, yours, read["digest"])
    assert answered["question"] == (
        f"{CHAPTER} has changed since it was read, and nothing was saved. Which text is to be there?"
    )
    assert (answered["theirs"], answered["yours"]) == (Looking(opened).read(1), yours)
    assert path.read_text("utf-8") == theirs
    again = Editing(opened).edit(1, f"{answered['theirs']['text']}\n\nThe end.", answered["theirs"]["digest"])
    assert again["text"].endswith("He dreamt.\n\nNo.\n\nNo.\n\nThe lamp went out.\n\nThe end.")


FERRY_FIRST = (
    "## 1. The Ferry {{#ferry}}\n\n{}\n\n## 2. The Bottle {{#bottle}}\n\nMara finds it.\n\n"
    "## 3. The Lamp {{#lamp}}\n\nMara and Eskil light it.\n"
).format


def test_what_comes_back_is_of_the_chapter_that_was_edited_wherever_it_has_moved(
    opened: Opened, at_the_last_moment: Callable[[Callable[[], object]], None]
) -> None:
    read, outline = Looking(opened).read(3, "section"), Path("outline.md")
    at_the_last_moment(lambda: outline.write_text(FERRY_FIRST("Eskil rows fast."), encoding="utf-8"))
    asked = Editing(opened).edit(3, "Mara rows.", read["digest"], "section", yes=True)
    assert asked["question"] == (
        "outline.md has changed since it was read, and nothing was saved. Which text is to be there?"
    )
    assert (asked["theirs"], asked["theirs"]["text"]) == (Looking(opened).read("ferry", "section"), "Eskil rows fast.")
    at_the_last_moment(lambda: outline.write_text(TYPED["outline.md"], encoding="utf-8"))
    outline.write_text(FERRY_FIRST("Eskil rows."), encoding="utf-8")
    read = Looking(opened).read(1, "section")
    saved = Editing(opened).edit(1, "Mara rows.", read["digest"], "section", yes=True)
    assert (saved["of"], saved["text"]) == ("chapter:03", "Mara rows.")
    assert outline.read_text("utf-8") == TYPED["outline.md"].replace("Eskil rows.", "Mara rows.")


PARAGRAPHS = st.sampled_from(["A.", "B.", "C.  \nD.", "C.\nD.", "* * *", "> E."])
TEXTS = st.lists(PARAGRAPHS, max_size=7)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(drafted=TEXTS, text=TEXTS, new=TEXTS)
def test_no_edit_passes_that_has_not_all_that_was_typed_in_its_order(
    drafted: list[str], text: list[str], new: list[str]
) -> None:
    line = paragraphs.marks(joined(drafted))
    locked = paragraphs.owners(joined(text), line).locked
    assert touched(joined(text), line, joined(text)) == ((), ())
    changed, _ = touched(joined(text), line, joined(new))
    if not changed:
        rest = iter(new)
        assert all(text[number - 1] in rest for number in sorted(locked))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    drafted=TEXTS,
    text=st.lists(PARAGRAPHS, max_size=7, unique=True),  # of two that are the same, either may be the one that stays
    put_in=st.lists(st.text("xyz", min_size=1), min_size=8, max_size=8),
)
def test_what_is_put_in_or_written_otherwise_where_nothing_was_typed_passes(
    drafted: list[str], text: list[str], put_in: list[str]
) -> None:
    line = paragraphs.marks(joined(drafted))
    locked = paragraphs.owners(joined(text), line).locked
    pairs = zip(["", *text], put_in, strict=False)
    new = [each for number, (own, put) in enumerate(pairs) for each in ([own, put] if number in locked else [put])]
    assert touched(joined(text), line, joined(new)) == ((), ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("o" * 16_000_001, f"{CHAPTER}: it would be larger than 16 MB, and is as it was. Save less."),
        (
            joined([*NOW, "<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> b"]),
            f"{CHAPTER}: {CONFLICT}",
        ),
    ],
    ids=["too large", "a conflict"],
)
def test_what_could_not_be_read_afterwards_is_not_saved(opened: Opened, text: str, told: str) -> None:
    before = Path(CHAPTER).read_text("utf-8")
    read = Looking(opened).read(1)
    with pytest.raises(BookError) as refused:
        Editing(opened).edit(1, text, read["digest"], yes=True)
    assert str(refused.value) == told
    assert Path(CHAPTER).read_text("utf-8") == before


def test_an_outline_that_its_author_made_read_only_stays(opened: Opened) -> None:
    read = Looking(opened).read(2, "section")
    Path("outline.md").chmod(0o444)
    with pytest.raises(BookError) as refused:
        Editing(opened).edit(2, "Mara lights it.", read["digest"], "section", yes=True)
    assert str(refused.value) == "outline.md: you made it read-only. Make it writable to have it changed."
