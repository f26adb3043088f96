"""Edits put into the Markdown of a chapter, in the manner in which it is typed; what they do not touch stays as it is.

Pure. Knows how paragraphs are written in Markdown. Does not know how it will be read: who asks reads it again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from novelist.imports.paragraphs import NOTE, PICTURE, Paragraph, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from novelist.imports.matching import Edit
    from novelist.imports.passages import Passage, Placed
    from novelist.language.table import Marks

MARKERS = {"Strong": ("**", "**"), "Strikeout": ("~~", "~~")}
STANDING = (NOTE, PICTURE)  # what stands for something that no text says
SPECIAL = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
OPENS_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|>|[-+](?=\s|$)|(?:-{3,}|={3,})$)")
OPENS_ITEM = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)")
ITEM = re.compile(r"([ \t>]*)([-*+]|([0-9]{1,9})([.)]))([ \t]+)")
BLANK = re.compile(r"[ \t>]*\n")
QUOTED = re.compile(r"[ \t]*>[ \t>]*\n")


class Splice(NamedTuple):
    """New text for the characters from `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Manner:
    """How a chapter is typed: what stands for quotation marks, dashes and so on, which mark emphasises, line ends."""

    typed: dict[str, str]
    emphasis: str = "*"
    line_end: str = "\\\n"
    scene: str = "* * *"
    plain: bool = False  # whether all punctuation is escaped, where nothing else is read as it should be

    def write(self, words: Sequence[Word], prefix: str = "", *, opens: bool = True) -> str:
        """Return tokens in Markdown; `prefix` begins each further line, and with `opens` the first is a whole one."""
        first, *lines = self._styled([word for word in words if word.text not in STANDING], frozenset()).split("\n")
        return "\n".join([_shielded(first) if opens else first, *(prefix + _shielded(line) for line in lines)])

    def inner(self, words: Sequence[Word]) -> str:
        """Return tokens in Markdown as they stand within styles that they all have."""
        return self._styled([Word(word.text) for word in words], frozenset())

    def _styled(self, words: Sequence[Word], within: frozenset[str]) -> str:
        written, at = "", 0
        while at < len(words):
            lengths = {style: _run(words, at, style) for style in words[at].styles - within}
            style = max(sorted(lengths), key=lambda each: lengths[each], default="")
            end = at + lengths[style] if style else _unstyled(words, at, within)
            if style == "Code":
                written += _code("".join(word.text for word in words[at:end]))
            elif style:
                opens, closes = self._marker(style)
                written += f"{opens}{self._styled(words[at:end], within | {style})}{closes}"
            else:
                written += self._text("".join(word.text for word in words[at:end]))
            at = end
        return written

    def _marker(self, style: str) -> tuple[str, str]:
        if style.startswith("Link "):
            return "[", f"](<{style.removeprefix('Link ')}>)"
        return MARKERS.get(style, (self.emphasis, self.emphasis))

    def _text(self, text: str) -> str:
        escaped = (PUNCTUATION if self.plain else SPECIAL).sub(r"\\\g<0>", text)
        return escaped.translate({ord(mark): ascii_mark for mark, ascii_mark in self.typed.items()}).replace(
            "\n", self.line_end
        )


def _shielded(line: str) -> str:
    """Return a line that opens no block but its paragraph."""
    line = OPENS_ITEM.sub(r"\1\\\2", line, count=1)
    return f"\\{line}" if OPENS_BLOCK.match(line) else line


def _run(words: Sequence[Word], start: int, style: str) -> int:
    """Return how many tokens from `start` on have a style."""
    end = next((at for at in range(start, len(words)) if style not in words[at].styles), len(words))
    return end - start


def _unstyled(words: Sequence[Word], start: int, within: frozenset[str]) -> int:
    """Return where the tokens from `start` on that have no style but those they stand within end."""
    return next((at for at in range(start, len(words)) if words[at].styles - within), len(words))


def _code(text: str) -> str:
    fence = "`" * (1 + max((len(ticks) for ticks in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def manners(text: str, passages: Sequence[Passage], marks: Marks) -> tuple[Manner, ...]:
    """Return the manners to try one after another for a chapter: as it is typed, with marks as they are, all escaped.

    `marks` are the quotation marks that straight ones become.
    """
    typed: dict[str, str] = {}
    if text.count('"') > sum(map(text.count, {*marks[:2], "“", "”"})):
        typed |= dict.fromkeys((*marks[:2], "“", "”"), '"')
    if text.count("'") > text.count("’"):
        typed |= dict.fromkeys((*marks[2:], "‘", "’"), "'")
    for mark, ascii_mark in (("–", r"(?<!-)--(?!-)"), ("—", r"(?<!-)---(?!-)"), ("…", r"\.\.\.")):
        if mark not in text and re.search(ascii_mark, text):
            typed[mark] = {"–": "--", "—": "---", "…": "..."}[mark]
    low = len(re.findall(r"(?<!\w)_(?=\S)", text)) > len(re.findall(r"(?<![\w*])\*(?=[^\s*])", text))
    line_end = "  \n" if re.search(r"\S {2,}\n[ \t]*\S", text) and "\\\n" not in text else "\\\n"
    emphasis = "_" if low else "*"
    breaks = (text[passage.start : passage.end] for passage in passages if passage.kind == "break")
    scene = next(breaks, "* * *")
    return (
        Manner(typed, emphasis, line_end, scene),
        Manner({}, emphasis, line_end, scene),
        Manner({}, emphasis, line_end, scene, plain=True),
    )


