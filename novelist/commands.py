"""How commands are given here: `doit` where a person has it, else `novelist build`; behind `uv run` where that is how.

Knows how this process was begun. Knows no command's meaning.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

NAMED = re.compile(r"`((?:[A-Z_]+=\S+ )?)(doit|novelist)(?=[ `])")


def here(text: str) -> str:
    """Return `text`, in which each command between backticks is called as a person calls it here."""
    return NAMED.sub(lambda match: f"`{match[1]}{command(match[2])}", text) if "`" in text else text


def command(name: str) -> str:
    """Return what a person types here for `doit` or `novelist`."""
    if name == "doit" and _begun_as_novelist() and not _on_path("doit"):
        name = "novelist build"
    return f"uv run {name}" if _run_by_uv() else name


def _begun_as_novelist() -> bool:
    begun = Path(sys.argv[0])
    return begun.stem == "novelist" or begun.parts[-2:] == ("novelist", "__main__.py")


def _on_path(name: str) -> bool:
    """Say whether the command of this installation is found by its name alone; that of a tool's own parts is not."""
    import shutil  # noqa: PLC0415 - a build that says nothing can do without

    path = shutil.which(name)
    return path is not None and Path(path).parent.resolve() == Path(sys.executable).parent.resolve()


def _run_by_uv() -> bool:
    """Say whether `uv run` has begun this process, and would find the project again from this folder."""
    if "UV_RUN_RECURSION_DEPTH" not in os.environ:
        return False
    try:
        folder = Path.cwd()
    except OSError:  # it was removed
        return False
    return Path(sys.prefix).parent in (folder, *folder.parents)
