"""The voice of a book: style.md, told once from what the author wrote elsewhere, and the author's from then on."""

from __future__ import annotations

from pathlib import Path

import pytest
from finished import lines
from in_process import Here, body
from scripted import Reply, Request, Scripted

from novelist.prose.names import names_within, without_names

SAMPLE = """\
---
title: The Orchard
---
The pears came late that year, and Ruth did not pick them. She stood at the gate with Anselm. “Well,” said Anselm.

In Harwich the bells rang. Nobody in Harwich listened. She went in, then, and shut the door on the whole of it.
"""
VOICE = """\
Short sentences, and a long one at the end of each paragraph.

Plain words; images come from the garden and the kitchen. It never explains what somebody feels.
"""
IDLE = "Everything is up to date.\n"


@pytest.fixture
def voiced(here: Here, server: Scripted) -> Here:
    """A book beside which its author has put a sample."""
    (here / "style").mkdir()
    (here / "style" / "orchard.md").write_text(SAMPLE)
    (here / "style" / "cover.png").write_bytes(b"\x89PNG")
    speak(server, VOICE)
    return here


def speak(server: Scripted, *answers: str) -> None:
    """Answer what asks for the voice with these in order, the last one again and again."""
    waiting, before = list(answers), server.script

    def script(request: Request) -> Reply:
        if not is_voice(request):
            return before(request)
        return Reply(waiting.pop(0) if len(waiting) > 1 else waiting[0])

    server.script = script


def is_voice(request: Request) -> bool:
    return "Describe this author's voice" in request.prompt


def voices(server: Scripted) -> list[Request]:
    """Return the requests for the voice."""
    return [request for request in server.requests if is_voice(request)]


def test_the_voice_is_told_from_the_samples_once_before_the_first_chapter(voiced: Here, server: Scripted) -> None:
    assert [line.split()[0] for line in voiced.novelist("plan").out.splitlines()][:4] == [
        "bible",
        "outline",
        "style",
        "chapter:01",
    ]
    ran = voiced.doit("chapter:01")
    assert ran.status == 0, ran.out
    assert ran.to_draft.startswith("To draft: the bible, the outline, the style, 1 chapter, ")
    assert "style        drafted: 28 words" in lines(ran.out)
    assert body((voiced / "style.md").read_text()) == VOICE.strip()
    (asked,) = voices(server)
    assert server.tasks.index("chapter:1") == len(server.tasks) - 1
    assert "# Sample 1\n\nThe pears came late" in asked.prompt
    assert "PNG" not in asked.prompt
    assert "The Orchard" not in asked.prompt
    assert "lighthouse" not in asked.prompt  # the premise is no part of a voice
    server.clear()
    assert voiced.doit("style").out == IDLE
    assert voiced.doit().status == 0
    assert voices(server) == []
    server.clear()
    (voiced / "style.md").write_text("As Ines speaks.\n")
    assert voiced.doit("style").out == IDLE
    assert server.requests == []


def test_it_is_asked_for_by_name_with_nothing_else(voiced: Here, server: Scripted) -> None:
    assert voiced.doit("style").status == 0
    assert len(server.requests) == len(voices(server)) == 1
    assert not (voiced / "bible.md").exists()


def test_names_of_the_samples_are_asked_away_once_and_then_taken_out(voiced: Here, server: Scripted) -> None:
    named = f"{VOICE}\nIt watches Anselm from afar. Harwich is never described; Nobody is.\n"
    speak(server, named)
    ran = voiced.doit("style")
    reason = "an answer is not taken: it has names of the samples in it (Anselm, Harwich)."
    assert any(reason in line for line in lines(ran.out)), ran.out
    _, again = voices(server)
    assert "It named Anselm, Harwich. Name nobody and no place." in again.prompt
    assert body((voiced / "style.md").read_text()) == VOICE.strip()


def test_a_voice_is_no_reason_to_write_a_finished_book_again(voiced: Here, server: Scripted) -> None:
    (voiced / "style" / "orchard.md").rename(voiced / "orchard.md")
    assert voiced.doit().status == 0
    (voiced / "orchard.md").rename(voiced / "style" / "orchard.md")
    server.clear()
    assert voiced.doit("html").status == 0
    assert voiced.doit("html").out == IDLE
    assert voiced.statuses()["style"] == "U"
    assert server.requests == []
    assert not (voiced / "style.md").exists()


def test_changed_samples_are_told_of_and_nothing_is_asked(voiced: Here, server: Scripted) -> None:
    assert voiced.doit("style").status == 0
    server.clear()
    (voiced / "style" / "orchard.md").write_text("He ran, and ran again.\n")
    assert "style        kept: it is older than the samples in style/" in lines(voiced.doit("style").out)
    assert voiced.novelist("accept", "style").status == 0
    assert voiced.doit("style").out == IDLE
    (voiced / "style" / "orchard.md").unlink()
    assert voiced.doit("style").out == IDLE
    assert server.requests == []


def test_samples_without_a_word_are_an_error_that_says_what_to_do(voiced: Here, server: Scripted) -> None:
    (voiced / "style" / "orchard.md").write_text("---\ntitle: The Orchard\n---\n\n")
    ran = voiced.doit("style")
    reason = "there is no text in the samples of style/. Put some prose of yours there, or write style.md."
    assert f"style        failed: style: {reason}" in lines(ran.out)
    assert server.requests == []


def test_long_samples_are_told_to_the_end_of_a_sentence_as_much_of_each(voiced: Here, server: Scripted) -> None:
    for name in ("one.txt", "two.md"):
        (voiced / "style" / name).write_text("He ran on and on. " * 3000)
    assert voiced.doit("style").status == 0
    (asked,) = voices(server)
    assert asked.prompt.count("He ran on and on.") == 2 * (8000 // len("He ran on and on. "))
    (voiced / "style.md").unlink()
    (voiced / "style" / "one.txt").write_text("He ran on and on. " * 60_000)
    assert "style/one.txt: it is larger than 1 MB. Put a smaller one in its place." in voiced.doit("style").out


def test_a_link_out_of_the_book_is_no_sample(voiced: Here, tmp_path: Path, server: Scripted) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("A secret.\n")
    (voiced / "style" / "more.txt").symlink_to(outside)
    assert voiced.doit("style").status != 0
    assert server.requests == []


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "Then Ruth saw him. The hall was Ruth's. “Come,” she said. He saw The Times. NO, he said.",
            {"ruth", "times"},
        ),
        ("en", "She said: “Come here.” There was a pear. It was Pear she saw.", set()),
        ("de", "Da sah Ruth den Baum.", set()),
        ("ru", "Тогда Мара увидела его. Она шла к Эскилу.", {"мара", "эскилу"}),
        ("ja", "そのときマラは彼を見た。", set()),
    ],
)
def test_names_are_those_with_a_capital_within_a_sentence(language: str, text: str, names: set[str]) -> None:
    assert names_within([text], language) == names


def test_a_sentence_with_a_name_goes_and_every_other_one_stays() -> None:
    text = "It is plain. It follows Ruth. It ends.\n\nRuth again.\n\nIt never weeps."
    assert without_names(text, frozenset({"ruth"})) == ("It is plain. It ends.\n\nIt never weeps.", ["Ruth"])
