"""One file of `dist/`: made from the book as it is, and put in place without losing what a hand did to the last one.

Knows the formats, and what each was made from. Knows no doit.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from novelist.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from novelist.book.paths import Book
    from novelist.export.manuscript import Manuscript

FORMATS = {
    "epub": "for readers' devices and shops",
    "pdf": "for print",
    "docx": "for editors: manuscript format",
    "html": "one page for a browser",
}


class Export:
    """The file of one format of a book."""

    def __init__(self, book: Book, kind: str) -> None:
        self.book = book
        self.format = kind

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.book.dist / f"book.{self.format}"

    def fresh(self, known: Mapping[str, Any]) -> bool:
        """Say whether nothing beside book.md and the premise has changed since it was made as `known` says."""
        return bool(known) and known.get("of") == self._of(known.get("pictures", ())) and not self._in_conflict()

    def _in_conflict(self) -> bool:
        """Say whether git has left a merge in it, which it only does in a text."""
        from novelist.book import conflict  # noqa: PLC0415 - as in `make`

        content = self.book.files.read_bytes(self.path) if self.format == "html" else None
        return content is not None and conflict.line_of_mark(content.decode(errors="replace")) > 0

    def make(self, manuscript: Manuscript, known: Mapping[str, Any], note: Callable[[str], None]) -> dict[str, Any]:
        """Make it and put it in place, and return what is to be known of it.

        `note` is told what a person should know, in one line each. Raises BookError and ExportError; the file is then
        as it was.
        """
        from novelist.book import history  # noqa: PLC0415 - every build knows this module, few export

        left_out = list(manuscript.notes)
        try:
            content = _made(self.format, manuscript, left_out.append)
        except OSError as error:  # of a picture, or of the folder for what is only there while it is made
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error)
            message = (
                f"the {self.format} cannot be made ({what}). Check that file, or let TMPDIR name a folder with room."
            )
            raise ExportError(message) from error
        for line in (*left_out, *manuscript.hints):
            note(line)
        digest = hashlib.sha256(content).hexdigest()
        there = self.book.files.digest(self.path)
        if there and self._in_conflict():
            note(f"{self.path} had a merge conflict of git in it: it is made anew.")
        elif there and there not in (digest, known.get("made")):
            kept = history.keep_file(self.book, history.DIST, self.path)
            if known.get("made"):  # what is not known may be as it was made
                note(f"{self.path} was not as it was made; what was there is in {kept}.")
        if there not in ("", digest) and there == known.get("made") and self.format == "docx":
            # Readers may still have it: what they change is told from what the author did meanwhile.
            history.keep_file(self.book, history.DIST, self.path)
        if there != digest:
            self.book.files.replace(self.path, content)
        pictures = sorted(str(path.relative_to(self.book.root.resolve())) for path in manuscript.pictures.values())
        # What was left out may be there next time.
        of = "" if left_out else self._of(pictures)
        return {"made": digest, "of": of, "pictures": pictures, "size": len(content)}

    def _of(self, pictures: Any) -> str:  # noqa: ANN401 - what JSON holds
        """Return the digest of what the file is made from, beside what doit looks at."""
        from importlib.metadata import version  # noqa: PLC0415 - as above

        from novelist.book.settings import read_edition  # noqa: PLC0415

        cover = read_edition(self.book.premise).cover
        paths = [*([cover] if cover else []), *(self.book.root / str(name) for name in pictures)]
        lines = [version("novelist"), *(f"{path} {self.book.files.digest(path)}" for path in paths)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _made(kind: str, book: Manuscript, note: Callable[[str], None]) -> bytes:
    """Return the book in one format; what only that one needs is imported for it alone."""
    from importlib import import_module  # noqa: PLC0415 - as above

    content: bytes = import_module(f"novelist.export.{kind}").make(book, note)
    return content
