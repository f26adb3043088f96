"""The golden books as their authors leave them: files to begin with, and what is done between two builds.

Knows what a writer types. Knows nothing of novelist's code and of what a build writes, so that the code of any commit
can build them. Names of files are patterns (`chapters/02-*.md`): what a build calls a file is its own affair.
"""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Step = Callable[[Path], None]

BIBLE = """\
# People

## Mara Halden

Also: the keeper, Halden

She keeps the light.

## Eskil

He rows the ferry.

# Places

## The Glassworks

**Also:** the ruin

A ruin on the shore.

## Rules of the world {.always}

Nothing here is magic.
"""

# Words for the prose of a book, in the script of its language: `{.}` of them make sentences that end with the mark.
WORDS = {
    "en": "salt lamp tide gull rope harbour letter bottle window stair keeper ferry island morning storm brother",
    "de": "Salz Lampe Flut Möwe Seil Hafen Brief Flasche Fenster Treppe Wärter Fähre Insel Morgen Sturm Bruder",
    "ru": "соль лампа прилив чайка верёвка гавань письмо бутылка окно лестница сторож паром остров утро буря брат",
    "he": "מלח מנורה גאות שחף חבל נמל מכתב בקבוק חלון מדרגה שומר מעבורת אי בוקר סערה אח",
    "tr": "tuz lamba gelgit martı halat liman mektup şişe pencere merdiven bekçi vapur ada sabah fırtına kardeş",
    "no": "salt lampe flo måke tau havn brev flaske vindu trapp vokter ferje øy morgen storm bror",
    "zh": "盐 灯 潮 鸥 绳 港 信 瓶 窗 梯 守 船 岛 晨 风 弟",
}


@dataclass(frozen=True)
class Source:
    """A book before its first build; each of `steps` is done after a build, and another build follows it."""

    files: dict[str, str | bytes]
    steps: tuple[Step, ...] = ()
    language: str = "en"
    keep_hidden: bool = False  # store its .novelist too


def premise(language: str = "en", words: str = "14-18", idea: str = "Mara keeps a lighthouse.", **more: str) -> str:
    """Return a premise.md."""
    front = {"title": "The Salt Lamp", "author": "Ines Halden", "language": language, "words": words, **more}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + f"---\n{idea}\n"


def headings(*titles: str, level: int = 2) -> str:
    """Return an outline of sections with these titles; a title that begins with `#` is a heading as it is."""
    blocks = []
    for number, title in enumerate(titles, 1):
        blocks.append(title if title.startswith("#") else f"{'#' * level} {title}\n\nMara finds thing {number}.")
    return "\n\n".join(blocks) + "\n"


def one(root: Path, pattern: str) -> Path:
    """Return the one file that a pattern names."""
    (path,) = root.glob(pattern)
    return path


def edit(pattern: str, old: str, new: str) -> Step:
    """Replace `old`, which must be there, once."""

    def step(root: Path) -> None:
        path = one(root, pattern)
        data = path.read_bytes().decode()
        assert old in data, (path, old)
        path.write_bytes(data.replace(old, new, 1).encode())

    return step


def append(pattern: str, text: str) -> Step:
    """Add a text at the end."""

    def step(root: Path) -> None:
        path = one(root, pattern)
        path.write_bytes(path.read_bytes() + text.encode())

    return step


def write(pattern: str, text: str) -> Step:
    """Put a text in the place of a whole file."""

    def step(root: Path) -> None:
        path = one(root, pattern) if "*" in pattern else root / pattern
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())

    return step


def recode(*patterns: str, bom: bool = False) -> Step:
    """Give files the line ends of Windows, and a byte order mark, as an editor there does."""

    def step(root: Path) -> None:
        for pattern in patterns:
            for path in sorted(root.glob(pattern)):
                text = path.read_bytes().decode().replace("\r", "").replace("\n", "\r\n")
                path.write_bytes((("\ufeff" if bom else "") + text).encode())

    return step


def novelist(*arguments: str) -> Step:
    """Give a command of novelist; a commit that does not have it leaves the book as it is."""

    def step(root: Path) -> None:
        subprocess.run([sys.executable, "-m", "novelist", *arguments], cwd=root, check=False, capture_output=True)

    return step


def both(*steps: Step) -> Step:
    """Do some steps before one build."""

    def step(root: Path) -> None:
        for each in steps:
            each(root)

    return step


def labels(language: str, *titles: str, level: int = 2) -> Source:
    """Return a book whose headings have labels and numbers in words."""
    outline = headings(*titles, level=level)
    return Source({"premise.md": premise(language, "8-12"), "bible.md": BIBLE, "outline.md": outline})


