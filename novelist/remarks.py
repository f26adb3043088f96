"""What a model says beside a text: headings, openings and closings to its user, refusals.

Pure. Knows such phrases in the languages most novels are written in, and how they differ from a novel's own first and
last lines: a line of prose is taken for a remark only where it also speaks of chapters, requests and the like.
"""

from __future__ import annotations

import re

from novelist.text import count_words

SHORT = 150  # words of an answer that may be a refusal


def _any(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


NUMBERS = _any(
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty"),
)
# A line of its own that opens a chapter: `Chapter 8`, `**Kapitel acht: Der Turm**`, `第八章`.
CHAPTER = re.compile(
    r"^[#*_ \t]*(?:"
    + _any("chapter", "kapitel", "chapitre", "capítulo", "capitolo", "глава")
    + rf"[ \t]+(?:\d+|[ivxlc]+|{NUMBERS}\b[-\w]*|\w+)(?:[ \t]*[:.—–-][^\n]{{0,80}})?"
    + r"|第[\d一二三四五六七八九十百]+[章回][^\n]{0,40})(?:[ \t]*\([^)\n]*\))?[*_ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
YES = _any("sure", "certainly", "of course", "absolutely", "okay", "great", "understood")
HERE = _any("here['’]?s", "here is", "here are", "below is", "this is", "continuing")
TEXT = _any("chapter", "scene", "continuation", "rest", "text", "story", "prose", "draft", "passage")
# Whole lines. One without a colon is taken for a remark only if no story begins like it.
OPENING = re.compile(
    _any(
        rf"{YES}[!,.]? *(?:{HERE}\b[^\n]{{0,160}}[.:!])?",
        rf"{YES}\b[^\n]{{0,200}}\b{TEXT}\b[^\n]{{0,80}}:",
        rf"{HERE}\b[^\n]{{0,120}}\b{TEXT}\b[^\n]{{0,80}}:",
        rf"here(?:['’]?s| is)\b[^\n]{{0,40}}\b{_any('chapter', 'continuation')}\b[^\n]{{0,80}}\.",
        r"\(?(?:continued|continuation|fortsetzung|suite|continuación)\)?[:.]?",
        r"(?:hier ist|voici|aquí (?:está|tienes)|вот)\b[^\n]{0,120}:",
        r"(?:以下是|这是|好的)[^\n]{0,80}[：:]",
    )
    + r"[*_ \t]*(?:\n|$)",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"[*_(\[ \t-]*"
    + _any(
        *("would you like", "do you want", "shall i", "should i", "let me know", "i hope (?:you|this)", "feel free"),
        *("if you(?:['’]d| would) like", "want me to", "please let me", "word count", "words?:", r"approximately \d"),
        *(r"end of (?:the )?(?:chapter|scene|part)", "to be continued", "möchten sie", "möchtest du", "soll ich"),
        *("souhaitez-vous", "voulez-vous", "¿(?:quieres|quiere|te gustaría)", "ende des kapitels", "fin du chapitre"),
        *("fin del capítulo", "конец главы", "(?:если )?хотите", "您(?:想|希望)", "你(?:想|希望)我", "需要我"),
        *("（?未完待续", "（?本章完", "（?第.{1,4}章完"),
    ),
    re.IGNORECASE,
)
OF_THE_WORK = re.compile(
    rf"\b{_any('continue', 'chapter', 'scene', 'revis', 'chang', 'adjust', 'next', 'word', 'further', 'enjoy', 'help')}"
    rf"|{_any('kapitel', 'weiter', 'chapitre', 'suite', 'capítulo', 'continu', 'глав', 'продолж')}"
    r"|继续|下一章|修改|完|待续|\d",
    re.IGNORECASE,
)
END_MARK = re.compile(r"[*_(\[ \t]*(?:the end|end|fin|ende|конец|完|終)[*_)\].! \t]*", re.IGNORECASE)
REFUSAL = re.compile(
    _any(
        *("i['’]?m (?:very |so |really )?sorry", "(?:i )?apologi[sz]e", "sorry", "unfortunately"),
        *("as an? (?:ai|language|assistant)", "i (?:can(?:no|['’])t|am (?:not able|unable)|won['’]t|must decline)"),
        *("抱歉", "对不起", "對不起", "很遗憾", "作为(?:一个)?(?:ai|人工智能)", "申し訳", "すみません", "죄송"),
        *("(?:es )?tut mir leid", "ich kann (?:leider )?(?:nicht|diese)", "je suis désolée?", "désolée?"),
        *("je ne peux pas", "lo siento", "no puedo", "me temo", "desculpe", "sinto muito", "mi dispiace", "non posso"),
        *("извините", "прости(?:те)?", "к сожалению"),
    ),
    re.IGNORECASE,
)
OF_A_REQUEST = re.compile(
    r"\b"
    + _any(
        *("writ", "generat", "creat", "continu", "provid", "fulfil", "assist", "request", "content", "chapter"),
        *("guideline", "polic", "language model", r"ai\b", "schreib", "inhalt", "anfrage", "écri", "demande"),
        *("contenu", "escrib", "solicitud", "contenido", "напис", "запрос"),
    )
    + "|写|創作|创作|生成|请求|内容|章|書|リクエスト|작성",
    re.IGNORECASE,
)


def without_opening(text: str) -> str:
    """Return a model's text without a remark and a chapter's heading before it, and without blank lines there."""
    text = text.lstrip("\n")
    for pattern in (OPENING, CHAPTER):
        if found := pattern.match(text):
            text = text[found.end() :].lstrip("\n")
    return text


def closes(line: str) -> bool:
    """Say whether the last line of a text is a word to the user, or says that this is the end."""
    return bool((CLOSING.match(line) and OF_THE_WORK.search(line)) or END_MARK.fullmatch(line))


def refuses(text: str) -> bool:
    """Say whether a model declines to write: a short answer that opens with it, in no one's mouth."""
    opening = text.lstrip("*_ \n")
    return bool(count_words(text) < SHORT and REFUSAL.match(opening) and OF_A_REQUEST.search(opening))
