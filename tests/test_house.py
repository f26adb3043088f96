"""The house is as CONTRIBUTING and each room say, and nothing knows what stands below it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from shelf import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUSE = REPOSITORY / "novelist"
ROOMS = sorted(path.parent for path in HOUSE.glob("*/__init__.py"))
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
TREE = CONTRIBUTING.partition("## The house\n\n```\n")[2].partition("```")[0]
ORDER = [name.removesuffix(".py") for name in re.findall(r"^  ([a-z_]+(?:\.py|(?=/)))", TREE, re.MULTILINE)]


def test_the_tree_names_every_room_and_every_file_beside_them() -> None:
    files = [path.stem for path in HOUSE.glob("[a-z]*.py")]
    assert sorted(ORDER) == sorted([*files, *(room.name for room in ROOMS)])
    tops = re.findall(r"^([A-Za-z_.]+/?) ", TREE, re.MULTILINE)
    assert [top for top in tops if not (REPOSITORY / top).exists()] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_is_in_it(room: Path) -> None:
    map_of_it = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    named = re.findall(r"^([a-z_]+)  ", map_of_it, re.MULTILINE)
    assert sorted(named) == sorted(path.stem for path in room.glob("*.py") if path.stem != "__init__")


def known(path: Path) -> Iterator[str]:
    """Yield the rooms, and the files beside them, that the module at `path` imports from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "novelist":
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("novelist."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (name.name.split(".")[1] for name in node.names if name.name.startswith("novelist."))


def test_nothing_knows_what_stands_below_it() -> None:
    wrong = [
        f"{path.relative_to(HOUSE)} knows {other}"
        for path in HOUSE.rglob("*.py")
        if (place := path.relative_to(HOUSE).parts[0].removesuffix(".py")) in ORDER
        for other in known(path)
        if ORDER.index(other) > ORDER.index(place)
    ]
    assert wrong == []


def test_no_test_takes_anything_from_another_file_of_tests() -> None:
    taken = re.compile(r"^\s*(?:from|import) test_", re.MULTILINE)
    files = sorted((REPOSITORY / "tests").glob("*.py"))
    assert [path.name for path in files if taken.search(path.read_text(encoding="utf-8"))] == []


def imported(path: Path, modules: set[str]) -> set[str]:
    """Return the modules that the one at `path` imports from, wherever in it and for whatever."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return names & modules


def test_no_modules_import_each_other_in_a_circle() -> None:
    paths = {
        ".".join(path.relative_to(REPOSITORY).with_suffix("").parts): path
        for path in HOUSE.rglob("*.py")
        if path.stem != "__init__"
    }
    left = {name: imported(path, set(paths)) for name, path in paths.items()}
    while grounded := [name for name, below in left.items() if not below & left.keys()]:
        for name in grounded:
            del left[name]
    assert sorted(left) == []
