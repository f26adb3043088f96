"""A chapter that is stale only for what it is told of the story is adapted by edits; what its author typed stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from finished import lines
from in_process import Here, body
from rippling import YES, answer, change_the_story, edit, text_of, write_story
from scripted import Reply, Request, Scripted
from shelf import REPOSITORY

from novelist.book import paragraphs

IDLE = "Everything is up to date.\n"


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, in which chapters are adapted."""
    write_story(here, server)
    return here


def test_a_chapter_is_adapted_where_it_rests_on_what_changed(book: Here, server: Scripted) -> None:
    before = {number: body(book.chapter(number).read_text()) for number in range(2, 6)}
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", answer(edit(4, "The lamp that she lit was red.")))
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    assert server.tasks == ["summary:1", "triage", "ripple:3", "summary:3"]
    assert lines(ran.out)[1:6] == [
        "chapter:02   stays as it is: nothing in it rests on what changed",
        "chapter:03   adapted (the story before it changed): The Lamp, 1 of 10 paragraphs changed",
        "summary:03   unchanged",
        "chapter:04   stays as it is: nothing in it rests on what changed",
        "chapter:05   stays as it is: nothing in it rests on what changed",
    ]
    assert {number: body(book.chapter(number).read_text()) for number in (2, 4, 5)} == {n: before[n] for n in (2, 4, 5)}
    old, new = before[3].split("\n\n"), body(book.chapter(3).read_text()).split("\n\n")
    assert new == [*old[:3], "The lamp that she lit was red.", *old[4:]]
    server.clear()
    assert book.doit().out == IDLE
    book.run("rm", "-r", ".novelist")
    assert book.doit().out == IDLE
    assert server.requests == []


def test_what_an_author_typed_stays_where_an_edited_chapter_follows(book: Here, server: Scripted) -> None:
    book.edit(f"chapters/{book.chapter(3).name}", "Paragraph 5 of 3.", "Mine, and mine alone.")
    assert book.doit().status == 0
    server.clear()
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    theirs = next(line for line in body(book.chapter(3).read_text()).split("\n\n") if line.startswith("Mine"))
    edits = answer(edit(5, "Theirs.", was="Mine, and mine"), edit(4, "It was red."))
    server.on("ripple:3", edits, answer())
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    assert server.tasks == ["summary:1", "triage", "ripple:3", "ripple:3", "summary:3"]
    assert "[5]* Mine" in server.requests[2].prompt
    assert "[5]* is the author's own" in server.requests[3].prompt
    assert theirs in body(book.chapter(3).read_text()).split("\n\n")
    assert "It was red." in body(book.chapter(3).read_text()).split("\n\n")
    # It is edited still, as its record says.
    assert "edited" in book.novelist("status").out.split("The Lamp")[1].splitlines()[0]
    assert book.doit().out == IDLE


def test_an_answer_without_edits_leaves_the_chapter_as_it_is(book: Here, server: Scripted) -> None:
    before = body(book.chapter(3).read_text())
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", "[]")
    ran = book.doit(**YES)
    assert "chapter:03   stays as it is: nothing in it had to change" in lines(ran.out)
    assert server.tasks == ["summary:1", "triage", "ripple:3"]
    assert body(book.chapter(3).read_text()) == before
    assert book.doit().out == IDLE
    assert list((book / ".novelist" / "partial").glob("*")) == []


def test_edits_of_which_none_can_be_made_are_asked_for_once(book: Here, server: Scripted) -> None:
    before = body(book.chapter(3).read_text())
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", *[answer(edit(99, "No."))] * 2)
    ran = book.doit(**YES)
    assert ran.status == 0
    reason = "there is no paragraph [99]: the last one is [10]"
    assert f"chapter:03   kept: no edit of it could be made: {reason}" in lines(ran.out)
    assert server.tasks == ["summary:1", "triage", "ripple:3", "ripple:3"]
    server.clear()
    ran = book.doit(**YES)
    assert server.requests == []
    assert "chapter:03   kept: no edit of it could be made; the story before it changed" in lines(ran.out)
    assert body(book.chapter(3).read_text()) == before


@pytest.mark.parametrize("edited", [False, True])
def test_more_than_an_edit_may_change_is_a_redraft(book: Here, server: Scripted, edited: bool) -> None:  # noqa: FBT001
    if edited:
        book.edit(f"chapters/{book.chapter(3).name}", "Paragraph 9 of 3.", "Mine.")
        assert book.doit().status == 0
        server.clear()
    before = body(book.chapter(3).read_text())
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", answer(*(edit(number, f"New {number}.") for number in range(1, 6))))
    server.on("chapter:3", text_of(9))
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    if edited:
        assert server.tasks == ["summary:1", "triage", "ripple:3"]
        assert body(book.chapter(3).read_text()) == before
        assert "chapter:03   kept: no edit of it could be made: it would be another chapter" in lines(ran.out)
    else:
        assert server.tasks == ["summary:1", "triage", "ripple:3", "chapter:3", "summary:3"]
        assert body(book.chapter(3).read_text()) == text_of(9)


