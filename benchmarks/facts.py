"""Whether what summaries record is still told when a chapter is drafted, and what a summary with ten facts takes.

A book of 40 chapters is written with the scripted server, each of whose summaries records three new things and a secret
that Mara learns. Counted is what of it stands in the prompts of four chapters, below how things stand now; what the
chapter right before has to tell stands there as its text. Then a short book is written in each of three languages,
whose summaries have as much prose as they are asked for and ten facts, and their calls are counted.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from bench import build, sample_book, show, verdict
from novel import author, premise
from scripted import Reply, Request, Scripted, prose

if TYPE_CHECKING:
    from collections.abc import Callable

CHAPTERS, LOOKED_AT = 40, (21, 24, 31, 40)
LEAST = 0.95
FEW = 6
WORDS = 100  # of a chapter, which are not what is counted here
# A heading, and a fact; it names nobody whom the chapter does not.
LANGUAGES = {
    "en": ("Facts:", "lamp {0}: at the mill; has oil of kind {0}; knows secret {0}; since day {0}"),
    "ru": ("Факты:", "лампа {0}: на мельнице; имеет масло вида {0}; знает тайну {0}; с момента {0}"),
    "zh": ("事实：", "盐灯{0}：在磨坊；持有灯油{0}；知道秘密{0}；自从第{0}天"),
}
SCRIPTS = {"ru": "абвгдежзийклмнопрстуфхцчшщ", "zh": "天地人山水火木金土日月星风雨雪云江河海湖石竹梅兰菊松"}


def recorded(number: int) -> list[str]:
    """Return what the summary of a chapter records."""
    return [f"thing {number}-{at} is kept" for at in range(3)] + [f"secret {number} of the lamp"]


def facts(number: int) -> str:
    """Return the facts of a chapter's summary: two things that somebody has, one that lies somewhere, and a secret."""
    one, other, lying, secret = recorded(number)
    return "\n".join(
        [
            "Facts:",
            f"- Mara: at place {number}; has the {one}; knows {secret}",
            f"- Person {number}: at place {number}; has the {other}",
            f"- Chest {number}: in it {lying}",
        ]
    )


def in_script(text: str, language: str) -> str:
    """Return a text whose letters are those of a language."""
    if language == "en":
        return text
    letters = text.lower().translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", SCRIPTS[language]))
    return letters if language == "ru" else letters.replace(" ", "").replace(".", "。")


def chapter(number: int, language: str) -> str:
    """Return the text of a chapter."""
    # In Chinese each of the server's words becomes about seven characters.
    return in_script(prose(WORDS // 7 if language == "zh" else WORDS, number), language)


def write(chapters: int, summary: Callable[[int], str], language: str = "en") -> list[Request]:
    """Return the requests for a book whose summaries are these. Ends the program where it is not written."""
    book_of = author(chapters)

    def script(request: Request) -> Reply:
        kind, _, number = request.task.partition(":")
        if kind == "summary":
            return Reply(summary(int(number)), piece=20)
        return Reply(chapter(int(number), language) if kind == "chapter" else book_of(request).text, piece=2000)

    text = premise(chapters, f"language: {language}\n").replace("words: 1500-2500", f"words: {WORDS}")
    with sample_book(text) as book, Scripted() as server:
        server.script = script
        if language != "en":  # the server plans in English only
            plan = (in_script(f"{prose(2, at)}\n\n{prose(20, 100 + at)}", language) for at in range(chapters))
            sections = (f"## {at}. {section}\n" for at, section in enumerate(plan, 1))
            book.outline.write_text("\n".join(sections), encoding="utf-8")
            book.bible.write_text(f"## {in_script(prose(20, 200), language)}\n", encoding="utf-8")
        os.environ["KIMI_BASE_URL"] = server.base_url
        status, printed = build(book)
        if status:
            sys.exit(f"The book was not written:\n{printed}")
        return server.requests


def in_language(language: str) -> float:
    """Return the calls for each summary of a short book in a language."""
    heading, fact = LANGUAGES[language]
    facts_of = "\n".join([heading, *(f"- {fact.format(at)}" for at in range(10))])
    requests = write(FEW, lambda number: f"{chapter(number, language)}\n\n{facts_of}", language)
    return sum(request.task.startswith("summary:") for request in requests) / FEW


def main() -> int:
    """Measure, print the tables, and return the exit status."""
    requests = write(CHAPTERS, lambda number: f"{prose(70, number)}\n\n{facts(number)}")
    rows, shares = [], []
    for number in LOOKED_AT:
        (prompt,) = [request.prompt for request in requests if request.task == f"chapter:{number}"]
        (now,) = re.findall(r"# How things stand now\n\n(.*?)\n\n#", prompt, re.DOTALL)
        earlier = [fact for before in range(1, number - 1) for fact in recorded(before)]
        there = sum(fact in now for fact in earlier)
        shares.append(there / len(earlier))
        rows.append([f"{number}", f"{len(earlier)}", f"{there}", f"{shares[-1]:.3f}", f"{len(now):,}"])
    show(("chapter", "recorded", "told", "share", "characters"), rows)
    print()
    calls = {language: in_language(language) for language in LANGUAGES}
    show(("summaries with ten facts", "calls each"), [[language, f"{each:.2f}"] for language, each in calls.items()])
    held = min(shares) >= LEAST and max(calls.values()) == 1
    bound = (
        f"{min(shares):.3f} of the facts are told, at least {LEAST}; {max(calls.values()):.2f} calls a summary, 1.00"
    )
    return verdict(held=held, bound=bound)


if __name__ == "__main__":
    sys.exit(main())
