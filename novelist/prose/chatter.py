"""What a model says beside a text: headings, openings and closings to its user, refusals.

Pure. Knows how such lines are made, and how they differ from a novel's own first and last lines: a line is taken for a
remark only where it speaks of the work itself, as no story does. The words are in the tables of the languages.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from novelist.language import labels, lookup
from novelist.language.lookup import every
from novelist.words import UNSPACED_CHAR, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from novelist.language.table import Language

Phrases = Literal[
    "assents",
    "presents",
    "promises",
    "work",
    "pieces",
    "tales",
    "continued",
    "title",
    "counts",
    "over",
    "end_of",
    "notes",
    "offers",
    "asks",
    "missing",
    "talk",
]

WHOLE: tuple[Phrases, ...] = ("assents", "presents", "promises", "continued", "title", "counts", "over")
MOST_REFUSAL_WORDS = 300  # words of an answer that may be a refusal
REFUSAL_WITHIN = 200  # characters from the beginning of one, in which it says so
MOST_NOTE_LINES = 14
LONGEST_REMARK = 600  # characters of one line
LONGEST_TITLE, LONGEST_UNSPACED_TITLE = 80, 40  # characters of a title behind a chapter's label

ABOVE = re.compile(r"[#*_ \t]*")
# In italics it is what somebody reads in the story.
ABOVE_NEXT = re.compile(r"(?:#+[ \t]+)?(?:\*\*|__)?")
SENTENCE = re.compile("[，。！？；]")
QUOTED = re.compile(r"[ \t]*(?:[>“\"„«‹「『]|[*_](?![*_]))")  # as an epigraph is
# Around the words of a line.
OPEN, CLOSE = r"[*_(\[（【¡ \t]*", r"[*_)\]）】 \t]*"
NAMED = r"[^\n]{0,80}"
STOP = r" *[!！,，、.。:：…—–-]+ *"
COLON, LOUD = "[:：]", " *[!！] *"
ABOUT = r"(?:approximately|approx\.?|total:?|ca\.|[~≈约約共])"
NUMBER = r"\d[\d,. ]*"
END = r"[^\w\n]*$"
LINK = re.compile(r"https?://|\]\(")
ADVERT = re.compile(
    r"\b(?:powered by|sponsor\w*|advert\w*|upgrade|subscri\w+|daily (?:limit|quota)|free (?:tier|trial|plan|text)"
    r"|support \w+\.ai|pricing|rate limit)\b",
    re.IGNORECASE,
)


def _any(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


def _pattern(*phrases: str) -> re.Pattern[str]:
    return re.compile(_any(*phrases), re.IGNORECASE)


def _words(table: Language, field: Phrases) -> Iterator[str]:
    """Yield what one language calls something: from a word's beginning, some to its end, where words have such."""
    before = r"\b" if {"LATIN", "CYRILLIC", "GREEK"} & {*table.scripts} else ""
    after = r"(?!\w)" if field in WHOLE and table.name_forms != "within" else ""
    for phrase in getattr(table.remarks, field):
        yield f"{before if phrase[0].isalpha() else ''}{_any(phrase)}{after}"


@cache
def _phrase(field: Phrases) -> str:
    """Return what any language calls something."""
    return _any(*(phrase for table in every() for phrase in _words(table, field)))


