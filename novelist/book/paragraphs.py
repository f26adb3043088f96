"""A chapter's text as paragraphs, and whose each of them is: a model's, or its author's.

Pure. A paragraph is what stands between blank lines, and a heading, a scene break and a fenced block are always ones of
their own. A model's has its mark in the line `drafted:` of the record; one without is its author's, and a mark without
its paragraph is of one that the author has taken out. Knows no file, and not what an edit is asked for.
"""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from novelist.book.breaks import is_break
from novelist.book.headings import HEADING, RULE
from novelist.text import encoded
from novelist.words import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Kind = Literal["prose", "quote", "note", "heading", "break", "code", "markup"]

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
LINE_END = re.compile(r"\r\n|\r|\n")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`]*)")
NOTE = re.compile(r" {0,3}\[\^[^\[\]\s]+\]:")
WITHIN_NOTE = re.compile(r"(?: {0,3}\t| {4})")
UNDERLINED = re.compile(r"(?:\r\n|\r|\n) {0,3}=+[ \t]*(?:[\r\n]|\Z)")
QUOTE = re.compile(r" {0,3}>")
QUOTE_MARKS = re.compile(r"^[ \t]*>(?:[ \t]*>)*", re.MULTILINE)
MARKUP = re.compile(
    r" {0,3}(?:<!--|</?(?:address|article|aside|blockquote|center|details|div|dl|figure|footer|header|hr|nav|ol|p|pre"
    r"|section|style|script|table|ul)\b)",
    re.IGNORECASE,
)
EMPTY = re.compile(r"<[bh]r\b[^<>]*>|&nbsp;|&#160;", re.IGNORECASE)

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # no letter that is read as a digit, or as another
MARK_LETTERS = 5  # three would hide one typed paragraph in five hundred
MARK = re.compile(rf"[{ALPHABET}]{{{MARK_LETTERS}}}")
QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'"))
# Lines of a script without spaces are wrapped between any two characters.
UNSPACED_SIGN = rf"[{UNSPACED}\u3001-\u303f\uff00-\uffef]"
WRAPPED = re.compile(rf"(?<={UNSPACED_SIGN}) (?={UNSPACED_SIGN})")


class Paragraph(NamedTuple):
    """A paragraph: its whole lines but for the end of the last one, where they stand, and of what kind they are."""

    text: str
    start: int
    end: int
    kind: Kind


class Owners(NamedTuple):
    """Whose a chapter's paragraphs are: the numbers, from 1, of its author's, and the marks of those taken out."""

    locked: frozenset[int]
    deleted: frozenset[str]

    @property
    def any(self) -> bool:
        """Whether a hand has typed or taken out any of it."""
        return bool(self.locked or self.deleted)


class Change(NamedTuple):
    """What becomes of a paragraph: the text in place of it (None: it stays, empty: it goes), and the text behind it."""

    instead: str | None = None
    after: str = ""


def split(text: str) -> list[Paragraph]:
    """Return the paragraphs of a chapter's text, which has no front matter."""
    return list(_Lines(text).paragraphs())


def _parts_scenes(text: str) -> bool:
    """Say whether a paragraph is no prose but what stands between two scenes, in whatever markup."""
    return is_break(EMPTY.sub("*", text.replace("\\", "")).strip())


class _Lines:
    """The lines of a text, and which of them are one paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [(each.start(), each.start() + len(each[0].rstrip("\r\n"))) for each in LINE.finditer(text)]
        self.starts = [start for start, _ in self.spans]
        self.unclosed: dict[str, int] = {}  # the shortest fences of each sign that nothing closes
        self.closes_comments = True  # until a comment is not closed: later ones are not, either

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs."""
        place = 0
        while place < len(self.spans):
            if self._blank(place):
                place += 1
                continue
            end = self._fence_end(place)
            fenced = end > 0
            end = end or self._end(place)
            start, stop = self.starts[place], self.spans[end - 1][1]
            block = self.text[start:stop]
            yield Paragraph(block, start, stop, "code" if fenced else _kind(block))
            place = end

    def _line(self, place: int) -> str:
        start, end = self.spans[place]
        return self.text[start:end]

    def _blank(self, place: int) -> bool:
        return not self._line(place).strip()

    def _alone(self, place: int) -> bool:
        line = self._line(place)
        return bool(RULE.match(line) or HEADING.match(line))

    def _end(self, place: int) -> int:
        """Return behind which line the paragraph ends that begins at `place`."""
        end = self._behind(place)
        if self._alone(place):
            return end
        while end < len(self.spans) and not (self._blank(end) or self._alone(end) or self._fence_end(end)):
            end = self._behind(end)
        return self._note_end(end) if NOTE.match(self._line(place)) else end

    def _note_end(self, end: int) -> int:
        """Return where a footnote ends whose first paragraph ends at `end`: indented ones below it are its own."""
        while True:
            place = end
            while place < len(self.spans) and self._blank(place):
                place += 1
            if place == len(self.spans) or not WITHIN_NOTE.match(self._line(place)):
                return end
            while place < len(self.spans) and not self._blank(place):
                place = self._behind(place)
            end = place

    def _behind(self, place: int) -> int:
        """Return the line behind the one at `place`, and behind a comment that opens in it."""
        start, end = self.spans[place]
        while self.closes_comments and (opens := self.text.find("<!--", start, end)) >= 0:
            closes = self.text.find("-->", opens + 4)
            if closes < 0:
                self.closes_comments = False
                break
            place = bisect_right(self.starts, closes) - 1
            start, end = closes + 3, self.spans[place][1]
        return place + 1

    def _fence_end(self, place: int) -> int:
        """Return behind which line the fence at `place` ends; 0 where there is none, or nothing ends it."""
        opening = FENCE.fullmatch(self._line(place))
        if opening is None or len(opening[1]) >= self.unclosed.get(opening[1][0], sys.maxsize):
            return 0
        for end in range(place + 1, len(self.spans)):
            closing = FENCE.fullmatch(self._line(end))
            if closing and closing[1].startswith(opening[1]) and not closing[2].strip():
                # Tildes that stand alone are breaks, be there never so many pairs of them.
                bare = opening[1][0] == "~" and not opening[2].strip()
                return 0 if bare and (self._blank(place + 1) or self._blank(end - 1)) else end + 1
        self.unclosed[opening[1][0]] = len(opening[1])
        return 0


def _kind(block: str) -> Kind:
    """Return the kind of a paragraph that is no fenced block."""
    if _parts_scenes(block):
        return "break"
    if MARKUP.match(block):
        return "markup"
    if HEADING.match(LINE_END.split(block, maxsplit=1)[0]) or UNDERLINED.search(block):
        return "heading"
    if NOTE.match(block):
        return "note"
    return "quote" if QUOTE.match(block) else "prose"


def fold(paragraph: str) -> str:
    """Return a paragraph as two are compared: however it is wrapped, and whatever shape its quotes have."""
    text = unicodedata.normalize("NFC", LINE_END.sub("\n", paragraph))
    if QUOTE.match(text):
        text = QUOTE_MARKS.sub("", text)
    return WRAPPED.sub("", " ".join(text.translate(QUOTES).split()))


def mark(paragraph: str) -> str:
    """Return the mark of a paragraph: 25 bits of SHA-256 as letters and digits."""
    bits = int.from_bytes(hashlib.sha256(encoded(fold(paragraph))).digest()[:4], "big")
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(MARK_LETTERS))


def marks(text: str) -> str:
    """Return the marks of a text's paragraphs in order, as the line `drafted:` has them of one that a model wrote."""
    return " ".join(mark(paragraph.text) for paragraph in split(text))


def owners(text: str, drafted: str) -> Owners:
    """Return whose the paragraphs of a text are. What is no mark in the line `drafted` counts as not there."""
    line = _read(drafted)
    own = [mark(paragraph.text) for paragraph in split(text)]
    partners = aligned(line, own)
    deleted = set(range(len(line))).difference(partners.values())
    return Owners(
        frozenset(place + 1 for place in range(len(own)) if place not in partners),
        frozenset(line[place] for place in deleted),
    )


def edited(text: str, changes: Mapping[int, Change]) -> str:
    """Return a text with changes by the number of a paragraph, 0 for what goes before the first; the rest as it is.

    New text gets the line ends of this one, and the indent of the paragraph that it stands for or behind. A paragraph
    that goes takes the gap behind it along, the last one the gap before it.
    """
    paragraphs = split(text)
    first = LINE_END.search(text)
    line_end = first[0] if first else "\n"
    ends = [paragraph.start for paragraph in paragraphs[1:]] + [len(text)]
    start = paragraphs[0].start if paragraphs else len(text)
    pieces = [
        text[:start],
        *_with_gaps(changes.get(0, Change()).after, "", line_end, line_end * 2 if paragraphs else ""),
    ]
    for number, (paragraph, end) in enumerate(zip(paragraphs, ends, strict=False), 1):
        change, gap = changes.get(number, Change()), text[paragraph.end : end]
        old = paragraph.text if change.instead is None else ""
        new = "\n\n".join(filter(None, (change.instead, change.after)))
        blank = len(paragraph.text) - len(paragraph.text.lstrip())
        indent = paragraph.text[:blank] if paragraph.kind == "prose" else ""
        last = number == len(paragraphs)
        if old:
            pieces += [old, line_end * 2 if new else gap]
        if new:
            pieces += _with_gaps(new, indent, line_end, gap if last else _wide(gap, line_end))
        elif not old and len(pieces) > 1:
            pieces[-1] = gap if last else _wider(pieces[-1], gap, line_end)
    return "".join(pieces)


def _with_gaps(text: str, indent: str, line_end: str, gap: str) -> list[str]:
    """Return the paragraphs of new text in turn with the gaps behind them, the last of which is `gap`."""
    pieces = []
    for paragraph in split(text):
        bare = paragraph.kind == "prose" and not paragraph.text[:1].isspace()
        pieces += [(indent if bare else "") + LINE_END.sub(line_end, paragraph.text), line_end * 2]
    return [*pieces[:-1], gap] if pieces else []


def _wide(gap: str, line_end: str) -> str:
    """Return a gap with a blank line in it."""
    return gap if len(LINE_END.findall(gap)) > 1 else gap + line_end


def _wider(before: str, behind: str, line_end: str) -> str:
    """Return the gap that stays of two, between which a paragraph goes."""
    return before if len(LINE_END.findall(before)) > 1 else _wide(behind, line_end)


def after_edits(drafted: str, before: str, changes: Mapping[int, Change]) -> str:
    """Return the line `drafted` of a text that a model has changed: its paragraphs have marks, its author's have none.

    Marks of what the author took out stay, those of what the model took out go.
    """
    line, new = _followed(_read(drafted), [mark(paragraph.text) for paragraph in split(before)], changes)
    present = [each for each, _ in new]
    while True:
        partners = aligned(line, present)
        # A paragraph of the author's that is like one in the line would be taken for it: both are then locked.
        alike = {each for place, (each, drafted_one) in enumerate(new) if not drafted_one and place in partners}
        if not alike:
            return " ".join(line)
        line = [each for each in line if each not in alike]


def marks_after(before: str, changes: Mapping[int, Change]) -> list[str]:
    """Return the marks of the paragraphs that a text is to have with its changes."""
    return [each for each, _ in _followed([], [mark(paragraph.text) for paragraph in split(before)], changes)[1]]


def _followed(
    line: Sequence[str], own: Sequence[str], changes: Mapping[int, Change]
) -> tuple[list[str], list[tuple[str, bool]]]:
    """Return the line of marks after changes, and each paragraph's mark then with whether a model wrote it."""
    partners = aligned(line, own)
    kept: list[str] = []
    new: list[tuple[str, bool]] = []
    at = 0
    for number, each in enumerate(["", *own]):
        change, partner = changes.get(number, Change()), partners.get(number - 1)
        if partner is not None:
            kept += line[at:partner]
            at = partner + 1
        if number and change.instead is None:
            new.append((each, partner is not None))
            kept += [each] if partner is not None else []
        written = [mark(paragraph.text) for text in filter(None, change) for paragraph in split(text)]
        kept += written
        new += [(one, True) for one in written]
    return [*kept, *line[at:]], new


def _read(drafted: str) -> list[str]:
    return [word for word in drafted.split() if MARK.fullmatch(word)]


def aligned(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return the places in `new` of the most marks that both have in one order, each with its place in `old`."""
    head, tail, most = 0, 0, min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    partners = {place: place for place in range(head)}
    partners |= {len(new) - place: len(old) - place for place in range(1, tail + 1)}
    places: dict[str, list[int]] = {}
    for place in range(len(new) - tail - 1, head - 1, -1):
        places.setdefault(new[place], []).append(place)
    # The least place at which a run of each length ends, and that run from its end (Hunt and Szymanski).
    ends: list[int] = []
    runs: list[tuple[int, int, int]] = []
    last: list[int] = []
    for old_place in range(head, len(old) - tail):
        for place in places.get(old[old_place], ()):
            length = bisect_left(ends, place)
            runs.append((place, old_place, last[length - 1] if length else -1))
            ends[length : length + 1] = [place]
            last[length : length + 1] = [len(runs) - 1]
    at = last[-1] if last else -1
    while at >= 0:
        place, old_place, at = runs[at]
        partners[place] = old_place
    return partners
