from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted import prose
from shelf import NOVELS, with_novels

from novelist.prose import gates
from novelist.prose.cleaning import clean
from novelist.prose.gates import echoes, foreign, grams, loop, reused
from novelist.text import normalise
from novelist.words import WORD, count_words

BOOKS = sorted(NOVELS.glob("*.novel_state.json"))

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = str.maketrans(LATIN, "абвгдежзийклмнопрстуфхцшщы")
THAI = str.maketrans(LATIN, "กขคงจฉชซญดตถทธนบปผฝพฟภมยรล")
# Characters that are common in novels, and none of them in the loops below.
HAN = [chr(code) for code in range(0x5200, 0x5400)]


def chinese(characters: int, seed: int) -> str:
    """Return Chinese prose that says something else all the time."""
    dice = random.Random(seed)  # noqa: S311 - prose is no secret
    text = ""
    while len(text) < characters:
        text += "".join(dice.choices(HAN, k=dice.randint(5, 18))) + dice.choice("，，，。。！？")
        if text[-1] != "，" and dice.random() < 0.2:
            text += "\n\n"
    return text.strip() + "。"


def chapters(path: Path) -> list[str]:
    return [str(chapter["content"]) for chapter in json.loads(path.read_text(encoding="utf-8"))["chapters"]]


@with_novels
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name.partition(".")[0])
def test_chapters_that_were_published_pass(path: Path) -> None:
    book = json.loads(path.read_text(encoding="utf-8"))
    earlier: frozenset[int] = frozenset()
    for number, text in enumerate(chapters(path), start=1):
        assert loop(text) is None, number
        assert not echoes(text, book["outline_text"]), number
        assert reused(text, earlier) < gates.MOST_REUSED / 4, number
        earlier |= grams(text)


@pytest.mark.slow
@with_novels
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name.partition(".")[0])
def test_no_cut_makes_a_loop_of_a_published_chapter(path: Path) -> None:
    for text in chapters(path):
        for cut in range(400, len(text), 1600):
            assert loop(text[:cut]) is None
        assert loop(text.lower().translate(CYRILLIC)) is None
        assert loop(re.sub(r"(\S+) (\S+) (\S+) ", r"\1\2\3 ", text.lower().translate(THAI))) is None


@with_novels
def test_real_prose_compresses_to_no_less_than_the_limit_at_equal_length() -> None:
    ratios = []
    for text in (text for path in BOOKS for text in chapters(path)):
        words = [match.start() for match in WORD.finditer(text)]
        for first in range(0, len(words) - gates.WINDOW_WORDS, gates.WINDOW_STEP):
            window = text[words[first] : words[first + gates.WINDOW_WORDS]].encode("latin-1", "replace")
            ratios.append(len(zlib.compress(window, 9)) / len(window))
    assert min(ratios) > gates.LEAST_RATIO + 0.05


@with_novels
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name.partition(".")[0])
def test_nothing_of_a_published_chapter_is_cleaned_away_but_its_heading(path: Path) -> None:
    for text in chapters(path):
        heading, _, rest = text.partition("\n\n")
        assert heading.startswith("## Chapter")
        assert clean(text, "The Lamp") == normalise(rest)


HEALTHY = [0, 40, 300, 1000, 2500]  # words before a loop begins
PARAGRAPH = "The lamp turned above the stair and the keeper counted the boats again, as he had always done."
CYCLE = "She opened the door. The sea stood in the hall, as it had before. She closed the door and went up the stair. "
COLOURS = ["red", "blue", "green", "white", "black", "grey", "brown", "pale", "dark", "bright", "old", "new"]


def varied(turns: int) -> str:
    dice = random.Random(7)  # noqa: S311 - nor are loops
    return " ".join(
        f"She saw the {dice.choice(COLOURS)} boat and knew that the {dice.choice(COLOURS)} lamp was lit."
        for _ in range(turns)
    )