@cache
def _opening() -> re.Pattern[str]:
    """Return what a line before a text is that is certainly a remark."""
    assent, present, promise = _phrase("assents"), _phrase("presents"), _phrase("promises")
    work, piece = _phrase("work"), _any(_phrase("work"), _phrase("pieces"))
    anything = _any(piece, _phrase("tales"))
    lines = (
        rf"{assent} *[!！]",
        rf"{assent} ?[!！,，.。]? *(?:{present}{NAMED}{piece}|{promise}{NAMED}{work}){NAMED}",
        rf"(?:{assent}{STOP}){{1,3}}{promise}{NAMED}{work}{NAMED}",
        rf"{assent}{LOUD}(?:{present}|{promise}){NAMED}{anything}{NAMED}",
        rf"{promise}{NAMED}{anything}{NAMED}[.!。！] *{present}{NAMED}(?<={COLON})",
        rf"{present}{NAMED}{piece}{NAMED}(?<={COLON})",
        rf"{present}[^\n]{{0,40}}{work}{NAMED}(?<=[.。])",
        r"continuing (?:with )?(?:the|this|our) (?:story|scene|chapter)[^\n]{0,40}[.:]",
        rf"{_phrase('continued')}\)?[:：.]?",
    )
    return re.compile(f"{OPEN}{_any(*lines)}{CLOSE}", re.IGNORECASE)


@cache
def _above_heading() -> re.Pattern[str]:
    """Return how a remark begins that a chapter's own heading stands below: the work is named behind it, or a colon."""
    assent = rf"{_phrase('assents')}(?:{STOP}|$)"
    begins, piece = _any(_phrase("presents"), _phrase("promises")), _any(_phrase("work"), _phrase("pieces"))
    return _pattern(
        rf"(?:{assent})+(?:$|[^\n]*{_any(piece, _phrase('tales'))})",
        rf"{begins}[^\n]*(?:{piece}|{COLON}$)",
        rf"{_phrase('title')} *[*_]*{COLON}",
        rf"[(\[（【]{_phrase('counts')}",
    )


@cache
def _closing() -> re.Pattern[str]:
    """Return what a line below a text is that is certainly no part of it."""
    count, piece = _phrase("counts"), _any(_phrase("work"), _phrase("pieces"))
    numbered = r"(?:第[^\n]{1,4}[章話话回]|(?:제 ?)?[^\n ]{1,4} ?장)? ?"
    return re.compile(
        r"(?:<!--|[*_(\[（【 \t])*"
        + _any(
            _phrase("offers"),
            rf"{count}[*_ ]*{COLON}[*_ ]*{ABOUT}? *{NUMBER}(?:{count})?{END}",
            rf"{ABOUT}? *{NUMBER}{count}[*_ ]*[\])】）]{END}",
            rf"{ABOUT} *{NUMBER}{count}{END}",
            rf"[-~–— ]*{numbered}{_phrase('over')}{END}",
            rf"[-~–— ]*{_phrase('end_of')} *{piece}\w*(?: [-\w]+){{0,2}}{END}",
        ),
        re.IGNORECASE,
    )


@cache
def _end_mark() -> re.Pattern[str]:
    return re.compile(rf"{OPEN}{_phrase('over')}[*_)\]）】.!…。 \t]*", re.IGNORECASE)


