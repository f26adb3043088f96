"""doit may run tasks in threads: the book is the same."""

from __future__ import annotations

import re
from pathlib import Path

from in_process import Here
from scripted import Scripted
from shelf import Shelf


def without_times(texts: dict[str, str]) -> dict[str, str]:
    return {name: re.sub(r"^  at: .*\n", "", text, flags=re.MULTILINE) for name, text in texts.items()}


def test_doit_with_four_threads_writes_the_same_book(book: Shelf, here: Here, server: Scripted, tmp_path: Path) -> None:
    book.run("cp", "-r", ".", "../threads")
    assert here.doit().status == 0
    with Scripted() as other:
        threads = Shelf(tmp_path / "threads", {**book.environ, "KIMI_BASE_URL": other.base_url})
        ran = threads.doit("-n", "4", "-P", "thread")
        assert (ran.status, ran.err) == (0, "")
        assert other.tasks == server.tasks
    assert without_times(threads.texts()) == without_times(here.texts())
    assert threads.doit("-n", "4", "-P", "thread").out == "Everything is up to date.\n"
