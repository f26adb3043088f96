"""pandoc: the one on the PATH where it is recent enough, else the one that PyPI's pypandoc_binary ships.

Knows how it is found and run. Knows nothing of books.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_VERSION = (3, 6)
# What is untrusted may be such that it takes all of a machine's memory or time to read it.
HEAP = ("+RTS", "-M2G", "-RTS")
OUT_OF_HEAP = 251
LEAST_TIMEOUT = 120.0  # seconds
SLOWEST = 10_000  # bytes a second: a thousand chapters, 14 MB, take ten seconds
TOO_MUCH = (
    "a chapter cannot be read: it takes pandoc too long, or too much memory. "
    "Look for a footnote that refers to itself, or for long rows of brackets, asterisks or accents."
)
TOO_DEEP = "a chapter has lists, quotations or emphases too deep within one another. Write them flatter."
DEPTH = "There are hundreds of `>`, `*` or list marks in a row."
MISSING = (
    f"there is no pandoc {'.'.join(map(str, LEAST_VERSION))} or later. "
    "Install it, or novelist's extra `export`, which brings it along."
)


@cache
def find() -> tuple[Path, str]:
    """Return where pandoc is, and its version. Raises ExportError where there is none that is recent enough."""
    for path in (shutil.which("pandoc"), _shipped()):
        if path and Path(path).resolve().parent == Path.cwd().resolve():
            continue  # Windows looks into the folder of the book first, which may be anybody's
        version = _version(path) if path else ""
        if version and tuple(map(int, version.split(".")[:2])) >= LEAST_VERSION:
            return Path(str(path)), version
    raise ExportError(MISSING)


def run(arguments: list[str], given: bytes = b"", *, folder: Path, environ: Mapping[str, str] | None = None) -> bytes:
    """Return what pandoc prints, run in `folder` on what it is `given`. Raises ExportError with its words."""
    path, _ = find()
    size = len(given) + sum((folder / name).stat().st_size for name in arguments if (folder / name).is_file())
    try:
        done = subprocess.run(  # noqa: S603 - arguments are ours; what is untrusted goes in by standard input and files
            [str(path), *arguments, *HEAP],
            input=given,
            cwd=folder,
            env=environ,
            capture_output=True,
            check=False,
            timeout=LEAST_TIMEOUT + size / SLOWEST,
        )
    except subprocess.TimeoutExpired as error:
        raise ExportError(TOO_MUCH) from error
    if done.returncode == OUT_OF_HEAP:
        raise ExportError(TOO_MUCH)
    if done.returncode != 0:
        words = " ".join(done.stderr.decode("utf-8", "replace").split())[:500]
        message = f"pandoc failed with {done.returncode} ({words}). Please report it: this is not the book's fault."
        raise ExportError(message)
    return done.stdout


def _shipped() -> str | None:
    """Return the program in pypandoc_binary, without importing the package."""
    spec = importlib.util.find_spec("pypandoc")
    for folder in spec.submodule_search_locations or () if spec else ():
        for name in ("pandoc", "pandoc.exe"):
            if (program := Path(folder) / "files" / name).is_file():
                return str(program)
    return None


def _version(path: str) -> str:
    """Return the version of the program at `path`, empty where it does not say one."""
    try:
        # One that refuses to be given a heap is as good as none.
        printed = subprocess.run([path, "--version", *HEAP], capture_output=True, check=False, timeout=60).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.match(rb"pandoc(?:\.exe)? ([0-9]+(?:\.[0-9]+)+)", printed)
    return match[1].decode() if match else ""
