"""The book that an import makes: its files, put in place in one step or not at all."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from novelist.book import files, frontmatter, history, new, outline_text
from novelist.book.headings import inert
from novelist.book.outline import Outline, Part, Section
from novelist.book.paths import KEYS, Book, file_name
from novelist.book.placeholder import placeholder
from novelist.book.premise import MOST_CHAPTERS, MOST_WORDS
from novelist.book.settings import parse_premise
from novelist.errors import BookError
from novelist.imports.imported import ids
from novelist.text import slug
from novelist.words import count_words

if TYPE_CHECKING:
    from novelist.imports.imported import Imported, Leftover, MatterPage

IDEA = placeholder(
    "Say here in a few sentences what this book is about. Until somebody does, it is told from the chapters "
    "when another one is to be drafted, or by `doit bible`."
)
BIBLE = placeholder(
    "Give each person, place and thing a `##` heading here, and say below it what must stay true. Until somebody does, "
    "that is told from the chapters when another one is to be drafted, or by `doit bible`."
)


@dataclass(frozen=True)
class ImportResult:
    """A book that was made: where it is, its outline, and where each text is now that is no chapter."""

    book: Book
    outline: Outline
    words: tuple[int, ...]
    kept: tuple[tuple[Leftover, str, Path], ...]
    matter: tuple[tuple[MatterPage, Path], ...] = ()


def make(imported: Imported, source: Path, root: Path | None = None) -> ImportResult:
    """Make a book of what was found at `source` in the folder `root`, else in one that is named after its title.

    Raises BookError where that is not empty, and for a book that novelist could not build; nothing is then written.
    """
    if len(imported.chapters) > MOST_CHAPTERS:
        message = f"it has {len(imported.chapters):,} chapters; a book has {MOST_CHAPTERS:,} at most. Split it."
        raise BookError(source, None, message, why="Perhaps its scenes have headings, too.")
    root = _free(root, source, imported.title)
    identities = ids(
        [*(chapter.id or chapter.title for chapter in imported.chapters), *(a.title for a in imported.asides)]
    )
    outline = _outline(imported, identities)
    texts = _texts(imported, outline, source)
    pages = dict(zip(_matter_paths(imported), imported.matter, strict=True))
    texts |= {path: f"{page.prose}\n" for path, page in pages.items()}
    # What is there may be a folder that the person stands in: it stays the same one.
    there = root.is_dir()
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".novelist-", dir=root if there else root.parent) as name:
            draft = Book(Path(name) / "book")
            alone = files.Files(draft.root)  # nobody else writes there, so that no lock is left behind
            for path, text in texts.items():
                alone.replace(draft.root / path, text)
            kept = []
            for aside, identity in zip(imported.asides, identities[len(imported.chapters) :], strict=True):
                at = history.keep(draft, identity, _page(aside.title, f"{aside.prose.strip()}\n"))
                kept.append((aside, identity, root / at.relative_to(draft.root)))
            if there:
                _fill(draft.root, root)
            else:
                draft.root.rename(root)
    except OSError as error:
        raise BookError(root, None, f"the book cannot be made here ({error.strerror}). Name another folder.") from error
    return ImportResult(
        Book(root),
        outline,
        tuple(count_words(chapter.prose) for chapter in imported.chapters),
        tuple(kept),
        tuple((page, root / path) for path, page in pages.items()),
    )


def _matter_paths(imported: Imported) -> list[Path]:
    """Return where the pages of front and back matter go in a book."""
    return [Path("matter") / f"{name}.md" for name in ids([page.name for page in imported.matter])]


def _free(root: Path | None, source: Path, title: str) -> Path:
    """Return the folder for the book, which is empty or not there."""
    if root is None:
        name = slug(title)
        if not name:
            raise BookError(source, None, f"its title, `{title}`, gives no name for a folder. Name one behind it.")
        # A manuscript's own folder may well have its title for a name.
        root = Path(name) if Path(name).resolve() != source.resolve() else Path(f"{name}-book")
    if root.is_symlink() or (root.exists() and not root.is_dir()):
        raise BookError(root, None, "it is not a folder. Name another one behind the file.")
    try:
        full = not files.is_empty(root)
    except OSError as error:
        raise BookError(root, None, f"it cannot be read ({error.strerror}). Name another folder.") from error
    if full:
        raise BookError(root, None, "it has something in it. Name another folder behind the file.")
    return root


def _outline(imported: Imported, identities: list[str]) -> Outline:
    """Return the outline of what was found. Parts without a chapter are none."""
    used = sorted({chapter.part for chapter in imported.chapters if chapter.part is not None})
    return Outline(
        title=imported.title,
        about=inert(imported.about),
        parts=tuple(Part(imported.parts[part].heading, inert(imported.parts[part].text)) for part in used),
        sections=tuple(
            Section(
                identity, chapter.title, inert(chapter.text), None if chapter.part is None else used.index(chapter.part)
            )
            for chapter, identity in zip(imported.chapters, identities, strict=False)
        ),
    )


def _texts(imported: Imported, outline: Outline, source: Path) -> dict[Path, str]:
    """Return the texts of the book's files by their paths. Raises BookError where novelist could not read them."""
    book = Book(Path())
    counts = [count_words(chapter.prose) for chapter in imported.chapters if chapter.prose]
    length = {"words": middle(counts)} if counts else {}
    front = {
        "title": imported.title,
        "subtitle": imported.subtitle,
        "author": imported.author,
        "language": imported.language,
    }
    given: dict[str, object] = {key: value for key, value in front.items() if value}
    settings = {**given, "chapters": len(imported.chapters), **length}
    texts = {Path(name): new.template_text(name) for name in ("dodo.py", ".gitignore")}
    texts[book.premise] = frontmatter.compose(settings, imported.idea if imported.idea.strip() else IDEA)
    texts[book.outline] = outline_text.render(outline)
    if not imported.idea.strip():
        texts[book.bible] = f"{BIBLE}\n"
    for number, (section, chapter) in enumerate(zip(outline.sections, imported.chapters, strict=True), 1):
        if chapter.prose:
            name = file_name(section.id, number, len(outline.sections))
            texts[book.chapters / name] = _page(section.title, f"{chapter.prose}\n")
    try:
        parse_premise(book.premise, texts[book.premise])
        same = outline_text.parse(texts[book.outline], book.outline, imported.title) == outline
    except BookError as error:
        raise BookError(source, None, f"it makes no book ({error}). Simplify its titles and settings.") from error
    texts[book.outline] = _without_numbers(texts[book.outline], outline, imported)
    if not same:
        message = "its titles and parts make no outline. Simplify its headings."
        raise BookError(source, None, message, why="Marks in a heading would be read as something else than a title.")
    return texts


