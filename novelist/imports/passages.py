"""The paragraphs of a chapter, as an export has them, and where each of their words stands in the chapter's file.

Knows how pandoc tells where it read something (its extension `sourcepos`). Knows no DOCX.
"""

from __future__ import annotations

import json
import re
import tempfile
from array import array
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from novelist.export import pandoc, quotes, reading
from novelist.export.sanitize import COMMENT, LINE_END, WEB
from novelist.imports.paragraphs import BREAK, NOTE, PICTURE, STYLES, Kind, Word, is_break, tokens, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.export.sanitize import Node
    from novelist.language.table import Language

PLACE = re.compile(r"([0-9]+):([0-9]+)-([0-9]+):([0-9]+)$")
PLACE_BEGINS = re.compile(r"([0-9]+):([0-9]+)-")
HASHES = re.compile(r"#+[ \t]*")
TAB = 8  # columns, as pandoc counts them


@dataclass(frozen=True)
class Placed:
    """A token, and the characters of the source from `start` to `end` that it stands for."""

    word: Word
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """A paragraph of a chapter, and the characters of the source from `start` to `end` that it stands in."""

    words: tuple[Placed, ...]
    kind: Kind
    start: int
    end: int

    @property
    def key(self) -> tuple[Word, ...]:
        """Its tokens, as they are compared."""
        return tuple(placed.word for placed in self.words)

    @property
    def text(self) -> str:
        """Its text, without styles."""
        return "".join(placed.word.text for placed in self.words)


def read(text: str, table: Language) -> list[Passage]:
    """Return the passages of a chapter in a language. Raises ExportError."""
    reader = f"--from={reading.READER}+sourcepos"
    readable = reading.readable(text, table)
    with tempfile.TemporaryDirectory(prefix="novelist-") as name:
        done = pandoc.run(["--sandbox", reader, "--to=json"], readable.encode(), folder=Path(name))
    blocks = _with_runs_joined(json.loads(done)["blocks"])
    quotes.curl(blocks, table.quotes)
    return _Reader(text, readable).passages(blocks)


def _with_runs_joined(nodes: Any) -> Any:  # noqa: ANN401 - what JSON holds
    """Return pandoc's nodes with a run of hyphens or full stops as one text: each is one by itself with its place."""
    if isinstance(nodes, dict):
        return {name: _with_runs_joined(node) for name, node in nodes.items()}
    if not isinstance(nodes, list):
        return nodes
    joined: list[Any] = []
    for node in map(_with_runs_joined, nodes):
        sign = _sign(node)
        if sign and joined and _sign(joined[-1]) == sign:
            before, after = joined[-1]["c"], node["c"]
            begins, ends = (dict(each[0][2])["data-pos"] for each in (before, after))
            before[0][2] = [["data-pos", f"{begins.partition('-')[0]}-{ends.partition('-')[2]}"]]
            before[1][0]["c"] += after[1][0]["c"]
        else:
            joined.append(node)
    return joined


def _sign(node: Any) -> str:  # noqa: ANN401 - as above
    """Return the hyphen or full stop that a node is a run of, empty for any other."""
    if not isinstance(node, dict) or node.get("t") != "Span" or not _attributes(node)[2]:
        return ""
    within = node["c"][1]
    text = within[0].get("c") if len(within) == 1 and within[0]["t"] == "Str" else ""
    return text[0] if text and text[0] in "-." and not text.strip(text[0]) else ""


def _places(typed: str, told: str) -> array[int] | None:
    """Return for each place in `told` that in `typed` for which it stands; None where both are the same."""
    if typed == told:
        return None
    places = array("l")
    before, after = typed.splitlines(keepends=True), told.splitlines(keepends=True)
    at = 0
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = "".join(before[i:j]), "".join(after[k:m])
        if kind == "equal":
            places.extend(range(at, at + len(new)))
        else:
            for _, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
                places.extend(at + min(start + place, end) for place in range(last - first))
        at += len(old)
    places.append(at)
    return places


