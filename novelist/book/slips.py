"""Names in a book's files that nobody knows, and what was probably meant by them.

Pure. Knows the names, other tools' names for the same, and how a person slips; a name that is like none of them is a
person's own, and nobody's business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.book import frontmatter
from novelist.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.book.frontmatter import Page

# A letter or two from a name that is known, and more likely one that somebody wanted: some are Obsidian's and Jekyll's.
WORDS_OF_THEIR_OWN = frozenset({"data", "past", "publish", "published", "rate", "stage", "state", "style", "works"})
LONG_NAME = 8  # letters of a name in which two may be wrong, not one
SHORTEST_BEGINNING = 4  # letters: `lang`, `desc`

# What pandoc, shops and people call what is a setting here; in small letters, with hyphens.
SAME = {
    "abstract": "description",
    "belongs-to-collection": "series",
    "blurb": "description",
    "book-author": "author",
    "book-title": "title",
    "budget-limit": "budget",
    "budget-usd": "budget",
    "chapter-count": "chapters",
    "chapter-words": "words",
    "copyright": "rights",
    "cost-limit": "budget",
    "cover-image": "cover",
    "creator": "author",
    "epub-cover-image": "cover",
    "identifier": "isbn",
    "imprint": "publisher",
    "keywords": "subjects",
    "max-budget": "budget",
    "max-cost": "budget",
    "num-chapters": "chapters",
    "number-of-chapters": "chapters",
    "page-size": "trim",
    "paper-size": "trim",
    "papersize": "trim",
    "publication-date": "date",
    "spending-limit": "budget",
    "total-budget": "budget",
    "words-per-chapter": "words",
    "workers": "jobs",
    "writer": "author",
}
# What is set in the environment, since it is about this machine and no book.
ENVIRONMENT = {
    "api-key": "MOONSHOT_API_KEY",
    "base-url": "KIMI_BASE_URL",
    "model": "KIMI_MODEL",
    "provider": "KIMI_PROVIDER",
    "temperature": "KIMI_TEMPERATURE",
    "thinking": "KIMI_THINKING",
}
IN_BRACES = re.compile(r"\{([^{}]*)\}")
OPENING = re.compile(r" {0,3}#{1,6}[ \t]|[0-9]{1,4}[.)][ \t]")  # of a heading, or of an item of a list


def nearest(name: str, names: Sequence[str]) -> str:
    """Return which of the `names` this may be a slip of, or an empty text: in another case, cut short or misspelt."""
    from jellyfish import damerau_levenshtein_distance  # noqa: PLC0415 - few books have such a name

    word = name.casefold()
    if word in WORDS_OF_THEIR_OWN:
        return ""
    alike = [each for each in names if abs(len(each) - len(word)) <= 2]
    slips = [(damerau_levenshtein_distance(word, each), each) for each in alike]
    near = [(slip, each) for slip, each in slips if slip <= (2 if len(each) >= LONG_NAME else 1)]
    if near:
        return min(near)[1]
    begun = [each for each in names if each.startswith(word)]
    return begun[0] if begun and len(word) >= SHORTEST_BEGINNING else ""


def meant(name: str, names: Sequence[str]) -> str:
    """Return what of the settings `names`, or elsewhere, was probably meant by a name that is none; else nothing."""
    plain = re.sub(r"[\s_]+", "-", name.casefold())
    if variable := ENVIRONMENT.get(plain):
        return f"{variable} in .env"
    same = SAME.get(plain, "")
    return same if same in names else nearest(name, names)


def page_keys(path: Path, text: str, names: Sequence[str]) -> list[str]:
    """Return a line for each key of the front matter in `text`, at `path`, that is nearly one of the `names`."""
    page, _ = front_of(text, frozenset(names))
    places = frontmatter.lines_of(page)
    lines = []
    for key in page.front:
        name = shown(key)
        near = nearest(name, names) if name and key not in names else ""
        if near:
            lines.append(f"{path}:{places.get(key, 1)}: {name}: is not read; did you mean {near}?")
    return lines


def front_of(text: str, known: frozenset[str]) -> tuple[Page, bool]:
    """Return the page in `text`, whatever keys it has, and whether its block may be prose: it has none of the known."""
    page = frontmatter.parse(text, known)
    if page.front:
        return page, False
    return frontmatter.parse(text, frozenset(re.findall(r"^([^\s:]+)[ \t]*:", text, re.MULTILINE))), True


def shown(key: str) -> str:
    """Return a key as it can be said in a line."""
    return " ".join(clean(key).split())


def section_attributes(path: Path, text: str, settings: Sequence[str]) -> list[str]:
    """Return a line for each attribute in the outline at `path` that was probably meant to be another."""
    lines = []
    for number, attribute in _attributes(text):
        name, value = [*re.split("[=:]", attribute, maxsplit=1), ""][:2]
        plain = name.casefold()
        if attribute.startswith(("#", ".", "words=", "model=", "stale=")) or not name:
            continue
        if near := nearest(name, ("words", "model", "stale")):
            what = f"{near}={value}"
        elif SAME.get(plain) == "words":
            what = f"words={value}"
        elif plain in ENVIRONMENT:
            what = f"{ENVIRONMENT[plain]} in .env"
        elif plain in settings:
            what = f"{plain} in premise.md"
        else:
            continue
        lines.append(f"{path}:{number}: {shown(attribute)}: is no attribute of a section; did you mean {shown(what)}?")
    return lines


def entity_attributes(path: Path, text: str) -> list[str]:
    """Return a line for each attribute in the bible at `path` that is nearly `.always`."""
    return [
        f"{path}:{number}: {shown(attribute)}: is no attribute of the bible; did you mean .always?"
        for number, attribute in _attributes(text)
        if attribute.startswith(".") and attribute != ".always" and nearest(attribute[1:], ("always",))
    ]


def _attributes(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands between braces in headings and items, word by word, with its line (from 1)."""
    for number, line in enumerate(text.split("\n"), 1):
        if "{" in line and OPENING.match(line):
            for inner in IN_BRACES.findall(line):
                if any(mark in inner for mark in "#.="):
                    yield from ((number, word) for word in inner.split())
