"""Six books on Snakemake, as docs/many-books.md has it: one fails, one is killed, and what is done is left alone."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted import Reply, Request, Scripted, bible, events, outline, prose, refusal, rest
from shelf import REPOSITORY, Ran, Shelf

PAGE = REPOSITORY / "docs" / "many-books.md"
SNAKEFILE = REPOSITORY / "docs" / "many-books" / "Snakefile"
BIN = Path(sys.executable).parent
BOOKS = ["1-salt", "2-glass", "3-rope", "4-tide", "5-ferry", "6-winter night"]
KILLED, EDITED, FAILING = "2-glass", "3-rope", "5-ferry"
TASKS = ["bible", "outline", "chapter:1", "summary:1", "chapter:2", "summary:2"]
snakemake = pytest.mark.skipif(not (BIN / "snakemake").exists(), reason="`--group many` installs Snakemake")


class Authors:
    """A server that writes each book its own text of each task, lets one fail, and kills the build of another once."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.asked: dict[str, list[Request]] = defaultdict(list)  # by book
        self.kills = 1

    def __call__(self, request: Request) -> Reply:
        """Answer a request."""
        book = next(name for name in BOOKS if f"Of {name}." in request.prompt)
        self.asked[book].append(request)
        if (book, request.task) == (FAILING, "chapter:2"):
            return refusal(429, "exceeded_current_quota_error")
        texts = {"bible": bible(), "outline": outline(2)}
        words = 50 if request.task.startswith("chapter:") else 20
        text = texts.get(request.task) or prose(words, zlib.crc32(f"{book} {request.task}".encode()))
        reply = Reply(rest(text, request.begun))
        if (book, request.task) == (KILLED, "chapter:2") and self.kills:
            self.kills -= 1
            return Reply(events=self.killing(request, reply))
        return reply

    def killing(self, request: Request, reply: Reply) -> Iterator[str]:
        """Yield the events of a reply, and kill the build that reads them when some of the text is on its disk."""
        hidden = self.shelf / "books" / KILLED / ".novelist"
        for count, event in enumerate(events(request, reply)):
            if count == 5:
                while not any(path.stat().st_size > 300 for path in hidden.glob("partial/*-2.part")):
                    time.sleep(0.01)
                os.kill(int((hidden / "lock.pid").read_text(encoding="utf-8")), signal.SIGKILL)
            yield event


@pytest.fixture
def shelf(tmp_path: Path, bare_environ: dict[str, str], server: Scripted) -> Shelf:
    """A folder with the Snakefile and six books of two chapters, of which there is nothing but the premise."""
    for name in BOOKS:
        root = tmp_path / "many" / "books" / name
        root.mkdir(parents=True)
        front = f"title: {name}\nlanguage: en\nchapters: 2\nwords: 40-60\njobs: 1\n"
        (root / "premise.md").write_text(f"---\n{front}---\nMara keeps a lighthouse. Of {name}.\n", encoding="utf-8")
        shutil.copy(REPOSITORY / "project_template" / "dodo.py", root)
    shutil.copy(SNAKEFILE, tmp_path / "many")
    path = f"{BIN}{os.pathsep}{bare_environ['PATH']}"
    key = {"KIMI_BASE_URL": server.base_url, "KIMI_PROVIDER": "moonshot", "MOONSHOT_API_KEY": "sk-test-key"}
    # Snakemake starts twice as fast from bytecode, which an installer may not have made.
    return Shelf(tmp_path / "many", {**bare_environ, **key, "PATH": path, "PYTHONDONTWRITEBYTECODE": ""})


def build(shelf: Shelf) -> Ran:
    """Build the books by the command that the page has."""
    (command,) = re.findall(r"^\$ (snakemake .*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return shelf.run(*command.split())


@snakemake
def test_books_are_built_side_by_side_and_a_second_run_does_what_the_first_could_not(
    shelf: Shelf, server: Scripted
) -> None:
    authors = server.script = Authors(shelf)

    first = build(shelf)

    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert first.status == 1
    assert first.out == shown[0], first.err
    assert {book: [request.task for request in asked] for book, asked in authors.asked.items()} == {
        book: TASKS[:5] if book in (KILLED, FAILING) else TASKS for book in BOOKS
    }
    (part,) = (shelf / "books" / KILLED / ".novelist" / "partial").glob("*.part")
    came = part.read_text(encoding="utf-8").partition("\n")[2]
    authors.asked.clear()
    shelf.edit(f"books/{EDITED}/outline.md", "On day 1 Mara finds", "On day 1 Mara breaks")

    second = build(shelf)

    assert second.status == 1
    assert second.out == shown[1], second.err
    tasks = {book: [request.task for request in asked] for book, asked in authors.asked.items()}
    assert tasks == {KILLED: TASKS[4:], EDITED: TASKS[2:3], FAILING: TASKS[4:5]}
    begun = authors.asked[KILLED][0].begun
    assert came.startswith(begun)
    assert len(came) - len(begun) < 20


def test_the_page_shows_the_snakefile_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL) == [
        SNAKEFILE.read_text(encoding="utf-8")
    ]
