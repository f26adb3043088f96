from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from novelist.drafting.partial import Begun, Partial
from novelist.errors import BookError
from novelist.prose.sentences import ends, join, whole_words
from novelist.words import UNSPACED_CHAR, count_words

pytestmark = pytest.mark.slow  # it waits, or looks at thousands of texts

SENTENCES = [
    "Mara keeps the light.",
    "It was great.",
    "The road continued.",
    "They gave her the key of the suite.",
    "She had read as far as chapter five.",
    "He said he would come, of course.",
    "“Go,” she said, “before the tide does.”",
    "“Why?”",
    '"Go," he said. "And take the lamp!"',
    "'Never,' said the keeper. 'Not for $2,800.'",
    "She rowed—nobody saw her—to the far shore…",
    "“I never—”",
    "Wait... was that the bell?",
    "*The sea forgets nothing.* She knew it (and he did not).",
    "It cost £40 & a night's sleep; 7 % of it was his.",
    "»Geh«, sagte er, »bevor es dunkel wird.«",
    "«\u00a0Non\u00a0», dit-elle en riant.",
    "— Куда ты? — спросил он.",
    "¿Adónde vas?",
]
BREAKS = ["***", "---", "Dear Mara,", "He read what was written there:", "### Dusk", "> HELP"]
CHINESE = [
    "盐灯亮了。",
    "她看见海水退了，月亮升了起来，石阶一级一级露出来。",
    "“走吧！”他慢慢地说，“妈妈在等我们。”",
    "「你看看。」",
    "他没有回答……",
    "她问：为什么？",
    "一九四四年的冬天，灯塔里只剩下她一个人。",
]


ALONG = st.booleans()


@st.composite
def prose(draw: st.DrawFn, sentences: list[str], space: str, breaks: list[str]) -> str:
    """Return paragraphs of sentences of which none is there twice, and what else stands on a line of its own."""
    lines: list[str] = []
    for sentence in draw(st.lists(st.sampled_from(sentences + breaks), min_size=2, max_size=12, unique=True)):
        if lines and sentence not in breaks and lines[-1] not in breaks and draw(ALONG):
            lines[-1] += space + sentence
        else:
            lines.append(sentence)
    return "\n\n".join(lines)


ENGLISH_PROSE = prose(SENTENCES, " ", BREAKS)
CHINESE_PROSE = prose(CHINESE, "", ["***", "亲爱的玛拉："])


