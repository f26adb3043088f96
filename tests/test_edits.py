from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.book import paragraphs
from novelist.book.paragraphs import marks, owners, split
from novelist.prose import edits
from novelist.prose.applied import Applied, apply
from novelist.prose.edits import Edit, Refusal, numbered, read

CHAPTER = """\
### Dusk

She put the lamp on the sill.

“No,” he said.

* * *

> Dear Mara,
> come home.

It rained[^1] all night.

- *Nobody* came.

* * *

He went out.

[^1]: As it does there.
"""
LINES = [f"Paragraph number {number} of this chapter." for number in range(1, 11)]
LONG = "\n\n".join(LINES) + "\n"


def edit(number: int, action: str, was: str = "", text: str = "") -> Edit:
    """Return an edit."""
    return Edit(number, action, was, text)


def applied(*wanted: Edit, text: str = CHAPTER, drafted: str | None = None) -> Applied:
    """Return a text with edits, whose paragraphs are all a model's where nothing else is said."""
    return apply(text, wanted, marks(text) if drafted is None else drafted)


def reasons(*wanted: Edit, text: str = CHAPTER, drafted: str | None = None) -> list[str]:
    """Return why edits are refused; where all are, nothing has changed."""
    result = applied(*wanted, text=text, drafted=drafted)
    assert result.accepted or (result.text, result.drafted) == (text, marks(text) if drafted is None else drafted)
    return [refusal.reason for refusal in result.refusals]


def test_a_prompt_shows_each_paragraph_behind_its_number() -> None:
    assert numbered("A.\r\nB.\r\n\r\n\r\n\r\n* * *\r\n\r\n他走了。", {3}) == "[1] A.\nB.\n\n[2] * * *\n\n[3]* 他走了。"
    assert numbered("", set()) == ""


def test_an_answer_is_read_entry_by_entry() -> None:
    good = {"p": 14, "do": "replace", "was": "She put", "text": "She took it.", "why": 2}
    wrong: list[tuple[Any, str]] = [
        ("replace 14", "it is no object"),
        ({**good, "p": "14"}, "`p` is not the number of a paragraph"),
        ({**good, "p": True}, "`p` is not the number of a paragraph"),
        ({**good, "do": "insert"}, "`do` is not one of `replace`, `delete`, `after`"),
        ({**good, "do": ["replace"]}, "`do` is not one of `replace`, `delete`, `after`"),
        ({**good, "was": 3}, "`was` is no text"),
        ({**good, "text": ["She took it."]}, "`text` is no text"),
        ({**good, "why": "2"}, "`why` is not the number of a change"),
    ]
    read_edits, refusals = read([good, *(entry for entry, _ in wrong), {"p": 3, "do": "delete", "was": "It r"}])
    assert read_edits == [Edit(14, "replace", "She put", "She took it.", 2), Edit(3, "delete", "It r", "")]
    assert refusals == [Refusal(entry, reason) for entry, reason in wrong]
    assert read({"edits": [good]}) == (read_edits[:1], [])
    assert read_edits[0].entry == good


@pytest.mark.parametrize("answer", [None, "[]", 3, {}, {"edits": "none"}, {"p": 1}])
def test_an_answer_that_is_no_list_is_refused_whole(answer: Any) -> None:
    assert read(answer) == ([], [Refusal(answer, "the answer is no list of edits")])


def test_no_edits_are_an_answer() -> None:
    assert read([]) == ([], [])
    assert applied() == Applied(CHAPTER, marks(CHAPTER), (), ())


def test_the_schema_asks_for_what_is_read() -> None:
    entry = edits.SCHEMA["properties"]["edits"]["items"]
    assert entry["required"] == list(entry["properties"]) == list(edit(1, "delete").entry)
    json.dumps(edits.SCHEMA)


def test_edits_change_what_they_name_and_nothing_else() -> None:
    result = applied(
        edit(2, "replace", "She put", "She broke the lamp.\n\nIt rang."),
        edit(3, "delete", "“No,” he"),
        edit(9, "after", "He went", "Nobody saw it."),
        edit(9, "after", "He went", "Nobody wept."),
        edit(0, "after", "", "Evening."),
    )
    assert result.text == CHAPTER.replace("### Dusk", "Evening.\n\n### Dusk").replace(
        "She put the lamp on the sill.\n\n“No,” he said.", "She broke the lamp.\n\nIt rang."
    ).replace("He went out.", "He went out.\n\nNobody saw it.\n\nNobody wept.")
    assert (len(result.accepted), result.refusals, result.too_many) == (5, (), False)
    assert result.drafted == marks(result.text)


