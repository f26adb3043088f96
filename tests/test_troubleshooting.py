"""The README's chapter on what is wrong has a row for every error that the program can tell, and no other."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from shelf import REPOSITORY

from novelist import errors

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHAPTER = (REPOSITORY / "README.md").read_text(encoding="utf-8").partition("## When something is wrong\n")[2]
CHAPTER = CHAPTER.partition("\n## ")[0]
ROWS = re.findall(r"^\| `([^`]+)` \| \S", CHAPTER, re.MULTILINE)
KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.NovelistError) and kind is not errors.NovelistError
]
# What raises one, with its text behind the others of its arguments.
RAISE = {*(kind.__name__ for kind in KINDS), "fail"}
WITH_PATH = {"BookError": 2}


@cache
def texts() -> frozenset[str]:
    """Return the texts of all errors, with an ellipsis for what is put into them, without marks of code."""
    return frozenset(
        re.sub("…+", "…", text.replace("`", "")) for module in modules().values() for text in _texts(module)
    )


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in (REPOSITORY / "novelist").rglob("[a-z]*.py")}


def _texts(module: ast.Module) -> Iterator[str]:
    for scope in ast.walk(module):
        if not isinstance(scope, ast.FunctionDef):
            continue
        for call in ast.walk(scope):
            if isinstance(call, ast.Call) and (name := _name(call.func)) in RAISE and call.args:
                yield from _said(call.args[WITH_PATH.get(name, -1)], scope, module)


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""


def _said(found: ast.expr, scope: ast.AST, module: ast.Module) -> Iterator[str]:
    """Yield what an expression may say: by itself, by the names it has here or in its module, by what it calls."""
    if isinstance(found, ast.Constant):
        yield str(found.value)
    elif isinstance(found, ast.JoinedStr):
        yield "".join(str(piece.value) if isinstance(piece, ast.Constant) else "…" for piece in found.values)
    elif isinstance(found, ast.Name):
        for node in [*ast.walk(scope), *module.body]:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == found.id:
                yield from _said(node.value, scope, module)
    elif isinstance(found, ast.Attribute):
        for path, other in modules().items():
            if path.stem == ast.unparse(found.value):
                yield from _said(ast.Name(found.attr), other, other)
    elif isinstance(found, ast.Call):
        for function, value in _returns(module):
            if function.name == _name(found.func):
                yield from _said(value, function, module)


def _returns(module: ast.Module) -> Iterator[tuple[ast.FunctionDef, ast.expr]]:
    """Yield the functions of a module with each value that they return."""
    for function in module.body:
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
            if isinstance(node, ast.Return) and node.value is not None and isinstance(function, ast.FunctionDef):
                yield function, node.value


def matches(row: str, text: str) -> bool:
    """Say whether a row is a text or its beginning, whatever stands for the ellipses of either."""
    row_, text_ = (re.escape(said).replace("…", ".*?") for said in (row, text))
    return bool(re.match(row_, text, re.DOTALL) or re.match(text_, row, re.DOTALL))


@pytest.mark.parametrize("row", ROWS)
def test_what_the_readme_explains_is_what_the_program_says(row: str) -> None:
    assert [text for text in texts() if matches(row, text)]


@pytest.mark.parametrize("text", sorted(texts()))
def test_what_the_program_says_is_explained_in_the_readme(text: str) -> None:
    assert [row for row in ROWS if matches(row, text)]


@pytest.mark.parametrize("text", sorted(texts()))
def test_an_error_says_what_happened_and_what_to_do(text: str) -> None:
    assert re.fullmatch(r".*\S\. *(?:…|\S.*[.…])", text, re.DOTALL)


def test_every_kind_of_error_has_its_part_in_the_readme() -> None:
    told = [(kind.__doc__ or "").strip().rstrip(".") for kind in KINDS]
    assert re.findall("^### (.+)$", CHAPTER, re.MULTILINE) == told
