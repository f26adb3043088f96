from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.book.outline import Outline, Part, Section
from novelist.book.outline_text import parse, render
from novelist.book.premise import Span
from novelist.book.section_lines import NAMES
from novelist.drafting import markdown
from novelist.drafting import outline_plan as outline
from novelist.drafting.answers import read_answer
from novelist.drafting.outline_plan import OutlineDraft, Planned, problems, repair, schema, to_outline
from novelist.drafting.schemas import Schemas
from novelist.text import slug

ANSWER = {
    "title": "The Salt Lamp",
    "about": "Mara waits; the sea answers.",
    "parts": ["The Arrival", "The Lamp"],
    "chapters": [
        {"part": 1, "title": "The Bottle", "happens": "Mara finds a bottle. It is warm."},
        {"part": 1, "title": "The Tide", "happens": "The sea comes back."},
        {"part": 2, "title": "The Lamp", "happens": "The lamp goes out!"},
    ],
}
GOOD = OutlineDraft(
    "The Salt Lamp",
    "Mara waits; the sea answers.",
    ("The Arrival", "The Lamp"),
    (
        Planned(1, "The Bottle", "Mara finds a bottle. It is warm."),
        Planned(1, "The Tide", "The sea comes back."),
        Planned(2, "The Lamp", "The lamp goes out!"),
    ),
)
THREE = Span(3, 3)

PHRASES = st.sampled_from(
    [
        "",
        "Mara",
        "The Bottle",
        "The bottle.",
        "She came. She",
        "and then,",
        "盐灯。",
        "…",
        "# Part",
        "**x**",
        "**x** of",
        "{#a}",
        "\n",
        "Chapter 2",
        "Chapter 3",
        "Chapter 3, again",
        "1.",
        "---",
        "of the",
        "?",
        "“Go.”",
        "x" * 90,
        "\x1b",
        "<<<<<<< a",
    ]
)
TEXTS = st.lists(PHRASES, max_size=4).map(" ".join) | st.text(max_size=30)
ENTRIES = st.fixed_dictionaries({}, optional={"part": st.integers(-1, 4), "title": TEXTS, "happens": TEXTS})
ANSWERS = st.fixed_dictionaries(
    {"chapters": st.lists(ENTRIES, max_size=6)},
    optional={"title": TEXTS, "about": TEXTS, "parts": st.lists(TEXTS, max_size=3)},
)


def read_text(text: str) -> OutlineDraft:
    """Return the outline in an answer as it is read by a build."""
    names = schema(THREE, Schemas(), lines=True)["properties"]
    return outline.read(read_answer(text, names, markdown.read_outline))


def plan(*chapters: tuple[int, str, str], parts: tuple[str, ...] = ()) -> OutlineDraft:
    return OutlineDraft("The Salt Lamp", "", parts, tuple(Planned(*chapter) for chapter in chapters))


def cut(happens: str) -> OutlineDraft:
    return plan((0, "The Bottle", happens), (0, "The Tide", "It rains."))


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "Here is the outline you asked for:\n\n{}\n\nShall I go on?",
        "```json\n{}\n```",
        "```\n{}\n```\nDone.",
        "\ufeff\r\n{}",
        "{}{{}}",
    ],
)
def test_an_answer_is_read_whatever_stands_around_it(around: str) -> None:
    assert read_text(around.format(json.dumps(ANSWER))) == GOOD
    assert read_text(around.format(json.dumps(ANSWER, indent=2, ensure_ascii=False))) == GOOD