COLLAPSES = {
    "a paragraph": (f"{PARAGRAPH}\n\n" * 40, 40),
    "a cycle of three sentences": (CYCLE * 40, 120),
    "a sentence with small variations": (varied(80), 480),
    "a word": ("sea " * 400, 80),
    "a word on each line": ("No.\n\n" * 400, 80),
    "two lines of speech": ("“Where are you?”\n\n“I am here.”\n\n" * 80, 160),
    "a clause without an end": ("and the sea and the wind and the rain and the salt, " * 40, 120),
}


def found_after(healthy: str, circle: str) -> tuple[int, gates.Loop]:
    """Return the words of a loop that had come when it was found, looking at each of them, and what was found."""
    for match in list(WORD.finditer(circle))[::10]:
        if found := loop(healthy + circle[: match.start()]):
            return count_words(circle[: match.start()]), found
    raise AssertionError(circle[:80])


@pytest.mark.parametrize("healthy", HEALTHY)
@pytest.mark.parametrize(("circle", "most"), COLLAPSES.values(), ids=COLLAPSES)
def test_a_collapse_is_found_soon_after_it_began(circle: str, most: int, healthy: int) -> None:
    text = f"{prose(healthy, 11)}\n\n" if healthy else ""

    words, found = found_after(text, circle)

    assert words <= most
    # What is cut off is the loop, but for the beginning of a window that is compressed.
    assert found.start >= len(text) - 2400
    assert found.sample
    assert len(found.sample) <= gates.SAMPLE_CHARACTERS


CHINESE_COLLAPSES = {
    "a paragraph": ("海水又退了，她又走上了石阶，又点亮了那盏盐灯。\n\n" * 40, 60),
    "a cycle of sentences": ("海水退了。她走上石阶。她点亮盐灯。月亮升起来了。" * 40, 120),
    "a character": ("海" * 400, 80),
    "a sentence with small variations": (
        "".join(f"她又点亮了第{n}盏灯，海水退了{m}步。" for n in "一二三四五六七八九" for m in "一二三四五六七八九"),
        480,
    ),
}


@pytest.mark.parametrize("healthy", HEALTHY)
@pytest.mark.parametrize(("circle", "most"), CHINESE_COLLAPSES.values(), ids=CHINESE_COLLAPSES)
def test_a_collapse_in_chinese_is_found_as_soon(circle: str, most: int, healthy: int) -> None:
    text = f"{chinese(healthy, 11)}\n\n" if healthy else ""
    words, found = found_after(text, circle)
    assert words <= most
    assert found.start >= len(text) - 400


def test_what_goes_in_circles_is_named_and_not_a_phrase_that_was_there_twice_before() -> None:
    phrase = "in the middle of the night, when nobody was awake,"
    healthy = f"{prose(200, 1)} {phrase.capitalize()} {prose(200, 2)} {phrase.capitalize()} {prose(200, 3)}\n\n"

    _, found = found_after(healthy, CYCLE * 40)

    assert "She" in found.sample
    assert found.start >= len(healthy) - 10


@pytest.mark.parametrize("words", [50, 300, 1000, 3000, 12_000])
@pytest.mark.parametrize("seed", range(3))
def test_prose_that_goes_on_is_no_loop(words: int, seed: int) -> None:
    text = prose(words, seed)
    assert loop(text) is None
    assert loop(text.translate(CYRILLIC)) is None
    assert loop(text.translate(THAI)) is None
    assert loop(chinese(words, seed)) is None


@pytest.mark.parametrize("script", [CYRILLIC, THAI], ids=["Cyrillic", "Thai"])
def test_a_loop_is_found_in_any_script(script: dict[int, int]) -> None:
    healthy = prose(600, 1).translate(script)
    words, _ = found_after(healthy + "\n\n", CYCLE.lower().translate(script) * 20)
    assert words <= 120


