"""What becomes of the edits of a chapter: which can be made, what speaks against the others, and the chapter with them.

Pure. The number addresses a paragraph, its first words verify that; what does not hold is refused with the reason, and
never mended by guessing. What no edit names stays byte for byte, and what its author typed stays whatever is named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from novelist.book import conflict, paragraphs
from novelist.book.paragraphs import Change, Kind, Paragraph
from novelist.prose.edits import LINE_END, Edit, Refusal, changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_CHANGED = 0.4  # of the paragraphs: more is a redraft
FEWEST_CHARACTERS = 3  # of the first words that verify a paragraph; of all of a shorter one
RUN_TOGETHER = "paragraphs around it would run together"
MOST_SHOWN = 40  # characters of a paragraph in a reason
WRITTEN: tuple[Kind, ...] = ("prose", "quote", "note")  # what a model may write anywhere
KINDS: dict[Kind, str] = {
    "prose": "prose",
    "quote": "a block quote",
    "note": "a footnote's text",
    "heading": "a heading",
    "break": "a scene break",
    "code": "a fenced block",
    "markup": "markup",
}
NUMBER = re.compile(r"\s*\[([0-9]{1,9})\]\*?(?:[^\S\n]+|\Z)")
NUMBERS = re.compile(r"^[^\S\n]*\[[0-9]+\](?![(:\[])", re.MULTILINE)
FENCE = re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE)
BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")
# What stands before the first word: marks of quotes and lists, dashes, and emphasis.
OPENING = re.compile(r"(?:[>*_#+–—-]|\d{1,3}[.)](?=\s)|\s)+")
CUT = re.compile(r"(?:…|\.\.\.)\Z")
NOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
DEFINED = re.compile(r"^[ \t>]*\[\^([^\[\]\s]+)\]:", re.MULTILINE)


class Applied(NamedTuple):
    """A text with its edits in, its line `drafted`, and which edits are in it.

    Where `too_many` is true the edits are a redraft: the text and its line are as they were, and none of them is in it.
    """

    text: str
    drafted: str
    accepted: tuple[Edit, ...]
    refusals: tuple[Refusal, ...]
    too_many: bool = False


def apply(text: str, edits: Sequence[Edit], drafted: str, only: frozenset[int] | None = None) -> Applied:
    """Return a text, whose paragraphs by a model have their marks in `drafted`, with those edits that can be made.

    Where there are numbers in `only`, no other paragraph may be named, and these may, whoever wrote them.
    """
    checked = _Checked(text, drafted, only)
    for place, edit in enumerate(edits):
        checked.take(place, edit)
    checked.settle()
    accepted = tuple(edit for _, edit in sorted(checked.accepted.items()))
    refusals = tuple(Refusal(edits[place].entry, reason) for place, reason in sorted(checked.reasons.items()))
    if checked.too_many():
        return Applied(text, drafted, (), refusals, too_many=True)
    changes = changed(accepted)
    if not changes:
        return Applied(text, drafted, (), refusals)
    line = paragraphs.after_edits(drafted, text, changes)
    return Applied(paragraphs.edited(text, changes), line, accepted, refusals)


class _Checked:
    """The edits of one answer: those that can be made so far, and why others cannot, by their places in it."""

    def __init__(self, text: str, drafted: str, only: frozenset[int] | None) -> None:
        self.text = text
        self.only = only
        self.paragraphs = paragraphs.split(text)
        self.owners = paragraphs.owners(text, drafted)
        self.accepted: dict[int, Edit] = {}
        self.reasons: dict[int, str] = {}

    def take(self, place: int, edit: Edit) -> None:
        """Accept an edit or refuse it, as far as that can be seen without the later ones; no change is nothing."""
        edit = _without_own_number(edit)
        if reason := next(self._against(edit), ""):
            self.reasons[place] = reason
        elif not self._is_nothing(edit):
            self.accepted[place] = edit

    def _against(self, edit: Edit) -> Iterator[str]:
        """Yield what speaks against an edit. The first counts: the others take it that there is none before them."""
        if edit.number or edit.action == "after":
            yield from self._against_number(edit)
        else:
            yield "there is no paragraph [0]: it takes only `after`, for a text before the first one"
        if edit.action != "after":
            yield from self._against_change(edit)
        if edit.action != "delete":
            yield from self._against_text(edit)

    def _against_number(self, edit: Edit) -> Iterator[str]:
        if self.only is not None and edit.number not in self.only:
            yield f"[{edit.number}] is not one of the paragraphs that are to be changed"
        if not 0 <= edit.number <= len(self.paragraphs):
            yield f"there is no paragraph [{edit.number}]: the last one is [{len(self.paragraphs)}]"
        elif edit.number:
            yield from _against_words(edit, self.paragraphs[edit.number - 1])
        elif edit.was.strip():
            yield "before the first paragraph, `was` is empty"

    def _against_change(self, edit: Edit) -> Iterator[str]:
        """Yield why a paragraph may not be replaced or deleted."""
        if edit.number in self.owners.locked and self.only is None:
            yield f"[{edit.number}]* is the author's own"
        kind = self.paragraphs[edit.number - 1].kind
        if kind in ("heading", "markup"):
            yield f"[{edit.number}] is {KINDS[kind]}"
        if any(edit.number == other.number and other.action != "after" for other in self.accepted.values()):
            yield f"[{edit.number}] is edited twice"

    def _against_text(self, edit: Edit) -> Iterator[str]:
        """Yield why a text may not stand in the chapter."""
        if not edit.text.strip():
            yield "its text is empty"
        if number := NUMBERS.search(edit.text):
            yield f"its text has the number of a paragraph in it: {number[0].strip()}"
        if "<!--" in edit.text or "-->" in edit.text or conflict.line_of_mark(edit.text):
            yield "its text has markup in it"
        old = self.paragraphs[edit.number - 1].kind if edit.action == "replace" else "prose"
        new = paragraphs.split(edit.text)
        if any(FENCE.search(each.text) for each in (new[1:] if old == "code" else new)):
            yield "its text has a fenced block in it"
        for each in new[1:] if edit.action == "replace" else new:
            if each.kind not in WRITTEN:
                yield f"its text has {KINDS[each.kind]} in it"
        if edit.action == "replace" and new[0].kind != old:
            yield f"[{edit.number}] is {KINDS[old]}, and its text is {KINDS[new[0].kind]}"
        for each in new:
            if paragraphs.mark(each.text) in self.owners.deleted:
                yield f"the author has taken out this paragraph: “{_shown(each.text)}”"

    def _is_nothing(self, edit: Edit) -> bool:
        fold = paragraphs.fold
        return edit.action == "replace" and fold(edit.text) == fold(self.paragraphs[edit.number - 1].text)

    def settle(self) -> None:
        """Refuse what cannot be made together, until the rest can."""
        while problem := self._bad_scene() or self._loose_note() or self._run_together():
            places, reason = problem
            for place in places:
                del self.accepted[place]
                self.reasons[place] = reason

    def too_many(self) -> bool:
        """Say whether more of the paragraphs are replaced or deleted than an edit may."""
        counted = {number for number, each in enumerate(self.paragraphs, 1) if each.kind not in ("break", "heading")}
        named = {edit.number for edit in self.accepted.values() if edit.action != "after"}
        return len(named & counted) > MOST_CHANGED * len(counted)

    def _bad_scene(self) -> tuple[list[int], str] | None:
        """Return the places of edits that delete all between two breaks, or between one and an end of the text."""
        deleted: set[int] = set()
        before = "heading"  # what an end of the text counts as
        for number, kind in self._kinds():
            if kind == "deleted":
                deleted.add(number)
            elif kind not in ("note", "markup"):
                if deleted and "break" in (before, kind) and {before, kind} <= {"break", "heading"}:
                    edits = self.accepted.items()
                    places = [place for place, edit in edits if edit.action == "delete" and edit.number in deleted]
                    return places, "a scene would be left without words"
                before, deleted = kind, set()
        return None

    def _kinds(self) -> Iterator[tuple[int, str]]:
        """Yield the kinds of the paragraphs in turn, `deleted` for one that goes, and an end behind the last."""
        changes = changed(self.accepted.values())
        for number, each in enumerate([None, *self.paragraphs]):
            change = changes.get(number, Change())
            if each is not None and change.instead is None:
                yield number, each.kind
            elif change.instead == "":
                yield number, "deleted"
            for text in filter(None, change):
                yield from ((number, new.kind) for new in paragraphs.split(text))
        yield 0, "heading"

    def _loose_note(self) -> tuple[list[int], str] | None:
        """Return the places of edits that leave a footnote without its text, or its text without a mark."""
        if "[^" not in self.text and not any("[^" in edit.text for edit in self.accepted.values()):
            return None
        marked, defined = _notes(self.text)
        new_marked, new_defined = _notes(paragraphs.edited(self.text, changed(self.accepted.values())))
        for name in sorted((new_marked ^ new_defined) - (marked ^ defined)):
            places = [place for place, edit in self.accepted.items() if self._touches(edit, name)]
            if places:
                what = "its mark would have no text" if name in new_marked else "its text would have no mark"
                return places, f"of the footnote [^{name}], {what}"
        return None

    def _touches(self, edit: Edit, name: str) -> bool:
        old = self.paragraphs[edit.number - 1].text if edit.action != "after" else ""
        return any(
            (name in before) != (name in after) for before, after in zip(_notes(old), _notes(edit.text), strict=True)
        )

    def _run_together(self) -> tuple[list[int], str] | None:
        """Return the place of the first edit with which paragraphs would not be those that they are to be."""
        if self._apart([*self.accepted.values()]):
            return None
        places = sorted(self.accepted)
        for count, place in enumerate(places, 1):
            if not self._apart([self.accepted[each] for each in places[:count]]):
                return [place], RUN_TOGETHER
        return places, RUN_TOGETHER

    def _apart(self, edits: Sequence[Edit]) -> bool:
        changes = changed(edits)
        after = paragraphs.marks(paragraphs.edited(self.text, changes)) if changes else ""
        return not changes or after.split() == paragraphs.marks_after(self.text, changes)


def _without_own_number(edit: Edit) -> Edit:
    """Return an edit whose text and first words do not begin with its own number, as the prompt shows them."""
    text = "" if edit.action == "delete" else BLANK_LINES.sub("", LINE_END.sub("\n", edit.text)).rstrip()
    texts = [text, edit.was]
    for place, each in enumerate(texts):
        if (number := NUMBER.match(each)) and int(number[1]) == edit.number:
            texts[place] = each[number.end() :]
    return edit._replace(text=texts[0], was=texts[1])


def _against_words(edit: Edit, paragraph: Paragraph) -> Iterator[str]:
    """Yield why an edit's first words do not show that it means this paragraph."""
    was, text = _folded(edit.was), _folded(paragraph.text)
    cut = CUT.sub("", was)
    pairs = [(was, text), (_beginning(was), _beginning(text))]
    pairs += [(_beginning(cut), _beginning(text))] if len(cut) >= FEWEST_CHARACTERS else []
    if len(_beginning(was)) < min(FEWEST_CHARACTERS, len(_beginning(text))):
        yield f"its `was` is too short to show that [{edit.number}] is meant"
    if not any(its.startswith(first) for first, its in pairs):
        yield f"[{edit.number}] begins with other words: “{_shown(paragraph.text)}”"


def _folded(text: str) -> str:
    return paragraphs.fold(text).casefold()


def _beginning(folded: str) -> str:
    """Return a paragraph, or first words, without marks of quotes and emphasis, from the first word on.

    Of a break, which has no word, its signs are all there is.
    """
    start = OPENING.match(folded)
    bare = re.sub("[*_>]", "", folded[start.end() :] if start else folded)
    return " ".join(bare.split()) or folded.replace(" ", "")


def _shown(text: str) -> str:
    """Return the beginning of a paragraph for a reason, cut at a word where there is one."""
    line = " ".join(text.split())
    if len(line) <= MOST_SHOWN:
        return line
    return f"{line[:MOST_SHOWN].rpartition(' ')[0] or line[:MOST_SHOWN]} …"


def _notes(text: str) -> tuple[set[str], set[str]]:
    """Return the names of the footnotes that have a mark in a text, and of those that have their text in it."""
    text = LINE_END.sub("\n", text)
    starts = {each.start(1) for each in DEFINED.finditer(text)}
    names = [(each[1].casefold(), each.start(1) in starts) for each in NOTE.finditer(text)]
    return {name for name, defines in names if not defines}, {name for name, defines in names if defines}
