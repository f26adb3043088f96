"""What a build shows: on a terminal the text that is being written, in a pipe plain lines."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from finished import finish
from hypothesis import given
from hypothesis import strategies as st
from in_process import Here
from rich.cells import cell_len
from scripted import Reply, Scripted, prose, refusal
from shelf import OURS, PREMISE, Shelf
from terminal import Terminal

from novelist.book.premise import Span
from novelist.terminal.meter import Meter, Pace, Position, position
from novelist.terminal.status_line import StatusLine, rows
from novelist.words import count_words

pytestmark = pytest.mark.slow

DOIT = str(Path(sys.executable).with_name("doit"))
STOPPED = "Stopped. Every finished file is safe; `doit` goes on from here."
QUESTION = "[y]es, [y 4-6], [k]eep them and draft only what is missing, or [q]uit?"
ESCAPE = "\x1b"
COLOUR = re.compile(rb"\x1b\[[0-9;]*m")

# A moment, as rows of a width

MOMENT = StatusLine(
    "chapter:03",
    seconds=31.4,
    title="The Second Tide",
    words=1204,
    asked=Span(1500, 2500),
    rate=41.3,
    chapters=(2, 24),
    left=720,
    dollars=0.0412,
)


def at(width: int, moment: StatusLine = MOMENT) -> list[str]:
    """Return the rows as they stand on a terminal."""
    return [f"{row.name:12} {row.text}" if row.name else row.text for row in rows(moment, width)]


@pytest.mark.parametrize(
    ("width", "text", "book"),
    [
        (
            99,
            "chapter:03   The Second Tide: 1,204 of 1,500-2,500 words, 41 tokens/s, 31 s",
            "book         2 of 24 chapters, about 12 min left, $0.04 so far",
        ),
        (
            70,
            "chapter:03   The Secon…: 1,204 of 1,500-2,500 words, 41 tokens/s, 31 s",
            "book         2 of 24 chapters, about 12 min left, $0.04 so far",
        ),
        (
            61,
            "chapter:03   The Second Ti…: 1,204 of 1,500-2,500 words, 31 s",
            "book         2 of 24 chapters, about 12 min left",
        ),
        (
            50,
            "chapter:03   The Seco…: 1,204 of 1,500-2,500 words",
            "book         2 of 24 chapters, about 12 min left",
        ),
        (39, "The Second…: 1,204 of 1,500-2,500 words", "2 of 24 chapters, about 12 min left"),
        (29, "The Second Tide: 1,204 words", "2 of 24 chapters"),
        (19, "The S…: 1,204 words", "2 of 24 chapters"),
        (12, "1,204 words", "2 of 24 cha…"),
    ],
)
def test_a_narrow_terminal_has_what_matters_most(width: int, text: str, book: str) -> None:
    assert at(width) == [text, book]


TITLES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30)


@given(title=st.sampled_from(["", "灯台守の手紙", "The Second Tide"]) | TITLES, width=st.integers(1, 120))
def test_no_row_is_wider_than_the_terminal(title: str, width: int) -> None:
    assert [row for row in at(width, replace(MOMENT, title=title)) if cell_len(row) > width] == []


def test_a_title_in_wide_characters_is_cut_by_its_width() -> None:
    assert at(39, replace(MOMENT, title="灯台守の手紙と海の歌"))[0] == "灯台守の手…: 1,204 of 1,500-2,500 words"


def test_what_is_unknown_is_not_told() -> None:
    assert at(99, StatusLine("bible", seconds=75, words=312)) == ["bible        312 words, 1 min 15 s"]
    assert at(99, StatusLine("bible", seconds=0, thinking=True)) == ["bible        thinking, 0 s"]
    assert at(99, StatusLine("outline", seconds=0, dollars=0.004))[1] == "book         less than $0.01 so far"
    assert len(at(99, StatusLine("outline", seconds=0, dollars=0.0))) == 1


@pytest.mark.parametrize(
    ("seconds", "certain", "told"),
    [
        (20, True, "less than 1 min left"),
        (20, False, ""),
        (70, True, "about 1 min left"),
        (725, True, "about 12 min left"),
        (725, False, "at least 12 min left"),
        (6000, True, "about 1.5 h left"),
        (36_500, True, "about 10 h left"),
    ],
)
def test_the_time_left_is_told_no_more_exactly_than_it_is_known(seconds: float, certain: bool, told: str) -> None:  # noqa: FBT001
    (_, book) = at(99, StatusLine("chapter:03", seconds=0, chapters=(2, 24), left=seconds, certain=certain))
    assert book == "book         2 of 24 chapters" + (f", {told}" if told else "")


# What is measured


@given(text=st.text("a. \n—灯,1é", max_size=40), cuts=st.lists(st.integers(0, 40), max_size=6))
def test_words_are_counted_alike_however_a_text_is_cut_into_pieces(text: str, cuts: list[int]) -> None:
    meter = Meter("One two ")
    ends = sorted(min(cut, len(text)) for cut in cuts)
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        meter.add(text[start:end], 0.0)
    assert meter.words == 2 + count_words(text)


def test_a_rate_counts_from_the_first_token_and_only_what_is_new() -> None:
    meter = Meter("word " * 1000)
    assert (meter.tokens_per_second(100), meter.words_per_second(100)) == (None, None)
    meter.think("x" * 400, 100)
    assert (meter.thinking, meter.tokens_per_second(100.5)) == (True, None)
    assert (meter.tokens_per_second(110), meter.words_per_second(110)) == (10, None)
    meter.add("word " * 100, 110)
    assert (meter.thinking, meter.words) == (False, 1100)
    assert (meter.tokens_per_second(120), meter.words_per_second(120)) == ((100 + 125) / 20, 10)
    assert meter.words_per_second(130) == 5  # a stream that stalls slows down


def test_characters_of_chinese_are_more_tokens_than_letters() -> None:
    meter = Meter()
    meter.add("灯台守の手紙", 0)
    assert meter.tokens_per_second(2) == 2


ASKED = Span(1500, 2500)


def test_the_time_left_is_not_told_before_something_is_measured() -> None:
    assert Pace().left(Meter(), ASKED, 50, to_come=9, now=50) is None
    assert Pace().left(Meter(), None, 50, to_come=9, now=50) is None


def test_the_first_chapter_says_how_long_all_will_take_as_fast_as_its_words_come() -> None:
    meter = Meter()
    meter.add("word " * 500, 0)
    assert Pace().left(meter, ASKED, 60, to_come=2, now=50) == 150 + 2 * 200


def test_later_chapters_take_as_long_as_those_before_them_took_with_their_summaries() -> None:
    pace, meter = Pace(), Meter()
    for seconds in (90, 110):
        pace.took(seconds, chapter=True)
        pace.took(10, chapter=False)
    assert pace.left(meter, ASKED, 30, to_come=3, now=0) == 80 + 3 * 110
    meter.add("word " * 500, 0)
    assert pace.left(meter, ASKED, 60, to_come=3, now=50) == 150 + 3 * 110
    assert pace.left(Meter(), None, 5, to_come=3, now=0) == 3 * 110
    assert pace.left(Meter(), ASKED, 120, to_come=3, now=0) is None  # it has taken longer, and nobody knows how much


def test_the_chapters_to_come_are_those_that_are_missing_and_asked_for() -> None:
    assert position(3, 24, range(3, 25), math.inf) == Position(done=2, count=24, to_come=21, certain=True)
    assert position(3, 24, range(1, 25), last=5) == Position(done=2, count=24, to_come=2, certain=True)
    assert position(3, 24, [3, 7, 8], math.inf) == Position(done=21, count=24, to_come=2, certain=False)
    assert position(24, 24, [], math.inf) == Position(done=23, count=24, to_come=0, certain=True)


# A build on a terminal


def shelve(root: Path, server: Scripted, premise: str = PREMISE, **environ: str) -> Shelf:
    """Return a new book, to be built on a terminal."""
    root.mkdir()
    (root / "premise.md").write_text(premise, encoding="utf-8")
    (root / "dodo.py").write_text("from novelist.tasks import *\n", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return Shelf(root, {**kept, "KIMI_BASE_URL": server.base_url, "MOONSHOT_API_KEY": "sk-test", **environ})


def in_row(*wanted: str) -> Callable[[list[str]], object]:
    """Return whether a row has all these patterns, in this order."""
    pattern = re.compile(".*".join(wanted))
    return lambda shown: any(map(pattern.search, shown))


def without_seconds(shown: list[str]) -> list[str]:
    return [re.sub(r" \([0-9.]+ s\)$", " (1.0 s)", line) for line in shown]


@dataclass
class Watched:
    """A build as it was seen: in the middle of its second chapter, at several widths, and after Ctrl-C."""

    held: list[str] = field(default_factory=list)
    cursor: tuple[int, int, bool] = (0, 0, False)  # column, line, hidden
    narrow: dict[int, list[str]] = field(default_factory=dict)
    interrupted: list[str] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)
    status: int = 0
    hidden: bool = True
    raw: bytes = b""


# A library that has something to say in the middle of a build.
STRAY = """
import pathlib, sys, threading, time
def stray():
    while not pathlib.Path("stray").exists():
        time.sleep(0.02)
    print("[bold]a library has its say[/]", file=sys.stderr)
