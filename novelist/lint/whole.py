"""Rules about one chapter: its end, its length, what is no prose in it, and whether it goes in circles. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.language import lengths
from novelist.lint.pages import shown
from novelist.prose import chatter, cleaning, gates, markup, sentences
from novelist.text import counted
from novelist.words import UNSPACED_CHAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.book.premise import Span
    from novelist.lint.finding import Finding, Sureness
    from novelist.lint.pages import LintChapter

WORDS_OF_A_SIGNATURE = 6  # words of a last line that may be a signature, an inscription or verse
HARDLY_OUTSIDE = 0.1  # of the length asked for: hardly outside it
TIMES_OUTSIDE = 2
BESIDE = ("[^", "![", "<!--")  # a note, a picture, a comment
NOTE = re.compile(r"\[\^[^\]\s]+\]")
APART = re.compile(r">|[*_].*[*_]$")  # what somebody reads: an inscription, a message, verse
INTERRUPTED = re.compile(r"[—–-][*_]*$")
SPEECH = {"“": "”", "«": "»", "「": "」", "『": "』"}  # where “ is what opens, and does not close „
PLACEHOLDER = re.compile(
    r"[\[<](?:insert|to-?do|tbd|tk|placeholder|fill in|to be (?:written|added|continued)|continued? (?:here|the)"
    r"|rest of (?:the )?(?:chapter|scene|story))\b[^\]>\n]{0,200}[\]>]"
    r"|\[(?:your|(?:main )?character(?:['’]s)?|author(?:['’]s)?|city|town|protagonist(?:['’]s)?|last|first)"
    r" ?(?:name|note)?s?\]|\[(?:name|date|place|location)\]|\{\{[^{}\n]{1,80}\}\}|\blorem ipsum\b"
    r"|(?-i:\b(?:TODO|FIXME|TKTK)\b:?(?![^\W_]))",
    re.IGNORECASE,
)
TODO = re.compile(r"\bTODO\b(?!:)")  # everything, in Spanish and Portuguese
AI = re.compile(
    r"\bas an? (?:AI|artificial intelligence|(?:large )?language model)\b|\bmy (?:training data|knowledge cut-?off)\b",
    re.IGNORECASE,
)
MOUTH = re.compile(r"[\"“«„‘]")


def unfinished(chapter: LintChapter) -> Iterator[Finding]:
    """Yield that a chapter ends in mid-sentence, or within speech."""
    if not chapter.paragraphs:
        return
    at, last = next(
        (
            (at, _without_notes(line))
            for at, line in reversed(chapter.paragraphs)
            if not (line.startswith(BESIDE) or chatter.is_end_mark(line))
        ),
        (0, ""),
    )
    tail = f"… {' '.join(last.split()[-8:])}"
    if last and not sentences.ends(chapter.text[: at + len(last)]):
        few = len(last.split()) <= WORDS_OF_A_SIGNATURE and not UNSPACED_CHAR.search(last)
        sure: Sureness = "maybe" if few or APART.match(last) or INTERRUPTED.search(last) else "sure"
        yield chapter.found("unfinished", sure, at, tail, f"ends in mid-sentence: “{shown(tail)}”")
    elif "„" not in last and any(last.count(opens) > last.count(closes) for opens, closes in SPEECH.items()):
        yield chapter.found("unfinished", "likely", at, tail, f"ends within speech that is not closed: “{shown(tail)}”")


def _without_notes(line: str) -> str:
    """Return a line without the marks of footnotes behind it."""
    end = len(line.rstrip(" \t"))
    while (start := line.rfind("[^", 0, end)) >= 0 and NOTE.fullmatch(line, start, end):
        end = start
    return line[:end]


def length(chapter: LintChapter, asked: Span, language: str) -> Iterator[Finding]:
    """Yield that a chapter is shorter or longer than was asked."""
    words = chapter.words
    if asked.low <= words <= asked.high:
        return
    how = "shorter" if words < asked.low else "longer"
    off = asked.low / max(words, 1) if words < asked.low else words / asked.high
    sure: Sureness = "sure" if off >= TIMES_OUTSIDE else "likely" if off > 1 + HARDLY_OUTSIDE else "maybe"
    many = f"{lengths.length(words, language)}, where {asked} were asked for" if words else "no words"
    yield chapter.found("length", sure, chapter.start, how, f"has {many}")


def loop(chapter: LintChapter) -> Iterator[Finding]:
    """Yield where a chapter begins to go in circles."""
    if repeat := gates.loop(chapter.text):
        yield chapter.found("loop", "sure", repeat.start, repeat.sample, f"goes in circles: “{shown(repeat.sample)}”")


def plan(chapter: LintChapter) -> Iterator[Finding]:
    """Yield that a chapter is its section again, or a list."""
    if gates.echoes(chapter.text, chapter.section.text):
        yield chapter.found("plan", "likely", chapter.start, "", "is a plan, not prose: its section again, or a list")


def script(chapter: LintChapter, language: str, of_author: str) -> Iterator[Finding]:
    """Yield pages and words in another script, but for those in the text `of_author`, and letters that were lost."""
    if gates.foreign(chapter.text, language):
        yield chapter.found(
            "script", "likely", chapter.start, "", f"has a page that is not in a script of `{language}`"
        )
    else:
        words = {
            word: at for at, word in reversed(gates.foreign_words(chapter.text, language)) if word not in of_author
        }
        for word, at in words.items():
            yield chapter.found("script", "likely", at, word, f"has a word in another script: “{shown(word)}”")
    if (at := chapter.text.find("\ufffd")) >= 0:
        many = chapter.text.count("\ufffd")
        yield chapter.found(
            "script", "sure", at, "\ufffd", f"has {counted(many, 'letter')} that were lost on the way: �"
        )


def heading(chapter: LintChapter) -> Iterator[Finding]:
    """Yield the chapter's own title at its top, and headings of chapters anywhere in it."""
    seen = set()
    if chapter.paragraphs:
        at, first = chapter.paragraphs[0]
        if cleaning.without_title(first, chapter.section.title) != first:
            seen.add(chapter.line(at))
            yield chapter.found("heading", "likely", at, first, f"begins with its title: “{shown(first)}”")
    for at, heading_line in chatter.headings(chapter.text):
        line = heading_line.strip()
        if chapter.line(at) not in seen:
            sure: Sureness = "sure" if line.startswith(("#", "**", "__")) else "likely"
            yield chapter.found("heading", sure, at, line, f"has a chapter's heading: “{shown(line)}”")
    for at, line in chapter.paragraphs:
        if chatter.heads_a_piece(line):
            yield chapter.found("heading", "maybe", at, line, f"has a heading of its plan: “{shown(line)}”")