@st.composite
def cuts(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> tuple[str, str, str]:
    """Return a text, what is kept of it where it is cut off somewhere, and the true rest of it."""
    whole = draw(texts)
    before = whole_words(whole[: draw(st.integers(1, len(whole)))])
    return whole, before, whole[len(before.rstrip()) :]


@settings(max_examples=200, deadline=None)
@given(cuts(ENGLISH_PROSE))
def test_a_server_that_goes_on_where_the_text_stops_leaves_no_seam(cut: tuple[str, str, str]) -> None:
    whole, before, rest = cut
    assert join(before, rest) == whole


@settings(max_examples=200, deadline=None)
@given(cuts(CHINESE_PROSE))
def test_nor_does_it_in_a_script_without_spaces(cut: tuple[str, str, str]) -> None:
    whole, before, rest = cut
    assert join(before, rest) == whole


@settings(max_examples=200, deadline=None)
@given(cuts(ENGLISH_PROSE), st.sampled_from(["", " "]))
def test_a_server_that_is_told_to_go_on_leaves_no_seam(cut: tuple[str, str, str], blank: str) -> None:
    whole, before, rest = cut
    # Where the paragraph was not yet over, only the server can say that it is now.
    told = rest.strip() if "\n" in before[len(before.rstrip()) :] else rest.lstrip(" ")
    assert join(before, blank + told if rest[:1].isspace() else told) == whole


@settings(max_examples=200, deadline=None)
@given(cuts(ENGLISH_PROSE), st.integers(3, 12), st.sampled_from(["", " ", "\n\n"]))
def test_words_that_a_server_says_again_are_there_once(cut: tuple[str, str, str], words: int, blank: str) -> None:
    whole, before, rest = cut
    again = re.search(rf"(?:\S+\s+){{{words - 1}}}\S+$", before.rstrip())
    assume(again is None or count_words(again[0]) >= 3)
    assume(rest[:1].strip() == "")
    assert join(before, f"{blank}{again[0]}{rest}" if again else rest) == whole


@settings(max_examples=200, deadline=None)
@given(cuts(CHINESE_PROSE), st.integers(6, 20))
def test_characters_that_a_server_says_again_are_there_once(cut: tuple[str, str, str], characters: int) -> None:
    whole, before, rest = cut
    again = before.rstrip().rpartition("\n")[2][-characters:]
    assume(count_words(again) >= 6)
    assert join(before, again + rest) == whole


@settings(max_examples=200, deadline=None)
@given(
    cuts(ENGLISH_PROSE),
    st.sampled_from(
        ["Continued:", "(continued)", "Sure! Here is the rest of the chapter:", "**Chapter 7 (continued)**"]
    ),
)
def test_a_remark_before_the_rest_is_no_part_of_it(cut: tuple[str, str, str], remark: str) -> None:
    whole, before, rest = cut
    assume(before.strip() and rest[:1].strip() == "")
    joined = join(before, f"{remark}\n\n{rest.strip()}")
    # The remark hides whether a paragraph began behind a sentence's end.
    assert joined == whole or (ends(before) and joined.split() == whole.split())


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("She felt", " great.\n\nThen it rained."),
        ("He took her to the", " suite.\n\nIt rained."),
        ("The road", " continued.\n\nIt rained."),
        ("He smiled.", " Of course.\n\nIt rained."),
        ("He smiled.", "\n\nOf course.\n\nIt rained."),
        ("Was he well?", "\n\nGreat.\n\nIt rained."),
        ("She opened it at", " chapter five.\n\nIt rained."),
        ("И он сказал.", "\n\nВот что было дальше:\n\nШёл дождь."),
        ("Elle se tut.", "\n\nVoici ce qui arriva :\n\nIl plut."),
        ("他说。", "\n\n这是他最后一句话：\n\n下雨了。"),
    ],
)
def test_the_rest_may_begin_with_words_that_a_remark_is_made_of(before: str, rest: str) -> None:
    assert join(before, rest) == before + rest


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("It was all that he had", " had to give."),
        ("She ran far,", " far, far away."),
        ("He knew that", " that was over."),
        ("Round and round", " and round it went."),
        ("他慢", "慢走来。"),
        ("今天妈", "妈来了。"),
        ("她笑了，哈哈", "哈哈，笑个不停。"),
    ],
)
def test_a_word_that_is_said_twice_stays(before: str, rest: str) -> None:
    assert join(before, rest) == before + rest


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ('"Go.', '" she said.'),
        ('He said: "Go.', '"'),
        ("'Go.", "' she said."),
        ("“Go.", "” she said."),
        ("»Geh.", "« Er ging."),
        ("*She waits.", "* It rains."),
        ("(She waits.", ") It rains."),
        ("“Stop!", "”—he cried it twice."),
        ("Wait.", ".. what was that?"),
        ("It was over.", "¹ He knew."),
        ("他走了。", "“你好！”她说。"),
        ("他走了。", "「你好！」她说。"),
        ("“走吧。", "”他说。"),
        ("他走了。", "——可是她没有。"),
    ],
)
def test_a_mark_that_belongs_to_the_word_before_it_stays_there(before: str, rest: str) -> None:
    assert join(before, rest) == before + rest


@pytest.mark.parametrize(
    ("before", "rest", "whole"),
    [
        ("He said,", "'Go.'", "He said, 'Go.'"),
        ("He said,", '"Go."', 'He said, "Go."'),
        ("He said,", "“Go.”", "He said, “Go.”"),
        ("He said,", "«Va.»", "He said, «Va.»"),
        ("It cost", "$2,800.", "It cost $2,800."),
        ("It cost", "£40.", "It cost £40."),
        ("Mara", "& Eskil.", "Mara & Eskil."),
        ("It was", "*his* lamp.", "It was *his* lamp."),
        ("It rained.", "— Куда ты?", "It rained. — Куда ты?"),
        ("Dijo:", "¿Adónde?", "Dijo: ¿Adónde?"),
    ],
)
def test_a_blank_that_a_server_left_out_is_put_in(before: str, rest: str, whole: str) -> None:
    assert join(before, rest) == whole
    assert join(before, f" {rest}") == whole


@pytest.mark.parametrize(
    "whole",
    [
        "Dear Mara,\n\nI write in haste.",
        "He read:\n\n“Come home.”",
        "She sang it\n\nHe did not",
        "Roses are red,\nViolets are blue.",
        "Roses are red.\nViolets are blue.",
        "It was over.\n\n* * *\n\nMara wakes.",
        "灯塔\n\n她来了。",
    ],
)
def test_a_break_stays_a_break_wherever_the_text_is_cut_behind_it(whole: str) -> None:
    seam = whole.index("\n")
    for cut in range(seam + 1, len(whole) + 1):
        before = whole_words(whole[:cut])
        assert join(before, whole[len(before.rstrip()) :]) == whole, whole[:cut]


@pytest.mark.parametrize(
    "whole", ["He has 3.5 boats.", "She came at 6 p.m. and left.", "The U.S. coast.", "It is J.R. Stone."]
)
def test_a_full_stop_within_a_word_is_no_seam(whole: str) -> None:
    for cut in range(1, len(whole) + 1):
        before = whole_words(whole[:cut])
        assert join(before, whole[len(before.rstrip()) :]) == whole, whole[:cut]


