"""A model's answer as prose only: no fence around it, no heading, no word to its user.

Pure. Knows Markdown, and where prose stands in book.md.
"""

from __future__ import annotations

import re

from novelist.book.outline_text import HEADING, tidy_title
from novelist.language import labels
from novelist.prose import chatter
from novelist.text import normalise

FENCE = re.compile(r"^[ \t]*`{3,}[a-z]*[ \t]*$", re.MULTILINE)
FENCED = re.compile(r"(`{3,})[a-z]*\n(.*)\n\1", re.DOTALL)
UNDERLINE = re.compile(r" {0,3}-{3,}[ \t]*")
RULE = re.compile(r"[ \t]*(?:[-*_#~•⁂][ \t]*)+")


def without_title(text: str, title: str) -> str:
    """Return `text` without an opening line that only repeats the chapter's title or number."""
    first, _, rest = text.lstrip().partition("\n")
    heading = HEADING.match(first)
    line = tidy_title(heading[2] or "" if heading else first).strip('"“” ')
    label = labels.read(line)
    bare = line[label.end :].strip() if label is not None and label.kind == "chapter" else line
    repeats = bare.casefold() in (title.casefold(), "") or line.casefold() == title.casefold()
    if repeats or (heading and len(heading[1]) <= 2 and bare != line):
        return normalise(rest)
    return text


def clean(text: str, title: str = "") -> str:
    """Return a model's chapter as prose only: no fence, no heading above it, no next chapter, no word to the user."""
    text, before = normalise(text), None
    while text != before:
        before = text
        text = _unfenced(_without_closing(_without_opening(text, title)))
        later, _ = next(chatter.headings(text), (0, ""))
        if later:
            text = normalise(text[:later])
    return text


def _unfenced(text: str) -> str:
    """Return a text without a fence around it, or half of one."""
    fences = list(FENCE.finditer(text))
    fenced = FENCED.fullmatch(text)
    if fenced and len(fences) == 2:
        return normalise(fenced[2])
    if len(fences) % 2 and fences[0].start() == 0:
        return normalise(text[fences[0].end() :])
    if len(fences) % 2 and fences[-1].end() == len(text):
        return normalise(text[: fences[-1].start()])
    return text


def _without_opening(text: str, title: str) -> str:
    text = chatter.without_opening(text)
    return normalise(without_title(text, title)) if text.strip() else text


def _without_closing(text: str) -> str:
    """Return prose without closing words to the user, end marks, and rules below it."""
    while True:
        before, _, last = text.rstrip().rpartition("\n")
        if before.strip() and (chatter.closes(last) or RULE.fullmatch(last)):
            text = normalise(before)
        else:
            return text


def below_chapters(text: str) -> str:
    """Return prose whose headings all stand below a chapter's, so that none opens a part or a chapter of book.md."""
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if UNDERLINE.fullmatch(line) and not fenced and lines and lines[-1].strip():
            lines.append("")  # a break between scenes, and not the line below a heading
        heading = HEADING.match(line)
        deeper = heading is not None and len(heading[1]) <= 2
        lines.append(f"### {heading[2] or ''}".rstrip() if heading and deeper else line)
    return "\n".join(lines)