LETTER = (
    "Dear Mara, the ferry does not come this week, nor will it the next. Keep the lamp lit, and trust nobody from the "
    "Glassworks until I am with you again. Your brother"
)
REFRAIN = "Row, row, row the boat to shore,"
CHINESE_LETTER = "玛拉：渡船这个星期不来了，下星期也不来。把灯点着，别相信玻璃厂的人，等我回来。哥哥。"
PASSES = {
    "a letter that is read twice": f"{prose(400, 1)}\n\n{LETTER}\n\n{prose(400, 2)}\n\n{LETTER}\n\n{prose(400, 3)}",
    "a refrain": "\n\n".join(f"{prose(120, seed)}\n\n{REFRAIN}\n{REFRAIN}\nRow!" for seed in range(3)),
    "a short refrain": "\n\n".join(f"{prose(60, seed)}\n\n{REFRAIN}" for seed in range(9)),
    "a line of a long song, twice": "\n\n".join(
        f"{prose(300, seed)}\n\nOh the wind and the rain and the salt of the sea, and nobody home" for seed in range(2)
    ),
    "short lines of speech": "\n\n".join(f"{prose(40, seed)}\n\n“No.”\n\n“Why?”\n\n“No.”" for seed in range(20)),
    "a litany": " ".join(f"She remembers the {prose(6, seed)[:-1].lower()}." for seed in range(20)),
    "scene breaks": "\n\n***\n\n".join(prose(60, seed) for seed in range(20)),
    "stammering": f"{prose(300, 1)}\n\n“No, no, no, no, no, no, no,” he said. “No, no, no, no, no.”\n\n{prose(300, 2)}",
    "laughter in Chinese": f"{chinese(400, 1)}\n\n“哈哈哈哈哈哈哈哈哈哈哈哈！”\n\n{chinese(400, 2)}",
    "a refrain in Chinese": "\n\n".join(f"{chinese(150, seed)}\n\n“你在哪里？你在哪里？”" for seed in range(5)),
    "a letter in Chinese that is read twice": (
        f"{chinese(400, 1)}\n\n{CHINESE_LETTER}\n\n{chinese(400, 2)}\n\n{CHINESE_LETTER}\n\n{chinese(400, 3)}"
    ),
}


@pytest.mark.parametrize("text", PASSES.values(), ids=PASSES)
def test_what_a_writer_says_twice_is_no_loop(text: str) -> None:
    assert loop(text) is None


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=400)
    | st.lists(
        st.sampled_from(["sea ", "lamp.\n\n", "海", "“", "\n", "— ", PARAGRAPH, "ไป", "\x00"]), max_size=600
    ).map("".join)
)
def test_a_loop_begins_within_its_text(text: str) -> None:
    if found := loop(text):
        assert 0 <= found.start < len(text)
        assert found.sample
        assert len(found.sample) <= gates.SAMPLE_CHARACTERS
        assert " ".join(text[found.start :].split()).startswith(found.sample[:20])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["sea", "lamp", "No.", "and", "“Go!”", "the"]), max_size=gates.FEWEST_GRAMS + 4).map(
        " ".join
    )
)
def test_a_text_of_few_words_is_no_loop(text: str) -> None:
    assert loop(text) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_the_share_of_what_was_told_before_is_a_share(text: str, before: str) -> None:
    assert 0 <= reused(text, grams(before)) <= 1
    echoes(text, before)


