"""One Markdown file with front matter: read it, edit our own lines of it, replace it atomically.

Knows the form of a page and of the record in it. Knows nothing of books, of what a page is for, or of who is right
when a page and its sources disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from novelist.book import bounds, conflict
from novelist.book.bounds import LARGEST_FRONT_MATTER, LARGEST_TEXT
from novelist.book.record import UNSURE, VERSION, PageInfo, Record
from novelist.errors import BookError
from novelist.text import BOM, digest, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from novelist.book.files import Files


TEXTS = (
    "of",
    "model",
    "at",
    "singles",
    "drafted",
    "told",
    "base",
    "tried",
    "asked",
    "kept",
    "raised",
    "rounds",
)  # of a record
FENCE = re.compile(r"^---[ \t]*\r?$")


@dataclass(frozen=True)
class Page:
    """A page as it was read: its front matter, the lines it stood in, and its body.

    A BOM is no part of the body, and stands in the header whatever else does.
    """

    front: Mapping[str, Any]
    header: str
    body: str
    damage: tuple[int, str] | None = None

    @property
    def has_front(self) -> bool:
        """Whether it has front matter."""
        return bool(self.header.removeprefix(BOM))

    @property
    def whole(self) -> str:
        """The text of the file."""
        return self.header + self.body

    @property
    def record(self) -> Record | None:
        """The record, or None where the text is the author's own: a record that cannot be read is none."""
        block = self.front.get("novelist")
        if not isinstance(block, dict) or block.get("v") != VERSION:
            return None
        brief = block.get("brief") or {}
        digests = [block.get("body"), block.get("of", ""), *(brief.values() if isinstance(brief, dict) else [None])]
        if not all(isinstance(digest, str) for digest in digests):
            return None
        texts = {key: value for key in TEXTS if isinstance(value := block.get(key), str)}
        covers, level = block.get("covers"), block.get("level")
        covered = tuple(covers.split()) if isinstance(covers, str) else ()
        deep = int(level) if level in ("1", "2") and covered else 0
        return Record(block["body"], brief, covers=covered, level=deep, **texts)

    @property
    def drafted(self) -> str:
        """The marks of the paragraphs that a model wrote: all of them where no hand has edited it since."""
        record = self.record
        if record is None:
            return ""
        from novelist.book import paragraphs  # noqa: PLC0415 - as below

        return record.drafted or (paragraphs.marks(self.body) if record.body == digest(self.body) else "")

    def info(self) -> PageInfo:
        """Return what is to be known of it without its text."""
        from novelist.words import count_tokens, count_words  # noqa: PLC0415 - a build with nothing to read counts nothing

        front = {key: value for key, value in self.front.items() if isinstance(value, str)}
        words, tokens = count_words(self.body), count_tokens(self.body)
        body = digest(self.body)
        return PageInfo(self.record, body, front, self.damage, words, tokens, self._edited(body), self.conflict)

    def _edited(self, body: str) -> bool:
        """Say whether a hand has edited the body, which has this digest: by its paragraphs where these have marks."""
        record = self.record
        if record is None or record.body == body:
            return False
        if not record.drafted:
            return True
        from novelist.book import paragraphs  # noqa: PLC0415 - few chapters are not as they were drafted

        return paragraphs.owners(self.body, record.drafted).any

    @property
    def conflict(self) -> int:
        """The line (from 1) of the first mark of a merge conflict; 0 where there is none."""
        return conflict.line_of_mark(self.whole)

    @property
    def edited(self) -> bool:
        """Whether a hand has edited the body since it was drafted."""
        return self.info().edited


def parse(text: str, known: frozenset[str]) -> Page:
    """Return the page in `text`; a `---` block is front matter only if it is a mapping with a key in `known`.

    A block that has a line of a known key but cannot be read is damage: `damage` holds the line (from 1) and what is
    wrong with it. What stands below the block is the body still; without an end of the block, all of the page is.
    """
    bare = text.removeprefix(BOM)
    without = Page({}, text[: len(text) - len(bare)], bare)
    lines = bare.split("\n")
    if not FENCE.match(lines[0]):
        return without
    close = next((number for number, line in enumerate(lines[1:], 1) if FENCE.match(line)), None)
    ours = _ours(lines[1:close], known)
    if close is None:
        return replace(without, damage=(1, "the front matter has no closing `---`") if ours else None)
    header = without.header + ("\n".join([*lines[: close + 1], ""]) if close + 1 < len(lines) else bare)
    body = "\n".join(lines[close + 1 :])
    front, damage = yaml_of("\n".join([*lines[1:close], ""]))
    if damage:
        return Page({}, header, body, damage) if ours else without
    if not isinstance(front, dict) or not known & front.keys():
        return without
    return Page(front, header, body)


def check(path: Path, page: Page) -> None:
    """Raise BookError, with the line, where the page at `path` was not merged, or its front matter cannot be read."""
    conflict.check(path, page.conflict)
    if page.damage:
        line, what = page.damage
        message = f"{what}. Put it right."
        why = "A value with a colon, a quotation mark or a tab in it stands between quotation marks."
        raise BookError(path, line, message, why=why)


