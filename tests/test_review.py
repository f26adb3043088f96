"""A chapter is reviewed when a person asks for it; only findings whose quotes are true get into the file."""

from __future__ import annotations

import json
import re

import pytest
from finished import lines
from in_process import Here, body
from rippling import answer, edit, summary_of, text_of, write_story
from scripted import Scripted

from novelist.book import paragraphs

IDLE = "Everything is up to date.\n"
REVIEW = "reviews/03-the-lamp.md"
QUOTE = "Paragraph 4 of 3"


@pytest.fixture
def book(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters, whose judge is another model."""
    here.environ["KIMI_MODEL_REVIEW"] = "kimi-judge"
    write_story(here, server)
    return here


def finding(quote: str = QUOTE, severity: str = "must", **more: object) -> dict[str, object]:
    """Return a finding as a judge answers it."""
    usual = {"severity": severity, "kind": "other", "p": 4, "quote": quote, "against": ""}
    return {**usual, "what": f"About {quote}.", "fix": "Mend it.", **more}


def judged(*findings: dict[str, object]) -> str:
    """Return an answer with findings."""
    return json.dumps({"findings": list(findings)})


def desk(book: Here) -> str:
    """Return what stands in the review of chapter 3, without its front matter and the day."""
    text = body((book / REVIEW).read_text())
    return re.sub(r"## \d{4}-\d\d-\d\d", "## DAY", text)


def text(book: Here, number: int = 3) -> list[str]:
    """Return the paragraphs of a chapter."""
    return body(book.chapter(number).read_text()).split("\n\n")


def test_a_review_has_what_is_proved_and_says_what_is_left_out(book: Here, server: Scripted) -> None:
    known = summary_of(2)
    server.on(
        "review:3",
        judged(
            finding(severity="may"),
            finding("Paragraph 7 of 3", kind="contradiction", against=known),
            finding("Nobody wrote this sentence."),
        ),
    )
    ran = book.doit("review:03")
    assert ran.status == 0, ran.err
    counts = "1 must, 1 may; 1 finding left out, whose quotes are not in the text"
    assert lines(ran.out)[-1] == f"review:03    reviewed: {counts}. It is all in {REVIEW}"
    assert desk(book).split("\n")[2:] == [
        "## DAY, found by kimi-judge",
        "",
        "- **must** [7] About Paragraph 7 of 3. Fix: Mend it.",
        "  > “Paragraph 7 of 3”",
        f"  > “{known}” summaries/02-the-second-tide.md:12",
        "- **may** [4] About Paragraph 4 of 3. Fix: Mend it.",
        "  > “Paragraph 4 of 3”",
    ]
    (request,) = server.requests
    assert request.body["model"] == "kimi-judge"
    assert f"[4] {text(book)[3]}" in request.prompt
    server.clear()
    assert book.doit("review:03").out == IDLE
    assert book.doit().out == IDLE
    assert server.requests == []


def test_quotes_that_are_not_true_are_asked_for_once_more_and_then_nothing_is_taken(
    book: Here, server: Scripted
) -> None:
    untrue = judged(finding("It rained on the lamp."), finding("She was gone by then."), finding())
    server.on("review:3", untrue, untrue, untrue, judged(finding()))
    ran = book.doit("review:03")
    remedy = "Run `doit review:03` again, or name another judge: KIMI_MODEL_REVIEW in .env."
    assert lines(ran.out)[-1] == (
        "review:03    failed: the review is not taken: of its quotes 2 of 3 cannot be found, word for word. " + remedy
    )
    assert (ran.status, (book / "reviews").exists(), len(server.requests)) == (1, False, 2)
    assert server.requests[1].prompt.endswith("- It rained on the lamp.\n- She was gone by then.")
    assert book.doit("review:03").status == 0
    assert len(server.requests) == 4
    assert "- **must** [4]" in desk(book)


def test_what_its_author_has_struck_is_not_raised_again(book: Here, server: Scripted) -> None:
    three = [finding(f"Paragraph {number} of 3") for number in (2, 4, 6)]
    server.on("review:3", judged(*three))
    assert book.doit("review:03").status == 0
    path = book / REVIEW
    struck = path.read_text().replace("- **must** [2]", "- ~~**must**~~ [2]")
    struck = re.sub(r"- \*\*must\*\* \[4\].*\n.*\n", "", struck)
    path.write_text(f"{struck}\n- She cannot be there.\n")
    book.edit(f"chapters/{book.chapter(3).name}", "Paragraph 9 of 3.", "Paragraph 9 of 3. Rain.")
    server.on("review:3", judged(*three, finding("Paragraph 8 of 3", "should")))
    ran = book.doit("review:03")
    assert lines(ran.out)[-1] == f"review:03    reviewed: 1 should. It is all in {REVIEW}"
    assert path.read_text().startswith(struck.split("\n---\n")[0].split("novelist")[0])
    there = [line for line in desk(book).split("\n") if line.startswith("- ")]
    assert there == [
        "- ~~**must**~~ [2] About Paragraph 2 of 3. Fix: Mend it.",
        "- **must** [6] About Paragraph 6 of 3. Fix: Mend it.",
        "- She cannot be there.",
        "- **should** [8] About Paragraph 8 of 3. Fix: Mend it.",
    ]
    assert "# What is known\n\n- **must** [2] About" in server.requests[-1].prompt
    chapter = book.novelist("status").out.split("The Lamp")[1].splitlines()[0]
    assert chapter.endswith("reviewed, 1 must, 2 should open")


def test_a_review_is_stale_with_its_chapter_its_section_and_what_it_quotes(book: Here, server: Scripted) -> None:
    known = summary_of(2)
    server.on("review:3", judged(finding(kind="contradiction", against=known)))
    assert book.doit("review:03").status == 0
    summary = book / "summaries" / "02-the-second-tide.md"
    before = summary.read_text()

    def said() -> str:
        return (
            book.novelist("status", "--json")
            .out.split('"review": {')[3]
            .split("}")[0]
            .split('"reason": "')[1]
            .split('"')[0]
        )

    assert said() == "its chapter is as it was"
    summary.write_text(before.replace("waits for", "looks for"))
    assert said() == "a summary that it quotes changed"
    summary.write_text(before)
    book.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    assert said() == "its part of the outline changed"
    book.edit("outline.md", "Mara breaks the lamp.", "Mara lights the lamp.")
    book.edit(f"chapters/{book.chapter(3).name}", "Paragraph 9 of 3.", "Rain.")
    assert said() == "its chapter changed"
    assert book.novelist("accept", "review:3").status == 0
    assert said() == "its chapter is as it was"
    assert book.doit().status == 0
    assert [task for task in server.tasks if task.startswith("review")] == ["review:3"]


def test_what_is_left_of_a_review_is_mended_by_edits(book: Here, server: Scripted) -> None:
    before = text(book)
    server.on("review:3", judged(finding(), finding("Paragraph 6 of 3", "should"), finding("Paragraph 8 of 3", "may")))
    assert book.doit("review:03").status == 0
    server.clear()
    server.on("revise:3", answer(edit(4, "Odile shouted."), edit(6, "She left.")))
    ran = book.novelist("revise", "3", "--yes")
    assert ran.status == 0, ran.err
    asked = "\n".join(f"- About Paragraph {one} of 3. (“Paragraph {one} of 3”) Mend it." for one in (4, 6))
    assert f"as its author asks:\n\n{asked}\n" in server.requests[0].prompt
    assert text(book) == [*before[:3], "Odile shouted.", before[4], "She left.", *before[6:]]
    assert not (book / "notes").exists()
    ran = book.novelist("revise", "3", "--yes")
    assert ran.err.startswith("Error: nothing new is asked.")
    assert (
        book.novelist("status")
        .out.split("The Lamp")[1]
        .splitlines()[0]
        .endswith("its summary is to be written again; reviewed before it changed, 1 may open")
    )


def test_a_chapter_is_revised_by_its_reviews_twice_at_most(book: Here, server: Scripted) -> None:
    (book / "reviews").mkdir()
    for number in (4, 5):
        (book / REVIEW).write_text(f"- must: Paragraph {number} is dull.\n")
        server.on("revise:3", answer(edit(number, f"Odile shouted {number} times.")))
        assert book.novelist("revise", "3", "--yes").status == 0
    (book / REVIEW).write_text("- must: Paragraph 6 is dull.\n")
    ran = book.novelist("revise", "3", "--yes")
    message = (
        "chapter:03 was revised by its reviews 2 times, and more makes prose worse. Say what you want: "
        '`novelist revise 3 "…"`, or strike what is left.'
    )
    assert (ran.status, ran.err) == (1, f"Error: {message}\n")
    assert server.tasks == ["revise:3", "revise:3"]
    server.on("revise:3", answer(edit(6, "Odile sang.")))
    assert book.novelist("revise", "3", "Less dull", "--yes").status == 0


def test_a_revision_that_makes_it_worse_is_not_taken(book: Here, server: Scripted) -> None:
    (book / "reviews").mkdir()
    (book / REVIEW).write_text("- must: Paragraph 4 is dull.\n")
    before = text(book)
    server.on("revise:3", answer(edit(4, "As an AI, I cannot say [insert name].")))
    ran = book.novelist("revise", "3", "--yes")
    assert ran.status == 1
    assert ran.err.startswith("chapter:03 is as it was, since a revision of it ")
    assert text(book) == before
    kept = (book / ".novelist" / "history" / "the-lamp" / "answers").glob("*.md")
    assert any("As an AI" in path.read_text() for path in kept)


def test_a_paragraph_does_not_return_to_a_text_that_it_had(book: Here, server: Scripted) -> None:
    old = text(book)[3]
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    assert book.novelist("revise", "3", "Louder", "--yes").status == 0
    (book / "reviews").mkdir()
    (book / REVIEW).write_text("- must: Paragraph 4 is loud.\n")
    server.on("revise:3", answer(edit(4, old, was="Odile shouted.")))
    ran = book.novelist("revise", "3", "--yes")
    assert ran.status == 1
    assert ran.err.splitlines() == [
        "chapter:03: an edit is refused: [4] had this text before.",
        "chapter:03 is as it was: none of the edits could be made.",
    ]


def test_each_new_draft_is_reviewed_where_the_premise_says_so(book: Here, server: Scripted) -> None:
    book.edit("premise.md", "stale: ripple", "stale: ripple\nreview: yes")
    assert book.doit().out == IDLE
    book.chapter(3).unlink()
    server.on("chapter:3", text_of(7).replace("of 7", "of 3"))
    server.on("review:3", judged(finding()))
    assert book.doit().status == 0
    assert server.tasks == ["chapter:3", "review:3", "summary:3"]
    server.clear()
    assert book.doit().out == IDLE
    book.edit(f"chapters/{book.chapter(3).name}", "Paragraph 9 of 3.", "Rain.")
    assert book.doit().status == 0
    assert server.tasks == ["summary:3"]


def test_the_price_is_told_before(book: Here, server: Scripted) -> None:
    plan = book.novelist("plan", "review").out.splitlines()
    assert [line.split()[0] for line in plan[:-1]] == [f"review:0{number}" for number in range(1, 6)]
    assert re.fullmatch(r"To draft: 5 reviews, about [\d,]+ tokens(, 1 s)?\.", plan[-1])
    assert book.novelist("plan").out == "Nothing to draft.\n"
    ran = book.doit("review:02", "review:04")
    assert re.match(r"2 reviews, about [\d,]+ tokens", ran.to_draft.removeprefix("To draft: "))
    assert server.tasks == ["review:2", "review:4"]


def test_an_imported_book_is_reviewed_without_a_draft(book: Here, server: Scripted) -> None:
    source = book.root.parent / "sea"
    source.mkdir()
    for number in (1, 2):
        (source / f"0{number}-day-{number}.md").write_text(f"# Day {number}\n\n{text_of(number)}\n")
    assert book.novelist("import", str(source), str(book.root.parent / "brought")).status == 0
    brought = Here(book.root.parent / "brought", book.environ, book.capfd)
    quote = "Paragraph 4 of 2"
    server.on("review:2", judged(finding(quote, kind="contradiction", against="Paragraph 7 of 1")))
    ran = brought.doit("review:02")
    assert (ran.status, server.tasks) == (0, ["review:2"]), ran.out
    (review,) = (brought / "reviews").iterdir()
    assert f"  > “{quote}”\n  > “Paragraph 7 of 1” chapters/01-day-1.md:" in review.read_text()
    server.clear()
    ran = brought.novelist("revise", "2", "--yes")
    (again,) = re.findall(r"every paragraph of it is yours, and stays\. Name lines of it: `(.*) …`\.\n$", ran.err)
    assert server.requests == []
    there = [each.text for each in paragraphs.split(brought.chapter(2).read_text())]
    place = next(number for number, each in enumerate(there, 1) if each.startswith(quote))
    server.on("revise:2", answer(edit(place, "She left.", was=quote)))
    assert brought.novelist(*again.split()[1:], "--yes").status == 0
    assert "as its author asks:\n\nAbout Paragraph 4 of 2. " in server.requests[0].prompt
    now = brought.chapter(2).read_text()
    assert ("She left." in now, "Paragraph 4 of 2" in now, "Paragraph 5 of 2" in now) == (True, False, True)


def test_what_check_finds_goes_in_first_and_is_no_models(book: Here, server: Scripted) -> None:
    for number, fact in ((2, "Eskil: dead; on the rocks"), (3, "Eskil: at the quay; wants the lamp")):
        path = next((book / "summaries").glob(f"0{number}-*.md"))
        path.write_text(f"{path.read_text()}\nFacts:\n- {fact}\n")
    ran = book.doit("review:03")
    assert ran.status == 0
    assert desk(book).split("\n")[2:] == [
        "## DAY, found without a model",
        "",
        "- **should** Eskil is dead since chapter 2 (check: dead)",
        "  > “Eskil: at the quay; wants the lamp” summaries/03-the-lamp.md:15",
        "  > “Eskil: dead; on the rocks” summaries/02-the-second-tide.md:15",
    ]
    assert "# What is known\n\n- **should** Eskil is dead since chapter 2" in server.requests[-1].prompt


def test_a_judge_that_invents_stops_no_build(book: Here, server: Scripted) -> None:
    book.edit("premise.md", "stale: ripple", "stale: ripple\nreview: yes")
    for number in (2, 3):
        book.chapter(number).unlink()
    untrue = judged(finding("Nobody wrote this sentence."))
    server.on("chapter:2", text_of(8).replace("of 8", "of 2"))
    server.on("review:2", untrue, untrue)
    ran = book.doit()
    assert ran.status == 0, ran.out
    assert "review:02    waits for the next build: the review is not taken: of its quotes 1 of 1 " in ran.out
    assert server.tasks[:4] == ["chapter:2", "review:2", "review:2", "summary:2"]
    assert "chapter:3" in server.tasks
    server.clear()
    assert book.doit().out == IDLE


def test_what_was_mended_by_hand_is_not_asked_for(book: Here, server: Scripted) -> None:
    server.on("review:3", judged(finding(), finding("Paragraph 6 of 3")))
    assert book.doit("review:03").status == 0
    book.edit(f"chapters/{book.chapter(3).name}", "Paragraph 4 of 3.", "Mine.")
    server.clear()
    server.on("revise:3", answer(edit(6, "She left.")))
    assert book.novelist("revise", "3", "--yes").status == 0
    assert "Paragraph 4 of 3" not in server.requests[0].prompt.partition("as its author asks:")[2]


def test_what_contradicts_itself_stands_in_two_places(book: Here, server: Scripted) -> None:
    server.on(
        "review:3",
        judged(finding(kind="contradiction", against=QUOTE), finding("Paragraph 6 of 3"), finding("Paragraph 7 of 3")),
    )
    assert book.doit("review:03").status == 0
    assert "Paragraph 4 of 3" not in desk(book)


def test_lints_findings_of_one_paragraph_are_told_apart(book: Here) -> None:
    path = f"chapters/{book.chapter(3).name}"
    book.edit(path, "Paragraph 4 of 3.", "Paragraph 4 of 3. She came to [insert name].")
    assert book.doit("review:03").status == 0
    assert "[insert name]" in desk(book)
    book.edit(path, "She came to [insert name].", "She came to the house, lorem ipsum.")
    assert book.doit("review:03").status == 0
    assert "was to be filled in: `lorem ipsum` (lint: placeholder)" in desk(book)


def test_what_was_asked_of_a_review_stays_asked_when_notes_are_accepted(book: Here, server: Scripted) -> None:
    (book / "reviews").mkdir()
    (book / REVIEW).write_text("- must: Paragraph 4 is dull.\n")
    server.on("revise:3", answer(edit(4, "Odile shouted.")))
    assert book.novelist("revise", "3", "--yes").status == 0
    (book / "notes").mkdir()
    (book / "notes" / "03-the-lamp.md").write_text("- Louder.\n")
    assert book.novelist("accept", "revise:3").status == 0
    assert book.novelist("revise", "3").err.startswith("Error: nothing new is asked.")