threading.Thread(target=stray, daemon=True).start()
"""


def whole(shown: list[str]) -> bool:
    """Say whether both rows are there; they may come one after the other."""
    return bool(in_row("30 of 40-60 words", "tokens/s")(shown) and in_row("^book ")(shown))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """A build of a book of five chapters, watched, resized and stopped."""
    seen = Watched()
    with Scripted() as server:
        server.on("chapter:2", Reply(prose(30, 1), reasoning="I think. " * 10, hang=True))
        root = tmp_path_factory.mktemp("watched") / "book"
        book = shelve(root, server, KIMI_PROVIDER="moonshot", KIMI_MODEL="kimi-k2.6")
        (book / "dodo.py").write_text(f"from novelist.tasks import *\n{STRAY}", encoding="utf-8")
        with Terminal(book, DOIT) as run:
            seen.held = run.wait(whole)
            seen.cursor = (run.screen.cursor.x, run.screen.cursor.y, run.screen.cursor.hidden)
            (book / "stray").touch()
            seen.strayed = run.wait(lambda shown: in_row("its say")(shown) and whole(shown))
            for columns, last in ((40, r"^1 of 5 chapters, less than 1 min left$"), (20, "^1 of 5 chapters$")):
                run.resize(columns)
                seen.narrow[columns] = run.wait(in_row(last))
            run.resize(100)
            seen.narrow[100] = run.wait(whole)
            run.type("\x03")
            seen.status = run.end()
            seen.interrupted, seen.hidden, seen.raw = run.shown, run.screen.cursor.hidden, run.raw
    return seen


def test_a_terminal_shows_the_text_that_is_being_written_and_the_book_around_it(watched: Watched) -> None:
    assert without_seconds(watched.held[:-2]) == [
        "bible        drafted: 5 sections (1.0 s)",
        "outline      drafted: 5 chapters (1.0 s)",
        "chapter:01   drafted: The Lamp of Day 1, 50 words (1.0 s)",
        "summary:01   drafted: 22 words (1.0 s)",
    ]
    text, book = watched.held[-2:]
    assert re.fullmatch(r"chapter:02   The Tide of Day 2: 30 of 40-60 words, \d+ tokens/s, \d s", text)
    assert re.fullmatch(r"book         1 of 5 chapters, less than 1 min left, less than \$0\.01 so far", book)


def test_the_cursor_waits_where_the_rows_begin_so_that_a_narrower_terminal_cannot_leave_any(watched: Watched) -> None:
    assert watched.cursor == (0, len(watched.held) - 1, True)  # one line is left out


def test_what_a_library_prints_stands_above_the_rows(watched: Watched) -> None:
    assert watched.strayed[:5] == [*watched.held[:4], "[bold]a library has its say[/]"]
    assert watched.strayed[5].startswith("chapter:02   The Tide of Day 2: 30 of 40-60 words, ")


def test_a_terminal_that_is_resized_has_what_fits_and_no_more(watched: Watched) -> None:
    assert watched.narrow[40][-2:] == [
        "chapter:02   The Ti…: 30 of 40-60 words",
        "1 of 5 chapters, less than 1 min left",
    ]
    assert watched.narrow[20][-2:] == ["The Tide…: 30 words", "1 of 5 chapters"]
    assert len(watched.narrow[100]) == len(watched.narrow[20]) == len(watched.strayed)


def test_ctrl_c_leaves_the_finished_lines_and_one_more_and_the_cursor(watched: Watched) -> None:
    assert (watched.status, watched.hidden) == (130, False)
    assert watched.interrupted == [*watched.narrow[100][:-2], STOPPED]


def test_a_terminal_has_a_colour(watched: Watched) -> None:
    assert COLOUR.search(watched.raw)


PLAIN = [
    "bible        drafted: 5 sections (1.0 s)",
    "outline      drafted: 1 chapter (1.0 s)",
    "chapter:01   drafted: The Lamp of Day 1, 50 words (1.0 s)",
    "summary:01   drafted: 22 words (1.0 s)",
    "book         assembled: 1 chapter, 50 words",
    "The book is book.md.",
]
ONE = PREMISE.replace("chapters: 5", "chapters: 1")


def test_no_color_is_honoured_and_an_unknown_price_is_not_told(tmp_path: Path, server: Scripted) -> None:
    server.on("chapter:1", Reply(prose(30, 1), reasoning="I think.", hang=True))
    book = shelve(tmp_path / "book", server, ONE)
    with Terminal(book, DOIT, NO_COLOR="1") as run:
        run.wait(in_row("30 of 40-60 words"))
        assert run.shown[-1].startswith("book         0 of 1 chapters")
        run.type("\x03")
        assert run.end() == 130
    assert not COLOUR.search(run.raw)
    assert b"$" not in run.raw


@pytest.mark.parametrize(
    ("term", "ci", "arguments"), [("dumb", "", ()), ("xterm", "true", ()), ("xterm", "", ("-n", "2"))]
)
def test_a_terminal_that_cannot_or_is_not_watched_or_has_many_writers_has_plain_lines(
    tmp_path: Path, server: Scripted, term: str, ci: str, arguments: tuple[str, ...]
) -> None:
    with Terminal(shelve(tmp_path / "book", server, ONE), DOIT, *arguments, TERM=term, CI=ci) as run:
        assert run.end() == 0
    assert ESCAPE.encode() not in run.raw
    assert without_seconds(run.shown) == PLAIN


RUN = """
import sys
from doit.doit_cmd import DoitMain
status = DoitMain().run([])
print("rich" in sys.modules)
sys.exit(status)
"""


def test_a_pipe_has_plain_lines_and_does_without_rich(tmp_path: Path, server: Scripted) -> None:
    ran = shelve(tmp_path / "book", server, ONE).run(sys.executable, "-c", RUN)
    assert (ran.status, ran.err) == (0, "")
    assert ESCAPE not in ran.out
    assert without_seconds(ran.out.splitlines()) == [*PLAIN, "False"]


def test_a_reader_that_has_seen_enough_ends_the_build_without_a_word(tmp_path: Path, server: Scripted) -> None:
    ran = shelve(tmp_path / "book", server, ONE).run("bash", "-c", f"{DOIT} | head -2; echo ${{PIPESTATUS[0]}}")
    assert without_seconds(ran.out.splitlines()) == [PLAIN[0], "141"]
    assert ran.err == ""


def test_a_failure_leaves_its_line_and_the_cursor(tmp_path: Path, server: Scripted) -> None:
    server.on("chapter:1", refusal(401, "invalid_authentication_error"))
    with Terminal(shelve(tmp_path / "book", server, ONE), DOIT, columns=200) as run:
        assert run.end() == 1
    assert without_seconds(run.shown[:2]) == PLAIN[:2]
    assert run.shown[2].startswith("chapter:01   failed: ")
    why = "It has a typing error, or is a key of another address. `novelist doctor` looks at the way to the model."
    assert " ".join(" ".join(run.shown[3:]).split()) == why
    assert not run.screen.cursor.hidden


def test_the_question_stands_alone_and_can_be_left(here: Here, server: Scripted) -> None:
    novel = finish(here, server)
    novel.edit("outline.md", "Mara walks", "Mara runs")
    with Terminal(novel, DOIT) as run:
        asked = run.wait(in_row(re.escape(QUESTION)))
        assert asked[-1] == QUESTION
        assert asked[1].startswith("summary:02   drafted: ")
        assert not run.screen.cursor.hidden
        run.type("\x03")
        assert run.end() == 130
    assert run.shown[-2:] == [f"{QUESTION} ^C", STOPPED]


def test_a_build_without_standard_output_writes_the_book_all_the_same(tmp_path: Path, server: Scripted) -> None:
    book = shelve(tmp_path / "book", server, ONE)
    ran = book.run("bash", "-c", f"{DOIT} -o out.txt >&-")
    assert (ran.status, ran.err) == (0, "")
    assert (book / "book.md").is_file()


def test_a_device_that_takes_no_more_ends_the_build_in_one_line(tmp_path: Path, server: Scripted) -> None:
    ran = shelve(tmp_path / "book", server, ONE).run("bash", "-c", f"{DOIT} > /dev/full")
    assert ran.status == 1
    assert ran.err == (
        "What is done cannot be printed (No space left on device). Run `doit` again, and print elsewhere.\n"
    )
