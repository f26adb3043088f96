"""Rules about quotation marks and apostrophes: one kind in a chapter, and one in a book. Pure."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from novelist.lint.finding import Finding
    from novelist.lint.pages import LintChapter

# One kind may stand within another (« … “ … ” … »), but not straight ones among curly ones.
KINDS = {
    "marks": {
        "straight": re.compile('(?<!\\d)"'),  # not inches
        "curly": re.compile("[“”„]"),
        "angled": re.compile("[«»]"),
        "corner": re.compile("[「」『』]"),
    },
    "apostrophes": {
        "straight": re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"),
        "curly": re.compile(r"(?<=[^\W\d_])’(?=[^\W\d_])"),
    },
}
NAMES = {"marks": "quotation marks", "apostrophes": "apostrophes"}


def quotes(chapters: Sequence[LintChapter]) -> Iterator[Finding]:
    """Yield the chapters whose marks are not of one kind, and those that differ from most."""
    for what, kinds in KINDS.items():
        used = []
        for chapter in chapters:
            count = Counter({kind: len(pattern.findall(chapter.text)) for kind, pattern in kinds.items()})
            used.append((chapter, +count))
        chief = Counter(max(count, key=count.__getitem__) for _, count in used if count)
        if not chief:
            continue
        ((usual, _),) = chief.most_common(1)
        for chapter, count in used:
            main = max(count, key=count.__getitem__, default=usual)
            rest = {"straight", "curly"} - {main}
            if main != usual:
                most = f"where most chapters have {usual} ones"
                yield _found(chapter, what, main, f"has {main} {NAMES[what]} ({count[main]}), {most}", kinds[main])
            for other in rest:
                if main in ("straight", "curly") and count[other]:
                    text = f"has {other} {NAMES[what]} ({count[other]}) among {main} ones ({count[main]})"
                    yield _found(chapter, what, f"{other} among {main}", text, kinds[other])


def _found(chapter: LintChapter, what: str, how: str, text: str, pattern: re.Pattern[str]) -> Finding:
    match = pattern.search(chapter.text)
    return chapter.found("quotes", "sure", match.start() if match else 0, f"{what} {how}", text)
