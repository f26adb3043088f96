"""The bible has the names of the premise, and those of the outline, or it is said which it has not."""

from __future__ import annotations

import json

import pytest
from in_process import Here
from scripted import Reply, Scripted

IDEA = "Mara keeps a lighthouse and finds a letter from her brother."
NAMED = "Mara keeps a lighthouse with Odile, near the town of Tern."
OUTLINE = """\
# The Salt Lamp

## 1. The Bottle {#the-bottle}

Mara waits with Jonas.

## 2. The Tide {#the-tide}

Eskil sees Jonas, and Ilse waits.
"""


def more(*people: str) -> str:
    named = [{"name": name, "also": "", "about": f"{name} is a friend."} for name in people]
    return json.dumps({"people": named, "places": [], "things": []})


def test_the_names_of_the_premise_that_a_bible_has_not_are_asked_for_once(here: Here, server: Scripted) -> None:
    here.edit("premise.md", IDEA, NAMED)
    server.on("bible:missing", more("Odile"))
    ran = here.doit("bible")
    assert (ran.status, server.tasks) == (0, ["bible", "bible:missing"])
    told = server.requests[1].prompt
    assert "The story bible has no section on these names: Odile, Tern." in told
    assert "## Mara Halden\n\nShe keeps the light." in told
    assert "## Odile\n\nOdile is a friend." in (here / "bible.md").read_text()
    assert "The bible says nothing of Tern, named in the premise.\n" in ran.out
    assert not list((here / ".novelist").glob("partial/*"))


@pytest.mark.parametrize("answer", ["I cannot.", more(), "{"])
def test_a_bible_is_not_refused_for_them(here: Here, server: Scripted, answer: str) -> None:
    here.edit("premise.md", IDEA, NAMED)
    server.on("bible:missing", *[answer] * 3)
    ran = here.doit("bible")
    assert ran.status == 0
    assert "The bible says nothing of Odile, Tern, named in the premise.\n" in ran.out
    assert "## Mara Halden" in (here / "bible.md").read_text()


def test_a_build_that_breaks_off_there_pays_for_the_bible_once(here: Here, server: Scripted) -> None:
    here.edit("premise.md", IDEA, NAMED)
    server.on("bible:missing", *[Reply(status=401, body={"error": {"type": "x", "message": "no"}})] * 2)
    assert here.doit("bible").status == 1
    assert server.tasks[0] == "bible"
    server.clear()
    server.on("bible:missing", more("Odile", "Tern"))
    assert here.doit("bible").status == 0
    assert server.tasks == ["bible:missing"]


@pytest.mark.parametrize(
    ("language", "idea"),
    [
        ("en", IDEA),
        ("en", "Mara meets Eskil."),
        ("de", "Mara hat einen Leuchtturm und einen Brief von Odile."),  # all nouns have a capital
        ("zh", "玛拉在灯塔里找到一封信。"),
    ],
)
def test_nothing_is_asked_for_where_none_is_missing_or_a_capital_tells_no_name(
    here: Here, server: Scripted, language: str, idea: str
) -> None:
    here.edit("premise.md", "language: en", f"language: {language}")
    here.edit("premise.md", IDEA, idea)
    here.doit("bible")
    assert set(server.tasks) == {"bible"}


@pytest.fixture
def planned(here: Here) -> Here:
    """A book whose outline names Jonas twice and Ilse once, and whose bible has neither."""
    (here / "bible.md").write_text("# People\n\n## Mara\n\nShe waits.  \n\n## Eskil\n\nHe rows.\n", encoding="utf-8")
    (here / "outline.md").write_text(OUTLINE, encoding="utf-8")
    return here


def test_status_says_who_of_the_outline_has_no_section(planned: Here, server: Scripted) -> None:
    line = "bible.md has no section on Jonas: `novelist bible --missing` drafts them.\n"
    assert planned.novelist("status").out.endswith(line)
    planned.edit("bible.md", "He rows.", "He rows Jonas.")
    assert "has no section" not in planned.novelist("status").out
    assert server.tasks == []


def test_their_sections_are_drafted_behind_what_is_there(planned: Here, server: Scripted) -> None:
    before = (planned / "bible.md").read_text()
    server.on("bible:missing", more("Jonas"))
    ran = planned.novelist("bible", "--missing")
    undo = "`novelist restore bible` takes them out again."
    assert ran.out == f"1 section added to bible.md: Jonas. {undo}\n"
    assert (planned / "bible.md").read_text() == f"{before}\n# People\n\n## Jonas\n\nJonas is a friend.\n"
    assert "Mara waits with Jonas." in server.requests[0].prompt
    assert server.tasks == ["bible:missing"]
    done = planned.novelist("bible", "--missing").out
    assert done == "bible.md has a section on each name that several sections of outline.md have.\n"
    assert server.tasks == ["bible:missing"]
    planned.novelist("restore", "bible")
    assert (planned / "bible.md").read_text() == before


def test_who_needs_none_gets_none(planned: Here, server: Scripted) -> None:
    before = (planned / "bible.md").read_bytes()
    assert planned.novelist("bible", "--missing").out == "The model says that none of Jonas needs a section.\n"
    assert (planned / "bible.md").read_bytes() == before
    assert server.tasks == ["bible:missing"]


def test_without_a_model_that_is_said(planned: Here) -> None:
    planned.environ = {name: text for name, text in planned.environ.items() if not name.startswith(("KIMI", "MOON"))}
    ran = planned.novelist("bible", "--missing")
    message = "there is no key and no server that could write it. Put MOONSHOT_API_KEY into .env."
    assert (ran.status, ran.err) == (1, f"Error: {message}\n")
    assert planned.novelist("bible").status == 2
