"""What lint and check say: findings, and what was not checked. And their rules: what each finds, why that matters.

Knows no file and no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

Sureness = Literal["maybe", "likely", "sure"]
SURENESS: tuple[Sureness, ...] = ("maybe", "likely", "sure")


class Rule(NamedTuple):
    """What a rule finds, and why that matters to a reader or a build."""

    finds: str
    why: str


RULES = {
    "unfinished": Rule(
        "a chapter that ends in mid-sentence, or within speech",
        "The answer of a model was cut off, and the rest of the chapter is missing.",
    ),
    "length": Rule(
        "a chapter outside the words asked for",
        "Its pace will not be that of the others, and its section may be told in part only.",
    ),
    "loop": Rule(
        "a chapter that goes in circles: a paragraph, or many runs of eight words, twice; or text that packs small",
        "A model that has begun to repeat itself goes on doing so; what follows is not a story.",
    ),
    "retold": Rule(
        "a chapter in which more than 8 % of the runs of eight words are those of earlier chapters",
        "It tells again what the reader has just read. Healthy novels reuse about 1 %.",
    ),
    "passage": Rule(
        "a passage of sixteen words or more that stood in the book before",
        "A reader takes it for a refrain or for a mistake.",
    ),
    "phrase": Rule(
        "a phrase of eight words or more that stands in the book three times or more",
        "Readers notice a turn of phrase that long at its second use.",
    ),
    "opening": Rule(
        "chapters that open with the same three words, and sentences in a row that do",
        "What begins alike blurs into one.",
    ),
    "ending": Rule(
        "chapters that end with the same sentence, or with the same three words",
        "An ending that was used before closes nothing.",
    ),
    "meta": Rule(
        "words of a model to its user, and what is not meant for readers: `As an AI`, code fences, `Word count:`",
        "It is not part of the story.",
    ),
    "placeholder": Rule(
        "what was to be filled in: `[insert name]`, `TODO`, `[The scene continues here]`, lorem ipsum",
        "It is a gap in the text.",
    ),
    "heading": Rule(
        "a chapter's own title, the heading of another chapter, or of a scene of its plan, within its text",
        "The title comes from the outline, so a reader would see it twice; another chapter's is a chapter too many.",
    ),
    "part": Rule(
        "a chapter that has the title of the book or of a part, such as `Act I`",
        "An outline was read wrongly, and a title was written as a chapter.",
    ),
    "plan": Rule(
        "a chapter that is its section of the outline again, or a list",
        "It is a plan, not prose.",
    ),
    "script": Rule(
        "a page or a word that is not in the script of the book's language, and letters that were lost (�)",
        "The model fell into another language, or a server cut a letter in two.",
    ),
    "name": Rule(
        "a word that is nearly a name of the bible, and neither another name nor a word of the prose",
        "A misspelt name reads as another person.",
    ),
    "absent": Rule(
        "a person of the bible who appears nowhere, or not in the chapter whose section names them",
        "The prose has drifted from the bible or the outline, or the name was changed.",
    ),
    "quotes": Rule(
        "straight and curly quotation marks or apostrophes in one chapter, or chapters that differ from the rest",
        "The book looks as if it was pasted together.",
    ),
    "unsure": Rule(
        "a name, a number or words between quotation marks in a summary that no text before it has",
        "Later chapters are told it. Put the summary right, or accept it: `novelist accept summary:07`.",
    ),
    "slop": Rule(
        "a chapter with more than six in 1,000 of the words and phrases that models overuse",
        "Readers know these words, and stop trusting the prose.",
    ),
}

# Those of `novelist check`: what contradicts itself.
CONTINUITY = {
    "dead": Rule(
        "somebody dead who is somewhere, has, knows, wants or says something later, and is not said to be alive",
        "A reader remembers who died; so do later chapters, which are told it.",
    ),
    "holder": Rule(
        "one thing that two people have at once, or that changes hands without a word, and back",
        "Later chapters may let either of them use it.",
    ),
    "place": Rule(
        "somebody who is in two places by the facts of one chapter",
        "The next chapter begins where one of them says.",
    ),
    "age": Rule(
        "an age that falls, or rises by years without a word, and a birth that moves",
        "Readers add up ages.",
    ),
    "date": Rule(
        "days that go backwards, and a date or a year of something that is another one later",
        "Time that runs backwards without a word is taken for a mistake.",
    ),
    "count": Rule(
        "a number of the same things that is another one elsewhere: three brothers, four brothers",
        "It is the slip that readers write letters about.",
    ),
    "knows": Rule(
        "somebody who knows what another was told, and has met nobody since who knew it",
        "A secret that is out without a scene is a hole in the plot.",
    ),
    "thread": Rule(
        "a thread of the story that is overdue, is never paid, or is closed and was never opened",
        "A reader waits for it.",
    ),
    "plan-dead": Rule(
        "a section of the outline in which somebody acts who is dead by then",
        "A chapter will be drafted from it.",
    ),
    "names": Rule(
        "two names a letter apart, borne by two, and a first name with two surnames",
        "Readers mix up the two, and take the one for two.",
    ),
    "pov": Rule(
        "a chapter in another person than its neighbours, or without the one whose eyes its section names",
        "A reader notices at once who tells a story.",
    ),
    "tense": Rule(
        "a chapter in another tense than its neighbours, or that changes its tense on the way",
        "It reads as if two people had written it.",
    ),
}


class Evidence(NamedTuple):
    """A line of a file of the book, from 1, and its words."""

    path: Path
    line: int
    quote: str


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or may be: where, what, and how sure.

    `about` is the identity of the chapter, or `bible` or `book`; `what` are the words it is about, or else what kind
    it is of. Neither changes when lines or chapters move, so both together are what a person accepts. Of what
    contradicts something, `quote` is its line, and `against` the line that it contradicts, where that is one.
    """

    rule: str
    sure: Sureness
    path: Path
    line: int
    about: str
    what: str
    message: str
    quote: str = ""
    against: Evidence | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same finding after lines and chapters have moved."""
        return self.rule, self.about, " ".join(self.what.split())

    def at_least(self, sure: Sureness) -> bool:
        """Say whether it is as sure as that, or more."""
        return SURENESS.index(self.sure) >= SURENESS.index(sure)


@dataclass(frozen=True)
class NotChecked:
    """Rules that could not be applied, to a file or to the book (`path` is None), and why."""

    rules: tuple[str, ...]
    path: Path | None
    why: str
