"""Texts from files that anybody may have made: Markdown and plain text as they are, DOCX and EPUB by way of pandoc.

Knows what a file may be, and how large. Knows nothing of chapters.
"""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book import conflict, frontmatter
from novelist.book.bounds import LARGEST_FILE, MEGABYTE
from novelist.book.files import Files
from novelist.book.headings import tidy_title
from novelist.errors import BookError, ExportError, disk_error
from novelist.imports import front, plain
from novelist.imports.imported import CONTROL, Leftover, listed
from novelist.language import guess, lookup
from novelist.text import BOM
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PLAIN = (".txt", ".text")
TEXTS, PACKED = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd", *PLAIN), (".docx", ".epub")
LINK = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]|(?<![!\]])\[[^\[\]\n]{1,1000}\]\(\s*<?([^)\s>]+)")
PICTURE = re.compile(r"!\[[^\]\n]{0,1000}\]\(\s*<?([^)\s>]+)")
WRITER = "commonmark-raw_html+footnotes+strikeout"
RULE = re.compile(r"^-{72}$", re.MULTILINE)  # pandoc's way to write a break between scenes
COUNT = re.compile(r"(?:about |approximately )?[0-9][0-9.,]* words", re.IGNORECASE)  # beside the author's name
LOST = frozenset({"Table", "DefinitionList", "LineBlock", "Math"})  # what no chapter has: Vetting leaves it out
INLINE = frozenset({"Str", "Space", "Emph", "Strong"})
NAMES = {"docx": "DOCX", "epub": "EPUB"}


@dataclass(frozen=True)
class Text:
    """A text in Markdown, as it was where it was Markdown, and what its file says of it.

    `front` is all that its front matter says, which stood in the lines of `header`; `others` are the keys in it that
    mean nothing here.
    """

    text: str
    title: str = ""
    author: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()
    subtitle: str = ""
    front: Mapping[str, Any] = field(default_factory=dict)
    header: str = ""
    others: tuple[str, ...] = ()
    damage: str = ""
    guessed: str = ""
    asides: tuple[Leftover, ...] = ()


def read(path: Path) -> Text:
    """Return the text of a manuscript. Raises BookError where it cannot be read, and ExportError without pandoc.

    Where it does not say its language, that is `guessed`, and never English, which is the default.
    """
    text = _read(path)
    guessed = "" if text.language else guess.language(text.text)
    return replace(text, guessed="" if guessed == "en" else guessed)


def guesses(language: str) -> tuple[str, ...]:
    """Return what is to be told of a language that was guessed, empty where none was."""
    name = lookup.table(language).name or language
    guess = f"The language is taken for {name}, by its words: `language:` in premise.md is where to change it."
    return (guess,) if language else ()


def _read(path: Path) -> Text:
    kind = path.suffix.casefold()
    if kind in TEXTS:
        return _plain(path)
    if kind in PACKED:
        return _packed(path, kind.removeprefix("."))
    message = "this is no form that can be imported. Save it as Markdown, plain text, DOCX or EPUB."
    raise BookError(path, None, message, why="A word processor opens .doc and .odt files and saves them as DOCX.")


def text_of(path: Path) -> str:
    """Return the text at `path`, without a BOM. Raises BookError for what is no text, or too large for a book."""
    _check_size(path)
    file = _real(path)
    text = Files(file.parent).read_text(file)
    if text is None:
        raise BookError(path, None, "there is no such file. Name one.")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BookError(path, line, "this is not text. Give a text file, a DOCX or an EPUB.")
    return text.removeprefix(BOM)


def prose_of(text: str, title: str) -> tuple[str, str]:
    """Return a text without control characters, which no prose has, and a note of it where there were some."""
    bare, count = CONTROL.subn("", text.removeprefix(BOM))
    what = "a control character is" if count == 1 else f"{count} control characters are"
    return bare, f"In `{title}`, {what} left out." if count else ""


def _real(path: Path) -> Path:
    """Return the file that a person named, by a link or not: what it leads to is what was meant."""
    return path.resolve() if path.is_symlink() else path


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise disk_error(path, "read", error) from error
    if not path.is_file():
        raise BookError(path, None, "this is no file. Name one, or a folder of chapters.")
    if size > LARGEST_FILE:
        raise BookError(path, None, f"it is larger than {LARGEST_FILE // MEGABYTE} MB. Split it.")


def _plain(path: Path) -> Text:
    text, note = prose_of(text_of(path), path.name)
    conflict.check(path, conflict.line_of_mark(text))
    above, body = front.split(text)
    if not above.header:
        page = frontmatter.parse(text, front.MEANT)
        frontmatter.check(path, page if not page.header else replace(page, damage=None))
    notes = [note] if note else []
    if pictures := [name for name in PICTURE.findall(text) if "://" not in name]:
        notes.append(f"Pictures stay where they are: copy {listed(pictures)} into the book's folder.")
    return Text(
        (plain.prose if path.suffix.casefold() in PLAIN else plain.indented_markdown)(body),
        above.says("title"),
        above.says("author"),
        above.says("language"),
        tuple(notes),
        above.says("subtitle"),
        above.values,
        above.header,
        above.others,
        above.damage,
    )


