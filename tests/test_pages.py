from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.book.files import Files
from novelist.book.frontmatter import compose, edit, line_of, parse, read
from novelist.book.record import Record
from novelist.errors import BookError
from novelist.text import digest, normalise, printable

KEYS = frozenset({"title", "number", "part", "words", "language", "novelist"})
HERE = Path("chapters/01-the-bottle.md")

THEIRS = """\
---
# my notes on this chapter
mood: 'grey'   # like the sea
title: The Bottle
pov:
- Mara
- "Joel"
novelist:
  v: 1
  brief: {section: h9f2c41, story: he3b0c4}
  body: h77ab02

draft: |
  title: not ours

  number: 7
number: 3
---

Prose.
"""

NASTY_LINES = """\
---;--- ;----;title: A;title: [;title: 'x;title: |;  b;title;title: B\r;mood: 1;; ;novelist:;  v: 1;\t- x;# c
a: &a b;b: *a;<<: *a;? x;- y;---\r;\ufeff---;%YAML 1.2;!!x y;\x07"""
NASTY_TITLES = """\
1984;no;~;null;2026-11-22;0x1F;1e3;';";%;@x;`x`;{x};[x];&a;*a;!x;|;>;---;...;\\1;\\g<0>;- a;a: b;a #b;? x; a ;;盐灯;🜔
a;b"""
LINES = st.sampled_from(NASTY_LINES.replace("\n", ";").split(";"))
TEXTS = st.lists(LINES, max_size=9).map("\n".join) | st.text(max_size=80)
PAGES = TEXTS | TEXTS.map(lambda text: f"---\n{text}")
TITLES = st.text(max_size=40).map(printable) | st.sampled_from(NASTY_TITLES.split(";"))
ONE_LINE = TITLES.map(lambda title: " ".join(title.split()))


def test_a_page_is_front_matter_and_body() -> None:
    page = parse("---\ntitle: The Bottle\nnumber: 1\n---\n\nProse.\n", KEYS)
    assert page.front == {"title": "The Bottle", "number": "1"}
    assert page.header == "---\ntitle: The Bottle\nnumber: 1\n---\n"
    assert page.body == "\nProse.\n"
    assert page.damage is None


def test_a_new_page_has_our_keys_in_order_and_ends_in_one_newline() -> None:
    record = Record("h77ab02", {"section": "h9f2c41", "story": "he3b0c4"}, model="kimi-k2.6", at="2026-11-22T13:04:10Z")
    text = compose({"title": "1984", "number": 1, "novelist": record.front()}, "\n\nProse.  \r\n\r\n")
    assert text == (
        "---\n"
        "title: '1984'\n"
        "number: 1\n"
        "novelist:\n"
        "  v: 1\n"
        "  brief: {section: h9f2c41, story: he3b0c4}\n"
        "  body: h77ab02\n"
        "  model: kimi-k2.6\n"
        "  at: '2026-11-22T13:04:10Z'\n"
        "---\n"
        "\n"
        "Prose.\n"
    )
    assert parse(text, KEYS).record == record


def test_a_record_of_a_summary_says_of_what_it_is() -> None:
    record = Record("h77ab02", of="h03aa1e")
    assert record.front() == {"v": 1, "of": "h03aa1e", "body": "h77ab02"}
    assert parse(compose({"novelist": record.front()}, "It rains."), KEYS).record == record


