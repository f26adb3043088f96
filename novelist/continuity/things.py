"""Rules about what people have and know: one thing with two holders, and a secret that nobody told. Pure.

A thing may change hands: then who had it is named where it does, or a line says that it was lost or given. What stands
with three or more in turn without a word is no one thing: the phone, the letter.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from novelist.language import lookup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from novelist.continuity.story import Statement, Story
    from novelist.lint.finding import Finding, Sureness

FEWEST_OF_A_SECRET = 3  # words by which it is the same
ALIKE = 0.75  # of the words that two tell of a secret
MOST_HOLDERS = 2  # of one thing, without a word
WORDS_OF_ONE_THING = 2  # the brass key: there is hardly another


class Holding(NamedTuple):
    """Who has a thing, and what says so."""

    statement: Statement
    thing: str


def holder(story: Story) -> Iterator[Finding]:
    """Yield the things that two have."""
    hands = _Hands(story)
    for chapter, statements in story.statements.items():
        yield from hands.after(chapter, [each for each in statements if not each.thread])
    for pairs in hands.unsaid.values():
        yield from _unsaid(pairs)


class _Hands:
    """Who has what, as the story goes on; `unsaid` are the things that changed hands without a word, each time."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.now: dict[str, Holding] = {}
        self.unsaid: dict[str, list[tuple[Holding, Holding]]] = defaultdict(list)

    def after(self, chapter: int, statements: Sequence[Statement]) -> Iterator[Finding]:
        """Take what the facts of a chapter change, and yield what cannot be."""
        story = self.story
        having: dict[str, dict[str, Holding]] = defaultdict(dict)  # by the thing, and by who has it
        for each in statements:
            self.now.pop(" ".join(story.keys.stems(each.name)), None)  # the thing itself is told of
            for thing in _things(story, each):
                having[" ".join(story.keys.stems(thing))].setdefault(each.who, Holding(each, thing))
        lost = {(each.who, key): each for each in statements for key in _lost(story, each)}
        for key, holders in having.items():
            left = [one for who, one in holders.items() if (who, key) not in lost]
            yield from (_together(story, left[0], each) for each in left[1:] if not _speak(story, left[0], each))
            if left:
                self._changes(key, left, {*holders} | {who for who, thing in lost if thing == key}, chapter)
        for (who, key), each in lost.items():
            held = self.now.get(key)
            if held is not None and held.statement.who == who:
                del self.now[key]
            elif held is not None and held.statement.chapter < chapter and self._had(key, who):
                sure: Sureness = "sure" if len(key.split()) >= WORDS_OF_ONE_THING else "likely"
                text = f"{each.name} parts with {held.thing}, which {held.statement.name} has"
                yield each.found("holder", sure, f"{each.name}: {held.thing}", text, held.statement.evidence)
                del self.unsaid[key]  # it is one finding

    def _changes(self, key: str, left: Sequence[Holding], told: Collection[str], chapter: int) -> None:
        """Take who has a thing now; `told` are those whom its chapter tells of with it."""
        before = self.now.get(key)
        self.now[key] = left[0]
        if before is None or before.statement.who in told or len(left) > 1:
            return
        if self.story.present(before.statement.who, chapter):
            self.unsaid.pop(key, None)
        else:
            self.unsaid[key].append((before, left[0]))

    def _had(self, key: str, who: str) -> bool:
        return any(before.statement.who == who for before, _ in self.unsaid.get(key, ()))


def _unsaid(pairs: Sequence[tuple[Holding, Holding]]) -> Iterator[Finding]:
    """Yield where one thing changes hands without a word, or, where it goes back so, that."""
    if len({one.statement.who for pair in pairs for one in pair}) > MOST_HOLDERS:
        return
    for at, (before, after) in enumerate(pairs):
        if at or len(pairs) == 1:
            text = f"{after.statement.name} has {after.thing}, which {before.statement.name} has"
            what = f"{after.statement.name}: {after.thing}"
            yield after.statement.found("holder", "likely" if at else "maybe", what, text, before.statement.evidence)


def _together(story: Story, one: Holding, other: Holding) -> Finding:
    """Return that two have one thing after one chapter: surely not together where they are in two places."""
    here, there = story.where(one.statement), story.where(other.statement)
    sure: Sureness = "sure" if here and there and story.apart(here, there) else "maybe"
    message = f"{other.statement.name} has {other.thing}, and so has {one.statement.name}"
    what = f"{other.statement.name}: {other.thing}"
    return other.statement.found("holder", sure, what, message, one.statement.evidence)


def _speak(story: Story, one: Holding, other: Holding) -> bool:
    """Say whether either line speaks of the other one, with whom they may have a thing together."""
    return any(
        story.named.get(there.statement.who, set())
        & {*story.keys.stems(f"{here.statement.name} {here.statement.text}")}
        for here, there in ((one, other), (other, one))
    )


def _things(story: Story, statement: Statement) -> Iterator[str]:
    """Yield the things that somebody has of which there is one: the key, Anna's key."""
    articles = {lookup.fold(word) for word in lookup.table(story.language).articles}
    nouns = lookup.table(story.language).nouns
    for value in statement.values("has"):
        for thing in () if story.keys.is_nothing(value) else story.keys.things(value):
            first = thing.split(maxsplit=1)[0]
            definite = lookup.fold(first) in articles or (first[0].isupper() and not nouns) or not articles
            if definite and story.keys.is_one(thing):
                yield thing


def _lost(story: Story, statement: Statement) -> Iterator[str]:
    """Yield what somebody parts with, as things are compared: all that a line may mean."""
    for value in statement.values("lost"):
        for thing in story.keys.things(value):
            stems = story.keys.stems(thing)
            # `gave the key to Eskil`: the words behind it are not the thing's.
            yield from (" ".join(stems[:length]) for length in range(1, len(stems) + 1))


class Secret(NamedTuple):
    """What somebody knows, by its words, and who knew it first."""

    words: frozenset[str]
    statement: Statement
    value: str


def knows(story: Story) -> Iterator[Finding]:
    """Yield who knows what another was told, and has met nobody since who knew it."""
    secrets: list[Secret] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    knowers: dict[int, set[str]] = {}
    for each in story.all:
        for value in each.values("knows") if not each.thread else ():
            words = frozenset(story.stems(value))
            if len(words) < FEWEST_OF_A_SECRET:
                continue
            near = {at for word in words for at in by_word[word]}
            known = next((at for at in near if _alike(secrets[at].words, words)), None)
            if known is None:
                secrets.append(Secret(words, each, value))
                knowers[len(secrets) - 1] = {each.who}
                for word in words:
                    by_word[word].append(len(secrets) - 1)
                continue
            first = secrets[known].statement
            if each.who not in knowers[known] and not _heard(story, knowers[known], each, first.chapter):
                message = f"{each.name} knows what {first.name} was told in chapter {first.chapter}"
                yield each.found("knows", "maybe", f"{each.name}: {value}", message, first.evidence)
            knowers[known].add(each.who)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _heard(story: Story, knowers: set[str], statement: Statement, since: int) -> bool:
    """Say whether somebody may have heard of it: was there when it came out, or has met one who knew it."""
    return any(
        story.present(statement.who, page.number)
        and (page.number == since or any(story.present(who, page.number) for who in knowers))
        for page in story.pages
        if since <= page.number <= statement.chapter
    )
