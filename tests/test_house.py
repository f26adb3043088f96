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


# What opens, lists, writes, renames or removes a file, by the name of the call.
PATH_CALLS = (
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "rename", "iterdir", "glob", "rglob"),
    *("mkdir", "rmdir", "touch", "chmod", "symlink_to", "hardlink_to"),
)
MODULE_CALLS = {
    "os": "open replace rename remove unlink scandir listdir walk mkdir makedirs rmdir link symlink truncate chmod",
    "shutil": "copy copy2 copyfile copymode copystat copytree move rmtree",
    "tempfile": "NamedTemporaryFile mkstemp mkdtemp",
}
LIBRARY_CALLS = ("FileLock", "FileSystemLoader", "ZipFile", "dotenv_values")
DOOR = re.compile(r"(.*\.)?_?files|Files\(.*\)")
OUR_OWN = "it ships with the package"
TEMPORARY = "it is in a temporary folder of this call's own"
# What goes past the door, with the reason for each.
PAST_THE_DOOR = {
    ("book/cache.py", "os.scandir"): OUR_OWN,
    ("book/lock.py", "FileLock"): "the door has looked at the lock right before",
    ("model/budget.py", "FileLock"): "the door has looked at the lock right before",
    ("cli/making.py", "out.parent.mkdir"): "a person names it with --out, wherever it is",
    ("cli/making.py", "out.write_bytes"): "a person names it with --out, wherever it is",
    ("drafting/parallel.py", "client.open"): "it opens a client, no file",
    ("drafting/rendering.py", "jinja2.FileSystemLoader"): OUR_OWN,
    ("edits/stamping.py", "new.parent.mkdir"): TEMPORARY,
    ("edits/stamping.py", "new.write_text"): TEMPORARY,
    ("export/archive.py", "ZipFile"): "it is in memory",
    ("export/docx.py", "(folder / 'book.docx').read_bytes"): TEMPORARY,
    ("export/docx.py", "(folder / 'reference.docx').write_bytes"): TEMPORARY,
    ("export/epub.py", "(folder / 'book.epub').read_bytes"): TEMPORARY,
    ("export/epub.py", "(folder / f'cover.{kind}').write_bytes"): TEMPORARY,
    ("export/html.py", "(HERE / name).read_text"): OUR_OWN,
    ("export/html.py", "jinja2.FileSystemLoader"): OUR_OWN,
    ("export/reading.py", "(Path(folder) / name).write_text"): TEMPORARY,
    ("export/manuscript.py", "(folder / name).write_bytes"): TEMPORARY,
    ("export/pdf.py", "(folder / f'{place}.typ').write_text"): TEMPORARY,
    ("export/pictures.py", "(folder / 'main.typ').write_text"): TEMPORARY,
    ("export/pictures.py", "(folder / name).write_bytes"): TEMPORARY,
    ("export/typesetting.py", "(folder / 'book.json').write_text"): TEMPORARY,
    ("export/typesetting.py", "(folder / 'main.typ').write_text"): TEMPORARY,
    ("export/typesetting.py", "TEMPLATES.glob"): OUR_OWN,
    ("export/typesetting.py", "shutil.copyfile"): OUR_OWN,
    ("imports/writing.py", "draft.root.rename"): TEMPORARY,
    ("imports/writing.py", "entry.rename"): TEMPORARY,
    ("imports/writing.py", "draft.iterdir"): TEMPORARY,
    ("imports/writing.py", "path.unlink"): "this call has just put it into a folder that was empty",
    ("imports/writing.py", "root.parent.mkdir"): "a person names the folder of a new book, wherever it is",
    ("imports/writing.py", "shutil.rmtree"): "this call has just put it into a folder that was empty",
    ("prose/slop.py", "(resources.files('novelist.prose') / 'slop.txt').read_text"): OUR_OWN,
    ("model/variables.py", "dotenv_values"): "it is given a text",
    ("model/client.py", "self.open"): "it opens a client, no file",
    ("model/cores.py", "STATISTICS.read_text"): "the system says there what its cores do",
    ("model/shipped.py", "(Path(sys.prefix) / 'pyvenv.cfg').read_text"): "it is of the Python that runs this",
    ("model/shipped.py", "FileLock"): "the door has looked at the lock right before",
    ("model/shipped.py", "folder.glob"): TEMPORARY,
    ("model/shipped.py", "zipfile.ZipFile"): TEMPORARY,
    ("studio/pages.py", "jinja2.FileSystemLoader"): OUR_OWN,
    ("studio/pages.py", "path.read_bytes"): OUR_OWN,
    ("studio/serving.py", "webbrowser.open"): "it opens a browser, no file",
    ("terminal/lines.py", "os.open"): "it is os.devnull",
}


def opened(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the calls in the module at `path` that touch files and do not go through the door."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        call = ast.unparse(node.func)
        on, _, name = call.rpartition(".")
        touches = name in LIBRARY_CALLS or (
            name in MODULE_CALLS[on].split()
            if on in MODULE_CALLS
            # A path is replaced by one, a piece of a text by another.
            else name in PATH_CALLS or (name == "replace" and len(node.args) + len(node.keywords) == 1)
        )
        in_memory = name == "ZipFile" and ast.unparse(node.args[0]).startswith("BytesIO(")
        if touches and not in_memory and not DOOR.fullmatch(on):
            yield str(path.relative_to(HOUSE).as_posix()), call


def test_no_file_is_opened_past_the_door() -> None:
    door = [HOUSE / "book" / f"{part}.py" for part in ("files", "reading", "root")]
    calls = {call for path in HOUSE.rglob("*.py") if path not in door for call in opened(path)}
    assert sorted(calls - PAST_THE_DOOR.keys()) == []
    assert sorted(PAST_THE_DOOR.keys() - calls) == []
    # By a name of its own, a call would not be seen.
    imported = [
        f"{path.relative_to(HOUSE)}: {name.name}"
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in MODULE_CALLS
        for name in node.names
        if name.name in MODULE_CALLS[node.module].split()
    ]
    assert imported == []
