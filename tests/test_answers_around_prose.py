"""What a model says around a chapter goes, and never the larger part of the chapter with it."""

from __future__ import annotations

import json

import pytest
from first_chapter import IDENTITY, drafted, longer, named
from hypothesis import example, given, settings
from hypothesis import strategies as st
from in_process import Here
from scripted import Scripted, prose

from novelist.language.lookup import codes
from novelist.prose.chatter import leaves_out
from novelist.prose.cleaning import clean, taken_off
from novelist.text import normalise
from novelist.words import count_words

STORY = (
    "Mara waits on the stair until the rain has gone over the harbour.\n\n"
    "It is dark by then, and the lamp that she has brought is the only one.\n\n"
    "Nobody comes, neither from the boats nor from the road behind the hill."
)

# In every language that has a table.
TAKEN_ON = {
    "ar": "بالتأكيد! سأكتب الفصل الآن.",
    "bg": "Разбира се! Ето главата.",
    "ca": "És clar! Aquí tens el capítol.",
    "cs": "Samozřejmě! Tady je kapitola.",
    "da": "Selvfølgelig! Her er kapitlet.",
    "de": "Natürlich! Ich schreibe das Kapitel jetzt.",
    "el": "Βεβαίως! Ορίστε το κεφάλαιο.",
    "en": "Certainly! I’ll write the chapter now.",
    "es": "¡Por supuesto! Voy a escribir el capítulo.",
    "et": "Muidugi! Siin on peatükk.",
    "fa": "البته! در ادامه فصل اول آمده است.",
    "fi": "Toki! Tässä on luku.",
    "fr": "Bien sûr ! Je vais écrire le chapitre.",
    "he": "בשמחה! הנה הפרק.",
    "hi": "ज़रूर! यह रहा अध्याय।",
    "hr": "Naravno! Evo poglavlja.",
    "hu": "Természetesen! Íme a fejezet.",
    "id": "Tentu saja! Berikut adalah bab pertama.",
    "is": "Auðvitað! Hér er kaflinn.",
    "it": "Certamente! Scriverò il capitolo.",
    "ja": "承知いたしました。それでは第一章を書きます。",
    "ko": "알겠습니다. 다음은 첫 장입니다.",
    "lt": "Žinoma! Štai skyrius.",
    "lv": "Protams! Šeit ir nodaļa.",
    "nl": "Natuurlijk! Hier is het hoofdstuk.",
    "no": "Selvfølgelig! Her er kapittelet.",
    "pl": "Oczywiście! Oto rozdział.",
    "pt": "Claro! Aqui está o capítulo.",
    "ro": "Desigur! Iată capitolul.",
    "ru": "Конечно! Вот глава.",
    "sk": "Samozrejme! Tu je kapitola.",
    "sl": "Seveda! Tukaj je poglavje.",
    "sv": "Självklart! Här är kapitlet.",
    "th": "แน่นอนค่ะ! นี่คือบทที่ 1",
    "tr": "Elbette! İşte bölüm.",
    "uk": "Звичайно! Ось розділ.",
    "vi": "Chắc chắn rồi! Đây là chương một.",
    "zh": "好的！我现在开始写本章。",
}


def test_there_is_a_remark_in_every_language_with_a_table() -> None:
    assert sorted(TAKEN_ON) == [*codes()]


@pytest.mark.parametrize("remark", TAKEN_ON.values(), ids=TAKEN_ON)
def test_a_remark_above_a_chapter_is_no_part_of_it_in_any_language(remark: str) -> None:
    assert clean(f"{remark}\n\n{STORY}", "The Bottle") == STORY
    assert clean(f"{remark}\n\n## Chapter 1: The Bottle\n\n{STORY}", "The Bottle") == STORY