@pytest.mark.parametrize(
    ("was", "number"),
    [
        ("“No,” he said.", 3),
        ('"no," HE', 3),
        ("“No,”  he…", 3),
        ("[3] “No,” he", 3),
        ("> Dear Mara, come", 5),
        ("Dear\nMara,", 5),
        ("> Dear Mara, > come home.", 5),
        ("Nobody came", 7),
        ("- *Nobody* came", 7),
        ("* Nobody", 7),
        ("***", 4),
        ("* * *", 4),
        ("[^1]: As it", 10),
    ],
)
def test_first_words_are_compared_without_case_wrapping_and_markup(was: str, number: int) -> None:
    assert reasons(edit(number, "after", was, "New.")) == []


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (edit(11, "after", "He went", "New."), "there is no paragraph [11]: the last one is [10]"),
        (edit(-1, "delete", "He went"), "there is no paragraph [-1]: the last one is [10]"),
        (edit(0, "delete"), "there is no paragraph [0]: it takes only `after`, for a text before the first one"),
        (edit(0, "after", "He went", "New."), "before the first paragraph, `was` is empty"),
        (edit(2, "delete", "She took"), "[2] begins with other words: “She put the lamp on the sill.”"),
        (edit(2, "delete", "put the lamp"), "[2] begins with other words: “She put the lamp on the sill.”"),
        (edit(2, "delete", "Sh"), "its `was` is too short to show that [2] is meant"),
        (edit(2, "delete", "> *"), "its `was` is too short to show that [2] is meant"),
        (edit(2, "delete"), "its `was` is too short to show that [2] is meant"),
        (edit(1, "replace", "Dusk", "Dawn."), "[1] is a heading"),
        (edit(1, "delete", "### Dusk"), "[1] is a heading"),
        (edit(2, "replace", "She put", " \n"), "its text is empty"),
        (edit(2, "after", "She put", ""), "its text is empty"),
        (edit(2, "replace", "She put", "[2]"), "its text is empty"),
        (edit(2, "replace", "She put", "[3] She took."), "its text has the number of a paragraph in it: [3]"),
        (edit(2, "replace", "She put", "She.\n\n[2]* He."), "its text has the number of a paragraph in it: [2]"),
        (edit(2, "replace", "She put", "## Dawn"), "[2] is prose, and its text is a heading"),
        (edit(2, "replace", "She put", "She.\n\n# Dawn"), "its text has a heading in it"),
        (edit(2, "after", "She put", "Dawn\n===="), "its text has a heading in it"),
        (edit(2, "after", "She put", "She.\n\n* * *\n\nHe."), "its text has a scene break in it"),
        (edit(2, "replace", "She put", "---\ntitle: X\n---\n\nShe."), "its text has a scene break in it"),
        (edit(2, "replace", "She put", "---"), "[2] is prose, and its text is a scene break"),
        (edit(2, "replace", "She put", "```\nShe.\n```"), "its text has a fenced block in it"),
        (edit(2, "replace", "She put", "She.\n```"), "its text has a fenced block in it"),
        (edit(2, "replace", "She put", "She <!-- or he --> went."), "its text has markup in it"),
        (edit(2, "replace", "She put", "<<<<<<< ours\nShe."), "its text has markup in it"),
        (edit(2, "after", "She put", "<div>\nShe.\n</div>"), "its text has markup in it"),
        (edit(2, "replace", "She put", "> She went."), "[2] is prose, and its text is a block quote"),
        (edit(5, "replace", "Dear", "She went."), "[5] is a block quote, and its text is prose"),
        (edit(4, "replace", "* * *", "She went."), "[4] is a scene break, and its text is prose"),
        (edit(9, "delete", "He went"), "a scene would be left without words"),
        (edit(6, "replace", "It rained", "It snowed."), "of the footnote [^1], its text would have no mark"),
        (edit(6, "delete", "It rained"), "of the footnote [^1], its text would have no mark"),
        (edit(10, "delete", "[^1]: As"), "of the footnote [^1], its mark would have no text"),
        (edit(2, "after", "She put", "Snow[^2]."), "of the footnote [^2], its mark would have no text"),
    ],
)
def test_an_edit_is_refused_with_the_reason(wanted: Edit, reason: str) -> None:
    assert reasons(wanted) == [reason]


