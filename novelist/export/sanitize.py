"""Prose that may be anybody's, made safe: what pandoc read of it goes on only in the forms that are known here.

Text stays as text, and so do raw HTML and TeX; styles and identities are dropped; a link goes to the web or becomes its
words; a picture is a file of the book or becomes its description. Pure, but for looking at the pictures. Knows pandoc's
tree (pandoc-types 1.23) and no chapter.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from novelist.book.bounds import LARGEST_PICTURE
from novelist.book.breaks import is_break
from novelist.book.files import Files
from novelist.errors import BookError
from novelist.text import clean, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from novelist.language.table import Marks

Node = dict[str, Any]

PLAIN: list[Any] = ["", [], []]  # no identity, class or attribute
WEB = frozenset({"http", "https", "mailto"})
KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF87a": "gif", b"GIF89a": "gif"}
HIGHEST_HEADING = 3  # the highest level of a heading in a chapter: its own is 1 or 2
STYLES = ("Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps")
BREAK: Node = {"t": "HorizontalRule"}
NOT_TEXT = "\ufffc"  # stands for what is no text
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
LINE_END = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Tags that people set breaks with, alone in a block: what is left without them is what they set.
AROUND_BREAK = re.compile(r"</?(?:br|hr|p|div|center|span)(?:\s[^<>]*)?/?>|&nbsp;|&#160;", re.IGNORECASE)
EMPTY = re.compile(r"<[bh]r\b|&nbsp;|&#160;|<p\b[^<>]*>\s*</p>", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-z]{1,6})(\s[^<>]*)?>", re.IGNORECASE)
SMALL_CAPITALS = re.compile(r"small-?caps|\bsc\b", re.IGNORECASE)
# What tags that novels use become; those of a reading (ruby) are spans that each format sets in its way.
SET: dict[str, str] = {
    **dict.fromkeys(("i", "em", "cite"), "Emph"),
    **dict.fromkeys(("b", "strong"), "Strong"),
    **dict.fromkeys(("s", "del", "strike"), "Strikeout"),
    "u": "Underline",
    "sup": "Superscript",
    "sub": "Subscript",
    "sc": "SmallCaps",
    "span": "SmallCaps",
    **dict.fromkeys(("ruby", "rb", "rt", "rp"), "Span"),
}
BY_HAND = "\u3000"  # the space with which some indent, where each format does so itself


@dataclass
class Sanitizer:
    """What is needed to look through the prose of one book, and what was found."""

    root: Path
    marks: Marks
    pictures: dict[str, Path] = field(default_factory=dict)  # by the names that they have in the export
    notes: list[str] = field(default_factory=list)

    def blocks(self, nodes: Iterable[Node]) -> list[Node]:
        """Return the blocks that may go on; breaks that follow one another are one."""
        vetted = [block for node in nodes for block in self._vetted(node)]
        return [block for above, block in zip([None, *vetted], vetted, strict=False) if not above == block == BREAK]

    def inlines(self, nodes: Iterable[Node]) -> list[Node]:
        """Return the inlines that may go on; neighbouring words are one text, which is a tenth of the tree."""
        vetted = (each for one in paired(nodes) for each in self._vetted(one))
        joined: list[Node] = []
        for is_text, run in groupby(vetted, key=lambda node: node["t"] == "Str"):
            alike = list(run)
            joined += [_node("Str", "".join(node["c"] for node in alike))] if is_text else alike
        return joined

    def _vetted(self, node: Node) -> list[Node]:
        """Return what a node becomes: nothing, unless it is of a kind that is known."""
        handle = self._known.get(node["t"])
        return handle(node.get("c")) if handle else []

    @cached_property
    def _known(self) -> dict[str, Callable[[Any], list[Node]]]:
        """What becomes of the content of each kind of node."""
        return {
            "Para": self._paragraph,
            "Plain": lambda inlines: [_node("Plain", self.inlines(inlines))],
            "Header": self._header,
            "LineBlock": lambda lines: [_node("LineBlock", list(map(self.inlines, lines)))],
            "BlockQuote": lambda blocks: [_node("BlockQuote", self.blocks(blocks))],
            "BulletList": lambda items: [_node("BulletList", list(map(self.blocks, items)))],
            "OrderedList": lambda parts: [_node("OrderedList", [parts[0], list(map(self.blocks, parts[1]))])],
            "CodeBlock": lambda code: [_node("CodeBlock", [PLAIN, clean(code[1])])],
            "HorizontalRule": lambda _: [BREAK],
            "Div": lambda div: self.blocks(div[1]),
            "Figure": lambda figure: self.blocks(figure[2]),
            "RawBlock": _raw_block,
            "RawInline": _told,
            "Str": lambda text: [_node("Str", clean(text))],
            "Space": lambda _: [_node("Str", " ")],
            "SoftBreak": lambda _: [_node("Str", " ")],
            "LineBreak": lambda _: [{"t": "LineBreak"}],
            "Quoted": self._quoted,
            "Code": lambda code: [_node("Code", [PLAIN, clean(code[1])])],
            "Note": lambda blocks: [_node("Note", self.blocks(blocks))],
            "Span": self._span,
            "Link": lambda link: self._link(self.inlines(link[1]), link[2][0]),
            "Image": lambda image: self._picture(self.inlines(image[1]), image[2][0]),
            **{kind: self._styled(kind) for kind in STYLES},
        }

    def _styled(self, kind: str) -> Callable[[Any], list[Node]]:
        return lambda inlines: [_node(kind, self.inlines(inlines))]

    def _paragraph(self, inlines: list[Node]) -> list[Node]:
        kept = self.inlines(inlines)
        if kept and kept[0]["t"] == "Str":
            kept[0] = _node("Str", kept[0]["c"].lstrip(BY_HAND))
        text = "".join(
            node["c"] if node["t"] == "Str" else {"LineBreak": "\n"}.get(node["t"], NOT_TEXT) for node in kept
        )
        if is_break(text):
            return [BREAK]
        if not text.strip():
            # A space that does not break, or the end of a line, with nothing around it.
            return [BREAK] if "\u00a0" in text or "\n" in text else []
        if "\n" in text.strip():
            return [_node("LineBlock", _lines(kept))]
        return [_node("Para", kept)]

    def _header(self, header: list[Any]) -> list[Node]:
        words = self.inlines(header[2])
        return [_node("Header", [max(header[0], HIGHEST_HEADING), PLAIN, words])] if words else [BREAK]

    def _span(self, span: list[Any]) -> list[Node]:
        classes, words = span[0][1], self.inlines(span[1])
        return [_node("Span", [["", classes, []], words])] if classes in (["ruby"], ["rt"]) else words

    def _quoted(self, quoted: Any) -> list[Node]:  # noqa: ANN401 - what JSON holds
        first = 2 * (quoted[0]["t"] == "SingleQuote")
        return [_node("Str", self.marks[first]), *self.inlines(quoted[1]), _node("Str", self.marks[first + 1])]

    def _link(self, words: list[Node], target: str) -> list[Node]:
        try:
            parts = urlsplit(target)
            parts.port  # noqa: B018 - raises ValueError for what is none
        except ValueError:
            return words
        scheme = parts.scheme.casefold()
        if scheme not in WEB or not (parts.path if scheme == "mailto" else parts.hostname):
            return words
        return [_node("Link", [PLAIN, words, [_address(target), ""]])]

    def _picture(self, words: list[Node], target: str) -> list[Node]:
        """Return a picture of the book, under a name of ours; else the words that describe it."""
        path = self._file(target)
        if path is None:
            self.notes.append(f"the picture `{printable(target)}` is left out: it is no PNG, JPEG or GIF in the book")
            return words
        known = {str(file): name for name, file in self.pictures.items()}
        name = known.get(str(path)) or f"picture-{len(self.pictures) + 1}.{kind_of(path)}"
        self.pictures[name] = path
        return [_node("Image", [PLAIN, words, [name, ""]])]

    def _file(self, target: str) -> Path | None:
        root = self.root.resolve()
        try:
            # From the book's folder, and from that of its chapters.
            for folder in (root, root / "chapters"):
                path = (folder / unquote(target)).resolve()
                if path.is_relative_to(root) and path.is_file() and kind_of(path):
                    return path
        except (BookError, OSError, ValueError, RuntimeError):  # the last one for links in a circle, up to Python 3.12
            pass
        return None


def kind_of(path: Path) -> str | None:
    """Return `png`, `jpg` or `gif` by what a file begins with; empty for anything else, and for one too large.

    `path` is the real one of a file of the book; None where there is none. Raises BookError where it cannot be read.
    """
    files = Files(path.parent)
    status, file = files.look(path), files.open(path)
    if status is None or file is None:
        return None
    with file:
        head = file.read(8)
    kind = next((kind for begins, kind in KINDS.items() if head.startswith(begins)), "")
    return kind if status.st_size <= LARGEST_PICTURE else ""


def _address(target: str) -> str:
    """Return an address in which what no address may have is written with `%`."""
    whole = re.sub("%(?![0-9A-Fa-f]{2})", "%25", clean(target))
    return quote(whole, safe="%:/?#@!$&'()*+,;=~")


def paired(nodes: Iterable[Node]) -> list[Node]:
    """Return inlines in which what stands between two tags that novels use is in a node of their kind."""
    nodes = list(nodes)
    if all(node["t"] != "RawInline" for node in nodes):
        return nodes
    opened: list[tuple[str, list[Node]]] = [("", [])]  # tags, and what follows each, beginning with itself
    names: Counter[str] = Counter()
    for node in nodes:
        name, closes = _tag(node)
        if name and not closes:
            opened.append((name, [node]))
            names[name] += 1
        elif names[name]:
            while True:
                last, (_, *within) = opened[-1]
                whole = last == name or last in ("rb", "rt", "rp")  # HTML lets the ends of these be left out
                inner = _set(last, within) if whole else opened[-1][1]
                opened.pop()
                names[last] -= 1
                opened[-1][1].extend(inner)
                if last == name:
                    break
        else:
            opened[-1][1].append(node)
    return [node for _, each in opened for node in each]


def _tag(node: Node) -> tuple[str, bool]:
    """Return the name of a tag that is set, and whether it is an end; empty for any other node."""
    match = TAG.fullmatch(node["c"][1].strip()) if node["t"] == "RawInline" and node["c"][0] == "html" else None
    name, closes = (match[2].lower(), bool(match[1])) if match else ("", False)
    if name not in SET or (match and name == "span" and not closes and not SMALL_CAPITALS.search(match[3] or "")):
        return "", False
    return name, closes


def _set(name: str, within: list[Node]) -> list[Node]:
    """Return what becomes of what stands between a tag and its end."""
    if name == "rp":  # brackets for those who cannot show a reading
        return []
    if name == "rb":
        return within
    kind = SET[name]
    return [_node(kind, [["", [name], []], within] if kind == "Span" else within)]


def _lines(inlines: list[Node]) -> list[list[Node]]:
    """Return the lines of verse."""
    lines: list[list[Node]] = [[]]
    for node in inlines:
        if node["t"] == "LineBreak":
            lines.append([])
        elif lines[-1] or node["t"] != "Str":
            lines[-1].append(node)
        elif bare := node["c"].lstrip(" "):  # of the line's end before it
            lines[-1].append(_node("Str", bare))
    return [line for line in lines if line]


def _raw_block(raw: list[str]) -> list[Node]:
    """Return a block of HTML as a break where it is one to a reader, else as `_told`."""
    if raw[0] == "html" and AROUND_BREAK.search(raw[1]):
        bare = AROUND_BREAK.sub("", raw[1]).strip()
        if is_break(bare) or (not bare and EMPTY.search(raw[1])):
            return [BREAK]
    return [_node("Para", text)] if (text := _told(raw)) else []


def _told(raw: list[str]) -> list[Node]:
    """Return raw HTML as what it is to a reader of prose: its text, a line's end for `<br>`, nothing for a comment."""
    text = clean(COMMENT.sub("", raw[1] if raw[0] == "html" else "")).strip()
    if LINE_END.fullmatch(text):
        return [{"t": "LineBreak"}]
    return [_node("Str", " ".join(text.split()))] if text else []


def _node(kind: str, content: Any) -> Node:  # noqa: ANN401 - as above
    return {"t": kind, "c": content}
