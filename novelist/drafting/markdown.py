"""Plans that a model wrote in Markdown where it was asked for JSON, as their JSON would be.

Pure. Knows how headings and lists are written, and what groups of a bible are called; not what a plan must have.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book import outline_text
from novelist.book.headings import HEADING, tidy_text, tidy_title
from novelist.errors import BookError
from novelist.prose import chatter, markup

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the groups are called by models whose prompts name them in English.
GROUPS = {
    "people": re.compile(r"(?:(?:main|minor|key) )?(?:people|persons|characters|cast)\b", re.IGNORECASE),
    "places": re.compile(r"(?:key )?(?:places|locations|settings?)\b", re.IGNORECASE),
    "things": re.compile(r"(?:key )?(?:things|objects|items|artefacts|artifacts)\b", re.IGNORECASE),
    "rules": re.compile(r"(?:the )?(?:rules|world)\b", re.IGNORECASE),
    "style": re.compile(r"(?:the )?(?:style|voice|tone|narration|telling)\b", re.IGNORECASE),
}
TEXTS = ("rules", "style")
ITEM = re.compile(
    r"^(?:[-*+]|[0-9]{1,3}[.)])[ \t]+(?:(\*\*|__)(?P<bold>[^*_\n]{1,80})\1[ \t:—–-]*|(?P<name>[^:\n]{1,80}):[ \t])",
    re.MULTILINE,
)
ALSO = re.compile(
    r"^(?:[-*+][ \t]+)?[*_]{0,2}(?:also(?: known as)?|aliases)[*_]{0,2}:[*_]{0,2}(.*)$", re.IGNORECASE | re.MULTILINE
)


def read_outline(text: str) -> dict[str, Any]:
    """Return an outline's title, parts and chapters, read as outline.md is. Raises ValueError where that cannot be."""
    try:
        outline = outline_text.parse(_bare(text), Path("outline.md"))
    except BookError as error:
        raise ValueError(error.message) from error
    chapters = [
        {"part": 0 if section.part is None else section.part + 1, "title": section.title, "happens": section.text}
        for section in outline.sections
    ]
    title, about, parts = outline.title, outline.about, [part.heading for part in outline.parts]
    if not title and len(parts) == 1 and outline.parts[0].name == parts[0]:
        # One heading above all chapters, without a part's number, is the book's.
        title, about, parts = parts[0], f"{about}\n\n{outline.parts[0].text}", []
        chapters = [{**chapter, "part": 0} for chapter in chapters]
    return {"title": title, "about": about, "parts": parts, "chapters": chapters}


def read_bible(text: str) -> dict[str, Any]:
    """Return a bible's people, places, things, rules and style; what is under the heading of no group is of people."""
    bible: dict[str, Any] = {group: "" if group in TEXTS else [] for group in GROUPS}
    group = "people"
    for title, below in _sections(_bare(text)):
        named = next((each for each, called in GROUPS.items() if called.match(title)), None)
        group = named or group
        if group in TEXTS:
            bible[group] = tidy_text(f"{bible[group]}\n\n{'' if named else title}\n\n{below}")
        elif named:
            bible[group] += [_entity(name, about) for name, about in _items(below)]
        elif below:
            bible[group].append(_entity(title, below))
    return bible


def _bare(text: str) -> str:
    """Return a text without a fence around it, and without the remark above it."""
    text = markup.plain(text)
    first, _, rest = text.partition("\n")
    return rest if chatter.opens_above_heading(first) else text


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Yield each heading with what is below it, but for one that is above all others."""
    lines = text.split("\n")
    marks = [(index, match) for index, line in enumerate(lines) if (match := HEADING.match(line))]
    levels = [len(match[1]) for _, match in marks]
    ends = [*(index for index, _ in marks[1:]), len(lines)]
    for (index, match), end in zip(marks, ends, strict=False):
        above_all = index == marks[0][0] and levels[0] < min(levels[1:], default=0)
        if not above_all:
            yield tidy_title(match[2] or ""), tidy_text("\n".join(lines[index + 1 : end]))


def _items(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names in a list, each with what is said of it."""
    marks = list(ITEM.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield tidy_title(mark["bold"] or mark["name"]).rstrip(":"), tidy_text(text[mark.end() : end])


def _entity(name: str, text: str) -> dict[str, str]:
    also = ALSO.search(text)
    about = tidy_text(ALSO.sub("", text, count=1))
    return {"name": name, "also": also[1].strip(" *_.") if also else "", "about": about}