def test_a_refusal_names_its_entry_and_the_others_are_made() -> None:
    wrong, right = edit(2, "delete", "He"), edit(3, "replace", "“No,”", "“Yes,” he said.")
    result = applied(wrong, right)
    assert [refusal.entry for refusal in result.refusals] == [wrong.entry]
    assert result.text == CHAPTER.replace("“No", "“Yes")
    assert result.accepted == (right,)


def test_the_second_of_two_edits_of_a_paragraph_is_refused() -> None:
    first, second = edit(2, "replace", "She put", "One."), edit(2, "delete", "She put")
    assert reasons(first, second) == ["[2] is edited twice"]
    assert applied(first, second).text == CHAPTER.replace("She put the lamp on the sill.", "One.")
    assert reasons(edit(2, "after", "She put", "New."), second) == []


def test_a_text_that_is_there_is_nothing() -> None:
    for same in (
        "She put the lamp on the sill.",
        "She put the\nlamp on the sill.\n",
        "[2] She put the lamp on the sill.",
    ):
        assert applied(edit(2, "replace", "She put", same)) == Applied(CHAPTER, marks(CHAPTER), (), ())


def test_its_own_number_is_taken_off_a_text() -> None:
    for number in ("[3] ", "[3]* ", "\n[3]\t"):
        result = applied(edit(3, "replace", "“No,”", f"{number}*Yes.*"))
        assert result.text == CHAPTER.replace("“No,” he said.", "*Yes.*")


def test_what_the_author_typed_stays_and_what_they_took_out_does_not_come_back() -> None:
    drafted = marks(CHAPTER)
    text = CHAPTER.replace("She put", "She set").replace("“No,” he said.\n\n", "")
    typed = edit(2, "replace", "She set", "She put the lamp on the sill.")
    back = edit(2, "after", "She set", 'It was late.\n\n"No,"\nhe said.')
    behind = edit(2, "after", "She set", "It was late.")
    result = applied(typed, edit(2, "delete", "She set"), back, behind, text=text, drafted=drafted)
    assert [refusal.reason for refusal in result.refusals] == [
        "[2]* is the author's own",
        "[2]* is the author's own",
        'the author has taken out this paragraph: “"No," he said.”',
    ]
    assert result.text == text.replace("sill.", "sill.\n\nIt was late.")
    assert owners(result.text, result.drafted) == owners(text, drafted)


def test_scenes_keep_their_words() -> None:
    text = "A one.\n\n* * *\n\nB one.\n\nB two.\n\n* * *\n\nC one.\n\nC two.\n\nC three.\n"
    scene = [edit(3, "delete", "B one"), edit(4, "delete", "B two")]
    assert reasons(scene[0], text=text) == []
    assert reasons(*scene, text=text) == ["a scene would be left without words"] * 2
    assert applied(*scene, edit(5, "delete", "* * *"), text=text).text == text.replace(
        "B one.\n\nB two.\n\n* * *\n\n", ""
    )
    assert reasons(*scene, edit(4, "after", "B two", "New."), text=text) == []
    assert reasons(edit(1, "delete", "A one"), text=text) == ["a scene would be left without words"]
    assert reasons(edit(1, "delete", "A one"), edit(2, "delete", "***"), text=text) == []
    twice = text.replace("A one.", "* * *\n\nA one.\n\n* * *").replace("C three.", "C three.\n\n* * *")
    assert reasons(edit(8, "delete", "C one"), text=twice) == []


def test_a_footnote_goes_with_its_mark_or_not_at_all() -> None:
    both = [edit(6, "replace", "It rained", "It snowed."), edit(10, "delete", "[^1]")]
    assert reasons(*both) == []
    assert "[^1]" not in applied(*both).text
    new = [edit(2, "after", "She put", "Snow[^2]."), edit(10, "after", "[^1]", "[^2]: It is cold.")]
    assert reasons(*new) == []
    assert reasons(edit(1, "after", "### Dusk", "Snow."), text="### Dusk\n\nLost[^9].\n") == []


def test_more_than_two_fifths_of_the_paragraphs_are_a_redraft() -> None:
    few = [edit(number, "delete", LINES[number - 1][:20]) for number in (1, 2, 3, 4)]
    assert not applied(*few, text=LONG).too_many
    many = applied(*few, edit(7, "replace", LINES[6], "New."), edit(99, "delete"), text=LONG)
    assert (many.too_many, many.text, many.drafted, many.accepted) == (True, LONG, marks(LONG), ())
    assert [refusal.reason for refusal in many.refusals] == ["there is no paragraph [99]: the last one is [10]"]
    behind = [edit(number, "after", LINES[number - 1], f"New {number}.") for number in range(1, 11)]
    assert len(applied(*behind, text=LONG).accepted) == 10
    assert not applied(*few, text=f"### A\n\n{LONG}\n\n* * *\n\nEnd.").too_many


