"""A DOCX of a book that readers changed: what they changed and noted, and their changes put into the chapters.

A chapter is read again with the changes in it before it is written: what does not come out as readers have it is not
put in, and told. Knows which DOCX it was made as. Decides nothing for a person: who calls asks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from novelist.book import frontmatter, history, landing
from novelist.book.files import Files
from novelist.book.lock import lock
from novelist.book.paths import KEYS
from novelist.errors import BookError, disk_error
from novelist.export import docx, manuscript, reading
from novelist.imports import matching, paragraphs, passages, patch
from novelist.language import lookup
from novelist.text import BOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from novelist.book.paths import Book
    from novelist.export.manuscript import Manuscript
    from novelist.imports.matching import Edit
    from novelist.imports.paragraphs import Remark, Section, Word
    from novelist.language.table import Language
    from novelist.targets.chapter import ChapterTarget
    from novelist.targets.snapshot import Snapshot

STRAIGHT = str.maketrans(dict.fromkeys("“”„«»‹›「」『』", '"') | dict.fromkeys("‘’‚", "'"))
LEAST_SHARED = 0.1  # of rows of words, for a DOCX to be one of the book
LEAST_WORDS = 0.5  # of different words, for one with the same headings
ROW = 9  # tokens: about five words


@dataclass(frozen=True)
class ReturnedChapter:
    """What came back of a chapter: its new text, the edits in it, those that are `left` to a person, and remarks.

    `title` is the one that readers gave it, empty where it is as it was; `there` says whether it came back at all, and
    `pictures` how many of them are new, of which the chapter gets none.
    """

    target: ChapterTarget
    before: str
    text: str
    edits: tuple[Edit, ...] = ()
    left: tuple[Edit, ...] = ()
    remarks: tuple[Remark, ...] = ()
    title: str = ""
    there: bool = True
    pictures: int = 0


@dataclass(frozen=True)
class OtherPlace:
    """What came back of what is no chapter: a part, or the title page, which has no heading."""

    heading: str
    remarks: tuple[Remark, ...]
    changed: bool


@dataclass(frozen=True)
class Returned:
    """What came back: chapters, other places, and sections that are `strange`, since the book has none of them.

    `sure` is whether it is known what readers were given.
    """

    chapters: tuple[ReturnedChapter, ...]
    others: tuple[OtherPlace, ...]
    strange: tuple[Section, ...]
    sure: bool

    @property
    def remarks(self) -> list[Remark]:
        """All that was noted, wherever."""
        places: list[ReturnedChapter | OtherPlace] = [*self.chapters, *self.others]
        return [*(remark for place in places for remark in place.remarks), *_noted(self.strange)]

    @property
    def changed(self) -> list[ReturnedChapter]:
        """The chapters whose texts are to be replaced."""
        return [chapter for chapter in self.chapters if chapter.text != chapter.before]


def read(snapshot: Snapshot, path: Path) -> Returned:
    """Return what came back in the DOCX at `path`. Raises BookError where it is none of the book, and ExportError."""
    if path.suffix.casefold() != ".docx":
        message = "only a DOCX that `doit docx` made comes back into a book. Save it as DOCX."
        raise BookError(path, None, message)
    content = _content(path)
    book = reading.read(snapshot)
    document = docx.make(book, lambda _: None)
    now, returned = (paragraphs.read(each, path, book.top) for each in (document, content))
    copies = [document, *_copies(snapshot.book, but=path)]
    time = paragraphs.created(content)
    same = [copy for copy in copies if time and paragraphs.created(copy) == time]
    candidates = (paragraphs.read(copy, path, book.top) for copy in same or copies[:2])
    given = max(candidates, key=lambda sections: _shared(sections, returned))
    if not _is_of(given, returned):
        message = "it is no DOCX of this book. Name one that `doit docx` made."
        raise BookError(path, None, message, why="Nearly nothing of what the book says is in it.")
    places = _chapters(book, now)
    was = matching.match(now, given)
    matched = matching.match(was.returned, returned)
    table = lookup.table(snapshot.premise.language)
    chapters = []
    for target, place in zip(snapshot.chapters, places, strict=True):
        old = was.places.get(place, -1)
        new = matched.places.get(old)
        if old < 0 or new is None:
            text = _text(target)
            chapters.append(ReturnedChapter(target, text, text, there=False))
        else:
            chapters.append(_chapter(target, was.returned[old], matched.returned[new], table))
    theirs = {was.places.get(place) for place in places}
    others = [
        OtherPlace(
            was.returned[old].heading,
            _noted([matched.returned[new]]),
            changed=_words(was.returned[old]) != _words(matched.returned[new]),
        )
        for old, new in matched.places.items()
        if old not in theirs
    ]
    strange = tuple(section for section in matched.rest() if section.paragraphs)
    return Returned(tuple(chapters), tuple(others), strange, sure=bool(same))


def put(snapshot: Snapshot, returned: Returned) -> None:
    """Put what came back into the chapters; the texts before go to history.

    Raises BookError where a chapter was saved since it was read; nothing is then written.
    """
    book = snapshot.book
    with lock(book):
        for chapter in returned.changed:
            if book.files.read_text(chapter.target.path) != chapter.before:
                message = "it was saved meanwhile, and nothing is put into the book. Import the DOCX again."
                raise BookError(chapter.target.path, None, message)
        for chapter in returned.changed:
            landing.put(book, chapter.target.path, chapter.target.identity, chapter.text, chapter.before)


def _content(path: Path) -> bytes:
    file = path.resolve() if path.is_symlink() else path
    try:
        file.stat()
    except OSError as error:
        raise disk_error(path, "read", error) from error
    return Files(file.parent).read_bytes(file) or b""


def _copies(book: Book, but: Path) -> Iterator[bytes]:
    """Yield what readers may have been given: the last DOCX, and those before it; what came back is none of them."""
    past = book.past(history.DIST)
    names = [name for name in reversed(book.files.names(past)) if name.endswith(".docx")]
    for path in [book.dist / "book.docx", *(past / name for name in names)]:
        content = book.files.read_bytes(path) or b""
        if paragraphs.created(content) and path.resolve() != but.resolve():
            yield content


def _shared(given: Sequence[Section], returned: Sequence[Section]) -> float:
    """Return which part of what was given or came back is in both."""
    ours, theirs = _rows(given), _rows(returned)
    return len(ours & theirs) / max(1, len(ours | theirs))


def _is_of(given: Sequence[Section], returned: Sequence[Section]) -> bool:
    """Say whether what came back was given, as a whole or in part.

    Of a very short book all paragraphs may be others by now: it is known by its headings, and by some of its words.
    """
    ours, theirs = _rows(given), _rows(returned)
    if len(ours & theirs) >= LEAST_SHARED * min(len(ours), len(theirs)) > 0:
        return True
    headings = {section.heading for section in given} <= {section.heading for section in returned}
    words, others = (
        {word.text for section in sections for paragraph in section.paragraphs for word in paragraph.words}
        for sections in (given, returned)
    )
    return headings and len(words & others) >= LEAST_WORDS * min(len(words), len(others)) > 0


def _rows(sections: Sequence[Section]) -> set[str]:
    """Return all rows of words that are as long as no two books have many in common, and shorter paragraphs."""
    rows: set[str] = set()
    for section in sections:
        for paragraph in section.paragraphs:
            words = [word.text for word in paragraph.words]
            rows |= {"".join(words[at : at + ROW]) for at in range(max(1, len(words) - ROW + 1)) if len(words) > 1}
    return rows


def _chapters(book: Manuscript, sections: Sequence[Section]) -> list[int]:
    """Return the places of the chapters among the sections of the book as it is, -1 for one that has none there."""
    titles = [" ".join(each.title.split()) for each in book.contents if isinstance(each, manuscript.ExportChapter)]
    headings = [" ".join(section.heading.split()) for section in sections]
    places: list[int] = []
    for title in titles:
        later = range(max(places, default=0) + 1, len(sections))  # the first section has no heading
        places.append(next((place for place in later if headings[place].endswith(title)), -1))
    return places


def _words(section: Section) -> list[tuple[Word, ...]]:
    return [paragraph.words for paragraph in section.paragraphs if paragraph.words]


def _noted(sections: Sequence[Section]) -> tuple[Remark, ...]:
    """Return what was noted in sections."""
    return tuple(remark for section in sections for each in section.paragraphs for remark in each.remarks)


def _text(target: ChapterTarget) -> str:
    return target.inputs.book.files.read_text(target.path) or ""


def _chapter(target: ChapterTarget, given: Section, returned: Section, table: Language) -> ReturnedChapter:
    """Return what came back of one chapter."""
    before = _text(target)
    remarks = _noted([returned])
    title = returned.heading if returned.heading != given.heading else ""
    ours = [paragraph for paragraph in given.paragraphs if paragraph.words]
    theirs = [paragraph for paragraph in returned.paragraphs if paragraph.words]
    if [paragraph.words for paragraph in ours] == [paragraph.words for paragraph in theirs]:
        return ReturnedChapter(target, before, before, remarks=remarks, title=title)
    page = frontmatter.parse(before, KEYS)
    source = page.body.removeprefix(BOM)
    lines = source.replace("\r\n", "\n").replace("\r", "\n")
    now = passages.read(lines, table)
    merge = matching.merge(ours, theirs, [paragraphs.Paragraph(passage.key, passage.kind) for passage in now])
    splices, edits, left = _put_in(lines, now, merge.edits, table)
    text = _spliced(source, splices)
    if not text.strip():  # a chapter without a text is one that is to be drafted
        splices, edits, left, text = [], (), merge.edits, source
    whole = before[: len(before) - len(source)] + text
    pictures = max(0, _pictures(theirs) - _pictures(ours))
    return ReturnedChapter(target, before, whole, edits, (*left, *merge.left), remarks, title, pictures=pictures)


def _pictures(texts: Sequence[paragraphs.Paragraph]) -> int:
    return sum(word.text == paragraphs.PICTURE for paragraph in texts for word in paragraph.words)


def _put_in(
    text: str, now: list[passages.Passage], edits: Sequence[Edit], table: Language
) -> tuple[list[patch.Splice], tuple[Edit, ...], tuple[Edit, ...]]:
    """Return what puts edits into a text, those that it puts in, and those that it cannot.

    Each is tried in one manner after another, until all of the text is read as readers have it.
    """
    manners = patch.manners(text, now, table.quotes)
    tries = [0] * len(edits)
    while True:
        chosen = [(edit, manners[tried]) for edit, tried in zip(edits, tries, strict=True) if tried < len(manners)]
        splices = patch.apart(patch.splices(text, now, chosen))
        wanted, owners = _wanted(now, [edit for edit, _ in chosen])
        got = [passage.key for passage in passages.read(patch.patched(text, splices), table)] if chosen else wanted
        wrong = _wrong(got, wanted, owners, [edit for edit, _ in chosen if edit.kind == "deleted"])
        if not wrong:
            break
        for place, edit in enumerate(edits):
            tries[place] += edit in wrong
    put = tuple(edit for edit, tried in zip(edits, tries, strict=True) if tried < len(manners))
    return splices, put, tuple(edit for edit in edits if edit not in put)


def _wanted(now: Sequence[passages.Passage], edits: Sequence[Edit]) -> tuple[list[tuple[Word, ...]], dict[int, Edit]]:
    """Return the paragraphs of a chapter with edits in it, and which edit has made that at a place."""
    at = {edit.place: edit for edit in edits if edit.kind != "inserted"}
    new: dict[int, list[Edit | None]] = defaultdict(list)
    for inserted in edits:
        if inserted.kind == "inserted":
            new[inserted.place].append(inserted)
    owners: list[Edit | None] = [*new[-1]]
    keys = [edit.after.words for edit in owners if edit and edit.after]
    above = -1  # the last passage that is no footnote's: what is new below it comes behind its footnotes
    for place, passage in enumerate(now):
        above = place if passage.kind != "note" else above
        ends = place + 1 == len(now) or now[place + 1].kind != "note"
        kept = [at.get(place)] if place not in at or at[place].after else []
        for edit in [*kept, *(new[above] if ends else [])]:
            owners.append(edit)
            keys.append(edit.after.words if edit and edit.after else passage.key)
    return keys, {place: edit for place, edit in enumerate(owners) if edit is not None}


def _wrong(
    got: Sequence[tuple[Word, ...]],
    wanted: Sequence[tuple[Word, ...]],
    owners: dict[int, Edit],
    deleted: Sequence[Edit],
) -> set[Edit]:
    """Return the edits without which a chapter would be read as it is wanted: all of them where none stands out."""
    places = {place for place, (one, other) in enumerate(zip(got, wanted, strict=False)) if not _same(one, other)}
    if len(got) == len(wanted) and not places:
        return set()
    rest: list[tuple[Word, ...]] = []
    if len(got) != len(wanted):
        keys = [tuple(word.text.translate(STRAIGHT) for word in key) for key in (*got, *wanted)]
        matcher = SequenceMatcher(None, keys[: len(got)], keys[len(got) :], autojunk=False)
        codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
        places = {place for _, _, _, j1, j2 in codes for place in range(j1, j2)}
        rest = [got[place] for _, i1, i2, _, _ in codes for place in range(i1, i2)]
    wrong = {owners[place] for place in places if place in owners}
    wrong |= {edit for edit in deleted if edit.before and edit.before.words in rest}
    return wrong or {*owners.values(), *deleted}


def _same(key: tuple[Word, ...], wanted: tuple[Word, ...]) -> bool:
    """Say whether a paragraph is read as readers have it; where they typed straight marks, as any marks of the kind."""
    if key == wanted:
        return True
    typed = any(mark in word.text for word in wanted for mark in "\"'")
    got, want = (
        [(char, word.styles) for word in words for char in (word.text.translate(STRAIGHT) if typed else word.text)]
        for words in (key, wanted)
    )
    return got == want


def _spliced(source: str, splices: Sequence[patch.Splice]) -> str:
    """Return a text with splices that count each of its line ends as one character, in line ends as it has them."""
    end = "\r\n" if "\r\n" in source else "\r" if "\r" in source else "\n"
    starts, at = [], 0
    while at < len(source):
        starts.append(at)
        at += 2 if source.startswith("\r\n", at) else 1
    starts.append(len(source))
    return patch.patched(
        source, [patch.Splice(starts[start], starts[stop], text.replace("\n", end)) for start, stop, text in splices]
    )
