"""The README's chapter on what is wrong, and the errors that the program has, are in step."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest
from shelf import REPOSITORY

from novelist import errors

CHAPTER = (REPOSITORY / "README.md").read_text(encoding="utf-8").partition("## When something is wrong\n")[2]
CHAPTER = CHAPTER.partition("\n## ")[0]
SAID = re.findall(r"^\| `(.+?)` \|", CHAPTER, re.MULTILINE)


@cache
def texts() -> str:
    """Return all texts of the program, one a line, with an ellipsis for what is put into them."""
    found = []
    for path in sorted((REPOSITORY / "novelist").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.append("".join(_piece(piece) for piece in node.values))
    return "\n".join(re.sub(r"`?…`?", "…", text) for text in found)


def _piece(piece: ast.expr) -> str:
    return piece.value if isinstance(piece, ast.Constant) and isinstance(piece.value, str) else "…"


@pytest.mark.parametrize("said", SAID)
def test_what_the_readme_explains_is_what_the_program_says(said: str) -> None:
    assert said in texts()


def test_every_kind_of_error_has_its_part_in_the_readme() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    kinds = [kind for kind in kinds if issubclass(kind, errors.NovelistError) and kind is not errors.NovelistError]
    told = [(kind.__doc__ or "").strip().rstrip(".") for kind in kinds]
    assert re.findall("^### (.+)$", CHAPTER, re.MULTILINE) == told
    assert len(SAID) > 20
