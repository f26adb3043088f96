"""Prose as a model answers with it, and as a book wants it. Pure. Knows Markdown, no files."""

from __future__ import annotations

import re

from novelist import remarks
from novelist.outline import HEADING, NUMBER, tidy_title
from novelist.text import UNSPACED, UNSPACED_CHAR, count_words, normalise

FENCE = re.compile(r"^[ \t]*```[a-z]*[ \t]*$", re.MULTILINE)
FENCED = re.compile(r"\s*```[a-z]*\n(.*?)\n```\s*", re.DOTALL)
# A dash before a closing quotation mark is speech that was interrupted.
SENTENCE_END = re.compile(r"(?:[.!?…؟۔։।॥។။][\"'”’»«“)\]*_]*(?=\s|$))|[—–-][\"”’»“](?=\s|$)|[。！？…][」』”’）》]*")
OVERLAP = 400  # words of the end of a text that its continuation may repeat
TOKEN = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
FEW = 40  # words in which a text may have no sentence's end; a longer one is of a script that marks none
RULE = re.compile(r"[ \t]*(?:[-*_#~•⁂][ \t]*)+")
OPENING_MARKS = '"“‘«„([*_—–¿¡「『（《'


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
    """Return a model's chapter as prose only: no fence, no heading above it, no next chapter, no word to the user."""
    fenced = FENCED.fullmatch(text)
    text = normalise(fenced[1] if fenced else text)
    if text.startswith("```") and len(FENCE.findall(text)) % 2:
        text = FENCE.sub("", text, count=1)
    before = None
    while text != before:
        before = text
        text = _without_opening(text, title)
    if later := remarks.CHAPTER.search(text):
        text = normalise(text[: later.start()])
    return _without_closing(text)


def _without_opening(text: str, title: str) -> str:
    text = remarks.without_opening(text)
    return normalise(without_title(text, title)) if text.strip() else text


def _without_closing(text: str) -> str:
    """Return prose without closing words to the user, end marks, and rules below it."""
    while True:
        before, _, last = text.rstrip().rpartition("\n")
        if before.strip() and (remarks.closes(last) or RULE.fullmatch(last)):
            text = normalise(before)
        else:
            return text


def ends(text: str) -> bool:
    """Say whether `text` ends with a sentence; in a script that marks no end of one, every text does."""
    text = text.rstrip()
    found = [match.end() for match in SENTENCE_END.finditer(text)]
    return found[-1] == len(text) if found else count_words(text) > FEW


def whole_words(text: str) -> str:
    """Return a text that was cut off without the word it may have been cut in; whole, where it ends a sentence.

    Line ends behind it stay: the paragraph was over.
    """
    if text.endswith("\n") or ends(text) or not text.strip() or UNSPACED_CHAR.match(text.rstrip()[-1]):
        return text
    return re.sub(r"\S+\s*$", "", text).rstrip(" \t") or text


def join(before: str, after: str) -> str:
    """Return `before`, which ends with a whole word, and what goes on with it, without a seam.

    The continuation may repeat the last words, and may open with a heading or a remark of its own.
    """
    start = before.rstrip()
    rest = after.lstrip(" \t")
    if (told := remarks.without_opening(rest)) != rest.lstrip("\n"):
        rest = f"\n\n{told}"
    rest = _new(start, rest)
    if not rest.strip() or not start:
        return start or rest
    gap = before[len(start) :]
    said = rest.lstrip()
    broken = rest[: len(rest) - len(said)].count("\n") or gap.count("\n")
    if broken and ends(start):
        return f"{start}{chr(10) * max(2, broken)}{said}"
    glued = UNSPACED_CHAR.match(start[-1]) or UNSPACED_CHAR.match(said[0])
    attached = not said[0].isalnum() and said[0] not in OPENING_MARKS
    return f"{start}{said}" if glued or attached else f"{start} {said}"


def _new(before: str, after: str) -> str:
    """Return `after` without the words at its beginning that `before` ends with."""
    told = [(match[0], match.end()) for match in TOKEN.finditer(after)][:OVERLAP]
    old = [match[0] for match in TOKEN.finditer(before[-OVERLAP * 20 :])]
    for size in range(min(len(told), len(old)), 0, -1):
        # One or two words may be said twice where a sentence has ended: “No.” “No.”
        if [word for word, _ in told[:size]] == old[-size:] and (size > 2 or size == len(old) or not ends(before)):
            return after[told[size - 1][1] :]
    return after


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
