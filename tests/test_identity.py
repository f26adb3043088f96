"""Files follow their sections by identity: renamed and renumbered in place, the prose byte for byte."""

from __future__ import annotations

import re

import pytest
from finished import C1, C2, C3, C4, C5, S1, S2, S3, S4, S5, finish, history, hold, lines
from in_process import Here, body
from scripted import Scripted

ALL = [C1, C2, C3, C4, C5, S1, S2, S3, S4, S5]


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, and a model with other words."""
    return finish(here, server)


def git(book: Here, command: str) -> str:
    ran = book.run("git", *command.split())
    assert ran.status == 0, ran.err
    return ran.out


def commit(book: Here) -> None:
    (book / ".gitignore").write_text(".novelist/\n")
    for command in ("init -q", "add -A", "-c user.name=a -c user.email=b commit -qm book"):
        git(book, command)


def renames(book: Here) -> dict[str, tuple[str, int]]:
    """Return what git takes for renamed: the old path to the new one and how alike they are."""
    git(book, "add -A")
    found = re.findall(r"^R(\d+)\t(.+)\t(.+)$", git(book, "diff --cached -M --name-status"), re.MULTILINE)
    return {old: (new, int(alike)) for alike, old, new in found}


def front(book: Here, name: str) -> dict[str, str]:
    """Return the title, number and part in the front matter of a chapter."""
    head = (book / name).read_text().split("\n---\n")[0]
    return dict(re.findall(r"^(title|number|part): (.+)$", head, re.MULTILINE))


def strip_ids(book: Here) -> None:
    (book / "outline.md").write_text(re.sub(r" \{#.*?\}", "", (book / "outline.md").read_text()))


def swap_2_and_3(book: Here) -> None:
    start, one, two, three, *rest = re.split(r"(?=## )", (book / "outline.md").read_text())
    (book / "outline.md").write_text("".join([start, one, three, two, *rest]))


STORM = "## The Storm {#the-storm}\n\nIt blows.\n\n"


def test_an_inserted_section_renames_the_files_behind_it(novel: Here, server: Scripted) -> None:
    commit(novel)
    before = novel.texts()
    novel.edit("outline.md", "## 3. The Lamp", f"{STORM}## 3. The Lamp")
    ran = novel.doit()
    assert ran.status == 0
    assert server.tasks == ["chapter:3", "summary:3"]
    found = renames(novel)
    assert {old: new for old, (new, _) in found.items()} == {
        C3: "chapters/04-the-lamp.md",
        C4: "chapters/05-the-ferry.md",
        C5: "chapters/06-the-letter.md",
        S3: "summaries/04-the-lamp.md",
        S4: "summaries/05-the-ferry.md",
        S5: "summaries/06-the-letter.md",
    }
    assert {alike for old, (_, alike) in found.items() if old.startswith("summaries")} == {100}
    assert min(alike for _, alike in found.values()) >= 90
    after = novel.texts()
    assert [body(after[new]) for new, _ in found.values()] == [body(before[old]) for old in found]
    assert front(novel, "chapters/04-the-lamp.md") == {"title": "The Lamp", "number": "4"}
    assert sorted(path.name for path in (novel / "chapters").iterdir()) == [
        "01-the-bottle.md",
        "02-the-second-tide.md",
        "03-the-storm.md",
        "04-the-lamp.md",
        "05-the-ferry.md",
        "06-the-letter.md",
    ]


def test_a_removed_section_renames_the_files_behind_it(novel: Here, server: Scripted) -> None:
    commit(novel)
    before = novel.texts()
    novel.edit("outline.md", "## 3. The Lamp {#the-lamp}\n\nMara lights the lamp.\n\n", "")
    assert novel.doit().status == 0
    assert server.tasks == []
    found = renames(novel)
    assert {old: new for old, (new, _) in found.items()} == {
        C4: "chapters/03-the-ferry.md",
        C5: "chapters/04-the-letter.md",
        S4: "summaries/03-the-ferry.md",
        S5: "summaries/04-the-letter.md",
    }
    assert min(alike for _, alike in found.values()) >= 90
    after = novel.texts()
    assert [body(after[new]) for new, _ in found.values()] == [body(before[old]) for old in found]
    assert not set(after) & {C3, S3}


def test_reordered_sections_take_their_files_along(novel: Here, server: Scripted) -> None:
    commit(novel)
    before = novel.texts()
    swap_2_and_3(novel)
    assert novel.doit().status == 0
    assert server.tasks == []
    assert {old: new for old, (new, _) in renames(novel).items()} == {
        C2: "chapters/03-the-second-tide.md",
        C3: "chapters/02-the-lamp.md",
        S2: "summaries/03-the-second-tide.md",
        S3: "summaries/02-the-lamp.md",
    }
    assert body((novel / "chapters/02-the-lamp.md").read_text()) == body(before[C3])
    assert front(novel, "chapters/02-the-lamp.md") == {"title": "The Lamp", "number": "2"}
    assert front(novel, "chapters/03-the-second-tide.md") == {"title": "The Second Tide", "number": "3"}
    order = re.findall(r"^## \d\. (.+) \{", (novel / "book.md").read_text(), re.MULTILINE)
    assert order == ["The Bottle", "The Lamp", "The Second Tide", "The Ferry", "The Letter"]


def test_a_section_with_an_id_is_retitled_in_its_file(novel: Here, server: Scripted) -> None:
    before = novel.texts()
    novel.edit("outline.md", "2. The Second Tide", "2. High Water: a “storm”")
    ran = novel.doit()
    assert (ran.status, server.tasks) == (0, [])
    assert front(novel, C2) == {"title": "'High Water: a “storm”'", "number": "2"}
    assert body(novel.texts()[C2]) == body(before[C2])
    assert "## 2. High Water: a “storm” {#the-second-tide}\n" in (novel / "book.md").read_text()
    assert novel.doit().out == "Everything is up to date.\n"


def test_a_section_without_an_id_is_retitled_with_its_files(novel: Here, server: Scripted) -> None:
    strip_ids(novel)
    commit(novel)
    before = novel.texts()
    novel.edit("outline.md", "2. The Second Tide", "2. High Water")
    ran = novel.doit()
    assert (ran.status, server.tasks) == (0, [])
    found = renames(novel)
    assert {old: new for old, (new, _) in found.items()} == {
        C2: "chapters/02-high-water.md",
        S2: "summaries/02-high-water.md",
    }
    assert min(alike for _, alike in found.values()) >= 90
    assert front(novel, "chapters/02-high-water.md") == {"title": "High Water", "number": "2"}
    assert body((novel / "chapters/02-high-water.md").read_text()) == body(before[C2])
    assert novel.doit().out == "Everything is up to date.\n"


def test_a_chapter_that_a_hand_has_edited_is_retitled_without_an_id_too(novel: Here, server: Scripted) -> None:
    hold(server, "2")
    strip_ids(novel)
    (novel / C2).write_text(f"{(novel / C2).read_text()}\nMine.\n")
    mine = body((novel / C2).read_text())
    novel.doit()
    server.clear()
    novel.edit("outline.md", "2. The Second Tide", "2. High Water")
    assert (novel.doit().status, server.tasks) == (0, [])
    assert body((novel / "chapters/02-high-water.md").read_text()) == mine


def test_what_was_drafted_before_a_retitle_without_an_id_still_comes_back(novel: Here, server: Scripted) -> None:
    hold(server, "2")
    strip_ids(novel)
    first = body((novel / C2).read_text())
    novel.edit("outline.md", "Mara walks", "Mara runs")
    novel.doit()
    novel.edit("outline.md", "2. The Second Tide", "2. High Water")
    novel.doit()
    novel.edit("outline.md", "Mara runs", "Mara walks")
    server.clear()
    assert novel.doit().status == 0
    assert server.tasks == []
    assert body((novel / "chapters/02-high-water.md").read_text()) == first


def test_two_sections_that_are_retitled_at_once_keep_their_chapters(novel: Here, server: Scripted) -> None:
    strip_ids(novel)
    before = novel.texts()
    novel.edit("outline.md", "2. The Second Tide", "2. High Water")
    novel.edit("outline.md", "4. The Ferry", "4. The Crossing")
    novel.doit()
    assert server.tasks == []
    assert body((novel / "chapters/02-high-water.md").read_text()) == body(before[C2])
    assert body((novel / "chapters/04-the-crossing.md").read_text()) == body(before[C4])


def test_two_sections_that_exchange_their_titles_but_have_ids_keep_their_chapters(
    novel: Here, server: Scripted
) -> None:
    before = novel.texts()
    novel.edit("outline.md", "2. The Second Tide", "2. The Lamp")
    novel.edit("outline.md", "3. The Lamp", "3. The Second Tide")
    novel.doit()
    assert server.tasks == []
    assert [body(novel.texts()[name]) for name in (C2, C3)] == [body(before[name]) for name in (C2, C3)]


def test_a_retitled_and_rewritten_section_without_an_id_is_another_chapter(novel: Here, server: Scripted) -> None:
    strip_ids(novel)
    old = (novel / C5).read_text()
    novel.edit("outline.md", "5. The Letter\n\nMara reads the letter.", "5. The Answer\n\nMara answers.")
    assert novel.doit().status == 0
    assert server.tasks == ["chapter:5", "summary:5"]
    assert history(novel, "the-letter")[-1] == old


def test_parts_are_named_in_front_matter_as_they_come_and_go(novel: Here, server: Scripted) -> None:
    before = novel.texts()
    plain = (novel / "outline.md").read_text()
    novel.edit("outline.md", "## 1. The Bottle", "# Part One: The Arrival\n\n## 1. The Bottle")
    novel.edit("outline.md", "## 3. The Lamp", "# Part Two\n\n## 3. The Lamp")
    novel.doit()
    parts = [front(novel, name)["part"] for name in (C1, C2, C3, C4, C5)]
    assert parts == ["The Arrival", "The Arrival", "Part Two", "Part Two", "Part Two"]
    text = (novel / "book.md").read_text()
    assert re.findall(r"^#{1,2} .*", text, re.MULTILINE) == [
        "# The Salt Lamp",
        "## Contents",
        "# Part One: The Arrival",
        "## 1. The Bottle {#the-bottle}",
        "## 2. The Second Tide {#the-second-tide}",
        "# Part Two",
        "## 3. The Lamp {#the-lamp}",
        "## 4. The Ferry {#the-ferry}",
        "## 5. The Letter {#the-letter}",
    ]
    assert [body(novel.texts()[name]) for name in ALL] == [body(before[name]) for name in ALL]
    (novel / "outline.md").write_text(plain)
    novel.doit()
    assert server.tasks == []
    assert novel.texts() == before


def test_prose_with_windows_line_ends_is_renumbered_byte_for_byte(novel: Here, server: Scripted) -> None:
    data = (novel / C3).read_bytes().replace(b"\n", b"\r\n").replace(b"title:", b"mood: 'dark' # really\r\ntitle:")
    (novel / C3).write_bytes(data)
    swap_2_and_3(novel)
    assert novel.doit().status == 0
    assert server.tasks == []
    assert (novel / "chapters/02-the-lamp.md").read_bytes() == data.replace(b"number: 3", b"number: 2")


def test_ones_own_lines_of_front_matter_stay_where_they_are(novel: Here) -> None:
    text = (novel / C3).read_text().replace("number: 3", "# Mine.\nnumber: 3   \nmood:   [dark, 'wet']")
    (novel / C3).write_text(text)
    swap_2_and_3(novel)
    assert novel.doit().status == 0
    assert (novel / "chapters/02-the-lamp.md").read_text() == text.replace("number: 3   ", "number: 2")


def test_a_chapter_without_a_record_is_only_renamed(novel: Here, server: Scripted) -> None:
    hold(server, "3")
    typed = b"---\r\ntitle: Mine\r\nnumber: 3\r\n---\r\nI wrote this.\r\n"
    (novel / C3).write_bytes(typed)
    novel.doit()
    server.clear()
    swap_2_and_3(novel)
    assert novel.doit().status == 0
    assert (novel / "chapters/02-the-lamp.md").read_bytes() == typed
    assert server.tasks == []


def test_a_file_that_is_no_chapter_is_left_alone(novel: Here) -> None:
    (novel / "chapters" / "map.svg").write_text("Mine.\n")
    assert novel.doit().out == "Everything is up to date.\n"
    swap_2_and_3(novel)
    assert novel.doit().status == 0
    assert (novel / "chapters" / "map.svg").read_text() == "Mine.\n"


def test_two_files_with_one_id_stop_the_build(novel: Here, server: Scripted) -> None:
    (novel / "chapters" / "03-the-bottle.md").write_text("Mine.\n")
    before = novel.texts()
    ran = novel.doit()
    assert ran.status == 1
    assert lines(ran.out)[0] == (
        "files        failed: chapters/03-the-bottle.md: it and `01-the-bottle.md` are both chapter `the-bottle`. "
        "Remove or rename one of them."
    )
    assert "Traceback" not in ran.out + ran.err
    assert server.tasks == []
    assert novel.texts() == before


def test_two_sections_with_one_id_stop_the_build(novel: Here, server: Scripted) -> None:
    novel.edit("outline.md", "{#the-ferry}", "{#the-lamp}")
    before = novel.texts()
    ran = novel.doit()
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "ERROR: outline.md:25: `The Ferry` has the id `the-lamp`, as line 21 has. "
        "Give one of them an id of its own behind its title: `{#another-id}`.\n"
    )
    assert server.tasks == []
    assert novel.texts() == before


def test_two_sections_with_one_title_ask_for_ids(novel: Here, server: Scripted) -> None:
    strip_ids(novel)
    novel.edit("outline.md", "4. The Ferry", "4. The lamp!")
    ran = novel.doit()
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "ERROR: outline.md:25: `The lamp!` has the id `the-lamp`, as line 21 has. "
        "Give one of them an id of its own behind its title: `{#another-id}`.\n"
    )
    assert server.tasks == []
