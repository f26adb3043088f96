"""Every word of a chapter is in its exports, whatever stands beside what: Markdown has many ways to lose some."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from novelist.export import markdown, quotes, reading
from novelist.export.footnotes import endless
from novelist.export.sanitize import Sanitizer
from novelist.language import lookup

pytestmark = pytest.mark.slow

PIECES = (
    "Fire!",
    '"Fire!" he said',
    "## 1. Morning",
    "# ",
    "Noon\n===",
    "Dusk\n---",
    "---",
    "* * *",
    "~~~",
    "~~~\ncode\n~~~",
    "```",
    "```python\nfenced\n```",
    "\tTabbed paragraph",
    "    Four blanks, and",
    "    # no heading",
    "- Bonjour, dit-elle.",
    "- salt\n- rope",
    "-Hola -dijo Ana-.",
    "1984. It was",
    "> quoted",
    "| a line\n|   another",
    "| a | b |\n|---|---|\n| c | d |",
    "|",
    "Roses\\\nViolets",
    "[Mara]: Hello",
    "[Mara]:\nHello",
    '[Tom]: yes "no"',
    "[a]: x.png\n![alt][a]",
    "marked[^1]",
    "[^1]: noted",
    "[^1]: again",
    "[^lost]: unmarked",
    "<i>slanted",
    "closed</i>",
    "<div>",
    "<center>* * *</center>",
    "<p>html</p>",
    "<ruby>base<rt>reading</rt></ruby>",
    "｜字《じ》 漢《かん》",
    "[small]{.smallcaps} [red]{.red}",
    "::: div\ninside\n:::",
    "[[wiki|link]] %%hidden%% \\newpage {frontmatter}",
    "&nbsp;",
    "<br>",
    "[words](x:y) <https://example.org/path> http://plain.example",
    "`tick` ~~struck~~ $math$ \\command{given}",
    "o O o",
    "* starred",
    "+ plus",
    "  indented by two",
    "* * * *",
)
WORD = re.compile(r"[^\W_]+")
# What is no word to a reader: names of classes and languages, addresses behind words, entities, tags that are set.
UNSEEN = re.compile(
    r"\{\.smallcaps\}|^```python$|^\[a\]: x\.png$|!\[alt\]\[a\]|\(x:y\)|&nbsp;|</?(?:i|ruby|rt|br|div)>"
    r"|</?center>|^[oO ]+$|(?<=\[\^)\w+(?=\])",
    re.MULTILINE,
)


def text_of(node: Any) -> Iterator[str]:
    """Yield all that a reader reads in a tree of pandoc's; what stands apart, with a blank between."""
    if isinstance(node, list):
        for each in node:
            yield from text_of(each)
            yield " " if isinstance(each, list) else ""
    elif isinstance(node, dict):
        kind, content = node["t"], node.get("c", [])
        if kind == "Str":
            yield content
        elif kind in ("Code", "CodeBlock"):
            yield f" {content[1]} "
        elif kind == "OrderedList":
            yield f" {content[0][0]} "
            yield from text_of(content[1])
        elif kind in ("Link", "Image", "Span"):
            yield " " if content[0][1] == ["rt"] else ""
            yield from text_of(content[1])
        elif kind == "Note":
            yield " "
            yield from text_of(content)
        else:
            yield from text_of(content)
            yield " " if kind in ("Para", "Plain", "Header", "LineBreak") else ""


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


@pytest.mark.parametrize("language", ["fr", "ja", "en"])
def test_every_word_is_there_whatever_stands_before_and_behind(language: str) -> None:
    table = lookup.table(language)
    pairs = [above + between + below for above, below in product(PIECES, repeat=2) for between in ("\n", "\n\n")]
    texts = [text for text in pairs if not endless(text)]
    read = [markdown.readable(text, table.dash, japanese=language == "ja") for text in texts]
    lost = []
    for text, blocks in zip(texts, reading.read_texts(read), strict=True):
        vetted = Sanitizer(Path("/nowhere"), table.quotes).blocks(blocks)
        quotes.curl(vetted, table.quotes)
        written = "".join(text_of(vetted))
        if missing := words(UNSEEN.sub(" ", text)) - words(written):
            lost.append((text, dict(missing), written))
    assert lost == []