@cache
def _notes() -> re.Pattern[str]:
    return re.compile(
        r"^(?:[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*\n\s*)?(?:#{1,6}[ \t]+|\*\*|__)"
        rf"{_phrase('notes')}[^\n]{{0,40}}?(?:[:：]\*\*|\*\*[:：]?|__[:：]?|[ \t]*$)",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _missing() -> re.Pattern[str]:
    return re.compile(
        rf"[*_]*(?:\[[^\]\n]*{_phrase('missing')}[^\]\n]*\]|[(（【][^)）】\n]*{_phrase('missing')}[^)）】\n]*[)）】])[*_]*",
        re.IGNORECASE,
    )


@cache
def _piece() -> re.Pattern[str]:
    return _pattern(rf"(?:#+[ \t]+|\*\*|__){_phrase('pieces')} {{0,2}}\d")


@cache
def _refusals() -> list[list[re.Pattern[str]]]:
    """Return, by language, how a refusal begins, that it says it cannot, and with what."""
    return [[*map(_pattern, parts)] for table in every() for parts in table.remarks.refusals]


@cache
def _asks() -> re.Pattern[str]:
    return _pattern(_phrase("asks"))


def without_opening(text: str) -> str:
    """Return a model's text without a remark and a chapter's heading before it, and without blank lines there."""
    text = text.lstrip("\n")
    if opens(text.partition("\n")[0]):
        text = text.partition("\n")[2].lstrip("\n")
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if _is_heading(first, ABOVE) else text


def opens(line: str) -> bool:
    """Say whether the first line of a text is a remark of its model."""
    return len(line) <= LONGEST_REMARK and bool(_opening().fullmatch(line))


def opens_above_heading(line: str) -> bool:
    """Say whether a line above a chapter's own heading is a remark of its model; an epigraph is none."""
    if opens(line.strip()):
        return True
    return bool(not QUOTED.match(line) and _above_heading().match(line.strip("*_¡ \t")[:LONGEST_REMARK]))


def is_heading(line: str) -> bool:
    """Say whether a line is a chapter's label and no more than its title, whatever marks it."""
    return _is_heading(line, ABOVE_NEXT)


def notes(text: str) -> int:
    """Return where a model's notes on its own text begin, below a rule or a blank line at its end; 0 where none do."""
    at = [match.start() for match in _notes().finditer(text)]
    return next((start for start in at if text.count("\n", start) <= MOST_NOTE_LINES), 0)


def headings(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that open a chapter, and where each begins: `## Chapter 8`, `**Kapitel acht: Der Turm**`."""
    at = 0
    for line in text.split("\n"):
        if _is_heading(line, ABOVE_NEXT):
            yield at, line
        at += len(line) + 1


def _is_heading(line: str, above: re.Pattern[str]) -> bool:
    """Say whether a line is a chapter's label and no more than its title; `above` is what may stand before it."""
    start = above.match(line)
    label_and_title = line[start.end() if start else 0 :].rstrip("*_ \t")
    if label_and_title.endswith(")"):
        label_and_title = label_and_title[: label_and_title.rfind("(")].rstrip(" \t")
    label = labels.read(label_and_title)
    if label is None or label.kind != "chapter" or label.bare or label_and_title[0].islower():
        return False
    title = label_and_title[label.end :]
    if UNSPACED_CHAR.match(label_and_title):
        return len(title) <= LONGEST_UNSPACED_TITLE and not SENTENCE.search(title)
    return label.closed and len(title) <= LONGEST_TITLE


def heads_a_piece(line: str) -> bool:
    """Say whether a line is the heading of a scene by its number, as a plan has them."""
    return bool(_piece().match(line))


def closes(line: str) -> bool:
    """Say whether the last line of a text is a word to the user, or says that this is the end."""
    if len(line) > LONGEST_REMARK:
        return False
    return bool(_closing().match(line) or is_end_mark(line) or (LINK.search(line) and ADVERT.search(line)))


def is_end_mark(line: str) -> bool:
    """Say whether a line says that a text is over, and no more."""
    return len(line) <= LONGEST_REMARK and bool(_end_mark().fullmatch(line))


def leaves_out(line: str) -> bool:
    """Say whether a line stands in the place of prose that its model has not written, and says so in brackets."""
    return len(line) <= LONGEST_REMARK and bool(_missing().fullmatch(line.strip()))


def refuses(text: str) -> bool:
    """Say whether a model declines to write: a short answer that opens with it, in no one's mouth."""
    opening = text.lstrip("*_ \n")[:REFUSAL_WITHIN]
    return count_words(text) < MOST_REFUSAL_WORDS and any(
        first.match(opening) and all(part.search(opening) for part in more) for first, *more in _refusals()
    )


def talk_of_text(text: str, language: str) -> list[str]:
    """Return what a text that sums another up says of that one in a language, or in English: `in this chapter`."""
    tables = {each.code: each for each in (lookup.table(language), lookup.table("en"))}
    patterns = (_pattern(phrase) for table in tables.values() for phrase in _words(table, "talk"))
    return [match[0] for pattern in patterns for match in pattern.finditer(text)]


def talks(text: str) -> bool:
    """Say whether a text of a few lines is none of a story: it asks back, or advertises."""
    return bool(_asks().search(text) or ADVERT.search(text))
