"""A chapter and its alternatives are shown beside each other, by what can be told of them without a model."""

from __future__ import annotations

import json
import re

import pytest
from finished import C3, finish
from in_process import Here
from redoing import WISH, chapter
from scripted import Scripted, prose

FIRST = f"Mara Halden lit the lamp in 1931. {prose(60, 901)} Eskil had seen it from The Glassworks."
SECOND = f"Rain fell on me, Mara Halden. {prose(24, 902)} And Ingrid said it was 47 years ago, and Ingrid lied."


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book with two alternatives to chapter 3, the second of which was asked for with a wish."""
    finish(here, server)
    here.edit(C3, chapter(here), "First words.\n\nLast words.")
    server.on("chapter:3", FIRST, SECOND)
    for wish in ([], [WISH]):
        assert here.novelist("redo", "3", *wish).status == 0
    server.clear()
    return here


def without_times(out: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME", out)


def test_versions_stand_beside_each_other(book: Here, server: Scripted) -> None:
    ran = book.novelist("compare", "3")
    assert (ran.status, ran.err, server.requests) == (0, "", [])
    shown = without_times(ran.out).splitlines()
    assert (
        shown
        == f"""\
chapter:03: The Lamp
   words  tense  when                  model      lint
0      4  -      TIME  kimi-k2.6  sure: length
1     74  -      TIME  kimi-k2.6  not sure: length
2     41  -      TIME  kimi-k2.6  nothing found

0  as it is
   lacks: Mara Halden
   begins: First words.
   ends: Last words.

1  nothing asked beside its brief
   names beside its section: Eskil, The Glassworks
   numbers that 0 has not: 1931
   begins: Mara Halden lit the lamp in 1931.
   ends: Eskil had seen it from The Glassworks.

2  asked: {WISH}
   new names: Ingrid
   numbers that 0 has not: 47
   begins: Rain fell on me, Mara Halden.
   ends: And Ingrid said it was 47 years ago, and Ingrid lied.

`novelist compare 3 2` shows 2 word by word, `novelist take 3 2` takes it.
""".splitlines()
    )


def test_an_alternative_of_another_brief_is_marked(book: Here) -> None:
    book.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    shown = book.novelist("compare", "3").out
    assert shown.count("   of another brief: its part of the outline changed\n") == 2


def test_two_versions_differ_word_by_word(book: Here) -> None:
    ran = book.novelist("compare", "3", "1", "2")
    assert ran.out.startswith("From 1 to 2:\n\n[1] {+Rain fell on me,+} Mara [-Halden lit the lamp in 1931. ")
    assert book.novelist("compare", "3", "2").out == book.novelist("compare", "3", "0", "2").out
    assert book.novelist("compare", "3", "1", "1").out == "From 1 to 1:\n"
    ran = book.novelist("compare", "3", "7")
    assert (ran.status, ran.err) == (1, "Error: there is no version 7: there are 0, 1, 2. Name two of them.\n")
    assert book.novelist("compare", "3", "1", "2", "0").status == 2


def test_the_same_for_programs(book: Here) -> None:
    shown = json.loads(book.novelist("compare", "3", "1", "2", "--json").out)
    assert (shown["version"], shown["of"]) == (1, "chapter:03")
    assert [each["number"] for each in shown["versions"]] == [0, 1, 2]
    second = shown["versions"][2]
    assert (second["asked"], second["lacks"], second["others"]) == (WISH, [], [])
    assert (second["new_names"], second["new_numbers"], second["left_out"]) == (["Ingrid"], [47], [])
    assert [each["number"] for each in shown["changes"]] == [1]


def test_without_alternatives_it_says_how_to_have_one(book: Here) -> None:
    shown = book.novelist("compare", "2").out.splitlines()
    assert shown[-1] == "It has no alternatives. `novelist redo 2` drafts one."


def test_a_chapter_that_is_missing_is_no_version(book: Here) -> None:
    (book / C3).unlink()
    shown = book.novelist("compare", "3").out.splitlines()
    assert [line[0] for line in shown[2:4]] == ["1", "2"]


def test_what_lint_was_told_to_accept_is_not_shown(book: Here) -> None:
    assert "not sure: length" in book.novelist("compare", "3").out
    (book / "lint-accepted.txt").write_text("length: the-lamp: longer\n")
    assert "not sure: length" not in book.novelist("compare", "3").out
