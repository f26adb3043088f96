"""What no export sets of a source's markup is told by its import, as exports tell it; what they set is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from importing import bring_text

TAIL = "Take out what readers are not to see."
TOLD = {
    "a link of a wiki": ("See [[Mara]] and [[Eskil|him]].", "`[[…]]` 2 times (chapter 1)"),
    "a comment of Obsidian": ("Rain. %%too much?%%", "`%%…%%` once (chapter 1)"),
    "a fenced division": ("::: verse\nRain.\n:::", "`:::` 2 times (chapter 1)"),
    "a command": ("Rain.\n\n\\newpage\n\nSun.", "commands of LaTeX once (chapter 1)"),
    "a table": ("|a|b|\n|---|---|\n|c|d|", "tables once (chapter 1)"),
    "a tag": ("<div>Rain.</div>", "tags of HTML 2 times (chapter 1)"),
}
SET = [
    "[Rain]{.smallcaps} fell.",
    "<i>Rain</i> and <em>sun</em>.",
    "Rain.<br>Sun.",
    "<center>* * *</center>",
    "Rain. <!-- a remark -->",
    "`[[code]]`",
]


@pytest.mark.parametrize(("prose", "told"), TOLD.values(), ids=TOLD)
def test_what_no_export_sets_is_told_at_import(tmp_path: Path, prose: str, told: str) -> None:
    brought = bring_text(tmp_path, f"# 1. A\n\n{prose}\n\n# 2. B\n\nAll is well.\n")
    assert f"Printed as typed, since no export sets it: {told}. {TAIL}" in brought.notes()


@pytest.mark.parametrize("prose", SET)
def test_what_exports_set_is_not_told(tmp_path: Path, prose: str) -> None:
    brought = bring_text(tmp_path, f"# 1. A\n\nRain.\n\n{prose}\n\n# 2. B\n\nAll is well.\n")
    assert brought.notes("Printed as typed") == []
