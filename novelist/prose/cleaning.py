"""A model's answer as prose only: no fence around it, no heading, no word to its user.

Pure. Knows Markdown, and where prose stands in book.md.
"""

from __future__ import annotations

import re

from novelist.book.headings import HEADING, tidy_title
from novelist.language import labels
from novelist.prose import chatter, markup
from novelist.text import normalise
from novelist.words import count_words

UNDERLINE = re.compile(r" {0,3}-{3,}[ \t]*")
UNDERLINED = re.compile(r" {0,3}=+[ \t]*")
UNNUMBERED = re.compile(r"[ \t]*\{-\}$")
RULE = re.compile(r"[ \t]*(?:[-*_#~•⁂][ \t]*)+")
MOST_LAYERS = 8  # remarks, headings and fences within one another: what is below more of them is no chapter
LINES_ABOVE = 6  # lines with text among which a chapter's own heading may be
MOST_WORDS_ABOVE = 60  # of an epigraph


def without_title(text: str, title: str) -> str:
    """Return `text` without an opening line that only repeats the chapter's title or number."""
    first, _, rest = text.lstrip().partition("\n")
    heading = HEADING.match(first)
    line = tidy_title(heading[2] or "" if heading else first).strip('"“” ')
    label = labels.read(line)
    bare = line[label.end :].strip() if label is not None and label.kind == "chapter" else line
    repeats = bare.casefold() in (title.casefold(), "") or line.casefold() == title.casefold()
    if repeats or (heading and len(heading[1]) <= 2 and bare != line):
        return normalise(rest)
    return text


def without_own_heading(text: str, title: str, number: int) -> str:
    """Return a finished chapter without a heading at its top that says no more than the one that is put above it.

    That is its title, or its label, and what is marked up as one. A line of prose is none, whatever it says, and what
    says anything else is its author's.
    """
    first, _, rest = text.lstrip("\n").partition("\n")
    heading = HEADING.match(first)
    under, _, below = rest.partition("\n")
    if heading is None and not UNDERLINED.fullmatch(under):
        return text
    line = UNNUMBERED.sub("", tidy_title((heading[2] or "") if heading else first))
    label = labels.read(line)
    bare = line[label.end :].strip() if label is not None and label.kind == "chapter" else line
    same = _alike(title) in {_alike(line), _alike(bare)}
    if same or (label is not None and not bare and label.number == number) or line == str(number):
        return normalise(rest if heading else below)
    return text


def _alike(title: str) -> str:
    """Return a title as two are compared: in any case, with curled apostrophes or straight ones."""
    return title.casefold().replace("’", "'")


def clean(text: str, title: str = "") -> str:
    """Return a model's chapter as prose only: no markup, no heading above it, no next chapter, no word to the user.

    What is not certainly none of the chapter stays, and the larger part of a text always does: a second chapter that is
    longer than the first one is still there.
    """
    text = normalise(text)
    for _ in range(MOST_LAYERS):
        before = text
        text = markup.plain(_without_talk(markup.plain(text, _words_of_prose), title), _words_of_prose)
        text = _below_own_heading(text, title)
        later = next_chapter(text)
        if later and count_words(_without_introductions(text[:later])) >= count_words(text[later:].partition("\n")[2]):
            text = normalise(text[:later])
        if text == before:
            break
    return text


def _without_talk(text: str, title: str) -> str:
    return _without_closing(_without_opening(text, title))


def _words_of_prose(text: str) -> int:
    return count_words(_without_talk(text, ""))


def next_chapter(text: str) -> int:
    """Return where the heading of another chapter stands in a text, 0 where there is none."""
    return next((at for at, _ in chatter.headings(text)), 0)


def taken_off(answer: str, prose: str, title: str = "") -> list[str]:
    """Return the lines of an answer that are not in the prose made of it, but for markup, rules and headings."""
    kept = {"", *(line.strip() for line in prose.split("\n"))}
    return [
        line
        for line in map(str.strip, markup.plain(answer, _words_of_prose).split("\n"))
        if line not in kept
        and line.strip('*_“”"').casefold() != title.casefold()
        and not (
            markup.FENCE.fullmatch(line) or RULE.fullmatch(line) or HEADING.match(line) or chatter.is_heading(line)
        )
    ]


def _below_own_heading(text: str, title: str) -> str:
    """Return a text without its own heading where something stands above that: a remark, the book's title, an epigraph.

    Of what stands above, headings and remarks go, and all else stays.
    """
    lines = text.split("\n")
    above = [place for place, line in enumerate(lines) if line.strip()][:LINES_ABOVE]
    for place in above[1:]:
        if _is_own_heading(lines[place], title):
            kept = _without_introductions("\n".join(lines[:place]))
            rest = normalise("\n".join(lines[place + 1 :]))
            if count_words(rest) > count_words(kept) <= MOST_WORDS_ABOVE:
                return f"{kept}\n\n{rest}" if kept else rest
    return text


def _is_own_heading(line: str, title: str) -> bool:
    """Say whether a line that is no first one is the heading of a chapter: by its label, or marked up by its title."""
    marked = HEADING.match(line) or line.startswith("**")
    return chatter.is_heading(line) or bool(marked and not without_title(f"{line}\n\nX", title).startswith(line))


def _without_introductions(text: str) -> str:
    return normalise("\n".join(line for line in text.split("\n") if not _introduces(line)))


def _introduces(line: str) -> bool:
    """Say whether a line above a chapter's own heading is none of its prose: a heading too, a rule, a remark."""
    label = labels.read(line.strip("*_ "))
    part = label is not None and label.kind == "part"
    return bool(
        part or HEADING.match(line) or RULE.fullmatch(line) or chatter.opens_above_heading(line) or chatter.closes(line)
    )


def _without_opening(text: str, title: str) -> str:
    text = chatter.without_opening(text)
    return normalise(without_title(text, title)) if text.strip() else text


def _without_closing(text: str) -> str:
    """Return prose without closing words to the user, end marks, and rules below it."""
    for _ in range(MOST_LAYERS):
        lines = text.rstrip().split("\n")
        place = _last_of_prose(lines)
        text = normalise("\n".join(lines[: place + 1])) if place < len(lines) - 1 else text
        tail = "\n".join(text.split("\n")[-chatter.MOST_NOTE_LINES - 2 :])
        notes = chatter.notes(tail)
        start = len(text) - len(tail) + notes
        if not notes or count_words(text[:start]) <= count_words(text[start:]):
            break
        text = normalise(text[:start])
    return text


def _last_of_prose(lines: list[str]) -> int:
    """Return the place of the last line that is no closing word, end mark, rule or blank; of the first at least."""
    first = next((place for place, line in enumerate(lines) if line.strip()), 0)
    later = range(len(lines) - 1, first, -1)
    rest = (place for place in later if lines[place].strip())
    return next((place for place in rest if not (chatter.closes(lines[place]) or RULE.fullmatch(lines[place]))), first)


def below_chapters(text: str) -> str:
    """Return prose whose headings all stand below a chapter's, so that none opens a part or a chapter of book.md."""
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if UNDERLINE.fullmatch(line) and not fenced and lines and lines[-1].strip():
            lines.append("")  # a break between scenes, and not the line below a heading
        heading = HEADING.match(line)
        deeper = heading is not None and len(heading[1]) <= 2
        lines.append(f"### {heading[2] or ''}".rstrip() if heading and deeper else line)
    return "\n".join(lines)