def unread(texts: Sequence[tuple[str, Text]]) -> tuple[list[str], list[Leftover]]:
    """Return what is to be told of the front matter of files, which have names, and what of it is to be kept."""
    notes: list[str] = []
    by_keys: dict[tuple[str, ...], list[str]] = {}
    kept: list[str] = []
    for name, text in texts:
        if text.damage:
            notes.append(f"In {name}, {text.damage}: it was read line by line.")
        if text.others:
            by_keys.setdefault(text.others, []).append(name)
        if text.others or text.damage:
            kept.append(f"{name}\n\n{text.header.strip()}" if len(texts) > 1 else text.header.strip())
    for keys, names in by_keys.items():
        where = names[0] if len(names) == 1 else f"{len(names)} files"
        notes.append(f"Left out of the front matter of {where}: {', '.join(keys)}.")
    return notes, [
        Leftover("Front matter", "\n\n".join(kept), "what novelist has no use for", story=False)
    ] if kept else []


def links(text: str) -> list[str]:
    """Return where the links in a text in Markdown lead."""
    return [inner or outer for inner, outer in LINK.findall(text)]


def linked(texts: Sequence[str]) -> list[str]:
    """Return a note of the links in the prose of chapters, none where there are none."""
    targets = [link for text in texts for link in links(text)]
    what = "A link is" if len(targets) == 1 else f"{len(targets)} links are"
    return [f"{what} left as typed: {listed(list(dict.fromkeys(targets)))}."] if targets else []


def _packed(path: Path, kind: str) -> Text:
    """Return the text of a zip that pandoc reads. What is not words, or the way they are set, is left out."""
    from novelist.export import pandoc  # noqa: PLC0415 - only these two forms need it
    from novelist.export.sanitize import Sanitizer  # noqa: PLC0415

    _check_size(path)
    file = _real(path)
    content = Files(file.parent).read_bytes(file) or b""
    pandoc.find()
    damaged = BookError(path, None, f"it cannot be read as {NAMES[kind]}. Save it again, or as Markdown.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_FILE:
                message = f"it holds more than {LARGEST_FILE // MEGABYTE} MB. Take its pictures out."
                why = "What is packed in it is larger than it looks."
                raise BookError(path, None, message, why=why)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged from error
    with tempfile.TemporaryDirectory(prefix="novelist-") as name:
        folder = Path(name)
        try:
            document = pandoc.run(["--sandbox", f"--from={kind}", "--to=json"], content, folder=folder)
            read = json.loads(document)
            sanitizer = Sanitizer(folder, lookup.table("en").quotes)
            vetted = {**read, "meta": {}, "blocks": sanitizer.blocks(read["blocks"])}
            lost = list(_lost(read["blocks"]))
            text = pandoc.run(
                ["--from=json", f"--to={WRITER}", "--wrap=none", "--reference-location=section"],
                json.dumps(vetted).encode(),
                folder=folder,
            ).decode()
        except (ExportError, RecursionError, ValueError) as error:
            raise damaged from error
    notes = []
    if sanitizer.notes:
        count = len(sanitizer.notes)
        notes.append("A picture is left out." if count == 1 else f"{count} pictures are left out.")
    kept = "\n\n".join(lost)
    if words := count_words(kept):
        notes.append(f"About {words:,} words of tables and the like are left out: look for them in {path.name}.")
    asides = (Leftover("Tables", kept, "a table, or what no prose has"),) if words else ()
    meta = read["meta"]
    authors = [each for each in _said(meta.get("author") or meta.get("creator")) if not COUNT.fullmatch(each)]
    title = " ".join(_said(meta.get("title")))
    language = " ".join(_said(meta.get("language") or meta.get("lang")))
    text, note = prose_of(RULE.sub("* * *", text), path.name)
    notes += [note] if note else []
    author = tidy_title(", ".join(authors))
    return Text(text, tidy_title(title), author, tidy_title(language), tuple(notes), asides=asides)


def _said(value: Any) -> list[str]:  # noqa: ANN401 - what JSON holds
    """Return the texts in a value of pandoc's metadata: one, or some."""
    if isinstance(value, dict) and value.get("t") == "MetaList":
        return [text for each in value["c"] for text in _said(each)]
    text = "".join(_strings(value)).strip()
    return [text] if text else []


def _strings(node: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield all text in a tree of pandoc's, from its leaves."""
    if isinstance(node, list):
        for each in node:
            yield from _strings(each)
    elif isinstance(node, dict):
        if node.get("t") in ("Str", "MetaString") and isinstance(node.get("c"), str):
            yield node["c"]
        elif node.get("t") in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        else:
            yield from _strings(node.get("c"))


def _lost(node: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Yield the texts that stand where prose has none."""
    if isinstance(node, list):
        for each in node:
            yield from _lost(each)
    elif isinstance(node, dict) and node.get("t") in LOST:
        yield from (text for block in _blocks(node.get("c")) if (text := "".join(_strings(block)).strip()))
    elif isinstance(node, dict):
        yield from _lost(node.get("c"))


def _blocks(node: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """Yield what stands on a line of its own in a table or the like."""
    nodes = node if isinstance(node, list) else []
    if isinstance(node, dict) or any(isinstance(each, dict) and each.get("t") in INLINE for each in nodes):
        yield node
        return
    for each in nodes:
        yield from _blocks(each)
