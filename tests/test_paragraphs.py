from __future__ import annotations

import random
import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novelist.book.paragraphs import Change, after_edits, edited, mark, marks, owners, split

TEXT = """\
She put the lamp on the sill.

* * *

“No,” he said.

He went out.
"""
# What a text may be made of, whatever stands beside what.
PIECES = [
    *(
        "She went.",
        "他走了。",
        "Он ушёл.",
        "— Куда?",
        "> Dear Mara,",
        "> * * *",
        "- one",
        "1. two",
        "    far",
        "\tin",
        "é",
    ),
    *(
        "### Dusk",
        "Dusk",
        "===",
        "---",
        "* * *",
        "***",
        "#",
        "⁂",
        "o o o",
        "~~~",
        "```",
        "````",
        "<!-- a",
        "-->",
        "<div>",
    ),
    *(
        "[^1]",
        "[^1]: a note",
        "    more of it",
        "| a | b |",
        "|---|",
        "verse  ",
        "verse\\",
        "\u3000",
        "\x0c",
        "\ufeff",
        " ",
    ),
    *("\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\x85", "<<<<<<<", "[14] x", "&nbsp;", "\ud800"),
]
ANY_TEXT = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


def kinds(text: str) -> list[tuple[str, str]]:
    """Return the paragraphs of a text with their kinds."""
    return [(paragraph.kind, paragraph.text) for paragraph in split(text)]


def whose(text: str, drafted: str) -> tuple[set[int], set[str]]:
    """Return the numbers of the author's paragraphs in a text, and the marks of those that they took out."""
    locked, deleted = owners(text, drafted)
    return set(locked), set(deleted)


