from __future__ import annotations

import json

import pytest
from in_process import Here, body, everything
from scripted import Reply, Scripted, bible, outline
from shelf import Shelf

PROSE = "Der Wärter kam spät.\n\n„Licht“, sagte er — 灯台の光 🐚.\n\nDann war es still."


@pytest.fixture(autouse=True)
def short_chapters(book: Shelf) -> None:
    """Chapters may be as short as the texts here."""
    book.edit("premise.md", "words: 40-60", "words: 1-60")


def test_text_streamed_in_tiny_pieces_arrives_whole(book: Shelf, server: Scripted) -> None:
    server.on("chapter:1", Reply(PROSE, piece=1))

    ran = book.doit("chapter:01")

    assert (ran.status, ran.err) == (0, "")
    assert body(book.chapter(1).read_text(encoding="utf-8")) == PROSE
    assert server.tasks == ["bible", "outline", "chapter:1"]


@pytest.mark.parametrize("piece", [1, 7, 10_000])
def test_the_size_of_the_pieces_makes_no_difference(here: Here, server: Scripted, piece: int) -> None:
    server.on("chapter:1", Reply(PROSE, piece=piece, comments=True))

    assert here.doit("chapter:01").status == 0

    assert body(here.chapter(1).read_text(encoding="utf-8")) == PROSE


@pytest.mark.parametrize("blank", [" ", "\n\n", "\ufeff"])
def test_an_answer_may_begin_with_a_blank_piece(here: Here, server: Scripted, blank: str) -> None:
    server.on("chapter:1", Reply(blank + PROSE, piece=len(blank)))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert body(here.chapter(1).read_text(encoding="utf-8")).lstrip() == PROSE
    assert server.tasks == ["bible", "outline", "chapter:1"]


@pytest.mark.parametrize("piece", [1, 10_000])
def test_windows_line_ends_become_unix_ones_wherever_a_piece_ends(here: Here, server: Scripted, piece: int) -> None:
    server.on("chapter:1", Reply(PROSE.replace("\n", "\r\n"), piece=piece))

    assert here.doit("chapter:01").status == 0

    assert body(here.chapter(1).read_text(encoding="utf-8")) == PROSE


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_a_models_reasoning_reaches_no_file_and_no_terminal(here: Here, server: Scripted, field: str) -> None:
    thought = "Let me think of a wombat first."
    book = server.script
    server.script = lambda request: Reply(book(request).text, reasoning=thought, reasoning_field=field, piece=4)

    ran = here.doit()

    assert ran.status == 0
    assert len(server.requests) == 12
    assert "wombat" not in everything(here) + ran.out + ran.err


@pytest.mark.parametrize("usage", ["final", "choice", "top", None])
def test_a_server_may_tell_the_usage_in_any_place_or_not_at_all(
    here: Here, server: Scripted, usage: str | None
) -> None:
    book = server.script
    server.script = lambda request: Reply(book(request).text, usage=usage)

    ran = here.doit()

    assert (ran.status, ran.err) == (0, "")
    assert len(server.requests) == 12
    assert (here / "book.md").is_file()


def test_control_characters_of_the_model_reach_neither_terminal_nor_file(here: Here, server: Scripted) -> None:
    hostile = "\x1b]0;owned\x07The \x1b[31mlamp\x1b[0m\x00 was\x08 lit\x9b2J.\u2028\x7fIt burned.\x0c"
    server.on("chapter:1", Reply(hostile, piece=1))
    server.on("summary:1", hostile)

    ran = here.doit("summary:01")

    assert ran.status == 0
    assert body(here.chapter(1).read_text(encoding="utf-8")) == "]0;ownedThe [31mlamp[0m was lit2J.It burned."
    assert unprintable(everything(here) + ran.out + ran.err) == set()


def test_control_characters_written_as_json_escapes_reach_neither_terminal_nor_file(
    here: Here, server: Scripted
) -> None:
    hostile = "Eye\x1b[2J\x07 of\x9b31m Day"
    escaped = json.dumps(hostile)[1:-1]
    server.on("bible", bible().replace("Eskil", escaped))
    server.on("outline", outline(5).replace("Day 1", escaped).replace("Mara", escaped))

    ran = here.doit("chapter:01")

    assert ran.status == 0
    assert "## Eye[2J of31m Day\n" in (here / "bible.md").read_text(encoding="utf-8")
    assert "## 1. The Lamp of Eye[2J of31m Day" in (here / "outline.md").read_text(encoding="utf-8")
    assert "On day 1 Eye[2J of31m Day finds" in (here / "outline.md").read_text(encoding="utf-8")
    assert unprintable(everything(here) + ran.out + ran.err) == set()


def test_control_characters_in_a_servers_error_do_not_reach_the_terminal(here: Here, server: Scripted) -> None:
    error = {"error": {"type": "invalid_request_error", "message": "no\x1b[2J\x07 such\nthing\x9b"}}
    server.script = lambda _: Reply(status=400, body=error)

    ran = here.doit()

    assert ran.status == 1
    assert unprintable(ran.out + ran.err) == set()
    assert "(400: no[2J such thing)" in ran.out


def unprintable(text: str) -> set[str]:
    """Return the control characters in a text, line ends apart."""
    return {
        char for char in text if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160 or char in "\u2028\u2029"
    }
