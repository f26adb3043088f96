"""How large and how deep what is read may be: the one table of it. Pure. Knows no file.

Whatever is larger is refused by its name, before anything is made of it. A chapter of ten megabytes is two million
words, twice the longest novel; what is wrong with a book of such sizes is always something else.
"""

from __future__ import annotations

MEGABYTE = 1_000_000

LARGEST_TEXT = 16 * MEGABYTE  # bytes of one text of a book
LARGEST_FILE = 100 * MEGABYTE  # of any other file: what grows with a book (book.md, the ledger), what is imported
LARGEST_SETTINGS = MEGABYTE  # of a template, and of a `.env`
LARGEST_SAMPLE = MEGABYTE  # of what an author wrote elsewhere, of which a few pages are told
LARGEST_EXPORT = 2000 * MEGABYTE  # of a file that is only read piece by piece
LARGEST_PICTURE = 50 * MEGABYTE

MOST_SECTIONS = 10_000  # of an outline, and of a bible

LARGEST_FRONT_MATTER = 100_000  # characters
MOST_VALUES = 10_000  # in front matter, where an alias counts for all that it stands for
DEEPEST_VALUE = 20  # lists and mappings within one another


def excess(value: object) -> str:
    """Return what there is too much of in front matter as it was read, empty where there is not."""
    waiting, seen = [(value, 1)], 0
    while waiting:
        each, depth = waiting.pop()
        seen += 1
        if seen > MOST_VALUES:
            return f"has more than {MOST_VALUES:,} values"
        if not isinstance(each, dict | list):
            continue
        if depth > DEEPEST_VALUE:
            return f"has more than {DEEPEST_VALUE} lists within one another"
        within = [*each.keys(), *each.values()] if isinstance(each, dict) else each
        waiting.extend((inner, depth + 1) for inner in within)
    return ""