def patched(text: str, splices: Sequence[Splice]) -> str:
    """Return a text with its splices, none of which overlaps another; of two at one place the first stays first."""
    done, at = "", 0
    for start, end, new in sorted(splices, key=lambda splice: splice[:2]):
        done += text[at:start] + new
        at = end
    return done + text[at:]


def splices(text: str, passages: Sequence[Passage], edits: Sequence[tuple[Edit, Manner]]) -> Iterator[Splice]:
    """Yield what puts edits into a chapter, each in its manner."""
    # What is new comes first: where it stands at the beginning of a paragraph that is changed, it stands before it.
    behind = [(edit, manner) for edit, manner in edits if edit.kind == "inserted"]
    for place, new in groupby(behind, key=lambda each: each[0].place):
        yield _inserted(text, passages, place, list(new))
    for edit, manner in edits:
        if edit.kind == "changed" and edit.after is not None:
            yield from _changed(text, passages[edit.place], edit.after, manner)
    yield from _removed(text, [passages[edit.place] for edit, _ in edits if edit.kind == "deleted"])


def _removed(text: str, gone: Sequence[Passage]) -> Iterator[Splice]:
    """Yield what takes the lines of passages away, and the blank ones that then part nothing."""
    runs: list[tuple[int, int]] = []
    for passage in sorted(gone, key=lambda each: each.start):
        start, end = text.rfind("\n", 0, passage.start) + 1, _end_of_line(text, passage)
        if runs and not BLANK.sub("", text[runs[-1][1] : start]):
            start = runs.pop()[0]
        runs.append((start, end))
    for start, end in runs:
        below = _below_blank_lines(text, end, QUOTED)
        above = _above_blank_lines(text, start, QUOTED)
        if below > end or above < start:  # within a quotation
            yield Splice(start, below, "") if below > end else Splice(above, end, "")
        elif not text[end:].strip():
            yield Splice(_above_blank_lines(text, start, BLANK), len(text.rstrip()), "")
        elif not start or _above_blank_lines(text, start, BLANK) < start:
            yield Splice(start, _below_blank_lines(text, end, BLANK), "")
        else:  # a blank line below parts what stands right above from what comes
            yield Splice(start, end, "")


def _below_blank_lines(text: str, at: int, blank: re.Pattern[str]) -> int:
    while match := blank.match(text, at):
        at = match.end()
    return at


def _above_blank_lines(text: str, at: int, blank: re.Pattern[str]) -> int:
    while at and blank.fullmatch(text, above := text.rfind("\n", 0, at - 1) + 1, at):
        at = above
    return at


def _end_of_line(text: str, passage: Passage) -> int:
    """Return where the line below a paragraph begins."""
    end = max(passage.start, passage.end - 1)
    return at + 1 if (at := text.find("\n", end)) >= 0 else len(text)


def _inserted(text: str, passages: Sequence[Passage], place: int, edits: Sequence[tuple[Edit, Manner]]) -> Splice:
    """Return what puts new paragraphs behind the one at `place`, in a quotation or a list that this is in."""
    above = passages[place] if place >= 0 else None
    first = next((passage for passage in passages if passage.kind != "note"), None)
    at = _end_of_line(text, above) if above else text.rfind("\n", 0, first.start) + 1 if first else 0
    opening = "" if not at or text[at - 1] == "\n" else "\n"
    written = opening + ("\n" if above and not _in_list(above, edits) else "")
    blocks = []
    for number, (edit, manner) in enumerate(edits, 1):
        blocks.append(_block(text, above, edit, manner, number))
    written += ("" if _in_list(above, edits) else "\n").join(blocks)
    below = text[at:]
    if below.strip() and not BLANK.match(below) and not _in_list(above, edits):
        written += "\n"
    return Splice(at, at, written)


def _in_list(above: Passage | None, edits: Sequence[tuple[Edit, Manner]]) -> bool:
    new = edits[0][0].after
    return above is not None and above.kind == "list" and new is not None and new.kind == "list"


