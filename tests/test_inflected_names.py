"""Whom a chapter is told of in a language that inflects, and what an upgrade to that leaves as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import Here
from scripted import Scripted

from novelist.language import lookup
from novelist.prose.names import counted_names

OLDER = json.loads((Path(__file__).parent / "golden" / "inflected-17f8e3e.json").read_bytes())["files"]
C1, C2 = "chapters/01-бутылка.md", "chapters/02-ёлка.md"
IDLE = "Everything is up to date.\n"


@pytest.fixture
def older(here: Here, server: Scripted) -> Here:
    """A Russian book from when names were known as they are written only: Mara in 1, nobody in 2."""
    for path in here.root.glob("*.md"):
        path.unlink()
    for name, text in OLDER.items():
        (here / name).parent.mkdir(exist_ok=True)
        (here / name).write_text(text, encoding="utf-8")
    assert (here.doit().out, server.tasks) == (IDLE, [])
    return here


def test_an_edit_of_whom_a_section_has_in_another_form_leaves_an_older_chapter_fresh(
    older: Here, server: Scripted
) -> None:
    older.edit("bible.md", "Гребёт.", "Гребёт на пароме.")
    assert (older.doit().out, server.tasks) == (IDLE, [])


def test_an_edit_of_whom_it_has_as_written_makes_it_stale_as_before(older: Here, server: Scripted) -> None:
    older.edit("bible.md", "Хранит свет.", "Хранит лампу.")
    assert "what the bible says of it changed" in older.novelist("why", "1").out
    assert "nothing that it is written from has changed" in older.novelist("why", "2").out
    older.doit(NOVELIST_YES="1")
    assert server.tasks[0] == "chapter:1"


def test_a_chapter_that_is_drafted_anew_is_told_of_all_and_stale_once_one_of_them_changes(
    older: Here, server: Scripted
) -> None:
    older.edit("premise.md", "\n---\n", "\nstale: redraft\n---\n")
    older.edit("outline.md", "Мара ждёт Эскила.", "Мара ждёт Эскила в гавани.")
    older.doit(NOVELIST_YES="1")
    assert server.tasks[0] == "chapter:1"
    assert "## Эскил\n\nГребёт." in server.requests[0].prompt.split("# Your task")[0]
    assert "## Эскил\n\nГребёт." in older.novelist("brief", "1").out
    server.clear()
    older.edit("bible.md", "Гребёт.", "Гребёт на пароме.")
    older.doit(NOVELIST_YES="1")
    assert server.tasks[0] == "chapter:1"


def test_a_change_of_the_story_alone_is_told_as_that(older: Here, server: Scripted) -> None:
    older.edit("outline.md", "Мара ждёт Эскила.", "Мара ждёт Эскила в гавани.")
    older.edit("summaries/01-бутылка.md", "Буря бутылка лестница верёвка лампа.", "Буря.")
    ran = older.novelist("why", "2")
    assert "the story before it changed" in ran.out
    assert "the bible" not in ran.out
    assert server.tasks == []


def test_a_chapter_that_is_deleted_is_drafted_to_fit_an_older_summary(older: Here, server: Scripted) -> None:
    (older / C2).unlink()
    older.doit(NOVELIST_YES="1")
    assert server.tasks[0] == "chapter:2"
    assert "Гавань лампа окно брат чайка." in server.requests[0].prompt
    assert "## Мара" in server.requests[0].prompt


def test_who_is_named_in_another_form_only_is_not_absent(here: Here) -> None:
    here.edit("premise.md", "language: en", "language: ru")
    (here / "bible.md").write_text("# Персонажи\n\n## Мара\n\n## Эскил\n\n## Йорик\n", encoding="utf-8")
    (here / "outline.md").write_text(
        "## 1. Ночь {#night}\n\nМара ждёт Эскила.\n\n## 2. День {#day}\n\nОна идёт за Эскилом.\n", encoding="utf-8"
    )
    (here / "chapters").mkdir()
    (here / "chapters" / "01-night.md").write_text("Ждали Эскила, но не было ни его, ни Мары.\n", encoding="utf-8")
    (here / "chapters" / "02-day.md").write_text("Маре снился отец.\n", encoding="utf-8")
    assert [line for line in here.novelist("lint").out.splitlines() if "[absent" in line] == [
        "bible.md:7: Йорик appears in no chapter [absent, likely]",
        "chapters/02-day.md:1: does not name Эскил, as its section does [absent, maybe]",
    ]


def test_a_name_is_counted_in_all_its_forms() -> None:
    texts = ["Мара ждёт. Он видит Мару и Эскила.", "У Мары был Иванов. Эскил молчит с Эскилом.", "Иван, Ивана, Ивану."]
    russian = lookup.table("ru").inflections
    assert counted_names(texts, russian) == [("Иван", 3, 1), ("Мара", 3, 2), ("Эскил", 3, 2)]
    assert counted_names(texts) == []