def test_chapters_that_name_what_changed_are_asked_whatever_the_triage_says(book: Here, server: Scripted) -> None:
    book.edit(f"chapters/{book.chapter(4).name}", "Paragraph 2 of 4.", "Then Sigrun came. Paragraph 2 of 4.")
    assert book.doit().status == 0
    server.clear()
    change_the_story(book, server, " She meets old Sigrun there, and Sigrun lies.")
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    assert server.tasks == ["summary:1", "triage", "ripple:4"]


CASES: dict[str, Callable[[str], str]] = {
    "fenced": lambda text: f"```json\n{text}\n```",
    "with words around it": lambda text: f"Here are the edits.\n\n{text}\n\nI hope that helps!",
    "a bare list": lambda text: json.dumps(json.loads(text)["edits"]),
    "a bare list, fenced": lambda text: f"```\n{json.dumps(json.loads(text)['edits'])}\n```",
    "a trailing comma": lambda text: text.replace("}]", "},]"),
}


@pytest.mark.parametrize("form", CASES)
def test_edits_are_read_in_whatever_form_they_come(book: Here, server: Scripted, form: str) -> None:
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", CASES[form](answer(edit(4, "It was red."), edit(6, "So red."))))
    assert book.doit(**YES).status == 0
    assert server.tasks == ["summary:1", "triage", "ripple:3", "summary:3"]
    assert {"It was red.", "So red."} <= set(body(book.chapter(3).read_text()).split("\n\n"))


