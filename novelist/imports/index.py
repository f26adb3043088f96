"""Files beside chapters that say which there are and in which order: of mdBook, Leanpub, Quarto, bookdown and Longform.

Each is read for paths, titles and parts, and says nothing else. Knows the forms as their makers document them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from novelist.book import frontmatter
from novelist.book.headings import HEADING, tidy_title
from novelist.errors import BookError, FileError
from novelist.imports import front
from novelist.imports.reading import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ENTRY = re.compile(r"([ \t]*)(?:[-*+][ \t]+)?\[([^\]\n]*)\]\(<?([^)>\n]*)>?\)[ \t]*\r?$")
OWN_TITLES = ("summary", "contents", "table of contents")  # of the list itself
LEANPUB = ("Book.txt", "Subset.txt", "Sample.txt")
TEXTS = (".md", ".markdown", ".txt", ".qmd", ".rmd")


@dataclass(frozen=True)
class Entry:
    """One line of an index: a file of `path` (from the index), or a part, which has no file or has one."""

    path: str = ""
    title: str = ""
    part: bool = False
    depth: int = 0


@dataclass(frozen=True)
class Index:
    """What an index says: its entries in order, and of the book. `used` are the files that are no chapters."""

    name: str
    folder: Path
    entries: tuple[Entry, ...]
    title: str = ""
    author: str = ""
    language: str = ""
    used: frozenset[str] = field(default=frozenset())


def find(folder: Path, names: list[str]) -> Index | None:
    """Return the index in a folder that has files of these `names`, None where there is none."""
    names = [name for name in names if _is_file(folder / name)]
    lower = {name.casefold(): name for name in names}
    for name, read in (("_quarto.yml", _quarto), ("_quarto.yaml", _quarto), ("_bookdown.yml", _bookdown)):
        if name in lower and (index := read(folder, lower[name], lower)):
            return index
    if "summary.md" in lower and (index := _summary(folder, lower["summary.md"])):
        return index
    if "book.toml" in lower and (index := _mdbook(folder, lower["book.toml"])):
        return index
    if "book.txt" in lower and (index := _leanpub(folder, lower["book.txt"], lower)):
        return index
    return next((index for name in names if name.endswith(".md") and (index := _longform(folder, name))), None)


def _summary(folder: Path, name: str, about: front.Front | None = None) -> Index | None:
    """Return what mdBook's SUMMARY.md says; items that others are below are parts where they have no text."""
    entries: list[Entry] = []
    for line in text_of(folder / name).split("\n"):
        if match := ENTRY.match(line):
            path = match[3].split("#", maxsplit=1)[0].replace("%20", " ").removeprefix("./")
            entries.append(Entry(path, tidy_title(match[2]), depth=len(match[1].expandtabs(4))))
        elif heading := HEADING.match(line.rstrip("\r")):
            title = tidy_title(heading[2] or "")
            if entries or title.casefold() not in OWN_TITLES:
                entries.append(Entry("", title, part=True))
    if not any(entry.path.casefold().endswith(TEXTS) for entry in entries):
        return None
    settings = folder.parent / "book.toml"
    if about is None and folder.name == "src" and _is_file(settings):
        about = front.Front(values=_book_table(text_of(settings)))
    about = about or front.Front()
    title, author, language = (about.says(what) for what in ("title", "author", "language"))
    used = frozenset({name, "book.toml"})
    return Index(name, folder, tuple(_with_parts(entries)), title, author, language, used)


def _with_parts(entries: list[Entry]) -> Iterator[Entry]:
    """Yield entries; one without a file is a part where others are in it, else a chapter to be drafted."""
    for entry, after in zip(entries, [*entries[1:], None], strict=True):
        leads = after is not None and after.depth > entry.depth
        yield replace(entry, part=entry.part or (leads and not entry.path))


def _mdbook(folder: Path, name: str) -> Index | None:
    values = _book_table(text_of(folder / name))
    source = folder / str(values.get("src") or "src")
    inside = source.resolve().is_relative_to(folder.resolve())
    return (
        _summary(source, "SUMMARY.md", front.Front(values=values))
        if inside and _is_file(source / "SUMMARY.md")
        else None
    )


