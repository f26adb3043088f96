"""Readings beside characters (ruby, furigana), as each format sets them. Pure.

pandoc has no word for them: in vetted blocks they are spans of the class `ruby`, with a span `rt` behind what it is the
reading of.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from novelist.export.sanitize import Node

PLAIN: list[Any] = ["", [], []]


def in_html(blocks: str) -> str:
    """Return blocks, as the JSON of a list, with readings as HTML has them, in brackets where a reader shows none."""
    return _with(blocks, _html)


def in_docx(blocks: str) -> str:
    """Return blocks with readings as Word has them."""
    return _with(blocks, _word)


def pairs(node: Node) -> list[tuple[list[Node], list[Node]]]:
    """Return what each reading is of, with the reading; empty for a node that is no ruby."""
    if not (node["t"] == "Span" and node["c"][0][1] == ["ruby"]):
        return []
    read: list[tuple[list[Node], list[Node]]] = []
    base: list[Node] = []
    for inline in node["c"][1]:
        if inline["t"] == "Span" and inline["c"][0][1] == ["rt"]:
            read.append((base, inline["c"][1]))
            base = []
        else:
            base.append(inline)
    return [*read, (base, [])] if base else read


def _with(blocks: str, write: Callable[[list[tuple[list[Node], list[Node]]]], Node]) -> str:
    if '["ruby"]' not in re.sub(r"\s", "", blocks):
        return blocks

    def written(node: Node) -> Node:
        read = pairs(node) if "t" in node else []
        return write(read) if read else node

    return json.dumps(json.loads(blocks, object_hook=written), ensure_ascii=False)


def _html(read: list[tuple[list[Node], list[Node]]]) -> Node:
    def inlines() -> Iterator[Node]:
        yield _raw("html", "<ruby>")
        for base, reading in read:
            yield from base
            yield _raw("html", f"<rp>(</rp><rt>{escape(_text(reading))}</rt><rp>)</rp>")
        yield _raw("html", "</ruby>")

    return {"t": "Span", "c": [PLAIN, list(inlines())]}


def _word(read: list[tuple[list[Node], list[Node]]]) -> Node:
    runs = "".join(
        '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="12"/><w:hpsRaise w:val="22"/>'
        '<w:hpsBaseText w:val="24"/><w:lid w:val="ja-JP"/></w:rubyPr>'
        f"<w:rt><w:r><w:t>{escape(_text(reading))}</w:t></w:r></w:rt>"
        f"<w:rubyBase><w:r><w:t>{escape(_text(base))}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        for base, reading in read
    )
    return _raw("openxml", runs)


def _text(node: Any) -> str:  # noqa: ANN401 - what JSON holds
    """Return the text in a tree of pandoc's."""
    if isinstance(node, list):
        return "".join(map(_text, node))
    if not isinstance(node, dict):
        return ""
    return node["c"] if node["t"] == "Str" else _text(node.get("c"))


def _raw(form: str, text: str) -> Node:
    return {"t": "RawInline", "c": [form, text]}