def test_without_a_word_no_finished_chapter_is_adapted(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    ran = book.doit()
    assert ran.status == 0
    assert server.tasks == ["summary:1"]
    assert re.search(
        r"chapters     2-5 wait for you: for each, the story before it changed\. `NOVELIST_YES=1 doit` adapts them, ",
        ran.out,
    )


def test_a_section_of_its_own_has_a_chapter_drafted_again(book: Here, server: Scripted) -> None:
    book.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    assert book.doit().status == 0
    assert server.tasks[0] == "chapter:3"


def test_what_the_bible_says_of_somebody_has_a_chapter_adapted_and_a_rule_drafted(book: Here, server: Scripted) -> None:
    with (book / "bible.md").open("a") as bible:
        bible.write("\n## Glassworks\n\nIt stands on the hill.\n")
    assert book.doit(**YES).status == 0
    assert {task.partition(":")[0] for task in server.tasks} <= {"ripple", "triage", "summary"}
    server.clear()
    with (book / "bible.md").open("a") as bible:
        bible.write("\n## Rules {.always}\n\nNobody swims.\n")
    assert book.doit(**YES).status == 0
    assert "chapter:1" in server.tasks


@pytest.mark.parametrize("value", ["redraft", "keep"])
def test_a_section_says_what_becomes_of_its_chapter(book: Here, server: Scripted, value: str) -> None:
    book.edit("outline.md", "{#the-lamp", f"{{#the-lamp stale={value}")
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    assert ("chapter:3" in server.tasks) == (value == "redraft")
    assert "ripple:3" not in server.tasks


def test_a_record_holds_whose_each_paragraph_is(book: Here) -> None:
    text = (book.chapter(3)).read_text()
    marks = re.search(r"\n  drafted: (.*)\n", text)
    assert marks
    assert marks[1].split() == paragraphs.marks(text_of(3)).split()


def test_a_chapter_that_was_only_wrapped_is_as_it_was_drafted(book: Here, server: Scripted) -> None:
    name = f"chapters/{book.chapter(3).name}"
    book.edit(name, "Paragraph 5 of 3.", "Paragraph 5\nof 3. ")
    assert "edited" not in book.novelist("status").out
    assert book.doit().status == 0
    assert server.tasks in ([], ["summary:3"])


def test_a_plan_foresees_the_question_and_what_may_be_adapted(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    *steps, total = book.novelist("plan").out.splitlines()
    assert [line.split("  ")[0] for line in steps] == [
        "summary:01",
        "triage",
        *(f"{kind}:0{number}" for number in range(2, 6) for kind in ("chapter", "summary")),
    ]
    assert steps[2].endswith("only if the story before it changes, adapted by edits (not sure)")
    assert re.sub(r"[\d,]+ tokens", "N tokens", total) == (
        "To draft: 1 summary, about N tokens, 1 s; at most the question which chapters rest on what changed, "
        "4 chapters to adapt, 5 summaries, about N tokens, 1 s."
    )


def test_why_says_what_a_chapter_is_told_otherwise(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    assert book.doit().status == 0
    assert book.novelist("why", "3").out == (
        "chapter:03 is to be adapted: the story before it changed.\nChapter 1, The Bottle:\n+ The lamp is red.\n"
    )


@pytest.mark.parametrize("how", ["CRLF", "blanks"])
def test_what_no_edit_names_stays_byte_for_byte(book: Here, server: Scripted, how: str) -> None:
    path = book.chapter(3)
    page = path.read_bytes()
    page = (
        page.replace(b"\n", b"\r\n")
        if how == "CRLF"
        else page.replace(b"\n\nParagraph", b"\n\n\n \nParagraph") + b" \n\n"
    )
    path.write_bytes(page)
    assert book.doit().status == 0
    server.clear()
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    server.on("ripple:3", answer(edit(4, "It was red.")))
    assert book.doit(**YES).status == 0
    old, new = (re.split(rb"---\r?\n\s*", each, maxsplit=2)[2] for each in (page, path.read_bytes()))
    named = re.search(rb"Paragraph 4 of 3\.[^\r\n]*", old)
    assert named
    assert new == old.replace(named[0], b"It was red.")


def test_a_chapter_that_is_saved_while_it_is_adapted_stays_as_it_was_saved(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    usual, path = server.script, book.chapter(3)

    def script(request: Request) -> Reply:
        if request.task == "triage":
            return Reply(json.dumps({"chapters": [3]}))
        if request.task == "ripple:3":
            path.write_text(path.read_text().replace("Paragraph 7 of 3.", "Mine."))
            return Reply(answer(edit(4, "It was red.")))
        return usual(request)

    server.script = script
    ran = book.doit(**YES)
    assert ran.status == 1
    assert "it was saved while it was being drafted, so your text stays." in ran.out
    text = body(path.read_text())
    assert ("Mine." in text, "It was red." in text) == (True, False)
    server.script = usual
    server.on("ripple:3", answer(edit(4, "It was red.")))
    assert book.doit(**YES).status == 0
    text = body(path.read_text())
    assert ("Mine." in text, "It was red." in text) == (True, True)


@pytest.mark.parametrize("edited", [False, True])
def test_a_chapter_from_before_there_were_marks_is_a_models_or_is_kept(
    book: Here,
    server: Scripted,
    edited: bool,  # noqa: FBT001
) -> None:
    path = book.chapter(3)
    path.write_text(re.sub(r"\n  (?:drafted|told): .*", "", path.read_text()))
    if edited:
        book.edit(f"chapters/{path.name}", "Paragraph 5 of 3.", "Mine.")
    assert book.doit().status == 0
    server.clear()
    before = body(path.read_text())
    change_the_story(book, server)
    server.on("ripple:3", answer(edit(4, "It was red.")))
    ran = book.doit(**YES)
    assert ran.status == 0, ran.out
    if edited:
        assert "chapter:03   kept: you edited it; the story before it changed" in lines(ran.out)
        assert body(path.read_text()) == before
    else:
        # Nobody knows what it was told, so it is asked without a question which chapters follow.
        assert server.tasks == ["summary:1", "triage", "ripple:3", "summary:3"]
        assert "It was red." in body(path.read_text()).split("\n\n")
    assert book.doit(**YES).status == 0


def test_an_answer_that_is_cut_off_is_gone_on_with(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    server.on("triage", json.dumps({"chapters": [3]}))
    whole = answer(edit(4, "It was red."), edit(6, "So very red."))
    server.on("ripple:3", Reply(whole[:90], finish="length"), Reply(whole[90:]))
    assert book.doit(**YES).status == 0
    assert {"It was red.", "So very red."} <= set(body(book.chapter(3).read_text()).split("\n\n"))


def test_the_brief_of_a_chapter_that_is_to_be_adapted_is_what_the_model_is_told(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    assert book.doit().status == 0
    shown = book.novelist("brief", "3").out
    server.on("triage", json.dumps({"chapters": [3]}))
    assert book.doit(**YES).status == 0
    assert shown == f"{next(one.prompt for one in server.requests if one.task == 'ripple:3')}\n".replace(
        "\n# The premise", "\n\n# The premise", 1
    )


def test_the_sample_book_is_adapted() -> None:
    template = (REPOSITORY / "project_template" / "premise.md").read_text(encoding="utf-8")
    assert "\nstale: ripple " in template


def test_a_state_of_several_words_stands_apart_from_its_reason(book: Here, server: Scripted) -> None:
    change_the_story(book, server)
    assert book.doit().status == 0
    assert "to be adapted  the story before it changed\n" in book.novelist("status").out
