"""doit run in this process: openai is imported once for all builds, and nothing waits between two tries.

The build is the same one: novelist's own command makes it, and what it prints is read from the file descriptors.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from doit import cmd_run
from shelf import OURS, Ran, Shelf

from novelist.book.paths import locate
from novelist.cli.main import main
from novelist.cli.making import run_doit


@dataclass
class Here(Shelf):
    """A book that is built in this process."""

    capfd: pytest.CaptureFixture[str] | None = None

    def doit(self, *arguments: str, **environ: str) -> Ran:
        """Run doit in the book's folder, without waiting between the tries of a call."""
        assert self.capfd is not None
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith(OURS)]:
                patch.delenv(name)
            for name, value in {**self.environ, **environ}.items():
                patch.setenv(name, value)
            patch.chdir(self.root)
            patch.setattr("novelist.model.tries.LONGEST_WAIT", 0.0)
            # doit took the standard output of the time when it was imported.
            patch.setitem(cmd_run.opt_outfile, "default", sys.stdout)
            self.capfd.readouterr()
            try:
                status = run_doit(locate(Path.cwd(), os.environ), list(arguments))
            except SystemExit as end:
                status = int(end.code or 0)
        return Ran.of(status, *self.capfd.readouterr())

    def novelist(self, *arguments: str, answers: str = "") -> Ran:
        """Give a `novelist` command in the book's folder, with `answers` on its standard input."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environ.items():
                patch.setenv(name, value)
            patch.chdir(self.root)
            ran = CliRunner().invoke(main, arguments, input=answers)
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        return Ran(ran.exit_code, ran.stdout, ran.stderr)


@pytest.fixture
def here(book: Shelf, capfd: pytest.CaptureFixture[str]) -> Here:
    """The book, built in this process."""
    return Here(book.root, book.environ, capfd)


def body(text: str) -> str:
    """Return what stands below a page's front matter, without the blank lines around it."""
    return text.split("\n---\n", 1)[1].strip("\n")


def everything(book: Shelf) -> str:
    """Return the text of all files of a book but its `.env`, hidden ones too."""
    files = (path for path in sorted(book.root.rglob("*")) if path.is_file() and path.name != ".env")
    return "\n".join(path.read_bytes().decode() for path in files)
