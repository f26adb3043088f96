"""In which tense a chapter is told is plain from the chapters before it, and is said where no voice says it."""

from __future__ import annotations

import re

import pytest
from in_process import Here
from scripted import Reply, Request, Scripted, prose, write_book

from novelist.prose.tense import FEWEST, tense

TOLD = {
    "en": ("Mara was at the quay, and the lamp had gone out.", "Mara is at the quay, and the lamp has a crack."),
    "de": ("Mara war am Kai, und die Lampe hatte einen Riss.", "Mara ist am Kai, und die Lampe hat einen Riss."),
    "fr": ("Mara était au quai ; la lampe avait une fêlure.", "Mara est au quai ; la lampe a une fêlure."),
    "es": ("Mara estaba en el muelle; había niebla.", "Mara está en el muelle; hay niebla."),
    "it": ("Mara era al molo, e la lampada aveva una crepa.", "Mara è al molo, e la lampada ha una crepa."),
    "pt": ("Mara estava no cais, e a lâmpada tinha uma fenda.", "Mara está no cais, e a lâmpada tem uma fenda."),
    "nl": ("Mara was op de kade, en de lamp had een barst.", "Mara is op de kade, en de lamp heeft een barst."),
    "sv": ("Mara var på kajen, och lampan hade en spricka.", "Mara är på kajen, och lampan har en spricka."),
    "da": ("Mara var på kajen, og lampen havde en revne.", "Mara er på kajen, og lampen har en revne."),
    "no": ("Mara var på kaia, og lampa hadde en sprekk.", "Mara er på kaia, og lampa har en sprekk."),
    "pl": ("Mara była na nabrzeżu, a lampa miała rysę.", "Mara jest na nabrzeżu, a lampa ma rysę."),
}


@pytest.mark.parametrize("language", TOLD)
def test_a_text_is_told_in_the_tense_of_its_verbs(language: str) -> None:
    past, present = TOLD[language]
    assert tense(f"{past} " * FEWEST, language) == "past"
    assert tense(f"{present} " * FEWEST, language) == "present"
    assert tense(f"{past} {present} " * FEWEST, language) == ""
    assert tense(past, language) == ""


@pytest.mark.parametrize("speech", ["“{}”", '"{}"', "«{}»", "„{}“", "\n— {}\n", "\n– {}\n"])
def test_what_is_said_aloud_has_no_say_in_it(speech: str) -> None:
    past, present = TOLD["en"]
    assert tense(f"{past} {speech.format(present)} " * FEWEST, "en") == "past"


def test_a_language_without_such_verbs_has_no_tense() -> None:
    assert tense("Мара была на берегу. " * FEWEST, "ru") == ""
    assert tense("她在码头。" * FEWEST, "zh") == ""


LINE = "The chapters before it are told in the present tense; so is this one, unless its plan says otherwise."


@pytest.mark.parametrize("voice", [False, True])
def test_a_chapter_is_asked_for_in_the_tense_of_those_before_it(here: Here, server: Scripted, voice: bool) -> None:  # noqa: FBT001
    book = write_book()

    def script(request: Request) -> Reply:
        if not request.task.startswith("chapter:"):
            return book(request)
        return Reply(re.sub(r"(\w) (\w+) ", r"\1 is \2 ", prose(50, int(request.task[8:]))))

    server.script = script
    if voice:
        (here / "style.md").write_text("In the past tense.\n")
    assert here.doit("chapter:03").status == 0
    prompts = {request.task: request.prompt for request in server.requests}
    assert LINE not in prompts["chapter:1"]
    assert (LINE in prompts["chapter:2"], LINE in prompts["chapter:3"]) == (not voice, not voice)