def taken_out(text: str, number: int) -> str:
    """Return a text without one of its paragraphs."""
    return edited(text, {number: Change("")})


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_paragraphs_and_what_is_between_them_are_the_text(text: str) -> None:
    pieces, end = [], 0
    for paragraph in split(text):
        assert text[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.text.strip()
        assert not text[end : paragraph.start].strip()
        pieces += [text[end : paragraph.start], paragraph.text]
        end = paragraph.end
    assert not text[end:].strip()
    assert "".join([*pieces, text[end:]]) == text
    assert edited(text, {}) == text


@settings(deadline=None)
@given(ANY_TEXT)
def test_a_text_is_all_its_models_by_its_own_marks(text: str) -> None:
    assert whose(text, marks(text)) == (set(), set())
    assert after_edits(marks(text), text, {}) == marks(text)


@settings(deadline=None)
@given(ANY_TEXT, st.text("0123456789abcdefghjk ilo-é\n", max_size=60))
def test_any_line_of_marks_can_be_read(text: str, drafted: str) -> None:
    count = len(split(text))
    assert owners(text, drafted).locked <= set(range(1, count + 1))
    after_edits(drafted, text, {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A.\nB.\n\nC.", [("prose", "A.\nB."), ("prose", "C.")]),
        ("\n\nA.\r\n \t\r\nB.\r\n", [("prose", "A."), ("prose", "B.")]),
        ("A.\n\u3000\nB.\n\x0c\nC.", [("prose", "A."), ("prose", "B."), ("prose", "C.")]),
        ("A.  \nB.\\\nC.  \n", [("prose", "A.  \nB.\\\nC.  ")]),
        ("### Dusk\nIt fell.", [("heading", "### Dusk"), ("prose", "It fell.")]),
        ("Dusk\n====\n\nIt fell.", [("heading", "Dusk\n===="), ("prose", "It fell.")]),
        ("A.\n---\nB.", [("prose", "A."), ("break", "---"), ("prose", "B.")]),
        (
            "A.\n\n#\n\n⁂\n\no o o\n\n\\* \\* \\*\n\n<br>",
            [("prose", "A."), *(("break", each) for each in ("#", "⁂", "o o o", "\\* \\* \\*", "<br>"))],
        ),
        ("> Dear Mara,\n>\n> come.\n\nA.", [("quote", "> Dear Mara,\n>\n> come."), ("prose", "A.")]),
        ("- one\n- two\n\n- three", [("prose", "- one\n- two"), ("prose", "- three")]),
        ("[^1]: A note.\n\n    More.\n\nA.", [("note", "[^1]: A note.\n\n    More."), ("prose", "A.")]),
        ("```\na\n\nb\n```\nA.", [("code", "```\na\n\nb\n```"), ("prose", "A.")]),
        ("```\na\n\nb", [("prose", "```\na"), ("prose", "b")]),
        ("~~~\n\nA.\n\n~~~", [("break", "~~~"), ("prose", "A."), ("break", "~~~")]),
        ("<!-- a\n\nb -->\n\nA.", [("markup", "<!-- a\n\nb -->"), ("prose", "A.")]),
        ("A <!-- a\n\nb --> b.\n\nC.", [("prose", "A <!-- a\n\nb --> b."), ("prose", "C.")]),
        ("<!-- a\n\nb", [("markup", "<!-- a"), ("prose", "b")]),
        (
            "<div class='verse'>\n\nA.\n\n</div>",
            [("markup", "<div class='verse'>"), ("prose", "A."), ("markup", "</div>")],
        ),
        ("…\n\n. . .\n\n?", [("prose", "…"), ("prose", ". . ."), ("prose", "?")]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_each_form_of_markdown_is_a_paragraph(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


def test_the_marks_of_a_chapter_are_one_short_line() -> None:
    text = "\n\n".join(f"Paragraph {number} of many." for number in range(71))
    line = marks(text)
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{5}( [0-9a-hjkmnp-tv-z]{5}){70}", line)
    assert len(line) == 425
    assert len(set(line.split())) == 71


def test_a_mark_stays_the_same_for_ever() -> None:
    assert marks("She put the lamp on the sill.\n\n“No,” he said.\n\n* * *\n") == "kkyb8 3n8ja 434a9"


SENTENCES = [
    "“It’s the lamp,” she said, “and ‘nobody’ lit it — not I; nor did the keeper, who had been gone since the spring.”",
    "Она поставила лампу на подоконник, и “никто” не сказал ни слова, пока море не поднялось до самых ступеней дома.",
    "Le café était fermé depuis l’hiver, et l’on n’y voyait plus personne, ni le jour, ni la nuit, ni le dimanche.",
    "ผู้เฝ้าประภาคาร จุดตะเกียง แล้วมองออกไปที่ทะเล ในคืนนั้น ไม่มีเรือลำใดกลับมา จนกระทั่ง รุ่งเช้า ของวันใหม่",
    "وضعت المصباح على حافة النافذة، ولم يقل أحد شيئا حتى ارتفع البحر إلى درجات البيت القديم على الشاطئ.",
    "彼女は灯を窓辺に置いた。海は静かで、誰も何も言わなかった。",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("prefix", ["", "> "])
def test_a_formatter_and_curled_quotes_change_no_mark(sentence: str, prefix: str) -> None:
    kept = mark(prefix + sentence)
    wrapped = textwrap.wrap(sentence, 40, break_long_words=True)
    assert mark("\n".join(prefix + line for line in wrapped)) == kept
    assert mark("\r\n".join(f"{prefix}{line}  " for line in wrapped) + " \t") == kept
    assert mark(prefix + sentence.translate(str.maketrans("“”‘’", "\"\"''"))) == kept
    assert mark(prefix + sentence.replace("é", "e\u0301").replace("ж", "ж")) == kept


def test_words_case_and_signs_change_a_mark() -> None:
    texts = ["She went.", "she went.", "She went!", "*She* went.", "She  wentt.", "« She went. »", "> She went."]
    assert len({mark(text) for text in texts[:-1]}) == len(texts) - 1
    assert mark(texts[-1]) == mark(texts[0])


def test_what_a_hand_typed_changed_and_moved_is_the_authors() -> None:
    drafted = marks("One.\n\nTwo.\n\nThree.\n\nFour.\n")
    assert whose("One.\n\nTyped.\n\nTwo.\n\nThree.\n\nFour.\n", drafted) == ({2}, set())
    assert whose("One.\n\nTwo, changed.\n\nThree.\n\nFour.\n", drafted) == ({2}, {mark("Two.")})
    assert whose("One.\n\nThree.\n\nFour.\n\nTwo.\n", drafted) == ({4}, {mark("Two.")})
    assert whose("One.\n\nFour.\n", drafted) == (set(), {mark("Two."), mark("Three.")})


def test_breaks_that_are_alike_are_aligned_with_any() -> None:
    text = "A.\n\n* * *\n\nB.\n\n* * *\n\nC.\n\n* * *\n\nD.\n"
    drafted = marks(text)
    assert whose(taken_out(text, 4), drafted) == (set(), {mark("* * *")})
    assert owners(text.replace("B.", "B.\n\n* * *\n\nNew."), drafted).locked in ({4, 5}, {5, 6})
    assert whose(text.replace("C.\n\n", ""), drafted) == (set(), {mark("C.")})


@pytest.mark.parametrize("drafted", ["", "none", "??? abcd abcdef", "ABCDE", "[]", "ilolo ilolu"])
def test_what_is_no_mark_counts_as_not_there(drafted: str) -> None:
    assert whose(TEXT, drafted) == ({1, 2, 3, 4}, set())
    assert whose(TEXT, f"{drafted} {marks(TEXT)}") == (set(), set())


def test_a_line_follows_edits() -> None:
    text = TEXT.replace("He went out.", "Typed.")
    drafted = marks(TEXT)
    changes = {1: Change("She broke it.\n\nIt rang."), 3: Change(""), 4: Change(None, "Then rain.")}
    assert edited(text, changes) == "She broke it.\n\nIt rang.\n\n* * *\n\nTyped.\n\nThen rain.\n"
    line = after_edits(drafted, text, changes)
    assert line.split() == [mark(each) for each in ("She broke it.", "It rang.", "* * *", "Then rain.", "He went out.")]
    assert whose(edited(text, changes), line) == ({4}, {mark("He went out.")})


def test_an_authors_paragraph_that_a_deleted_twin_leaves_is_still_the_authors() -> None:
    text, drafted = "Yes.\n\nNo.\n\nYes.\n", marks("No.\n\nYes.\n")
    assert owners(text, drafted).locked == {1}
    line = after_edits(drafted, text, {2: Change("")})
    assert 1 in owners(edited(text, {2: Change("")}), line).locked


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_new_text_has_the_line_ends_and_the_indent_of_the_file(line_end: str) -> None:
    text = "\u3000一。\n\n\n\u3000二。\n\n三。".replace("\n", line_end)
    changes = {1: Change("甲。\n乙。\n\n丙。"), 2: Change(None, "丁。"), 3: Change("戊。")}
    expected = "\u3000甲。\n乙。\n\n\u3000丙。\n\n\n\u3000二。\n\n\u3000丁。\n\n戊。"
    assert edited(text, changes) == expected.replace("\n", line_end)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "B.  \n\n\n***\nC.\n\n"),
        (2, "A.\n\n***\nC.\n\n"),
        (3, "A.\n\nB.  \n\n\nC.\n\n"),
        (4, "A.\n\nB.  \n\n\n***\n\n"),
    ],
)
def test_a_paragraph_that_goes_takes_one_gap_along(number: int, expected: str) -> None:
    assert taken_out("A.\n\nB.  \n\n\n***\nC.\n\n", number) == expected


def test_what_would_run_together_is_kept_apart() -> None:
    assert taken_out("A.\n***\nB.", 2) == "A.\n\nB."
    assert edited("### A\nB.", {1: Change(None, "New.")}) == "### A\n\nNew.\n\nB."
    assert edited("A.", {0: Change(None, "New.")}) == "New.\n\nA."
    assert edited("\n", {0: Change(None, "New.")}) == "\nNew."


def test_a_line_follows_many_rounds_of_both_hands() -> None:
    dice = random.Random(19)  # noqa: S311 - prose is no secret
    for _ in range(150):
        text = "\n\n".join(f"Drafted {number}." for number in range(dice.randint(1, 12)))
        drafted, authors = marks(text), set[str]()
        for turn in range(3):
            texts = [paragraph.text for paragraph in split(text)]
            for place in dice.sample(range(len(texts)), len(texts) // 3):
                texts[place : place + dice.randint(0, 1)] = [f"Typed {turn} {place}."]
            text = "\n\n".join(texts)
            authors = {each for each in texts if each.startswith("Typed")}
            count = len(texts)
            changes = {
                number: Change(
                    dice.choice([None, "", f"Written {turn} {number}."]), dice.choice(["", f"Behind {turn} {number}."])
                )
                for number in dice.sample(range(1, count + 1), count // 2)
                if number not in owners(text, drafted).locked
            }
            drafted, text = after_edits(drafted, text, changes), edited(text, changes)
            locked = owners(text, drafted).locked
            assert {each.text for number, each in enumerate(split(text), 1) if number in locked} == authors


def test_long_texts_are_aligned_in_time() -> None:
    text = "\n\n".join(f"Paragraph {number}." if number % 5 else "* * *" for number in range(1500))
    changed = text.replace("Paragraph 7", "Typed 7")
    assert len(owners(changed, marks(text)).locked) == changed.count("Typed")
