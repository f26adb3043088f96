"""The pictures in README and guide, made of what the program really prints and makes.

The sample book is built with the embedded model, and made a book to hold. Its terminal is drawn as it was in the middle
of the third chapter, from the very bytes that were printed. Then a spread of the PDF, the cover, and the page for a
browser, on a phone by day and on a desk by night. Needs Chromium and poppler's pdftoppm on the PATH.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench import COLUMNS, on_terminal, sample_book, seen
from PIL import Image
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

from novelist.export import cover
from novelist.export.reading import read
from novelist.targets.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from novelist.book.paths import Book

PICTURES = Path(__file__).parent / "pictures"
CHAPTER = re.compile(rb"chapter:03.{0,8} [^\r\n]*words")
DRAWN = b"\x1b[?7h"  # what ends the rows that change
PAGES = (8, 9)  # a left one and a right one
HEIGHT, GAP = 720, 20  # pixels


def terminal(printed: bytes) -> None:
    """Draw the terminal as it was in the middle of the third chapter."""
    shown = list(CHAPTER.finditer(printed))
    until = printed.index(DRAWN, shown[len(shown) // 2].end()) + len(DRAWN)
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text("$ uv run doit"))
    for line in seen(printed[:until]):
        console.print(Text(line), no_wrap=True, crop=True)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="novelist"), flags=re.DOTALL)
    (PICTURES / "build.svg").write_text(drawn, encoding="utf-8")


def spread(book: Book) -> None:
    """Draw the cover and two pages of the PDF beside one another."""
    made, _ = cover.of(read(Snapshot(book)))
    pages = [Image.open(io.BytesIO(made))]
    for number in PAGES:
        command = ["pdftoppm", "-png", "-r", "110", "-f", str(number), "-l", str(number), "-singlefile"]
        subprocess.run([*command, str(book.dist / "book.pdf"), str(book.root / "page")], check=True)
        pages.append(Image.open(io.BytesIO((book.root / "page.png").read_bytes())))
    beside(pages, PICTURES / "book.png")


def reading(book: Book) -> None:
    """Draw the page for a browser on a phone by day, and on a desk by night."""
    shots = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width, height, scheme in ((390, 844, "light"), (1280, 844, "dark")):
            size = {"width": width, "height": height}
            page = browser.new_context(viewport=size, color_scheme=scheme).new_page()  # type: ignore[arg-type]
            page.goto((book.dist / "book.html").as_uri())
            page.evaluate("document.querySelector('section.chapter').scrollIntoView()")
            page.wait_for_timeout(500)
            shots.append(Image.open(io.BytesIO(page.screenshot())))
        browser.close()
    beside(shots, PICTURES / "reading.png")


def beside(images: Sequence[Image.Image], path: Path) -> None:
    """Put pictures beside one another, as high as each other, with few enough colours for a small file."""
    scaled = [image.convert("RGB").resize((image.width * HEIGHT // image.height, HEIGHT)) for image in images]
    whole = Image.new(
        "RGB", (sum(image.width for image in scaled) + GAP * (len(scaled) + 1), HEIGHT + 2 * GAP), "#c9c9c9"
    )
    left = GAP
    for image in scaled:
        whole.paste(image, (left, GAP))
        left += image.width + GAP
    whole.quantize(64).save(path, optimize=True)


def main() -> int:
    """Build the book, draw the pictures, and return the exit status."""
    PICTURES.mkdir(exist_ok=True)
    with sample_book() as book:
        status, printed = on_terminal(book)
        if status == 0:
            terminal(printed)
            status, printed = on_terminal(book, "pdf", "html")
        if status:
            print("\n".join(seen(printed)))
            return status
        spread(book)
        reading(book)
    return 0


if __name__ == "__main__":
    sys.exit(main())
