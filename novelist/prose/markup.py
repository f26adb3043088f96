"""What a server or a template has put around a text or into it: tags, entities, escapes, roles, front matter, fences.

Pure. Knows markup that a chapter in Markdown cannot need. Knows no words of any language.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from novelist.text import normalise
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Callable

FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,}|\"{3}|'{3})[a-z]*[ \t]*$", re.MULTILINE)
FENCED = re.compile(r"(`{3,}|~{3,}|\"{3}|'{3})[a-z]*\n(.*)\n\1", re.DOTALL)
MOST_WORDS_BESIDE = 60  # words of what stands behind a fence that a text begins with
# What is called so stands around a text; any other pair does where all of the text is between its tags.
AROUND = (
    "answer|chapter|content|document|draft|final|final_answer|narrative|novel|output|prose|response|scene|story|text"
)
NAME = r"[A-Za-z][\w:-]{0,40}"
PAIR = re.compile(rf"<({NAME})(?: [^<>\n]{{0,200}})?>|\[({NAME})\]")
OPENING_TAG = re.compile(rf"[<\[](?:{AROUND})(?: [^<>\n]{{0,200}})?[>\]][ \t]*(?:\n|$)|<(?:{AROUND})>", re.IGNORECASE)
CLOSING_TAG = re.compile(rf"[<\[]/(?:{AROUND})[>\]]", re.IGNORECASE)
# An answer in HTML, and what it is in Markdown.
PARAGRAPH = re.compile(r"<p(?: [^<>\n]{0,200})?>", re.IGNORECASE)
HTML = (
    (re.compile(r"[ \t]*</?(?:p|div|section|article|blockquote)(?: [^<>\n]{0,200})?>[ \t]*", re.IGNORECASE), "\n\n"),
    (re.compile(r"</?(?:html|body|span|main)(?: [^<>\n]{0,200})?>", re.IGNORECASE), ""),
    (re.compile(r"<br ?/?>[ \t]*\n?", re.IGNORECASE), "\n"),
    (re.compile(r"<hr ?/?>", re.IGNORECASE), "\n\n---\n\n"),
    (re.compile(r"</?(?:em|i)>", re.IGNORECASE), "*"),
    (re.compile(r"</?(?:strong|b)>", re.IGNORECASE), "**"),
)
BLANK_LINES = re.compile(r"\n{3,}")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")
ESCAPE = re.compile(r"\\(?:r\\n|[nrt\"]|u[0-9A-Fa-f]{4})")
ESCAPES = {r"\r\n": "\n", r"\n": "\n", r"\r": "\n", r"\t": " ", r"\"": '"'}
FRONT_MATTER = re.compile(r"---\n((?:[\w][\w -]{0,30}:[^\n]*\n|[ \t]*- [^\n]*\n){1,20})---(?:\n|$)")
KEYS = re.compile(r"^(?:title|chapter|chapter_title|word_?count|pov)[ \t]*:", re.IGNORECASE | re.MULTILINE)
ROLE = re.compile(
    r"(?:assistant|model)[ \t]*:?[ \t]*\n|#{2,4}[ \t]*(?:response|assistant|answer|output)[ \t]*:?[ \t]*\n",
    re.IGNORECASE,
)
# Behind one of these a template begins anew.
NEXT_TURN = re.compile(
    r"^#{2,4}[ \t]*(?:instructions?|input|user|human|system|response|assistant)[ \t]*:?[ \t]*$|^\[inst\]",
    re.IGNORECASE | re.MULTILINE,
)


def plain(text: str, weigh: Callable[[str], int] = count_words) -> str:
    """Return a text as the Markdown that it is, without the markup around it; normalised.

    `weigh` says how much there is in a part of it, where what stands in a fence is compared with what stands behind.
    """
    text = _lines(_from_object(normalise(text)))
    text = ENTITY.sub(_character, _from_html(text))
    return normalise(_unwrapped(_one_turn(text), weigh))


def _from_object(text: str) -> str:
    """Return the one text that is nearly all of a JSON object, where the text is such."""
    if not (text.startswith("{") and text.endswith("}")):
        return text
    try:
        values = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text
    texts = sorted((value for value in values.values() if isinstance(value, str)), key=len)
    return texts[-1] if texts and 2 * len(texts[-1]) > len(text) else text


def _lines(text: str) -> str:
    """Return a text whose line breaks came as JSON writes them with line breaks."""
    if text.count(r"\n") < 2 or text.count(r"\n") <= text.count("\n"):
        return text
    text = ESCAPE.sub(lambda match: ESCAPES.get(match[0]) or chr(int(f"0x{match[0][2:]}", 0)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of a pair are one character


def _from_html(text: str) -> str:
    if not PARAGRAPH.search(text):
        return text
    for pattern, markdown in HTML:
        text = pattern.sub(markdown, text)
    return BLANK_LINES.sub("\n\n", text)


def _character(match: re.Match[str]) -> str:
    """Return the character that an entity stands for; what would be a tag stays, and what no text may hold."""
    char = html.unescape(match[0])
    return char if len(char) <= 2 and char not in "<>\ufffd" and (char.isprintable() or char == "\xa0") else match[0]


def _one_turn(text: str) -> str:
    """Return a text without the role that a template names before it, and without what it begins behind it."""
    text = text.lstrip()
    role = ROLE.match(text)
    text = text[role.end() :].lstrip() if role else text
    turn = NEXT_TURN.search(text)
    if turn and count_words(text[: turn.start()]) > count_words(text[turn.start() :]):
        return text[: turn.start()]
    return text


def _unwrapped(text: str, weigh: Callable[[str], int]) -> str:
    """Return a text without front matter, fences and tags around it, or half of a pair of them."""
    matter = FRONT_MATTER.match(text)
    if matter and KEYS.search(matter[1]):
        return text[matter.end() :]
    quote = text[:3]
    if quote in ('"""', "'''") and len(text) > 6 and text.endswith(quote):
        return text[3:-3]
    opening = PAIR.match(text)
    if opening and not PARAGRAPH.match(text):
        name, start, end = (opening[1], "<", ">") if opening[1] else (opening[2], "[", "]")
        if text.rstrip().lower().endswith(f"{start}/{name}{end}".lower()):
            return text[opening.end() : text.rstrip().rfind(f"{start}/")]
    if tag := OPENING_TAG.match(text):
        return text[tag.end() :]
    closing = [match for match in CLOSING_TAG.finditer(text) if not text[match.end() :].strip()]
    return text[: closing[0].start()] if closing else _unfenced(text, weigh)


def _unfenced(text: str, weigh: Callable[[str], int]) -> str:
    """Return a text without a fence around it, or half of one."""
    fences = list(FENCE.finditer(text))
    if not fences:
        return text
    fenced = FENCED.match(text)
    if fenced and len(fences) == 2:
        beside = weigh(text[fenced.end() :])
        return fenced[2] if beside <= MOST_WORDS_BESIDE and beside < weigh(fenced[2]) else text
    if len(fences) % 2 and fences[0].start() == 0:
        return text[fences[0].end() :]
    if len(fences) % 2 and fences[-1].end() == len(text):
        return text[: fences[-1].start()]
    return text