def placeholder(chapter: LintChapter) -> Iterator[Finding]:
    """Yield what was to be filled in, and what stands in the place of prose."""
    for at, line in chapter.paragraphs:
        if chatter.leaves_out(line) and not PLACEHOLDER.search(line):
            yield chapter.found("placeholder", "sure", at, line, f"stands in the place of prose: “{shown(line)}”")
    for match in PLACEHOLDER.finditer(chapter.text):
        sure: Sureness = "likely" if TODO.match(match[0]) else "sure"
        yield chapter.found("placeholder", sure, match.start(), match[0], f"was to be filled in: `{shown(match[0])}`")


def meta(chapter: LintChapter, *, last: bool) -> Iterator[Finding]:
    """Yield words of a model to its user, and fences; `last` is the last chapter of the book, which may say so."""
    if chatter.refuses(chapter.text):
        yield chapter.found("meta", "sure", chapter.start, "refusal", "is a refusal to write")
        return
    for index, (at, line) in enumerate(chapter.paragraphs):
        if chatter.is_end_mark(line.rstrip()):
            if at == chapter.paragraphs[-1][0] and not last:
                yield chapter.found("meta", "maybe", at, line, f"says that this is the end: “{shown(line)}”")
        elif (index == 0 and chatter.opens(line.rstrip())) or chatter.closes(line):
            yield chapter.found("meta", "likely", at, line, f"speaks to the user of a model: “{shown(line)}”")
        elif index == 0 and chatter.opens_above_heading(line):
            yield chapter.found("meta", "maybe", at, line, f"may speak to the user of a model: “{shown(line)}”")
        elif match := AI.search(line):
            sure: Sureness = "maybe" if MOUTH.search(line, 0, match.start()) else "likely"
            yield chapter.found("meta", sure, at, line, f"speaks as a model does: “{shown(line[match.start() :])}”")
    for match in markup.FENCE.finditer(chapter.text):
        yield chapter.found("meta", "likely", match.start(), match[0], "has a code fence")
