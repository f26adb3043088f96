"""What a chapter's task says beside what happens in it, as an editor would say it."""

from __future__ import annotations

import re

import pytest
from finished import C2, C3, C4, finish
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from in_process import Here, body
from scripted import Request, Scripted

from novelist.drafting import assignment
from novelist.language import lengths, lookup
from novelist.prose import worn
from novelist.prose.edges import Edges, edges, passages

SECTION = """\
Mara walks to the Glassworks with Eskil.

POV: Mara
Where, when: the Glassworks, in the first snow
Opens: who sent the bottle
Closes: the debt of the ferry
"""
STANDING = [
    "- Mara: at the shore; has the bottle; knows Eskil has a brother",
    "- Eskil: on the ferry; knows the lamp was sold; knows that Mara lied; knows of Eskil's brother",
    "- ?The debt of the ferry: planted 1; due 2",
    "- ?The letter: planted 1; due 2",
    "- ?The lamp: planted 2; due 9",
]


@pytest.fixture
def finished(here: Here, server: Scripted) -> Here:
    """A finished book of five chapters."""
    return finish(here, server)


def asked(server: Scripted, task: str) -> Request:
    """Return the last request for a task."""
    return next(request for request in reversed(server.requests) if request.task == task)


def task(request: Request) -> str:
    """Return the task that a prompt ends with."""
    return request.prompt.rpartition("# Your task\n\n")[2]


def test_a_book_that_says_nothing_of_it_has_a_short_task(here: Here, server: Scripted) -> None:
    assert here.doit("chapter:01").status == 0
    assert task(asked(server, "chapter:1")) == (
        'Write chapter 1 of 5, "The Lamp of Day 1", in 40-60 words. This happens in it:\n\n'
        "On day 1 Mara finds a bottle. She takes it to Eskil.\n\n"
        "Honour what the story bible says of Mara Halden, Eskil, Rules of this world, Style and voice.\n\n"
        "Tell it in one to three scenes, as what happens asks, whole, from the first sentence to the last, and nothing "
        "of the chapters after it. Write only the prose."
    )


def test_point_of_view_and_place_come_from_the_lines_of_the_section(finished: Here, server: Scripted) -> None:
    finished.edit("outline.md", "Mara walks to the Glassworks with Eskil.", SECTION.strip())
    finished.edit("summaries/01-the-bottle.md", "\n---\n", "\n---\n\n")
    summary = finished.summary(1)
    facts = "\n".join(line for line in STANDING if "?" not in line)
    summary.write_text(f"Mara found a bottle.\n\nFacts:\n\n{facts}\n- ?The letter: planted 1, due 2\n")
    (finished / C2).unlink()
    (finished / C3).unlink()
    assert finished.doit("chapter:03").status == 0
    told = task(asked(server, "chapter:2"))
    assert "Let the place and the time be known within the first lines, in passing.\n" in told
    assert "What the plan closes is settled on the page; what it opens stays open.\n" in told
    assert "as a scene" not in told
    other = task(asked(server, "chapter:3"))
    assert "- the lamp was sold (known to Eskil)" not in other  # it has no point of view
    assert "Still open, and due by now: The letter (planted 1; due 2).\n" in other


def test_what_only_others_know_is_not_known_to_the_person() -> None:
    said = assignment.of_section(SECTION, "en", 2, STANDING)
    assert (said.person, said.placed, said.opens, said.closes) == ("Mara", True, True, True)
    assert said.unknown == ["the lamp was sold (known to Eskil)"]
    assert said.due == ["The letter (planted 1; due 2)"]


@pytest.mark.parametrize("pov", ["", "POV: omniscient", "POV: Mara and Eskil", "POV: Joel"])
def test_without_one_person_whose_eyes_they_are_nothing_is_said_of_what_is_known(pov: str) -> None:
    said = assignment.of_section(f"They walk.\n\n{pov}\n", "en", 2, STANDING)
    assert (said.person, said.unknown) == ("", ())


