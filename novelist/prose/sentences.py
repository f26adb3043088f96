"""Where sentences end, and how a text that was cut off is joined to what goes on with it.

Pure. Knows the marks of the scripts that novels are written in.
"""

from __future__ import annotations

import re
from itertools import islice

from novelist.language import lookup
from novelist.prose import chatter
from novelist.words import UNSPACED, UNSPACED_CHAR, count_words

CLOSERS = r"(?:[\"'”’»«›‹“)\]*_]|[ \u00a0\u202f]»)*"
# A dash before a closing quotation mark is speech that was interrupted; 「…」 ends without a full stop of its own.
SENTENCE_END = re.compile(
    rf"(?:[.!?…؟۔։।॥။។]|(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e]){CLOSERS}(?=\s|$)"
    r"|[—–-](?:[\"”’»›“]|[ \u00a0\u202f]»)(?=\s|$)|[。！？…][」』”’）》]*|[」』](?=\s|$)"
)
UNMARKED = re.compile("[\u0e00-\u0eff]")  # Thai and Lao mark no end of a sentence
CUT_WORD = re.compile(rf"(?<![^\s{UNSPACED}])[^\s{UNSPACED}]+$")
LONGEST_OVERLAP = 400  # words of the end of a text that its continuation may repeat
CJK = rf"{UNSPACED}\u3001-\u303f\uff00-\uffef"
MARK = "“”‘’…—"  # in scripts with spaces and without
AFTER_CJK, BEFORE_CJK = re.compile(rf"[{CJK}][{MARK}]*$"), re.compile(rf"[{MARK}]*[{CJK}]")
TOKEN = re.compile(rf"[{CJK}{MARK}]|[^\s{CJK}{MARK}]+")
WORDS_TWICE = 2  # words that may stand there twice, one behind the other; of characters, CHARACTERS_TWICE
CHARACTERS_TWICE = 5
ATTACHED = re.compile(r"[,.;:!?)\]}”¹²³]|[\"'’»*_](?![^\W_])(?![“‘«(])|[—–](?=\S)")
POINTED = re.compile(r"(?:\d|\b\w)\.$"), re.compile(r"\d|\w\.")  # a full stop within a word: 3.5, p.m.
OPENS = re.compile(r"\s»$")  # a mark that may open a sentence, or close one in French
WRAPPED = re.compile(r"([*_]{1,3})\S(?:.*\S)?\1|\[.+\]|\(.+\)|【.+】|（.+）|《.+》|[“\"„«‘'].+[”\"“»’']")
MOST_LAST_LINES, LONGEST_LAST_LINE = 12, 12  # lines, and words of each, that may end a text without a sentence
LONGEST_DATE, LONGEST_NAME = 6, 4  # words
LONGEST_SENTENCE = 40  # words of a text that may have no sentence's end; a longer one is of a script that marks none


def ends(text: str) -> bool:
    """Say whether `text` ends with a sentence; in a script that marks no end of one, every text does."""
    text = text.rstrip()
    if UNMARKED.match(text[-1:]):
        return True
    stops = [match.end() for match in SENTENCE_END.finditer(text)]
    return stops[-1] == len(text) if stops else count_words(text) > LONGEST_SENTENCE


def is_over(text: str) -> bool:
    """Say whether a text that its writer has ended is whole: it ends with a sentence, or with lines that need none.

    Such are a signature, a time or a date, a sign, verse, what is in emphasis or brackets, and what has no letters.
    """
    if ends(text):
        return True
    lines = last_lines(text)
    if len(lines) != 1:
        return bool(lines)
    (line,) = lines
    words = line.split()
    return bool(
        line.isupper()
        or not any(char.isalpha() for char in line)
        or WRAPPED.fullmatch(line)
        or line.startswith(("—", "–", "~", "-"))
        or (any(char.isdigit() for char in line) and len(words) <= LONGEST_DATE and not line.endswith(","))
        or (len(words) <= LONGEST_NAME and all(word[0].isupper() for word in words) and not line.endswith(","))
    )


def last_lines(text: str) -> list[str]:
    """Return the lines of a short last paragraph that ends with no sentence, behind one that does; none elsewhere."""
    before, _, last = text.rstrip().rpartition("\n\n")
    lines = [line.strip() for line in last.split("\n")]
    if lookup.fold(lines[-1]).split(" ")[-1] in lookup.words("articles"):
        return []  # no line ends with one
    short = len(lines) <= MOST_LAST_LINES and all(count_words(line) <= LONGEST_LAST_LINE for line in lines)
    whole = ends(before) or before.rstrip().endswith((":", "*", "---"))
    return lines if before.strip() and short and whole and not SENTENCE_END.search(last) else []