class _Reader:
    """What pandoc told of `told`, which is `typed` as an export has it read."""

    def __init__(self, typed: str, told: str) -> None:
        self._text = typed
        self._told = told
        self._places = _places(typed, told)
        self._lines = [0, *(match.end() for match in re.finditer("\n", told))]
        self._passages: list[Passage] = []

    def passages(self, blocks: list[Node]) -> list[Passage]:
        self._blocks(blocks, "", None)
        return self._passages

    def _at(self, line: str, column: str) -> int:
        start = self._lines[min(int(line), len(self._lines)) - 1] if int(line) <= len(self._lines) else len(self._told)
        at, left = start, int(column) - 1
        while left > 0 and at < len(self._told):
            left -= TAB - (int(column) - 1 - left) % TAB if self._told[at] == "\t" else 1
            at += 1
        return at if self._places is None else self._places[at]

    def _place(self, attributes: Any) -> tuple[int, int] | None:  # noqa: ANN401 - what JSON holds
        position = dict(attributes[2]).get("data-pos", "")
        begins, ends = PLACE_BEGINS.match(position), PLACE.search(position)
        return (self._at(begins[1], begins[2]), self._at(ends[3], ends[4])) if begins and ends else None

    def _blocks(self, blocks: list[Node], kind: Kind, place: tuple[int, int] | None) -> None:
        for block in blocks:
            self._block(block["t"], block.get("c"), kind, place)

    def _block(self, name: str, content: Any, kind: Kind, place: tuple[int, int] | None) -> None:  # noqa: ANN401 - as above
        if name == "Div":
            self._blocks(content[1], kind, self._place(content[0]) or place)
        elif name in ("Para", "Plain"):
            self._paragraph(content, kind, place)
        elif name == "Header":
            self._paragraph(content[2], "heading", self._place(content[1]) or place)
        elif name == "BlockQuote":
            self._blocks(content, "quote", place)
        elif name in ("BulletList", "OrderedList"):
            for item in content if name == "BulletList" else content[1]:
                self._blocks(item, "list", place)
        elif name == "CodeBlock":
            self._add(trimmed(tokens(content[1])), "code", self._place(content[0]) or place)
        elif name == "HorizontalRule":
            self._add((Word(BREAK),), "break", place)
        elif name == "RawBlock" and (text := COMMENT.sub("", content[1]).strip()):
            self._add(tuple(tokens(" ".join(text.split()))), "other", place)

    def _add(self, words: tuple[Word, ...], kind: Kind, place: tuple[int, int] | None) -> None:
        start, end = self._span(place)
        self._passages.append(Passage(tuple(Placed(word, start, end) for word in words), kind, start, end))

    def _span(self, place: tuple[int, int] | None) -> tuple[int, int]:
        """Return the characters of a place, which ends where the next line begins."""
        start, end = place or (0, 0)
        return start, end - self._text[start:end].endswith("\n")

    def _paragraph(self, inlines: list[Node], kind: Kind, place: tuple[int, int] | None) -> None:
        notes: list[list[Node]] = []
        start, end = self._span(place)
        if kind == "heading" and (marks := HASHES.match(self._text, start)):
            start = marks.end()
        words = _trimmed(list(self._inlines(inlines, frozenset(), start, end, notes)))
        if place is None and words:  # of a footnote, which has places for its words alone
            start, end = words[0].start, words[-1].end
        if is_break(tuple(placed.word for placed in words)):
            self._add((Word(BREAK),), "break", place)
        elif words:
            self._passages.append(Passage(tuple(words), kind, start, end))
        for note in notes:
            self._blocks(note, "note", None)

    def _inlines(
        self, nodes: list[Node], styles: frozenset[str], start: int, end: int, notes: list[list[Node]]
    ) -> Iterator[Placed]:
        """Yield the tokens between `start` and `end`; what has no place of its own fills the space between others."""
        places = [self._place(attributes) if (attributes := _attributes(node)) else None for node in nodes]
        at = start
        for index, node in enumerate(nodes):
            later = next((place[0] for place in places[index + 1 :] if place), end)
            own = places[index] or (at, later)
            if _is_line_break(node):
                own = own[0], later
            yield from self._inline(node, styles, own, notes)
            at = own[1]

    def _inline(
        self, node: Node, styles: frozenset[str], place: tuple[int, int], notes: list[list[Node]]
    ) -> Iterator[Placed]:
        name, content = node["t"], cast("Any", node.get("c"))
        start, end = place
        if name == "Span":
            yield from self._inlines(content[1], styles, start, end, notes)
        elif name == "Str":
            yield from self._string(content, styles, start, end)
        elif name in ("Space", "SoftBreak", "LineBreak"):
            yield Placed(Word("\n" if name == "LineBreak" else " ", styles), start, end)
        elif name == "Code":
            yield from self._string(content[1], styles | {"Code"}, start, end)
        elif name == "Link":
            scheme = content[2][0].partition(":")[0].casefold()
            linked = styles | {f"Link {content[2][0]}"} if scheme in WEB else styles
            yield from self._inlines(content[1], linked, start, end, notes)
        elif name in ("Image", "Note"):
            notes += [content] if name == "Note" else []
            yield Placed(Word(NOTE if name == "Note" else PICTURE), start, end)
        elif name == "RawInline":
            yield from self._raw(content[1], styles, start, end)
        elif isinstance(content, list):
            yield from self._inlines(content, styles | ({name} & STYLES), start, end, notes)

    def _raw(self, text: str, styles: frozenset[str], start: int, end: int) -> Iterator[Placed]:
        text = COMMENT.sub("", text).strip()
        if LINE_END.fullmatch(text):
            yield Placed(Word("\n", styles), start, end)
        elif text:
            yield from self._string(" ".join(text.split()), styles, start, end)

    def _string(self, text: str, styles: frozenset[str], start: int, end: int) -> Iterator[Placed]:
        words = list(tokens(text, styles))
        if "".join(word.text for word in words) == self._text[start:end]:
            for word in words:
                yield Placed(word, start, start + len(word.text))
                start += len(word.text)
            return
        for index, word in enumerate(words):  # an entity, an escape: what it is written with belongs to its first word
            yield Placed(word, start if not index else end, end)


def _attributes(node: Node) -> Any:  # noqa: ANN401 - as above
    content = cast("Any", node.get("c"))
    return content[0] if node["t"] in ("Span", "Link", "Image", "Code") else None


def _is_line_break(node: Node) -> bool:
    return node["t"] == "Span" and [inner["t"] for inner in node["c"][1]] == ["LineBreak"]


def _trimmed(words: list[Placed]) -> list[Placed]:
    """Return tokens without blanks at both ends, around an end of line, and behind another."""
    kept: list[Placed] = []
    for placed in words:
        text = placed.word.text
        if not text.strip() and text != "\xa0":
            if not kept or kept[-1].word.text == "\n" or (text != "\n" and kept[-1].word.text == " "):
                continue
            if text == "\n" and kept[-1].word.text == " ":
                kept.pop()
        kept.append(placed)
    while kept and not kept[-1].word.text.strip():
        kept.pop()
    return kept
