"""Straight quotation marks, apostrophes, hyphens and full stops to what a language prints for them. Pure.

Knows where a mark opens and closes, in scripts with spaces and without, and what is an apostrophe, a prime, a geresh.
Knows pandoc's tree as far as to find a paragraph's text in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from novelist.words import UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.language.table import Marks

MARKUP = r"</?[A-Za-z][^<>\n]*>|\{[^{}=\n]{0,80}=[^{}\n]{0,80}\}"  # printed as it was typed
TYPED = re.compile(rf"{MARKUP}|[\"']|-{{2,}}|\.{{3,}}")
HEBREW = re.compile("[\u0590-\u05ff]")
GERESH, GERSHAYIM, PRIME, DOUBLE_PRIME, APOSTROPHE = "׳", "״", "′", "″", "’"
UNSPACED_MARK = re.compile("[\u3000-\u303f\uff00-\uff65]")
# Words that begin with an apostrophe. A sentence in single marks may begin with the same letters, but with a capital.
SHORT = re.compile(
    r"'(?:(?:twas|tis|twere|twill|twould|tisn|twasn|em)\b|[0-9]{2}(?:s\b|\b(?!')))"
    r"|'(?-i:n|s|t|k|m|r|d|e|er|im|is|ow|ome|til|till|bout|round|cause|cuz|cos|nother|neath|ere|fore|gainst|mong|"
    r"mongst|tween|fraid|kay|ello|ne|nen|ner|nem|nes|tude|cept|spect|scuse|pon|un|uns|d|ll|ve|re|stead|way|lright)\b(?!')",
    re.IGNORECASE,
)
AND = re.compile(r"(?<![^\s\W])'n'(?=\s|\w)|(?<=\s)'n'", re.IGNORECASE)
CLOSES = re.compile(r"(?<=[^\s(\[])'(?!\w)")
LONGEST_SAID = 5000  # characters between two single marks of a pair
OTHER = "\ufffc"  # stands for what is no text: a picture, code


def curled(text: str, marks: Marks) -> str:
    """Return one paragraph's text with `marks` in place of straight quotes, and apostrophes for the rest of them."""
    return _changed(text, list(_Paragraph(text, marks).changes()))


def curl(blocks: list[dict[str, Any]], marks: Marks) -> None:
    """Curl the marks in pandoc's blocks, in place; a paragraph is one text, whatever emphasis is in it."""
    for paragraph in _paragraphs(blocks):
        leaves = list(_leaves(paragraph))
        changes = list(_Paragraph("".join(text for _, text in leaves), marks).changes())
        begin = place = 0
        for node, text in leaves:
            end, first = begin + len(text), place
            while place < len(changes) and changes[place][0] < end:
                place += 1
            within = [(start - begin, min(stop, end) - begin, new) for start, stop, new in changes[first:place]]
            if first and changes[first - 1][1] > begin:  # it began in the text before
                within.insert(0, (0, min(changes[first - 1][1], end) - begin, ""))
            if node is not None and within:
                node["c"] = _changed(text, within)
            begin = end


def _changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    pieces, end = [], 0
    for start, stop, new in changes:
        pieces += [text[end:start], new]
        end = stop
    return "".join([*pieces, text[end:]])


