"""The README is short, its commands are those of the program, and its session is what the program prints."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from in_process import Here
from scripted import Reply, Scripted
from shelf import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
LONGEST = 160  # lines
NOVELIST = str(Path(sys.executable).with_name("novelist"))
TITLES = [
    *("The Bottle", "The Ferryman", "The Glassworks", "The Log", "Storm Glass", "The Harbour", "The Second Letter"),
    *("Low Tide", "The Page", "Lamplight", "The Crossing", "The Salt Lamp"),
]
SECTION = "Mara finds a second letter under the stair and burns it, unread."


def blocks(language: str) -> list[str]:
    fenced: list[tuple[str, str]] = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [text for named, text in fenced if named == language]


def unmeasured(text: str) -> str:
    """Return what was printed without what was measured or estimated: seconds and tokens."""
    return re.sub(r"[0-9][0-9.,]* (s|tokens)\b", r"… \1", text)


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= LONGEST


def test_the_two_commands_are_named() -> None:
    assert "$ pip install uv && uv run doit\n" in README
    assert "`uv run --group dev pytest`" in README


def test_the_settings_shown_are_a_premise(tmp_path: Path) -> None:
    from novelist.book.settings import read_premise as load

    path = tmp_path / "premise.md"
    path.write_text(blocks("yaml")[0], encoding="utf-8")
    assert str(load(path).chapters) == "24"


@pytest.fixture
def novel(here: Here, server: Scripted) -> Here:
    """A finished book of twelve chapters, whose seventh summary will still hold."""
    here.edit("premise.md", "words: 40-60", "words: 1500-2500")
    sections = [SECTION if title == "The Second Letter" else f"Mara is at {title}." for title in TITLES]
    outline = [
        f"## {number}. {title}\n\n{text}\n"
        for number, (title, text) in enumerate(zip(TITLES, sections, strict=True), 1)
    ]
    (here / "outline.md").write_text("\n".join(outline), encoding="utf-8")
    (here / "bible.md").write_text("## Mara Halden\n\nShe keeps the light.\n", encoding="utf-8")
    assert here.doit().status == 0
    book = server.script
    server.script = lambda request: Reply("UNCHANGED") if request.task == "summary:7" else book(request)
    server.clear()
    return here


def test_the_session_is_what_is_printed(novel: Here, server: Scripted) -> None:
    (session, *_) = blocks("console")
    printed = ""
    for command in re.findall(r"^\$ (.*)$", session, re.MULTILINE):
        ran = novel.doit() if command == "doit" else novel.run("sh", "-c", command.replace("novelist", NOVELIST, 1))
        assert (ran.status, ran.err) == (0, "")
        printed += f"$ {command}\n{ran.to_draft}\n{ran.out}" if ran.to_draft else f"$ {command}\n{ran.out}"
    assert unmeasured(printed) == unmeasured(session)
    assert server.tasks == ["chapter:7", "summary:7"]