def _book_table(text: str) -> Mapping[str, Any]:
    values, _ = front.toml(text)
    book = values.get("book")
    return book if isinstance(book, dict) else values


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _quarto(folder: Path, name: str, lower: Mapping[str, str]) -> Index | None:
    """Return what `book:` in Quarto's settings says."""
    settings = _yaml(text_of(folder / name))
    book = settings.get("book")
    if not isinstance(book, dict):
        return None
    entries = [*_chapters(book.get("chapters")), *_chapters(book.get("appendices"))]
    if not entries:
        return None
    about = front.Front(values={**settings, **book})
    return Index(
        name, folder, tuple(entries), about.says("title"), about.says("author"), about.says("language"), _notes(lower)
    )


def _chapters(listed: Any) -> Iterator[Entry]:  # noqa: ANN401 - what YAML holds
    """Yield the entries of a list of chapters, with those of its parts."""
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, str):
            yield Entry(each)
        elif isinstance(each, dict) and "part" in each:
            part = str(each["part"])
            is_file = part.casefold().endswith(TEXTS)
            yield Entry(part if is_file else "", "" if is_file else part, part=True)
            yield from _chapters(each.get("chapters"))
        elif isinstance(each, dict):
            path = each.get("file") or each.get("href")
            if isinstance(path, str):
                yield Entry(path, str(each.get("text") or ""))
            yield from _chapters(each.get("chapters") or each.get("contents"))


def _bookdown(folder: Path, name: str, lower: Mapping[str, str]) -> Index | None:
    """Return what bookdown's settings say: `rmd_files`, in order; index.Rmd comes first, and names the book."""
    settings = _yaml(text_of(folder / name))
    files = settings.get("rmd_files")
    if isinstance(files, dict):
        files = next((value for value in files.values() if isinstance(value, list)), None)
    if not isinstance(files, list):
        return None
    told, _ = front.split(text_of(folder / lower["index.rmd"])) if "index.rmd" in lower else (front.Front(), "")
    entries = tuple(Entry(str(path)) for path in files)
    title, author, language = (told.says(what) for what in ("title", "author", "language"))
    return Index(name, folder, entries, title, author, language, _notes(lower))


def _leanpub(folder: Path, name: str, lower: Mapping[str, str]) -> Index | None:
    """Return what Leanpub's Book.txt says: names of files, a line each."""
    lines = [line.strip() for line in text_of(folder / name).split("\n")]
    entries = tuple(Entry(line) for line in lines if line.casefold().endswith(TEXTS) and not line.startswith("#"))
    known = [entry for entry in entries if (folder / entry.path).is_file()]
    if not entries or 2 * len(known) < len(entries):
        return None
    used = frozenset(lower[each.casefold()] for each in LEANPUB if each.casefold() in lower)
    return Index(name, folder, entries, used=used)


def _longform(folder: Path, name: str) -> Index | None:
    """Return what the index of Obsidian's plugin Longform says: `scenes`, and lists in it for those further in."""
    try:
        text = text_of(folder / name)
    except (BookError, FileError):
        return None  # it is told of where it is read as a chapter
    if not text.startswith("---"):
        return None
    told, _ = front.split(text)
    project = told.values.get("longform")
    if not isinstance(project, dict) or not isinstance(project.get("scenes"), list):
        return None
    inner = str(project.get("sceneFolder") or "/").strip("/")
    entries = tuple(
        Entry(f"{inner}/{scene}.md" if inner else f"{scene}.md", depth=depth)
        for scene, depth in _scenes(project["scenes"])
    )
    named = front.Front(values={**told.values, **project})
    return Index(
        name, folder, entries, named.says("title"), named.says("author"), named.says("language"), frozenset({name})
    )


def _scenes(scenes: list[Any], depth: int = 0) -> Iterator[tuple[str, int]]:
    for each in scenes:
        if isinstance(each, list):
            yield from _scenes(each, depth + 1)
        elif isinstance(each, str):
            yield each, depth


def _notes(lower: Mapping[str, str]) -> frozenset[str]:
    """Return the settings of Quarto and bookdown in a folder."""
    return frozenset(name for key, name in lower.items() if key.startswith("_") and key.endswith((".yml", ".yaml")))


def _yaml(text: str) -> Mapping[str, Any]:
    values, _ = frontmatter.yaml_of(text if text.endswith("\n") else f"{text}\n")
    return values if isinstance(values, dict) else {}
