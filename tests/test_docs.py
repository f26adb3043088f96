"""The pages of docs/ that are made from the code are as it makes them now, and what they link to is there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import make
import pytest
from shelf import REPOSITORY, Shelf

BIN = Path(sys.executable).parent
BY_HAND = ["README.md", "CONTRIBUTING.md", "docs/guide.md", "docs/many-books.md", "docs/rules.md"]
BY_HAND += ["benchmarks/README.md", "docs/studio.md", "docs/agents.md", "docs/skill/SKILL.md"]
DOCUMENTS = [*BY_HAND, *(f"docs/{name}" for name in make.PAGES)]
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
HELP = re.findall(r"^\$ ([^\n]* --help)\n(.*?)^```$", make.commands(), re.MULTILINE | re.DOTALL)


def text(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


# The doctor's JSON is on that page, who looks at the programs of exports by running them.
PAGES = [pytest.param(name, marks=pytest.mark.slow) if name == "for-programs.md" else name for name in make.PAGES]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_the_code_makes_it(name: str) -> None:
    assert text(f"docs/{name}") == make.page(name), "`uv run python docs/make.py` makes it anew"


def test_every_page_is_one_of_those_that_are_known() -> None:
    assert sorted(path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "docs").rglob("*.md")) == sorted(
        name for name in DOCUMENTS if name.startswith("docs/")
    )


@pytest.mark.parametrize(("command", "printed"), HELP)
def test_help_is_as_printed(book: Shelf, command: str, printed: str) -> None:
    program, *arguments = command.split()
    assert book.run(str(BIN / program), *arguments).out == printed


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_linked_to_is_there(name: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", CODE.sub("", text(name)))
    nearby = [link for link in links if not link.startswith("https://")]
    assert [link for link in nearby if not ((REPOSITORY / name).parent / link).exists()] == []


def test_every_variable_of_the_environment_is_described() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "novelist").rglob("*.py"))
    names = set(re.findall(r'"((?:KIMI|MOONSHOT|NOVELIST)_[A-Z_]+)"', source))
    page = make.settings()
    assert [name for name in sorted(names) if name not in page] == []


def test_the_edition_shown_is_one(tmp_path: Path) -> None:
    from novelist.book.settings import read_edition

    (shown,) = re.findall(r"^```yaml\n(.*?)^```$", text("docs/guide.md"), re.MULTILINE | re.DOTALL)
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "front.jpg").touch()
    (tmp_path / "premise.md").write_text(f"---\n{shown}---\nA letter.\n", encoding="utf-8")
    edition = read_edition(tmp_path / "premise.md")
    assert (edition.publisher, edition.volume, edition.cover) == (
        "Gull & Daughters",
        "2",
        tmp_path / "pictures" / "front.jpg",
    )
