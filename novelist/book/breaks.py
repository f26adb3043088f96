"""What stands between two scenes, as people set it. Pure. Knows no Markdown and no format of a book."""

from __future__ import annotations

import re

# What stands alone in a paragraph between two scenes: signs that are no words and no silence, or o’s among them.
SIGNS = (
    r"\s*#~_=+<>^%&@§¶†‡×※＊＃＝～〜・•·∙⋅∗⁂⁎⁑⁕⁜—–―‒─━‐‑°¤\-"
    "\u2190-\u23ff\u2500-\u257f\u25a0-\u2638\u263b-\u2668\u2670-\u27bf\u2900-\u2bff"
)
LONGEST_BREAK = 80  # characters
BREAK = re.compile(
    rf"[{SIGNS}]+|[{SIGNS}]*(?:o+ ?[O0] ?o+|O ?o ?O|0 ?o ?0|o o o|O O O|x ?X ?x|X ?x ?X|x x x|X X X)[{SIGNS}]*"
    rf"|[{SIGNS}]*[*~=_—–-] ?[oO0xX] ?[*~=_—–-][{SIGNS}]*"
)


def is_break(text: str) -> bool:
    """Say whether a paragraph of such text is no prose but what stands between two scenes."""
    return bool(text.strip()) and len(text) <= LONGEST_BREAK and BREAK.fullmatch(text) is not None
