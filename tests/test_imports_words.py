"""Not a word is lost: each one of a source is in the book, in history, or in the report, whatever its layout.

Every word of a generated manuscript is there once, so that none can stand for another.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importing import Brought, bring, write
from shelf import NOVELS, with_novels

from novelist.words import count_words

WORD = re.compile(r"w[0-9]+x")
LABELS = ("", "{n}. ", "Chapter {n}: ", "Kapitel {n} – ", "第{n}章 ", "{n}) ", "CHAPTER {n}. ")


@dataclass(frozen=True)
class Written:
    """A chapter of a manuscript: the part that it begins, its title without a label, and its paragraphs."""

    part: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Manuscript:
    """A manuscript without a layout: what may stand before and behind its chapters, and how these are labelled."""

    title: str
    author: str
    label: str
    chapters: tuple[Written, ...]
    preface: str
    epilogue: str
    front: str

    def heading(self, place: int) -> str:
        """Return the heading of a chapter (from 0)."""
        return f"{self.label.format(n=place + 1)}{self.chapters[place].title}"


@st.composite
def manuscripts(draw: st.DrawFn) -> Manuscript:
    """Return a manuscript of a few chapters."""
    number = count(1)
    breaks = ("* * *", "~~~", "#", "---", "***")

    def words(fewest: int, most: int) -> str:
        return " ".join(f"w{next(number)}x" for _ in range(draw(st.integers(fewest, most))))

    def paragraph() -> str:
        kind = draw(st.sampled_from(("", "", "", "\t", "    ", "> ", "- ", "*", "#### ", "break", "[[", "```\n")))
        text = words(1, 6)
        if kind == "break":
            return f"{draw(st.sampled_from(breaks))}\n\n{text}."
        ends = {"*": "*", "[[": "]]", "```\n": "\n```", "#### ": ""}
        return f"{kind}{text}{ends.get(kind, '.')}"

    chapters = tuple(
        Written(
            words(1, 2) if draw(st.integers(0, 3)) == 0 else "",
            words(1, 3),
            tuple(paragraph() for _ in range(draw(st.integers(1, 4)))),
        )
        for _ in range(draw(st.integers(2, 5)))
    )
    maybe = st.booleans()
    return Manuscript(
        title=words(1, 3) if draw(maybe) else "",
        author=f"Ada {words(1, 1)}" if draw(maybe) else "",
        label=draw(st.sampled_from(LABELS)),
        chapters=chapters,
        preface=words(1, 5) if draw(maybe) else "",
        epilogue=words(1, 5) if draw(maybe) else "",
        front=words(1, 2) if draw(maybe) else "",
    )


def _front(book: Manuscript, fence: str = "---", end: str = "---") -> str:
    says = " = " if fence == "+++" else ": "
    values = {"title": book.title, "author": book.author, "pov": book.front}
    lines = [f'{key}{says}"{value}"' for key, value in values.items() if value]
    return "\n".join([fence, *lines, end, ""]) if lines else ""


def _pieces(book: Manuscript, level: int) -> list[str]:
    """Return the paragraphs of all chapters with headings, those of chapters at `level`."""
    pieces = [f"{'#' * level} Preface", book.preface] if book.preface else []
    for place, chapter in enumerate(book.chapters):
        if chapter.part and level > 1:
            pieces.append(f"{'#' * (level - 1)} Part {place + 1}: {chapter.part}")
        pieces += [f"{'#' * level} {book.heading(place)}", *chapter.paragraphs]
    return [*pieces, f"{'#' * level} Epilogue", book.epilogue] if book.epilogue else pieces


def one_file(book: Manuscript) -> dict[str, str]:
    """Return a manuscript with a title page over parts and chapters."""
    top = [f"# {book.title}" if book.title else "", f"by {book.author}" if book.title and book.author else ""]
    return {"sea.md": "\n\n".join([*filter(None, top), *_pieces(book, 3)])}


def with_front_matter(book: Manuscript) -> dict[str, str]:
    """Return a manuscript with front matter."""
    return {"sea.md": _front(book) + "\n\n".join(_pieces(book, 2))}


def with_toml(book: Manuscript) -> dict[str, str]:
    """Return a manuscript with front matter in TOML."""
    return {"sea.md": _front(book, "+++", "+++") + "\n\n".join(_pieces(book, 2))}


def plain(book: Manuscript) -> dict[str, str]:
    """Return a manuscript in plain text."""
    lines = [book.title, f"by {book.author}" if book.author else ""] if book.title else []
    for place, chapter in enumerate(book.chapters):
        lines += [f"CHAPTER {place + 1}. {chapter.title}", *chapter.paragraphs]
    return {"sea.txt": "\n\n".join(filter(None, lines))}


def _files(book: Manuscript) -> dict[str, str]:
    files = {
        f"{place + 1}.md": f"# {book.heading(place)}\n\n" + "\n\n".join(chapter.paragraphs)
        for place, chapter in enumerate(book.chapters)
    }
    files |= {"preface.md": f"# Preface\n\n{book.preface}"} if book.preface else {}
    files |= {"epilogue.md": book.epilogue} if book.epilogue else {}
    return files


def folder(book: Manuscript) -> dict[str, str]:
    """Return a folder of chapters, with a note beside them."""
    notes = {"notes.md": book.front, "README.md": f"# {book.title}\n"} if book.front else {}
    first = {"1.md": _front(book) + _files(book)["1.md"]}
    return {f"sea/{name}": text for name, text in (_files(book) | first | notes).items()}


def folders(book: Manuscript) -> dict[str, str]:
    """Return a folder with a folder for each part."""
    files: dict[str, str] = {}
    inner = "0-before"
    for place, chapter in enumerate(book.chapters):
        if chapter.part:
            inner = f"{place + 1}-part"
            files[f"sea/{inner}/index.md"] = f"# Part {place + 1}: {chapter.part}"
        files[f"sea/{inner}/{place + 1}.md"] = _files(book)[f"{place + 1}.md"]
    return files


def summary(book: Manuscript) -> dict[str, str]:
    """Return a folder as mdBook has it, whose index does not name the last chapter."""
    lines = ["# Summary", ""]
    for place, chapter in enumerate(book.chapters[:-1]):
        lines += ["", f"# {chapter.part}", ""] if chapter.part else []
        lines.append(f"- [{chapter.title}]({place + 1}.md)")
    return {"sea/SUMMARY.md": "\n".join(lines)} | {f"sea/{name}": text for name, text in _files(book).items()}


def quarto(book: Manuscript) -> dict[str, str]:
    """Return a folder as Quarto has it."""
    lines = ["book:", f'  title: "{book.title}"', f'  author: "{book.author}"', "  chapters:"]
    for place, chapter in enumerate(book.chapters):
        lines += [f'    - part: "{chapter.part}"'] if chapter.part else []
        lines.append(f"    - {place + 1}.md")
    return {"sea/_quarto.yml": "\n".join(lines)} | {f"sea/{name}": text for name, text in _files(book).items()}


def novelwriter(book: Manuscript) -> dict[str, str]:
    """Return a project of novelWriter."""
    files, items = {}, []
    for place, chapter in enumerate(book.chapters):
        handle = f"{place + 1:013x}"
        part = f"# {chapter.part}\n\n" if chapter.part else ""
        text = f"%%~name: x\n{part}## {book.heading(place)}\n\n@pov: Mara\n\n" + "\n\n".join(chapter.paragraphs)
        files[f"sea/content/{handle}.nwd"] = text
        items.append(
            f'<item handle="{handle}" parent="None" order="{place}" type="FILE" class="NOVEL" layout="DOCUMENT">'
            f'<name active="yes">x</name></item>'
        )
    project = f"<project><name>{book.title}</name><author>{book.author}</author></project>"
    nwx = f"<novelWriterXML>{project}<content>{''.join(items)}</content></novelWriterXML>"
    return {"sea/nwProject.nwx": nwx} | files


LAYOUTS = (one_file, with_front_matter, with_toml, plain, folder, folders, summary, quarto, novelwriter)


def lost(files: dict[str, str], brought: Brought) -> set[str]:
    """Return the words of a source that are nowhere."""
    there = {word for path in brought.root.rglob("*.md") for word in WORD.findall(path.read_text(encoding="utf-8"))}
    said = {word for line in brought.said for word in WORD.findall(line)}
    return {word for text in files.values() for word in WORD.findall(text)} - there - said


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@given(book=manuscripts())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_each_word_of_a_source_is_somewhere(layout: Callable[[Manuscript], dict[str, str]], book: Manuscript) -> None:
    files = layout(book)
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), files)
        brought = bring(Path(name) / next(iter(files)).split("/", maxsplit=1)[0])
        assert not lost(files, brought)
        prose = {word for chapter in book.chapters for text in chapter.paragraphs for word in WORD.findall(text)}
        inside = {word for text in brought.chapters for word in WORD.findall(text)}
        kept = {word for text in brought.history for word in WORD.findall(text)}
        outline = set(WORD.findall((brought.root / "outline.md").read_text(encoding="utf-8")))
        assert prose <= inside | kept | outline


@with_novels
@pytest.mark.slow
@pytest.mark.parametrize("name", ["bird-planes-and-plain-birds", "the-whoosh-of-love"])
@pytest.mark.parametrize("layout", ["one file", "plain", "folder", "folders", "summary"])
def test_the_words_of_real_novels_are_counted_where_they_went(tmp_path: Path, name: str, layout: str) -> None:
    import json

    told = json.loads((NOVELS / f"{name}.novel_state.json").read_text(encoding="utf-8"))
    texts = [chapter["content"].partition("\n\n")[2].strip() for chapter in told["chapters"]]
    headed = [f"Chapter {place}: Day {place}\n\n{text}" for place, text in enumerate(texts, 1)]
    files = {f"sea/{place:02}.md": f"# {text}" for place, text in enumerate(headed, 1)}
    sources = {
        "one file": {"sea.md": "# Sea\n\n" + "\n\n".join(f"## {text}" for text in headed)},
        "plain": {"sea.txt": "\n\n".join(headed)},
        "folder": files,
        "folders": {path.replace("/", f"/{1 + int(path[4:6]) // 5}-part/"): text for path, text in files.items()},
        "summary": files | {"sea/SUMMARY.md": "".join(f"- [x]({path[4:]})\n" for path in files)},
    }
    write(tmp_path, sources[layout])
    brought = bring(tmp_path / next(iter(sources[layout])).split("/", maxsplit=1)[0])
    assert sum(map(count_words, brought.chapters)) == sum(map(count_words, texts))
    assert len(brought.chapters) == len(texts)
