"""What the prose of a chapter must be to land. Knows the flaws, and no book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from novelist.drafting.attempts import FOREIGN, Flaw, Judgement, judged
from novelist.drafting.completion import ACCEPTED_EXCESS
from novelist.language.lengths import length, unit
from novelist.model.stream import STOP
from novelist.prose import chatter, gates
from novelist.prose.cleaning import clean, next_chapter
from novelist.prose.sentences import ends, last_lines, whole_sentences
from novelist.words import count_words

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from novelist.book.premise import Span
    from novelist.drafting.partial import Begun

ECHO = Flaw("it only repeats its plan", ("It only repeated the plan. Tell it as a scene.",))
REUSE = Flaw(
    "it repeats earlier chapters",
    ("It used whole phrases of earlier chapters again. Tell what is new, in new words.",),
)
ANOTHER = Flaw("it goes on into another chapter", ("It went on into another chapter. Write this one only.",))
ENDLESS = Flaw("it has no whole sentence", ("It had no whole sentence in it.",))
MOST_TALK_WORDS = 60  # words of an answer that may be talk; and a quarter of those asked for


@dataclass(frozen=True)
class Criteria:
    """What a chapter is held against.

    Its title and section, the words asked for, the language, and the grams of earlier chapters. `rehearsed` prose may
    be in another language of the same script: a small model knows hardly one.
    """

    title: str
    section: str
    words: Span
    language: str
    earlier: AbstractSet[int]
    rehearsed: bool = False

    def __call__(self, answer: Begun, *, first: bool) -> Judgement[str]:
        """Return the prose in an answer, and its flaw."""
        prose = clean(answer.text, self.title)
        if not ends(prose) and not (answer.finish == STOP and last_lines(prose)):
            # What stood behind its last sentence was no prose.
            prose = whole_sentences(prose)
        judgement = judged(prose, answer)
        if judgement.flaw is not None:
            return judgement
        if self.talks(prose):
            return replace(judgement, flaw=_talk(prose))
        left_out = next(filter(chatter.leaves_out, prose.split("\n")), "")
        if left_out:
            return replace(judgement, flaw=_leaves_out(left_out))
        words = count_words(prose)
        flaws = (
            (gates.foreign(prose, self.language), FOREIGN),
            (not self.rehearsed and gates.in_another_language(prose, self.language), FOREIGN),
            (gates.echoes(prose, self.section), ECHO),
            (self.reuses(prose), REUSE),
            (next_chapter(prose) > 0, ANOTHER),
            (not ends(prose) and not last_lines(prose), ENDLESS),
            (first and words > self.words.high * ACCEPTED_EXCESS, _too_long(words, self.words, self.language)),
        )
        return replace(judgement, flaw=next((flaw for holds, flaw in flaws if holds), None))

    def talks(self, prose: str) -> bool:
        """Say whether an answer that is far too short tells nothing of its section, or talks to its author."""
        few = count_words(prose) < min(MOST_TALK_WORDS, self.words.low // 4)
        return few and (chatter.talks(prose) or not gates.tells(prose, f"{self.title}\n{self.section}"))

    def reuses(self, prose: str) -> bool:
        """Say whether prose has too much of earlier chapters in it."""
        return gates.reused(prose, self.earlier) > gates.MOST_REUSED


def _talk(prose: str) -> Flaw:
    shown = " ".join(prose.split())
    advice = "It was no chapter. Ask nothing, and tell me nothing: write the chapter from what is there."
    return Flaw(f"it is no chapter: “{shown}”", (advice,), once=True)


def _leaves_out(line: str) -> Flaw:
    advice = f"It had “{line}” in the place of prose. Write all of the chapter."
    return Flaw(f"it leaves out prose (“{line}”)", (advice,))


def _too_long(words: int, asked: Span, language: str) -> Flaw:
    return Flaw(
        f"it has {length(words, language)} where {asked} were asked for",
        (f"It had {words} {unit(language)}. Write {asked} {unit(language)}, and end there.",),
    )