OVER = [
    *(
        "نهاية الفصل 1",
        "Край на глава 1",
        "Fi del capítol 1",
        "Konec kapitoly 1",
        "Slut på kapitel 1",
        "Ende von Kapitel 1",
    ),
    *("Τέλος κεφαλαίου", "End of Chapter One", "Fin del capítulo uno", "Peatüki lõpp", "پایان فصل", "Luvun loppu"),
    *("Fin du chapitre", "סוף פרק", "अध्याय समाप्त", "Kraj poglavlja", "Folytatása következik", "Akhir bab 1"),
    *(
        "Endir kafla",
        "Fine del capitolo",
        "第一章 了",
        "제1장 끝",
        "Skyriaus pabaiga",
        "Nodaļas beigas",
        "Einde hoofdstuk 1",
    ),
    *("Slutt på kapittel 1", "Koniec rozdziału", "Fim do capítulo 1", "Sfârșitul capitolului", "Конец главы"),
    *("Koniec kapitoly", "Konec poglavja", "จบบท", "Bölüm sonu", "Кінець розділу", "Hết chương 1", "第一章完"),
]


@pytest.mark.parametrize("over", OVER)
def test_a_line_that_says_the_chapter_is_over_is_no_part_of_it_in_any_language(over: str) -> None:
    assert clean(f"{STORY}\n\n[{over}]", "The Bottle") == STORY
    assert clean(f"{STORY}\n\n— {over} —", "The Bottle") == STORY


ABOVE = [
    "Certainly! I'll write the chapter now.",
    "I'd be happy to continue your story! Here it is:",
    "Sure thing! Here's the next part of your story:",
    "Gerne! Ich schreibe jetzt das Kapitel.",
    "Claro! Aqui está o capítulo que você pediu.",
    "Certamente! Ecco il capitolo.",
    "はい、それでは第一章を書きます。",
    "네, 알겠습니다. 다음은 첫 장입니다.",
    "Oczywiście! Oto rozdział.",
    "(Word target: 120-200)",
    "Title: The Bottle",
    "# The Salt Lamp",
    "# Part One",
    "# The Salt Lamp\n\n## Part One: The Coast",
    "---",
]
HEADINGS = ["## Chapter 1: The Bottle", "**Chapter One**", "## 1. The Bottle", "# The Bottle", "**The Bottle**"]
HEADINGS += ["Rozdział 1", "제1장", "第1話 瓶", "Kapitel 1"]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("above", ABOVE)
def test_a_chapter_is_whole_below_its_own_heading_and_what_stands_above_that(above: str, heading: str) -> None:
    assert clean(f"{above}\n\n{heading}\n\n{STORY}", "The Bottle") == STORY


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize(
    "epigraph",
    [
        "*All water remembers.*\n\n*A song of the coast*",
        "Let me go down to the sea again,\n\nto the lonely sea and the sky.",
        "“I will show you fear in a handful of dust.”",
        "> Here is the sea.",
        "Claro como la luna.",
        "I will arise and go now",
        "Sure of the tide, she waits.",
    ],
)
def test_an_epigraph_above_the_heading_stays(epigraph: str, heading: str) -> None:
    assert clean(f"{epigraph}\n\n{heading}\n\n{STORY}", "The Bottle") == f"{epigraph}\n\n{STORY}"


@pytest.mark.parametrize(
    "below",
    [
        "[1,980 words]",
        "**Total words: 1980**",
        "（字数：3012字）",
        "— End of Chapter One —",
        "~ End of Chapter 1 ~",
        "<!-- end of chapter -->",
        "[CHAPTER COMPLETE]",
        "【本章完】",
        "(OOC: tell me if that was too dark.)",
        "---\n\n**Notes:** Mara is still alone.",
        "---\n\n**Chapter summary:** Mara waits.",
        "---\n\n**Key elements included:**\n- the lamp\n- the rain",
        "### Continuity notes\n\n- It is autumn.",
    ],
)
def test_what_a_model_notes_below_a_chapter_is_no_part_of_it(below: str) -> None:
    assert clean(f"{STORY}\n\n{below}", "The Bottle") == STORY


@pytest.mark.parametrize(
    "below",
    [
        "**Note:** she had written, and nothing else. " + "It rained on the ink. " * 20,
        "— End of the road, he said.",
        "“End of chapter one,” she said.",
        "[CLOSED]",
    ],
)
def test_what_only_looks_like_a_note_stays(below: str) -> None:
    assert clean(f"{STORY}\n\n{below.strip()}", "The Bottle") == f"{STORY}\n\n{below.strip()}"


