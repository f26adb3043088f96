"""Pictures of a book: each is opened once, by Typst, so that no format carries one that is damaged."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from novelist.errors import ExportError
from novelist.export.typesetting import fonts

if TYPE_CHECKING:
    from collections.abc import Mapping


def check(pictures: Mapping[str, Path]) -> None:
    """Raise ExportError for the first of some pictures that is damaged; `pictures` are files by the names for them."""
    if not pictures:
        return
    fonts()  # says what to install where there is no Typst
    import typst  # noqa: PLC0415 - belongs to an extra

    with tempfile.TemporaryDirectory(prefix="novelist-") as made:
        folder = Path(made)
        main = folder / "main.typ"
        for name, path in pictures.items():
            shutil.copyfile(path, folder / name)
            main.write_text(f'#image("{name}")', encoding="utf-8")
            try:
                typst.compile(main, root=folder, format="svg")
            except typst.TypstError as error:
                message = f"the picture `{path}` is damaged. Save it again, or take it out of its chapter."
                raise ExportError(message) from error