@pytest.mark.parametrize("body", ["", "Prose.", "---\n\nA scene break first.", "One.\n\n---\n\nTwo.", "# A heading"])
def test_what_is_composed_is_read_again(body: str) -> None:
    page = parse(compose({"title": "The Bottle"}, body), KEYS)
    assert normalise(page.body) == body
    assert page.front == {"title": "The Bottle"}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("language: no", "no"),
        ("title: 1984", "1984"),
        ("title: 0x1F", "0x1F"),
        ("title: 2026-11-22", "2026-11-22"),
        ("title: ~", "~"),
        ("title: null", "null"),
        ("words: 1_000", "1_000"),
        ("number: 007", "007"),
        ("title: Yes", "Yes"),
        ("title:", ""),
    ],
)
def test_a_scalar_means_what_it_says(line: str, value: str) -> None:
    assert parse(f"---\n{line}\n---\nProse.", KEYS).front == {line.split(":", maxsplit=1)[0]: value}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Prose.",
        "---\n\nThe scene had broken.\n\n---\n\nIt broke again.\n",
        "---\nHe said: nothing.\n---\nProse.",
        "---\n\nHe said:\n- title\n\n---\n",
        "---\nmood: grey\n---\nProse.",
        "---\n- title\n---\nProse.",
        "---\nShe left.",
        "\n---\ntitle: too late\n---\n",
        "---\nIt was [damaged prose\n---\nProse.",
    ],
)
def test_prose_that_opens_with_a_scene_break_is_all_body(text: str) -> None:
    page = parse(text, KEYS)
    assert (page.front, page.header, page.body, page.damage) == ({}, "", text, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: a\nmood: b: c\n---\nProse.", 3),
        ("---\r\ntitle: a\r\nmood: b: c\r\n---\r\nProse.", 3),
        ("---\ntitle: [a\n---\nProse.", 3),
        ("---\nmood: grey\ntitle: a\n\tpart: b\n---\nProse.", 4),
        ("---\ntitle: *nobody\n---\nProse.", 2),
        ("---\ntitle: \x07\n---\nProse.", 1),
    ],
)
def test_damaged_front_matter_is_named_by_its_line_and_stands_above_the_body(text: str, line: int) -> None:
    page = parse(text, KEYS)
    assert (page.front, page.header + page.body, page.body) == ({}, text, "Prose.")
    assert page.damage is not None
    assert page.damage[0] == line
    assert re.fullmatch(r"the front matter is not YAML \(.+\)", page.damage[1])


def test_front_matter_that_is_never_closed_is_damage() -> None:
    page = parse("---\ntitle: The Bottle\n\nProse.\n", KEYS)
    assert page.damage == (1, "the front matter has no closing `---`")
    assert page.record is None
    assert page.body == "---\ntitle: The Bottle\n\nProse.\n"


@pytest.mark.parametrize(
    "lines",
    [
        "novelist: yes",
        "novelist:\n  v: 2\n  body: h77ab02",
        "novelist:\n  body: h77ab02",
        "novelist:\n  v: 1",
        "novelist:\n  v: 1\n  body: [h77ab02]",
    ],
)
def test_a_record_we_do_not_know_is_none(lines: str) -> None:
    page = parse(f"---\n{lines}\n---\nProse.", KEYS)
    assert page.record is None
    assert not page.edited


def test_an_editor_that_touches_line_ends_and_blanks_has_edited_nothing() -> None:
    text = compose({"novelist": Record(digest("One.\n\nTwo.")).front()}, "One.\n\nTwo.")
    assert not parse(text, KEYS).edited
    assert not parse("\ufeff" + text.replace("\n", "  \r\n").replace("---  ", "---") + "\r\n\r\n", KEYS).edited
    assert parse(text.replace("Two", "Three"), KEYS).edited


def test_an_edit_changes_our_lines_and_nothing_else() -> None:
    text = edit(HERE, parse(THEIRS, KEYS), {"title": "The Tide", "number": 4})
    assert text == THEIRS.replace("title: The Bottle", "title: The Tide").replace("number: 3", "number: 4")


def test_an_edit_to_none_removes_the_key_with_all_of_its_lines() -> None:
    text = edit(HERE, parse(THEIRS, KEYS), {"novelist": None, "number": None, "part": None})
    assert text == (
        "---\n# my notes on this chapter\nmood: 'grey'   # like the sea\ntitle: The Bottle\n"
        'pov:\n- Mara\n- "Joel"\n\n'
        "draft: |\n  title: not ours\n\n  number: 7\n---\n\nProse.\n"
    )