def test_a_file_keeps_its_line_ends_and_verse_its_own() -> None:
    text = LONG.replace("\n", "\r\n")
    result = applied(edit(2, "replace", LINES[1], "One,  \ntwo.\\\r\nthree.\n\nFour."), text=text)
    assert result.text == text.replace(LINES[1], "One,  \r\ntwo.\\\r\nthree.\r\n\r\nFour.")


def test_a_fenced_block_may_become_another() -> None:
    text = f"```\na\n\nb\n```\n\n{LONG}"
    assert applied(edit(1, "replace", "```\na", "```\nc\n```"), text=text).text == f"```\nc\n```\n\n{LONG}"
    assert reasons(edit(1, "replace", "```\na", "c"), text=text) == ["[1] is a fenced block, and its text is prose"]


def test_paragraphs_that_would_run_together_are_left() -> None:
    text = f"{LONG}\nSaid[^1].\n\n[^1]: A note.\n\nBetween.\n\n    Far in.\n"
    assert reasons(edit(13, "delete", "Between"), text=text) == ["paragraphs around it would run together"]
    two = applied(edit(2, "delete", LINES[1]), edit(13, "delete", "Between"), text=text)
    assert two.text == text.replace(f"{LINES[1]}\n\n", "")


SCRIPTS = [
    ["她把灯放在窗台上。", "“不，”他说。", "海水退了。", "他走了出去。", "天亮了。"],
    ["彼女は灯を置いた。", "「いや」と彼は言った。", "海は静かだった。", "彼は出て行った。", "夜が明けた。"],
    ["Она поставила лампу.", "— Нет, — сказал он.", "Море отступило.", "Он вышел.", "Рассвело."],
    ["وضعت المصباح.", "«لا»، قال.", "انحسر البحر.", "خرج.", "طلع الفجر."],
    ["เธอวางตะเกียง", "“ไม่” เขาพูด", "ทะเลสงบ", "เขาออกไป", "รุ่งเช้า"],
    ["उसने दीपक रखा।", "“नहीं,” उसने कहा।", "समुद्र शांत था।", "वह चला गया।", "सुबह हुई।"],
]


@pytest.mark.parametrize("lines", SCRIPTS)
def test_every_script_is_edited(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    wanted = [
        edit(2, "replace", lines[1][:6], lines[0] * 2),
        edit(4, "delete", lines[3]),
        edit(5, "after", lines[4], lines[2] * 2),
    ]
    result = applied(*wanted, text=text)
    assert result.refusals == ()
    assert result.text == "\n\n".join([lines[0], lines[0] * 2, lines[2], lines[4], lines[2] * 2])


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(line for lines in SCRIPTS for line in lines),
                "> a",
                ">",
                "- - b",
                "*c*",
                "1. d",
                "* * *",
                "\n",
                "\n\n",
                " ",
            ]
        )
    ).map("".join)
)
def test_first_words_as_a_prompt_shows_them_are_those_of_the_paragraph(text: str) -> None:
    for number, shown in enumerate(numbered(text, ()).split("\n\n") if text.strip() else [], 1):
        for was in (shown, shown[:24], shown.replace("\n", " ")):
            refused = reasons(edit(number, "after", was, "New."), text=text)
            assert not refused or "too short" in refused[0], shown


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 8) | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["p", "do", "was", "text", "why", "edits"]), inner, max_size=5)
    ),
    max_leaves=12,
)
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "She went.",
                "他走了。",
                "> Dear",
                "- one",
                "### Dusk",
                "===",
                "---",
                "* * *",
                "~~~",
                "```",
                "<!--",
                "-->",
            ),
            *("[^1]", "[^1]: note", "    far", "[2] ", "\n", "\n\n", "\r\n\r\n", "\r", " ", "\u3000", "\x0c", "\ud800"),
        ]
    ),
    max_size=16,
).map("".join)
EDITS = st.lists(
    st.builds(Edit, st.integers(-1, 7), st.sampled_from(edits.ACTIONS), st.text("S> “*", max_size=3), PIECES),
    max_size=6,
)


@settings(deadline=None)
@given(JSON, st.text(max_size=40))
def test_any_answer_is_read(answer: Any, text: str) -> None:
    wanted, _ = read(answer)
    apply(text, wanted, marks(text))


