"""A chapter's Markdown as pandoc is to read it: what novels have beyond CommonMark, and nothing that it would lose.

Pure: text in, text out. Knows forms of Markdown, and not what becomes of them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter

from novelist.book.headings import RULE

BY_HAND = "\u3000"  # the space with which some indent; to Markdown it is a letter like any other
BREAK = "* * *"
# A tab or four blanks are code in Markdown, and in novels the beginning of a paragraph.
INDENTED = re.compile(r"(?: {0,3}\t| {4})[ \t]*(?=\S)")
ENDED = re.compile(r"[.?!…:;,\"'“”‘’»«)\]*_—–-]\s*\Z")
ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|\Z)")
NUMBER = re.compile(r"[ \t]*([0-9]{1,9})([.)])(?=[ \t]|\Z)")
LARGEST_NUMBER = 99  # of an item: `1984. It was` is a sentence's end
FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\s]+\]:")
WITHIN_FOOTNOTE = 4  # columns by which its further paragraphs are indented
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^`\n]*)\Z")
UNDERLINE = re.compile(r" {0,3}-{3,}[ \t]*\Z")

DASH = re.compile(r"[ \t]*(?:-(?:[ \t]+(?=\S)|(?=[^\W\d_]|[¿¡«“\"…*_]))|-{2,3}[ \t]*(?=[^\s-]))")
TYPED_DASH = re.compile(r"[ \t]*[—–―][ \t]*[¿¡«“„\"…*_]*(?=[^\W\d_])")
SENTENCE_ENDED = re.compile(r"[.?!…][»”“’\"'*_)]*\s*\Z")
HYPHEN_APART = re.compile(r"-{2,3}|(?<=\s)-(?=[\s\w¿¡])|(?<=[\w.?!…,\"”»])-(?=[\s.,;:?!]|\Z)")
SAID = re.compile(r"[¿¡«“„‘\"'…*_(]*[^\W_].*[.?!…,:;»”’\"'*_)—–-]\s*\Z", re.DOTALL)

LINE = re.compile(r" {0,3}\|(?: (.*)|)\Z")
ROW = re.compile(r" {0,3}\|.*\|[ \t]*\Z")
DELIMITERS = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
OPENS_BLOCK = re.compile(r"\A(?:(?=#{1,6}(?: |\Z)|>|[-+*] |[-=_*]+\s*\Z|`{3}|~{3})|([0-9]{1,9})(?=[.)] ))")

BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")
DEFINITION = re.compile(r"^ {0,3}(\[([^\[\]\n]+)\]:)[ \t]*(\S*)", re.MULTILINE)
ADDRESS = re.compile(r"<|[^\s:]+://|mailto:|#|\.{0,2}/|\S+/\S|\S+\.[a-z]{2,5}\Z", re.IGNORECASE)

SMALL_CAPITALS = re.compile(r"\[([^\[\]\n]+)\]\{\.(?:smallcaps|small-caps|sc)\}")
UNDERLINED = re.compile(r"\[([^\[\]\n]+)\]\{\.(?:underline|ul)\}")
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Readings as Japanese manuscripts have them: behind a bar that says where the word begins, or behind Han alone.
READING = re.compile(r"[｜|]([^｜|《》\n]{1,40})《([^《》\n]{1,40})》")
BARE_READING = re.compile(rf"([{HAN}]{{1,20}})《([\u3040-\u30ff\u30fb\u3000 ]{{1,40}})》")


def readable(text: str, dash: str = "", *, japanese: bool = False) -> str:
    """Return normalised prose for a reader of CommonMark; `dash` begins a line of dialogue, where the language has one.

    Paragraphs that are indented are prose; a line of tildes, and hyphens below a line, are scene breaks; dialogue after
    hyphens is no list; lines behind bars keep their ends; and what would be a link's or a footnote's definition that
    nothing leads to is text.
    """
    return _Chapter(_with_definitions_kept(text).split("\n"), dash, japanese=japanese).written()


class _Chapter:
    """A chapter that is read from its first line to its last."""

    def __init__(self, lines: list[str], dash: str, *, japanese: bool) -> None:
        self.lines = lines
        self.dash = dash
        self.japanese = japanese
        self.numbers = Counter(int(match[1]) for match in map(NUMBER.match, lines) if match)
        self.unclosed: dict[str, int] = {}  # the shortest fences of each mark that nothing closes
        self.done: list[str] = []
        self.place = 0
        self.indented = False  # the line above
        self.within = 0  # columns by which a paragraph belongs to the list or the footnote that is open

    def written(self) -> str:
        """Return it as it is to be read."""
        while self.place < len(self.lines):
            if not self._fence():
                self._indentation()
                _ = self._kept_lines() or self._dialogue() or self._line()
        return "\n".join(self.done)

    @property
    def begins(self) -> bool:
        """Whether a paragraph begins here."""
        return not self.done or not self.done[-1].strip()

    def _fence(self) -> bool:
        opening = FENCE.fullmatch(self.lines[self.place])
        if opening is None or len(opening[1]) >= self.unclosed.get(opening[1][0], sys.maxsize):
            return False
        end = _fence_end(self.lines, self.place, opening)
        if end is None:  # nor do later ones
            self.unclosed[opening[1][0]] = len(opening[1])
        self.done += self.lines[self.place : end or self.place]
        self.place = end or self.place
        return bool(end)

    def _indentation(self) -> None:
        """Have a line that is indented as code begin a paragraph, unless the one above goes on in it."""
        line = self.lines[self.place]
        indent = _columns(line)
        if line.strip() and self.begins and indent < (self.within or 4):
            self.within = 0
        was_indented, self.indented = self.indented, indent >= 4
        if indent < 4 or self.within:
            return
        above = self.lines[self.place - 1] if self.place else ""
        goes_on = above.endswith("\\") or (was_indented and not ENDED.search(above))
        bare = line.lstrip()
        if not (goes_on and above.strip()):
            self.done += [""] if above.strip() else []
            bare = bare if any(form.match(bare) for form in (DASH, LINE, FENCE)) else BY_HAND + bare
        self.lines[self.place] = bare

    def _kept_lines(self) -> bool:
        """Take lines behind bars, or a table."""
        end = 0 if self.within else _lines_end(self.lines, self.place)
        if end:
            lines = _kept_lines(self.lines[self.place : end])
            self.done += ["", *(_inlines(line, japanese=self.japanese) for line in lines), ""]
            self.place = end
        return end > 0

    def _dialogue(self) -> bool:
        """Take paragraphs behind hyphens: dialogue, or a list."""
        line = self.lines[self.place]
        if not self.dash or self.within or RULE.match(line):
            return False
        if not DASH.match(line):
            typed = TYPED_DASH.match(line)
            if typed and line[typed.end()].isupper() and not self.begins and SENTENCE_ENDED.search(self.done[-1]):
                self.done.append("")
            return False
        items, end = _items(self.lines, self.place)
        if _is_dialogue(items):
            paragraphs = [_spoken(item, self.dash) for item in items]
        else:
            paragraphs, self.within = [self.lines[self.place : end]], 2
        for paragraph in paragraphs:
            self.done += ["", *(_inlines(line, japanese=False) for line in paragraph)]
        self.place = end
        return True

    def _line(self) -> bool:
        line = self.lines[self.place]
        if fence := FENCE.fullmatch(line):
            alone = fence[1].startswith("~") and not fence[2].strip()
            line = BREAK if alone else f"\\{line.lstrip()}"
            self.done += [""] if alone else []
        elif UNDERLINE.fullmatch(line) and not self.begins:
            self.done.append("")
        elif not self.within and FOOTNOTE.match(line):
            self.within = WITHIN_FOOTNOTE
        elif not self.within and (item := ITEM.match(line)) and not RULE.match(line):
            if self._is_item(line):
                self.within = len(item[0].rstrip()) + 1
            else:
                line = NUMBER.sub(r"\1\\\2", line)
        self.done.append(_inlines(line, japanese=self.japanese))
        self.place += 1
        return True

    def _is_item(self, line: str) -> bool:
        """Say whether a line that begins as an item does is one: a number needs another one before it or behind it."""
        number = NUMBER.match(line)
        if number is None:
            return True
        value = int(number[1])
        others = (value - 1, value + 1) if value > 1 or self.numbers[1] < 2 else (1,)
        return value <= LARGEST_NUMBER and any(self.numbers[other] for other in others)


def _columns(line: str) -> int:
    """Return by how many columns a line is indented."""
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" ")) if line.strip() else 0


def _inlines(line: str, *, japanese: bool) -> str:
    """Return a line with such tags for small capitals, underlines and readings as HTML has."""
    line = SMALL_CAPITALS.sub(r'<span class="smallcaps">\1</span>', line) if "{." in line else line
    line = UNDERLINED.sub(r"<u>\1</u>", line) if "{." in line else line
    if "《" in line:
        ruby = r"<ruby>\1<rt>\2</rt></ruby>"
        line = READING.sub(ruby, line) if japanese or "｜" in line else line
        line = BARE_READING.sub(ruby, line) if japanese else line
    return line


def _fence_end(lines: list[str], place: int, opening: re.Match[str]) -> int | None:
    """Return behind which line the fence at `place` ends; 0 where it is none, None where nothing ends it."""
    mark, bare = opening[1], opening[1][0] == "~" and not opening[2].strip()
    for end in range(place + 1, len(lines)):
        closing = FENCE.fullmatch(lines[end])
        if closing and closing[1].startswith(mark) and not closing[2].strip():
            # Tildes that stand alone are breaks, be there never so many pairs of them.
            apart = not lines[place + 1].strip() or not lines[end - 1].strip()
            return 0 if bare and apart else end + 1
    return None


def _lines_end(lines: list[str], place: int) -> int:
    """Return behind which line a block of lines behind bars ends, or a table; 0 where none begins."""
    end = place
    while end < len(lines) and (LINE.fullmatch(lines[end]) or ROW.match(lines[end]) or _goes_on(lines, place, end)):
        end += 1
    return end if end > place else 0


def _goes_on(lines: list[str], place: int, end: int) -> bool:
    """Say whether a line goes on with one behind a bar: it is indented below it."""
    return end > place and bool(lines[end].strip()) and lines[end].startswith(" ")


def _kept_lines(lines: list[str]) -> list[str]:
    """Return the lines of a block with their ends. A table's stay as they were typed."""
    if any(DELIMITERS.fullmatch(line) for line in lines) or all(ROW.match(line) for line in lines):
        kept = [f"\\{line.strip()}" for line in lines]
    else:
        kept = []
        for line in lines:
            behind = LINE.fullmatch(line)
            if behind is None:
                kept[-1] = f"{kept[-1]} {line.strip()}"
                continue
            words = behind[1] or ""
            bare = words.lstrip(" ")
            indent = "\u00a0" * (len(words) - len(bare))
            kept.append(indent + (bare if indent else OPENS_BLOCK.sub(r"\1\\", bare)) or "\u00a0")
    return [*(f"{line.rstrip(chr(92))}\\" for line in kept[:-1]), kept[-1]]


