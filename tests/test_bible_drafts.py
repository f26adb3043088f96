from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.book.bible_text import parse
from novelist.drafting import bible_plan, markdown
from novelist.drafting.answers import read_answer
from novelist.drafting.bible_plan import BibleDraft, EntityDraft, problems, render, repair, schema
from novelist.drafting.schemas import Schemas

ANSWER = {
    "people": [
        {"name": "Mara Venn", "also": "the keeper", "about": "She keeps the lighthouse."},
        {"name": "Joel", "also": "", "about": "Her brother."},
    ],
    "places": [{"name": "The Salt Lamp", "about": "A lighthouse."}],
    "things": [],
    "rules": "The sea answers.",
    "style": "Short sentences.",
}
GOOD = BibleDraft(
    {
        "people": (
            EntityDraft("Mara Venn", "the keeper", "She keeps the lighthouse."),
            EntityDraft("Joel", "", "Her brother."),
        ),
        "places": (EntityDraft("The Salt Lamp", "", "A lighthouse."),),
        "things": (),
    },
    "The sea answers.",
    "Short sentences.",
)

PHRASES = st.sampled_from(
    [
        "",
        "Mara",
        "mara",
        "Joel.",
        "# Sea",
        "## Land",
        "**x**",
        "{.always}",
        "{#a}",
        "\n",
        "---",
        "Also:",
        ",",
        "x #",
        "盐灯",
        "\x1b",
    ]
)
TEXTS = st.lists(PHRASES, max_size=3).map(" ".join) | st.text(max_size=20)
ENTRIES = st.fixed_dictionaries({}, optional={"name": TEXTS, "also": TEXTS, "about": TEXTS})
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "people": st.lists(ENTRIES, max_size=3),
        "places": st.lists(ENTRIES, max_size=2),
        "things": st.lists(ENTRIES, max_size=2),
        "rules": TEXTS,
        "style": TEXTS,
    },
)


def read_text(text: str) -> BibleDraft:
    """Return the bible in an answer as it is read by a build."""
    names = schema(Schemas())["properties"]
    return bible_plan.read(read_answer(text, names, markdown.read_bible))


def people(*entities: tuple[str, str], style: str = "Short sentences.") -> BibleDraft:
    return BibleDraft({"people": tuple(EntityDraft(name, "", about) for name, about in entities)}, "", style)


@pytest.mark.parametrize(
    "around", ["{}", "Of course!\n\n{}\n\nAnything else?", "```json\n{}\n```", "<think></think>{}"]
)
def test_an_answer_is_read_whatever_stands_around_it(around: str) -> None:
    assert read_text(around.format(json.dumps(ANSWER))) == GOOD


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is not a JSON object"),
        ("## Mara", "it is not a JSON object"),
        ('{"people": [{"name": "Mara', "it is cut off"),
        ('{"people": ["Mara"]}', '"people" is not a list of objects'),
        ('{"people": [], "places": "everywhere"}', '"places" is not a list of objects'),
    ],
)
def test_what_is_no_answer_is_said_in_words_for_the_model(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        read_text(text)
    assert str(raised.value) == message


def test_texts_of_the_model_open_no_sections_and_move_no_cursor() -> None:
    draft = read_text(
        json.dumps(
            {
                "people": [
                    {"name": "**Mara\nVenn** {.always}", "also": "\x1b[2Ja\nb", "about": "One.\n## Joel\n# Two"}
                ],
                "rules": "## Rules",
                "style": "Plain.\n---\n",
            }
        )
    )
    assert draft.groups["people"] == (EntityDraft("Mara Venn", "[2Ja b", "One.\n\\## Joel\n\\# Two"),)
    assert (draft.rules, draft.style) == ("\\## Rules", "Plain.")


def test_a_good_bible_has_no_problems_and_needs_no_repair() -> None:
    assert problems(GOOD) == []
    assert repair(GOOD) == (GOOD, [])


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (people(), ["it names nobody and nothing"]),
        (people(("", "She waits.")), ["number 1 of the people has no name"]),
        (people(("Mara", "")), ["it says nothing about `Mara`"]),
        (people(("Mara", "She waits."), ("MARA", "She goes.")), ["`MARA` is named twice"]),
        (people(("Mara", "She waits."), style=" "), ["it says nothing about the style"]),
        (
            people(("", ""), ("", ""), style=""),
            [
                "number 1 of the people has no name",
                "number 2 of the people has no name",
                "it says nothing about the style",
            ],
        ),
    ],
)
def test_a_problem_is_said_in_words_for_the_model(draft: BibleDraft, found: list[str]) -> None:
    assert problems(draft) == found


