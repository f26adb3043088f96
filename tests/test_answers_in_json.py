"""A bible and an outline are read however a model wrote its JSON, and only what is missing is asked for again."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from in_process import Here
from scripted import Reply, Scripted, bible, outline

from novelist.drafting.answers import read_object
from novelist.prose.sentences import whole_words

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = {
    "bible": ("people", "places", "things", "rules", "style"),
    "outline": ("title", "about", "parts", "chapters"),
}
ANSWERS = {"bible": bible(), "outline": outline(5)}
FIRST = {"bible": '"people"', "outline": '"title"'}

FORMS: dict[str, Callable[[str], str]] = {
    "a comma too many": lambda text: text.replace("]", ",]").replace("}", ",}").replace("[,]", "[]"),
    "a comma too few": lambda text: text.replace('", "', '"\n"').replace("], ", "]\n"),
    "comments": lambda text: text.replace("{", "{ // as asked: {\n", 1).replace("[{", "[/* } */{", 1),
    "single quotes": lambda text: text.replace('"', "'"),
    "typographic quotes": lambda text: re.sub(r'"([^"]*)"', r"“\1”", text),
    "names without quotes": lambda text: re.sub(r'"([a-z]+)":', r"\1:", text),
    "Python's constants": lambda text: text.replace("[]", "None"),
    "line ends in texts": lambda text: text.replace(". ", ".\n"),
    "capitals": lambda text: text.replace(FIRST["bible"], '"People"').replace(FIRST["outline"], '" TITLE"'),
    "wrapped by its kind": '{{"outline": {}}}'.format,
    "wrapped as an answer": '{{"answer": {}, "title": "The Book of Days"}}'.format,
    "wrapped twice": '{{"response": {{"result": {}}}}}'.format,
    "a list of one": "[{}]".format,
    "in a text": json.dumps,
    "a text in an object": lambda text: json.dumps({"output": text}),
    "braces before it": "Here is {{as you asked}} the plan for {{your book}}:\n{}".format,
    "braces behind it": "{}\nShall I change {{the style}}?".format,
    "a pattern before it": '{{"title": "…", "people": "…"}}\n\n{}'.format,
    "a fence, and nearly JSON": lambda text: f"```json\n{text.replace(']', ',]')}\n```\n\nShall I go on {{y/n}}?",
    "a thought before it": "<think>They want {{json}}.</think>{}".format,
    "a byte order mark": "\ufeff{}".format,
}

BIBLE_IN_MARKDOWN = """Certainly! Here is the story bible.

# Story Bible: The Salt Lamp

## People

### Mara Halden

She keeps the light.

*Also:* the keeper

### Eskil

He rows the ferry.

## Places

- **The Glassworks**: A ruin on the shore.

## Rules of the World

Nothing here is magic.

## Style & Voice

Past tense, plain words.
"""
OUTLINE_IN_MARKDOWN = """# The Book of Days

A book.

## Chapter 1: The Lamp {{#lamp}}

On day 1 Mara finds a lamp.

## Chapter 2: The Gull

On day 2 Mara finds a gull.

## Chapter 3: The Rope

On day 3 Mara finds a rope.

## Chapter 4: The Tide

On day 4 Mara finds a tide.

## Chapter 5: The End

