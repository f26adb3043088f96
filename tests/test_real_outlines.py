"""Outlines that Kimi really wrote: a build on top of them works, and asks for no outline."""

from __future__ import annotations

import json

import pytest
from in_process import Here
from scripted import Scripted
from shelf import NOVELS, with_novels


@with_novels
@pytest.mark.parametrize(
    ("name", "chapters", "parts"), [("bird-planes-and-plain-birds", 32, 4), ("the-whoosh-of-love", 29, 3)]
)
def test_a_book_is_built_on_a_real_outline(here: Here, server: Scripted, name: str, chapters: int, parts: int) -> None:
    state = json.loads((NOVELS / f"{name}.novel_state.json").read_text(encoding="utf-8"))
    (here / "outline.md").write_text(state["outline_text"], encoding="utf-8")
    here.edit("premise.md", "title: The Salt Lamp", f"title: {state['title']}")
    ran = here.doit()
    assert ran.status == 0, ran.out + ran.err
    numbered = [f"{kind}:{number}" for number in range(1, chapters + 1) for kind in ("chapter", "summary")]
    assert server.tasks == ["bible", *numbered]
    book = (here / "book.md").read_text(encoding="utf-8")
    assert sum(line.startswith("# ") for line in book.splitlines()) == parts + 1
    assert sum(line.startswith("## ") for line in book.splitlines()) == chapters + 1
    assert here.doit().out == "Everything is up to date.\n"
