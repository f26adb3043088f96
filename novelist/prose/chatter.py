"""What a model says beside a text: headings, openings and closings to its user, refusals.

Pure. Knows such phrases in the languages most novels are written in, and how they differ from a novel's own first and
last lines: a line is taken for a remark only where it speaks of the work itself, as no story does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from novelist.language import labels
from novelist.words import UNSPACED_CHAR, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_REFUSAL_WORDS = 300  # words of an answer that may be a refusal
REFUSAL_WITHIN = 200  # characters from the beginning of one, in which it says so


def _any(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


def _lines(*phrases: str) -> re.Pattern[str]:
    """Return a pattern of whole lines, in whatever marks of emphasis or brackets."""
    return re.compile(rf"[*_(\[（【 \t]*{_any(*phrases)}[*_)\]）】 \t]*(?:\n|$)", re.IGNORECASE)


NAMED = r"[^\n]{0,80}"
LONGEST_TITLE, LONGEST_UNSPACED_TITLE = 80, 40  # characters of a title behind a chapter's label
ABOVE = re.compile(r"[#*_ \t]*")
# In italics it is what somebody reads in the story.
ABOVE_NEXT = re.compile(r"(?:#+[ \t]+)?(?:\*\*|__)?")
SENTENCE = re.compile("[，。！？；]")

YES = _any(
    *("sure", "certainly", "of course", "absolutely", "okay", "great", "understood", "gerne?", "natürlich", "klar"),
    *("bien sûr", "certainement", "d['’]accord", "¡?claro", "por supuesto", "конечно", "хорошо", "好的", "当然"),
)
WORK = _any(
    *("chapter", "scene(?! of the crime)", "continuation", "draft", "passage", "rest of the story"),
    "(?:story|text|prose|missing part) *:",
)
WORK_ELSEWHERE = _any(
    *("kapitel", "fortsetzung", "szene", "chapitre", "scène", "suite *:", "suite (?:de l|du)", "capítulo"),
    *("continuación", "escena", "глав", "продолжени", "сцен"),
)
OPENING = _lines(
    rf"{YES} *[!！]",
    rf"{YES}\b[!,.]? *(?:here['’]?s|here (?:is|are)|below is|this is)\b{NAMED}\b{WORK}{NAMED}",
    rf"(?:here['’]?s|here is|below is)\b{NAMED}\b{WORK}{NAMED}(?<=:)",
    r"here(?:['’]?s| is)\b[^\n]{0,40}\b(?:chapter|continuation)\b[^\n]{0,80}\.",
    r"continuing (?:with )?(?:the|this|our) (?:story|scene|chapter)[^\n]{0,40}[.:]",
    r"(?:continued|continuation|fortsetzung|suite|continuación)\)?[:.]?",
    rf"(?:{YES} ?[!,.]? *)?(?:hier (?:ist|kommt)|voici|aquí (?:está|tienes)|вот)\b{NAMED}\b{WORK_ELSEWHERE}{NAMED}[:.]",
    r"(?:好的[，,。！!]? *)?(?:以下|下面|这)是[^\n]{0,30}(?:章|续写|正文|场景|续文)[^\n]{0,30}[：:]",
    r"好的[，,。！!] *(?:以下|下面)是[^\n]{0,60}[：:]",
)
# What a model promises before it writes. Above a chapter's own heading nothing else speaks so.
PROMISE = re.compile(
    _any(
        rf"{YES}\b",
        r"(?:i['’]ll|i will|i['’]d be (?:happy|glad|delighted)|let me|here['’]?s|here (?:is|are)|below is|thank you)\b",
        r"(?:ich (?:schreibe|werde)|hier (?:ist|kommt)|sehr gerne?|selbstverständlich)\b",
        r"(?:voici|je vais|avec plaisir|très bien)\b",
        r"(?:aquí (?:está|tienes)|voy a|con gusto|muy bien)\b",
        r"(?:claro|certo|com certeza|aqui está|vou escrever|com prazer)\b",
        r"(?:certamente|ecco|va bene|scriverò|con piacere)\b",
        r"(?:natuurlijk|zeker|hier is|graag|ik zal)\b",
        r"(?:oczywiście|jasne|oto|napiszę|z przyjemnością)\b",
        r"(?:självklart|visst|javisst|här är|här kommer|selvfølgelig|her er|naturligvis|toki|tässä on)\b",
        r"(?:jistě|samozřejmě|tady je|zde je|звичайно|ось|авжеж)\b",
        r"(?:tabii|elbette|işte|természetesen|íme|rendben)\b",
        r"(?:はい|承知|もちろん|了解|かしこまりました|それでは|以下)",
        r"(?:네|물론|알겠습니다|다음은|아래는)",
        r"(?:بالتأكيد|بالطبع|حسنا|حسنًا|إليك|בטח|כמובן|בשמחה|הנה|البته|حتما|حتماً|این)",
        r"(?:title|titel|titre|título|titolo|tytuł|标题|タイトル|제목) *[:：]",
        r"[(\[（【](?:word (?:target|count|goal)|target|words|字数|wörter|mots|palabras)\b",
    ),
    re.IGNORECASE,
)
MOST_NOTE_LINES = 14
NOTES = re.compile(
    r"^(?:[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*\n\s*)?(?:#{1,6}[ \t]+|\*\*|__)"
    + _any(
        r"(?:author['’]?s? |writer['’]?s? |craft |continuity |revision |editor['’]?s? )?notes?",
        r"(?:chapter |scene |brief )?(?:summary|recap)",
        r"key (?:elements|points|themes|details)(?: (?:included|covered))?",
        r"(?:total )?word count",
        *("anmerkung(?:en)?", "hinweise?", "zusammenfassung", "notes? de l['’]auteur", "résumé", "remarques?"),
        *("notas?(?: del autor)?", "resumen", "resumo", "note dell['’]autore", "riassunto", "примечани[ея]"),
        *(
            "краткое содержание",
            "作者的话",
            "本章(?:总结|要点|摘要)",
            "注",
            "备注",
            "作者注",
            "あとがき",
            "要約",
            "요약",
        ),
    )
    + r"[^\n]{0,40}?(?::\*\*|\*\*:?|__:?|[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
CRAFT = _any("chapter", "scene", "continu(?:e|ing)", "revis", "adjust", "expand", "rewrite", "changes", "feedback")
GO_ON = r"(?:continue|proceed|keep going|go on)"
OF_WORK = rf"(?:\W*$|[^\n]*\b{_any('chapter', 'scene', 'story', 'writing')}\b)"
END = r"[^\w\n]*$"
CLOSING = re.compile(
    r"(?:<!--|[*_(\[（【 \t])*"
    + _any(
        rf"(?:would you like|do you want|want) me to (?:{GO_ON}{OF_WORK}|[^\n]*\b{CRAFT})",
        rf"(?:would you like|do you want)\b[^\n]*\b(?:next|another|revised) {CRAFT}",
        rf"(?:shall|should) i (?:{GO_ON}{OF_WORK}|(?:write|revise|draft|expand|adjust)\b[^\n]*\b(?:chapter|scene)\b)",
        rf"(?:please )?let me know (?:if|whether|what|how|when)\b[^\n]*\b{CRAFT}",
        rf"if you(?:['’]d| would)? (?:like|want|prefer)\b[^\n]*\b{CRAFT}",
        r"i hope (?:you (?:enjoy|like|love)(?:ed)? |that )?(?:this|the) (?:chapter|scene|draft|version|continuation)\b",
        rf"feel free to (?:ask|request|suggest|tell|let|reach)\b[^\n]*\b{CRAFT}",
        rf"(?:(?:total )?word ?count|(?:total )?words)[*_ ]*:[*_ ]*[~≈]? *[\d,. ]+(?:words)?{END}",
        rf"(?:approximately|approx\.?|total:?|[~≈])? *[\d,.]+ words[*_ ]*[\])]{END}",
        rf"(?:approximately|approx\.?|total:?|[~≈]) *[\d,.]+ words{END}",
        rf"(?:字数|字數|文字数|글자 수|wörter|wortzahl|mots|palabras|parole|слов)[*_ ]*[：:][*_ ]*[\d,. ]+[字]?{END}",
        rf"(?:chapter|scene|part)(?: [-\w]+)? (?:complete|ends?|end){END}",
        r"\(?ooc:",
        rf"(?:[-~–—]+ *)?end of (?:the )?(?:chapter|scene|part)(?: [-\w]+)?{END}",
        rf"to be continued(?: in (?:the next )?chapter[^\n]{{0,20}})?{END}",
        r"(?:möchten sie|möchtest du|soll ich|wollen sie)\b[^\n]*(?:kapitel|szene|weiterschreib|fortfahr|überarbeit)",
        r"(?:souhaitez-vous|voulez-vous|veux-tu)\b[^\n]*(?:que je (?:continue|poursuive)|chapitre|la scène)",
        r"¿(?:quieres|quiere|te gustaría|desea)\b[^\n]*(?:capítulo|escena|que (?:continúe|siga)(?:\?| con| escrib))",
        r"(?:если )?хотите\b[^\n]*(?:глав|сцен|чтобы я продолж)",
        rf"(?:ende des kapitels|fin du chapitre|fin del capítulo|конец главы)(?: [-\w]+)?{END}",
        r"[您你]?(?:想|希望|需要|要)[让要]?我[^\n]{0,4}(?:继续(?:写|吗|创作)|续写|修改|写下一章)",
        rf"(?:koniec rozdziału|fine del capitolo|fim do capítulo|einde (?:van het )?hoofdstuk|konec kapitoly)"
        rf"(?: [-\w]+)?{END}",
        rf"(?:(?:第[^\n]{{1,4}}章)?(?:了|終わり)|(?:제?[^\n]{{1,4}}장 )?끝){END}",
        rf"(?:未完待续|本章完|全文完|待续|第.{{1,4}}[章回]完){END}",
    ),
    re.IGNORECASE,
)
END_MARK = re.compile(r"[*_(\[ \t]*(?:the end|end|finis|fin|ende|конец|完|終)[*_)\].! \t]*", re.IGNORECASE)

SORRY = _any(
    *(r"(?:i['’]m|i am) (?:\w+ )?(?:sorry|afraid)", "(?:my )?(?:sincere )?apologies", "i apologi[sz]e", "sorry"),
    "unfortunately",
)
CANNOT = _any(
    *("i can(?:no|['’])t", "(?:i am|i['’]m) (?:unable to|not able to|not comfortable)", "i won['’]t(?: be able to)?"),
    r"i (?:must|have to|will)(?: \w+)? decline to",
)
DECLINES = rf"(?:{SORRY}[,.;:]? *(?:but |that )?)?{CANNOT}"
ACT = _any("help", "assist", "writ", "continu", "creat", "generat", "provid", "fulfil", "produc", "comply", "engag")
SUCH = _any("request", "content", "chapter", "scene", "story", "prompt", "material", r"with (?:this|that)\b")
# By language: how a refusal begins, that it says it cannot, and with what; all of it near the beginning.
REFUSALS = [
    [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    for patterns in (
        (rf"{DECLINES}\b[^.!?\n]{{0,30}}\b{ACT}[^.!?\n]{{0,60}}\b{SUCH}",),
        (rf"{DECLINES} \w+ (?:this|that)[.!]",),
        (r"as an? (?:ai\b|language model|artificial)",),
        (rf"(?:this|your|the) {SUCH}\b[^.!?\n]{{0,40}}\b(?:violat|goes against|is against)",),
        (
            r"(?:es )?tut mir leid|leider|entschuldig|ich kann",
            r"\bkann\b",
            "nicht|kein",
            "szene|kapitel|inhalt|anfrage",
        ),
        ("(?:je suis )?(?:vraiment )?désolé|je ne peux|malheureusement", "ne peux", "scène|chapitre|demande|contenu"),
        ("lo siento|no puedo|lamentablemente|me temo", "no puedo", "escena|capítulo|solicitud|contenido"),
        ("desculpe|sinto muito|não posso|infelizmente", "não posso", "cena|capítulo|pedido|conteúdo"),
        ("mi dispiace|non posso|purtroppo", "non posso", "scena|capitolo|richiesta|contenut"),
        ("извините|прости|к сожалению|сожалею|я не могу", "не могу", "глав|сцен|запрос|контент|содержани"),
        (
            "(?:你好，)?(?:我?(?:很|非常|十分)?(?:抱歉|对不起|對不起|遗憾)|我(?:无法|不能))",
            "(?:无法|不能)[^。]{0,8}(?:写|创作|生成|提供|给到|继续|满足|回答|完成)",
            "内容|章|请求|故事|场景|要求",
        ),
        ("作为(?:一个)?(?:ai|人工智能)|尊敬的用户|[^。]{0,10}换个话题",),
        ("申し訳|すみません|恐れ入り", "ません|かね", "リクエスト|内容|章|書|生成"),
        ("죄송", "수 없|어렵", "내용|작성|요청"),
    )
]


def without_opening(text: str) -> str:
    """Return a model's text without a remark and a chapter's heading before it, and without blank lines there."""
    text = text.lstrip("\n")
    if remark := OPENING.match(text):
        text = text[remark.end() :].lstrip("\n")
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if _is_heading(first, ABOVE) else text


def opens(line: str) -> bool:
    """Say whether a line above a chapter's heading is a remark to its user."""
    return bool(OPENING.fullmatch(line.strip()) or PROMISE.match(line.strip("*_ \t")))


def is_heading(line: str) -> bool:
    """Say whether a line is a chapter's label and no more than its title, whatever marks it."""
    return _is_heading(line, ABOVE_NEXT)


def notes(text: str) -> int:
    """Return where a model's notes on its own text begin, below a rule or a blank line at its end; 0 where none do."""
    at = [match.start() for match in NOTES.finditer(text)]
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


def closes(line: str) -> bool:
    """Say whether the last line of a text is a word to the user, or says that this is the end."""
    return bool(CLOSING.match(line) or END_MARK.fullmatch(line))


def refuses(text: str) -> bool:
    """Say whether a model declines to write: a short answer that opens with it, in no one's mouth."""
    opening = text.lstrip("*_ \n")[:REFUSAL_WITHIN]
    return count_words(text) < MOST_REFUSAL_WORDS and any(
        first.match(opening) and all(part.search(opening) for part in more) for first, *more in REFUSALS
    )
