"""Make a golden book of this code: `python tests/golden/golden_book.py NAME PREMISE OUTLINE [BIBLE]`.

The book is written by doit with the scripted server, in a temporary folder, until it is idle; what is then there, and
what the idle build printed, is written to golden/NAME-COMMIT.json. To have one of an older commit, check that out in a
clone, copy this file into its tests/golden/, and run it there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

from scripted import Scripted  # noqa: E402 - a helper of the tests


def make(name: str, sources: dict[str, str]) -> Path:
    """Write the book of `sources`, by their names in it, and return where its golden file is."""
    with TemporaryDirectory() as folder, Scripted() as server:
        root = Path(folder)
        for source, text in sources.items():
            (root / source).write_text(text, encoding="utf-8")
        (root / "dodo.py").write_bytes((REPOSITORY / "project_template" / "dodo.py").read_bytes())
        doit(root, server)
        printed = doit(root, server)
        files = {
            str(path.relative_to(root)): path.read_bytes().decode()
            for path in sorted(root.rglob("*"))
            if path.is_file() and not path.relative_to(root).parts[0].startswith((".", "__"))
        }
    commit = subprocess.check_output(["git", "rev-parse", "--short=7", "HEAD"], cwd=REPOSITORY, text=True).strip()
    path = HERE / f"{name}-{commit}.json"
    book = {"made by": commit, "prints": printed, "files": files}
    path.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def doit(root: Path, server: Scripted) -> str:
    """Run doit in a book's folder, and return what it printed."""
    environ = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"}
    environ |= {"KIMI_BASE_URL": server.base_url, "MOONSHOT_API_KEY": "sk-test-key"}
    return subprocess.check_output([sys.executable, "-m", "doit"], cwd=root, env=environ, text=True)


if __name__ == "__main__":
    name, *paths = sys.argv[1:]
    texts = [Path(path).read_text(encoding="utf-8") for path in paths]
    sys.stdout.write(f"{make(name, dict(zip(('premise.md', 'outline.md', 'bible.md'), texts, strict=False)))}\n")