@settings(max_examples=200, deadline=None)
@given(ENGLISH_PROSE | CHINESE_PROSE, st.data())
def test_no_more_than_one_word_is_given_up(whole: str, data: st.DataObject) -> None:
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    kept = whole_words(cut)
    assert cut.startswith(kept)
    lost = cut[len(kept) :]
    assert len(lost.split()) <= 1
    assert len(UNSPACED_CHAR.findall(lost)) <= 1


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_too_strange_to_be_joined(before: str, rest: str) -> None:
    join(whole_words(before), rest)


STAMP = {"section": "h1", "fits": False}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("partial") / "the-lamp.part"


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(whole=ENGLISH_PROSE | CHINESE_PROSE, size=st.integers(1, 50))
def test_what_had_come_is_found_again(path: Path, whole: str, size: int) -> None:
    partial = Partial(path, STAMP)
    partial.begin("")
    for at in range(0, len(whole), size):
        partial.add(whole[at : at + size])
    assert Partial(path, STAMP).found() == (Begun(whole), "")
    partial.close()
    assert Partial(path, {**STAMP, "fits": True}).found() == (Begun(), whole)


@quick
@given(cut=cuts(ENGLISH_PROSE | CHINESE_PROSE), data=st.data())
def test_what_had_come_of_the_rest_is_found_again_without_a_seam(
    path: Path, cut: tuple[str, str, str], data: st.DataObject
) -> None:
    whole, before, rest = cut
    heard = rest[: data.draw(st.integers(0, len(rest)))]
    partial = Partial(path, STAMP)
    partial.begin(before)
    partial.add(heard)
    partial.close()

    (begun, outdated) = Partial(path, STAMP).found()

    assert (begun.finish, outdated) == ("", "")
    assert whole.startswith(begun.text)
    assert count_words(before + heard) - count_words(begun.text) <= 2


@quick
@given(whole=ENGLISH_PROSE | CHINESE_PROSE, finish=st.sampled_from(["stop", "length", "cut"]))
def test_what_has_ended_is_found_as_it_was_put(path: Path, whole: str, finish: str) -> None:
    Partial(path, STAMP).end(whole, finish)
    assert Partial(path, STAMP).found() == (Begun(whole, finish), "")


def test_a_file_that_ends_within_a_character_is_read_up_to_it(path: Path) -> None:
    partial = Partial(path, STAMP)
    partial.begin("")
    partial.add("盐灯亮了。她")
    partial.close()
    path.write_bytes(path.read_bytes()[:-1])
    assert partial.found() == (Begun("盐灯亮了。"), "")


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        ("", ""),
        ("\n\n", ""),
        ("She climbs the stair. Then she ope", "She climbs the stair.\n\n"),
        ("She climbs the st", ""),
        ("Sure! Here is the missing part:\n\nShe climbs the stair. Th", "She climbs the stair.\n\n"),
    ],
)
def test_of_what_had_come_before_an_ending_whole_sentences_are_kept(path: Path, heard: str, kept: str) -> None:
    partial = Partial(path, STAMP)
    partial.begin("Mara waits.", "The lamp is lit.")
    partial.add(heard)
    partial.close()
    assert partial.found() == (Begun(f"Mara waits.\n\n{kept}The lamp is lit.", "stop"), "")


FRONT: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "stamp": st.sampled_from([STAMP, {}, None, 7]),
        "finish": st.sampled_from(["", "stop", None, 7, []]),
        "before": st.sampled_from([0, 3, -3, 10**9, None, "7", 1.5]),
        "ending": st.sampled_from(["", "The end of it.", None, 7]),
    },
)


@quick
@given(
    data=st.binary(max_size=80)
    | st.builds(lambda front, rest: json.dumps(front).encode() + b"\n" + rest, FRONT, st.binary(max_size=80))
    | st.sampled_from([b"{}", b"[]\n", b"null\n", b"7\n", b"\n", b"\xff\xfe\n", b'{"before": '])
)
def test_no_unfinished_draft_is_too_damaged_to_be_looked_at(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    (begun, outdated) = Partial(path, STAMP).found()
    assert isinstance(begun.text + outdated, str)


def test_nor_is_one_whose_first_line_is_a_tower_of_brackets(path: Path) -> None:
    path.write_bytes(b"[" * 200_000)
    assert Partial(path, STAMP).found() == (Begun(), "")


def test_there_may_be_none(path: Path) -> None:
    path.unlink(missing_ok=True)
    assert Partial(path, STAMP).found() == (Begun(), "")


def test_an_unfinished_draft_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(BookError) as told:
        Partial(tmp_path, STAMP).found()
    assert str(told.value) == f"{tmp_path}: it cannot be read (Is a directory). Check the disk and its rights."
