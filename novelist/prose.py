"""Prose as a model answers with it, and as a book wants it. Pure. Knows Markdown, no files."""

from __future__ import annotations

import re

from novelist.outline import HEADING, NUMBER, tidy_title
from novelist.text import normalise

FENCED = re.compile(r"\s*```[a-z]*\n(.*?)\n```\s*", re.DOTALL)
SENTENCE_END = re.compile(r"(?:[.!?…][\"'”’»«)\]*_]*(?=\s|$))|[。！？…][」』”’）》]*")


def without_title(text: str, title: str) -> str:
    """Return `text` without an opening line that only repeats the chapter's title or number."""
    first, _, rest = text.lstrip().partition("\n")
    heading = HEADING.match(first)
    line = tidy_title(heading[2] or "" if heading else first).strip('"“” ')
    bare = NUMBER.sub("", line, count=1).strip() if NUMBER.match(line) else line
    if bare.casefold() in (title.casefold(), "") or (heading and len(heading[1]) <= 2 and bare != line):
        return normalise(rest)
    return text


def clean(text: str, title: str) -> str:
    """Return a model's chapter as prose only: no fence around it, no heading above it."""
    fenced = FENCED.fullmatch(text)
    text = normalise(fenced[1] if fenced else text)
    return without_title(text, title) if text.strip() else text


def whole_sentences(text: str) -> str:
    """Return `text` up to the end of its last sentence; all of it where no sentence ends."""
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else text


def below_chapters(text: str) -> str:
    """Return prose whose headings all stand below a chapter's, so that none opens a part or a chapter of book.md."""
    lines = []
    for line in text.split("\n"):
        heading = HEADING.match(line)
        deeper = heading is not None and len(heading[1]) <= 2
        lines.append(f"### {heading[2] or ''}".rstrip() if heading and deeper else line)
    return "\n".join(lines)
