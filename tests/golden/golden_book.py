"""Make golden books: whole small books as this commit's code builds them, for tests/test_golden_golden_sources.py.

A change of what a build writes into a book leaves the books that people have as they were, and no upgrade may make them
stale. So after each commit that changes what is written:

    uv run --group dev python tests/golden/golden_book.py

builds every book of golden_sources.py with the scripted server, and stores as NAME-COMMIT.json those whose files differ
from all that are stored, the time of a draft apart. Never edit or remove a stored book: it is what somebody has. One
that is no longer idle shows a fault of the new code. A new kind of book is a new entry in golden_sources.py.

The code of an earlier commit is used by putting its tree, its tests/ and a .dist-info with its entry point for doit
before this one on PYTHONPATH, and naming it with --commit. So nothing of novelist is known here but what a dodo.py is.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parent.parent))

from doit import cmd_run
from doit.cmd_base import ModuleTaskLoader
from doit.doit_cmd import DoitMain
from golden_sources import BOOKS, WORDS, Source
from scripted import Reply, Request, Script, Scripted, write_book

HERE = Path(__file__).parent
DODO = "from novelist.tasks import *\n"
MOST_BUILDS = 4  # until one has nothing to do
AT = re.compile(r"\bat: '?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z'?")
CACHE = re.compile(r"\.novelist/(?:cache/|lock)")  # what a build may forget at any time
UNSPACED = ("zh", "ja")


def main() -> None:
    """Make the books that are named, or all, and store what nobody has stored."""
    parser = argparse.ArgumentParser(description="Make golden books with the code that is imported.")
    parser.add_argument(
        "names", nargs="*", default=list(BOOKS), metavar="BOOK", help="names in golden_sources.py; all if none"
    )
    parser.add_argument("--out", type=Path, default=HERE, help="the folder of all stored books")
    parser.add_argument("--commit", default="", help="the short hash of the code's commit; this tree's if left out")
    given = parser.parse_args()
    commit = given.commit or _commit()
    stored = {fingerprint(stored["files"]) for stored in map(load, sorted(given.out.glob("*.json")))}
    for name in given.names:
        try:
            made = make(BOOKS[name])
        except (AssertionError, OSError, ValueError) as error:
            print(f"{commit} {name}: not made: {str(error)[-300:]}")  # noqa: T201 - a script tells what it does
            continue
        if (mark := fingerprint(made["files"])) in stored:
            continue
        stored.add(mark)
        path = given.out / f"{name}-{commit}.json"
        text = json.dumps({"made by": commit, **made}, ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        print(f"{path.relative_to(given.out)}: {len(made['files'])} files")  # noqa: T201 - as above


def _commit() -> str:
    command = ["git", "rev-parse", "--short=7", "HEAD"]
    return subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True).stdout.strip()


def load(path: Path) -> dict[str, Any]:
    """Return a stored book: what its idle build printed, and its files' texts by their paths."""
    stored: dict[str, Any] = json.loads(path.read_bytes())
    return stored


def fingerprint(files: dict[str, str]) -> str:
    """Return what tells two books apart: all files but hidden ones, without the times of their drafts."""
    texts = {name: AT.sub("", text) for name, text in files.items() if not name.startswith(".")}
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def make(source: Source) -> dict[str, Any]:
    """Build a book until a build has nothing to do, and return what is stored of it.

    Raises AssertionError where a build fails or never comes to rest.
    """
    with tempfile.TemporaryDirectory() as folder, Scripted() as server:
        root = Path(folder) / "book"
        root.mkdir()
        for name, text in {"dodo.py": DODO, **source.files}.items():
            path = root / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        server.script = author(source.language)
        with _environ(root, server.base_url):
            for step in (None, *source.steps):
                if step:
                    step(root)
                printed, warned = settle(root, server)
        files = {name: data.decode() for name, data in read(root).items() if not CACHE.match(name)}
        assert folder not in "".join(files.values())
        hidden = {name for name in files if name.startswith(".novelist/")}
        kept = {name: text for name, text in files.items() if name not in hidden or source.keep_hidden}
        return {"prints": printed, **({"warns": warned} if warned else {}), "files": kept}


def settle(root: Path, server: Scripted) -> tuple[str, str]:
    """Build until nothing is asked for and no file is changed, and return what that build printed, and on stderr."""
    for _ in range(MOST_BUILDS):
        before = read(root)
        server.clear()
        printed, warned = build()
        after = read(root)
        if not server.requests and _visible(before) == _visible(after):
            return printed, warned
    raise AssertionError(printed)


def read(root: Path) -> dict[str, bytes]:
    """Return every file of a book by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _visible(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.startswith(".")}


def build() -> tuple[str, str]:
    """Run doit on the book in this directory, and return what it printed, and on stderr.

    Raises AssertionError if it fails.
    """
    space: dict[str, object] = {}
    exec(DODO, space)  # noqa: S102 - as doit runs a dodo.py
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        cmd_run.opt_outfile["default"] = out  # doit took the standard output of the time when it was imported
        try:
            status = DoitMain(ModuleTaskLoader(space), config_filenames=()).run([])
        except SystemExit as end:
            status = end.code
    assert not status, out.getvalue() + err.getvalue()
    return out.getvalue(), err.getvalue()


@contextlib.contextmanager
def _environ(root: Path, base_url: str) -> Iterator[None]:
    ours = {"KIMI_BASE_URL": base_url, "MOONSHOT_API_KEY": "sk-test-key", "NOVELIST_YES": "1"}
    before, folder = dict(os.environ), Path.cwd()
    os.chdir(root)
    try:
        os.environ.update({**ours, "HOME": str(root.parent)})
        yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)


def author(language: str) -> Script:
    """Return a script that writes in a language, for one and the same request always the same."""
    plan, times = write_book(), Counter[str]()

    def script(request: Request) -> Reply:
        task = request.task
        times[task] += 1
        dice = random.Random(f"{task} {times[task]}")  # noqa: S311 - prose is no secret
        if task.startswith("chapter:"):
            asked = re.findall(r"in (\d+)(?:-(\d+))? words", request.prompt)[-1]
            return Reply(prose(language, (int(asked[0]) + int(asked[1] or asked[0])) // 2, dice))
        if task.startswith(("summary:", "arc:")):
            return Reply(f"{prose(language, 5, dice)}\n\nFacts:\n\n- Mara: {prose(language, 3, dice)}")
        return plan(request)

    return script


def prose(language: str, length: int, dice: random.Random) -> str:
    """Return `length` words (characters, where there are no spaces) in sentences."""
    unspaced = language in UNSPACED
    words = [dice.choice(WORDS[language].split()) for _ in range(length)]
    sentences = [("" if unspaced else " ").join(words[start : start + 7]) for start in range(0, length, 7)]
    told = [f"{text[0].upper()}{text[1:]}{'。' if unspaced else '.'}" for text in sentences]
    if len(told) > 1:
        told[1] = f'"{told[1]}"'  # a cleaning would make these marks those of the language
    return "\n\n".join(told)


if __name__ == "__main__":
    main()