def test_a_new_key_comes_last() -> None:
    text = edit(HERE, parse(THEIRS, KEYS), {"part": "The Arrival"})
    assert text == THEIRS.replace("number: 3\n---", "number: 3\npart: The Arrival\n---")


def test_a_new_record_takes_the_place_of_the_old() -> None:
    record = Record("h000001", {"section": "h000002"})
    text = edit(HERE, parse(THEIRS, KEYS), {"novelist": record.front()})
    assert text == THEIRS.replace("h77ab02", "h000001").replace(
        "{section: h9f2c41, story: he3b0c4}", "{section: h000002}"
    )
    assert parse(text, KEYS).record == record


def test_an_edit_keeps_a_bom_and_every_line_end() -> None:
    old = "\ufeff---\r\nmood: 'grey'  # sea\r\ntitle: The Bottle\r\nnovelist:\r\n  v: 1\r\n---\r\n\r\nOne.\r\nTwo.\n"
    text = edit(HERE, parse(old, KEYS), {"title": "The Tide"})
    assert text.replace("\r\n", "\n") == old.replace("\r\n", "\n").replace("The Bottle", "The Tide")
    assert text.startswith("\ufeff---\r\nmood: 'grey'  # sea\r\n")
    assert text.endswith("novelist:\r\n  v: 1\r\n---\r\n\r\nOne.\r\nTwo.\n")


def test_a_line_we_write_ends_as_the_lines_around_it() -> None:
    old = "---\r\ntitle: The Bottle\r\n---\r\n\r\nProse.\r\n"
    text = edit(HERE, parse(old, KEYS), {"title": "The Tide", "number": 2})
    assert text == "---\r\ntitle: The Tide\r\nnumber: 2\r\n---\r\n\r\nProse.\r\n"


def test_an_edit_below_a_block_of_text_leaves_the_block() -> None:
    old = "---\ntitle: The Bottle\nnotes: |\n  Joel is alive.\n---\n\nProse.\n"
    text = edit(HERE, parse(old, KEYS), {"number": 2})
    assert text == "---\ntitle: The Bottle\nnotes: |\n  Joel is alive.\nnumber: 2\n---\n\nProse.\n"


def test_a_key_in_quotes_is_edited_and_not_doubled() -> None:
    text = edit(HERE, parse('---\nmood: grey\n"title": The Bottle\n---\nProse.', KEYS), {"title": "The Tide"})
    assert text == "---\nmood: grey\ntitle: The Tide\n---\nProse."


@pytest.mark.parametrize(
    "block",
    [
        "{title: The Bottle, mood: grey}",
        "title: The Bottle\ntitle: The Tide",
        "title: &name The Bottle\nmood: *name",
        'title: "The\nBottle"',
        "title:\n- The Bottle",
    ],
)
def test_a_form_that_lines_cannot_edit_is_said(block: str) -> None:
    page = parse(f"---\n{block}\n---\nProse.", KEYS)
    with pytest.raises(BookError) as raised:
        edit(HERE, page, {"title": "A Lamp"})
    where = "chapters/01-the-bottle.md:1: the front matter has an unusual form."
    assert str(raised.value) == f"{where} Write each key at the beginning of a line."


def test_the_line_of_a_key_is_found() -> None:
    page = parse(THEIRS, KEYS)
    assert [line_of(page, key) for key in ("mood", "title", "number", "novelist", "absent")] == [3, 4, 17, 8, 1]


@settings(max_examples=300, deadline=None)
@given(PAGES)
def test_no_text_is_too_strange_to_read(text: str) -> None:
    page = parse(text, KEYS)
    assert page.header + page.body == text or (page.header == text and not page.body)
    assert not (page.damage and page.front)


@settings(max_examples=200, deadline=None)
@given(TITLES, TEXTS)
def test_any_title_and_any_body_are_read_as_they_were_composed(title: str, body: str) -> None:
    text = compose({"title": title, "part": "The Arrival"}, body)
    page = parse(text, KEYS)
    assert page.front == {"title": title, "part": "The Arrival"}
    assert normalise(page.body) == normalise(body)


