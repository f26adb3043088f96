"""Whatever an agent asks for that cannot be, it is told what is wrong with it, and the book is as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anyio
import pytest
from visiting import type_book

from novelist.agents.opened import Opened
from novelist.agents.tools import Tools
from novelist.targets.naming import last_chapter, reviews_in

MANY = "9" * 5000
ZEROS = "0" * 100_000 + "x"
NO_CHAPTER = "there is no chapter `{}`. Name one of the 3 by its number, its id or its file.".format
NO_CHAPTERS = "there is no chapter `{}`. Name one of the 3, or two of them such as `1-3`.".format
NO_AMOUNT = "`{}` does not take that (cap: Input should be a valid number). Look at what it takes.".format
NO_CAP = "`{}` is no cap. Name US dollars, such as 0.50.".format
NO_LINES = "`{}` are no lines. Name one, or some such as `40-62`.".format
NO_WORDS = "a chapter of {:,} words is none. Name a number of words from 1 to 999,999.".format
NO_TEXT = (
    ".novelist/history/bottle: chapter:01 has no earlier text of `../../x`. `novelist history chapter:01` lists them."
)
NO_TASK = "`{}` is not one task. Name one, such as `chapter:07`, `review:07`, `book` or `epub`.".format


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book that its author typed, which none of this changes."""
    return type_book(tmp_path_factory.mktemp("books") / "salt")


async def call(tool: str, arguments: dict[str, Any]) -> Any:
    """Call a tool of the book that was gone to."""
    return await Tools(Opened(Path())).call_tool(tool, arguments)


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("read", {"chapter": MANY}, NO_CHAPTER(MANY)),
        ("read", {"chapter": ZEROS}, NO_CHAPTER(ZEROS)),
        ("read", {"chapter": f"1-{MANY}"}, NO_CHAPTER(f"1-{MANY}")),
        ("why", {"of": f"summary:{MANY}"}, NO_CHAPTER(f"summary:{MANY}")),
        ("why", {"of": "../../etc/passwd"}, NO_CHAPTER("../../etc/passwd")),
        ("plan", {"of": [f"review:{MANY}"]}, NO_CHAPTERS(f"review:{MANY}")),
        ("plan", {"of": [f"1-{MANY}"]}, NO_CHAPTERS(f"1-{MANY}")),
        ("plan", {"of": [1, "summry"]}, "there is no task `summry`. The nearest is `summary`."),
        ("build", {"task": MANY, "cap": 1}, NO_CHAPTERS(MANY)),
        ("build", {"task": "--help", "cap": 1}, NO_TASK("--help")),
        ("build", {"task": "1", "cap": float("1e400")}, NO_CAP("inf")),
        ("build", {"task": "1", "cap": float("nan")}, NO_CAP("nan")),
        ("build", {"task": "1", "cap": True}, NO_AMOUNT("build")),
        ("build", {"task": "1", "cap": "0.5"}, NO_AMOUNT("build")),
        ("build", {"task": "1", "cap": 10**400}, NO_AMOUNT("build")),
        ("revise", {"chapter": 1, "cap": True}, NO_AMOUNT("revise")),
        ("revise", {"chapter": 1, "wish": "x", "lines": f"40-{MANY}"}, NO_LINES(f"40-{MANY}")),
        ("revise", {"chapter": 1, "wish": "x", "lines": "1-2\0"}, NO_LINES("1-2")),
        ("revise", {"chapter": 1, "wish": "x", "longer": 10**400}, NO_WORDS(10**400)),
        ("revise", {"chapter": 1, "wish": "x", "shorter": -5}, NO_WORDS(-5)),
        (
            "revise",
            {"chapter": 1, "wish": "x", "take": [1]},
            "`revise` does not take that (take.0: Input should be a valid string). Look at what it takes.",
        ),
        (
            "restore",
            {"of": 1, "when": "../../x", "yes": True},
            NO_TEXT,
        ),
    ],
)
def test_what_cannot_be_is_told(
    book: Path, monkeypatch: pytest.MonkeyPatch, tool: str, arguments: dict[str, Any], told: str
) -> None:
    monkeypatch.chdir(book)
    for name, value in {"MOONSHOT_API_KEY": "sk-test", "KIMI_PROVIDER": "moonshot", "KIMI_MODEL": "kimi-k2.6"}.items():
        monkeypatch.setenv(name, value)
    answered = anyio.run(call, tool, arguments)
    assert [each.text for each in answered.content] == [told]
    assert not list(book.rglob("*crash*"))


def test_control_characters_are_not_put_into_a_chapter(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book)
    digest = anyio.run(call, "read", {"chapter": 1}).structured_content["digest"]
    edit = {"chapter": 1, "text": "a\0b\x1bc", "digest": digest, "yes": True}
    (told,) = anyio.run(call, "edit", edit).content
    assert told.text == (
        "the text has control characters in it (U+0000, U+001B), and nothing was saved. Leave them out."
    )


def test_a_task_with_a_number_of_any_length_is_one_of_no_chapter() -> None:
    assert last_chapter(f"chapter:{MANY}") == 9_999_999
    assert reviews_in([f"review:{MANY}", "review:007"], 3) == [7, 9_999_999]