@pytest.mark.parametrize("write", [prose, chinese])
def test_a_chapter_that_tells_an_earlier_one_again_is_found(write: Callable[[int, int], str]) -> None:
    first, new = write(1000, 1), write(1000, 2)
    told = grams(first)
    assert reused(first, told) == 1
    assert reused(new, told) == 0
    assert reused(new[: len(new) * 9 // 10] + first[: len(first) // 5], told) > gates.MOST_REUSED
    assert reused(new + first[: len(first) // 25], told) < gates.MOST_REUSED


def test_a_few_words_are_no_repetition_of_a_book() -> None:
    assert reused("Mara waits for the tide and the boat.", grams("Mara waits for the tide and the boat.")) == 0


SECTION = (
    "On day 1 Mara finds a bottle on the shore. She takes it to Eskil, who will not open it. Then the lamp is out."
)


@pytest.mark.parametrize(
    "text",
    [
        SECTION,
        f"{SECTION} It is a hard night.",
        f"Summary: {SECTION}",
        SECTION.replace(". ", ".\n\n"),
        "1. Mara finds the bottle.\n2. She takes it to Eskil.\n3. He will not open it.\n4. The lamp goes out.",
        "- Mara finds the bottle\n- She takes it to Eskil\n- He will not open it\n- The lamp goes out",
        (
            "**Scene 1:** Mara finds the bottle.\n\n**Scene 2:** She takes it to Eskil.\n\n**Scene 3:** He won't open "
            "it.\n\n**Scene 4:** The lamp goes out."
        ),
        "### Scene 1\n\n- Mara finds the bottle\n\n### Scene 2\n\n- She takes it to Eskil",
    ],
)
def test_a_plan_is_no_chapter(text: str) -> None:
    assert echoes(text, SECTION)


@pytest.mark.parametrize("section", ["Mara finds a bottle on the shore.", "玛拉在岸上捡到一个瓶子。"])
def test_nor_is_a_plan_of_one_line(section: str) -> None:
    assert echoes(section, section)
    assert echoes(f"{section}\n", f"{section} ")
    assert not echoes(f"{section} {prose(40, 1)}", section)


@pytest.mark.parametrize(
    "text",
    [
        f"{SECTION} {prose(60, 1)}",
        prose(60, 1),
        "\n\n".join(f"*{prose(12, seed)}*" for seed in range(8)),
        "\n\n".join(f"*{prose(3, seed)[:-1]}*, she thought." for seed in range(8)),
        "- Где ты?\n\n- Здесь.\n\n- Почему так темно?\n\n- Лампа погасла.\n\nОна молчала.",
        "- Où es-tu ?\n\n- Ici, dit-il.\n\n- Pourquoi fait-il nuit ?\n\n- La lampe s'est éteinte.",
        "— Где ты?\n\n— Здесь.\n\n— Почему так темно?\n\n— Лампа погасла.",
        "-Where are you?\n\n-Here.\n\n-Why is it dark?\n\n-The lamp is out.",
        "**Mara:** Where are you?\n\n**Eskil:** Here.\n\n**Mara:** Why is it dark?\n\n**Eskil:** The lamp is out.",
        "3. Mai. Der Sturm kam.\n\n4. Mai. Er blieb, und niemand ging hinaus.\n\n5. Mai. Stille.\n\n6. Mai. Ein Boot.",
        "1944.\n\nMara waits.\n\n1945.\n\nMara waits still.\n\n1946.\n\nNobody comes.",
    ],
)
def test_a_chapter_is_no_plan(text: str) -> None:
    assert not echoes(text, SECTION)


HEBREW = "האור כבה והים היה שקט מאוד בלילה ההוא ומרה ישבה ליד החלון וחיכתה. " * 30


@pytest.mark.parametrize(
    ("text", "language", "is_foreign"),
    [
        (prose(600, 3), "en", False),
        (prose(600, 3), "de-AT", False),
        (prose(600, 3), "ru", True),
        (prose(600, 3), "zh", True),
        (prose(600, 3), "tlh", False),
        (HEBREW, "en", True),
        (HEBREW, "he", False),
        (prose(600, 3) + HEBREW, "en", True),
        (prose(100, 3) + " " + HEBREW[:300] + prose(500, 4), "en", False),
        ("盐灯亮了，玛拉等着她的兄弟回来。" * 40, "zh-Hans", False),
        ("", "en", False),
        ("1944. 17:30.", "en", False),
    ],
)
def test_a_page_in_another_script_is_foreign(text: str, language: str, is_foreign: bool) -> None:  # noqa: FBT001
    assert foreign(text, language) is is_foreign
