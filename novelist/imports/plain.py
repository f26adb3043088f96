"""Paragraphs of plain text that Markdown would read as something else: those that are indented, or a line each. Pure.

A novel has no code in it: what four blanks or a tab stand before is a paragraph, or a line of verse.
"""

from __future__ import annotations

import re
from itertools import pairwise

from novelist.book.headings import HEADING
from novelist.prose.sentences import SENTENCE_END
from novelist.words import UNSPACED_CHAR

INDENT = re.compile(r"(?:[ \xa0]{2}|[ \xa0]?[\t\u3000])[ \t\xa0\u3000]*(?=\S)")
CODE = re.compile(r" {0,3}\t|\x20{4}")  # before a line of code, as Markdown has it
ITEM = re.compile(r" {0,3}(?:[-*+]|[0-9]{1,9}[.)]|\[\^[^\]\n]+\]:)[ \t]")
LONGEST_VERSE = 60  # characters of a line that may be one of verse
LONGEST_WRAPPED = 120  # characters of a line that somebody's editor has broken; a letter without spaces counts twice
MOST_OPEN = 5  # of so many lines before another one, one may end without its sentence where each is a paragraph
HABIT = 2  # of so many paragraphs one is indented, where that is how its author begins them


def prose(text: str) -> str:
    """Return plain text without indents: each line that has one begins a paragraph, but for verse, which keeps lines.

    A text without indents is returned as it is, unless each of its lines is a paragraph.
    """
    if _by_line(text):
        return re.sub(r"(?<=[^\s])[ \t]*(\r?\n)(?=[^\S\n]*\S)", r"\1\1", text)
    if not re.search(rf"^{INDENT.pattern}", text, re.MULTILINE):
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    blocks = re.split(r"\n(?:[ \t]*\n)+", text.replace("\r\n", "\n"))
    return (end * 2).join(_block(block).replace("\n", end) for block in blocks)


def indented_markdown(text: str) -> str:
    """Return a text in Markdown without the indents of paragraphs that would be code, where its author writes so."""
    paragraphs = [block for block in re.split(r"\n[ \t\r]*\n", text) if block.strip() and not HEADING.match(block)]
    indented = sum(bool(CODE.match(block.strip("\r\n"))) for block in paragraphs)
    if not indented or HABIT * indented < len(paragraphs) or any(ITEM.match(block) for block in paragraphs):
        return text
    return prose(text)


def _block(block: str) -> str:
    lines = block.split("\n")
    indented = [bool(INDENT.match(line)) for line in lines]
    bare = [line.lstrip(" \t\xa0\u3000") for line in lines]
    if len(lines) > 1 and all(indented) and _verse(lines):
        return "\n".join([*(f"{line.rstrip()}  " for line in bare[:-1]), bare[-1]])
    pieces = bare[:1]
    for line, opens in zip(bare[1:], indented[1:], strict=True):
        pieces += ["\n\n" if opens else "\n", line]
    return "".join(pieces)


def _by_line(text: str) -> bool:
    """Say whether each line is a paragraph: some are longer than any that is broken, and nearly all end a sentence."""
    lines = text.splitlines()
    before = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    ending = sum(bool(SENTENCE_END.search(line[-3:])) for line in before)
    widest = max((len(line) + len(UNSPACED_CHAR.findall(line)) for line in before), default=0)
    return widest > LONGEST_WRAPPED and ending * MOST_OPEN >= len(before) * (MOST_OPEN - 1)


def _verse(lines: list[str]) -> bool:
    """Say whether lines are short, and most of them no sentence: a tab is how a paragraph begins."""
    sentences = sum(bool(SENTENCE_END.search(line.rstrip()[-3:])) for line in lines)
    short = all(len(line) <= LONGEST_VERSE and not line.startswith("\t") for line in lines)
    return short and 2 * sentences < len(lines)