@pytest.mark.parametrize(
    "answer",
    [
        STORY.replace("\n", r"\n"),
        f"```\n{STORY}\n```\n\nThis chapter shows how alone she is.",
        f"~~~text\n{STORY}\n~~~",
        f'"""\n{STORY}\n"""',
        f'"""{STORY}"""',
        f"<chapter>\n{STORY}\n</chapter>",
        f'<story lang="en">{STORY}</story>',
        f"<answer>\n{STORY}",
        f"{STORY}\n</output>",
        f"<TheText>{STORY}</TheText>",
        f"[CHAPTER]\n{STORY}\n[/CHAPTER]",
        f"Certainly! Here is the chapter:\n\n<chapter>\n## Chapter 1\n\n{STORY}\n</chapter>\n\n[1,980 words]",
        "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n")),
        "<div>" + "\n".join(f'<p class="a">\n{paragraph}\n</p>' for paragraph in STORY.split("\n\n")) + "</div>",
        f"---\ntitle: The Bottle\nword_count: 40\n---\n\n{STORY}",
        f"assistant\n\n{STORY}",
        f"### Response:\n{STORY}",
        f"{STORY}\n\n### Instruction:\nWrite the next chapter.",
        json.dumps({"chapter": STORY}),
        json.dumps({"title": "The Bottle", "text": STORY}),
    ],
)
def test_markup_around_a_chapter_is_no_part_of_it(answer: str) -> None:
    assert clean(answer, "The Bottle") == STORY


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&quot;No,&quot; she said &mdash; it&#39;s late&hellip;", '"No," she said — it\'s late…'),
        ("Salt&nbsp;&amp;&nbsp;Lamp", "Salt\xa0&\xa0Lamp"),
        ("1 &lt; 2", "1 &lt; 2"),
        ("Fish&chips; and &#0; and &nosuch;", "Fish&chips; and &#0; and &nosuch;"),
        (r"The label says C:\new, in ink.", r"The label says C:\new, in ink."),
    ],
)
def test_entities_are_the_characters_that_they_stand_for(written: str, read: str) -> None:
    assert clean(f"{written}\n\n{STORY}") == f"{read}\n\n{STORY}"


