"""Sources of imports, written into a folder, and the books that are made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import click
from click.testing import CliRunner

from novelist.cli.importing import import_
from novelist.cli.main import Group


@click.group(cls=Group)
def novelist() -> None:
    """Stand in for the command, which has this verb among others."""


novelist.add_command(import_)


@dataclass(frozen=True)
class Brought:
    """A book that an import made, and what it said."""

    root: Path
    said: list[str]

    @property
    def outline(self) -> list[str]:
        """The headings of its outline, without ids."""
        lines = (self.root / "outline.md").read_text(encoding="utf-8").splitlines()
        return [re.sub(r" \{#[^ }]*\}$", "", line.removeprefix("## ")) for line in lines if line[:1] == "#"]

    @property
    def chapters(self) -> list[str]:
        """The texts of its chapters."""
        return [path.read_bytes().decode() for path in sorted((self.root / "chapters").iterdir())]

    @property
    def front(self) -> list[str]:
        """The settings of its premise."""
        return (self.root / "premise.md").read_text(encoding="utf-8").split("---\n")[1].splitlines()

    @property
    def matter(self) -> dict[str, str]:
        """Its pages of front and back matter."""
        folder = self.root / "matter"
        return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*"))}

    @property
    def history(self) -> list[str]:
        """The texts in its history."""
        return [path.read_text(encoding="utf-8") for path in sorted((self.root / ".novelist").rglob("*.md"))]

    def notes(self, begin: str = "") -> list[str]:
        """What it said in notes that begin so, without what it says of every import."""
        notes = [line[13:] for line in self.said if line.startswith("note")]
        return [note for note in notes if note.startswith(begin) and not note.startswith(("No language", "premise.md"))]


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files, with a stroke for each blank line between paragraphs, and return their folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.replace(" | ", "\n\n").encode())
    return folder


def bring(source: Path, *options: str) -> Brought:
    """Import a file or a folder into a new folder beside it."""
    root = source.parent / "brought"
    done = CliRunner().invoke(novelist, ["import", *options, str(source), str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    said = re.sub(r"[0-9]{8}T[0-9.]+Z\.md", "….md", done.output.replace(f"{root}", "brought"))
    return Brought(root, said.splitlines())


def bring_folder(tmp_path: Path, files: dict[str, str]) -> Brought:
    """Import a folder with these files, which is called `sea`."""
    return bring(write(tmp_path / "sea", files))


def bring_text(tmp_path: Path, text: str, name: str = "sea.md") -> Brought:
    """Import one text."""
    return bring(write(tmp_path, {name: text}) / name)


def refused(source: Path) -> str:
    """Try to import what is refused, and return why."""
    done = CliRunner().invoke(novelist, ["import", str(source), str(source.parent / "brought")], catch_exceptions=False)
    assert done.exit_code == 1, done.output
    return done.output.removeprefix("Error: ").rstrip("\n").replace(f"{source.parent}/", "")