On day 5 Mara goes home.
"""


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_an_answer_is_read_however_it_is_written(kind: str, form: str) -> None:
    text = FORMS[form](ANSWERS[kind]).replace("<think>They want {json}.</think>", "")

    read = read_object(text, NAMES[kind])

    wanted = json.loads(ANSWERS[kind])
    wordy = {name: json.dumps(value).replace(r"\n", " ") for name, value in read.items() if name in wanted and value}
    assert wordy == {name: json.dumps(value) for name, value in wanted.items() if value}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_costs_a_second_call(here: Here, server: Scripted, form: str) -> None:
    server.on("bible", FORMS[form](ANSWERS["bible"]))
    server.on("outline", FORMS[form](ANSWERS["outline"]))

    ran = here.doit("outline")

    assert (ran.status, server.tasks) == (0, ["bible", "outline"])
    assert (here / "outline.md").read_text(encoding="utf-8").count("\n## ") == 5


def test_a_bible_in_markdown_is_one(here: Here, server: Scripted) -> None:
    server.on("bible", BIBLE_IN_MARKDOWN)

    assert here.doit("bible").status == 0

    assert server.tasks == ["bible"]
    assert (here / "bible.md").read_text(encoding="utf-8").partition("---\n\n")[2] == (
        "# People\n\n## Mara Halden\n\nShe keeps the light.\n\nAlso: the keeper\n\n## Eskil\n\nHe rows the ferry.\n\n"
        "# Places\n\n## The Glassworks\n\nA ruin on the shore.\n\n# The world and the telling\n\n"
        "## Rules of this world {.always}\n\nNothing here is magic.\n\n"
        "## Style and voice {.always}\n\nPast tense, plain words.\n"
    )


@pytest.mark.parametrize(
    "form",
    [
        OUTLINE_IN_MARKDOWN.format(),
        f"Here is the outline:\n\n{OUTLINE_IN_MARKDOWN.format()}",
        f"```markdown\n{OUTLINE_IN_MARKDOWN.format()}```",
        "# The Book of Days\n\n"
        + "".join(f"{number}. **The Lamp of day {number}** — Mara finds it.\n" for number in range(1, 6)),
    ],
)
def test_an_outline_in_markdown_is_one(here: Here, server: Scripted, form: str) -> None:
    server.on("outline", form)

    assert here.doit("outline").status == 0

    assert server.tasks == ["bible", "outline"]
    assert (here / "outline.md").read_text(encoding="utf-8").count("\n## ") == 5


def test_only_the_style_is_asked_for_again(here: Here, server: Scripted) -> None:
    answer = json.loads(bible())
    answer["style"] = ""
    server.on("bible", json.dumps(answer), '{"style": "Present tense."}')

    ran = here.doit("bible")

    assert ran.status == 0
    assert ran.out.splitlines()[0] == "The answer for the bible is not right: it says nothing about the style."
    assert server.tasks == ["bible", "bible"]
    assert server.requests[1].prompt.endswith(
        "\n\nIt was not right:\n\n- it says nothing about the style\n\n"
        'The rest of it is right. Answer with one JSON object that has only "style".'
    )
    schema = server.requests[1].body["response_format"]["json_schema"]["schema"]
    assert (list(schema["properties"]), schema["required"]) == (["style"], ["style"])
    text = (here / "bible.md").read_text(encoding="utf-8")
    assert "## Mara Halden" in text
    assert text.endswith("## Style and voice {.always}\n\nPresent tense.\n")


def test_what_was_right_is_not_lost_by_a_second_answer_that_cannot_be_read(here: Here, server: Scripted) -> None:
    answer = json.loads(bible())
    answer["style"] = ""
    server.on("bible", json.dumps(answer), "Present tense.", '{"style": "Present tense."}')

    assert here.doit("bible").status == 0

    assert server.tasks == ["bible", "bible", "bible"]
    assert server.requests[2].prompt.endswith('Answer with one JSON object that has only "style".')
    assert "## Mara Halden" in (here / "bible.md").read_text(encoding="utf-8")


def test_a_whole_second_answer_is_taken_whole(here: Here, server: Scripted) -> None:
    answer = json.loads(bible())
    answer["style"] = ""
    server.on("bible", json.dumps(answer), bible().replace("Eskil", "Ingrid"))

    assert here.doit("bible").status == 0

    assert "## Ingrid" in (here / "bible.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("piece", [200, 400])
def test_an_outline_that_a_server_cuts_by_its_length_is_gone_on_with(here: Here, server: Scripted, piece: int) -> None:
    whole = outline(5)
    starts = [len(whole_words(whole[:end]).rstrip()) for end in range(piece, len(whole), piece)]
    cut = zip([0, *starts], range(piece, len(whole), piece), strict=False)
    pieces = [Reply(whole[start:end], finish="length") for start, end in cut]
    server.on("outline", *pieces, Reply(whole[starts[-1] :]))

    ran = here.doit("outline")

    assert ran.status == 0
    assert server.tasks == ["bible", *["outline"] * (len(pieces) + 1)]
    assert whole[:60] in server.requests[2].prompt
    assert (here / "outline.md").read_text(encoding="utf-8").count("\n## ") == 5
    assert "not right" not in ran.out


def test_an_outline_whose_pieces_add_nothing_is_to_be_briefer(here: Here, server: Scripted) -> None:
    cut = Reply(outline(5)[:200], finish="length")
    server.on("outline", cut, cut)

    ran = here.doit("outline")

    assert ran.status == 0
    assert "The answer for the outline is not right: it is cut off; be briefer." in ran.out.splitlines()
    assert server.tasks == ["bible", "outline", "outline", "outline"]