@pytest.mark.parametrize(
    "text",
    [
        f"“<scene>,” he typed.\n\n{STORY}",
        f"She writes:\n\n```\nCome home.\n```\n\n{STORY}",
        f"```\nCome home.\n```\n\n{STORY}\n\n{STORY} {STORY}",
        f"---\nFrom: Mara\nTo: Eskil\n---\n\n{STORY}",
        f"[Mara, at the window]\n\n{STORY}",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert clean(text, "The Bottle").endswith(text[-40:])
    assert count_words(clean(text, "The Bottle")) == count_words(normalise(text.removeprefix("---\n")))


def test_a_second_chapter_that_is_longer_than_the_first_is_not_cut_away() -> None:
    text = f"Mara waits.\n\n## Chapter 2\n\n{STORY}\n\n{STORY}"
    assert count_words(clean(text * 3, "The Bottle")) > count_words(text)


PARAGRAPHS = STORY.split("\n\n")
LINES = [*ABOVE, *HEADINGS, *PARAGRAPHS, "", "```", "***", "THE END", "## Chapter 2", "[End of Chapter 1]"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=12))
@example(["```", *ABOVE[:1] * 3, "```", *PARAGRAPHS[2:]])
@example(["```", *ABOVE[:1] * 3, *PARAGRAPHS[:1], "```", *PARAGRAPHS[1:]])
def test_the_larger_part_of_what_is_prose_is_never_taken_off(lines: list[str]) -> None:
    text = "\n\n".join(lines)
    prose = clean(text, "The Bottle")
    story = [line for line in lines if line in PARAGRAPHS]
    assert 2 * sum(line in prose for line in story) >= len(story)
    assert all(line not in PARAGRAPHS or prose for line in taken_off(text, prose))


ENDINGS = [
    "— Mara",
    "~ E. H.",
    "Your brother,\nEskil",
    "Eskil Halden",
    "03:17",
    "12:04 a.m., 7 May",
    "CLOSED",
    "*the sea forgets nothing*",
    "“Nobody”",
    "[no signal]",
    "🌊",
    "✦",
    "the lamp\nthe stair\nthe sea",
    "灯火\n海",
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_chapter_may_end_with_a_line_that_is_no_sentence(here: Here, server: Scripted, ending: str) -> None:
    server.on("chapter:1", f"{prose(50, 999)}\n\n{ending}")
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == f"{prose(50, 999)}\n\n{ending}"
    assert server.tasks.count("chapter:1") == 1


def test_a_last_line_that_may_be_broken_off_is_believed_where_the_model_says_twice_that_it_is_over(
    here: Here, server: Scripted
) -> None:
    server.on("chapter:1", f"{prose(50, 999)}\n\nYour brother", "")
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == f"{prose(50, 999)}\n\nYour brother"


def test_what_is_taken_off_an_answer_is_told_and_in_history_whole(here: Here, server: Scripted) -> None:
    answer = f"Certainly! I'll write the chapter now.\n\n## Chapter 1: The Lamp\n\n{prose(50, 999)}\n\n[1,980 words]"
    server.on("chapter:1", answer)
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == prose(50, 999)
    (kept,) = (here.root / f".novelist/history/{IDENTITY}/answers").iterdir()
    assert kept.read_text(encoding="utf-8") == answer
    assert named(ran.out)[-1] == (
        "chapter:01   drafted: The Lamp of Day 1, 50 words, without 2 lines around it "
        f"(the answer is in .novelist/history/{IDENTITY}/answers/TIME.md)"
    )


def test_a_line_in_the_place_of_prose_is_gone_on_from(here: Here, server: Scripted) -> None:
    server.on("chapter:1", f"{prose(20, 999)}\n\n[Continue the scene here…]", prose(30, 998))
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == f"{prose(20, 999)} {prose(30, 998)}"


@pytest.mark.parametrize(
    "line",
    [
        "(The rest of the chapter would follow in the same manner.)",
        "[Due to length, I'll continue in the next message]",
        "[Remaining scenes of the chapter omitted for brevity]",
        "[Fortsetzung der Szene]",
        "（以下省略）",
        "[Suite de la scène]",
    ],
)
def test_a_line_in_brackets_may_stand_in_the_place_of_prose(line: str) -> None:
    assert leaves_out(line)


def test_a_line_in_the_place_of_prose_within_a_chapter_is_asked_for_again(here: Here, server: Scripted) -> None:
    line = "[The rest of the scene follows here.]"
    server.on("chapter:1", f"{prose(20, 999)}\n\n{line}\n\n{prose(30, 998)}", prose(50, 997))
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == prose(50, 997)
    assert f"an answer is not taken: it leaves out prose (“{line}”)" in ran.out


@pytest.mark.parametrize(
    "talk",
    [
        "Before I write, could you tell me more about Mara?",
        "You have reached your daily limit. Please upgrade.",
        "Bevor ich beginne: Welchen Ton wünschst du dir?",
        "Nothing else is known.",
    ],
)
def test_talk_is_no_chapter_and_is_asked_for_once_more_only(here: Here, server: Scripted, talk: str) -> None:
    longer(here)
    server.on("chapter:1", talk, talk)
    ran = here.doit("chapter:01")
    assert ran.status == 1
    assert server.tasks.count("chapter:1") == 2
    assert f"chapter:01   failed: no answer could be taken: it is no chapter: “{talk}”." in ran.out


def test_a_short_chapter_that_tells_its_section_is_one(here: Here, server: Scripted) -> None:
    longer(here)
    server.on("chapter:1", "The lamp is lit.", *[""] * 3)
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == "The lamp is lit."


def test_an_answer_that_is_mostly_another_chapter_is_asked_for_again_and_kept(here: Here, server: Scripted) -> None:
    longer(here)
    server.on("chapter:1", f"{prose(250, 999)}\n\n## Chapter 2\n\n{prose(300, 998)}", prose(350, 997))
    ran = here.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert drafted(here) == prose(350, 997)
    assert "an answer is not taken: it goes on into another chapter. It is in " in ran.out