def _items(lines: list[str], place: int) -> tuple[list[list[str]], int]:
    """Return the paragraphs from `place` on that follow one another and begin with a hyphen, and where they end."""
    items: list[list[str]] = []
    while place < len(lines):
        begins = place
        while begins < len(lines) and not lines[begins].strip():
            begins += 1
        if begins == len(lines) or not DASH.match(lines[begins]) or RULE.match(lines[begins]):
            break
        place = begins + 1
        while (
            place < len(lines) and lines[place].strip() and not DASH.match(lines[place]) and _columns(lines[place]) < 4
        ):
            place += 1
        items.append(lines[begins:place])
    return items, place


def _is_dialogue(items: list[list[str]]) -> bool:
    """Say whether paragraphs behind hyphens are what people say: one alone is no list, and lists have no full stops."""
    if len(items) == 1 or all(item[0].lstrip()[1:2].strip() for item in items):
        return True
    texts = [DASH.sub("", "\n".join(item), count=1) for item in items]
    spoken = [text for text in texts if SAID.match(text) and not text.lstrip("¿¡«“„‘\"'…*_(")[:1].islower()]
    return 2 * len(spoken) >= len(texts)


def _spoken(item: list[str], dash: str) -> list[str]:
    """Return a paragraph of dialogue with dashes for hyphens that stand apart."""
    bare = DASH.sub("", "\n".join(line.strip() for line in item), count=1)
    return (dash + HYPHEN_APART.sub(dash.strip(), bare)).split("\n")


def _with_definitions_kept(text: str) -> str:
    """Return a text in which what only looks like a definition is text: Markdown would leave it out."""
    definitions = list(DEFINITION.finditer(text))
    if not definitions:
        return text
    starts = {each.start(1) for each in definitions}
    used = {_label(each[1]) for each in BRACKETS.finditer(text) if each.start() not in starts}
    seen: set[str] = set()
    pieces, end = [], 0
    for each in definitions:
        label = _label(each[2])
        is_note = label.startswith("^") and " " not in label
        if label in used and label not in seen and (is_note or ADDRESS.match(each[3])):
            seen.add(label)
            continue
        pieces += [text[end : each.start(1)], "\n\\" if is_note and each.start() else "\\"]
        end = each.start(1)
    return "".join([*pieces, text[end:]])


def _label(label: str) -> str:
    return " ".join(label.casefold().split())
