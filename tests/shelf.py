"""A book in a folder of its own, and the commands a writer gives there."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
# Two real novels, which are no part of the project: tests that read them are skipped where they are not.
NOVELS = REPOSITORY.parent / "shared" / "data"
with_novels = pytest.mark.skipif(not NOVELS.is_dir(), reason=f"the two novels are not in {NOVELS}")
OURS = ("MOONSHOT_API_KEY", "KIMI_", "NOVELIST_", "HTTP_PROXY", "http_proxy")
# No server here has a certificate, and to read those of the machine would take a client 30 ms: it looks where none are.
NO_CERTIFICATES = {"SSL_CERT_FILE": "", "SSL_CERT_DIR": str(Path(__file__).parent)}

PREMISE = """\
---
title: The Salt Lamp
author: Ines Halden
language: en
chapters: 5
stale: redraft
words: 40-60
---
Mara keeps a lighthouse and finds a letter from her brother.
"""


@dataclass(frozen=True)
class Ran:
    """One run of a command: its exit status and what it printed; the line before the first draft stands apart."""

    status: int
    out: str
    err: str
    to_draft: str = ""

    @classmethod
    def of(cls, status: int, out: str, err: str) -> Ran:
        """Return a run, with the line that says what there is to draft taken out of what it printed."""
        told = re.search(r"^To draft: .*\n", out, re.MULTILINE)
        return cls(status, out.replace(told[0], "", 1), err, told[0].rstrip()) if told else cls(status, out, err)


@dataclass
class Shelf:
    """A book in a folder of its own, and the commands a writer gives there."""

    root: Path
    environ: dict[str, str] = field(default_factory=dict)

    def __truediv__(self, name: str) -> Path:
        return self.root / name

    def run(self, *command: str, **environ: str) -> Ran:
        """Run a command in the book's folder, in a process of its own."""
        done = subprocess.run(
            list(command),
            cwd=self.root,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=900,
            check=False,
        )
        return Ran.of(done.returncode, done.stdout, done.stderr)

    def doit(self, *arguments: str, **environ: str) -> Ran:
        """Run doit, as the one on PATH is run."""
        return self.run(str(Path(sys.executable).with_name("doit")), *arguments, PYTHONWARNINGS="error", **environ)

    def statuses(self) -> dict[str, str]:
        """Return what `doit list --all --status` says of each task: R or U."""
        ran = self.doit("list", "--all", "--status", "--quiet")
        assert ran.status == 0, ran.err
        return {name: status for status, name in (line.split()[:2] for line in ran.out.splitlines())}

    def texts(self) -> dict[str, str]:
        """Return the text of every file of the book, by its path; what is hidden is left out."""
        found = (path for path in sorted(self.root.rglob("*")) if path.is_file())
        return {
            str(path.relative_to(self.root)): path.read_bytes().decode()
            for path in found
            if not any(part.startswith((".", "__")) for part in path.relative_to(self.root).parts)
        }

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must be there, in a file, as a writer does in an editor."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text, (name, old)
        (self.root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def chapter(self, number: int) -> Path:
        """Return the file of a chapter by its number."""
        return next((self.root / "chapters").glob(f"{number:02d}-*.md"))

    def summary(self, number: int) -> Path:
        """Return the file of a summary by its number."""
        return next((self.root / "summaries").glob(f"{number:02d}-*.md"))