def test_a_name_in_two_groups_is_named_twice() -> None:
    draft = BibleDraft(
        {"people": (EntityDraft("Salt", "", "A cat."),), "things": (EntityDraft("salt", "", "White."),)}, "", "Plain."
    )
    assert problems(draft) == ["`salt` is named twice"]
    assert repair(draft) == (
        BibleDraft({"people": draft.groups["people"], "things": ()}, "", "Plain."),
        ["`salt` of the things is left out"],
    )


def test_what_has_no_name_or_no_text_is_left_out() -> None:
    repaired, done = repair(people(("", "She waits."), ("Mara", "She goes."), ("Joel", "")))
    assert repaired == people(("Mara", "She goes."))
    assert done == ["`` of the people is left out", "`Joel` of the people is left out"]


def test_an_empty_entry_does_not_push_out_the_full_one_of_its_name() -> None:
    repaired, done = repair(people(("Mara", ""), ("Mara", "She waits.")))
    assert repaired == people(("Mara", "She waits."))
    assert done == ["`Mara` of the people is left out"]


def test_a_bible_without_a_style_is_told_in_plain_words() -> None:
    assert repair(people(("Mara", "She waits."), style=""))[0].style == "Plain words."


def test_a_bible_of_nobody_is_not_made_up() -> None:
    assert problems(repair(people(("", "")))[0]) == ["it names nobody and nothing"]


def test_a_bible_is_rendered_as_one_section_for_each_entity() -> None:
    assert render(GOOD) == (
        "# People\n\n"
        "## Mara Venn\n\nShe keeps the lighthouse.\n\nAlso: the keeper\n\n"
        "## Joel\n\nHer brother.\n\n"
        "# Places\n\n"
        "## The Salt Lamp\n\nA lighthouse.\n\n"
        "# The world and the telling\n\n"
        "## Rules of this world {.always}\n\nThe sea answers.\n\n"
        "## Style and voice {.always}\n\nShort sentences."
    )


def test_a_world_without_rules_has_no_section_for_them() -> None:
    assert render(people(("Mara", "She waits."))) == (
        "# People\n\n## Mara\n\nShe waits.\n\n"
        "# The world and the telling\n\n## Style and voice {.always}\n\nShort sentences."
    )


@pytest.mark.parametrize("schemas", [Schemas(), Schemas(bounds=True), Schemas(bounds=True, plain=True)])
def test_a_schema_asks_for_exactly_what_is_read(schemas: Schemas) -> None:
    asked = schema(schemas)
    assert list(asked["properties"]) == ["people", "places", "things", "rules", "style"] == asked["required"]
    entity = asked["properties"]["people"]["items"]
    assert list(entity["properties"]) == (["name", "about"] if schemas.plain else ["name", "also", "about"])
    assert asked["additionalProperties"] is entity["additionalProperties"] is False


@settings(max_examples=300, deadline=None)
@given(ANSWERS)
def test_whatever_a_model_plans_can_be_repaired_unless_it_names_nobody(answer: dict[str, object]) -> None:
    repaired, _ = repair(bible_plan.read(answer))
    nobody = [] if any(repaired.groups.values()) else ["it names nobody and nothing"]
    assert problems(repaired) == nobody
    assert repair(repaired) == (repaired, [])


@settings(max_examples=300, deadline=None)
@given(ANSWERS)
def test_a_repaired_draft_is_read_back_from_its_bible(answer: dict[str, object]) -> None:
    draft, _ = repair(bible_plan.read(answer))
    names = [entity.name for entities in draft.groups.values() for entity in entities]
    always = [*["Rules of this world"] * bool(draft.rules.strip()), "Style and voice"]
    found = parse(render(draft), Path("bible.md")).entities
    assert [entity.heading for entity in found] == names + always
    assert [entity.heading for entity in found if entity.always] == always
