"""Pictures of a book: each is opened once, by Typst, so that no format carries one that is damaged."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from novelist.book.files import Files
from novelist.errors import BookError, ExportError
from novelist.export.typst import fonts

if TYPE_CHECKING:
    from collections.abc import Mapping


def check(pictures: Mapping[str, Path]) -> None:
    """Raise ExportError for the first of some pictures that is damaged; `pictures` are files by the names for them."""
    for name, path in pictures.items():
        if not whole(name, path):
            message = f"the picture `{path}` is damaged. Save it again, or take it out of its chapter."
            raise ExportError(message)


def undescribed(node: Any) -> int:  # noqa: ANN401 - what JSON holds
    """Return how many pictures in a tree of pandoc's have no words that describe them."""
    if isinstance(node, list):
        return sum(map(undescribed, node))
    if not isinstance(node, dict):
        return 0
    if node["t"] == "Image":
        return int(not any(inline.get("c", "").strip() for inline in node["c"][1] if inline["t"] == "Str"))
    return undescribed(node.get("c"))


def content(path: Path) -> bytes:
    """Return what is in a picture of the book, whose `path` is its real one. Raises BookError."""
    data = Files(path.parent).read_bytes(path)
    if data is None:
        raise BookError(path, None, "the picture is gone. Put it back, or take it out of its chapter.")
    return data


def whole(name: str, path: Path) -> bool:
    """Say whether the picture at `path`, whose kind its `name` ends with, can be opened. Raises ExportError."""
    fonts()  # says what to install where there is no Typst
    import typst  # noqa: PLC0415 - belongs to an extra

    with tempfile.TemporaryDirectory(prefix="novelist-") as temporary:
        folder = Path(temporary)
        (folder / name).write_bytes(content(path))
        (folder / "main.typ").write_text(f'#image("{name}")', encoding="utf-8")
        try:
            typst.compile(folder / "main.typ", root=folder, format="svg")
        except typst.TypstError:
            return False
    return True
