"""How large and how deep what is read may be: what is too much is one error that names the file, at once."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from in_process import Here
from scripted import Scripted

from novelist.book import bible_text, bounds, frontmatter, outline_text
from novelist.errors import BookError

LAUGHS = "\n".join(["a: &a [x, x]", *(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in pairwise("abcdefghij"))])
DEEP = "x: " + "[" * 40 + "]" * 40
LONG = "\n".join(f"x{number}: 1" for number in range(20_000))
MANY = "x: [" + "1, " * 20_000 + "1]"
FRONT = {
    "aliases of aliases": (LAUGHS, "the front matter has more than 10,000 values. Put it right."),
    "lists in lists": (DEEP, "the front matter has more than 20 lists within one another. Put it right."),
    "too long": (LONG, "the front matter has more than 100,000 characters. Put it right."),
    "too many": (MANY, "the front matter has more than 10,000 values. Put it right."),
}
PAGES = {
    "premise.md": "title: ",
    "bible.md": "title: ",
    "outline.md": "title: ",
    "chapters/01-the-lamp-of-day-1.md": "words: ",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", FRONT)
def test_front_matter_that_is_too_much_is_an_error_of_its_file(
    here: Here, server: Scripted, kind: str, name: str
) -> None:
    assert here.doit("outline").status == 0
    front, message = FRONT[kind]
    path, asked = here / name, len(server.requests)
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\n{PAGES[name]}12\n{front}\n---\n\nMara waits.\n", encoding="utf-8")

    ran = here.novelist("plan")

    assert len(server.requests) == asked
    assert message.removesuffix(". Put it right.") in ran.out + ran.err
    assert f"{name}:1: " in ran.out + ran.err


@pytest.mark.parametrize("setting", ["title", "author", "words", "budget", "stale", "cover", "subjects"])
def test_an_alias_of_aliases_as_a_setting_is_one_error(here: Here, setting: str) -> None:
    (here / "premise.md").write_text(f"---\ntitle: x\n{LAUGHS}\n{setting}: *j\n---\n\nMara.\n", encoding="utf-8")

    assert "the front matter has more than 10,000 values" in here.novelist("plan").err


@given(
    st.recursive(
        st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    )
)
@settings(max_examples=50, deadline=None)
def test_what_people_write_has_no_excess(value: object) -> None:
    deep = json.dumps(value).count("[") + json.dumps(value).count("{")
    assert not bounds.excess(value) or deep > bounds.DEEPEST_VALUE


LARGE = {
    "premise.md": 16,
    "bible.md": 16,
    "outline.md": 16,
    "chapters/01-the-lamp-of-day-1.md": 16,
    "prompts/chapter.md.j2": 1,
    "lint-accepted.txt": 100,
    ".env": 1,
}


@pytest.mark.parametrize("name", LARGE)
def test_a_file_that_is_too_large_is_an_error_of_its_name(here: Here, server: Scripted, name: str) -> None:
    assert here.doit("outline").status == 0
    path, asked = here / name, len(server.requests)
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:
        file.truncate(LARGE[name] * bounds.MEGABYTE + 1)

    ran = here.novelist("lint" if name.startswith("lint") else "plan")

    assert (ran.status, len(server.requests)) == (1, asked)
    assert f"{name}: it is larger than {LARGE[name]} MB. Put a smaller one in its place." in ran.err


@pytest.mark.usefixtures("server")
def test_a_chapter_of_ten_megabytes_is_fine(here: Here) -> None:
    assert here.doit("outline").status == 0
    path = here / "chapters" / "01-the-lamp-of-day-1.md"
    path.parent.mkdir()
    path.write_text("The rain fell on the harbour, and Mara waited.\n\n" * 210_000, encoding="utf-8")

    ran = here.novelist("status")

    assert (ran.status, ran.err) == (0, "")
    assert path.stat().st_size > 10 * bounds.MEGABYTE


def test_an_outline_of_too_many_chapters_says_so() -> None:
    text = "".join(f"## {number}. Day {number}\n\n" for number in range(1, bounds.MOST_SECTIONS + 2))
    with pytest.raises(BookError) as raised:
        outline_text.parse(text, Path("outline.md"))
    assert str(raised.value) == "outline.md:20001: more than 10,000 chapters. Make several books of it."


def test_a_bible_of_too_many_sections_says_so() -> None:
    text = "".join(f"## Person {number}\n\n" for number in range(1, bounds.MOST_SECTIONS + 2))
    with pytest.raises(BookError) as raised:
        bible_text.parse(text, Path("bible.md"))
    assert str(raised.value) == "bible.md:20001: more than 10,000 sections. Keep those that the book needs."


def test_what_is_no_front_matter_of_ours_is_prose_however_deep() -> None:
    text = f"---\n{DEEP}\n---\n\nMara.\n"
    assert frontmatter.parse(text, frozenset({"title"})).body == text