def middle(counts: list[int]) -> int | str:
    """Return how long chapters are: what the middle half of them has, so that no prologue counts for all."""
    ranked = [max(1, min(count, MOST_WORDS)) for count in counts]
    quarters = quantiles(ranked, n=4, method="inclusive") if len(ranked) > 1 else ranked * 3
    low, high = round(quarters[0]), round(quarters[-1])
    return low if low == high else f"{low}-{high}"


def _without_numbers(text: str, outline: Outline, imported: Imported) -> str:
    """Return an outline's text with pandoc's mark at the chapters that had it."""
    for section, chapter in zip(outline.sections, imported.chapters, strict=True):
        if chapter.unnumbered:
            text = text.replace(f" {{#{section.id}}}\n", f" {{#{section.id} -}}\n", 1)
    return text


def _page(title: str, prose: str) -> str:
    """Return the text of an author's own page: only prose, unless its first lines would pass for front matter."""
    read = frontmatter.parse(prose, KEYS)
    if not read.has_front and not read.damage:
        return prose
    header = frontmatter.compose({"title": title}, "").rstrip("\n")
    return f"{header}\n\n{prose}"


def _fill(draft: Path, root: Path) -> None:
    """Move what was made into an empty folder; the premise last, since until then there is no book."""
    moved: list[Path] = []
    try:
        for entry in sorted(draft.iterdir(), key=lambda path: path.name == "premise.md"):
            moved.append(root / entry.name)
            entry.rename(moved[-1])
    except BaseException:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        raise