PARTS = """\
---
title: The Salt Lamp
---
A book about a light.

# Part One: The Arrival

She comes.

## 1. The Bottle {#the-bottle}

Mara finds a bottle at the Glassworks.

## 2. The Second Tide {#the-second-tide words=20-24}

Eskil rows.

# Part Two: The Leaving

## 7. The Lamp {#the-lamp}

The keeper goes out.

---

## The Ferry

Nobody is named here.
"""
LISTED = """\
# The Salt Lamp

A book about a light.

**Part One: The Arrival**

1. **Chapter Thirteen: The Glass** — Mara finds a glass.
2. **Once**: She waits.
   And waits.
3. Kapitel Sechs - Eskil comes.

**Часть вторая**

4. **Глава шестая. Ключ** {#the-key words=9-11} — A key.
5. *Prologue to the End*: nothing.
"""
EQUAL = """\
## 1. The Bottle

## 2. The Tide

## 3. The Lamp

Mara waits.

## 4. The Ferry

Mara waits.

## 5. The Stair {#stair}
"""
FRONT = """\
---
# what a person wrote
title: 'The Salt Lamp'   # as it stands on the cover
x-status: third draft
tags: [sea, light]
---

## 1. The Bottle {#the-bottle .draft data-pov=mara}

Mara finds a bottle.

## 2. The Tide

Eskil rows.
"""
CHINESE = """\
# 盐灯

## 第一章 瓶子

玛拉在岸边找到一个瓶子。

## 第十二章：灯

玛拉点亮灯。

## 尾声

船来了。
"""
CHINESE_BIBLE = "## 玛拉\n\n她看守灯塔。\n\n## 文体 {.always}\n\n过去时。\n"
TITLED = (
    "## 1. The Bottle\n\nMara finds a bottle.\n\n## 2. The Tide\n\nEskil rows.\n\n## 3. The Lamp\n\nShe lights it.\n"
)
NORWEGIAN = "## 1. Flasken på øya\n\nMara finner en flaske.\n\n## Kapittel seks: Fløden\n\nEskil ror.\n"
PROMPT = 'Write chapter {{ number }} of {{ count }}, "{{ title }}", in {{ words }} words.\n\n{{ section }}\n'