@settings(max_examples=200, deadline=None)
@given(ONE_LINE, ONE_LINE)
def test_any_title_takes_the_place_of_any_other(old: str, new: str) -> None:
    text = compose({"mood": "grey", "title": old, "number": 3}, "Prose.")
    edited = edit(HERE, parse(text, KEYS), {"title": new})
    assert parse(edited, KEYS).front == {"mood": "grey", "title": new, "number": "3"}
    assert edit(HERE, parse(edited, KEYS), {"title": old}) == text


@settings(max_examples=200, deadline=None)
@given(PAGES, TITLES)
def test_an_edit_says_what_was_asked_or_that_it_cannot(text: str, title: str) -> None:
    page = parse(text, KEYS)
    if not page.front:
        return
    try:
        edited = edit(HERE, page, {"title": title})
    except BookError:
        return
    assert parse(edited, KEYS).front == {**page.front, "title": title}
    assert edited.endswith(page.body)


def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    assert Files(tmp_path).read_text(tmp_path / "outline.md") is None
    assert read(Files(tmp_path), tmp_path / "outline.md", KEYS) is None


def test_a_file_is_read_with_its_line_ends(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: A\r\n---\r\nProse.\r\n")
    page = read(Files(tmp_path), tmp_path / "a.md", KEYS)
    assert page is not None
    assert page.front == {"title": "A"}
    assert page.body == "Prose.\r\n"


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "bible.md"
    path.write_bytes("## Mara\n\nShe is fünf.".encode("latin-1"))
    with pytest.raises(BookError) as raised:
        Files(tmp_path).read_text(path)
    assert str(raised.value) == f"{path}:3: this is not UTF-8 text. Save it as UTF-8."


def test_a_directory_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookError) as raised:
        Files(tmp_path.parent).read_text(tmp_path)
    assert str(raised.value) == f"{tmp_path}: it cannot be read (Is a directory). Check the disk and its rights."


def test_a_replaced_file_has_its_text_its_rights_and_no_company(tmp_path: Path) -> None:
    path = tmp_path / "chapters" / "01-the-bottle.md"
    Files(tmp_path).replace(path, "One.\r\n")
    path.chmod(0o640)
    Files(tmp_path).replace(path, "Zwei: fünf 盐灯.\r\n")
    assert path.read_bytes().decode() == "Zwei: fünf 盐灯.\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    path.mkdir()
    (path / "kept.md").write_text("kept", encoding="utf-8")
    with pytest.raises(BookError) as raised:
        Files(tmp_path).replace(path, "new")
    assert str(raised.value) == f"{path}: it cannot be written (Is a directory). Check the disk and its rights."
    assert [found.name for found in sorted(tmp_path.rglob("*"))] == ["book.md", "kept.md"]


def test_a_file_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "chapters").write_text("mine", encoding="utf-8")
    path = tmp_path / "chapters" / "01-the-bottle.md"
    with pytest.raises(BookError) as raised:
        Files(tmp_path).replace(path, "new")
    assert str(raised.value).startswith(f"{path}: it cannot be written (")
    assert (tmp_path / "chapters").read_text(encoding="utf-8") == "mine"


def test_a_name_too_long_for_the_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 300}.md"
    with pytest.raises(BookError) as raised:
        Files(tmp_path).replace(path, "new")
    assert str(raised.value) == f"{path}: it cannot be written (File name too long). Check the disk and its rights."
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_renamed_or_its_error_said(tmp_path: Path) -> None:
    old, new = tmp_path / "01-a.md", tmp_path / "02-a.md"
    old.write_text("One.", encoding="utf-8")
    Files(tmp_path).move(old, new)
    assert new.read_text(encoding="utf-8") == "One."
    with pytest.raises(BookError) as raised:
        Files(tmp_path).move(old, new)
    assert (
        str(raised.value)
        == f"{old}: it cannot be moved to `{new}` (No such file or directory). Check the disk and its rights."
    )
    assert new.read_text(encoding="utf-8") == "One."
