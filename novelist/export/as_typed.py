"""Markup that stays in a book as it was typed: what no export sets, told in one line. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from novelist.export.markdown import SMALL_CAPITALS, UNDERLINED
from novelist.export.sanitize import AROUND_BREAK, COMMENT, LINE_END, SET, TAG
from novelist.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAGS = (
    "a|abbr|b|big|blockquote|body|br|center|cite|code|dd|del|details|div|dl|dt|em|embed|figcaption|figure|font|footer|"
    "h[1-6]|head|header|hr|html|i|iframe|img|ins|kbd|li|mark|nav|ol|p|pre|q|rb|rp|rt|ruby|s|script|section|small|span|"
    "strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|title|tr|tt|u|ul|video"
)
# In the order in which they are told; what is a part of one is not counted again.
FORMS = {
    "tables": re.compile(r"^ *\|.*\n *\|?[ :|-]*-[ :|-]*$(?:\n *\|.*)*", re.MULTILINE),
    "`[[…]]`": re.compile(r"!?\[\[[^\[\]\n]+\]\]"),
    "`%%…%%`": re.compile(r"%%[^%]+%%"),
    "`{{…}}`": re.compile(r"\{\{[^{}]+\}\}"),
    "`==…==`": re.compile(r"(?<![=\w])==[^=\s][^=\n]*==(?!=)"),
    "`:::`": re.compile(r":{3,}"),
    "commands of LaTeX": re.compile(
        r"\\(?:newpage|pagebreak|clearpage|cleardoublepage|(?:re)?newcommand|begin|end|chapter|section|part|textit|"
        r"textbf|textsc|emph|vspace|hspace|vfill|hfill|noindent|centering|footnote|label|ref|index|bigskip|medskip|"
        r"smallskip|frontmatter|mainmatter|backmatter)\b\*?(?:\{[^{}]*\})*"
    ),
    "attributes (`{…}`)": re.compile(
        r"\{(?:-|[#.][\w-][^{}\n]*|[\w-]+=[^{}\n]+|(?:front|main|back)matter|pagebreak|width[^{}\n]*)\}"
    ),
    "tags of HTML": re.compile(rf"</?(?:{TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE),
}


# What looks like one of these and is set, and what stands for it here.
SET_BY_EXPORTS = ((SMALL_CAPITALS, r"\1"), (UNDERLINED, r"\1"))
CODE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@dataclass
class Counts:
    """How often each form is in a book, and in which chapters."""

    forms: dict[str, list[int]] = field(default_factory=dict)  # the chapter of each time

    def add(self, number: int, blocks: Any) -> None:  # noqa: ANN401 - what JSON holds
        """Count what is in the vetted blocks of a chapter."""
        self._count(number, "\n".join(_paragraphs(blocks)))

    def add_typed(self, number: int, text: str) -> None:
        """Count what is in the Markdown of a chapter, before any export has read it."""
        for form, kept in (*SET_BY_EXPORTS, (CODE, " "), (COMMENT, "")):
            text = form.sub(kept, text)
        text = TAG.sub(lambda match: "" if match[2].lower() in SET or LINE_END.match(match[0]) else match[0], text)
        self._count(number, "\n".join(line for line in text.split("\n") if not _is_break(line)))

    def _count(self, number: int, text: str) -> None:
        for form, pattern in FORMS.items():
            text, count = pattern.subn(" ", text)
            if count:
                self.forms.setdefault(form, []).extend([number] * count)

    def line(self) -> str:
        """Return a line on all of them; empty where there are none."""
        if not self.forms:
            return ""
        each = ", ".join(
            f"{form} {'once' if len(places) == 1 else counted(len(places), 'time')} "
            f"({listed(list(dict.fromkeys(places)))})"
            for form in FORMS
            if (places := self.forms.get(form))
        )
        return f"printed as typed, since no export sets it: {each}. Take out what readers are not to see."


def listed(numbers: Sequence[int]) -> str:
    """Return chapters in words, the first few of many."""
    shown = ", ".join(map(str, numbers[:5]))
    more = f" and {len(numbers) - 5:,} more" if len(numbers) > 5 else ""
    return f"chapter{'s' if len(numbers) > 1 else ''} {shown}{more}"


def _is_break(line: str) -> bool:
    """Say whether a line is a scene break with tags around it, or none of words at all."""
    return bool(AROUND_BREAK.search(line)) and not any(map(str.isalnum, AROUND_BREAK.sub("", line)))


def _paragraphs(node: Any) -> Iterator[str]:  # noqa: ANN401 - what JSON holds
    """Yield the texts of the paragraphs in a tree of pandoc's, without code."""
    if isinstance(node, list):
        for each in node:
            yield from _paragraphs(each)
    elif isinstance(node, dict):
        kind, content = node["t"], node.get("c", [])
        if kind in ("Para", "Plain"):
            yield _text(content)
        elif kind == "Header":
            yield _text(content[2])
        elif kind == "LineBlock":
            yield "\n".join(map(_text, content))
        yield from _paragraphs(content) if kind not in ("Code", "CodeBlock") else ()


def _text(node: Any) -> str:  # noqa: ANN401 - as above
    if isinstance(node, list):
        return "".join(map(_text, node))
    if not isinstance(node, dict) or node["t"] in ("Code", "Note"):
        return ""
    return node["c"] if node["t"] == "Str" else _text(node.get("c"))