def _block(text: str, above: Passage | None, edit: Edit, manner: Manner, number: int) -> str:
    """Return a new paragraph as a block, which is the `number`th below `above`."""
    words = edit.after.words if edit.after else ()
    kind = edit.after.kind if edit.after else ""
    if kind == "break":
        return f"{manner.scene}\n"
    if kind == "heading":
        return f"### {manner.write(words)}\n"
    if kind == "quote":
        return f"> {manner.write(words, '> ')}\n"
    if above is not None and above.kind == kind == "list":
        line = text[text.rfind("\n", 0, above.start) + 1 : above.start]
        if item := ITEM.match(line):
            mark = f"{int(item[3]) + number}{item[4]}" if item[3] else item[2]
            opens = f"{item[1]}{mark}{item[5]}"
            return f"{opens}{manner.write(words, ' ' * len(opens))}\n"
    return f"{manner.write(words)}\n"


def _changed(text: str, passage: Passage, new: Paragraph, manner: Manner) -> Iterator[Splice]:
    """Yield what turns a passage into a new paragraph."""
    old, words, prefix = passage.words, new.words, _prefix(text, passage)
    if new.kind == "break":
        yield Splice(passage.start, passage.end, manner.scene)
        return
    if passage.kind in ("code", "other", "break"):
        code = "".join(word.text for word in words).replace("\n", f"\n{prefix}")
        yield Splice(passage.start, passage.end, code if passage.kind == "code" else manner.write(words, prefix))
        return
    if manner.plain and not any(word.text in STANDING for word in (*passage.key, *words)):
        yield Splice(passage.start, passage.end, manner.write(words, prefix))
        return
    for i1, i2, j1, j2 in _regions(old, words):
        inner = _within(old[i1:i2], words[j1:j2], old[:i1][-1:], old[i2 : i2 + 1])
        if inner is not None:
            yield Splice(*inner, manner.inner(words[j1:j2]).replace("\n", f"\n{prefix}"))
            continue
        start = old[i1 - 1].end if i1 else passage.start
        end = old[i2].start if i2 < len(old) else passage.end
        yield Splice(start, end, manner.write(words[j1:j2], prefix, opens=not i1))


def _prefix(text: str, passage: Passage) -> str:
    """Return what begins the further lines of a passage: the marks of a quotation, the blanks of an item."""
    line = text[text.rfind("\n", 0, passage.start) + 1 : passage.start]
    return re.sub(r"[^>\s]", " ", line) if passage.kind in ("quote", "list", "note", "code") else ""


def _regions(old: Sequence[Placed], new: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    """Return what is not the same in two rows of tokens, widened to where no style is cut in two."""
    matcher = SequenceMatcher(None, [placed.word for placed in old], list(new), autojunk=False)
    todo = [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]
    done: list[tuple[int, int, int, int]] = []
    while todo:
        i1, i2, j1, j2 = todo.pop(0)
        if _within(old[i1:i2], new[j1:j2], old[:i1][-1:], old[i2 : i2 + 1]) is None:
            least, most = done[-1][1] if done else 0, todo[0][0] if todo else len(old)
            while i1 > least and old[i1 - 1].word.styles:
                i1, j1 = i1 - 1, j1 - 1
            while i2 < most and old[i2].word.styles:
                i2, j2 = i2 + 1, j2 + 1
            if done and i1 == least:
                before = done.pop()
                todo.insert(0, (before[0], i2, before[2], j2))
                continue
            if todo and i2 == most:
                after = todo.pop(0)
                todo.insert(0, (i1, after[1], j1, after[3]))
                continue
        done.append((i1, i2, j1, j2))
    return done


def _within(
    old: Sequence[Placed], new: Sequence[Word], before: Sequence[Placed], after: Sequence[Placed]
) -> tuple[int, int] | None:
    """Return the characters to put `new` in place of where both have one style, None where its marks change, too."""
    styles = {placed.word.styles for placed in old} | {word.styles for word in new}
    around = [placed.word.styles for placed in (*before, *after)]
    style = next(iter(styles))
    if len(styles) > 1 or "Code" in style or any(word.text in STANDING for word in new):
        return None
    if style and not new and around != [style, style]:
        return None
    if old:
        return old[0].start, old[-1].end
    if before and around[0] == style:
        return before[0].end, before[0].end
    return (after[0].start, after[0].start) if after and around[-1] == style else None


def apart(splices: Iterable[Splice]) -> list[Splice]:
    """Return splices in their order: those that only take away are joined where they overlap, others left out."""
    kept: list[Splice] = []
    for splice in sorted(splices, key=lambda each: each[:2]):
        if not kept or splice.start >= kept[-1].end:
            kept.append(splice)
        elif not kept[-1].text and not splice.text:
            kept[-1] = Splice(kept[-1].start, max(kept[-1].end, splice.end), "")
    return kept