def test_a_line_end_inside_of_a_text_is_read() -> None:
    assert read_text('{"about": "One.\nTwo.", "chapters": []}').about == "One.\nTwo."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is not a JSON object"),
        ("{}", 'it is no JSON object with "title", "about", "threads", "parts", "chapters"'),
        ("{the bottle}, {the tide}", 'it is no JSON object with "title", "about", "threads", "parts", "chapters"'),
        ('{"title": "Salt", "about": "Mara waits; the', "it is cut off"),
        ("1. The Bottle\n2. The Bottle", "it is not a JSON object"),
        ('["The Bottle"]', "it is not a JSON object"),
        ('{"title": "Salt", "chapters": [{"title": "The Bo', "it is cut off"),
        ('{"chapters": "three"}', '"chapters" is not a list of objects'),
        ('{"chapters": ["The Bottle"]}', '"chapters" is not a list of objects'),
        ('{"chapters": {"title": "The Bottle"}}', '"chapters" is not a list of objects'),
    ],
)
def test_what_is_no_answer_is_said_in_words_for_the_model(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_text(text)
    assert str(raised.value) == message


def test_nothing_deep_or_strange_breaks_the_reading() -> None:
    with pytest.raises(ValueError, match="it is no JSON object with"):
        read_text('{"chapters": ' + "[" * 100_000)
    strange = {"title": 1984, "parts": "one", "chapters": [{"part": "1", "title": ["a"], "happens": None}]}
    assert read_text(json.dumps(strange)) == OutlineDraft("1984", "", (), (Planned(0, "['a']", ""),))


def test_texts_of_the_model_open_no_headings_and_move_no_cursor() -> None:
    chapter = {"title": "**The\nBottle** {#x}", "happens": "\x1b[2JMara.\n## 2. The End\n---"}
    draft = read_text(json.dumps({"title": "# Salt ##", "about": "# Part One", "chapters": [chapter]}))
    assert draft.about == "\\# Part One"
    assert draft.chapters == (Planned(0, "The Bottle", "[2JMara.\n\\## 2. The End"),)


def test_a_good_outline_has_no_problems_and_needs_no_repair() -> None:
    assert problems(GOOD, THREE) == []
    assert problems(GOOD, Span(2, 9)) == []
    assert repair(GOOD, THREE) == (GOOD, [])


@pytest.mark.parametrize(
    ("draft", "chapters", "found"),
    [
        (GOOD, Span(4, 4), ["it has 3 chapters, not 4"]),
        (GOOD, Span(20, 40), ["it has 3 chapters, not 20-40"]),
        (GOOD, Span(1, 2), ["it has 3 chapters, not 1-2"]),
        (plan(), Span(1, 2), ["it has 0 chapters, not 1-2"]),
        (
            OutlineDraft("", "", (), GOOD.chapters[:0]),
            Span(1, 1),
            ["it has 0 chapters, not 1", "the book has no title"],
        ),
        (plan((0, "", "It rains.")), Span(1, 1), ["chapter 1 has no title"]),
        (plan((0, "…", "It rains.")), Span(1, 1), ["chapter 1 has no title"]),
        (
            plan((0, "The Bottle", "It rains."), (0, "A", "It snows."), (0, "The bottle!", "It hails.")),
            THREE,
            ["chapter 3 has the title of chapter 1"],
        ),
        (plan((0, "The Bottle", "")), Span(1, 1), ["chapter 1 does not say what happens"]),
        (cut("Mara finds a bottle,"), Span(2, 2), ["what happens in chapter 1 is cut off"]),
        (cut("Mara finds a bottle —"), Span(2, 2), ["what happens in chapter 1 is cut off"]),
        (cut("Mara finds a bottle"), Span(2, 2), []),
        (plan((0, "The Bottle", "Mara finds a bot")), Span(1, 1), ["what happens in chapter 1 is cut off"]),
        (plan((0, "The Bottle", "“Go,” she said. “Go.”")), Span(1, 1), []),
        (plan((0, "瓶子", "她捡起瓶子。")), Span(1, 1), []),
        (
            plan((1, "A", "It rains."), parts=("",)),
            Span(1, 1),
            ["part 1 has no title"],
        ),
    ],
)
def test_a_problem_is_said_in_words_for_the_model(draft: OutlineDraft, chapters: Span, found: list[str]) -> None:
    assert problems(draft, chapters) == found


@pytest.mark.parametrize("order", [(2, 1, 1), (1, 2, 1), (1, 1, 1), (1, 3, 3), (0, 0, 0), (1, 0, 2), (-1, 1, 2)])
def test_parts_out_of_order_or_without_a_chapter_are_a_problem(order: tuple[int, ...]) -> None:
    draft = plan(*((part, f"Chapter {part} {n}", "It rains.") for n, part in enumerate(order)), parts=("Sea", "Land"))
    assert problems(draft, THREE) == ["the parts do not follow each other, each with a chapter"]


@pytest.mark.parametrize("order", [(1, 1, 2), (1, 2, 2), (0, 1, 2)])
def test_parts_in_order_are_no_problem(order: tuple[int, ...]) -> None:
    draft = plan(*((part, f"Chapter {part} {n}", "It rains.") for n, part in enumerate(order)), parts=("Sea", "Land"))
    assert problems(draft, THREE) == []


def test_chapters_of_parts_that_are_not_named_are_a_problem() -> None:
    draft = plan((1, "The Bottle", "It rains."))
    assert problems(draft, Span(1, 1)) == ["the parts do not follow each other, each with a chapter"]


def test_a_title_taken_or_missing_is_replaced_by_what_happens() -> None:
    draft = plan(
        (0, "The Bottle", "Mara finds a bottle on the shore. It is warm."),
        (0, "The bottle", "Joel rows out to the light, alone."),
        (0, "", "It rains."),
        (0, "", "Joel rows out to the."),
    )
    repaired, done = repair(draft, Span(4, 4))
    assert [chapter.title for chapter in repaired.chapters] == ["The Bottle", "Joel rows out", "It rains", "Chapter 4"]
    assert done == [
        "chapter 2, `The bottle`, is now `Joel rows out`",
        "chapter 3, ``, is now `It rains`",
        "chapter 4, ``, is now `Chapter 4`",
    ]


def test_a_good_title_is_left_alone_beside_a_bad_one() -> None:
    draft = plan((0, "The World We Come from", "It rains."), (0, "", "It snows."))
    repaired, done = repair(draft, Span(2, 2))
    assert repaired.chapters[0] == draft.chapters[0]
    assert done == ["chapter 2, ``, is now `It snows`"]


@pytest.mark.parametrize(
    ("happens", "whole"),
    [
        ("Mara finds a bottle. It is", "Mara finds a bottle."),
        ("Mara finds a bottle,", "Mara finds a bottle."),
        ("Mara finds a bottle — ", "Mara finds a bottle."),
        ("“Go.” She", "“Go.”"),
        ("", "The Bottle."),
        (",", "The Bottle."),
    ],
)
def test_what_is_cut_off_ends_in_a_whole_sentence(happens: str, whole: str) -> None:
    repaired, done = repair(plan((0, "The Bottle", happens)), Span(1, 1))
    assert repaired.chapters == (Planned(0, "The Bottle", whole),)
    assert done == ["what happens in chapter 1 now ends in a whole sentence"]


def test_a_title_put_in_place_of_what_happens_opens_no_part() -> None:
    draft = read_text('{"title": "Salt", "chapters": [{"title": "# The Bottle", "happens": ""}]}')
    repaired, _ = repair(draft, Span(1, 1))
    outline = to_outline(repaired, "")
    assert parse(render(outline), Path("outline.md")) == outline


def test_chapters_too_many_are_left_out() -> None:
    repaired, done = repair(plan((0, "A", "It rains."), (0, "B", "It snows."), (0, "C", "It hails.")), Span(1, 2))
    assert [chapter.title for chapter in repaired.chapters] == ["A", "B"]
    assert done == ["1 chapter too many left out"]


def test_a_part_whose_chapters_are_left_out_is_no_part() -> None:
    draft = plan((1, "A", "It rains."), (2, "B", "It snows."), parts=("Sea", "Land"))
    repaired, _ = repair(draft, Span(1, 1))
    assert problems(repaired, Span(1, 1)) == []


def test_parts_out_of_order_are_left_out() -> None:
    repaired, done = repair(plan((2, "A", "It rains."), (1, "B", "It snows."), parts=("Sea", "Land")), Span(2, 2))
    assert repaired == plan((0, "A", "It rains."), (0, "B", "It snows."))
    assert done == ["the parts are left out"]


def test_a_part_without_a_title_is_repaired() -> None:
    repaired, done = repair(plan((1, "A", "It rains."), (2, "B", "It snows."), parts=("Sea", "")), Span(2, 2))
    assert problems(repaired, Span(2, 2)) == []
    assert done


def test_missing_chapters_are_not_made_up() -> None:
    repaired, done = repair(GOOD, Span(5, 5))
    assert (repaired, done) == (GOOD, [])
    assert problems(repaired, Span(5, 5)) == ["it has 3 chapters, not 5"]


def test_a_book_without_a_title_is_untitled() -> None:
    assert repair(OutlineDraft("", "", (), (Planned(0, "A", "It rains."),)), Span(1, 1))[0].title == "Untitled"


def test_a_draft_is_an_outline() -> None:
    assert to_outline(GOOD, "") == Outline(
        "The Salt Lamp",
        "Mara waits; the sea answers.",
        (Part("The Arrival"), Part("The Lamp")),
        (
            Section("the-bottle", "The Bottle", "Mara finds a bottle. It is warm.", 0),
            Section("the-tide", "The Tide", "The sea comes back.", 0),
            Section("the-lamp", "The Lamp", "The lamp goes out!", 1),
        ),
    )


def test_the_title_of_the_premise_has_the_last_word() -> None:
    assert to_outline(GOOD, "**Salt**").title == "Salt"


@pytest.mark.parametrize("schemas", [Schemas(), Schemas(bounds=True), Schemas(bounds=True, plain=True)])
def test_a_schema_asks_for_exactly_what_is_read(schemas: Schemas) -> None:
    asked = schema(Span(20, 40), schemas, lines=True)
    threads, lines = ([], []) if schemas.plain else (["threads"], [*NAMES])
    assert list(asked["properties"]) == ["title", "about", *threads, "parts", "chapters"] == asked["required"]
    chapter = asked["properties"]["chapters"]["items"]
    assert list(chapter["properties"]) == ["part", "title", "happens", *lines] == chapter["required"]
    listed = schema(Span(20, 40), schemas, lines=False)["properties"]["chapters"]["items"]
    assert list(listed["properties"]) == ["part", "title", "happens"]
    assert asked["additionalProperties"] is chapter["additionalProperties"] is False
    assert ("minItems" in asked["properties"]["chapters"]) == schemas.bounds


@settings(max_examples=300, deadline=None)
@given(ANSWERS, st.sampled_from([Span(1, 2), Span(2, 4), Span(3, 3)]))
def test_whatever_a_model_plans_can_be_repaired(answer: dict[str, object], chapters: Span) -> None:
    repaired, _ = repair(outline.read(answer), chapters)
    count = len(repaired.chapters)
    missing = [] if count >= chapters.low else [f"it has {count} chapters, not {chapters}"]
    assert problems(repaired, chapters) == missing
    assert len({slug(chapter.title) for chapter in repaired.chapters}) == count <= chapters.high
    assert repair(repaired, chapters) == (repaired, [])


@settings(max_examples=300, deadline=None)
@given(ANSWERS)
def test_a_draft_without_problems_is_read_back_from_its_outline(answer: dict[str, object]) -> None:
    draft, _ = repair(outline.read(answer), Span(1, 4))
    if not problems(draft, Span(1, 4)):
        written = to_outline(draft, "")
        assert parse(render(written), Path("outline.md")) == written


@settings(max_examples=100, deadline=None)
@given(TEXTS | st.text().map("{{{}".format))
def test_any_answer_is_an_outline_or_words_for_the_model(text: str) -> None:
    try:
        read_text(text)
    except ValueError as wrong:
        assert str(wrong)  # noqa: PT017 - both ends are right
