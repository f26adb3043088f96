"""Front matter as other programs write it: YAML with any keys, closed by `---` or `...`, and TOML between `+++`.

Knows under which keys a title, an author and a language stand. Nothing of it is refused: what cannot be read is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from novelist.book import frontmatter
from novelist.book.headings import tidy_title

if TYPE_CHECKING:
    from collections.abc import Mapping

FENCE = re.compile(r"(?:---|\+\+\+)[ \t]*\r?$")
ENDS = {"---": re.compile(r"(?:---|\.\.\.)[ \t]*\r?$"), "+++": re.compile(r"\+\+\+[ \t]*\r?$")}
KEY = re.compile(r"[\"']?([^\W\d][\w .-]{0,40}?)[\"']?[ \t]*[:=](?:[ \t]|\r?$)")
UNDER = re.compile(r"[ \t]|[\[\-#\]})]|\r?$")  # how a line begins that belongs to the key above it
MEANINGS = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "author": ("author", "authors", "creator", "byline"),
    "language": ("language", "lang", "locale"),
}
MEANT = frozenset(key for keys in MEANINGS.values() for key in keys)


@dataclass(frozen=True)
class Front:
    """What stands before a text: its lines, all it says by its keys, and why it could not be read as what it is."""

    header: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    damage: str = ""

    def says(self, what: str) -> str:
        """Return what it says of the `title`, `subtitle`, `author` or `language`, empty where it says nothing."""
        by_key = {key.casefold(): value for key, value in self.values.items()}
        for key in MEANINGS[what]:
            if texts := [tidy_title(text) for text in _texts(by_key.get(key))]:
                return ", ".join(filter(None, texts))
        return ""

    @property
    def others(self) -> tuple[str, ...]:
        """The keys in it that mean nothing here, and those whose values do not."""
        understood = {key for what, keys in MEANINGS.items() if self.says(what) for key in keys}
        return tuple(
            str(key) for key, value in self.values.items() if str(key).casefold() not in understood and value != ""
        )


def split(text: str) -> tuple[Front, str]:
    """Return the front matter of a text, and the text below it; a break between scenes opens none."""
    lines = text.split("\n")
    if not FENCE.match(lines[0]):
        return Front(), text
    mark = lines[0][:3]
    close = next((number for number, line in enumerate(lines[1:], 1) if ENDS[mark].match(line)), 0)
    inner = lines[1:close]
    keys = [match[1] for line in inner if (match := KEY.match(line))]
    if not close or not keys or not KEY.match(next(line for line in inner if line.strip())):
        return Front(), text
    ours = {key.casefold() for key in keys} & MEANT
    # Prose between two breaks may have a colon in it, too.
    if not ours and not (inner[0].strip() and all(KEY.match(line) or UNDER.match(line) for line in inner)):
        return Front(), text
    values, damage = (toml if mark == "+++" else _yaml)("\n".join(line.rstrip("\r") for line in inner))
    header = "\n".join([*lines[: close + 1], ""])
    return Front(header, values, damage), "\n".join(lines[close + 1 :])


def _yaml(block: str) -> tuple[Mapping[str, Any], str]:
    values, damage = frontmatter.yaml_of(f"{block}\n")
    if damage is None and isinstance(values, dict):
        return values, ""
    return _lines(block), damage[1] if damage else "the front matter is not YAML"


def toml(block: str) -> tuple[Mapping[str, Any], str]:
    """Return what TOML says, and why it could not be read, if so: then, what its lines say, each by itself."""
    try:
        import tomllib  # noqa: PLC0415 - of Python 3.11; before, its lines have to do
    except ModuleNotFoundError:
        return _lines(block), ""
    try:
        return tomllib.loads(block), ""
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return _lines(block), f"the front matter is not TOML ({error})"


def _lines(block: str) -> dict[str, Any]:
    """Return what lines say, each by itself."""
    values: dict[str, Any] = {}
    for line in block.split("\n"):
        if match := KEY.match(line):
            value = line[match.end() :].strip()
            quoted = re.findall(r"\"([^\"]*)\"|'([^']*)'", value) if value.startswith("[") else []
            values[match[1]] = [one or other for one, other in quoted] or value.strip("\"'")
    return values


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - what YAML or TOML holds
    """Return the texts in a value: itself, those of a list, or the name in a mapping."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, dict):
        if value.get("given") or value.get("family"):
            return [" ".join(str(value[part]) for part in ("given", "family") if value.get(part))]
        named = [text for key in ("name", "text", "literal") for text in _texts(value.get(key))]
        return named[:1]
    return []