def compose(front: Mapping[str, object], body: str) -> str:
    """Return a new page with these keys in this order and a body that ends in one newline."""
    header = "".join(_lines(key, value) for key, value in front.items())
    return f"---\n{header}---\n\n{normalise(body)}\n"


def edit(path: Path, page: Page, front: Mapping[str, object]) -> str:
    """Return the text of the page at `path` with these keys set (None removes one); every other line stays as it was.

    Raises BookError where the front matter has a form that cannot be edited line by line.
    """
    start, end = page.header.index("\n") + 1, page.header.rindex("---")
    lines = page.header[start:end]
    end_of_line = "\r\n" if page.header[:start].endswith("\r\n") else "\n"
    for key, value in front.items():
        name, new = re.escape(key), "" if value is None else _lines(key, value).replace("\n", end_of_line)
        old = re.compile(rf"^([\"']?){name}\1[ \t]*:.*\n(?:[ \t]+.*\n|[ \t]*\r?\n(?=[ \t]))*", re.MULTILINE)
        lines, replaced = old.subn(new.replace("\\", r"\\"), lines, count=1)
        if not replaced:
            lines += new
    text = page.header[:start] + lines + page.header[end:] + page.body
    given = "".join(_lines(key, value) for key, value in front.items() if value is not None)
    want = {key: value for key, value in page.front.items() if key not in front} | (_load(given) or {})
    if parse(text, frozenset(want)).front != want:
        message = "the front matter has an unusual form. Write each key at the beginning of a line."
        why = "It is edited line by line, so that the lines of yours stay as they are."
        raise BookError(path, 1, message, why=why)
    return text


def renewed(path: Path, before: str | None, front: Mapping[str, object], body: str) -> str:
    """Return a drafted file's new text: our keys and the body are new, a person's own keys in it stay.

    Raises BookError as `edit` does.
    """
    old = parse(before, frozenset({"novelist"})) if before else None
    if old is None or not old.has_front:
        return compose({key: value for key, value in front.items() if value is not None}, body)
    return edit(path, Page(old.front, old.header, f"\n{normalise(body)}\n"), front)


def back(path: Path, before: str | None, front: Mapping[str, object], draft: str, known: frozenset[str]) -> str:
    """Return an earlier draft as the file's new text, with `front` and a person's own keys as they are now.

    Raises BookError as `edit` does.
    """
    from novelist.words import count_words  # noqa: PLC0415 - as above

    old = parse(draft, known)
    words = {"words": count_words(old.body)} if "words" in old.front else {}
    record = {"novelist": old.record.front()} if old.record else {}
    unsure = {UNSURE: old.front.get(UNSURE)} if old.record and old.record.of else {}
    return renewed(path, before or draft, {**words, **unsure, **record, **front}, old.body)


def read(files: Files, path: Path, known: frozenset[str], most: int = LARGEST_TEXT) -> Page | None:
    """Return the page at `path`, or None where there is none. Raises FileError, also for more than `most` bytes."""
    text = files.read_text(path, most)
    return None if text is None else parse(text, known)


def line_of(page: Page, key: str) -> int:
    """Return the line (from 1) on which the front matter says `key`, or 1."""
    return lines_of(page).get(key, 1)


def lines_of(page: Page) -> dict[str, int]:
    """Return the line (from 1) of each key that begins one in the front matter."""
    lines: dict[str, int] = {}
    for number, line in enumerate(page.header.split("\n"), 1):
        key, colon, _ = line.partition(":")
        if colon and not key[:1].isspace():
            lines.setdefault(key.rstrip(" \t").strip("\"'"), number)
    return lines


def yaml_of(block: str) -> tuple[Any, tuple[int, str] | None]:
    """Return what a block between two fences says, and, where that cannot be told, on which line why."""
    import yaml  # noqa: PLC0415 - a hundredth of a second, which a build with nothing to read can do without

    if len(block) > LARGEST_FRONT_MATTER:
        return None, (1, f"the front matter has more than {LARGEST_FRONT_MATTER:,} characters")
    try:
        front = _load(block)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return None, (mark.line + 2 if mark else 1, f"the front matter is not YAML ({_problem(error)})")
    excess = bounds.excess(front)
    return front, (1, f"the front matter {excess}") if excess else None


def _ours(lines: list[str], known: frozenset[str]) -> bool:
    """Say whether the lines up to the first blank one hold a key that we know."""
    for line in lines:
        if not line.strip():
            return False
        if line.split(":", 1)[0].strip() in known and ":" in line:
            return True
    return False


def _lines(key: str, value: object) -> str:
    """Return the YAML lines of one key; a mapping's innermost mappings stand on one line."""
    import yaml  # noqa: PLC0415 - as above

    flow = None if isinstance(value, dict) else False
    return yaml.dump({key: value}, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=float("inf"))


def _load(front: str) -> Any:  # noqa: ANN401 - YAML is any
    """Return what front matter says, every scalar as text: `language: no` is Norwegian, `title: 1984` a title."""
    import yaml  # noqa: PLC0415 - as above
    from frontmatter.default_handlers import YAMLHandler  # noqa: PLC0415

    return YAMLHandler().load(front, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def _problem(error: Exception) -> str:
    return str(getattr(error, "problem", None) or "it cannot be parsed")
