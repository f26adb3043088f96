"""A run with nothing to do is quick: it imports no openai, no engine, no templates."""

from __future__ import annotations

import sys

from scripted import Scripted
from shelf import Shelf

HEAVY = ("openai", "xllamacpp", "jinja2", "tenacity", "httpx", "httpx2", "click", "rich")
RUN = """
import sys
from doit.doit_cmd import DoitMain
status = DoitMain().run([])
print(*[name for name in {heavy!r} if name in sys.modules], sep=",")
sys.exit(status)
"""


def test_a_run_with_nothing_to_do_imports_nothing_heavy(book: Shelf, server: Scripted) -> None:
    assert book.doit().status == 0
    server.clear()
    ran = book.run(sys.executable, "-c", RUN.format(heavy=HEAVY))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Everything is up to date.\n\n"
    assert server.requests == []


def test_help_imports_nothing_heavy(book: Shelf) -> None:
    code = f"import sys, novelist.cli.main; print(*[name for name in {HEAVY!r} if name in sys.modules], sep=',')"
    assert book.run(sys.executable, "-c", code).out == "click\n"
