"""What a new user does first, with the real embedded model."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from shelf import REPOSITORY, Shelf


@pytest.fixture
def clone(tmp_path: Path, bare_environ: dict[str, str]) -> Shelf:
    """What a fresh clone of the repository holds of a book: its dodo.py, its template, and the package beside them."""
    root = tmp_path / "clone"
    root.mkdir()
    shutil.copyfile(REPOSITORY / "dodo.py", root / "dodo.py")
    shutil.copytree(REPOSITORY / "project_template", root / "project_template")
    (root / "novelist").mkdir()
    shutil.copyfile(REPOSITORY / "novelist" / "tasks.py", root / "novelist" / "tasks.py")
    return Shelf(root, {**bare_environ, "PYTHONPATH": str(REPOSITORY)})


def test_the_two_dodo_files_are_one() -> None:
    assert (REPOSITORY / "dodo.py").read_bytes() == (REPOSITORY / "project_template" / "dodo.py").read_bytes()


@pytest.mark.embedded
def test_doit_in_the_repository_writes_the_sample_book_with_the_embedded_model(clone: Shelf) -> None:
    premise = clone / "project_template" / "premise.md"
    premise.write_text(premise.read_text().replace("chapters: 5", "chapters: 2").replace("300-500", "60-90"))
    ran = clone.doit()
    assert (ran.status, ran.err) == (0, "")
    first, second, *_, where, how = ran.out.splitlines()
    assert first == "premise      copied from project_template/ to book/"
    assert second == (
        "No key and no server: a rehearsal with SmolLM2-135M-Instruct.Q4_1. "
        "The machinery is real; the prose is that of a very small model."
    )
    assert where == "The book is book/book.md."
    assert how == (
        "To have Kimi write it: put MOONSHOT_API_KEY=… (from platform.kimi.ai) into book/.env, remove the rehearsal "
        "(rm -r book/bible.md book/outline.md book/chapters book/summaries), and run `doit` again."
    )
    text = (clone / "book" / "book.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^## \d+\. .+ \{#.+\}$", text, re.MULTILINE)) == 2
    assert clone.doit().out == "Everything is up to date.\n"
    calls = [json.loads(line) for line in (clone / "book" / ".novelist" / "ledger.jsonl").read_text().splitlines()]
    found_in_the_cache = [call["cached"] for call in calls if call["task"].startswith("chapter:")]
    assert len(found_in_the_cache) >= 2
    assert min(found_in_the_cache) > 0
    chapter = next((clone / "book" / "chapters").glob("01-*.md"))
    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\nThe gull came back.\n", encoding="utf-8")
    ran = clone.doit()
    assert (ran.status, ran.err) == (0, "")
    assert "The book is book/book.md.\n" in ran.out
    assert "To have Kimi write it" not in ran.out  # nobody is told to remove what they wrote


@pytest.mark.parametrize("verb", ["list", "info chapter:02", "clean", "forget", "help"])
def test_looking_does_not_make_the_sample_book(clone: Shelf, verb: str) -> None:
    ran = clone.doit(*verb.split())
    assert "Traceback" not in ran.out + ran.err
    assert not (clone / "book" / "premise.md").exists()


def test_a_folder_in_the_sample_books_way_is_left_alone(clone: Shelf) -> None:
    (clone / "book").mkdir()
    (clone / "book" / "notes.txt").write_text("mine")
    ran = clone.doit()
    assert (ran.status, ran.err) == (
        3,
        "ERROR: book: it has files, but no premise.md. Write one, or remove it.\n",
    )
    assert [path.name for path in (clone / "book").iterdir()] == ["notes.txt"]


@pytest.mark.embedded
def test_a_model_file_that_is_none_is_named_with_the_remedy(clone: Shelf) -> None:
    (clone / "bad.gguf").write_text("no model")
    ran = clone.doit(NOVELIST_GGUF="bad.gguf")
    assert ran.status == 1
    assert ran.out.splitlines()[-1] == (
        "bible        failed: `bad.gguf` cannot be loaded as a model. "
        "Name another file in NOVELIST_GGUF, or leave it out."
    )
    assert ran.err == ""