def whole_words(text: str) -> str:
    """Return a text that was cut off without the word it may have been cut in; whole, where it ends a sentence.

    Line ends behind it stay: the paragraph was over.
    """
    if text.endswith("\n") or (ends(text) and not OPENS.search(text)):
        return text
    if UNSPACED_CHAR.match(text.rstrip()[-1:]):
        return text
    return CUT_WORD.sub("", text.rstrip()).rstrip(" \t")


def join(before: str, after: str) -> str:
    """Return `before`, which ends with a whole word, and what goes on with it, without a seam.

    The continuation may repeat the last words, and may open with a heading or a remark of its own; where it begins with
    a blank, it is taken to be exact.
    """
    start = before.rstrip()
    gap, spaced = before[len(start) :], after[:1] in (" ", "\t")
    rest = after.lstrip(" \t")
    unopened = chatter.without_opening(rest)
    if unopened != rest.lstrip("\n") and not (spaced or rest.lstrip()[:1].islower()):
        rest = f"\n\n{unopened}"
    rest = anew(start, rest, exact=spaced)
    if not rest.strip() or not start:
        return start or rest
    text = rest.lstrip()
    blank = rest[: len(rest) - len(text)]
    breaks = blank.count("\n"), gap.count("\n")
    if breaks[1] or (breaks[0] and ends(start)):
        # A single one on both sides is a line of verse.
        return f"{start}{chr(10) * (1 if breaks == (1, 1) else max(2, *breaks))}{text}"
    spaced = spaced or bool(gap or blank.strip("\n"))
    line = start[start.rfind("\n") + 1 :]
    near = [AFTER_CJK.search(line), BEFORE_CJK.match(text)]
    closes = (
        ATTACHED.match(text)
        or (POINTED[0].search(line) and POINTED[1].match(text))
        or (text[0] == "«" and line.count("»") > line.count("«"))
    )
    if all(near) or (not spaced and (any(near) or closes)):
        return f"{start}{text}"
    return f"{start}{blank.strip(chr(10)) or gap or ' '}{text}"


def anew(before: str, after: str, *, exact: bool = False) -> str:
    """Return `after` without the words at its beginning that `before` ends with."""
    tokens = [(match[0], match.end()) for match in islice(TOKEN.finditer(after), LONGEST_OVERLAP)]
    old = [match[0] for match in TOKEN.finditer(before[-LONGEST_OVERLAP * 20 :])]
    within_sentence = not ends(before)
    for size in range(min(len(tokens), len(old)), 0, -1):
        words = [word for word, _ in tokens[:size]]
        if words != old[-size:]:
            continue
        # A word or two may be said twice: “No.” “No.”, had had, 慢慢.
        repeated = " ".join(words)
        characters = bool(UNSPACED_CHAR.search(repeated))
        many = count_words(repeated) > (CHARACTERS_TWICE if characters else WORDS_TWICE)
        if many or size == len(old) or (within_sentence and not (exact or characters)):
            return after[tokens[size - 1][1] :]
    return after


def overlaps(before: str, after: str) -> bool:
    """Say whether the beginning of a continuation has so far only words, in order, from the end of what was before."""
    words = [match[0] for match in TOKEN.finditer(after)][:-1]
    old = [match[0] for match in TOKEN.finditer(before[-LONGEST_OVERLAP * 20 :])]
    return bool(words) and f" {' '.join(words)} " in f" {' '.join(old)} "


def opened(text: str) -> tuple[str, str]:
    """Return a text without its last paragraph, and that paragraph; the last sentence, where there is only one."""
    text = text.strip("\n")
    before, _, ending = text.rpartition("\n")
    if before:
        return before.rstrip(), ending
    stops = [match.end() for match in SENTENCE_END.finditer(text)]
    cut = stops[-2] if len(stops) > 1 else 0
    return text[:cut], text[cut:].strip()


def whole_sentences(text: str) -> str:
    """Return `text` up to the end of its last sentence; all of it where no sentence ends."""
    if UNMARKED.match(text.rstrip()[-1:]):
        return text
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    return text[: ends[-1]] if ends else text


def sentences(paragraph: str) -> list[tuple[int, str]]:
    """Return the sentences of a paragraph, at least one, and where each begins."""
    ends = [match.end() for match in SENTENCE_END.finditer(paragraph)]
    if not ends or paragraph[ends[-1] :].strip():
        ends.append(len(paragraph))
    return [(start, paragraph[start:end]) for start, end in zip([0, *ends], ends, strict=False)]