def test_lines_and_facts_in_another_language_are_read() -> None:
    standing = ["- Мара: на берегу", "- Эскил: на пароме; знает, что лампа продана"]
    pov = lookup.table("ru").section_lines["pov"][0]
    said = assignment.of_section(f"Они идут.\n\n{pov}: Мара\n", "ru", 2, standing)
    assert said.person == "Мара"
    assert len(said.unknown) == 1
    assert said.unknown[0].endswith("лампа продана (known to Эскил)")


def test_the_first_and_last_sentences_of_five_chapters_are_shown(finished: Here, server: Scripted) -> None:
    (finished / C4).unlink()
    assert finished.doit("chapter:04").status == 0
    told = task(asked(server, "chapter:4"))
    assert "Open and end otherwise than the chapters before, which did it so:\n\n- 1 opens: " in told
    for number in (1, 2, 3):
        text = body(finished.chapter(number).read_text())
        sentences = re.split(r"\.\s+", text.rstrip("."))
        first, last = sentences[0], sentences[-1]
        assert f"- {number} opens: {first}. | ends: {last}.\n" in told


def test_sentences_of_headings_are_none_and_long_ones_are_clipped() -> None:
    texts = {1: "## One\n\n*Rain.* It fell.\n\nHe left.", 2: f"{'very ' * 60}long.", 3: "* * *\n"}
    ends = edges(texts)
    assert ends[1] == Edges("Rain.", "He left.")
    assert ends[2].opening == f"{('very ' * 32).strip()} …"
    assert 3 not in ends


def test_a_redraft_sees_what_it_was_and_how_the_next_one_begins(finished: Here, server: Scripted) -> None:
    first, last = body((finished / C3).read_text()), body((finished / C4).read_text())
    finished.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    assert finished.doit("chapter:03").status == 0
    prompt = asked(server, "chapter:3").prompt
    shown = prompt[prompt.index("# The chapter as it was") : prompt.index("# Your task")]
    assert shown.startswith(
        f"# The chapter as it was\n\n{first}\n\n# Its seams\n\n"
        f"Chapter 4 stays as it is, and begins:\n\n{last.partition('.')[0]}."
    )
    asks = task(asked(server, "chapter:3"))
    assert "Take over of it, word for word, what the plan still allows; only what has to be otherwise is new.\n" in asks
    assert "the end leads to where chapter 4 begins.\n" in asks


def test_of_a_chapter_that_its_author_gives_back_only_the_seams_are_shown(finished: Here, server: Scripted) -> None:
    first = body((finished / C3).read_text())
    assert finished.novelist("release", "3").status == 0
    assert finished.doit("chapter:03").status == 0
    prompt = asked(server, "chapter:3").prompt
    assert f"# Its seams\n\nBefore, it began:\n\n{first.partition('.')[0]}." in prompt
    assert "# The chapter as it was" not in prompt
    assert first not in prompt


def test_a_next_chapter_that_is_to_be_drafted_again_is_not_shown(finished: Here, server: Scripted) -> None:
    finished.edit("outline.md", "Mara lights the lamp.", "Mara breaks the lamp.")
    finished.edit("outline.md", "Eskil rows Mara to the Glassworks.", "Eskil rows Mara home.")
    assert finished.doit("chapter:03").status == 0
    prompt = asked(server, "chapter:3").prompt
    assert "# The chapter as it was" in prompt
    assert "stays as it is" not in prompt


def test_the_first_draft_of_a_book_has_no_seams(here: Here, server: Scripted) -> None:
    assert here.doit().status == 0
    assert not [request for request in server.requests if "# Its seams" in request.prompt]


PHRASE = "Her breath caught somewhere in her throat."


