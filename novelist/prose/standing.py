"""How things stand: what the facts of all summaries so far come to, one line for each name, open threads last.

Each summary tells only what has come to differ. Where somebody is, what they want, since when, an age and a date take
the place of what was told before; what they have and know adds up. A thing is no longer theirs once a line says that it
was lost or given away, or another has it; what they know never ends; the dead stay dead until that is taken back, the
hurt and the bound until they are healed and freed. What begins with no known word is where somebody is, if it stands
first, else one of the latest notes. A thread is open from when it was planted until it was paid.

Pure. Knows no chapters and no files; which names are one is given by who asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from novelist.language import lookup
from novelist.prose import facts
from novelist.prose.fact_keys import Piece, keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from novelist.prose.fact_keys import Keys

MOST_BYTES = 32_000  # of all lines, about 8,000 tokens: more than a book of sixty chapters comes to
MOST_LINE_BYTES = 4_000  # of one: the first that was known is left out first
MOST_NOTES = 6  # of one name, the latest
OFTEN = 3  # times that a name is told of which is not only passing through
THREAD = "?？¿"
REPLACED = ("planted", "due", "wants", "since", "age", "born", "date")  # in the order in which they are shown
LASTING = ("hurt", "bound", "dead")
ENDS = {"alive": "dead", "healed": "hurt", "freed": "bound"}


@dataclass
class Entry:
    """What stands of one person, thing or thread."""

    name: str
    thread: bool = False
    known: bool = False  # whether the bible knows it
    where: str = ""
    label: str = ""  # what stands before what it has
    has: dict[str, str] = field(default_factory=dict)  # by what it is compared by
    knows: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    paid: bool = False
    times: int = 0

    @property
    def matters(self) -> bool:
        """Whether it is kept before others where there is too much."""
        return self.thread or self.known or self.times >= OFTEN or "dead" in self.states

    def line(self) -> str:
        """Return what stands, in one line, from which it can be read again; nothing where nothing does."""
        knows, has = list(self.knows.values()), list(self.has.values())
        while True:
            pieces = [self.where, f"{self.label}{', '.join(has)}" if has else "", *knows]
            pieces += [self.states.get(key, "") for key in REPLACED]
            # Behind the notes, of which one may say that it was otherwise before.
            pieces += [*self.notes.values(), *(self.states.get(key, "") for key in LASTING)]
            text = "; ".join(filter(None, pieces))
            line = f"- {self.name}: {text}" if text else ""
            longest = max(knows, has, key=len)
            if len(line.encode()) <= MOST_LINE_BYTES or not longest:
                return line
            del longest[0]


def identity_of(name: str, aliases: Mapping[str, str], keys: Keys) -> str:
    """Return what a name is compared by: that of the bible's entity whose it is, as a whole or by each word.

    `aliases` are the names of the bible, each with the folded one that it is told by.
    """
    words = [word for word in name.split() if lookup.fold(word) not in lookup.words("articles")]
    whole = aliases.get(name)
    owners = {whole} if whole else {aliases.get(word) for word in words}
    (owner, *others) = owners or {None}
    return owner if owner and not others else " ".join(keys.bare(name))


class Standing:
    """How things stand after the summaries that were added, in the order of the story.

    `aliases` are the names of the bible, each with the one that it is told by.
    """

    def __init__(self, language: str = "", aliases: Mapping[str, str] | None = None) -> None:
        self._keys = keys(language)
        self._aliases = {name: lookup.fold(entity) for name, entity in (aliases or {}).items()}
        self._known = {*self._aliases.values()}
        self._entries: dict[tuple[bool, str], Entry] = {}  # those told of last at the end
        self._lines: dict[tuple[bool, str], str] = {}
        self._holders: dict[str, tuple[tuple[bool, str], int]] = {}  # who has what, and by which summary
        self._count = 0

    def add(self, summary: str) -> None:
        """Take what the facts of the next summary change."""
        self._count += 1
        for name, text in facts.parts(summary).facts:
            if name.strip(THREAD + " "):
                self._add(name, text)

    def lines(self) -> list[str]:
        """Return a line for each name, those told of last at the end, and behind them the open threads.

        Of more than `MOST_BYTES`, those are left out first that were told of longest ago, and of those first whom the
        bible does not know and who were told of only once or twice.
        """
        shown = {at: line for at, entry in self._entries.items() if (line := self._line(at, entry))}
        size = sum(len(line.encode()) + 1 for line in shown.values())
        for at in sorted(shown, key=lambda at: self._entries[at].matters):
            if size <= MOST_BYTES:
                break
            size -= len(shown.pop(at).encode()) + 1
        return [line for at, line in sorted(shown.items(), key=lambda pair: pair[0][0])]

    def threads(self) -> list[tuple[str, str]]:
        """Return the name of each thread that is open, and its line."""
        return [
            (entry.name, line)
            for at, entry in self._entries.items()
            if entry.thread and (line := self._line(at, entry))
        ]

    def _line(self, at: tuple[bool, str], entry: Entry) -> str:
        if entry.paid:
            return ""
        if at not in self._lines:
            self._lines[at] = entry.line()
        return self._lines[at]

    def _add(self, name: str, text: str) -> None:
        thread = name[0] in THREAD
        identity = identity_of(name.strip(THREAD + " "), self._aliases, self._keys)
        pieces = self._keys.pieces(text, thread=thread)
        if not thread and (True, identity) in self._entries:
            as_thread = self._keys.pieces(text, thread=True)
            # That it is paid may be told without the mark.
            thread = any(piece.key == "paid" for piece in as_thread)
            pieces = as_thread if thread else pieces
        at = thread, identity
        entry = self._entries.pop(at, None) or Entry(name, thread, identity in self._known)
        self._entries[at] = entry
        self._lines.pop(at, None)
        entry.times += 1
        if thread:
            _thread(entry, pieces)
            return
        first = True
        for piece in pieces:
            self._take(at, entry, piece, first=first)
            first = first and piece.key in ENDS and not piece.value  # of which nothing is left to be shown

    def _take(self, at: tuple[bool, str], entry: Entry, piece: Piece, *, first: bool) -> None:
        """Take one piece of what is said of a name."""
        key, value = piece.key, piece.value
        if key in ENDS:
            ended = entry.states.pop(ENDS[key], None)
            if value and not (first and ended is None):
                _note(entry, piece.text)
            elif value:
                entry.where = piece.text
        elif key in LASTING:
            entry.states[key] = piece.text
        elif not key or not value or not self._is_keyed(at, entry, piece):
            if first:
                entry.where = piece.text
            else:
                _note(entry, piece.text)

    def _is_keyed(self, at: tuple[bool, str], entry: Entry, piece: Piece) -> bool:
        """Take a piece by its key, and say whether that could be done."""
        if piece.key == "has":
            self._has(at, entry, piece)
        elif piece.key == "lost":
            return self._lost(entry, piece)
        elif piece.key == "knows":
            entry.knows.setdefault(lookup.fold(piece.value), piece.text)
        elif piece.key == "where":
            colon = piece.label.rstrip().endswith((":", "：", "="))
            # What would be read as something else keeps its label.
            bare = colon and not self._keys.pieces(piece.value)[0].key
            entry.where = piece.value if bare else piece.text
        else:
            entry.states[piece.key] = piece.text
        return True

    def _has(self, at: tuple[bool, str], entry: Entry, piece: Piece) -> None:
        things = [piece.value] if self._keys.is_nothing(piece.value) else self._keys.things(piece.value)
        entry.label = piece.label
        if self._keys.is_nothing(piece.value):
            entry.has.clear()
        else:
            entry.has = {key: thing for key, thing in entry.has.items() if not self._keys.is_nothing(thing)}
        for thing in things:
            key = " ".join(self._keys.stems(thing)) or thing
            entry.has.setdefault(key, thing)
            for note in [note for note, text in entry.notes.items() if self._says_lost(text, key)]:
                del entry.notes[note]
            if self._keys.is_one(thing) and not self._keys.is_nothing(thing):
                holder, count = self._holders.get(key, (at, self._count))
                # What two have by one summary is theirs together.
                if holder != at and count != self._count and holder in self._entries:
                    self._entries[holder].has.pop(key, None)
                    self._lines.pop(holder, None)
                self._holders[key] = at, self._count

    def _lost(self, entry: Entry, piece: Piece) -> bool:
        """End what was lost, and note it; False where none of it was had: it may be something else that is said."""
        things = self._keys.things(piece.value)
        ended = [key for thing in things if (key := _same(entry.has, self._keys.stems(thing)))]
        for key in ended:
            entry.has.pop(key, None)
        for thing in things if ended else ():
            _note(entry, f"{piece.label}{thing}")
        return bool(ended)

    def _says_lost(self, note: str, key: str) -> bool:
        """Say whether a note is that a thing was lost."""
        (piece, *_) = self._keys.pieces(note) or [Piece("", "", "")]
        return piece.key == "lost" and bool(_same([key], self._keys.stems(piece.value)))


def _same(things: Iterable[str], stems: Sequence[str]) -> str:
    """Return which of these things is meant: the very same, what it begins with, or one whose words are among it."""
    lost = " ".join(stems)
    known = list(things)
    tests = (
        lambda key: key == lost,
        lambda key: f"{lost} ".startswith(f"{key} "),
        lambda key: {*key.split()} <= {*stems} or {*stems} <= {*key.split()},
    )
    return next((key for test in tests for key in known if lost and test(key)), "")


def _thread(entry: Entry, pieces: list[Piece]) -> None:
    """Take what is said of a thread."""
    present = {piece.key for piece in pieces}
    if "paid" in present:
        entry.paid = True
    elif present & {"planted", "due"}:
        entry.paid = False
    for piece in pieces:
        if piece.key == "planted":
            entry.states.setdefault("planted", piece.text)
        elif piece.key == "due":
            entry.states["due"] = piece.text
        elif not piece.key:
            _note(entry, piece.text)


def _note(entry: Entry, text: str) -> None:
    """Keep a note among the latest."""
    key = lookup.fold(text)
    entry.notes.pop(key, None)
    entry.notes[key] = text
    for oldest in list(entry.notes)[:-MOST_NOTES]:
        del entry.notes[oldest]
