"""Whether `novelist check` finds what contradicts itself, and is quiet about what does not.

A book of 40 chapters is made without a model, by a little world that keeps count: eight people of whom two die, things
that are given away, secrets that are told, threads that are planted and paid, ages, dates and counts; a bible,
sections, chapters of some 400 words, and summaries with what came to differ. It is healthy. Then forty contradictions
of ten kinds are put into its facts, its sections and its prose, four of each kind, and eight into how chapters are
told. That is done for ten seeds. Counted is what is found by kind, and what else is: false ones. Of most kinds one
contradiction is such that facts in the same words do not show it.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench import sample_book, show, verdict

from novelist.continuity.check import check
from novelist.targets.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from novelist.book.paths import Book
    from novelist.lint.finding import Finding

CHAPTERS, SEEDS = 40, range(10)
PEOPLE = ("Mara", "Eskil", "Joel", "Tilda", "Ines", "Bruno", "Veronika", "Anton")
AGES = (34, 51, 27, 19, 44, 63, 38, 70)
PLACES = (
    "at the mill",
    "on the quay",
    "in the chapel",
    "at the glassworks",
    "in the harbour inn",
    "on the north light",
)
THINGS = (
    "brass key",
    "sea chart",
    "silver whistle",
    "red ledger",
    "bone compass",
    "green lantern",
    "wax seal",
    "torn map",
)
SECRETS = (
    "the harbour master burned the ledger himself",
    "the ship was never insured",
    "the old keeper had a second daughter",
    "the chart shows a false reef",
    "the doctor signed an empty certificate",
    "the bell was cast from stolen silver",
    "the pastor forged the parish register",
    "the mill stands on the drowned village",
)
THREADS = (
    "who lit the false beacon",
    "the locked drawer",
    "the missing pilot",
    "the second signature",
    "the dog that came back",
)
COUNTS = (
    "seven bells hang in the tower",
    "three brothers went to sea before the war",
    "twelve pilots serve the harbour",
)
DEATHS = {14: "Bruno", 24: "Veronika"}
LAST_BIRTHDAY = 20
TENSES = {"was": "is", "were": "are", "had": "has", "said": "says", "went": "goes", "came": "comes"}
LEAST = 0.6


@dataclass
class Text:
    """What there is of a chapter before it is written to disk."""

    number: int
    title: str
    cast: list[str]
    at: str
    section: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # sentences of its summary
    prose: list[str] = field(default_factory=list)  # paragraphs


class World:
    """A story that keeps count of who is where, has what and knows what."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - no secret
        self.holder = dict(zip(THINGS, PEOPLE, strict=True))
        self.knowers: dict[str, list[str]] = {}
        self.dead: dict[str, int] = {}
        self.open: dict[str, int] = {}
        self.had = set[str]()
        self.used = set[int]()  # chapters into which a contradiction was put
        self.bible = self._bible()
        self.texts = [self._chapter(number) for number in range(1, CHAPTERS + 1)]

    def _bible(self) -> list[str]:
        people = [f"## {name}\n\n{name}, {age}, lives by the harbour." for name, age in zip(PEOPLE, AGES, strict=True)]
        return [
            "# People",
            *people,
            "# Places",
            "## The Tower\n\n" + "".join(f"{each.capitalize()}. " for each in COUNTS),
        ]

    def _chapter(self, number: int) -> Text:
        alive = [name for name in PEOPLE if name not in self.dead]
        cast, at = self.dice.sample(alive, 3), self.dice.choice(PLACES)
        if (dies := DEATHS.get(number)) and dies not in cast:
            cast[1] = dies
        text = Text(number, f"Day {number}", cast, at)
        one, two, three = cast
        text.section = [f"{one} is {at} and meets {two} and {three} there.", "", f"POV: {one}"]
        text.section.append(f"Where, when: {at}, day {number}")
        text.told.append(f"{one} meets {two} and {three} {at} on day {number}.")
        now = {name: [at] for name in cast}
        self._things(text, now)
        self._secrets(text, now)
        if number % 5 == 0 and self.dice.random() < 0.8:
            now[three].append(f"age {dict(zip(PEOPLE, AGES, strict=True))[three] + (number > LAST_BIRTHDAY)}")
        text.facts = [f"{name}: {'; '.join(pieces)}" for name, pieces in now.items()]
        self._more(text)
        if dies:
            self._dies(text, dies)
        text.prose = self._prose(text)
        return text

    def _things(self, text: Text, now: dict[str, list[str]]) -> None:
        """Give a thing away, or say that somebody has one."""
        mine = [(thing, who) for thing, who in self.holder.items() if who in text.cast]
        if not mine:
            return
        thing, who = self.dice.choice(mine)
        if thing in self.had and self.dice.random() < 0.5:
            other = self.dice.choice([name for name in text.cast if name != who])
            now[who].append(f"gave the {thing} to {other}")
            now[other].append(f"has the {thing}")
            text.told.append(f"{who} gives the {thing} to {other}.")
            self.holder[thing] = other
        else:
            now[who].append(f"has the {thing}")
        self.had.add(thing)

    def _secrets(self, text: Text, now: dict[str, list[str]]) -> None:
        """Find a secret out, or pass one on."""
        known = [secret for secret, who in self.knowers.items() if set(who) & set(text.cast)]
        left = [secret for secret in SECRETS if secret not in self.knowers]
        if left and text.number % 4 == 1:
            self.knowers[left[0]] = [text.cast[0]]
            now[text.cast[0]].append(f"knows {left[0]}")
        elif known and text.number % 4 == 3:
            new = next((name for name in text.cast if name not in self.knowers[known[0]]), None)
            if new:
                self.knowers[known[0]].append(new)
                now[new].append(f"knows {known[0]}")

    def _more(self, text: Text) -> None:
        """Tell of threads, of the flood, of the date and of the dead."""
        number = text.number
        if number % 6 == 2 and number // 6 < len(THREADS):
            self.open[THREADS[number // 6]] = number + 5
            text.facts.append(f"?{THREADS[number // 6]}: planted {number}, due {number + 5}")
            text.section.append(f"Opens: {THREADS[number // 6]}")
        for thread in [thread for thread, due in self.open.items() if due == number]:
            del self.open[thread]
            text.facts.append(f"?{thread}: paid {number}")
            text.section.append(f"Closes: {thread}")
        if number in (2, 17, 33):
            text.facts.append("The flood: date: 3 May 1911")
        if number % 3 == 0:
            text.facts.append(f"{text.cast[0]}'s diary: date: {number} June 1931")
        if self.dead and number % 4 == 0:
            dead = next(iter(self.dead))
            text.facts.append(
                self.dice.choice([f"{dead}: buried behind the chapel", f"{dead}: remembered by {text.cast[0]}"])
            )
            text.section.insert(1, f"{text.cast[1]} mourns {dead}, and {dead}'s letter is read.")

    def _dies(self, text: Text, who: str) -> None:
        self.dead[who] = text.number
        text.facts = [line for line in text.facts if not line.startswith(f"{who}:")] + [f"{who}: dead; {text.at}"]
        text.told.append(f"{who} dies {text.at}.")
        for thing, holder in self.holder.items():
            if holder == who:
                self.holder[thing] = text.cast[0]
                if thing in self.had:
                    text.facts.append(f"{text.cast[0]}: has the {thing}")
        text.section.insert(1, f"{who} dies.")

    def _prose(self, text: Text) -> list[str]:
        paragraphs = []
        one, two, three = text.cast
        for at in range(24):
            who, other = self.dice.sample([one, two, three], 2)
            thing = self.dice.choice(("lamp", "window", "rope", "table", "sea", "door", "stair", "kettle"))
            paragraphs.append(
                self.dice.choice(
                    (
                        f"{who} was at the {thing} when {other} came in, and the wind had turned again.",
                        f"“It is late,” said {who}, and went to the {thing}.",
                        f"{who} went past the {thing}. It had been there for {self.dice.randint(2, 30)} years.",
                        f"“Nobody knows,” {other} said. {who} had nothing to say to that, and the {thing} was dark.",
                        f"They were silent. The {thing} had a smell of tar, and {other} was tired of it.",
                    )
                )
            )
            if at == 12:
                loud = self.dice.choice(("seven bells", "twelve pilots"))
                paragraphs.append(f"Above them the {loud} were loud, and then they were not.")
        return paragraphs

    def write(self, book: Book) -> None:
        """Write the book to disk."""
        book.bible.write_text("\n\n".join(self.bible) + "\n", encoding="utf-8")
        outline = [
            f"## {t.number}. {t.title} {{#day-{t.number}}}\n\n" + "\n".join(t.section) + "\n" for t in self.texts
        ]
        book.outline.write_text("\n".join(outline), encoding="utf-8")
        for folder in (book.chapters, book.summaries):
            folder.mkdir(exist_ok=True)
        for t in self.texts:
            name = f"{t.number:02d}-day-{t.number}.md"
            (book.chapters / name).write_text("\n\n".join(t.prose) + "\n", encoding="utf-8")
            facts = "\n".join(f"- {line}" for line in t.facts)
            (book.summaries / name).write_text(f"{' '.join(t.told)}\n\nFacts:\n{facts}\n", encoding="utf-8")

    def free(self, *names: str, first: int = 5, last: int = CHAPTERS) -> Text:
        """Return a chapter into which nothing was put yet, if there is one without any of these names."""
        left = [text for text in self.texts if first <= text.number <= last and text.number not in self.used]
        apart = [text for text in left if not any(name in str(text) for name in names)]
        chosen = self.dice.choice(apart or left)
        self.used.add(chosen.number)
        return chosen

    @staticmethod
    def add(text: Text, *facts: str) -> set[int]:
        """Put facts into a chapter's summary, and return the chapter's number."""
        text.facts += facts
        return {text.number}


def dead(world: World) -> Iterator[set[int]]:
    """Let the dead act, once in prose."""
    for fact in (
        "Bruno: on the quay; wants the ledger back",
        "Veronika: at the mill; has a new boat",
        "Bruno: in the schoolhouse",
    ):
        yield world.add(world.free(first=26), fact)
    text = world.free(first=26)
    text.prose.insert(10, "“I never left,” said Bruno, and went to the fire.")
    yield {text.number}


def holder(world: World) -> Iterator[set[int]]:
    """Give one thing two holders: at once, later, later and back, and in other words."""
    yield world.add(
        world.free("Ines", "Joel"), "Ines: on the quay; has the iron crown", "Joel: at the mill; has the iron crown"
    )
    for thing, again, back in (
        ("glass eye", "glass eye", False),
        ("tin horse", "tin horse", True),
        ("ivory comb", "comb of ivory", False),
    ):
        one, other = world.dice.sample(["Mara", "Eskil", "Tilda", "Anton"], 2)
        begins = world.free(other, last=12)
        text = world.free(one, first=begins.number + 1, last=28)
        chapters = world.add(begins, f"{one}: has the {thing}") | world.add(text, f"{other}: has the {again}")
        if back:
            chapters |= world.add(world.free(other, first=text.number + 1), f"{one}: gave the {thing} to the pilot")
        yield chapters - {begins.number}


def place(world: World) -> Iterator[set[int]]:
    """Put somebody into two places, of which prose says one."""
    for who, where in (
        ("Anton", ("where: the quay", "where: the mill")),
        ("Ines", ("in the chapel; tired", "at the glassworks")),
        ("Joel", ("in the cellar", "on the north light")),
    ):
        yield world.add(world.free(who), *(f"{who}: {each}" for each in where))
    text = world.free("Tilda")
    text.prose.insert(5, "All that day Tilda was at the mill and nowhere else.")
    yield world.add(text, "Tilda: in the chapel")


def age(world: World) -> Iterator[set[int]]:
    """Let ages fall, rise, and be two at once; once in prose."""
    yield world.add(world.free(first=6), "Eskil: age 43")
    yield world.add(world.free(first=6), "Tilda: aged twenty-nine")
    yield world.add(world.free(), "the pilot: age 40", "the pilot: age 46")
    text = world.free("Anton")
    text.prose.insert(5, "Anton, who was fifty-one that spring, was tired.")
    yield {text.number}


def date(world: World) -> Iterator[set[int]]:
    """Let days go backwards, and date anew what happened; once in prose."""
    yield world.add(world.free(first=20), "The flood: date: 9 May 1911")
    begins, text = world.free(last=15), world.free(first=16)
    world.add(begins, "The calendar: date: 20 June 1931")
    yield world.add(text, "The calendar: date: 1 June 1931")
    begins, text = world.free(last=15), world.free(first=16)
    world.add(begins, "The trial: date: 12 March 1930")
    yield world.add(text, "The trial: date: 14 March 1930")
    text = world.free()
    text.prose.insert(5, f"It was day {text.number - 3} of it, and it was raining.")
    yield {text.number}


def count(world: World) -> Iterator[set[int]]:
    """Count as many things otherwise; once behind another word."""
    yield world.add(world.free(), "The Tower: has eight bells")
    for line in (
        "The four brothers went to sea, and the wind was cold.",
        "There were fifteen pilots, and all of them had oilskins.",
        "There were six great bells in the tower.",
    ):
        text = world.free()
        text.prose.insert(5, line)
        yield {text.number}


def knows(world: World) -> Iterator[set[int]]:
    """Let somebody know what nobody told them; once in other words."""
    for secret, again in (
        ("the bishop poisoned the cistern", "the bishop poisoned the cistern"),
        ("the captain sold the lifeboats", "the captain sold the lifeboats"),
        ("the widow buried an empty box", "the widow buried an empty box"),
        ("the judge took money from smugglers", "who paid for the judge's house"),
    ):
        begins = world.free(first=28, last=36)
        one = begins.cast[0]
        text = world.free(one, first=begins.number + 1)
        between = world.texts[begins.number - 1 : text.number]
        met = {name for each in between if one in each.cast for name in each.cast}
        stranger = next((name for name in PEOPLE if name not in met and name not in world.dead), "The pilot's wife")
        world.add(begins, f"{one}: knows {secret}")
        yield world.add(text, f"{stranger}: knows {again}")


def thread(world: World) -> Iterator[set[int]]:
    """Leave threads overdue, unpaid, unplanted, and open in the outline."""
    text = world.free(last=20)
    yield world.add(text, f"?the iron door: planted {text.number}, due {text.number + 6}")
    text = world.free()
    yield world.add(text, f"?the blind passenger: planted {text.number}")
    text = world.free()
    yield world.add(text, f"?the burnt glove: paid {text.number}")
    text = world.free(last=30)
    text.section.append("Opens: whose child the foundling is")
    yield {text.number}


def plan_dead(world: World) -> Iterator[set[int]]:
    """Let somebody dead act in a section; once within a sentence."""
    for line in (
        "Bruno rows out to the island and finds a boat.",
        "Veronika opens the school again.",
        "They set out, Mara and Bruno and the pilot.",
    ):
        text = world.free(first=26)
        text.section.insert(0, line)
        yield {text.number}
    text = world.free(first=26)
    text.section.append("Wants: Veronika to have her boat back")
    yield {text.number}


def names(world: World) -> Iterator[set[int]]:
    """Name two a letter apart; once in prose."""
    for fact in ("Eskill: at the mill", "Tylda: has a kite", "Antoni: on the quay"):
        yield world.add(world.free(), fact)
    text = world.free()
    text.prose.insert(5, "Joell was there too, and was not seen again.")
    yield {text.number}


def pov(world: World) -> Iterator[set[int]]:
    """Tell chapters in the first person, or by other eyes than their sections say."""
    for at in range(4):
        text = world.free()
        text.prose = [re.sub(rf"\b{text.cast[0]}\b", "I" if at else text.cast[1], each) for each in text.prose]
        yield {text.number}


def tense(world: World) -> Iterator[set[int]]:
    """Tell chapters in the present tense, one of them from its middle on."""
    for at in range(4):
        text = world.free()
        half = 0 if at else len(text.prose) // 2
        text.prose[half:] = map(in_present, text.prose[half:])
        yield {text.number}


PLANTED: dict[str, Callable[[World], Iterator[set[int]]]] = {
    "dead": dead,
    "holder": holder,
    "place": place,
    "age": age,
    "date": date,
    "count": count,
    "knows": knows,
    "thread": thread,
    "plan-dead": plan_dead,
    "names": names,
    "pov": pov,
    "tense": tense,
}
TELLING = ("pov", "tense")


def planted(world: World) -> dict[str, list[set[int]]]:
    """Put the contradictions into a world, and return the chapters that each is in, by its kind."""
    chapters = {}
    for kind, put in PLANTED.items():
        if kind != TELLING[1]:  # what a chapter is told in is changed once
            world.used = {*DEATHS}
        chapters[kind] = list(put(world))
    return chapters


def in_present(text: str) -> str:
    """Return a text in the present tense."""
    for old, new in TENSES.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def about(finding: Finding) -> set[int]:
    """Return the numbers of the chapters that a finding speaks of."""
    names = [finding.about.replace("day-", "")] + ([finding.against.path.name[:2]] if finding.against else [])
    return {int(name) for name in names if name.isdecimal()}


def listed(what: str, finding: Finding) -> None:
    """Print a finding, where all are asked for."""
    if "-v" in sys.argv:
        against = finding.against.quote if finding.against else ""
        print(what, finding.rule, finding.sure, finding.about, "|", finding.message, "|", finding.quote, "|", against)


def checked(world: World) -> list[Finding]:
    """Return what is found in a book of a world."""
    with sample_book() as book:
        world.write(book)
        return check(Snapshot(book)).findings


def main() -> int:
    """Make the books, print the table, and return the exit status."""
    put, hit, false, clean = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    sure, wrongly_sure = Counter[str](), 0
    for seed in SEEDS:
        for each in checked(World(seed)):
            listed("clean", each)
            clean[each.rule] += 1
            wrongly_sure += each.sure == "sure"
        world = World(seed)
        chapters = planted(world)
        findings = checked(world)
        for kind, places in chapters.items():
            of_kind = [each for each in findings if each.rule == kind]
            seen = [any(about(each) & place for each in of_kind) for place in places]
            put[kind] += len(places)
            hit[kind] += sum(seen)
            if "-v" in sys.argv and not all(seen):
                print("missed", kind, [place for place, is_seen in zip(places, seen, strict=True) if not is_seen])
        for each in findings:
            is_put = any(about(each) & place for place in chapters[each.rule])
            sure[each.rule] += each.sure == "sure"
            if not is_put:
                listed("false", each)
                false[each.rule] += 1
                wrongly_sure += each.sure == "sure"
    rows = [
        [kind, *map(str, (put[kind], hit[kind], put[kind] - hit[kind], sure[kind], false[kind], clean[kind]))]
        for kind in PLANTED
    ]
    sums = [sum(each[kind] for kind in PLANTED) for each in (put, hit, put - hit, sure, false, clean)]
    show(("kind", "planted", "found", "missed", "sure", "false", "clean"), [*rows, ["all", *map(str, sums)]])
    share = hit.total() / put.total()
    quiet = f"{clean.total()} findings in healthy books, {wrongly_sure} wrong ones are sure"
    bound = f"{share:.2f} are found, at least {LEAST}; {quiet}"
    return verdict(held=share >= LEAST and not wrongly_sure and not clean, bound=bound)


if __name__ == "__main__":
    sys.exit(main())