BOOKS: dict[str, Source] = {
    # Nothing but an idea: bible, outline, chapters, summaries and book.md are a build's.
    "drafted": Source({"premise.md": premise(chapters="3")}, keep_hidden=True),
    "parts": Source(
        {
            "premise.md": premise(),
            "bible.md": BIBLE,
            "outline.md": PARTS,
            "prompts/chapter.md.j2": PROMPT,
        }
    ),
    # Edited, typed and kept: chapter 1 edited, 2 edited and its section too, 3 typed, 4 with its summary edited.
    "edited": Source(
        {
            "premise.md": premise(),
            "bible.md": BIBLE,
            "outline.md": headings("1. The Bottle", "2. The Tide", "3. The Lamp", "4. The Ferry", "5. The Stair"),
        },
        (
            both(
                append("chapters/01-*.md", "\nMara closed the door.\n"),
                append("chapters/02-*.md", "\nEskil said nothing.\n"),
                write("chapters/03-*.md", "---\n\nIt was night. Mara lit the lamp herself.\n"),
                append("summaries/04-*.md", "\nThe author added this.\n"),
            ),
            both(
                edit("outline.md", "Mara finds thing 2.", "Eskil finds thing 2."),
                append("chapters/04-*.md", "\nThe ferry was gone.\n"),
            ),
            append("chapters/05-*.md", "\nThe end.\n"),
        ),
        keep_hidden=True,
    ),
    # What a person has decided: accepted, released and drafted again, restored.
    "decided": Source(
        {"premise.md": premise(), "bible.md": BIBLE, "outline.md": TITLED},
        (
            both(append("chapters/02-*.md", "\nEskil said nothing.\n"), append("chapters/03-*.md", "\nDark.\n")),
            edit("outline.md", "Eskil rows.", "Eskil rows to Mara."),
            both(novelist("accept", "2"), novelist("release", "3")),
            edit("outline.md", "She lights it.", "She lights it again."),
            novelist("restore", "1"),
        ),
        keep_hidden=True,
    ),
    "long": Source(
        {
            "premise.md": premise(words="5-7"),
            "bible.md": "## Rules {.always}\n\nNothing is magic.\n",
            "outline.md": headings(*(f"{number}. Day {number}" for number in range(1, 34))),
        }
    ),
    "labels-en": labels(
        "en",
        *("Prologue", "Chapter Twelve: The Lamp", "Chapter Thirteen: The Glass", "Chapter Twenty-One", "Thirteen"),
        *(
            "Chapter XIV: The Rope",
            "Chapter Six-Fingered Man",
            "Chapter One Hundred: The Gull",
            "Once",
            "XV",
            "Part Sixteen",
        ),
        *("Chapter the Last", "Interlude: Rain", "1. Chapter One: The Bottle", "Epilogue. After"),
    ),
    "labels-en-plain": labels(
        "en",
        *(
            "Prologue: Rain",
            "Chapter Thirteen",
            "Chapter Fourteen – The Door",
            "Act Natural",
            "Thirty",
            "The Second Chapter",
        ),
    ),
    "labels-de": labels(
        "de",
        *("Prolog", "Kapitel Sechs: Das Glas", "Kapitel Sechzehn", "Erstes Kapitel", "Kapitel zwölf – Die Lampe"),
        *("Zweiter Teil: Ebbe", "Sechs", "Hoofdstuk Zeven: Het Huis", "Kapitel 21: Regn", "Kapittel fire", "Luku 6"),
        *("Teil Sechs: Flut", "Epilog"),
    ),
    "labels-de-bare": labels(
        "de", "Erster Teil", "1. Kapitel", "Kapitel Sechzehn", "Zweiter Teil", "2. Kapitel: Nacht"
    ),
    "labels-romance": labels(
        "it",
        *("Prologo", "Capitolo sei: Il mare", "Sei", "Capitolo primo", "Capítulo seis. La puerta", "Once"),
        *(
            "Chapitre premier",
            "Chapitre Six",
            "Chapitre VII : La mer",
            "Capítulo doze",
            "Parte seconda",
            "Primera parte",
        ),
        *("Épilogue", "Ventuno"),
    ),
    "labels-slavic": labels(
        "ru",
        *("Пролог", "Глава шестая. Ключ", "Глава 7. Река", "Шесть", "Глава тринадцатая", "Часть вторая: Отлив"),
        *("Rozdział 6", "Rozdział siódmy: Noc", "Kapitola 8. Most", "Розділ дев'ятий", "Część trzecia", "Эпилог"),
    ),
    "labels-turkish": labels(
        "tr",
        *("Önsöz", "1. Bölüm: Işık", "2. Bölüm", "Bölüm Üç: İstanbul", "Dördüncü Bölüm", "Altı", "6. fejezet: Éj"),
        *("Hetedik fejezet", "Kuudes luku", "Birinci Kısım"),
    ),
    "labels-asian": labels(
        "ja",
        *(
            "序章",
            "第一章 瓶",
            "第二話：灯",
            "第3回　船",
            "제4장 밤",
            "제오장",
            "الفصل السادس: البحر",
            "פרק שביעי: הים",
            "פרק ח",
        ),
        *("فصل نهم", "第二部", "終章"),
    ),
    # `###` headings below `##`: which of them are chapters hangs on which labels are known.
    "levels": labels(
        "pl",
        *(
            "## Część pierwsza: Dom",
            "### Rozdział 1",
            "A night.",
            "### Rozdział drugi",
            "## Część druga",
            "### Rozdział 3",
        ),
        "## Koniec",
    ),
    "levels-numbered": labels(
        "de",
        "## Das Haus",
        "### 1. Kapitel",
        "Eine Nacht.",
        "### Zweites Kapitel",
        "## Das Meer",
        "### Kapitel 3: Flut",
    ),
    "list": Source({"premise.md": premise(words="8-12"), "bible.md": BIBLE, "outline.md": LISTED}),
    "equal": Source({"premise.md": premise(), "bible.md": BIBLE, "outline.md": EQUAL}),
    # Sections without ids are retitled, change places and texts, and one is put in.
    "moved": Source(
        {"premise.md": premise(), "bible.md": BIBLE, "outline.md": TITLED},
        (
            edit("outline.md", "1. The Bottle", "1. The Green Bottle"),
            write(
                "outline.md",
                "## The Tide\n\nEskil rows.\n\n## The Green Bottle\n\nMara finds a bottle.\n\n"
                "## The Lamp\n\nShe lights it.\n",
            ),
            write(
                "outline.md",
                "## The Tide\n\nMara finds a bottle.\n\n## The Rope\n\nIt tears.\n\n"
                "## The Green Bottle\n\nEskil rows.\n\n## The Lamp\n\nShe lights it.\n",
            ),
        ),
        keep_hidden=True,
    ),
    "chinese": Source(
        {"premise.md": premise("zh", "30-40", "玛拉看守灯塔。"), "bible.md": CHINESE_BIBLE, "outline.md": CHINESE},
        language="zh",
    ),
    "russian": Source(
        {
            "premise.md": premise("ru", idea="Мара хранит маяк."),
            "bible.md": "## Мара\n\nТакже: хранительница\n\nХранит свет.\n\n## Йорик\n\nГребёт.\n",
            "outline.md": "## 1. Бутылка Йорика\n\nМара находит бутылку.\n\n## Глава 2: Ёлка\n\nЙорик гребёт.\n",
        },
        language="ru",
    ),
    # Its sections have names in other forms than the bible has them.
    "inflected": Source(
        {
            "premise.md": premise("ru", idea="Мара хранит маяк."),
            "bible.md": "## Мара\n\nХранит свет.\n\n## Эскил\n\nГребёт.\n\n## Стиль {.always}\n\nПросто.\n",
            "outline.md": "## Бутылка\n\nМара ждёт Эскила.\n\n## Ёлка\n\nПисьмо для Мары.\n",
        },
        language="ru",
    ),
    "hebrew": Source(
        {
            "premise.md": premise("he", idea="מרה שומרת על המגדלור."),
            "bible.md": "## מרה\n\nשומרת על האור.\n",
            "outline.md": "## 1. הבקבוק\n\nמרה מוצאת בקבוק.\n\n## פרק שני: הגאות\n\nהיא חותרת.\n",
        },
        language="he",
    ),
    "turkish": Source(
        {
            "premise.md": premise("tr", idea="Mara bir feneri bekler."),
            "bible.md": "## Işıl\n\nFeneri bekler.\n",
            "outline.md": "## 1. Işık İstanbul'da\n\nIşıl bir şişe bulur.\n\n## İki Kıyı\n\nKürek çeker.\n",
        },
        language="tr",
    ),
    # Typed on a system that takes letters and their marks apart.
    "decomposed": Source(
        {
            "premise.md": unicodedata.normalize("NFD", premise("de", idea="Jörg hütet das Leuchtfeuer.")),
            "bible.md": unicodedata.normalize("NFD", "## Jörg Müller\n\nEr hütet das Licht.\n"),
            "outline.md": unicodedata.normalize(
                "NFD", "## 1. Die Möwe\n\nJörg sieht eine Möwe.\n\n## 2. Fünf Körbe {#fünf-körbe}\n\nMüller zählt.\n"
            ),
        },
        language="de",
    ),
    "norwegian": Source(
        {"premise.md": premise("no"), "bible.md": BIBLE, "outline.md": NORWEGIAN, "style.md": "Kort.\n"}, language="no"
    ),
    "windows": Source(
        {
            "premise.md": ("\ufeff" + premise()).replace("\n", "\r\n").encode(),
            "bible.md": BIBLE.replace("\n", "\r\n"),
            "outline.md": ("\ufeff---\ntitle: The Salt Lamp\n---\n" + TITLED).replace("\n", "\r\n").encode(),
        },
        (
            recode("chapters/*.md", "summaries/*.md"),
            recode("chapters/01-*.md", "summaries/01-*.md", bom=True),
        ),
    ),
    # Keys, quotes and comments of a person in the front matter of every file.
    "front": Source(
        {
            "premise.md": '---\n# mine\ntitle: "The Salt Lamp"\nauthor: Ines Halden\nchapter: 3\n'
            "words: 14 – 18   # few\nx-agent: nobody\nseries:\n  name: Lamps\n  number: 2\n---\nMara keeps a light.\n",
            "bible.md": "---\n# of the world\nmap: coast.png\n---\n" + BIBLE,
            "outline.md": FRONT,
        },
        (
            both(
                edit("chapters/01-*.md", "---\n", "---\n# third reading\npov: Mara   # always\nmood: [dark, 'wet']\n"),
                edit("summaries/02-*.md", "---\n", "---\nseen: yes\n"),
            ),
            edit("chapters/02-*.md", "number: 2", "number: 2   # of two"),
        ),
    ),
    "kept": Source(
        {"premise.md": premise(stale="keep"), "bible.md": BIBLE, "outline.md": TITLED},
        (
            edit("outline.md", "Eskil rows.", "Eskil rows to Mara."),
            edit("premise.md", "keeps a lighthouse", "keeps a lighthouse in winter"),
        ),
    ),
}
