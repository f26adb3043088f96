"""Templates to pages: whatever is put into one is text there, and never markup. Knows no book."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2

from novelist.language import lookup
from novelist.studio.wording import plain, sentence
from novelist.text import is_language_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
EXPORT = HERE.parent / "export"
# What a browser may ask for beside pages, by the name in its address.
FILES: Mapping[str, tuple[Path, str]] = {
    "type.css": (EXPORT / "type.css", "text/css"),
    "prose.css": (EXPORT / "prose.css", "text/css"),
    "studio.css": (HERE / "static" / "studio.css", "text/css"),
    "studio.js": (HERE / "static" / "studio.js", "text/javascript"),
    "story.js": (HERE / "static" / "story.js", "text/javascript"),
}


@cache
def static(name: str) -> tuple[bytes, str]:
    """Return a file of FILES, and its type."""
    path, kind = FILES[name]
    return path.read_bytes(), kind


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": plain, "sentence": sentence}
    return environment


def render(template: str, **values: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return a page."""
    return _environment().get_template(template).render(values)


def in_language(language: str) -> dict[str, str]:
    """Return the attributes of an element in a book's language: its tag, empty for none that is one; its direction."""
    tag = language.replace("_", "-")
    return {"lang": tag if is_language_tag(tag) else "", "dir": "rtl" if lookup.table(language).rtl else "ltr"}