def pages(count: int, more: str) -> list[str]:
    """Return chapters that have nothing in common but their commonest words, and `more`."""
    usual = " ".join(f"Q{chr(97 + at % 26)}{at}." for at in range(worn.COMMONEST)) * 2
    return [
        f"{usual} "
        + " ".join(f"The {chr(97 + at % 26)}{n}word of the {chr(97 + at % 26)}{n}thing was in her." for at in range(26))
        + f"\n\n{more}\n"
        for n in range(count)
    ]


def phrases(texts: list[str], language: str = "en", names: tuple[str, ...] = (), section: str = "") -> list[str]:
    """Return what is worn out in texts."""
    return worn.worn([worn.read(text, language) for text in texts], names, section, "")


def test_a_phrase_that_three_chapters_say_is_worn_out() -> None:
    text = f"She stood still and listened long. {PHRASE} She went on walking and never turned back, for all of that."
    assert phrases(pages(2, text)) == []
    assert "breath caught somewhere in her throat" in phrases(pages(3, text))


@pytest.mark.parametrize(
    "text",
    [
        f"“{PHRASE}”",
        f"*{PHRASE}*",
        PHRASE,  # a line of its own in many chapters is a refrain
        "Then the breath of Harwich caught in her throat, as it always did when nothing else was there to be done.",
    ],
    ids=["said", "set off", "a refrain", "with a name"],
)
def test_what_is_no_wear_is_left_alone(text: str) -> None:
    assert [phrase for phrase in phrases(pages(4, text)) if "breath caught" in phrase or "harwich" in phrase] == []


def test_what_the_section_or_a_name_says_is_never_forbidden() -> None:
    text = f"She stood still and listened long. {PHRASE} She went on walking and never turned back, for all of that."
    assert "breath caught somewhere in her throat" in phrases(pages(4, text))
    assert not [each for each in phrases(pages(4, text), section="A breath is caught.") if "breath" in each]
    assert not [each for each in phrases(pages(4, text), names=("The Throat",)) if "throat" in each]


def test_characters_have_phrases_too() -> None:
    text = "她站在那里听了很久。她的呼吸卡在喉咙里。她继续往前走，再也没有回头，一直走到了海边的那座灯塔下面去。"
    usual = "了。" * 5 + "".join(f"{chr(0x9000 + at)}。" for at in range(worn.COMMONEST)) * 2
    texts = [f"{usual}{text}\n{''.join(chr(0x4E00 + n * 200 + at) for at in range(150))}。" for n in range(4)]
    shown = phrases(texts, "zh")
    assert shown
    assert all(6 <= len(phrase) <= 12 for phrase in shown)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text("ab cd.“”\n—*é漢字", max_size=200), max_size=6), st.sampled_from(["en", "zh", "de", "xx"]))
def test_any_text_has_at_most_twelve_phrases(texts: list[str], language: str) -> None:
    assert len(phrases(texts, language)) <= worn.MOST_WORN
    edges(dict(enumerate(texts)))
    for text in texts:
        passages(text)
        assignment.of_section(text, language, 3, text.split("\n"))


@pytest.mark.parametrize(
    ("code", "name", "unit"),
    [
        ("ru", "Russian (ru)", "words"),
        ("pt-BR", "Portuguese (pt-BR)", "words"),
        ("zh", "Chinese (zh)", "characters"),
        ("ja", "Japanese (ja)", "characters"),
        ("ko", "Korean (ko)", "words"),
        ("Klingon", "Klingon", "words"),
    ],
)
def test_a_language_goes_by_its_name_and_its_count(code: str, name: str, unit: str) -> None:
    assert (assignment.language_name(code), lengths.unit(code)) == (name, unit)


def test_a_chinese_chapter_is_asked_for_in_characters(here: Here) -> None:
    here.edit("premise.md", "language: en", "language: zh")
    prompt = here.novelist("brief", "1").out if here.doit("outline").status == 0 else ""
    assert "You write in Chinese (zh)." in prompt
    assert "in 40-60 characters. This happens in it:" in prompt
