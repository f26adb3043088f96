"""Prologues, interludes, epilogues, and what its author says has no number: chapters that readers see no number above.

They are drafted, summed up and listed as any other; tasks, files and arguments go by place.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from finished import lines
from in_process import Here
from scripted import Scripted
from typed import type_book

from novelist.book import outline_text
from novelist.book.frontmatter import compose
from novelist.book.outline import Outline, Section
from novelist.language.matter import stands_apart
from novelist.text import digest

OUTLINE = """\
## Prologue {#prologue}

It rains.

# Part One: The Shore

## 1. The Bottle {#bottle}

Mara finds a bottle.

## The Storm {#storm words=40-60 .unnumbered}

A storm comes.

## 2. The Lamp {#lamp}

Mara lights the lamp.

## Epilogue: After {#epilogue}

It ends.
"""
CONTENTS = """\
- [Prologue](#prologue)
- Part One: The Shore
  - [1. The Bottle](#bottle)
  - [The Storm](#storm)
  - [2. The Lamp](#lamp)
  - [Epilogue: After](#epilogue)
"""
IDS = ("prologue", "bottle", "storm", "lamp", "epilogue")


def parsed(text: str) -> Outline:
    return outline_text.parse(text, Path("outline.md"))


def numbers(text: str) -> list[int | None]:
    return parsed(text).numbers


@pytest.mark.parametrize(
    "title",
    [
        *("Prologue", "PROLOGUE", "The Prologue", "Prologue: Rain", "Prologue – Rain", "Epilogue. After"),
        *("Interlude", "Interlude 2", "Interlude II", "Interlude Two", "Second Interlude", "Interlude (1987)"),
        *(
            "Prolog",
            "Zweites Zwischenspiel",
            "Épilogue — Après",
            "Эпилог. Потом",
            "序章",
            "尾声",
            "プロローグ",
            "פרולוג",
        ),
    ],
)
def test_what_is_titled_so_has_no_number(title: str) -> None:
    assert stands_apart(title)
    assert numbers(f"## {title} {{#apart}}\n\n## 1. The Bottle\n") == [None, 1]


@pytest.mark.parametrize(
    "title", ["Prologue to the End", "Introduction to Love", "The Bottle", "1984", "Seven", "Rain"]
)
def test_what_is_titled_otherwise_has_one(title: str) -> None:
    assert not stands_apart(title)


@pytest.mark.parametrize(
    "outline",
    [
        "## 1. The Bottle\n\n## The Storm {-}\n\n## 2. The Lamp\n",
        "## 1. The Bottle\n\n## The Storm {.unnumbered}\n\n## 2. The Lamp\n",
        "## 1. The Bottle\n\n## The Storm {#storm words=600 -}\n\n## 2. The Lamp\n",
        "1. **The Bottle**\n2. **The Storm** {-} — A storm comes.\n3. **The Lamp**\n",
        "1. The Bottle\n2. The Storm {.unnumbered}: A storm comes.\n3. The Lamp\n",
    ],
)
def test_an_author_takes_a_number_away(outline: str) -> None:
    read = parsed(outline)
    assert read.numbers == [1, None, 2]
    assert [section.title for section in read.sections] == ["The Bottle", "The Storm", "The Lamp"]


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("The Storm", "## The Storm {#one .unnumbered}"),
        ("Chapter 3: Rain", "## 0. Chapter 3: Rain {#one .unnumbered}"),
        ("Zwei: Regen", "## 0. Zwei: Regen {#one .unnumbered}"),
    ],
)
def test_an_outline_keeps_it(title: str, heading: str) -> None:
    outline = Outline("", "", (), (Section("one", title, "It rains.", unnumbered=True), Section("two", "Foam", "")))
    text = outline_text.render(outline)
    assert f"\n{heading}\n\nIt rains.\n\n## 1. Foam {{#two}}\n" in text
    assert parsed(text) == outline


def test_it_is_drafted_summed_up_and_told_like_any_other(here: Here, server: Scripted) -> None:
    (here / "bible.md").write_text("## Mara\n\nShe keeps the light.\n", encoding="utf-8")
    (here / "outline.md").write_text(OUTLINE, encoding="utf-8")
    assert here.doit().status == 0
    assert server.tasks == [f"{kind}:{number}" for number in range(1, 6) for kind in ("chapter", "summary")]
    fronts = [here.chapter(number).read_text(encoding="utf-8").split("words:")[0] for number in range(1, 6)]
    assert fronts == [
        "---\ntitle: Prologue\n",
        "---\ntitle: The Bottle\nnumber: 1\npart: The Shore\n",
        "---\ntitle: The Storm\npart: The Shore\n",
        "---\ntitle: The Lamp\nnumber: 2\npart: The Shore\n",
        "---\ntitle: 'Epilogue: After'\npart: The Shore\n",
    ]
    assert [path.name for path in sorted((here / "chapters").iterdir())] == [
        f"{number:02d}-{identity}.md" for number, identity in enumerate(IDS, 1)
    ]
    text = (here / "book.md").read_text(encoding="utf-8")
    assert CONTENTS in text
    assert [line for line in text.splitlines() if line.startswith("## ")][1:] == [
        "## Prologue {#prologue}",
        "## 1. The Bottle {#bottle}",
        "## The Storm {#storm}",
        "## 2. The Lamp {#lamp}",
        "## Epilogue: After {#epilogue}",
    ]
    assert here.doit().out == "Everything is up to date.\n"
    server.clear()
    assert lines(here.doit("chapter:01").out) == ["Everything is up to date."]


def test_to_take_a_number_away_asks_no_model(here: Here, server: Scripted) -> None:
    (here / "bible.md").write_text("## Mara\n\nShe keeps the light.\n", encoding="utf-8")
    (here / "outline.md").write_text(OUTLINE, encoding="utf-8")
    assert here.doit().status == 0
    server.clear()
    here.edit("outline.md", "## 1. The Bottle {#bottle}", "## The Bottle {#bottle .unnumbered}")
    assert here.doit().status == 0
    assert server.tasks == []
    assert here.chapter(2).read_text(encoding="utf-8").startswith("---\ntitle: The Bottle\npart: The Shore\n")
    assert here.chapter(4).read_text(encoding="utf-8").startswith("---\ntitle: The Lamp\nnumber: 1\n")
    assert "  - [The Bottle](#bottle)\n" in (here / "book.md").read_text(encoding="utf-8")


def filed(here: Here, identity: str, title: str, number: int) -> None:
    """Give a typed chapter the front matter of one that an older novelist has drafted."""
    path = here / "chapters" / f"{number:02d}-{identity}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(compose({"title": title, "number": number}, text), encoding="utf-8")


def test_a_book_that_has_numbers_for_them_keeps_its_numbers(here: Here, server: Scripted) -> None:
    outline = "## 1. Prologue {#prologue}\n\n## 2. The Bottle {#bottle}\n\n## 3. Epilogue {#epilogue}\n"
    type_book(here, *["It rained.\n"] * 3, outline=outline, ids=("prologue", "bottle", "epilogue"))
    filed(here, "prologue", "Prologue", 1)
    assert here.doit().status == 0
    text = (here / "book.md").read_text(encoding="utf-8")
    assert "- [1. Prologue](#prologue)\n- [2. The Bottle](#bottle)\n- [3. Epilogue](#epilogue)\n" in text
    here.edit("outline.md", "## 1. Prologue {#prologue}", "## Prologue {#prologue .unnumbered}")
    assert here.doit().status == 0
    text = (here / "book.md").read_text(encoding="utf-8")
    assert "- [Prologue](#prologue)\n- [1. The Bottle](#bottle)\n- [Epilogue](#epilogue)\n" in text
    assert server.tasks == []


def test_status_says_the_place_and_the_number(here: Here) -> None:
    type_book(here, *["It rained.\n"] * 5, outline=OUTLINE, ids=IDS)
    shown = here.novelist("status").out
    assert "   1  Prologue " in shown
    assert "   3  The Storm " in shown
    assert '"number": 1,\n      "printed": null,\n' in here.novelist("status", "--json").out
    assert '"number": 4,\n      "printed": 2,\n' in here.novelist("status", "--json").out


def test_the_digest_of_a_book_without_them_is_as_it_was(here: Here) -> None:
    type_book(here)
    assert here.doit().status == 0
    text = (here / "book.md").read_text(encoding="utf-8")
    parts = ["The Salt Lamp", "Ines Halden", "en"]
    for title, identity in (("The Bottle", "bottle"), ("The Lamp", "lamp")):
        prose = (here / "chapters" / f"{'01' if identity == 'bottle' else '02'}-{identity}.md").read_text("utf-8")
        parts += ["Part One: The Shore", title, identity, digest(prose)]
    assert f"of: {digest(chr(10).join(parts))}" in text
