"""Summaries are held against their chapter: what no text before them has is asked for once more, or marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from finished import C1, S1, S2, finish, hold, lines
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here, body
from scripted import Reply, Request, Scripted, refusal
from shelf import NOVELS, with_novels

from novelist.book.frontmatter import parse
from novelist.book.paths import KEYS
from novelist.drafting.profile import EMBEDDED, SERVED, SHIPPED
from novelist.language import lookup
from novelist.prose.evidence import Doubts, Sources, alike

CHAPTER = (
    "On 14 August Mara Voss went down to the Glassworks. “Keep the salt lamp burning,” Eskil had said, and he was "
    "thirty-one then. She was not. Mr. Odile gave her two hundred crowns at a quarter past five in the afternoon."
)
UNTRUE = "Anna finds the lamp in 1931."


def missing(summary: str, *texts: str, language: str = "en") -> tuple[str, ...]:
    return Sources(texts or [CHAPTER], language).doubts(summary).missing


@pytest.mark.parametrize(
    "summary",
    [
        "Mara goes to the Glassworks. Eskil is 31; Odile pays 200 crowns at 17:15, on the 14th of August.",
        "Voss's lamp burns. M. Voss keeps the “salt lamp”. Determined and alone, she leaves.",
        "She counts three reasons, and twelve steps.\n\nFacts:\n- Mara: at the Glassworks\n- The lamp: burning",
        "He told her: “Keep … burning”. Mr. Odile knows.\n\n- ?The letter: planted 17, due 31",
        "As chapter 24 said, she keeps it.",
    ],
)
def test_a_true_summary_has_nothing_that_is_unsure(summary: str) -> None:
    assert Sources([CHAPTER], "en").doubts(summary) == Doubts()


@pytest.mark.parametrize(
    ("summary", "unsure"),
    [
        ("She meets Anna.", ["Anna"]),
        ("Anna leaves.\n\nFacts:\n- Anna: gone", ["Anna"]),
        ("She was born in 1932, forty years before.", ["1932", "forty"]),
        ("At 23:40 she leaves.", ["23:40"]),
        ("He calls it the “glass heart”.", ["“glass heart”"]),
        ("She asks Mrs. Holm and Mr. Odile.", ["Holm"]),
    ],
)
def test_what_no_text_has_is_unsure(summary: str, unsure: list[str]) -> None:
    assert list(missing(summary)) == unsure


@pytest.mark.parametrize(
    ("language", "chapter", "true", "untrue"),
    [
        (
            "ru",
            "Мара пришла к Эскилу в Париж тридцать лет спустя.",
            "Мару ждёт у парижского Эскил. Прошло 30 лет.",
            "С ней Анна.",
        ),
        (
            "de",
            "Mara stand am Turm. Eskil war fünfundzwanzig.",
            "Frau Mara sah ihr Schicksal. Eskil ist 25.",
            "Sie sah Frau Holm.",
        ),
        ("fi", "Mara kulki Helsingistä Aholle.", "Hän lähtee Aholta, ja Mara Helsinkiin.", "Hän näki Annan."),
        ("fr", "L'ami de d'Artagnan avait vingt-deux ans.", "Il voit d'Artagnan, qui a 22 ans.", "Il voit Aramis."),
        ("zh", "玛拉在一九三一年说：「盐灯不灭」。她三十七岁。", "1931年玛拉37岁，「盐灯」不灭。", "1932年她走了。"),
        ("ja", "まらは「塩の灯」を見た。三十七歳だった。", "37歳のまらは「塩の灯」を見る。", "「硝子の心」を見た。"),
    ],
)
def test_names_and_numbers_are_found_in_all_their_forms(language: str, chapter: str, true: str, untrue: str) -> None:
    assert missing(true, chapter, language=language) == ()
    assert len(missing(untrue, chapter, language=language)) == 1


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        ("en", "In this passage I've woven the storm and the lamp together."),
        ("en", "The chapter describes how Mara waits."),
        ("de", "Das Kapitel beschreibt, wie Mara wartet."),
        ("fr", "Dans ce chapitre, Mara attend."),
        ("ru", "В этой главе Мара ждёт."),
        ("zh", "本章描写了玛拉。"),
        ("de", "This chapter describes Mara."),
    ],
)
def test_talk_about_the_text_is_unsure_in_each_language(language: str, summary: str) -> None:
    assert Sources(["Mara, Мара, 玛拉"], language).doubts(summary).talk


def test_what_the_chapter_itself_says_of_a_text_is_no_talk() -> None:
    read = "She read on: in this chapter the saint is burnt."
    assert Sources([read], "en").doubts("The saint is burnt in this chapter of her book.") == Doubts()


@given(st.text(max_size=200), st.sampled_from(lookup.codes()))
def test_whatever_a_text_says_it_says_it_itself(text: str, language: str) -> None:
    assert Sources([text], language).doubts(text) == Doubts()


@given(st.text("abcй", min_size=1, max_size=8), st.text("abcй", min_size=1, max_size=8), st.booleans())
def test_two_forms_are_alike_whichever_comes_first(one: str, other: str, one_form: bool) -> None:  # noqa: FBT001
    assert alike(one, other, one_form=one_form) == alike(other, one, one_form=one_form)


@with_novels
def test_true_summaries_of_two_novels_hold_and_those_of_other_chapters_do_not() -> None:
    kept = json.loads(Path(__file__).with_name("true_summaries.json").read_text(encoding="utf-8"))
    novels = {name: json.loads((NOVELS / f"{name}.novel_state.json").read_bytes()) for name in kept}
    chapters = {name: [chapter["content"] for chapter in novel["chapters"]] for name, novel in novels.items()}
    for name, summaries in kept.items():
        other = next(each for each in kept if each != name)
        for number, summary in summaries.items():
            assert Sources([chapters[name][int(number) - 1]], "en").doubts(summary) == Doubts(), (name, number)
            assert len(missing(summary, chapters[other][int(number) - 1])) > 1, (name, number)


def unsure(here: Here, name: str) -> object:
    return parse((here / name).read_text(encoding="utf-8"), KEYS).front.get("unsure")


def again(here: Here, server: Scripted, *answers: str) -> None:
    """Have the summary of chapter 1 written anew, by these answers in turn."""
    finish(here, server)
    (here / S1).unlink()
    here.run("rm", "-r", ".novelist/history/the-bottle/summary")
    left = list(answers)
    book = server.script
    server.script = lambda request: Reply(left.pop(0)) if request.task == "summary:1" else book(request)


def asked(server: Scripted) -> list[Request]:
    return [request for request in server.requests if request.task == "summary:1"]


def test_a_summary_with_much_that_is_unsure_is_asked_for_once_more(here: Here, server: Scripted) -> None:
    again(here, server, UNTRUE.replace("Anna finds", "With Anna Mara finds"), "Mara finds a bottle.")
    hold(server, "2 3 4 5")

    ran = here.doit("summary:01")

    assert ran.status == 0, ran.err
    first, second = asked(server)
    assert "Neither this text nor any before it has Anna, 1931. Say only what they say." in second.prompt
    assert "Neither" not in first.prompt
    assert body((here / S1).read_text(encoding="utf-8")) == "Mara finds a bottle."
    assert unsure(here, S1) is None
    assert "summary:1: an answer is not taken: no text before it has Anna, 1931." in ran.out + ran.err


def test_the_better_of_two_unsure_summaries_is_taken_and_marked(here: Here, server: Scripted) -> None:
    again(here, server, "Mara meets Anna in 1931.", "Mara meets Anna, Berta and Carla in 1931.")

    ran = here.doit("summary:01")

    assert len(asked(server)) == 2
    assert body((here / S1).read_text(encoding="utf-8")) == "Mara meets Anna in 1931."
    assert unsure(here, S1) == "Anna, 1931"
    assert "drafted: 5 words, unsure: Anna, 1931" in ran.out
    assert here.doit("summary:01").status == 0
    assert len(asked(server)) == 2


def test_one_thing_that_is_unsure_costs_no_second_call(here: Here, server: Scripted) -> None:
    again(here, server, "Mara meets Anna.")
    assert here.doit("summary:01").status == 0
    assert len(asked(server)) == 1
    assert unsure(here, S1) == "Anna"


def test_an_unsure_answer_is_taken_where_no_other_is_better_than_none(here: Here, server: Scripted) -> None:
    again(here, server, "Mara meets Anna in 1931.", *2 * ["Mara waits at the door until the ferry comes.\n" * 3])
    assert here.doit("summary:01").status == 0
    assert body((here / S1).read_text(encoding="utf-8")) == "Mara meets Anna in 1931."
    assert unsure(here, S1) == "Anna, 1931"


def test_a_new_summary_takes_the_mark_away_and_one_from_history_brings_it_back(here: Here, server: Scripted) -> None:
    again(here, server, "Mara meets Anna.")
    here.doit("summary:01")
    marked = (here / S1).read_text(encoding="utf-8")
    here.edit(
        C1,
        "\n---\n\n",
        "\n---\n\nMine. ",
    )
    server.on("summary:1", "Mara finds a bottle.")
    here.doit("summary:01")
    assert unsure(here, S1) is None

    here.edit(
        C1,
        "\n---\n\nMine. ",
        "\n---\n\n",
    )
    here.doit("summary:01")
    assert unsure(here, S1) == "Anna"
    assert body((here / S1).read_text(encoding="utf-8")) == body(marked)


def test_status_and_lint_say_what_is_unsure_until_it_is_accepted_or_edited(here: Here, server: Scripted) -> None:
    again(here, server, "Mara meets Anna.")
    here.doit("summary:01")

    status = here.novelist("status").out
    assert f"1 summary has what no text before it has:\n{S1}:3: Anna\n" in status
    assert json.loads(here.novelist("status", "--json").out)["unsure"] == [
        {"task": "summary:01", "path": S1, "line": 3, "what": "Anna"}
    ]
    finding = f"{S1}:3: summary:01 has what no text before it has: Anna [unsure, maybe]"
    assert finding in lines(here.novelist("lint").out)

    assert "is kept as it is" in here.novelist("accept", "summary:01").out
    assert unsure(here, S1) is None
    assert "unsure" not in here.novelist("lint").out
    assert here.doit("summary:01").status == 0
    assert len(asked(server)) == 1
    assert unsure(here, S2) is None


def test_an_unsure_answer_is_taken_where_the_server_fails_behind_it(here: Here, server: Scripted) -> None:
    again(here, server, "Mara meets Anna in 1931.")
    answer = server.script
    server.script = lambda request: answer(request) if len(asked(server)) == 1 else refusal(401, "invalid_api_key")
    assert here.doit("summary:01").status == 0
    assert unsure(here, S1) == "Anna, 1931"


def test_the_embedded_model_is_not_asked_again() -> None:
    assert SERVED.held
    assert not EMBEDDED.held
    assert not SHIPPED.held