def _paragraphs(node: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - what JSON holds
    """Yield the inlines of each paragraph in a tree, those of footnotes apart."""
    if isinstance(node, list):
        for each in node:
            yield from _paragraphs(each)
    elif isinstance(node, dict):
        kind, content = node["t"], node.get("c", [])
        if kind in ("Para", "Plain"):
            yield content
        elif kind == "Header":
            yield content[2]
        elif kind == "LineBlock":
            yield [inline for line in content for inline in (*line, {"t": "LineBreak"})]
        yield from _paragraphs(content)


def _leaves(inlines: list[Any]) -> Iterator[tuple[dict[str, Any] | None, str]]:
    """Yield the texts of a paragraph with their nodes, and what stands for a node that has none."""
    for node in inlines:
        kind, content = node["t"], node.get("c", [])
        if kind == "Str":
            yield node, content
        elif kind == "LineBreak":
            yield None, "\n"
        elif kind in ("Space", "SoftBreak"):
            yield None, " "
        elif kind in ("Link", "Span"):
            yield from _leaves(content[1])
        elif kind in ("Code", "Image", "RawInline"):
            yield None, OTHER
        elif isinstance(content, list) and kind != "Note":
            yield from _leaves(content)


class _Paragraph:
    """One paragraph, read from its beginning: which marks are open."""

    def __init__(self, text: str, marks: Marks) -> None:
        self.text = text
        self.marks = marks
        self.double = self.single = False

    def changes(self) -> Iterator[tuple[int, int, str]]:
        """Yield what is to be changed: from where, to where, and into what. No change is longer than what was typed."""
        for match in TYPED.finditer(self.text):
            start, end = match.span()
            char = match[0][0]
            if char == '"':
                yield start, end, self._double(start)
            elif char == "'":
                yield start, end, self._single(start)
            elif char == "-":
                yield start, end, _dashes(end - start)
            elif char == ".":
                yield start, end, "…" * ((end - start) // 3) + "." * ((end - start) % 3)

    def _around(self, place: int) -> tuple[str, str]:
        """Return the characters on both sides of a place; a blank where there is none."""
        return self.text[place - 1 : place] if place else " ", self.text[place + 1 : place + 2] or " "

    def _double(self, place: int) -> str:
        before, after = self._around(place)
        if HEBREW.match(before) and HEBREW.match(after) and not self._follows_prefix(place):
            return GERSHAYIM
        if before.isdecimal() and not _is_unspaced(before, after) and self._is_inch(place):
            return DOUBLE_PRIME
        self.double = _opens(before, after, is_open=self.double)
        # French has a space in its marks; where one was typed, it is enough.
        if self.double:
            return self.marks[0].rstrip() if after.isspace() else self.marks[0]
        return self.marks[1].lstrip() if before.isspace() else self.marks[1]

    def _follows_prefix(self, place: int) -> bool:
        """Say whether a mark between Hebrew letters opens: behind one that is written onto a word of several."""
        alone = not HEBREW.match(self.text[max(0, place - 2) : place - 1])
        return not self.double and alone and HEBREW.match(self.text, place + 2) is not None

    def _is_inch(self, place: int) -> bool:
        """Say whether a mark behind a figure is no closing one: none is open, or one that closes comes first."""
        if not self.double:
            return True
        later = self.text.find('"', place + 1)
        if later < 0:
            return False
        before, after = self._around(later)
        return not before.isspace() and not after.isalnum()

    def _single(self, place: int) -> str:
        before, after = self._around(place)
        if sign := self._sign(before, after):
            return sign
        if _is_unspaced(before, after):
            self.single = not self.single
            return self.marks[2] if self.single else self.marks[3]
        if not before.isalnum() and after != "'" and not after.isspace():
            return self._opening(place)
        if not self.single or before.isspace():
            return APOSTROPHE
        self.single = before in "sxz" and after == " " and self._closes_later(place)
        return APOSTROPHE if self.single else self.marks[3]

    def _sign(self, before: str, after: str) -> str:
        """Return what a mark behind a letter or a figure is where it cannot close anything; else nothing."""
        if HEBREW.match(before) and (HEBREW.match(after) or not self.single):
            return GERESH
        if _is_unspaced(before, after):
            return ""
        if before.isdecimal() and not self.single and not after.isalpha():
            return PRIME
        return APOSTROPHE if before.isalnum() and after.isalnum() else ""

    def _opening(self, place: int) -> str:
        """Return what a mark is that a word begins behind: an apostrophe or an opening one."""
        if AND.match(self.text, place) or (place > 1 and AND.match(self.text, place - 2)):
            return APOSTROPHE
        if self.single and not self.text[place + 1].isalnum():  # as in `'…"'.`
            self.single = False
            return self.marks[3]
        if SHORT.match(self.text, place):
            return APOSTROPHE
        # What is said in single marks may go on in the next paragraph.
        goes_on = not self.double and not self.text[place + 1].islower()
        if not goes_on and not self._closes_later(place):
            return APOSTROPHE
        self.single = True
        return self.marks[2]

    def _closes_later(self, place: int) -> bool:
        """Say whether a mark that closes follows, with none that opens before it."""
        closing = CLOSES.search(self.text, place + 1, place + LONGEST_SAID)
        return closing is not None and re.search(r"(?:\s|\A)'\w", self.text[place + 1 : closing.start()]) is None


def _opens(before: str, after: str, *, is_open: bool) -> bool:
    """Say whether a double mark between two characters opens; where both may be or neither, it does so by turns."""
    if _is_unspaced(before, after):
        return not is_open
    apart = is_open and before.isspace() and after in ",.;:!?…)"  # French has a space before it
    can_open = not (after.isspace() or before.isalnum() or apart)
    can_close = not before.isspace() and not after.isalnum()
    return not is_open if can_open == can_close else can_open


def _is_unspaced(before: str, after: str) -> bool:
    """Say whether a mark stands where words have no spaces between them."""
    return any(UNSPACED_CHAR.match(char) or UNSPACED_MARK.match(char) for char in (before, after))


def _dashes(count: int) -> str:
    """Return the dashes for a run of hyphens: three are an em dash, two an en dash."""
    short = {0: 0, 1: 2, 2: 1}[count % 3] if count % 2 else count // 2
    if count % 3 == 0:
        short = 0
    return "—" * ((count - 2 * short) // 3) + "–" * short