@settings(deadline=None, max_examples=150)
@given(PIECES, EDITS, st.randoms(use_true_random=False), st.sampled_from([1.0, 0.7]))
def test_any_edits_of_any_text_leave_the_rest_as_it_is(
    text: str, wanted: list[Edit], dice: random.Random, share: float
) -> None:
    old = split(text)
    wanted = [
        each._replace(was=old[each.number - 1].text) if 0 < each.number <= len(old) and dice.random() < 0.8 else each
        for each in wanted
    ]
    drafted = " ".join(mark for mark in marks(text).split() if dice.random() < share)
    hold(text, drafted, apply(text, wanted, drafted))


def hold(text: str, drafted: str, result: Applied) -> None:
    """Hold a text with edits against the one before: what none of them names is there, in order, byte for byte."""
    old = split(text)
    before, after = owners(text, drafted), owners(result.text, result.drafted)
    named = {each.number for each in result.accepted if each.action != "after"}
    assert not named & before.locked
    at = 0
    for number, paragraph in enumerate(old, 1):
        if number not in named:
            at = result.text.index(paragraph.text, at) + len(paragraph.text)
            # Behind it stands what stood there, unless something next to it has changed.
            end = old[number].start if number < len(old) else len(text)
            gap = text[paragraph.end : end]
            changed = {number, number + 1} & {each.number for each in result.accepted}
            twins = result.text.count(paragraph.text) > 1
            assert changed or twins or result.text.startswith(gap, at)
    new = split(result.text)
    typed = [paragraphs.mark(old[number - 1].text) for number in sorted(before.locked)]
    starred = [paragraphs.mark(new[number - 1].text) for number in sorted(after.locked)]
    assert set(typed) <= set(starred)
    # Of two that are alike, one by each hand, both may be starred.
    count = Counter(marks(result.text).split())
    assert [each for each in typed if count[each] == 1] == [each for each in starred if count[each] == 1]
    if not result.accepted:
        assert (result.text, result.drafted) == (text, drafted)


WORDS = ["the", "lamp", "sea", "bottle", "keeper", "stairs", "window", "salt", "night", "ferry", "brother", "letter"]


def sentence(dice: random.Random) -> str:
    """Return a sentence that hardly comes twice."""
    return f"{' '.join(dice.choices(WORDS, k=dice.randint(4, 9))).capitalize()} {dice.randint(0, 9999)}."


def answer(dice: random.Random, texts: list[str]) -> list[dict[str, Any]]:
    """Return an answer with right and wrong edits."""
    entries = []
    for _ in range(dice.randint(1, 5)):
        number = dice.randint(0, len(texts) + 1)
        there = texts[number - 1] if 0 < number <= len(texts) else ""
        was = dice.choice([there[:20]] * 6 + ["", "Other words", there[5:]])
        text = dice.choice(
            [sentence(dice)] * 6 + [there, "", f"# {sentence(dice)}", f"[{number}] New.", "* * *", "A.\n\nB."]
        )
        action = dice.choice(["replace", "replace", "delete", "after"])
        entries.append({"p": number, "do": action, "was": was, "text": text, "why": 1})
    return entries


CHANGES: list[Callable[[list[str], int, random.Random], None]] = [
    lambda texts, at, dice: texts.insert(at, sentence(dice)),
    lambda texts, at, dice: texts.__setitem__(at, f"{texts[at]} {sentence(dice)}"),
    lambda texts, at, _: texts.__delitem__(at),
    lambda texts, at, _: texts.insert(0, texts.pop(at)),
]


@pytest.mark.parametrize("seed", range(8))
def test_a_hand_and_a_model_in_turn_keep_what_the_hand_typed(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - prose is no secret
    accepted, asked = 0, 0
    for _ in range(250):
        texts = [sentence(dice) if dice.random() < 0.85 else "* * *" for _ in range(dice.randint(5, 10))]
        text = dice.choice(["\n\n", "\r\n\r\n"]).join(texts)
        drafted = marks(text)
        for _ in range(2):
            for _ in range(dice.randint(0, 3)):
                texts = [each.text for each in split(text)]
                dice.choice(CHANGES)(texts, dice.randrange(len(texts)), dice)
                text = ("\r\n\r\n" if "\r" in text else "\n\n").join(texts)
            wanted, refused = read(answer(dice, [each.text for each in split(text)]))
            assert refused == []
            result = apply(text, wanted, drafted)
            hold(text, drafted, result)
            accepted, asked = accepted + len(result.accepted), asked + len(wanted)
            text, drafted = result.text, result.drafted
    assert accepted > asked / 5
